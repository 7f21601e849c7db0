"""yuqiao conflicts."""

import sys
from typing import Final, Literal

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress, styled
from glossary.findings import FINDING_KINDS, SEVERITIES, Finding, FindingKind, Severity, name_of_finding
from lang.errors import NotFoundError
from workspace.workspace import Workspace

_COLOURS: Final[dict[Severity, Literal["red", "yellow", "dim"]]] = {"error": "red", "warning": "yellow", "note": "dim"}


@click.command("conflicts")
@click.option(
    "--kind", "kinds", type=click.Choice(FINDING_KINDS), multiple=True, help="Only findings of this kind; may be repeated."
)
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many findings at most.")
@click.option("--accept", metavar="FINDING", multiple=True, help="Accept a finding by its name: it does not show again.")
@click.option("--unaccept", metavar="FINDING", multiple=True, help="Let a finding that was accepted show again.")
@click.option("--reason", default="", help="Why it is accepted; kept in the history.")
@click.option("--accepted", is_flag=True, help="List what was accepted, with the reasons.")
@json_option
@click.pass_obj
def conflicts_command(
    db: str | None,
    /,
    kinds: tuple[FindingKind, ...],
    limit: int,
    accept: tuple[str, ...],
    unaccept: tuple[str, ...],
    reason: str,
    *,
    accepted: bool,
    as_json: bool,
) -> None:
    """Check the term base as a whole: each finding with its concepts, the reason, and the command that settles it.

    The kinds: same (one concept twice), spelling, renderings (two preferred in one domain), status (preferred and deprecated),
    script (traditional and simplified disagree), contained (a longer term renders a shorter one in other words;
    RENDERING in its command is yours to choose).

    \b
    Examples:
      yuqiao conflicts --kind same --json
      yuqiao conflicts --accept 1f2e3d4c --reason "two laws name it differently"
    """
    from glossary.conflicts import find_conflicts

    if accept and unaccept:
        raise click.UsageError("Accept findings or let them show again, not both at once.")
    with Workspace.open(db) as workspace:
        glossary = workspace.glossary
        if accepted or unaccept:
            rulings = glossary.store.explained()
            if unaccept:
                chosen = _named({name_of_finding(text): text for text in rulings}, unaccept)
                glossary.question(chosen)
                _print_done("shows again", chosen, as_json=as_json)
            _print_accepted({text: ruling.reason for text, ruling in rulings.items()}, as_json=as_json)
        with progress("Checked") as report:
            found = find_conflicts(glossary.store, kinds or FINDING_KINDS, progress=report)
        if accept:
            chosen = _named({finding.name: finding.text for finding in found}, accept)
            glossary.explain(chosen, reason)
            _print_done("accepted", chosen, as_json=as_json)
    _print(found, limit, as_json=as_json)


def _named(texts: dict[str, str], names: tuple[str, ...]) -> list[str]:
    for name in names:
        if name not in texts:
            raise NotFoundError(f"There is no finding {name!r}.", "See: yuqiao conflicts, or yuqiao conflicts --accepted")
    return [texts[name] for name in dict.fromkeys(names)]


def _print_done(done: str, texts: list[str], *, as_json: bool) -> None:
    if as_json:
        emit_json({done.replace(" ", "_"): texts})
    else:
        for text in texts:
            emit(f"{done}: {text}")
    sys.exit(0)


def _print_accepted(reasons: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        emit_json(
            {"accepted": [{"name": name_of_finding(text), "finding": text, "reason": why} for text, why in reasons.items()]}
        )
    else:
        for text, why in reasons.items():
            emit(f"{name_of_finding(text)}  {text}" + (f"  ({why})" if why else ""))
    sys.exit(0 if reasons else 1)


def _print(found: list[Finding], limit: int, *, as_json: bool) -> None:
    counts = {severity: sum(finding.severity == severity for finding in found) for severity in SEVERITIES}
    if as_json:
        emit_json({"counts": counts, "findings": [_json(finding) for finding in found[:limit]]})
    else:
        for finding in found[:limit]:
            emit(styled(f"{finding.severity} {finding.kind}", _COLOURS[finding.severity]) + f"  {finding.reason}")
            emit(f"  {finding.command}" + styled(f"    or: yuqiao conflicts --accept {finding.name}", "dim"))
        told = ", ".join(f"{number:,} {severity}s" for severity, number in counts.items())
        note(told + (f"; the first {limit:,} are shown." if len(found) > limit else "."))
    sys.exit(0 if found else 1)


def _json(finding: Finding) -> dict[str, object]:
    return {
        "name": finding.name,
        "kind": finding.kind,
        "severity": finding.severity,
        "concepts": [concept.id for concept in finding.concepts],
        "term": finding.subject,
        "reason": finding.reason,
        "command": finding.command,
    }
