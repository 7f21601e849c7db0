"""The memory's tables, as migrations of sqlite-utils: each function runs once on a database, in this order."""

from typing import Final

from sqlite_utils import Database, Migrations

migrations: Final = Migrations("memory")


@migrations()
def create_memory(database: Database) -> None:
    """Memories, their units, and the history of changes."""
    database.execute("CREATE TABLE origin (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, penalty REAL NOT NULL DEFAULT 0)")
    database.execute(
        """CREATE TABLE change_of_memory (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
            summary TEXT NOT NULL, units INTEGER NOT NULL DEFAULT 0,
            undoes INTEGER REFERENCES change_of_memory (id), undone_by INTEGER REFERENCES change_of_memory (id))"""
    )
    # change_id is the change that added the unit: undoing an import of a million units needs no list of them.
    database.execute(
        """CREATE TABLE unit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, target TEXT NOT NULL, source_lang TEXT NOT NULL,
            target_lang TEXT NOT NULL, pair_key INTEGER NOT NULL UNIQUE, origin_id INTEGER NOT NULL REFERENCES origin (id),
            domain TEXT NOT NULL, author TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL, state TEXT NOT NULL,
            before_key INTEGER NOT NULL, after_key INTEGER NOT NULL, extra TEXT NOT NULL, change_id INTEGER NOT NULL)"""
    )
    database.execute("CREATE INDEX unit_change ON unit (change_id)")
    database.execute(
        """CREATE TABLE unit_origin (
            unit_id INTEGER, origin_id INTEGER, change_id INTEGER, PRIMARY KEY (unit_id, origin_id)) WITHOUT ROWID"""
    )
    database.execute(
        """CREATE TABLE unit_before (
            change_id INTEGER, unit_id INTEGER, action TEXT NOT NULL, before TEXT,
            PRIMARY KEY (unit_id, change_id)) WITHOUT ROWID"""
    )
    database.execute("CREATE INDEX unit_before_change ON unit_before (change_id)")
