"""Backup: a whole copy, also while others write."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lang.errors import ConflictError, YuqiaoError
from workspace.workspace import Workspace

CheckSound = Callable[[Workspace], None]


@pytest.mark.slow
def test_a_backup_holds_everything(seeded_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
    added = seeded_workspace.glossary.add(["試驗"], ["trial"], domain="test")
    target = tmp_path / "folder" / "backup.db"
    size = seeded_workspace.backup(target)
    assert size == target.stat().st_size
    assert [path.name for path in target.parent.iterdir()] == ["backup.db"]
    with Workspace.open(str(target)) as copy:
        assert list(copy.glossary.concepts()) == list(seeded_workspace.glossary.concepts())
        assert copy.memory.count() == seeded_workspace.memory.count()
        assert copy.glossary.history(added.id) == seeded_workspace.glossary.history(added.id)
        check_sound(copy)


@pytest.mark.slow
def test_another_connection_may_write_meanwhile(seeded_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
    with Workspace.open(str(seeded_workspace.path), seed=False) as other:
        other.connection.execute("BEGIN IMMEDIATE")
        other.glossary.add(["未完"], ["not yet committed"])
        seeded_workspace.backup(tmp_path / "backup.db")
        other.connection.execute("COMMIT")
    with Workspace.open(str(tmp_path / "backup.db")) as copy:
        assert copy.glossary.lookup("not yet committed") == []
        check_sound(copy)
    assert seeded_workspace.glossary.lookup("not yet committed")[0].score == 1


def test_an_existing_file_is_not_overwritten_unless_asked(empty_workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("precious")
    with pytest.raises(ConflictError, match=r"backup\.db exists"):
        empty_workspace.backup(target)
    assert target.read_text() == "precious"
    empty_workspace.backup(target, overwrite=True)
    with Workspace.open(str(target), seed=False) as copy:
        assert list(copy.glossary.concepts()) == []


def test_the_database_itself_is_never_overwritten(empty_workspace: Workspace) -> None:
    with pytest.raises(ConflictError, match="the database itself"):
        empty_workspace.backup(empty_workspace.path, overwrite=True)


def test_what_an_interrupted_backup_left_is_no_hindrance(empty_workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "backup.db.partial").write_bytes(b"half a backup" * 1_000)
    empty_workspace.backup(tmp_path / "backup.db")
    assert not (tmp_path / "backup.db.partial").exists()


def test_a_place_that_cannot_be_written_is_named(empty_workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(YuqiaoError, match="cannot be written"):
        empty_workspace.backup(tmp_path / "file" / "backup.db")
    with pytest.raises(YuqiaoError, match=str(tmp_path)):
        empty_workspace.backup(tmp_path, overwrite=True)
