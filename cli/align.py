"""yuqiao align."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, progress
from lang.errors import UnsupportedError, YuqiaoError
from lang.script import is_chinese
from lang.tags import CHINESE, tag_of_text
from tm.unit import Unit
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary.recognition import Recogniser
    from tm.alignment import Link
    from tm.documents.document import Segment
    from tm.formats.entries import UnitFormat

# So few doubtful pairs are listed in the terminal; more are counted.
_LISTED = 20
_TRANSLATED_AT_LEAST = 0.5
_ENDINGS = ".tmx, .csv, .tsv or .jsonl"


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The sentences of both documents and the links between them."""

    chinese: list[str]
    english: list[str]
    links: "list[Link]"
    swapped: bool

    def alone(self) -> dict[str, list[dict[str, Any]]]:
        """The sentences of each side that no link has, numbered from 1."""
        found = {}
        for language, texts, spans in (
            ("zh", self.chinese, [link.source for link in self.links]),
            ("en", self.english, [link.target for link in self.links]),
        ):
            linked = {place for span in spans for place in span}
            found[language] = [{"sentence": at + 1, "text": text} for at, text in enumerate(texts) if at not in linked]
        return found

    def units(self, origin: str) -> list[Unit]:
        """A unit for each link, which carries its confidence and where it stood."""
        from tm.alignment import pairs

        tag = tag_of_text(CHINESE, "".join(self.chinese[:200]))
        units = []
        for link, (source, target) in zip(self.links, pairs(self.links, self.chinese, self.english), strict=True):
            first, last = link.source.start, link.source.stop
            before, after = "".join(self.chinese[max(0, first - 1) : first]), "".join(self.chinese[last : last + 1])
            properties = (("confidence", f"{link.confidence:.3f}"),)
            units.append(Unit(source, target, tag, before=before, after=after, origin=origin, properties=properties))
        return units


@click.command("align")
@click.argument("zh_file", type=click.Path(path_type=Path))
@click.argument("en_file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help=f"The pairs, in a file ending in {_ENDINGS}."
)
@click.option("--min", "lowest", type=click.FloatRange(0, 1), default=0.0, help="Leave out pairs of less confidence.")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.8,
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
    formats = {path: _format_for(path, (zh_file, en_file)) for path in (output, review) if path}
    aligned = _align(db, zh_file, en_file, encoding)
    units = aligned.units(output.stem)
    kept = [unit for unit, link in zip(units, aligned.links, strict=True) if link.confidence >= lowest]
    doubtful = [(unit, link) for unit, link in zip(units, aligned.links, strict=True) if link.confidence < below]
    if kept:
        _write(kept, output, formats[output])
    if review:
        _write([unit for unit, _ in doubtful], review, formats[review])
    low = [_link_json(unit, link) for unit, link in doubtful]
    alone = aligned.alone()
    if as_json:
        counts = {"zh": len(aligned.chinese), "en": len(aligned.english), "pairs": len(kept)}
        emit_json({"file": str(output), **counts, "swapped": aligned.swapped, "low": low, "alone": alone})
    else:
        _report(aligned, output, len(kept), alone)
        _report_doubtful(low, below, review)
    sys.exit(0 if kept else 1)


def _format_for(output: Path, inputs: Sequence[Path]) -> "UnitFormat":
    """The format an output's name says; an error for one that could not be written there after all the work."""
    from tm.formats.registry import format_of_name

    if any(output.resolve() == path.resolve() for path in inputs):
        raise YuqiaoError(f"{output} is one of the documents to align.", "Name another file to write.")
    if output.is_dir() or not output.parent.is_dir():
        reason = "is a folder" if output.is_dir() else "there is no such folder"
        raise YuqiaoError(f"{output} cannot be written: {reason}.", "Name another file to write.")
    try:
        written_as = format_of_name(output)
    except UnsupportedError as error:
        raise UnsupportedError(f"{output}: its ending names no format of pairs.", f"End it in {_ENDINGS}.") from error
    # Some formats are only read; better to hear of it now.
    written_as.write([], BytesIO())
    return written_as


def _write(units: list[Unit], path: Path, written_as: "UnitFormat") -> None:
    from tm.documents.saving import write_bytes

    data = BytesIO()
    written_as.write(units, data)
    write_bytes(path, data.getvalue())


def _align(db: str | None, zh_file: Path, en_file: Path, encoding: str | None) -> _Aligned:
    from glossary.recognition import Recogniser
    from tm.alignment import align

    documents = [_segments(path, encoding) for path in (zh_file, en_file)]
    languages = [_reads_chinese([segment.text for segment in segments]) for segments in documents]
    if languages[0] == languages[1]:
        name = "Chinese" if languages[0] else "English"
        raise YuqiaoError(f"{zh_file} and {en_file} both read as {name}.", "Name a Chinese document and its English translation.")
    swapped = languages[1]
    if swapped:
        note(f"{zh_file} reads as English and {en_file} as Chinese: they were taken the other way round.")
        documents.reverse()
    chinese, english = ([segment.text for segment in segments] for segments in documents)
    with Workspace.open(db) as workspace:
        recogniser = Recogniser(workspace.term_store)
        with progress("Found terms in", len(chinese) + len(english)) as report:
            concepts = _concepts(recogniser, chinese + english, report)
    with progress("Aligned", len(chinese)) as report:
        links = align(
            chinese,
            english,
            source_concepts=concepts[: len(chinese)],
            target_concepts=concepts[len(chinese) :],
            source_paragraphs=[segment.paragraph for segment in documents[0]],
            target_paragraphs=[segment.paragraph for segment in documents[1]],
            progress=report,
        )
    return _Aligned(chinese, english, links, swapped)


def _segments(path: Path, encoding: str | None) -> "list[Segment]":
    from tm.documents.opening import open_document

    segments = open_document(path, encoding=encoding).segments()
    if not any(char.isalnum() for segment in segments for char in segment.text):
        raise YuqiaoError(f"{path} has no text.", "There is nothing to align.")
    return segments


def _reads_chinese(sentences: list[str]) -> bool:
    # Code and names make a Chinese text look English as a whole, tables and addresses sentence by sentence.
    return is_chinese("".join(sentences)) or 2 * sum(map(is_chinese, sentences)) > len(sentences)


def _concepts(recogniser: "Recogniser", texts: Sequence[str], report: Callable[[int], None]) -> list[frozenset[int]]:
    found = []
    for at, text in enumerate(texts):
        if at % 100 == 0:
            report(at)
        found.append(frozenset(concept for hit in recogniser.find(text) for concept in recogniser.concepts_of(hit[0])))
    return found


def _link_json(unit: Unit, link: "Link") -> dict[str, Any]:
    return {
        "zh": unit.source,
        "en": unit.target,
        "confidence": round(link.confidence, 3),
        "zh_sentences": [place + 1 for place in link.source],
        "en_sentences": [place + 1 for place in link.target],
    }


def _report(aligned: _Aligned, output: Path, pairs: int, alone: dict[str, list[dict[str, Any]]]) -> None:
    sizes = len(aligned.chinese), len(aligned.english)
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
