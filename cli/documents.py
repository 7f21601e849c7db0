"""yuqiao analyse, translate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import SCRIPTS, engine_options_of, json_option
from cli.output import emit, emit_json, emit_table, note, outlive_readers, progress, styled
from lang.errors import YuqiaoError
from tm.score import Language
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from interpret.engine import Engine, Output
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
@click.option("--engine", "engine_name", help="What translates the rest, such as openai; it is all to be reviewed.")
@click.option("--engine-option", "engine_options", multiple=True, metavar="NAME=VALUE", help="A setting of the engine.")
@click.option("--enforce", is_flag=True, help="Ask the engine once more for terms and numbers it missed, then patch them in.")
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
    engine_name: str | None,
    engine_options: tuple[str, ...],
    *,
    enforce: bool,
    as_json: bool,
) -> None:
    """Pre-translate a document from the memory; what the memory has not stays as it is, and so does the layout.

    With --engine what the memory has not is translated by it, with the terms and numbers of each segment in its prompt.

    Numbers are put in where only they differ. XLIFF records which segments are to be reviewed.

    \b
    Examples:
      yuqiao translate speech.docx -o speech.en.docx
      yuqiao translate job.xliff -o job.out.xliff --min 0.9
    """
    from lang.conversion import convert
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
        made: list[Output] = []
        if engine_name:
            from interpret.document_translation import translate_segments

            done = translated | {one.index for one in filled}
            rest = [(index, text) for index, text in segments if index not in done]
            engine = _engine(engine_name, engine_options, workspace)
            try:
                made = list(translate_segments(workspace, engine, rest, source=from_language, enforce=enforce, progress=report))
            finally:
                engine.close()
    texts = {one.segment: convert(one.text, tag) if tag else one.text for one in made if one.text}
    open_segments = len(segments) - len(translated)
    summary = summary_of(filled)
    written = document.write(
        output,
        {one.index: one.text for one in filled} | texts,
        review=[*(one.index for one in filled if one.review), *texts],
        target_lang=tag,
    )
    if as_json:
        emit_json(
            {
                "file": str(output),
                "segments": open_segments,
                "filled": [_filled_json(one) for one in filled],
                "engine": [_made_json(one, texts) for one in made],
                "simplified": list(written.simplified),
                "translated": len(translated),
                "summary": {"kinds": summary.kinds, "numbers": summary.numbers, "origins": summary.origins},
            }
        )
    else:
        review = sum(one.review for one in filled)
        review += len(texts)
        count = len(filled) + len(texts)
        emit(f"{output}: {count:,} of {open_segments:,} segments filled, {review:,} of them to be reviewed")
        if filled:
            numbers = f" ({summary.numbers:,} with their own numbers put in)" if summary.numbers else ""
            emit(f"  by match: {_listed(summary.kinds)}{numbers}")
            emit(f"  from: {_listed(summary.origins)}")
        if texts:
            emit(f"  by {engine_name}: {len(texts):,}, to be reviewed")
        for one in made:
            for missed in (*one.missed_terms, *one.missed_numbers):
                note(f"segment {one.segment + 1} lacks {missed}")
            if not one.text and one.reason:
                note(f"{engine_name} was not asked further: {one.reason}")
        if translated:
            note(f"{len(translated):,} segments were translated already.")
        if written.simplified:
            note(f"{len(written.simplified)} segments lost inline formatting.")
    sys.exit(0 if filled or texts else 1)


def _made_json(one: "Output", texts: dict[int, str]) -> dict[str, Any]:
    return {
        "index": one.segment,
        "text": texts.get(one.segment, ""),
        "engine": one.engine,
        "review": True,
        "missed_terms": list(one.missed_terms),
        "missed_numbers": list(one.missed_numbers),
        "patched": one.patched,
        "reason": one.reason,
    }


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


def _engine(name: str, options: tuple[str, ...], workspace: Workspace) -> "Engine":
    from interpret.engines import open_engine

    # A server may go away while it is written to.
    outlive_readers()
    return open_engine(name, engine_options_of(options), workspace)
