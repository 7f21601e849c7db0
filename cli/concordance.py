"""yuqiao concordance."""

import sys
from collections.abc import Sequence
from typing import Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, styled
from cli.units import filter_options, unit_filter
from tm.concordance import Hit, Span
from workspace.workspace import Workspace


@click.command("concordance")
@click.argument("text", nargs=-1, required=True)
@click.option("--apart", is_flag=True, help="The words, parted by blanks, may stand anywhere in the segment, in any order.")
@filter_options
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many pairs at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Pass over so many, to see those that follow.")
@json_option
@click.pass_obj
def concordance_command(
    db: str | None, /, text: tuple[str, ...], limit: int, offset: int, *, apart: bool, as_json: bool, **which: Any
) -> None:
    """Show the pairs that use a word or phrase, in source or target, the shortest first.

    Chinese is found in any script, English in any inflection. On the other side the renderings that the term base has
    for it are marked.

    \b
    Examples:
      yuqiao concordance 低空經濟
      yuqiao concordance "departure tax refund" --origin reports --json
      yuqiao concordance --apart 離境 商店
    """
    query = " ".join(text)
    phrases = query.split() if apart else [query]
    only = unit_filter(**which)
    with Workspace.open(db) as workspace:
        from workspace.renderings import with_renderings

        found = workspace.memory.concordance(phrases, limit=limit, offset=offset, only=only)
        hits = with_renderings(workspace, phrases, found)
        parted = 0
        if not found.total and not apart and len(query.split()) > 1:
            parted = workspace.memory.concordance(query.split(), limit=1, only=only).total
    if as_json:
        shown = [hit_json(hit) for hit in hits]
        emit_json({"query": query, "total": found.total, "exact": found.exact, "offset": offset, "matches": shown})
    else:
        for hit in hits:
            _print(hit)
        note(_summary(query, found.total, len(hits), offset, exact=found.exact, parted=parted))
    sys.exit(0 if hits else 1)


def _summary(query: str, total: int, shown: int, offset: int, *, exact: bool, parted: int) -> str:
    if not total:
        return f"No pair has {query!r}." + (f" {parted:,} have its words apart; see them with --apart." if parted else "")
    counted = f"{total:,}" if exact else f"about {total:,}"
    if shown == total:
        return f"{counted} pairs"
    if not shown:
        return f"{counted} pairs; none from number {offset + 1:,} on"
    following = f"; more with --offset {offset + shown}" if offset + shown < total else ""
    return f"{offset + 1:,} to {offset + shown:,} of {counted} pairs{following}"


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit for JSON: its pair, and where in it the phrase stands."""
    unit = hit.unit
    return {
        "id": unit.id,
        "source": unit.source,
        "target": unit.target,
        "origin": unit.origin,
        "domain": unit.domain,
        "source_spans": _spans_json(hit.source_spans),
        "target_spans": _spans_json(hit.target_spans),
    }


def _spans_json(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]


def _print(hit: Hit) -> None:
    unit = hit.unit
    emit(f"{marked(unit.source, hit.source_spans)}")
    emit(f"  {marked(unit.target, hit.target_spans)}  {styled(f'{unit.origin} #{unit.id}', 'dim')}")


def marked(text: str, spans: Sequence[Span]) -> str:
    """The text with its spans in colour, on a terminal."""
    pieces: list[str] = []
    last = 0
    for span in spans:
        pieces += [text[last : span.start], styled(text[span.start : span.end], "yellow")]
        last = span.end
    return "".join([*pieces, text[last:]])
