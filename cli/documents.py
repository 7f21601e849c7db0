"""yuqiao analyse, translate."""

import sys
from pathlib import Path
from typing import Any

import click

from cli.options import SCRIPTS, json_option
from cli.output import emit, emit_json, emit_table, note, progress
from lang.errors import YuqiaoError
from tm.score import Language
from workspace.workspace import Workspace

_from_option = click.option(
    "--from", "from_language", type=click.Choice(["zh", "en"]), help="The language of the files; else by their text."
)


@click.command("analyse")
@click.argument("files", metavar="FILE...", type=click.Path(path_type=Path), nargs=-1, required=True)
@_from_option
@json_option
@click.pass_obj
def analyse_command(db: str | None, files: tuple[Path, ...], from_language: Language | None, *, as_json: bool) -> None:
    """Count how much of documents the memory has: words and characters by band of match, and repetitions.

    Reads txt, md, docx, html, xlsx, XLIFF, SRT and VTT.

    \b
    Examples:
      yuqiao analyse speech.txt
      yuqiao analyse chapter1.docx chapter2.docx --json
    """
    from tm.analysis import BANDS, analyse
    from tm.documents.opening import open_document

    texts = [(str(path), [segment.text for segment in open_document(path).segments()]) for path in files]
    with Workspace.open(db) as workspace, progress("Analysed", sum(len(segments) for _, segments in texts)) as report:
        analyses = analyse(workspace.memory, texts, language=from_language, progress=report)
    if as_json:
        emit_json(
            {
                "files": [
                    {
                        "file": one.name,
                        "bands": {band: _count_json(one.bands[band]) for band in BANDS},
                        "total": _count_json(one.total()),
                    }
                    for one in analyses
                ]
            }
        )
        return
    for one in analyses:
        emit(one.name)
        rows = [[band, *map(str, _count_json(one.bands[band]).values())] for band in BANDS]
        rows.append(["total", *map(str, _count_json(one.total()).values())])
        emit_table(["match", "segments", "words", "characters"], rows, right=[1, 2, 3])


def _count_json(count: Any) -> dict[str, int]:
    return {"segments": count.segments, "words": count.words, "characters": count.characters}


@click.command("translate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Where the translated document goes.")
@_from_option
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
    from tm.pretranslation import pretranslate

    document = open_document(file)
    segments = [(segment.index, segment.text) for segment in document.segments() if not segment.target]
    if not segments:
        raise YuqiaoError(f"{file} has nothing to translate.", "Every segment is empty or translated already.")
    tag = SCRIPTS[to_script] if to_script else ""
    with Workspace.open(db) as workspace, progress("Matched", len(segments)) as report:
        filled = pretranslate(workspace.memory, segments, lowest=lowest, language=from_language, target_tag=tag, progress=report)
    written = document.write(
        output, {one.index: one.text for one in filled}, review=[one.index for one in filled if one.review], target_lang=tag
    )
    if as_json:
        listed = [
            {
                "index": one.index,
                "text": one.text,
                "score": one.match.score,
                "kind": one.match.kind,
                "id": one.match.unit.id,
                "origin": one.match.unit.origin,
                "review": one.review,
            }
            for one in filled
        ]
        emit_json({"file": str(output), "segments": len(segments), "filled": listed, "simplified": list(written.simplified)})
    else:
        review = sum(one.review for one in filled)
        emit(f"{output}: {len(filled)} of {len(segments)} segments filled, {review} of them to be reviewed")
        if written.simplified:
            note(f"{len(written.simplified)} segments lost inline formatting.")
    sys.exit(0 if filled else 1)
