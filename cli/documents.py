"""yuqiao analyse, translate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import SCRIPTS, json_option
from cli.output import emit, emit_json, emit_table, note, progress, styled
from lang.errors import YuqiaoError
from tm.score import Language
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from tm.analysis import Count, FileAnalysis
    from tm.documents.document import By
    from tm.pretranslation import Filled

_from_option = click.option(
    "--from", "from_language", type=click.Choice(["zh", "en"]), help="The language of the files; else by their text."
)

_by_option = click.option(
    "--by",
    type=click.Choice(["sentence", "paragraph"]),
    default="sentence",
    show_default=True,
    help="What a segment is, as in the memory; XLIFF and subtitles stay as they are cut.",
)


@click.command("analyse")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@_from_option
@_by_option
@json_option
@click.pass_obj
def analyse_command(db: str | None, files: tuple[Path, ...], from_language: Language | None, by: "By", *, as_json: bool) -> None:
    """Count how much of documents the memory has: words and characters by band of match, and repetitions.

    Reads txt, md, docx, html, xlsx, XLIFF, SRT and VTT.

    \b
    Examples:
      yuqiao analyse speech.txt
      yuqiao analyse chapter1.docx chapter2.docx --json
    """
    from tm.analysis import analyse, together
    from tm.documents.opening import open_document

    texts = [(str(path), [segment.text for segment in open_document(path, by=by).segments()]) for path in files]
    with Workspace.open(db) as workspace, progress("Analysed", sum(len(segments) for _, segments in texts)) as report:
        analyses = analyse(workspace.memory, texts, language=from_language, progress=report)
    whole = together(analyses)
    if as_json:
        emit_json({"files": [{"file": one.name, **_analysis_json(one)} for one in analyses], "all": _analysis_json(whole)})
        return
    for one in [*analyses, *([whole] if len(analyses) > 1 else [])]:
        _print_analysis(one)


def _analysis_json(analysis: "FileAnalysis") -> dict[str, Any]:
    bands = {band: _count_json(count) for band, count in analysis.bands.items()}
    return {"bands": bands, "total": _count_json(analysis.total())}


def _print_analysis(analysis: "FileAnalysis") -> None:
    total = analysis.total()
    emit(styled(analysis.name, "bold"))
    rows = [
        [band, f"{count.segments:,}", f"{count.words:,}", f"{count.words / max(1, total.words):.0%}", f"{count.characters:,}"]
        for band, count in (*analysis.bands.items(), ("total", total))
    ]
    emit_table(["match", "segments", "words", "of all", "characters"], rows, right=[1, 2, 3, 4])


def _count_json(count: "Count") -> dict[str, int]:
    return {"segments": count.segments, "words": count.words, "characters": count.characters}


@click.command("translate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Where the translated document goes.")
@_from_option
@_by_option
@click.option(
    "--min", "lowest", type=click.FloatRange(0.01, 1), default=0.75, show_default=True, help="The lowest score filled in."
)
@click.option("--to", "to_script", type=click.Choice(list(SCRIPTS)), help="The script of Chinese that is filled in.")
@json_option
@click.pass_obj
def translate_command(
    db: str | None,
    file: Path,
    output: Path,
    from_language: Language | None,
    by: "By",
    lowest: float,
    to_script: str | None,
    *,
    as_json: bool,
) -> None:
    """Pre-translate a document from the memory; what the memory has not stays as it is, and so does the layout.

    Numbers are put in where only they differ. XLIFF records which segments are to be reviewed.

    \b
    Examples:
      yuqiao translate speech.docx -o speech.en.docx
      yuqiao translate job.xliff -o job.out.xliff --min 0.9
    """
    from tm.documents.opening import open_document
    from tm.pretranslation import pretranslate, summary_of

    document = open_document(file, by=by)
    everything = list(document.segments())
    translated = {segment.index for segment in everything if segment.target}
    segments = [(segment.index, segment.text) for segment in everything]
    if len(translated) == len(segments):
        raise YuqiaoError(f"{file} has nothing to translate.", "Every segment is empty or translated already.")
    tag = SCRIPTS[to_script] if to_script else ""
    with Workspace.open(db) as workspace, progress("Matched", len(segments)) as report:
        filled = pretranslate(
            workspace.memory,
            segments,
            without=translated,
            lowest=lowest,
            language=from_language,
            target_tag=tag,
            progress=report,
        )
    open_segments = len(segments) - len(translated)
    summary = summary_of(filled)
    written = document.write(
        output, {one.index: one.text for one in filled}, review=[one.index for one in filled if one.review], target_lang=tag
    )
    if as_json:
        emit_json(
            {
                "file": str(output),
                "segments": open_segments,
                "filled": [_filled_json(one) for one in filled],
                "simplified": list(written.simplified),
                "translated": len(translated),
                "summary": {"kinds": summary.kinds, "numbers": summary.numbers, "origins": summary.origins},
            }
        )
    else:
        review = sum(one.review for one in filled)
        emit(f"{output}: {len(filled):,} of {open_segments:,} segments filled, {review:,} of them to be reviewed")
        if filled:
            numbers = f" ({summary.numbers:,} with their own numbers put in)" if summary.numbers else ""
            emit(f"  by match: {_listed(summary.kinds)}{numbers}")
            emit(f"  from: {_listed(summary.origins)}")
        if translated:
            note(f"{len(translated):,} segments were translated already.")
        if written.simplified:
            note(f"{len(written.simplified)} segments lost inline formatting.")
    sys.exit(0 if filled else 1)


def _filled_json(one: "Filled") -> dict[str, Any]:
    match = one.match
    return {
        "index": one.index,
        "text": one.text,
        "score": match.score,
        "kind": match.kind,
        "id": match.unit.id,
        "origin": match.unit.origin,
        "review": one.review,
        "numbers": bool(match.substituted),
    }


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name or 'unnamed'} {count:,}" for name, count in counts.items())
