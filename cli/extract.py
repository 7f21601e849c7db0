"""yuqiao extract."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note, progress, stages
from cli.units import filter_options, unit_filter
from lang.errors import UnsupportedError, YuqiaoError
from lang.script import is_chinese
from tm.formats.registry import FORMAT_NAMES
from tm.importing import PARALLEL
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary.extraction.extraction import Candidate, Context, Passage
    from glossary.extraction.known import Known
    from glossary.extraction.tokens import Language
    from tm.unit import Unit

_COLUMNS = "zh,en,score,confidence,frequency,segments,documents,c_value,weirdness,alternatives,context,source".split(",")


@click.command("extract")
@click.argument("files", metavar="[FILE...]", type=click.Path(path_type=Path), nargs=-1)
@click.option("--pairs", is_flag=True, help="Take aligned pairs: from files of pairs, or without files from the memory.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([*FORMAT_NAMES, PARALLEL]),
    help="The format of files of pairs, where it is not recognised; parallel: texts whose lines pair, Chinese then English.",
)
@filter_options
@click.option("--from", "from_language", type=click.Choice(["zh", "en"]), help="The language of the texts; else by themselves.")
@click.option("--encoding", help="The files' encoding, where it is not found out rightly.")
@click.option(
    "--min", "least", type=click.IntRange(2), default=3, show_default=True, help="Only what occurs so often, at the least."
)
@click.option("--limit", type=click.IntRange(1), default=200, show_default=True, help="How many candidates at most.")
@click.option("--with-known", is_flag=True, help="Show terms as well that the term base has.")
@click.option("--propose", type=click.IntRange(1), metavar="N", help="Leave the first N to review, as one change.")
@click.option("--into", default="", metavar="DOMAIN", help="The domain of what is proposed.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the candidates into a CSV file.")
@json_option
@click.pass_obj
def extract_command(
    db: str | None,
    /,
    files: tuple[Path, ...],
    format_name: str | None,
    from_language: "Language | None",
    encoding: str | None,
    least: int,
    limit: int,
    propose: int | None,
    into: str,
    output: Path | None,
    *,
    pairs: bool,
    with_known: bool,
    as_json: bool,
    **which: Any,
) -> None:
    """Find terms that the term base does not have yet, in texts or, with their likely translation, in aligned pairs.

    Texts are txt, md, docx, html and the other formats of translate, all in one language. Each candidate comes with how
    often and where it occurs, its measures and its score; docs/extraction.md has the formulas.

    \b
    Examples:
      yuqiao extract report.docx --limit 50
      yuqiao extract --pairs project.tmx --propose 100 --into finance
    """
    from glossary.extraction.known import Known

    if not files and not pairs:
        raise click.UsageError("Name texts, or take pairs of the memory with --pairs.")
    if output and any(output.resolve() == path.resolve() for path in files):
        raise YuqiaoError(f"{output} is one of the files to read.", "Name another file to write.")
    limit = max(limit, propose or 0)
    with Workspace.open(db) as workspace:
        known = Known(workspace.glossary.concepts())
        if pairs:
            passages = _aligned_passages(workspace, files, format_name, encoding, which)
            shown = _from_pairs(passages, known, least, limit, with_known=with_known)
        else:
            passages = _text_passages(files, encoding)
            shown = _from_texts(passages, from_language, known, least, limit, with_known=with_known)
        change = None
        if propose:
            from glossary.extraction.proposals import proposals

            named = ", ".join(path.name for path in files) or "the memory"
            concepts = proposals(shown[:propose], domain=into)
            change = workspace.glossary.propose(concepts, summary=f"{named}: {len(concepts)} extracted")
    if output:
        _write_csv(shown, output)
    proposed = len(shown[:propose]) if propose else 0
    if as_json:
        emit_json(
            {
                "segments": len(passages),
                "known": len(known.met),
                "candidates": [candidate_json(one) for one in shown],
                "proposed": proposed,
                "change": change,
            }
        )
    else:
        if shown and not output:
            _print(shown)
        _report(shown, passages, known, proposed, output)
    sys.exit(0 if shown else 1)


def _from_pairs(passages: "list[Passage]", known: "Known", least: int, limit: int, *, with_known: bool) -> "list[Candidate]":
    from glossary.extraction.extraction import extract_pairs

    with stages() as report:
        return extract_pairs(
            passages, least=least, limit=limit, known=None if with_known else known, lexicon=known.pairs, stages=report
        )


def _from_texts(
    passages: "list[Passage]", given: "Language | None", known: "Known", least: int, limit: int, *, with_known: bool
) -> "list[Candidate]":
    from glossary.extraction.extraction import extract_terms

    chosen = given or _language_of(passages)
    with stages() as report:
        return extract_terms(passages, chosen, least=least, limit=limit, known=None if with_known else known, stages=report)


def _text_passages(files: Sequence[Path], encoding: str | None) -> "list[Passage]":
    from glossary.extraction.extraction import Passage
    from tm.documents.opening import open_document

    return [
        Passage(segment.text, path.name, segment.index + 1)
        for path in files
        for segment in open_document(path, encoding=encoding).segments()
    ]


def _language_of(passages: "list[Passage]") -> "Language":
    """The language of texts that are all in one; an error that names two texts that differ."""
    by_document: dict[str, list[str]] = {}
    for passage in passages:
        by_document.setdefault(passage.document, []).append(passage.text)
    found: dict[Language, str] = {}
    for document, texts in by_document.items():
        found.setdefault("zh" if is_chinese(" ".join(texts)) else "en", document)
    if len(found) > 1:
        hint = "Extract them one after the other, name one with --from, or align them and take --pairs."
        raise YuqiaoError(f"{found['zh']} is Chinese, {found['en']} is English.", hint)
    return next(iter(found), "zh")


def _aligned_passages(
    workspace: Workspace, files: Sequence[Path], format_name: str | None, encoding: str | None, which: dict[str, Any]
) -> "list[Passage]":
    """The pairs of Chinese and English, English first."""
    from workspace.passages import aligned_passages

    only = unit_filter(**which)
    if files:
        numbered = ((unit, number) for unit, number in _units_of(files, format_name, encoding) if only.takes(unit))
    else:
        numbered = ((unit, unit.id) for unit in workspace.memory.store.listing(only))
    with progress("Read") as report:
        return aligned_passages(numbered, progress=report)


def _units_of(files: Sequence[Path], format_name: str | None, encoding: str | None) -> "Iterator[tuple[Unit, int]]":
    """The units of files with their numbers in them, from 1."""
    from tm.formats.entries import ReadOptions
    from tm.importing import unit_files

    if format_name is None and len(files) == 2 and all(path.suffix.lower() in (".txt", ".text") for path in files):
        raise UnsupportedError(
            "Texts are no files of pairs.", "If their lines pair, say --format parallel; else use: yuqiao align"
        )
    for file in unit_files(files, ReadOptions(encoding=encoding), format_name):
        for number, unit in enumerate(file.units(), start=1):
            yield unit, number
        if file.report.rejected:
            first = file.report.rejects[0]
            note(f"{file.report.file}:{first.line}: {first.reason} ({file.report.rejected:,} such entries were left out)")


def candidate_json(candidate: "Candidate") -> dict[str, Any]:
    """A candidate for JSON, whole."""
    best = candidate.renderings[0] if candidate.renderings else None
    chinese = best.text if best else candidate.text if candidate.language == "zh" else ""
    return {
        "zh": chinese,
        "en": candidate.text if candidate.language == "en" else "",
        "score": candidate.score,
        "confidence": best.confidence if best else None,
        "frequency": candidate.frequency,
        "segments": candidate.segments,
        "documents": candidate.documents,
        "c_value": candidate.c_value,
        "weirdness": candidate.weirdness,
        "held_by": candidate.held_by,
        "alternatives": [
            {"zh": one.text, "confidence": one.confidence, "together": one.together, "frequency": one.frequency}
            for one in candidate.renderings[1:]
        ],
        "contexts": [_context_json(context) for context in candidate.contexts],
        "why": candidate.why,
    }


def _context_json(context: "Context") -> dict[str, Any]:
    return {
        "text": context.text,
        "start": context.start,
        "end": context.end,
        "document": context.document,
        "segment": context.number,
    }


def _print(shown: "Sequence[Candidate]") -> None:
    if any(candidate.renderings for candidate in shown):
        rows = [
            [one.text, one.renderings[0].text, f"{one.renderings[0].confidence:.2f}", str(one.frequency), f"{one.score:.1f}"]
            for one in shown
        ]
        emit_table(["English", "Chinese", "sure", "times", "score"], rows, shrink=[0, 1], right=[2, 3, 4])
        return
    rows = [
        [one.text, str(one.frequency), str(one.segments), f"{one.score:.1f}", " ".join(one.contexts[0].text.split())]
        for one in shown
    ]
    emit_table(["term", "times", "segments", "score", "for instance"], rows, shrink=[0, 4], right=[1, 2, 3])


def _report(
    shown: "Sequence[Candidate]", passages: "Sequence[Passage]", known: "Known", proposed: int, output: Path | None
) -> None:
    texts = Counter(passage.document for passage in passages)
    of_texts = f" of {len(texts):,} texts" if len(texts) != 1 else ""
    note(f"{len(shown):,} candidates from {len(passages):,} segments{of_texts}; {len(known.met):,} known left out")
    if proposed:
        note(f"{proposed:,} proposed; see them with: yuqiao review")
    if output:
        emit(str(output))


def _write_csv(shown: "Sequence[Candidate]", output: Path) -> None:
    """The candidates as a table that yuqiao import reads: zh and en, then the evidence."""
    import csv

    partial = output.with_name(output.name + ".partial")
    try:
        # With a byte order mark, since spreadsheets take a file without one for another encoding.
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            writer.writerows(map(_row, shown))
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise YuqiaoError(f"{output} cannot be written ({error.strerror or error}).", "Name another file.") from error


def _row(candidate: "Candidate") -> list[Any]:
    data = candidate_json(candidate)
    others = "; ".join(one["zh"] for one in data["alternatives"])
    first = candidate.contexts[0]
    values = {**data, "alternatives": others, "context": " ".join(first.text.split()), "source": first.document}
    return ["" if values[name] is None else values[name] for name in _COLUMNS]
