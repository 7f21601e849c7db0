"""yuqiao tm: origins, penalty, history, undo, clean; single pairs are in cli.units."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from cli import units
from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note, progress, styled
from lang.errors import UnsupportedError
from tm.cleaning import REASONS, WHAT, Reason, Suspicion, suspicions
from tm.store import Change
from tm.unit import Unit
from workspace.workspace import Workspace


@click.group("tm")
def tm_command() -> None:
    """Look after the memory: its pairs one by one, where they come from, their history, what is suspicious in them.

    \b
    Examples:
      yuqiao tm edit 17 --state reviewed
      yuqiao tm clean
    """


for _command in (units.show_command, units.list_command, units.add_command, units.edit_command, units.delete_command):
    tm_command.add_command(_command)


@tm_command.command("origins")
@json_option
@click.pass_obj
def origins_command(db: str | None, *, as_json: bool) -> None:
    """List the memories in the database, with the number of their pairs and their penalty.

    \b
    Examples:
      yuqiao tm origins
      yuqiao tm origins --json
    """
    with Workspace.open(db) as workspace:
        origins = workspace.memory.store.origins()
    if as_json:
        emit_json({"origins": [{"name": one.name, "penalty": one.penalty, "units": one.units} for one in origins]})
    else:
        rows = [[one.name, f"{one.units:,}", f"{one.penalty:.0%}"] for one in origins]
        emit_table(["memory", "pairs", "penalty"], rows, right=[1, 2])


@tm_command.command("penalty")
@click.argument("origin")
@click.argument("percent", type=click.FloatRange(0, 100))
@json_option
@click.pass_obj
def penalty_command(db: str | None, origin: str, percent: float, *, as_json: bool) -> None:
    """Take so many percent off the score of every match from a memory.

    \b
    Examples:
      yuqiao tm penalty machine-translated 10
      yuqiao tm penalty reports 0
    """
    with Workspace.open(db) as workspace:
        names = [one.name for one in workspace.memory.store.origins()]
        if origin not in names:
            raise UnsupportedError(f"No memory is called {origin!r}.", f"There are: {', '.join(names)}")
        workspace.memory.store.set_penalty(origin, percent / 100)
    if as_json:
        emit_json({"name": origin, "penalty": percent / 100})
    else:
        emit(f"{origin}: {percent:g} % off")


@tm_command.command("history")
@click.argument("unit_id", metavar="[ID]", type=int, required=False)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many changes at most, without ID.")
@json_option
@click.pass_obj
def history_command(db: str | None, unit_id: int | None, limit: int, *, as_json: bool) -> None:
    """Show what happened to a pair, or the latest changes of the memory.

    \b
    Examples:
      yuqiao tm history --limit 5 --json
      yuqiao tm history 17
    """
    with Workspace.open(db) as workspace:
        if unit_id is not None:
            units.show_history(unit_id, workspace.memory.history(unit_id), as_json=as_json)
            return
        changes = workspace.memory.store.changes(limit)
    if as_json:
        emit_json({"changes": [_change_json(change) for change in changes]})
        return
    rows = [[str(c.id), c.at, c.by, c.kind + (" (undone)" if c.undone_by else ""), f"{c.units:,}", c.summary] for c in changes]
    emit_table(["change", "when", "who", "what", "pairs", "of"], rows, shrink=5, right=[0, 4])


def _change_json(change: Change) -> dict[str, Any]:
    fields = ("id", "kind", "at", "by", "summary", "units", "undoes", "undone_by")
    return {name: getattr(change, name) for name in fields}


@tm_command.command("undo")
@click.argument("change_id", metavar="[CHANGE]", type=int, required=False)
@json_option
@click.pass_obj
def undo_command(db: str | None, change_id: int | None, *, as_json: bool) -> None:
    """Revert the latest change of the memory not yet undone, or one named by its number (see: yuqiao tm history).

    Undoing the number of an undo does the change again.

    \b
    Examples:
      yuqiao tm undo
      yuqiao tm undo 12
    """
    with Workspace.open(db) as workspace, progress("Reverted") as report:
        undone = workspace.memory.undo(change_id, progress=report)
    if as_json:
        emit_json(_change_json(undone))
    else:
        emit(f"undone: {undone.kind} of {undone.at} by {undone.by}: {undone.summary}")


@tm_command.command("clean")
@click.option("--check", "checks", type=click.Choice(REASONS), multiple=True, help="Only these checks.")
@units.filter_options
@click.option("--remove", is_flag=True, help="Delete what is found, as one change.")
@json_option
@click.pass_obj
def clean_command(db: str | None, /, checks: tuple[Reason, ...], *, remove: bool, as_json: bool, **which: Any) -> None:
    """List suspicious pairs: a side empty, both the same, wrong language, wild lengths, numbers that differ, damage.

    Numbers are compared by value, whatever is written with 萬, 億, million or billion. Findings come as they are made; an
    interruption deletes nothing.

    \b
    Examples:
      yuqiao tm clean
      yuqiao tm clean --check same --check damage --origin web --remove
    """
    only = units.unit_filter(**which)
    found: list[int] = []
    by_reason: Counter[Reason] = Counter()
    with Workspace.open(db) as workspace:
        store = workspace.memory.store
        with progress("Checked", store.count(only)) as report:
            for one in suspicions(_reported(store.listing(only), report), checks or REASONS):
                found.append(one.unit.id)
                by_reason.update(one.reasons)
                _print_suspicion(one, as_json=as_json)
        if remove and found:
            summary = f"{len(found):,} suspicious pairs"
            store.delete(found, by=workspace.memory.user, kind="clean", summary=summary)
            workspace.memory.index()
    kinds = ", ".join(f"{reason} {count:,}" for reason, count in by_reason.most_common())
    said = f"{len(found):,} suspicious pairs" + (f" ({kinds})" if kinds else "")
    note(said + (" deleted; yuqiao tm undo brings them back" if remove and found else ""))
    sys.exit(0 if found else 1)


def _reported(listed: Iterable[Unit], report: Callable[[int], None]) -> Iterator[Unit]:
    for done, unit in enumerate(listed, start=1):
        yield unit
        if done % 1_000 == 0:
            report(done)


def _print_suspicion(one: Suspicion, *, as_json: bool) -> None:
    unit = one.unit
    if as_json:
        emit_json({"id": unit.id, "reasons": one.reasons, "source": unit.source, "target": unit.target, "origin": unit.origin})
        return
    reasons = "; ".join(WHAT[reason] for reason in one.reasons)
    emit(f"{styled(f'#{unit.id}', 'bold')}  {styled(reasons, 'yellow')}  {styled(unit.origin, 'dim')}")
    emit(f"  {unit.source}")
    emit(f"  {unit.target}")
