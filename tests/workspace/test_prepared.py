"""A new database as a copy of one prepared beforehand."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from glossary.store import Filter
from workspace import prepared
from workspace.workspace import Workspace

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def folder(prepared_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The prepared database is the test's own."""
    monkeypatch.setattr(prepared, "PREPARED", prepared_folder)
    return prepared_folder


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but for times."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {}
        for table in tables:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{name}"' for name in columns if name not in {"at", "created", "applied_at", "block"})
            rows[table] = sorted(connection.execute(f"SELECT {kept} FROM {table}").fetchall(), key=repr)
        return rows


def test_a_copy_is_as_good_as_a_database_that_was_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check_sound: Callable[[Workspace], None]
) -> None:
    copy, filled = tmp_path / "new" / "copy.db", tmp_path / "filled.db"
    began = datetime.now(UTC) - timedelta(seconds=1)
    with Workspace.open(str(copy)) as workspace:
        assert workspace.seed_once() is False
        check_sound(workspace)
        changes = [*workspace.glossary.store.changes(9), *workspace.memory.store.changes(9)]
        assert [change.kind for change in changes] == ["seed", "seed"]
        assert all(datetime.fromisoformat(change.at) >= began for change in changes)
    monkeypatch.setattr(prepared, "PREPARED", tmp_path / "none")
    Workspace.open(str(filled)).close()
    assert content(copy) == content(filled)
    assert {file.name for file in copy.parent.iterdir()} == {"copy.db"}


def test_one_of_other_code_or_data_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepared.copy_prepared(tmp_path / "a.db")
    monkeypatch.setattr(prepared, "_MADE_OF", ("glossary", "lang"))
    assert not prepared.copy_prepared(tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_what_stands_there_is_left_alone(tmp_path: Path, end: str) -> None:
    there = tmp_path / f"mine.db{end}"
    there.write_bytes(b"mine")
    assert not prepared.copy_prepared(tmp_path / "mine.db")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"mine"]


def test_one_that_is_damaged_is_not_copied(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = folder.glob("*.db")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / whole.name).write_bytes(whole.read_bytes()[:5000])
    monkeypatch.setattr(prepared, "PREPARED", tmp_path / "other")
    with Workspace.open(str(tmp_path / "new.db")) as workspace:
        assert workspace.glossary.store.count(Filter()) > 2_000


def test_old_ones_go_when_one_is_made(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "PREPARED", tmp_path)
    (tmp_path / "0123456789abcdef.db").write_bytes(b"old")
    made = prepared.prepare()
    assert [file.name for file in tmp_path.iterdir()] == [made.name] == [file.name for file in folder.glob("*.db")]
    changed = made.stat().st_mtime_ns
    assert prepared.prepare() == made
    assert made.stat().st_mtime_ns == changed
