"""yuqiao conflicts."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from cli.finding_output import finding_json, print_finding
from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from glossary.findings import FINDING_KINDS, SEVERITIES, Finding, FindingKind, name_of_finding
from lang.errors import NotFoundError
from workspace.workspace import Workspace

_ALWAYS: Final[tuple[FindingKind, ...]] = tuple(kind for kind in FINDING_KINDS if kind != "unused")


@click.command("conflicts")
@click.option(
    "--kind", "kinds", type=click.Choice(FINDING_KINDS), multiple=True, help="Only findings of this kind; may be repeated."
)
@click.option("--domain", help="Only where a concept of this domain takes part.")
@click.option(
    "--text", "texts", type=click.Path(path_type=Path), multiple=True, help="With --kind unused: a text that uses terms too."
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
    domain: str | None,
    texts: tuple[Path, ...],
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
    RENDERING in its command is yours to choose), and only if named: unused (in no pair of the memory and no --text).

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
            found = find_conflicts(glossary.store, kinds or _ALWAYS, progress=report)
        if "unused" in kinds:
            found.extend(_unused(workspace, texts))
        if accept:
            if not reason.strip():
                raise click.UsageError("Say with --reason why this is right as it stands.")
            chosen = _named({finding.name: finding.text for finding in found}, accept)
            glossary.explain(chosen, reason)
            _print_done("accepted", chosen, as_json=as_json)
    if domain is not None:
        found = [finding for finding in found if any(concept.domain == domain for concept in finding.concepts)]
    _print(found, limit, as_json=as_json)


def _unused(workspace: Workspace, files: tuple[Path, ...]) -> list[Finding]:
    """Concepts that neither the memory nor the texts use. Inside a longer term a shorter one is not used by itself."""
    from glossary.conflicts import unused_findings
    from glossary.recognition import Recogniser

    recogniser = Recogniser(workspace.term_store)
    patterns: set[int] = set()
    with progress("Read") as report:
        for count, text in enumerate(_texts(workspace, files), start=1):
            patterns.update(hit[0] for hit in recogniser.find(text))
            if count % 1_000 == 0:
                report(count)
    used = {concept_id for pattern in patterns for concept_id in recogniser.concepts_of(pattern)}
    explained = workspace.term_store.explained()
    return [finding for finding in unused_findings(workspace.term_store, used) if finding.text not in explained]


def _texts(workspace: Workspace, files: tuple[Path, ...]) -> Iterator[str]:
    from lang.encoding import read_text
    from tm.store import UnitFilter

    for path in files:
        yield from read_text(path, None).splitlines()
    for unit in workspace.memory.store.listing(UnitFilter()):
        yield unit.source
        yield unit.target


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
        emit_json({"counts": counts, "findings": [finding_json(finding) for finding in found[:limit]]})
    else:
        for finding in found[:limit]:
            print_finding(finding)
        told = ", ".join(f"{number:,} {severity}s" for severity, number in counts.items())
        note(told + (f"; the first {limit:,} are shown." if len(found) > limit else "."))
    sys.exit(0 if found else 1)
