"""The memory in SQLite: units, the memories they come from, and the history of changes.

Reading goes through the standard module. Units are written in batches by executemany; sqlite-utils makes the tables.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Literal, cast

from lang.errors import ConflictError, LockedError
from tm.sqlite_history import COLUMNS, ChangeLog, time_now, unit_of
from tm.store import AddReport, Change, Origin, Progress, Segment, UnitChange, UnitFilter
from tm.unit import CONFIDENCE, Unit, UnitState, context_key, pair_key

_BATCH: Final = 5_000
_SLICE: Final = 500
# The first ids fill a screen at once; the others come in fewer, larger parts.
_FIRST_IDS: Final = 500
_IDS: Final = 50_000
_FROM: Final = "FROM unit u JOIN origin o ON o.id = u.origin_id"


class SqliteUnitStore:
    """A UnitStore on an open connection whose tables exist (see tm.schema) and that is in autocommit mode."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._log = ChangeLog(connection)
        self._sides: list[tuple[int, str, str]] = []
        self._sides_of = -1

    # Writing

    def transaction(self) -> AbstractContextManager[None]:
        """Join the writing calls inside the block: all of them or none."""
        return _transaction(self._connection)

    def add(
        self,
        units: Iterable[Unit],
        *,
        kind: str,
        by: str,
        summary: str,
        progress: Progress | None = None,
        instead_of: Sequence[int] = (),
    ) -> AddReport:
        """Store units as one change, all or none; units whose pair is stored already only add their origin to it.

        Units that these take the place of go in the same change.
        """
        report = AddReport()
        with _transaction(self._connection):
            report.change_id = self._log.open_change(kind, by, summary)
            self._delete(report.change_id, instead_of)
            batch: list[Unit] = []
            for unit in units:
                batch.append(unit)
                if len(batch) == _BATCH:
                    self._add_batch(batch, report)
                    batch.clear()
                    if progress:
                        progress(report.read)
            self._add_batch(batch, report)
            if report.added or report.merged or instead_of:
                count = report.added + len(instead_of)
                self._connection.execute("UPDATE change_of_memory SET units = ? WHERE id = ?", [count, report.change_id])
            else:
                self._connection.execute("DELETE FROM change_of_memory WHERE id = ?", [report.change_id])
                report.change_id = 0
        return report

    def _add_batch(self, units: list[Unit], report: AddReport) -> None:
        origins = self._origin_ids(dict.fromkeys(unit.origin for unit in units))
        now = time_now()
        rows = [
            (
                unit.source,
                unit.target,
                unit.source_lang,
                unit.target_lang,
                pair_key(unit),
                origins[unit.origin],
                unit.domain,
                unit.author,
                unit.created or now,
                unit.changed,
                unit.state,
                context_key(unit.before),
                context_key(unit.after),
                _extra(unit),
                report.change_id,
            )
            for unit in units
        ]
        before = self._connection.total_changes
        self._connection.executemany(
            """INSERT INTO unit (source, target, source_lang, target_lang, pair_key, origin_id, domain, author,
            created, changed, state, before_key, after_key, extra, change_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            ON CONFLICT (pair_key) DO NOTHING""",
            rows,
        )
        added = self._connection.total_changes - before
        report.read += len(units)
        report.added += added
        if added < len(units):
            before = self._connection.total_changes
            # A pair known from elsewhere keeps its first origin and remembers the others.
            self._connection.executemany(
                """INSERT INTO unit_origin (unit_id, origin_id, change_id)
                SELECT id, ?, ? FROM unit WHERE pair_key = ? AND origin_id != ?
                ON CONFLICT DO UPDATE SET change_id = excluded.change_id WHERE unit_origin.change_id < 0""",
                [(row[5], report.change_id, row[4], row[5]) for row in rows],
            )
            report.merged += self._connection.total_changes - before

    def edit(self, unit: Unit, *, by: str, kind: str = "edit") -> int:
        """Replace a unit by a changed version of itself, as one change; ConflictError where its pair is stored already."""
        with _transaction(self._connection):
            change_id = self._log.open_change(kind, by, unit.label, units=1)
            self._log.remember(change_id, "edit", [unit.id])
            origin = self._origin_ids([unit.origin])[unit.origin]
            try:
                self._connection.execute(
                    """UPDATE unit SET source = ?, target = ?, source_lang = ?, target_lang = ?, pair_key = ?, origin_id = ?,
                    domain = ?, author = ?, changed = ?, state = ?, before_key = ?, after_key = ?, extra = ? WHERE id = ?""",
                    [
                        unit.source,
                        unit.target,
                        unit.source_lang,
                        unit.target_lang,
                        pair_key(unit),
                        origin,
                        unit.domain,
                        unit.author,
                        time_now(),
                        unit.state,
                        context_key(unit.before),
                        context_key(unit.after),
                        _extra(unit),
                        unit.id,
                    ],
                )
            except sqlite3.IntegrityError as error:
                raise ConflictError("The memory has this pair already.", "Delete one of the two.") from error
        return change_id

    def set_state(self, ids: Sequence[int], state: UnitState, *, by: str, summary: str = "") -> int:
        """Give units a state, as one change that undo takes back."""
        with _transaction(self._connection):
            change_id = self._log.open_change("edit", by, summary or f"{len(ids)} units: {state}", units=len(ids))
            self._log.remember(change_id, "edit", ids)
            now = time_now()
            self._connection.executemany(
                "UPDATE unit SET state = ?, changed = ? WHERE id = ?", [(state, now, unit_id) for unit_id in ids]
            )
        return change_id

    def delete(self, ids: Sequence[int], *, by: str, kind: str = "delete", summary: str = "") -> int:
        """Delete units as one change that undo brings back."""
        with _transaction(self._connection):
            change_id = self._log.open_change(kind, by, summary or f"{len(ids)} units", units=len(ids))
            self._delete(change_id, ids)
        return change_id

    def _delete(self, change_id: int, ids: Sequence[int]) -> None:
        self._log.remember(change_id, "delete", ids)
        self._connection.executemany("DELETE FROM unit WHERE id = ?", [(unit_id,) for unit_id in ids])

    def undo(self, change_id: int, *, by: str, progress: Progress | None = None) -> int:
        """Revert a change as a change of its own, whose id is returned; see tm.sqlite_history."""
        with _transaction(self._connection):
            return self._log.revert(change_id, by=by, progress=progress)

    def set_penalty(self, origin: str, penalty: float) -> None:
        """Take this much off the score of every match from a memory (0 to 1)."""
        with _transaction(self._connection):
            self._origin_ids([origin])
            self._connection.execute("UPDATE origin SET penalty = ? WHERE name = ?", [penalty, origin])

    def _origin_ids(self, names: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for name in names:
            self._connection.execute("INSERT OR IGNORE INTO origin (name) VALUES (?)", [name])
            found[name] = self._connection.execute("SELECT id FROM origin WHERE name = ?", [name]).fetchone()[0]
        return found

    # Reading

    def units(self, ids: Sequence[int]) -> dict[int, Unit]:
        """The units of these ids, those that exist, in the order asked for."""
        found: dict[int, Unit] = {}
        for start in range(0, len(ids), _SLICE):
            part = list(ids[start : start + _SLICE])
            rows = self._connection.execute(f"SELECT {COLUMNS} {_FROM} WHERE u.id IN ({','.join('?' * len(part))})", part)
            found.update((row[0], unit_of(row)) for row in rows)
        return {unit_id: found[unit_id] for unit_id in ids if unit_id in found}

    def id_of(self, unit: Unit) -> int | None:
        """The id of the stored unit that has the same languages and texts."""
        row = self._connection.execute("SELECT id FROM unit WHERE pair_key = ?", [pair_key(unit)]).fetchone()
        return cast(int, row[0]) if row else None

    def ids_of_pairs(self, keys: Iterable[int]) -> dict[int, int]:
        """The ids of the units that have these pair keys, by key; those that are stored."""
        rows = (self._connection.execute("SELECT pair_key, id FROM unit WHERE pair_key = ?", [key]).fetchone() for key in keys)
        return dict(filter(None, rows))

    def doubtful(self, below: float) -> list[int]:
        """The ids of the units that `UnitFilter(below=...)` takes, the least sure first."""
        where, values = _where(UnitFilter(below=below))
        rows = self._connection.execute(f"SELECT u.id {_FROM} WHERE 1{where} ORDER BY {_SURE}, u.id", [*values, CONFIDENCE])
        return [row[0] for row in rows]

    def texts(self, ids: Sequence[int], language: Literal["zh", "en"]) -> list[tuple[int, str]]:
        """(id, the side in a language) of these units."""
        first, second = ("source", "target") if language == "en" else ("target", "source")
        marks = ",".join("?" * len(ids))
        return self._connection.execute(
            f"SELECT id, CASE WHEN source_lang GLOB 'en*' THEN {first} ELSE {second} END FROM unit WHERE id IN ({marks})",
            list(ids),
        ).fetchall()

    def segments(self, ids: Sequence[int]) -> list[Segment]:
        """What decides their matches besides the text."""
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT u.id, u.before_key, u.after_key, o.penalty {_FROM} WHERE u.id IN ({marks})", list(ids)
        )
        return [Segment(*row) for row in rows]

    def listing(self, only: UnitFilter) -> Iterator[Unit]:
        """Units by id, read a slice at a time."""
        where, values = _where(only)
        last = 0
        while True:
            rows = self._connection.execute(
                f"SELECT {COLUMNS} {_FROM} WHERE u.id > ?{where} ORDER BY u.id LIMIT {_SLICE}", [last, *values]
            ).fetchall()
            if not rows:
                return
            yield from map(unit_of, rows)
            last = rows[-1][0]

    def ids(self, only: UnitFilter) -> Iterator[list[int]]:
        """The ids that `listing` would give, in its order, some at a time; the connection is free between two of them."""
        where, values = _where(only)
        # Without conditions the memories need not be looked at.
        table = _FROM if where else "FROM unit u"
        last, slice_size = 0, _FIRST_IDS
        while True:
            rows = self._connection.execute(
                f"SELECT u.id {table} WHERE u.id > ?{where} ORDER BY u.id LIMIT {slice_size}", [last, *values]
            ).fetchall()
            if not rows:
                return
            yield [row[0] for row in rows]
            last, slice_size = rows[-1][0], _IDS

    def count(self, only: UnitFilter | None = None) -> int:
        """How many units there are, or `listing` would give."""
        where, values = _where(only or UnitFilter())
        return cast(int, self._connection.execute(f"SELECT count(*) {_FROM} WHERE 1{where}", values).fetchone()[0])

    def scan(self, phrase: str, limit: int) -> list[int]:
        """Units whose source or target holds a phrase as it is written, by reading all: for signs no index knows."""
        rows = self._connection.execute(
            "SELECT id FROM unit WHERE instr(source, ?) OR instr(target, ?) LIMIT ?", [phrase, phrase, limit]
        )
        return [row[0] for row in rows]

    def origins(self) -> list[Origin]:
        """The memories in this database, with their penalty and number of units."""
        rows = self._connection.execute(
            """SELECT o.name, o.penalty, count(u.id) FROM origin o LEFT JOIN unit u ON u.origin_id = o.id
            GROUP BY o.id ORDER BY o.name"""
        )
        return [Origin(*row) for row in rows]

    def origins_of(self, unit_id: int) -> list[str]:
        """Every memory a pair was found in, the first one first."""
        rows = self._connection.execute(
            """SELECT o.name FROM unit u JOIN origin o ON o.id = u.origin_id WHERE u.id = ?
            UNION ALL SELECT o.name FROM unit_origin x JOIN origin o ON o.id = x.origin_id
            WHERE x.unit_id = ? AND x.change_id > 0""",
            [unit_id, unit_id],
        )
        return [row[0] for row in rows]

    # History

    def last_change(self) -> int:
        """The number of the last change; 0 where there is none."""
        return self._log.last()

    def changes(self, limit: int, at: int | None = None) -> list[Change]:
        """The latest changes, newest first, or the one of this number."""
        return self._log.changes(limit, at)

    def curated(self) -> dict[int, int | None]:
        """Pair key of every unit that the curated data added -> its id; None where a user edited, deleted or imported it, too."""
        return self._log.curated()

    def history(self, unit_id: int) -> list[UnitChange]:
        """What happened to a unit, oldest first; empty where it never existed."""
        return self._log.history(unit_id)

    def sides(self, *, after_change: int = -1) -> Iterator[tuple[int, str, str]]:
        """(id, Chinese, English) of all units, or of those added after a change."""
        # In the order of the index on changes, or SQLite would read every unit to find the one that is new.
        which, values = ("WHERE change_id > ? ORDER BY change_id", [after_change]) if after_change >= 0 else ("ORDER BY id", [])
        rows = self._connection.execute(f"SELECT id, source, target, source_lang FROM unit {which}", values)
        for unit_id, source, target, source_lang in rows:
            yield (unit_id, target, source) if source_lang.startswith("en") else (unit_id, source, target)

    def sides_kept(self) -> Sequence[tuple[int, str, str]]:
        """The same of all units of a small memory, which are read whole again and again: kept until the memory changes."""
        if self._connection.in_transaction:
            # What is being written may be taken back.
            return list(self.sides())
        last = self.last_change()
        if self._sides_of != last:
            self._sides, self._sides_of = list(self.sides()), last
        return self._sides

    def touched(self, *, after_change: int) -> list[int]:
        """Units that changes after this one edited, deleted, took out or brought back, whether they are there or not."""
        return self._log.touched(after_change)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction, or part of the outer one where there is one; LockedError when the lock is not to be had."""
    inner = connection.in_transaction
    if inner:
        yield
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise LockedError("Another process keeps the database locked.", "Nothing was written; try again later.") from error
        raise


def _extra(unit: Unit) -> str:
    if not (unit.before or unit.after or unit.properties):
        return ""
    kept: dict[str, Any] = {"before": unit.before, "after": unit.after, "properties": unit.properties}
    return json.dumps({name: value for name, value in kept.items() if value}, ensure_ascii=False)


_SURE: Final = """(SELECT CAST(json_extract(property.value, '$[1]') AS REAL) FROM json_each(u.extra, '$.properties') AS property
    WHERE json_extract(property.value, '$[0]') = ? LIMIT 1)"""
_BELOW: Final = """ AND u.state != 'reviewed' AND u.extra != '' AND EXISTS (
    SELECT 1 FROM json_each(u.extra, '$.properties') AS property
    WHERE json_extract(property.value, '$[0]') = ?
    AND json_extract(property.value, '$[1]') GLOB '[01]*' AND json_extract(property.value, '$[1]') NOT GLOB '*[^0-9.]*'
    AND CAST(json_extract(property.value, '$[1]') AS REAL) < ?)"""


def _where(only: UnitFilter) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    sets = (("o.name", only.origins), ("u.domain", only.domains), ("u.state", only.states), ("u.author", only.authors))
    for column, wanted in sets:
        if wanted:
            clauses.append(f" AND {column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
    latest = "max(u.created, u.changed)"
    for condition, time in ((f"{latest} >= ?", only.since), (f"{latest} < ?", only.until)):
        if time:
            clauses.append(f" AND {condition}")
            values.append(time)
    if only.below:
        clauses.append(_BELOW)
        values += [CONFIDENCE, only.below]
    return "".join(clauses), values
