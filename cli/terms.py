"""yuqiao terms."""

import sys
from collections.abc import Iterator

import click

from cli.input import lines_of
from cli.options import json_option
from cli.output import emit, emit_json, note, styled
from glossary.recognition import Recognised, Recogniser
from workspace.workspace import Workspace


@click.command("terms")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option("--encoding", help="The file's encoding, where it is not found out rightly.")
@click.option("--approved", is_flag=True, help="Leave out what is proposed.")
@json_option
@click.pass_obj
def terms_command(db: str | None, file: str, encoding: str | None, *, approved: bool, as_json: bool) -> None:
    """Find the terms of a text, Chinese or English, line by line; - reads standard input as it comes.

    \b
    Examples:
      yuqiao terms speech.txt
      tail -f live.txt | yuqiao terms - --json
    """
    lines, _ = lines_of(file, encoding)
    total = 0
    with Workspace.open(db) as workspace:
        recogniser = Recogniser(workspace.term_store, approved=approved)
        texts: list[str] = []

        def remembered() -> Iterator[str]:
            for line in lines:
                texts.append(line)
                yield line

        for number, found in enumerate(recogniser.recognise_lines(remembered()), start=1):
            text = texts.pop()
            total += len(found)
            if as_json:
                emit_json({"line": number, "text": text, "terms": [_json(term) for term in found]})
            elif found:
                _print(number, text, found)
            if file == "-":
                sys.stdout.flush()
    if not total:
        note("No terms found.")
    sys.exit(0 if total else 1)


def _json(term: Recognised) -> dict[str, object]:
    return {
        "start": term.start,
        "end": term.end,
        "text": term.text,
        "id": term.concept.id,
        "translations": term.translations,
        "status": term.status,
        "preferred": term.preferred,
        "state": term.concept.state,
    }


def _print(number: int, text: str, found: list[Recognised]) -> None:
    emit(styled(f"{number}: {text}", "dim"))
    shown = ((t.text, "; ".join(t.translations[:3]), t.status, t.preferred, t.concept.state) for t in found)
    for spelling, translations, status, preferred, state in dict.fromkeys(shown):
        warning = f"  (deprecated: use {preferred})" if status == "deprecated" else ""
        warning += "  (proposed)" if state == "proposed" else ""
        emit(f"  {styled(spelling, 'bold')} = {translations}{styled(warning, 'yellow')}")
