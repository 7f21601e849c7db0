"""Findings of conflicts in words and as JSON."""

from typing import Any, Final

from cli.options import label_of
from cli.output import Style, emit, styled
from glossary.findings import Finding, Severity

_STYLES: Final[dict[Severity, Style]] = {"error": "red", "warning": "yellow", "note": "cyan"}


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding for JSON: the concepts' ids, and their terms in `entries`; `finding` is the same in every database."""
    entries = [
        {"id": c.id, "zh": c.texts("zh"), "en": c.texts("en"), "domain": c.domain, "state": c.state} for c in finding.concepts
    ]
    return {
        "name": finding.name,
        "kind": finding.kind,
        "severity": finding.severity,
        "concepts": [concept.id for concept in finding.concepts],
        "term": finding.subject,
        "reason": finding.reason,
        "command": finding.command,
        "entries": entries,
        "finding": finding.text,
    }


def print_finding(finding: Finding) -> None:
    """A finding: how bad, what and why, which concepts, the command that settles it, and that which accepts it."""
    emit(styled(f"{finding.severity} {finding.kind}", _STYLES[finding.severity]) + f"  {finding.reason}")
    for concept in finding.concepts:
        marks = [part for part in (concept.domain, "" if concept.state == "approved" else concept.state) if part]
        emit(f"  {label_of(concept)}" + (f"  [{', '.join(marks)}]" if marks else ""))
    emit(f"  {finding.command}" + styled(f"    or: yuqiao conflicts --accept {finding.name} --reason WHY", "dim"))
