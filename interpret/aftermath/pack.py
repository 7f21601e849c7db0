"""The pack of a session: transcript, terms, numbers, new terms, memory and report, written into one folder."""

import csv
import io
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from glossary.extraction.extraction import Candidate, Stages
from glossary.extraction.known import Known
from glossary.formats.delimited import protected
from glossary.recognition import Recogniser
from interpret.aftermath.transcript import transcript_lines, transcript_page, transcript_text
from interpret.measurement.measures import Measures
from interpret.measurement.page import session_page
from interpret.measurement.recording import Recording
from interpret.new_terms import new_terms
from lang.errors import ConflictError, UnsupportedError, YuqiaoError
from lang.quantities import write_quantity
from lang.tags import tag_of_text
from scoring.expected_terms import GlossaryTerms
from scoring.numbers import NumberVerdict, judge_numbers, number_statistics
from scoring.term_accuracy import TermFigures, expected_in, judge_terms, report
from tm.documents.saving import write_bytes
from tm.formats.tmx import Tmx
from tm.unit import Unit
from workspace.workspace import Workspace

# Only whole sentences go into a memory: glosses are lists of terms.
_SENTENCES: Final = ("exact", "repaired", "engine")
_TERM_COLUMNS: Final = ("term", "expected", "heard", "rendered", "deprecated", "missed", "as", "missed_in")
_NUMBER_COLUMNS: Final = ("segment", "heard", "said", "outcome", "message")
_NEW_COLUMNS: Final = ("zh", "en", "times", "segments", "context")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a pack holds: `terms` are (rendered, heard), `numbers` (right, heard), `candidates` the new terms, likeliest first.

    `answered` says whether there was any output to judge; where there was none, nothing counts as missed.
    """

    segments: int
    units: int
    answered: bool
    terms: tuple[int, int]
    numbers: tuple[int, int]
    candidates: tuple[Candidate, ...]
    files: tuple[str, ...]


def write_pack(
    measured: Measures,
    workspace: Workspace,
    folder: Path,
    *,
    least: int = 2,
    limit: int = 100,
    stages: Stages | None = None,
) -> Packed:
    """Write a session's pack into a folder, which is made, or must be empty.

    `least` and `limit` are those of the new terms: how often one occurs at least, and how many at most. UnsupportedError for a
    log that is not yuqiao's, ConflictError where the folder holds something, YuqiaoError where it cannot be written.
    """
    recording = measured.recording
    if recording.session is None or recording.sources is None:
        raise UnsupportedError(f"{recording.path} is no log of yuqiao interpret.", "SimulEval's logs have no transcript to pack.")
    _make(folder)
    lines = transcript_lines(recording)
    title = folder.name
    about = " · ".join(part for part in (recording.session.started, recording.engine, f"{len(lines):,} segments") if part)
    terms = _terms(recording, workspace)
    numbers = _numbers(recording)
    candidates = _new_terms(recording, workspace, least, limit, stages)
    units = list(_units(recording, {segment for segment, verdict in numbers if verdict.outcome != "right"}))
    answered = any(output.strip() for output in recording.outputs)
    spoken = recording.source_language
    files = {
        "transcript.txt": transcript_text(lines).encode(),
        "transcript.html": transcript_page(lines, title, about).encode(),
        f"segments.{spoken}.txt": _lines(line.source for line in lines),
        f"segments.{recording.target}.txt": _lines(line.output for line in lines),
        "terms.csv": _csv(_TERM_COLUMNS, (_term_row(term, answered=answered) for term in terms)),
        "numbers.csv": _csv(_NUMBER_COLUMNS, (_number_row(segment, verdict, answered=answered) for segment, verdict in numbers)),
        "new-terms.csv": _csv(_NEW_COLUMNS, map(_new_row, candidates)),
        "session.tmx": _tmx(units),
        "report.html": session_page([measured], title=title).encode(),
    }
    for name, content in files.items():
        write_bytes(folder / name, content)
    heard = sum(term.expected for term in terms)
    right, total = number_statistics(verdict for _, verdict in numbers)
    return Packed(
        len(lines),
        len(units),
        answered,
        (heard - sum(term.outcomes["missed"] + term.outcomes["deprecated"] for term in terms), heard),
        (right, total),
        tuple(candidates),
        tuple(files),
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConflictError(f"{folder} is not empty.", "Name another folder.")
    except OSError as error:
        raise YuqiaoError(f"{folder}: {error.strerror or error}.", "Name another folder.") from error


def _terms(recording: Recording, workspace: Workspace) -> Sequence[TermFigures]:
    sources = recording.sources or ()
    expected = expected_in(GlossaryTerms(workspace.glossary, recording.target), sources)
    return report(judge_terms(expected, sources, recording.outputs)).terms


def _numbers(recording: Recording) -> list[tuple[int, NumberVerdict]]:
    pairs = zip(recording.sources or (), recording.outputs, strict=True)
    return [
        (number, verdict)
        for number, (source, output) in enumerate(pairs, start=1)
        for verdict in judge_numbers(source, output, recording.source_language)
    ]


def _new_terms(recording: Recording, workspace: Workspace, least: int, limit: int, stages: Stages | None) -> list[Candidate]:
    sources = recording.sources or ()
    recognised = [
        [(term.start, term.end) for term in terms] for terms in Recogniser(workspace.term_store).recognise_lines(sources)
    ]
    known = Known(workspace.glossary.concepts())
    found = new_terms(sources, recognised, known, least=least, limit=limit, document=recording.path.name, stages=stages)
    return [candidate for candidate, _ in found]


def _units(recording: Recording, faulty: Set[int]) -> Iterable[Unit]:
    """Whole sentences as drafts; a pair whose numbers differ would teach the memory the error."""
    session = recording.session
    assert session is not None, "packed sessions have a log of ours"
    finished = session.finished
    for at, segment in enumerate(finished):
        output, final = segment.output, segment.final
        if at + 1 in faulty or not (output and final and output.text.strip() and output.kind in _SENTENCES):
            continue
        neighbours = [finished[near].final if 0 <= near < len(finished) else None for near in (at - 1, at + 1)]
        yield Unit(
            final.text,
            output.text,
            tag_of_text(recording.source_language, final.text),
            tag_of_text(recording.target, output.text),
            origin=recording.path.stem,
            author=output.engine,
            created=session.started,
            state="draft",
            before=neighbours[0].text if neighbours[0] else "",
            after=neighbours[1].text if neighbours[1] else "",
        )


def _term_row(term: TermFigures, *, answered: bool) -> list[object]:
    usual = "; ".join(term.accepted[:3])
    if not answered:
        return [term.source_text, usual, term.expected, "", "", "", "", ""]
    missed, deprecated = term.outcomes["missed"], term.outcomes["deprecated"]
    said = "; ".join(term.renderings)
    where = " ".join(str(segment + 1) for segment in term.missed_in)
    return [term.source_text, usual, term.expected, term.expected - missed - deprecated, deprecated, missed, said, where]


def _number_row(segment: int, verdict: NumberVerdict, *, answered: bool) -> list[object]:
    heard, said = verdict.source, verdict.target
    if not answered and heard:
        return [segment, heard.text, "", "", f"expected {write_quantity(heard, verdict.target_language)}"]
    return [segment, heard.text if heard else "", said.text if said else "", verdict.outcome, verdict.message]


def _new_row(candidate: Candidate) -> list[object]:
    chinese = candidate.language == "zh"
    context = " ".join(candidate.contexts[0].text.split())
    texts = (candidate.text, "") if chinese else ("", candidate.text)
    return [*texts, candidate.frequency, candidate.segments, context]


def _lines(texts: Iterable[str]) -> bytes:
    return "".join(" ".join(text.split()) + "\n" for text in texts).encode()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table with a byte order mark, since spreadsheets take a file without one for another encoding."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([protected(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _tmx(units: Sequence[Unit]) -> bytes:
    out = io.BytesIO()
    Tmx().write(units, out)
    return out.getvalue()
