"""yuqiao align."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option
from cli.output import emit, emit_json, note
from lang.errors import YuqiaoError
from lang.tags import CHINESE, tag_of_text
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary.recognition import Recogniser


@click.command("align")
@click.argument("zh_file", type=click.Path(path_type=Path))
@click.argument("en_file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="A TMX, CSV, TSV or JSON Lines file.")
@click.option("--min", "lowest", type=click.FloatRange(0, 1), default=0.0, help="Leave out links of less confidence.")
@click.option(
    "--review", "shown", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="List links of less confidence."
)
@json_option
@click.pass_obj
def align_command(
    db: str | None, zh_file: Path, en_file: Path, output: Path, lowest: float, shown: float, *, as_json: bool
) -> None:
    """Align a Chinese and an English document sentence by sentence: from lengths, numbers, names and the term base.

    Reads txt, md, docx, html and the other formats of translate. Bring the result into the memory with: yuqiao import

    \b
    Examples:
      yuqiao align report.zh.txt report.en.txt -o report.tmx
      yuqiao align a.docx b.docx -o pairs.tsv --min 0.6 --json
    """
    from glossary.recognition import Recogniser
    from tm.alignment import align
    from tm.documents.opening import open_document
    from tm.formats.registry import format_of_name
    from tm.unit import Unit

    chinese, english = ([segment.text for segment in open_document(path).segments()] for path in (zh_file, en_file))
    if not chinese or not english:
        raise YuqiaoError(f"{zh_file if not chinese else en_file} has no text.", "There is nothing to align.")
    written_as = format_of_name(output)
    with Workspace.open(db) as workspace:
        recogniser = Recogniser(workspace.term_store)
        concepts = [_concepts(recogniser, texts) for texts in (chinese, english)]
    tag = tag_of_text(CHINESE, "".join(chinese[:200]))
    links = align(chinese, english, source_concepts=concepts[0], target_concepts=concepts[1])
    units: list[Unit] = []
    low: list[dict[str, object]] = []
    for link in links:
        first, last = link.source.start, link.source.stop
        source = "".join(chinese[first:last])
        target = " ".join(english[link.target.start : link.target.stop])
        if link.confidence < shown:
            low.append({"zh": source, "en": target, "confidence": round(link.confidence, 3)})
        if link.confidence >= lowest:
            properties = (("confidence", f"{link.confidence:.3f}"),)
            before, after = "".join(chinese[max(0, first - 1) : first]), "".join(chinese[last : last + 1])
            units.append(Unit(source, target, tag, before=before, after=after, origin=output.stem, properties=properties))
    with output.open("wb") as out:
        count = written_as.write(units, out)
    if as_json:
        emit_json({"file": str(output), "zh": len(chinese), "en": len(english), "pairs": count, "low": low})
        return
    emit(f"{output}: {count} pairs from {len(chinese)} Chinese and {len(english)} English sentences, {len(low)} to be looked at")
    for one in low:
        note(f"{one['confidence']}  {one['zh']}\n       {one['en']}")


def _concepts(recogniser: "Recogniser", texts: Sequence[str]) -> list[frozenset[int]]:
    return [frozenset(c for hit in recogniser.find(text) for c in recogniser.concepts_of(hit[0])) for text in texts]
