"""yuqiao align."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from tm.alignment_editing import DOUBTFUL
from tm.unit import Unit
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from tm.alignment_editing import Row, Rows
    from workspace.document_alignment import DocumentPair

# So few doubtful pairs are listed in the terminal; more are counted.
_LISTED = 20
_TRANSLATED_AT_LEAST = 0.5


@click.command("align")
@click.argument("zh_file", type=click.Path(path_type=Path))
@click.argument("en_file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The pairs, in a file ending in .tmx, .csv, .tsv or .jsonl.",
)
@click.option("--min", "lowest", type=click.FloatRange(0, 1), default=0.0, help="Leave out pairs of less confidence.")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=DOUBTFUL,
    show_default=True,
    help="Pairs of less confidence are listed to be looked at.",
)
@click.option("--review", type=click.Path(path_type=Path), help="Write those into a file (endings as for -o) instead.")
@click.option("--encoding", help="How text files are encoded; else found out.")
@json_option
@click.pass_obj
def align_command(
    db: str | None,
    zh_file: Path,
    en_file: Path,
    output: Path,
    lowest: float,
    below: float,
    review: Path | None,
    encoding: str | None,
    *,
    as_json: bool,
) -> None:
    """Align a Chinese and an English document sentence by sentence: from lengths, numbers, names and the term base.

    Reads txt, md, docx, html and the other formats of translate; the two may differ in format and paragraphs, and parts
    of either may be missing. Bring the result into the memory with: yuqiao import

    \b
    Examples:
      yuqiao align report.zh.txt report.en.txt -o report.tmx
      yuqiao align a.docx b.html -o pairs.tmx --review doubtful.tsv
    """
    from tm.alignment_segments import Segments
    from tm.alignment_units import units_of
    from tm.formats.saving import format_for, write_units
    from workspace.document_alignment import read_pair

    formats = {path: format_for(path, (zh_file, en_file)) for path in (output, review) if path}
    pair = read_pair(zh_file, en_file, encoding)
    if pair.swapped:
        note(f"{zh_file} reads as English and {en_file} as Chinese: they were taken the other way round.")
    rows = _align(db, pair)
    linked = [(row, row.confidence or 0.0) for row in rows if row.paired]
    units = units_of(rows, Segments(pair.chinese.sentences), Segments(pair.english.sentences), output.stem)
    kept = [unit for unit, (_, confidence) in zip(units, linked, strict=True) if confidence >= lowest]
    doubtful = [(unit, row) for unit, (row, confidence) in zip(units, linked, strict=True) if confidence < below]
    if kept:
        write_units(kept, output, formats[output])
    if review:
        write_units([unit for unit, _ in doubtful], review, formats[review])
    low = [_row_json(unit, row) for unit, row in doubtful]
    alone = _alone(pair, rows)
    sizes = len(pair.chinese.sentences), len(pair.english.sentences)
    if as_json:
        counts = {"zh": sizes[0], "en": sizes[1], "pairs": len(kept)}
        emit_json({"file": str(output), **counts, "swapped": pair.swapped, "low": low, "alone": alone})
    else:
        _report(sizes, output, len(kept), alone)
        _report_doubtful(low, below, review)
    sys.exit(0 if kept else 1)


def _align(db: str | None, pair: "DocumentPair") -> "Rows":
    from tm.alignment_editing import rows_of
    from workspace.document_alignment import align_pair, concepts_of

    with Workspace.open(db) as workspace, progress("Found terms in", pair.size) as report:
        concepts = concepts_of(pair, workspace, report)
    sizes = len(pair.chinese.sentences), len(pair.english.sentences)
    with progress("Aligned", sizes[0]) as report:
        return rows_of(align_pair(pair, concepts, report), *sizes)


def _alone(pair: "DocumentPair", rows: "Rows") -> dict[str, list[dict[str, Any]]]:
    """The sentences of each side that have no counterpart, numbered from 1."""
    apart = [row for row in rows if not row.paired]
    return {
        language: [{"sentence": at + 1, "text": text.sentences[at]} for span in spans for at in span]
        for language, text, spans in (
            ("zh", pair.chinese, [row.source for row in apart]),
            ("en", pair.english, [row.target for row in apart]),
        )
    }


def _row_json(unit: Unit, row: "Row") -> dict[str, Any]:
    return {
        "zh": unit.source,
        "en": unit.target,
        "confidence": round(row.confidence or 0.0, 3),
        "zh_sentences": [place + 1 for place in row.source],
        "en_sentences": [place + 1 for place in row.target],
    }


def _report(sizes: tuple[int, int], output: Path, pairs: int, alone: dict[str, list[dict[str, Any]]]) -> None:
    what = f"{_pairs(pairs)} from {sizes[0]:,} Chinese and {sizes[1]:,} English sentences"
    emit(f"{output}: {what}" if pairs else f"No pairs ({output} was not written) from {what.partition(' from ')[2]}")
    if alone["zh"] or alone["en"]:
        note(f"Without counterpart: {len(alone['zh']):,} Chinese and {len(alone['en']):,} English sentences (--json lists them).")
    shorter = min((("zh", sizes[0]), ("en", sizes[1])), key=lambda side: side[1])
    if len(alone[shorter[0]]) > (1 - _TRANSLATED_AT_LEAST) * shorter[1]:
        note("That is more than half of the shorter document: are these translations of each other?")


def _report_doubtful(low: list[dict[str, Any]], below: float, review: Path | None) -> None:
    if review:
        note(f"{review}: {_pairs(len(low))} of confidence below {below:g}")
        return
    if low:
        note(f"To be looked at, of confidence below {below:g}: {_pairs(len(low))}")
    for one in low[:_LISTED]:
        note(f"{one['confidence']:.2f}  {one['zh']}\n      {one['en']}")
    if len(low) > _LISTED:
        note(f"... and {len(low) - _LISTED:,} more; --review FILE writes all of them.")


def _pairs(count: int) -> str:
    return f"{count:,} pair{'' if count == 1 else 's'}"
