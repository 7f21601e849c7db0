"""yuqiao tm show, list, add, edit, delete: single pairs of the memory."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note, styled
from lang.errors import SettingsError, UnsupportedError
from lang.script import is_chinese
from lang.tags import normalise_tag, tag_of_text
from tm.store import UnitChange, UnitFilter
from tm.unit import UNIT_STATES, Unit, UnitState
from workspace.workspace import Workspace

OWN = "own"
_TEXTS = (("source", "source_lang"), ("target", "target_lang"))
_FIELDS = ("state", "origin", "domain", "author", "created", "changed", "before", "after")

_Command = Callable[..., Any]


def filter_options(command: _Command) -> _Command:
    """The options that say which pairs: --origin, --domain, --state, --author, --since, --until."""
    for option in reversed(
        (
            click.option("--origin", "origins", multiple=True, help="Only pairs of this memory."),
            click.option("--domain", "domains", multiple=True, help="Only this domain."),
            click.option("--state", "states", type=click.Choice(UNIT_STATES), multiple=True, help="Only this state."),
            click.option("--author", "authors", multiple=True, help="Only pairs by this author."),
            click.option("--since", metavar="DATE", default="", help="Only what was written on this day or later."),
            click.option("--until", metavar="DATE", default="", help="Only what was written on this day or before."),
        )
    ):
        command = option(command)
    return command


def unit_filter(
    origins: tuple[str, ...] = (),
    domains: tuple[str, ...] = (),
    states: tuple[UnitState, ...] = (),
    authors: tuple[str, ...] = (),
    since: str = "",
    until: str = "",
) -> UnitFilter:
    """What `filter_options` were given; UnsupportedError where a date is none."""
    return UnitFilter(origins, domains, states, authors, _time(since), _time(until, end=True))


def _time(written: str, *, end: bool = False) -> str:
    if not written:
        return ""
    from tm.formats.fields import iso_time

    found = iso_time(written)
    if found is None:
        raise UnsupportedError(f"{written!r} is no date.", "Write it as 2025-01-31.")
    # A day that ends a span belongs to it.
    if end and len(written.strip()) <= 10:
        return (datetime.fromisoformat(found) + timedelta(days=1)).isoformat(timespec="seconds")
    return found


def unit_json(unit: Unit, origins: Sequence[str] | None = None) -> dict[str, Any]:
    """A unit for JSON, whole; `origins` are all memories it was found in, where they are known."""
    return {
        "id": unit.id,
        "source": unit.source,
        "target": unit.target,
        "source_lang": unit.source_lang,
        "target_lang": unit.target_lang,
        "origin": unit.origin,
        **({} if origins is None else {"origins": list(origins)}),
        "domain": unit.domain,
        "author": unit.author,
        "created": unit.created,
        "changed": unit.changed,
        "state": unit.state,
        "before": unit.before,
        "after": unit.after,
        "properties": [list(pair) for pair in unit.properties],
    }


def _lines(unit: Unit | None) -> list[tuple[str, str]]:
    """What there is to say of a unit, as (name, value)."""
    if unit is None:
        return []
    lines = [(getattr(unit, tag), getattr(unit, text)) for text, tag in _TEXTS]
    lines += [(name, getattr(unit, name)) for name in _FIELDS if getattr(unit, name)]
    return [*lines, *unit.properties]


def _show(unit: Unit, origins: Sequence[str]) -> None:
    lines = _lines(unit)
    if len(origins) > 1:
        lines.append(("also in", ", ".join(name for name in origins if name != unit.origin)))
    emit(styled(f"#{unit.id}", "bold"))
    width = max(len(name) for name, _ in lines)
    for name, value in lines:
        emit(f"  {styled(name.ljust(width), 'dim')}  {value}")


@click.command("show")
@click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
@json_option
@click.pass_obj
def show_command(db: str | None, ids: tuple[int, ...], *, as_json: bool) -> None:
    """Show pairs with all that is known of them: languages, memories, author, dates, state, neighbours, properties.

    \b
    Examples:
      yuqiao tm show 17
      yuqiao tm show 17 18 --json
    """
    with Workspace.open(db) as workspace:
        memory = workspace.memory
        shown = [(memory.unit(unit_id), memory.store.origins_of(unit_id)) for unit_id in ids]
    for unit, origins in shown:
        if as_json:
            emit_json(unit_json(unit, origins))
        else:
            _show(unit, origins)


@click.command("list")
@filter_options
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many pairs at most.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Pass over so many.")
@json_option
@click.pass_obj
def list_command(db: str | None, /, limit: int, offset: int, *, as_json: bool, **which: Any) -> None:
    """List pairs by number, all or those of a memory, domain, state, author or time.

    \b
    Examples:
      yuqiao tm list --state draft
      yuqiao tm list --origin reports --since 2025-01-01 --limit 100 --json
    """
    only = unit_filter(**which)
    with Workspace.open(db) as workspace:
        store = workspace.memory.store
        total = store.count(only)
        units = list(islice(store.listing(only), offset, offset + limit)) if offset < total else []
    if as_json:
        emit_json({"total": total, "offset": offset, "units": [unit_json(unit) for unit in units]})
    else:
        rows = [[str(unit.id), unit.state, unit.origin, unit.source, unit.target] for unit in units]
        emit_table(["id", "state", "memory", "source", "target"], rows, shrink=(3, 4, 2), right=[0])
        shown = f"{offset + 1:,} to {offset + len(units):,} of " if units and len(units) < total else ""
        note(f"{shown}{total:,} pairs" + (f"; more with --offset {offset + limit}" if offset + limit < total else ""))
    sys.exit(0 if units else 1)


def _field_options(command: _Command) -> _Command:
    for option in reversed(
        (
            click.option("--origin", metavar="MEMORY", help="The memory it belongs to."),
            click.option("--domain", help="Subject."),
            click.option("--author", help="Who translated it."),
            click.option("--state", type=click.Choice(UNIT_STATES), help="How far it is."),
            click.option("--before", help="The source segment before it in its document."),
            click.option("--after", help="The source segment after it in its document."),
            click.option(
                "--property",
                "properties",
                metavar="NAME=VALUE",
                multiple=True,
                help="Anything else; without a value it is dropped.",
            ),
        )
    ):
        command = option(command)
    return command


@click.command("add")
@click.argument("source")
@click.argument("target")
@click.option("--from", "source_lang", metavar="TAG", help="The source's language, as zh-Hant-HK; else by its script.")
@click.option("--to", "target_lang", metavar="TAG", help="The target's language, as en-GB; else by its script.")
@_field_options
@json_option
@click.pass_obj
def add_command(
    db: str | None, /, source: str, target: str, source_lang: str | None, target_lang: str | None, *, as_json: bool, **given: Any
) -> None:
    """Add a pair of segments, either direction; prints its number.

    \b
    Examples:
      yuqiao tm add 我們要擴大內需。 "We need to expand domestic demand."
      yuqiao tm add "Thank you." 多謝。 --to zh-Hant-HK --origin speeches --state reviewed
    """
    pair = Unit(source.strip(), target.strip(), _tag(source, source_lang), _tag(target, target_lang), origin=OWN)
    new = _changed(pair, given)
    with Workspace.open(db) as workspace:
        added = workspace.memory.add_one(new)
    if as_json:
        emit_json(unit_json(added))
    else:
        emit(str(added.id))


def _tag(text: str, given: str | None) -> str:
    if given is None:
        return tag_of_text("zh" if is_chinese(text) else "en", text)
    tag = normalise_tag(given)
    if tag is None:
        raise UnsupportedError(f"{given!r} is neither Chinese nor English.", "Write it as zh-Hant-HK, zh-Hans, en-GB ...")
    return tag_of_text(tag, text)


def _changed(unit: Unit, given: dict[str, Any]) -> Unit:
    """The unit with the fields that were given."""
    properties = list(unit.properties)
    for written in given.pop("properties"):
        name, separator, value = written.partition("=")
        if not separator or not name:
            raise SettingsError(f"--property {written!r} is not NAME=VALUE.")
        properties = [pair for pair in properties if pair[0] != name] + ([(name, value)] if value else [])
    fields = {name: value for name, value in given.items() if value is not None}
    return replace(unit, **fields, properties=tuple(properties))


@click.command("edit")
@click.argument("unit_id", metavar="ID", type=int)
@click.option("--source", help="The source segment.")
@click.option("--target", help="The target segment.")
@click.option("--from", "source_lang", metavar="TAG", help="The source's language.")
@click.option("--to", "target_lang", metavar="TAG", help="The target's language.")
@_field_options
@json_option
@click.pass_obj
def edit_command(db: str | None, /, unit_id: int, *, as_json: bool, **given: Any) -> None:
    """Change a pair; what is not named stays. tm undo brings back what it was.

    \b
    Examples:
      yuqiao tm edit 17 --target "We must expand domestic demand." --state reviewed
      yuqiao tm edit 17 --property client=HKMA --domain ""
    """
    with Workspace.open(db) as workspace:
        before = workspace.memory.unit(unit_id)
        for side, tag in _TEXTS:
            if given[side] is not None:
                given[side] = given[side].strip()
            if given[tag] is not None:
                given[tag] = _tag(given[side] or getattr(before, side), given[tag])
        after = workspace.memory.edit(_changed(before, given))
        origins = workspace.memory.store.origins_of(unit_id)
    if as_json:
        emit_json(unit_json(after, origins))
    elif after == before:
        emit(f"{unit_id}: nothing to change")
    else:
        _show(after, origins)


@click.command("delete")
@click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
@json_option
@click.pass_obj
def delete_command(db: str | None, ids: tuple[int, ...], *, as_json: bool) -> None:
    """Delete pairs, as one change; tm undo brings them back with their numbers.

    \b
    Examples:
      yuqiao tm delete 17
      yuqiao tm delete 17 18 19 && yuqiao tm undo
    """
    with Workspace.open(db) as workspace:
        gone = workspace.memory.delete(ids)
    if as_json:
        emit_json({"deleted": [unit.id for unit in gone]})
        return
    for unit in gone:
        emit(f"deleted {unit.id}: {unit.source} = {unit.target}")


def show_history(unit_id: int, changes: list[UnitChange], *, as_json: bool) -> None:
    """Print what happened to a unit, oldest first: lines taken away and lines put in."""
    if as_json:
        listed = [
            {
                "change": one.change.id,
                "kind": one.change.kind,
                "at": one.change.at,
                "by": one.change.by,
                "undone_by": one.change.undone_by,
                "before": unit_json(one.before) if one.before else None,
                "after": unit_json(one.after) if one.after else None,
            }
            for one in changes
        ]
        emit_json({"id": unit_id, "changes": listed})
        return
    for one in changes:
        change = one.change
        mark = " (undone)" if change.undone_by else ""
        emit(styled(f"{change.at}  {change.by}  {change.kind}{mark}", "dim") + f"  (change {change.id})")
        before, after = _lines(one.before), _lines(one.after)
        for name, value in before:
            if (name, value) not in after:
                emit(styled(f"  - {name}: {value}", "red"))
        for name, value in after:
            if (name, value) not in before:
                emit(styled(f"  + {name}: {value}", "green"))
