"""yuqiao match."""

import sys
from collections.abc import Iterator

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, styled
from lang.encoding import decode, read_text
from lang.errors import YuqiaoError
from tm.fragments import Fragment
from tm.matching import Match, difference
from tm.memory import Memory
from tm.score import Language
from tm.unit import Unit
from workspace.workspace import Workspace

_from_option = click.option(
    "--from", "from_language", type=click.Choice(["zh", "en"]), help="The language of the text; else by its script."
)


@click.command("match")
@click.argument("text", nargs=-1)
@click.option("--file", "file", type=click.Path(allow_dash=True), help="Match every line of a file; - reads standard input.")
@_from_option
@click.option("--min", "lowest", type=click.FloatRange(0.01, 1), default=0.7, show_default=True, help="The lowest score.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many matches at most.")
@json_option
@click.pass_obj
def match_command(
    db: str | None,
    text: tuple[str, ...],
    file: str | None,
    from_language: Language | None,
    lowest: float,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Find how a sentence, or one like it, was translated before; either direction, either script.

    In a file the lines before and after decide whether an exact match is one in context.

    \b
    Examples:
      yuqiao match 離境退稅商店總數增至1,280家。
      yuqiao match --file speech.txt --min 0.8 --json
    """
    if bool(text) == bool(file):
        raise click.UsageError("Give a text or --file, one of them.")
    total = 0
    with Workspace.open(db) as workspace:
        for before, query, after in _queries(" ".join(text), file):
            found = workspace.memory.match(query, language=from_language, lowest=lowest, limit=limit, before=before, after=after)
            total += len(found)
            parts = [] if found else workspace.memory.fragments(query, language=from_language, limit=limit)
            if as_json:
                shown = [_json(match, query, workspace.memory) for match in found]
                emit_json({"query": query, "matches": shown, "fragments": [_fragment_json(part) for part in parts]})
            elif found:
                _print(query, found, workspace.memory)
            else:
                _print_fragments(query, parts)
    if not total:
        note("No match. Lower --min, or look for parts of it with: yuqiao concordance")
    sys.exit(0 if total else 1)


def _queries(text: str, file: str | None) -> Iterator[tuple[str, str, str]]:
    """(line before, line, line after) of what is to be matched; blank lines are passed over."""
    if file is None:
        yield "", text, ""
        return
    whole = decode(sys.stdin.buffer.read(), "standard input") if file == "-" else read_text(file)
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    if not lines:
        raise YuqiaoError(f"{file} has no text.", "There is nothing to match.")
    yield from zip(["", *lines[:-1]], lines, [*lines[1:], ""], strict=True)


def _json(match: Match, query: str, memory: Memory) -> dict[str, object]:
    language = memory.language_of(query)
    return {
        "id": match.unit.id,
        "score": match.score,
        "kind": match.kind,
        "source": match.source,
        "target": match.target,
        "origin": match.unit.origin,
        "other_script": match.other_script,
        "numbers_differ": match.numbers_differ,
        "substituted": match.substituted,
        "difference": [[edit.kind, edit.text] for edit in difference(query, match.source, language)],
    }


def _print(query: str, found: list[Match], memory: Memory) -> None:
    emit(styled(query, "bold"))
    language = memory.language_of(query)
    for match in found:
        marks = [
            mark for mark, there in (("other script", match.other_script), ("numbers differ", match.numbers_differ)) if there
        ]
        label = ", ".join([match.kind, *marks, match.unit.origin])
        emit(f"  {match.score:.0%}  {styled(label, 'dim')}  #{match.unit.id}")
        shown = []
        for edit in difference(query, match.source, language):
            if edit.kind == "same":
                shown.append(edit.text)
            elif edit.kind == "match":
                shown.append(styled(f"[-{edit.text}-]", "red"))
            else:
                shown.append(styled(f"{{+{edit.text}+}}", "green"))
        emit(f"    {''.join(shown)}")
        emit(f"    {match.target}")
        if match.substituted:
            emit(f"    {styled('with your numbers:', 'dim')} {match.substituted}")


def _fragment_json(part: Fragment) -> dict[str, object]:
    unit = part.unit
    return {"text": part.text, "start": part.start, "end": part.end, **_unit_json(unit)}


def _print_fragments(query: str, parts: list[Fragment]) -> None:
    if not parts:
        return
    emit(styled(query, "bold"))
    for part in parts:
        emit(f"  {styled('part', 'dim')} {part.text}  {styled(part.unit.origin, 'dim')}  #{part.unit.id}")
        emit(f"    {part.unit.source}")
        emit(f"    {part.unit.target}")


def _unit_json(unit: Unit) -> dict[str, object]:
    return {"id": unit.id, "source": unit.source, "target": unit.target, "origin": unit.origin, "domain": unit.domain}
