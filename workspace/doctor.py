"""Checks of the installation and of a database, for `yuqiao doctor`."""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from lang.errors import SettingsError, YuqiaoError
from lang.opencc_tables import dictionary_folder
from workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is as it should be, and what was found or is to be done."""

    name: str
    ok: bool
    detail: str


def examine(given: str | None) -> Iterator[Check]:
    """Every check of the installation, then of the database; the database is opened as any command opens it."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("python", sys.version_info >= (3, 11), version)
    yield _opencc()
    yield _fts5()
    encoding = (sys.stdout.encoding or "").lower()
    yield Check("terminal encoding", encoding in ("utf-8", "utf8"), encoding or "unknown")
    try:
        with Workspace.open(given) as workspace:
            yield Check("database", True, str(workspace.path))
            yield from _database(workspace)
    except YuqiaoError as error:
        yield Check("database", False, str(error))


def _opencc() -> Check:
    """OpenCC and opencc-python-reimplemented install over each other; the last one wins."""
    installed = {(distribution.metadata["Name"] or "").lower() for distribution in metadata.distributions()}
    if {"opencc", "opencc-python-reimplemented"} <= installed:
        return Check(
            "opencc",
            False,
            "two packages share the name opencc: pip uninstall OpenCC opencc-python-reimplemented,"
            " then pip install opencc-python-reimplemented",
        )
    try:
        dictionary_folder()
    except SettingsError as error:
        return Check("opencc", False, str(error))
    return Check("opencc", True, f"opencc-python-reimplemented {metadata.version('opencc-python-reimplemented')}")


def _fts5() -> Check:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5 (text)")
    except sqlite3.OperationalError:
        return Check("sqlite", False, f"SQLite {sqlite3.sqlite_version} has no FTS5; use a Python built with it")
    finally:
        connection.close()
    return Check("sqlite", True, f"SQLite {sqlite3.sqlite_version} with FTS5")


def _database(workspace: Workspace) -> Iterator[Check]:
    connection = workspace.connection
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    yield Check("integrity", problems == ["ok"], "whole" if problems == ["ok"] else "; ".join(problems))
    totals = workspace.term_store.totals()
    yield Check("term base", True, f"{totals['concepts']:,} concepts, {totals['terms']:,} terms")
    yield Check("memory", True, f"{workspace.memory.count():,} pairs")
    yield Check("curated data", True, _curated(workspace))
    astray = workspace.term_store.concepts_astray()
    detail = "every concept can be found" if not astray else f"{astray} concepts without keys: run yuqiao doctor --repair"
    yield Check("look-up keys", not astray and workspace.term_store.keys_are_current(), detail)
    size = Path(workspace.path).stat().st_size
    yield Check("size", True, f"{size / 1e6:.1f} MB")


def _curated(workspace: Workspace) -> str:
    """Whether the database has the curated data of this version; older data is no fault."""
    concepts, pairs = workspace.refresh(dry_run=True)
    older = len(concepts.edits), pairs.added + pairs.moved + pairs.removed
    if not any(older):
        return "of this version"
    return f"differs from this version's in {older[0]:,} concepts and {older[1]:,} pairs, which yuqiao refresh brings"
