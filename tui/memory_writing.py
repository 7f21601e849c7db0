"""What the memory area writes: edits and deletions that undo takes back, imports and exports that can be stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lang.errors import YuqiaoError
from tm.unit import Unit, beginning
from tm.unit_query import parse_unit_query
from tui.cancellation import Cancellation
from tui.connection import Connection
from tui.wrapping import one_line
from workspace.workspace import Workspace

Told = Callable[[str, int], None]
"""Told what is being done, and how much of it is done."""
_UNDO = ". Ctrl+Z undoes it."
_DONE: Final = {
    "add": "the addition of",
    "edit": "the change of",
    "delete": "the deletion of",
    "review": "the review of",
    "import": "the import of",
    "clean": "the cleaning of",
    "refresh": "the refresh of curated pairs:",
}


@dataclass(frozen=True, slots=True)
class MemoryDone:
    """What was done, in words; `unit_id` is the unit to show now (0: none), `changed` whether the memory is another now."""

    message: str
    unit_id: int = 0
    changed: bool = True


def edit(workspace: Workspace, before: Unit, changed: Unit) -> MemoryDone:
    """Replace a unit; YuqiaoError where a side is empty, ConflictError where the pair is stored already."""
    if before == changed:
        return MemoryDone("Nothing was changed", before.id, changed=False)
    workspace.memory.edit(changed)
    return MemoryDone(f"Changed pair {before.id}{_UNDO}", before.id)


def delete(workspace: Workspace, unit_ids: Sequence[int]) -> MemoryDone:
    """Delete units as one change."""
    return MemoryDone(f"Deleted {_pairs(workspace.memory.delete(unit_ids))}{_UNDO}")


def review(workspace: Workspace, unit_ids: Sequence[int]) -> MemoryDone:
    """Mark units as reviewed: an alignment's doubt about them is settled."""
    units = workspace.memory.review(unit_ids)
    return MemoryDone(f"Reviewed {_pairs(units)}{_UNDO}")


def _pairs(units: Sequence[Unit]) -> str:
    return one_line(beginning(units[0].source)) if len(units) == 1 else f"{len(units)} pairs"


def undo(workspace: Workspace) -> MemoryDone:
    """Revert the latest change of the memory not yet undone."""
    change = workspace.memory.undo()
    return MemoryDone(f"Undid {_DONE.get(change.kind, change.kind)} {one_line(change.summary)}")


def import_files(workspace: Workspace, paths: Sequence[Path], told: Told, cancellation: Cancellation) -> MemoryDone:
    """Import files, all of them or, on an error or where the user stops it, nothing."""
    from tm.formats.entries import ReadOptions

    reports = workspace.memory.import_files(
        paths,
        ReadOptions(),
        progress=cancellation.reporting(lambda done: told("Imported", done)),
        # The units are in by now: the index may be stopped, since the next search goes on with it.
        indexing=lambda done: told("Put into the index", done),
    )
    read, added = (sum(getattr(report, name) for report in reports) for name in ("read", "added"))
    rejected = sum(report.rejected for report in reports)
    said = f"{read:,} read, {added:,} added" + (f", {rejected:,} rejected" if rejected else "")
    first = next((f": line {reject.line}, {reject.reason}" for report in reports for reject in report.rejects), "")
    return MemoryDone(said + first + (_UNDO if added else ""), changed=added > 0)


def export_file(workspace: Workspace, query: str, path: Path, told: Told, cancellation: Cancellation) -> MemoryDone:
    """Write the units that a line's conditions choose, whole or not at all; the ending of the name says the format."""
    from tm.formats.registry import format_of_name

    written_as = format_of_name(path)
    if not path.absolute().parent.is_dir():
        raise YuqiaoError(f"{path}: there is no such folder.", "Make it first, or choose another place.")
    asked = parse_unit_query(query)
    if asked.phrase:
        raise YuqiaoError("What uses a phrase cannot be exported.", "Leave the conditions only: origin:reports state:draft")
    units = workspace.memory.store.listing(asked.only)
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as out:
            report = cancellation.reporting(lambda done: told("Written", done))
            count = workspace.memory.export(units, written_as, out, progress=report)
        partial.replace(path)
    except OSError as error:
        raise YuqiaoError(f"{path}: cannot be written ({error.strerror}).") from error
    finally:
        partial.unlink(missing_ok=True)
    return MemoryDone(f"{path}: {count:,} pairs", changed=False)


class MemoryWriter:
    """The connection that changes the memory, one change at a time, on whichever thread asks for it."""

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._connection = Connection(open_workspace)

    def do(self, change: Callable[[Workspace], MemoryDone]) -> MemoryDone:
        """Make a change; what it did."""
        with self._connection.use() as workspace:
            return change(workspace)

    def close(self) -> None:
        """Close the connection once the change that is being written is in."""
        self._connection.close()
