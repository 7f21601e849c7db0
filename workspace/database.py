"""Opening the SQLite file: what it must be, its settings, and bringing it to this version's tables."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from lang.errors import BadFileError, LockedError, NotFoundError, YuqiaoError

if TYPE_CHECKING:
    from types import ModuleType

# "YUQI": marks the file as ours, so no other program's database is ever touched.
APPLICATION_ID: Final = 0x59555149
# One number for the tables of all packages; raised with every new migration of any of them.
SCHEMA_VERSION: Final = 3
_WAIT_SECONDS: Final = 30


def connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """An open connection in autocommit mode whose tables are up to date, and whether they were made just now.

    BadFileError for a file that is no yuqiao database, LockedError when another process keeps it locked, YuqiaoError
    for one written by a later version.
    """
    try:
        # SQLite takes a file of one character for an empty database and would write over it.
        if path.is_file() and path.stat().st_size == 1:
            raise BadFileError(str(path), 0, "not a database of yuqiao", "Choose another with --db.")
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    except (OSError, sqlite3.Error) as error:
        raise NotFoundError(f"{path}: cannot be opened ({error}).", "Check the path given with --db.") from error
    try:
        return connection, _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise in_words(error, path) from error
    except BaseException:
        connection.close()
        raise


def in_words(error: sqlite3.Error, path: Path) -> YuqiaoError:
    """What an error of SQLite means to the user of the database at `path`."""
    said = str(error)
    if "locked" in said:
        return LockedError(f"{path}: another process keeps the database locked.", "Try again when it is done.")
    if "not a database" in said:
        return BadFileError(str(path), 0, "not a database of yuqiao", "Choose another with --db.")
    if isinstance(error, sqlite3.DatabaseError) and ("malformed" in said or "corrupt" in said):
        return BadFileError(str(path), 0, "the database is damaged", "Go back to a backup: yuqiao --db BACKUP.")
    if "readonly" in said:
        return YuqiaoError(f"{path}: the database or its folder may not be written to.", "Choose another with --db.")
    return YuqiaoError(f"{path}: the database failed ({said}).", "Check that the disk is not full, then: yuqiao doctor")


def _prepare(connection: sqlite3.Connection, path: Path) -> bool:
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -32000")
    # Read as one: between two reads another process may have made its tables.
    connection.execute("BEGIN")
    application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    connection.execute("COMMIT")
    if application == APPLICATION_ID and version == SCHEMA_VERSION:
        return False
    if application != APPLICATION_ID and not empty:
        raise BadFileError(str(path), 0, "a database of another program", "Choose another with --db.")
    if version > SCHEMA_VERSION:
        raise YuqiaoError(f"{path}: written by a later version of yuqiao.", "Update yuqiao.")
    return _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> bool:
    """Apply what migrations are missing, one process at a time; whether the tables are new."""
    with _without_numpy():
        from sqlite_utils import Database

        from glossary.schema import migrations as glossary_migrations
        from tm.schema import migrations as memory_migrations

    _use_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited for the lock.
        version = _pragma(connection, "user_version")
        if version < SCHEMA_VERSION:
            database = Database(connection)
            glossary_migrations.apply(database)
            memory_migrations.apply(database)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return version == 0


@contextmanager
def _without_numpy() -> Iterator[None]:
    """Let sqlite-utils be imported as where there is no numpy, which it takes in only to know its numbers for columns.

    It is a tenth of the first use. Nothing else is under way while a database is made or brought up to date.
    """
    if "numpy" in sys.modules:
        yield
        return
    hidden: dict[str, ModuleType | None] = cast("dict[str, ModuleType | None]", sys.modules)
    hidden["numpy"] = None
    try:
        yield
    finally:
        del hidden["numpy"]


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging; SQLite does not wait by itself while another process does the same."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
