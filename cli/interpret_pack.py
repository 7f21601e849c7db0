"""yuqiao interpret pack."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, stages

if TYPE_CHECKING:
    from interpret.aftermath.pack import Packed


@click.command("pack")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(path_type=Path), required=True, help="A new or empty folder.")
@click.option(
    "--min", "least", type=click.IntRange(2), default=2, show_default=True, help="How often a new term occurs at least."
)
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="How many new terms at most.")
@click.option("--propose", type=click.IntRange(1), metavar="N", help="Leave the first N new terms to review, as one change.")
@click.option("--into", default="", metavar="DOMAIN", help="The domain of what is proposed.")
@json_option
@click.pass_obj
def pack_command(
    db: str | None, log: Path, output: Path, least: int, limit: int, propose: int | None, into: str, *, as_json: bool
) -> None:
    """Pack up a session after the event: what was said, what became of it, and what the term base should learn.

    Writes a bilingual transcript (txt, html; one segment a line), terms heard, rendered and missed, numbers, new terms, a TMX of
    the whole sentences as drafts, and the report.

    \b
    Examples:
      yuqiao interpret pack session.jsonl -o opening-2026
      yuqiao interpret pack session.jsonl -o opening-2026 --propose 20 --into trade
    """
    from interpret.aftermath.pack import write_pack
    from interpret.measurement.measures import measure
    from interpret.measurement.recording import read_recording
    from scoring.evaluation import Resampling
    from scoring.expected_terms import GlossaryTerms
    from workspace.workspace import Workspace

    recording = read_recording(log, log.name)
    change: int | None = None
    with Workspace.open(db) as workspace:
        glossary = workspace.glossary
        with stages() as told:
            (measured,) = measure(
                [recording], lambda target: GlossaryTerms(glossary, target), resampling=Resampling(), started=told
            )
            packed = write_pack(measured, workspace, output, least=least, limit=max(limit, propose or 0), stages=told)
        proposed = packed.candidates[:propose] if propose else ()
        if proposed:
            from glossary.extraction.proposals import proposals

            change = glossary.propose(proposals(proposed, domain=into), summary=f"{log.name}: {len(proposed)} heard")
    if as_json:
        emit_json(_json(packed, output, len(proposed), change))
    else:
        _print(packed, output, len(proposed))


def _json(packed: "Packed", folder: Path, proposed: int, change: int | None) -> dict[str, object]:
    return {
        "folder": str(folder),
        "files": list(packed.files),
        "segments": packed.segments,
        "units": packed.units,
        "terms": {"rendered": packed.terms[0] if packed.answered else None, "heard": packed.terms[1]},
        "numbers": {"right": packed.numbers[0] if packed.answered else None, "heard": packed.numbers[1]},
        "new_terms": [candidate.text for candidate in packed.candidates],
        "proposed": proposed,
        "change": change,
    }


def _print(packed: "Packed", folder: Path, proposed: int) -> None:
    for name in packed.files:
        emit(str(folder / name))
    terms, numbers = f"{packed.terms[1]:,} terms heard", f"{packed.numbers[1]:,} numbers heard"
    if packed.answered:
        terms = f"{packed.terms[0]:,} of {packed.terms[1]:,} terms rendered"
        numbers = f"{packed.numbers[0]:,} of {packed.numbers[1]:,} numbers right"
    note(f"{packed.segments:,} segments; {terms}, {numbers}, {len(packed.candidates):,} new terms, {packed.units:,} pairs")
    if proposed:
        note(f"{proposed:,} proposed; see them with: yuqiao review")
