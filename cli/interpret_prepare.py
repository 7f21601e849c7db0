"""yuqiao interpret prepare."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option
from cli.output import emit_json, emit_table, note, stages
from lang.errors import YuqiaoError

if TYPE_CHECKING:
    from interpret.preparation.briefing import Briefing, Entry
    from interpret.preparation.hotwords import HotWords, RecogniserName


@click.command("prepare")
@click.argument("documents", metavar="DOC...", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option("-o", "--output", metavar="OUT.html", type=click.Path(path_type=Path), help="Write a glossary to print.")
@click.option("--title", help="What the glossary is headed by; else the documents' names.")
@click.option("--hotwords", metavar="FILE", type=click.Path(path_type=Path), help="Write the hot words for --recogniser.")
@click.option("--recogniser", type=click.Choice(["funasr", "sherpa-onnx", "whisper"]), help="Whose form the hot words take.")
@click.option("--encoding", help="The encoding of text files, where it is not found out rightly.")
@click.option("--approved", is_flag=True, help="Leave out terms that are only proposed.")
@click.option(
    "--min", "least", type=click.IntRange(2), default=2, show_default=True, help="How often a candidate occurs at least."
)
@click.option("--limit", type=click.IntRange(1), default=60, show_default=True, help="How many candidates at most.")
@json_option
@click.pass_obj
def prepare_command(
    db: str | None,
    documents: tuple[Path, ...],
    output: Path | None,
    title: str | None,
    hotwords: Path | None,
    recogniser: "RecogniserName | None",
    encoding: str | None,
    least: int,
    limit: int,
    *,
    approved: bool,
    as_json: bool,
) -> None:
    """Prepare an event from speech drafts and slides: terms, names and numbers by appearance, and what the term base lacks.

    Reads txt, md, docx, html and the other formats of translate, pptx with its notes, and pdf with yuqiao[pdf]. The glossary
    is a page to print; hot words help the recogniser in use (FunASR, sherpa-onnx, Whisper) to hear the terms.

    \b
    Examples:
      yuqiao interpret prepare speech.docx slides.pptx -o glossary.html
      yuqiao interpret prepare speech.txt --hotwords hotwords.txt --recogniser funasr
    """
    from interpret.preparation.briefing import prepare
    from interpret.preparation.reading import read_sentences
    from tm.documents.saving import write_bytes
    from workspace.workspace import Workspace

    if (hotwords is None) != (recogniser is None):
        raise click.UsageError("--hotwords and --recogniser go together.")
    for place in (output, hotwords):
        _check_place(place, documents)
    sentences = [sentence for path in documents for sentence in read_sentences(path, encoding)]
    with Workspace.open(db) as workspace, stages() as told:
        briefing = prepare(sentences, workspace, least=least, limit=limit, approved=approved, stages=told)
    if output:
        from interpret.preparation.handout import handout

        write_bytes(output, handout(briefing, title or ", ".join(path.stem for path in documents)).encode())
    words: HotWords | None = None
    if hotwords and recogniser:
        from interpret.preparation.hotwords import hot_words

        words = hot_words(briefing, recogniser)
        write_bytes(hotwords, words.text.encode())
    if as_json:
        emit_json(_json(briefing, documents, words))
    else:
        _print(briefing, words)
    sys.exit(0 if briefing.entries else 1)


def _check_place(place: Path | None, documents: tuple[Path, ...]) -> None:
    if place and any(place.resolve() == document.resolve() for document in documents):
        raise YuqiaoError(f"{place} is one of the documents.", "Name another file to write.")
    if place and not place.absolute().parent.is_dir():
        raise YuqiaoError(f"{place}: there is no such folder.", "Make it first, or choose another place.")


def _json(briefing: "Briefing", documents: tuple[Path, ...], words: "HotWords | None") -> dict[str, Any]:
    found: dict[str, Any] = {
        "documents": [str(path) for path in documents],
        "language": briefing.language,
        "sentences": briefing.sentences,
        "entries": [_entry_json(entry) for entry in briefing.entries],
        "missing": len(briefing.missing),
    }
    return found if words is None else {**found, "hotwords": {"words": words.words, "left_out": words.left_out}}


def _entry_json(entry: "Entry") -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "text": entry.text,
        "renderings": list(entry.renderings),
        "known": entry.concept > 0,
        "id": entry.concept or None,
        "count": entry.count,
        "document": entry.document,
        "place": entry.place,
        "context": entry.context,
    }


def _print(briefing: "Briefing", words: "HotWords | None") -> None:
    rows = [
        [entry.kind, entry.text, "; ".join(entry.renderings[:2]), str(entry.count), f"{entry.document}, {entry.place}"]
        for entry in briefing.entries
    ]
    if rows:
        emit_table(["kind", "text", "rendering", "times", "first in"], rows, shrink=[1, 2, 4], right=[3])
    terms, numbers = len(briefing.of_kind("term")), len(briefing.of_kind("number"))
    note(
        f"{briefing.sentences:,} sentences: {terms:,} terms, {len(briefing.missing):,} not in the term base, {numbers:,} numbers"
    )
    if words and words.left_out:
        note(f"{words.words:,} hot words; {words.left_out:,} had no room in Whisper's prompt")
