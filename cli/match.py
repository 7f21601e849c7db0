"""yuqiao match."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import click

from cli.concordance import hit_json, marked
from cli.input import lines_of
from cli.options import json_option
from cli.output import emit, emit_json, note, progress, styled
from lang.errors import YuqiaoError
from tm.concordance import Hit, Phrase, spans_of
from tm.fragments import Fragment
from tm.matching import Match, difference
from tm.memory import Memory
from tm.score import Language
from workspace.workspace import Workspace

# Up to so many characters a text that matches nothing is looked for inside the stored ones.
_SHORT: Final[dict[Language, int]] = {"zh": 12, "en": 40}

_from_option = click.option(
    "--from", "from_language", type=click.Choice(["zh", "en"]), help="The language of the text; else by its script."
)


@click.command("match")
@click.argument("text", nargs=-1)
@click.option("--file", "file", type=click.Path(allow_dash=True), help="Match every line of a file; - reads standard input.")
@click.option("--encoding", help="The file's encoding, where it is not found out rightly.")
@_from_option
@click.option("--min", "lowest", type=click.FloatRange(0.01, 1), default=0.7, show_default=True, help="The lowest score.")
@click.option("--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many matches at most.")
@json_option
@click.pass_obj
def match_command(
    db: str | None,
    text: tuple[str, ...],
    file: str | None,
    encoding: str | None,
    from_language: Language | None,
    lowest: float,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Find how a sentence, or one like it, was translated before; either direction, either script.

    In a file the lines before and after decide whether an exact match is one in context; results come line by line. Where
    nothing is like a text as a whole, the sentences that use it are shown, if it is short, else stored parts of it.

    \b
    Examples:
      yuqiao match 離境退稅商店總數增至1,280家。
      yuqiao match --file speech.txt --min 0.8 --json
    """
    if bool(text) == bool(file):
        raise click.UsageError("Give a text or --file, one of them.")
    queries: Iterator[_Query] = iter([_Query(" ".join(text))])
    count = None
    if file:
        lines, count = lines_of(file, encoding)
        queries = _with_neighbours(lines)
    asked = total = 0
    with Workspace.open(db) as workspace, progress("Matched", count) as report:
        for query in queries:
            found = _found(workspace.memory, query, from_language, lowest, limit)
            asked += 1
            total += len(found.matches)
            if as_json:
                emit_json(_found_json(found))
            else:
                _print(found)
            if file:
                sys.stdout.flush()
                report(query.line)
    if file and not asked:
        raise YuqiaoError(f"{file} has no text.", "There is nothing to match.")
    if not total:
        note("No match. Lower --min, or look for parts of it with: yuqiao concordance")
    sys.exit(0 if total else 1)


@dataclass(frozen=True, slots=True)
class _Query:
    """A text to be matched, its line (0 without a file) and the lines next to it that are not blank."""

    text: str
    line: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the memory has for a query: whole matches, else uses of it in longer segments, else stored parts of it."""

    query: _Query
    language: Language
    matches: list[Match]
    parts: list[Fragment]
    uses: tuple[Hit, ...]


def _with_neighbours(lines: Iterable[str]) -> Iterator[_Query]:
    """The lines with their neighbours, each as soon as the next one is known; blank ones are passed over."""
    filled = ((number, line.strip()) for number, line in enumerate(lines, start=1) if line.strip())
    last: _Query | None = None
    for number, text in filled:
        if last:
            last = replace(last, after=text)
            yield last
        last = _Query(text, number, last.text if last else "")
    if last:
        yield last


def _found(memory: Memory, query: _Query, language: Language | None, lowest: float, limit: int) -> _Found:
    text = query.text
    read_as = language or memory.language_of(text)
    found = memory.match(text, language=read_as, lowest=lowest, limit=limit, before=query.before, after=query.after)
    parts: list[Fragment] = []
    uses: tuple[Hit, ...] = ()
    if not found and len(text) <= _SHORT[read_as]:
        uses = memory.concordance([text], limit=limit).hits
    if not found and not uses:
        parts = memory.fragments(text, language=read_as, limit=limit)
    return _Found(query, read_as, found, parts, uses)


def _found_json(found: _Found) -> dict[str, object]:
    query = found.query
    return {
        "query": query.text,
        **({"line": query.line} if query.line else {}),
        "matches": [_json(match, query.text, found.language) for match in found.matches],
        "fragments": [_fragment_json(part) for part in found.parts],
        "concordance": [hit_json(hit) for hit in found.uses],
    }


def _json(match: Match, query: str, language: Language) -> dict[str, object]:
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


def _fragment_json(part: Fragment) -> dict[str, object]:
    return {"text": part.text, "start": part.start, "end": part.end, **hit_json(_hit_of(part))}


def _hit_of(part: Fragment) -> Hit:
    phrases = [Phrase.of(part.text)]
    return Hit(part.unit, spans_of(phrases, part.unit.source), spans_of(phrases, part.unit.target))


def _print(found: _Found) -> None:
    query = found.query.text
    if found.matches or found.parts or found.uses:
        emit(styled(query, "bold"))
    for match in found.matches:
        _print_match(match, query, found.language)
    for part in found.parts:
        _print_use(f"part {part.text}", _hit_of(part))
    for hit in found.uses:
        _print_use("used in", hit)


def _print_match(match: Match, query: str, language: Language) -> None:
    marks = [mark for mark, there in (("other script", match.other_script), ("numbers differ", match.numbers_differ)) if there]
    label = ", ".join([match.kind, *marks, match.unit.origin])
    emit(f"  {match.score:>4.0%}  {styled(label, 'dim')}  #{match.unit.id}")
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


def _print_use(label: str, hit: Hit) -> None:
    emit(f"  {label}  {styled(hit.unit.origin, 'dim')}  #{hit.unit.id}")
    emit(f"    {marked(hit.unit.source, hit.source_spans)}")
    emit(f"    {marked(hit.unit.target, hit.target_spans)}")
