"""yuqiao interpret report."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note, stages
from lang.errors import YuqiaoError

if TYPE_CHECKING:
    from interpret.measurement.claims import Judgement
    from interpret.measurement.figures import Row
    from interpret.measurement.measures import Measures
    from interpret.measurement.recording import Recording


@click.command("report")
@click.argument("logs", metavar="LOG...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("--ref", metavar="FILE", help="A reference for each finished segment: BLEU and chrF, and |Y| of AL and LAAL.")
@click.option("--src", metavar="FILE", help="The source of each segment, where a log has none or a wrong one.")
@click.option("--terms", metavar="FILE", help="Terms to expect from a glossary's file, rather than from the term base.")
@click.option(
    "--claim", "claims", metavar="CLAIM", multiple=True, help="Say whether the data support 'terms>=98.6', 'final<=0.5s'."
)
@click.option("--report", "page", metavar="OUT.html", type=click.Path(path_type=Path), help="Write all of it as one HTML page.")
@click.option(
    "--simuleval", metavar="OUT", type=click.Path(path_type=Path), help="Write SimulEval's instances.log of one session."
)
@json_option
@click.pass_obj
def report_command(
    db: str | None,
    logs: tuple[Path, ...],
    ref: str | None,
    src: str | None,
    terms: str | None,
    claims: tuple[str, ...],
    page: Path | None,
    simuleval: Path | None,
    *,
    as_json: bool,
) -> None:
    """Measure live sessions by their logs, several side by side; SimulEval's instances.log is read as well.

    Term and number accuracy, BLEU and chrF against a reference; four clocks by p50, p95, p99; AL, LAAL, ATD as SimulEval has
    them; flicker of partial transcripts. Status 1 where a claim is not supported. docs/interpreting.md has the definitions.

    \b
    Examples:
      yuqiao interpret report session.jsonl --claim "terms>=98.6" --claim "final<=0.5s"
      yuqiao interpret report memory.jsonl llm.jsonl --ref speech.en.txt --report sessions.html
    """
    from interpret.measurement.claims import judge_claim, parse

    _check(logs, page, simuleval)
    asked = [parse(claim) for claim in claims]
    recordings = _recordings(logs, ref, src)
    if simuleval:
        _write_simuleval(simuleval, recordings[0])
    measured = _measured(db, recordings, terms)
    judgements = [judgement for claim in asked for judgement in judge_claim(claim, measured)]
    if page:
        from interpret.measurement.page import session_page
        from tm.documents.saving import write_bytes

        write_bytes(page, session_page(measured, judgements).encode())
    for warning in (warning for one in measured for warning in one.warnings):
        note(f"warning: {warning}")
    if as_json:
        from interpret.measurement.figures import report_json

        emit_json(report_json(measured, judgements))
    else:
        _print(measured, judgements)
    sys.exit(0 if all(one.verdict == "supported" for one in judgements) else 1)


def _check(logs: Sequence[Path], page: Path | None, simuleval: Path | None) -> None:
    if simuleval and len(logs) > 1:
        raise YuqiaoError("SimulEval's log is of one session.", "Name one log with --simuleval.")
    for place in (page, simuleval):
        if place and not place.absolute().parent.is_dir():
            raise YuqiaoError(f"{place}: there is no such folder.", "Make it first, or choose another place.")
        if place and any(place.resolve() == log.resolve() for log in logs):
            raise YuqiaoError(f"{place} is one of the logs.", "Name another file to write.")


def _recordings(logs: Sequence[Path], ref: str | None, src: str | None) -> "list[Recording]":
    from interpret.measurement.recording import read_recording
    from scoring.naming import system_names
    from scoring.segment_files import read_segments

    references = read_segments(ref) if ref else []
    sources = read_segments(src, side="source") if src else []
    names = system_names([str(log) for log in logs])
    if len(set(names)) < len(names):
        raise YuqiaoError("A log was named twice.", "Name each once.")
    return [read_recording(log, name, references, sources) for log, name in zip(logs, names, strict=True)]


def _write_simuleval(path: Path, recording: "Recording") -> None:
    from interpret.measurement.simuleval import write_instances
    from tm.documents.saving import write_bytes

    write_bytes(path, write_instances(recording.instances, recording.source_language).encode())


def _measured(db: str | None, recordings: "Sequence[Recording]", terms: str | None) -> "list[Measures]":
    from interpret.measurement.measures import measure
    from scoring.evaluation import Resampling
    from scoring.expected_terms import ExpectedTerms, GlossaryTerms, term_file
    from scoring.material import Language
    from workspace.workspace import Workspace

    with stages() as started:
        if terms:
            file = Path(terms)
            return measure(recordings, lambda target: term_file(file, target), resampling=Resampling(), started=started)
        with Workspace.open(db) as workspace:

            def terms_for(target: Language) -> ExpectedTerms:
                return GlossaryTerms(workspace.glossary, target)

            return measure(recordings, terms_for, resampling=Resampling(), started=started)


def _print(measured: "Sequence[Measures]", judgements: "Sequence[Judgement]") -> None:
    from interpret.measurement.figures import clock_rows, erasure_rows, lagging_rows, output_rows, quality_rows

    rows: list[Row] = [
        *output_rows(measured),
        *quality_rows(measured),
        *((f"{label}, p50/p95/p99", cells) for label, cells in clock_rows(measured)),
        *lagging_rows(measured),
        *erasure_rows(measured),
    ]
    columns = range(1, len(measured) + 1)
    emit_table(["", *(one.name for one in measured)], [[label, *cells] for label, cells in rows], shrink=list(columns))
    for one in judgements:
        emit(one.message)
