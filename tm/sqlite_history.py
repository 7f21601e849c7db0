"""The memory's history in SQLite: every change, what units were before it, and taking changes back."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, cast

from lang.errors import ConflictError
from tm.store import REDO, REFRESH, SEED, UNDO, Change, Progress, UnitChange
from tm.unit import Unit, UnitState

COLUMNS: Final = (
    "u.id, u.source, u.target, u.source_lang, u.target_lang, o.name, u.domain, u.author, u.created, u.changed, u.state, u.extra"
)
"""What `unit_of` makes a unit of, from unit u and origin o."""

_CHANGE: Final = "id, kind, at, by, summary, units, undoes, undone_by"
_SLICE: Final = 500
_CURATED: Final = (SEED, REFRESH)


class ChangeLog:
    """The changes of a memory. Every call that writes belongs into a transaction of its caller.

    Changes that add units are found by `unit.change_id`; for all others, undoing included, `unit_before` holds the row of
    each unit as it was before, NULL where the unit was not there. So any change is reverted by putting these rows back.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # Writing

    def open_change(self, kind: str, by: str, summary: str, *, units: int = 0, undoes: int | None = None) -> int:
        """Begin a change; its id."""
        cursor = self._connection.execute(
            "INSERT INTO change_of_memory (kind, at, by, summary, units, undoes) VALUES (?, ?, ?, ?, ?, ?)",
            [kind, time_now(), by, summary, units, undoes],
        )
        return cast(int, cursor.lastrowid)

    def remember(self, change_id: int, action: str, ids: Sequence[int], progress: Progress | None = None) -> None:
        """Keep units as they are, before a change writes to them."""
        for start in range(0, len(ids), _SLICE):
            part = list(ids[start : start + _SLICE])
            cursor = self._connection.execute(f"SELECT * FROM unit WHERE id IN ({','.join('?' * len(part))})", part)
            columns = [column[0] for column in cursor.description]
            held = {row[0]: json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in cursor}
            self._connection.executemany(
                "INSERT INTO unit_before (change_id, unit_id, action, before) VALUES (?, ?, ?, ?)",
                [(change_id, unit_id, action, held.get(unit_id)) for unit_id in part],
            )
            if progress:
                progress(start + len(part))

    def revert(self, change_id: int, *, by: str, progress: Progress | None = None) -> int:
        """Revert a change as a change of its own, whose id is returned; reverting an undo does the change again.

        ConflictError where it was undone already, a later change touched the same units, or a pair is stored anew.
        """
        change = next(iter(self.changes(1, at=change_id)), None)
        if change is None or change.undone_by is not None:
            raise ConflictError(f"Change {change_id} of the memory is not there to undo.", "See: yuqiao tm history")
        execute = self._connection.execute
        self._refuse_if_touched_since(change_id)
        changed = [row[0] for row in execute("SELECT unit_id FROM unit_before WHERE change_id = ?", [change_id])]
        added = [row[0] for row in execute("SELECT id FROM unit WHERE change_id = ?", [change_id])]
        ids = list(dict.fromkeys([*changed, *added]))
        again = change.kind == UNDO
        summary = change.summary if again else f"{change.kind}: {change.summary}"
        undo_id = self.open_change(REDO if again else UNDO, by, summary, units=len(ids), undoes=change_id)
        self.remember(undo_id, "undo", ids, progress)
        self._connection.executemany("DELETE FROM unit WHERE id = ?", [(unit_id,) for unit_id in ids])
        try:
            self._bring_back(change_id, changed)
        except sqlite3.IntegrityError as error:
            raise ConflictError(
                f"Change {change_id} cannot be undone: a pair it would bring back is stored anew.", "Delete the new one first."
            ) from error
        # Further origins of known pairs: those of an undone change stay on record under its negative number.
        origins_of = change.undoes if again else change_id
        execute("UPDATE unit_origin SET change_id = -change_id WHERE abs(change_id) = ?", [origins_of])
        execute("UPDATE change_of_memory SET undone_by = ? WHERE id = ?", [undo_id, change_id])
        if again:
            execute("UPDATE change_of_memory SET undone_by = NULL WHERE id = ?", [change.undoes])
        return undo_id

    def _bring_back(self, change_id: int, ids: Sequence[int]) -> None:
        """Put units back as a change found them, those that were there; a slice at a time, since an import may be large."""
        for start in range(0, len(ids), _SLICE):
            part = ids[start : start + _SLICE]
            marks = ",".join("?" * len(part))
            kept = self._connection.execute(
                f"SELECT before FROM unit_before WHERE change_id = ? AND before NOTNULL AND unit_id IN ({marks})",
                [change_id, *part],
            ).fetchall()
            for (before,) in kept:
                row = json.loads(before)
                values = ", ".join("?" * len(row))
                self._connection.execute(f"INSERT INTO unit ({', '.join(row)}) VALUES ({values})", list(row.values()))

    def _refuse_if_touched_since(self, change_id: int) -> None:
        later = self._connection.execute(
            """SELECT x.change_id FROM unit_before x JOIN change_of_memory c ON c.id = x.change_id
            WHERE x.change_id > ? AND c.undone_by IS NULL AND c.undoes IS NULL AND (
                x.unit_id IN (SELECT id FROM unit WHERE change_id = ?)
                OR x.unit_id IN (SELECT unit_id FROM unit_before WHERE change_id = ?)) ORDER BY x.change_id DESC LIMIT 1""",
            [change_id] * 3,
        ).fetchone()
        if later:
            raise ConflictError(
                f"Change {change_id} cannot be undone: change {later[0]} came after it and touched the same units.",
                f"Undo change {later[0]} first.",
            )

    # Reading

    def last(self) -> int:
        """The number of the last change; 0 where there is none."""
        return cast(int, self._connection.execute("SELECT ifnull(max(id), 0) FROM change_of_memory").fetchone()[0])

    def changes(self, limit: int, at: int | None = None) -> list[Change]:
        """The latest changes, newest first, or the one of this number."""
        where, values = ("WHERE id = ?", [at]) if at is not None else ("", [])
        rows = self._connection.execute(
            f"SELECT {_CHANGE} FROM change_of_memory {where} ORDER BY id DESC LIMIT ?", [*values, limit]
        )
        return [Change(*row) for row in rows]

    def touched(self, after_change: int) -> list[int]:
        """Units that changes after this one edited, deleted, took out or brought back, whether they are there or not."""
        rows = self._connection.execute("SELECT DISTINCT unit_id FROM unit_before WHERE change_id > ?", [after_change])
        return [row[0] for row in rows]

    def curated(self) -> dict[int, int | None]:
        """Pair key of every unit that the curated data added -> its id; None where a user edited, deleted or imported it, too."""
        mine = f"SELECT id FROM change_of_memory WHERE kind IN ({', '.join('?' * len(_CURATED))})"
        users = self._connection.execute(
            f"""SELECT b.unit_id, json_extract(b.before, '$.pair_key') FROM unit_before b
            JOIN change_of_memory c ON c.id = b.change_id WHERE b.before NOTNULL AND c.undone_by IS NULL AND c.undoes IS NULL
            AND c.id NOT IN ({mine}) AND json_extract(b.before, '$.change_id') IN ({mine})""",
            [*_CURATED, *_CURATED],
        ).fetchall()
        touched = {unit_id for unit_id, _ in users}
        stored = self._connection.execute(
            f"""SELECT pair_key, id, EXISTS (SELECT 1 FROM unit_origin x WHERE x.unit_id = u.id AND x.change_id > 0)
            FROM unit u WHERE change_id IN ({mine})""",
            _CURATED,
        )
        found: dict[int, int | None] = dict.fromkeys((key for _, key in users), None)
        return found | {key: None if shared or unit_id in touched else unit_id for key, unit_id, shared in stored}

    def history(self, unit_id: int) -> list[UnitChange]:
        """What happened to a unit, oldest first; empty where it never existed."""
        kept = self._connection.execute(
            "SELECT change_id, before FROM unit_before WHERE unit_id = ? ORDER BY change_id", [unit_id]
        ).fetchall()
        cursor = self._connection.execute("SELECT * FROM unit WHERE id = ?", [unit_id])
        columns = [column[0] for column in cursor.description]
        current = cursor.fetchone()
        rows = [json.loads(before) if before else None for _, before in kept]
        rows.append(dict(zip(columns, current, strict=True)) if current else None)
        first = next((row for row in rows if row), None)
        if first is None:
            return []
        ids = [first["change_id"], *(change_id for change_id, _ in kept)]
        units = [None, *(self._unit_of_columns(row) if row else None for row in rows)]
        found: list[UnitChange] = []
        for place, change_id in enumerate(ids):
            found.extend(UnitChange(change, units[place], units[place + 1]) for change in self.changes(1, at=change_id))
        return found

    def _unit_of_columns(self, row: dict[str, Any]) -> Unit:
        origin = self._connection.execute("SELECT name FROM origin WHERE id = ?", [row["origin_id"]]).fetchone()
        names = [name.strip().removeprefix("u.") for name in COLUMNS.split(",")]
        return unit_of(tuple(origin[0] if name == "o.name" else row[name] for name in names))


def time_now() -> str:
    """The time a change is recorded under: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def unit_of(row: tuple[Any, ...]) -> Unit:
    """The unit in a row of COLUMNS."""
    unit_id, source, target, source_lang, target_lang, origin, domain, author, created, changed, state, extra = row
    more = json.loads(extra) if extra else {}
    return Unit(
        source,
        target,
        source_lang,
        target_lang,
        origin,
        domain,
        author,
        created,
        changed,
        cast(UnitState, state),
        more.get("before", ""),
        more.get("after", ""),
        tuple((name, value) for name, value in more.get("properties", ())),
        unit_id,
    )
