"""The memory in SQLite. Reading goes through the standard module; sqlite-utils, slow to import, is loaded to write."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol, cast

from lang.errors import LockedError
from lang.fold import term_key
from tm.unit import Unit

_COLUMNS: Final = "id, source, target, source_lang, target_lang, origin, domain"


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


class UnitStore(Protocol):
    """Aligned units."""

    def add(self, units: Iterable[Unit]) -> int:
        """Store units in one transaction, all or none; return how many."""
        ...

    def containing(self, phrase: str, limit: int) -> list[Unit]:
        """Units whose source or target holds a phrase, whatever its script, width or letter case; shortest first."""
        ...

    def count(self) -> int:
        """How many units there are."""
        ...


class SqliteUnitStore:
    """A UnitStore on an open connection whose tables exist (see tm.schema)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, units: Iterable[Unit]) -> int:
        """Store units in one transaction, all or none; return how many."""
        from sqlite_utils import Database

        rows = [
            {
                "source": unit.source,
                "target": unit.target,
                "source_lang": unit.source_lang,
                "target_lang": unit.target_lang,
                "origin": unit.origin,
                "domain": unit.domain,
                "folded_source": term_key(unit.source),
                "folded_target": term_key(unit.target),
            }
            for unit in units
        ]
        with _transaction(self._connection):
            Database(self._connection).table("unit").insert_all(rows)
        return len(rows)

    def containing(self, phrase: str, limit: int) -> list[Unit]:
        """Units whose source or target holds a phrase, whatever its script, width or letter case; shortest first."""
        folded = term_key(phrase)
        if not folded:
            return []
        sql = f"""SELECT {_COLUMNS} FROM unit WHERE instr(folded_source, ?) OR instr(folded_target, ?)
            ORDER BY length(source), id LIMIT ?"""
        return [_unit(row) for row in self._connection.execute(sql, [folded, folded, limit])]

    def count(self) -> int:
        """How many units there are."""
        return cast(int, self._connection.execute("SELECT count(*) FROM unit").fetchone()[0])


def _unit(row: tuple[int, str, str, str, str, str, str]) -> Unit:
    unit_id, source, target, source_lang, target_lang, origin, domain = row
    return Unit(source, target, source_lang, target_lang, origin, domain, id=unit_id)
