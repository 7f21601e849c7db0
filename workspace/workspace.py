"""The workspace: one database opened, seeded at its first use, handing out its term base and memory."""

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from glossary.glossary import Glossary
from glossary.sqlite_store import SqliteTermStore, transaction
from lang.errors import ConflictError, YuqiaoError
from workspace.database import connect, in_words
from workspace.location import database_path, user_name

if TYPE_CHECKING:
    from glossary.concept import Concept
    from glossary.refreshing import ConceptsRefreshed
    from tm.memory import Memory
    from tm.store import PairsRefreshed
    from tm.unit import Unit


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """What is read to fill a database stays until it is filled: to go through it over and over takes a twentieth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _curated_data() -> "tuple[list[Concept], list[Unit]]":
    """The concepts and the pairs that come with yuqiao."""
    from glossary.curated import read_curated as curated_concepts
    from tm.curated import read_curated as curated_pairs

    return list(curated_concepts()), list(curated_pairs())


class Workspace:
    """An open database. Use it as a context manager; `open` seeds a new one with the curated data."""

    def __init__(self, path: Path, connection: sqlite3.Connection, user: str) -> None:
        self.path = path
        self.connection = connection
        self.term_store = SqliteTermStore(connection)
        self.glossary = Glossary(self.term_store, user)
        self._user = user

    @cached_property
    def memory(self) -> "Memory":
        """The translation memory; loaded when first asked for, since look-ups of terms do without it."""
        from tm.memory import Memory
        from tm.sqlite_store import SqliteUnitStore

        return Memory(SqliteUnitStore(self.connection), self.path.with_name(self.path.name + ".index"), self._user)

    @classmethod
    def open(cls, given: str | None = None, *, seed: bool = True, user: str | None = None) -> Self:
        """Open the database of --db, YUQIAO_DB or the user's folder; a new path is created and, unless told not to, seeded."""
        path = database_path(given)
        if seed and not os.path.lexists(path):
            from workspace.prepared import copy_prepared

            copy_prepared(path)
        connection, _ = connect(path)
        workspace = cls(path, connection, user or user_name())
        if seed:
            try:
                workspace.seed_once()
                if not workspace.term_store.keys_are_current():
                    workspace.term_store.rebuild_keys()
            except sqlite3.Error as error:
                workspace.close()
                raise in_words(error, path) from error
        return workspace

    def seed_once(self) -> bool:
        """Put the curated concepts and pairs into a database that has never been written to, all or none; whether it did."""
        if self._written():
            return False
        with _no_search_for_garbage():
            concepts, pairs = _curated_data()
            with transaction(self.connection):
                # Another process may have done it while this one read the files or waited for the lock.
                if self._written():
                    return False
                if not self.memory.count():
                    self.memory.seed(pairs)
                self.glossary.seed(concepts)
        return True

    def refresh(
        self, *, dry_run: bool = False, progress: Callable[[int], None] | None = None
    ) -> "tuple[ConceptsRefreshed, PairsRefreshed]":
        """Bring the curated concepts and pairs of this version into a database that an older one filled, all or none.

        See Glossary.refresh and Memory.refresh for what is left as it is. With `dry_run`, only what it would do.
        """
        with _no_search_for_garbage():
            concepts, pairs = _curated_data()
            # To look only, nobody who writes need be waited for.
            with nullcontext() if dry_run else transaction(self.connection):
                terms = self.glossary.refresh(concepts, dry_run=dry_run, progress=progress)
                return terms, self.memory.refresh(pairs, dry_run=dry_run)

    def _written(self) -> bool:
        return bool(self.connection.execute("SELECT EXISTS (SELECT 1 FROM change)").fetchone()[0])

    def backup(self, target: Path, *, overwrite: bool = False) -> int:
        """Write a whole, consistent copy of the database, also while others write; its size in bytes."""
        if target.exists() and not overwrite:
            raise ConflictError(f"{target} exists.", "Choose another name, or add --overwrite.")
        if target.resolve() == self.path.resolve():
            raise ConflictError(f"{target} is the database itself.", "Choose another name.")
        partial = target.with_name(target.name + ".partial")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            with closing(sqlite3.connect(partial)) as copy:
                self.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            partial.replace(target)
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise YuqiaoError(f"{target}: cannot be written ({error}).") from error
        return target.stat().st_size

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the database; an error of SQLite inside the block goes on as a YuqiaoError."""
        self.close()
        if isinstance(error, sqlite3.Error):
            raise in_words(error, self.path) from error
