"""Opening a database: new ones, old ones, and files that are none."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lang.errors import BadFileError, LockedError, NotFoundError, YuqiaoError
from workspace.database import APPLICATION_ID, SCHEMA_VERSION
from workspace.workspace import Workspace

CheckSound = Callable[[Workspace], None]

OPEN = """
import sys
from pathlib import Path
from workspace.workspace import Workspace
import workspace.database, workspace.prepared, glossary.schema, tm.schema
workspace.prepared.PREPARED = Path(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
Workspace.open(sys.argv[1], user="opener").close()
"""


def totals(workspace: Workspace) -> tuple[int, int, list[str]]:
    concepts = sum(1 for _ in workspace.glossary.concepts())
    return concepts, workspace.memory.count(), [change.kind for change in workspace.glossary.store.changes(9)]


class TestNew:
    def test_a_new_path_is_created_with_its_folders_and_seeded(self, tmp_path: Path, check_sound: CheckSound) -> None:
        path = tmp_path / "new" / "folder" / "terms.db"
        with Workspace.open(str(path)) as workspace:
            concepts, units, kinds = totals(workspace)
            assert concepts > 2_000
            assert units > 200
            assert kinds == ["seed"]
            assert workspace.path == path
            check_sound(workspace)

    @pytest.mark.slow
    def test_seeding_happens_once(self, seeded_database: Path, tmp_path: Path) -> None:
        path = tmp_path / "copy.db"
        path.write_bytes(seeded_database.read_bytes())
        with Workspace.open(str(path)) as workspace:
            before = totals(workspace)
            assert workspace.seed_once() is False
            workspace.glossary.delete([concept.id for concept in workspace.glossary.concepts()])
        with Workspace.open(str(path)) as workspace:
            assert totals(workspace) == (0, before[1], ["delete", "seed"])

    def test_a_database_of_ones_own_terms_is_not_seeded(self, tmp_path: Path) -> None:
        path = str(tmp_path / "own.db")
        with Workspace.open(path, seed=False) as workspace:
            workspace.glossary.add(["稅"], ["tax"])
        with Workspace.open(path) as workspace:
            assert totals(workspace) == (1, 0, ["add"])

    @pytest.mark.slow
    def test_seeding_that_fails_leaves_nothing(self, empty_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(empty_workspace.glossary, "seed", fail)
            with pytest.raises(KeyboardInterrupt):
                empty_workspace.seed_once()
        assert totals(empty_workspace) == (0, 0, [])
        assert empty_workspace.seed_once() is True
        assert totals(empty_workspace)[2] == ["seed"]

    @pytest.mark.slow
    @pytest.mark.parametrize("prepared", [True, False], ids=["copied", "filled"])
    def test_processes_that_start_at_once_seed_once(
        self,
        project_root: Path,
        tmp_path: Path,
        seeded_database: Path,
        prepared_folder: Path,
        check_sound: CheckSound,
        prepared: bool,
    ) -> None:
        path = tmp_path / "shared.db"
        command = [sys.executable, "-c", OPEN, str(path), str(prepared_folder if prepared else tmp_path / "none")]
        pipe = subprocess.PIPE
        running = [subprocess.Popen(command, cwd=project_root, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
        for process in running:
            assert process.stdout
            process.stdout.readline()
        for process in running:
            assert process.stdin
            process.stdin.write("go\n")
            process.stdin.flush()
        errors = [process.communicate()[1] for process in running]
        assert errors == ["", "", ""]
        with Workspace.open(str(path), seed=False) as workspace, Workspace.open(str(seeded_database), seed=False) as alone:
            assert totals(workspace) == totals(alone)
            check_sound(workspace)
        assert {file.name for file in tmp_path.iterdir()} <= {"shared.db", "shared.db-wal", "shared.db-shm"}

    @pytest.mark.slow
    def test_processes_that_make_the_tables_at_once_do_not_collide(self, project_root: Path, tmp_path: Path) -> None:
        program = """
import multiprocessing, sys
from pathlib import Path
from workspace.database import connect
import glossary.schema, tm.schema

def open_all(folder, barrier):
    for number in range(40):
        barrier.wait()
        connection, _ = connect(Path(folder) / f"{number}.db")
        connection.close()

barrier = multiprocessing.Barrier(4)
running = [multiprocessing.get_context("fork").Process(target=open_all, args=(sys.argv[1], barrier)) for _ in range(4)]
for process in running:
    process.start()
for process in running:
    process.join()
sys.exit(any(process.exitcode for process in running))
"""
        command = [sys.executable, "-c", program, str(tmp_path)]
        done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")


class TestRefused:
    def refused(self, path: Path, error: type[YuqiaoError]) -> YuqiaoError:
        with pytest.raises(error) as caught:
            Workspace.open(str(path))
        assert str(path) in caught.value.message
        assert caught.value.hint
        return caught.value

    def test_a_folder(self, tmp_path: Path) -> None:
        self.refused(tmp_path, NotFoundError)

    def test_a_path_below_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        self.refused(tmp_path / "file" / "terms.db", NotFoundError)

    def test_a_name_too_long_for_the_file_system(self, tmp_path: Path) -> None:
        self.refused(tmp_path / ("x" * 300 + ".db"), NotFoundError)

    def test_a_folder_nobody_may_write_to(self) -> None:
        if not Path("/proc/self").exists():
            pytest.skip("needs a file system on which nothing can be created, as /proc on Linux")
        self.refused(Path("/proc/terms.db"), NotFoundError)

    @pytest.mark.parametrize("content", [b"zh,en\n" * 500, b"\0" * 5_000, b"x", b"SQLite format 3\0" + b"\xff" * 5_000])
    def test_a_file_that_is_no_database(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "terms.db"
        path.write_bytes(content)
        self.refused(path, BadFileError)
        assert path.read_bytes() == content

    def test_a_database_of_another_program(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE concept (id)")
            other.commit()
        before = path.read_bytes()
        assert "another program" in self.refused(path, BadFileError).message
        assert path.read_bytes() == before

    def test_a_database_of_a_later_version(self, empty_workspace: Workspace) -> None:
        empty_workspace.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        empty_workspace.close()
        assert "later version" in self.refused(empty_workspace.path, YuqiaoError).message

    def test_a_database_damaged_in_the_middle(self, seeded_database: Path, tmp_path: Path) -> None:
        path = tmp_path / "damaged.db"
        content = bytearray(seeded_database.read_bytes())
        content[4_096:] = b"\xff" * (len(content) - 4_096)
        path.write_bytes(content)
        self.refused(path, BadFileError)

    def test_a_database_that_another_process_keeps(
        self, seeded_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "kept.db"
        path.write_bytes(seeded_database.read_bytes())
        monkeypatch.setattr("workspace.database._WAIT_SECONDS", 0.001)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            self.refused(path, LockedError)
            other.execute("ROLLBACK")

    def test_a_new_database_that_another_process_is_making(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "making.db"
        monkeypatch.setattr("workspace.database._WAIT_SECONDS", 0.001)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            self.refused(path, LockedError)
            other.execute("ROLLBACK")


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Workspace.open(str(path), seed=False) as workspace:
        assert workspace.connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_a_database_that_cannot_be_written_can_be_read(seeded_workspace: Workspace) -> None:
    seeded_workspace.connection.execute("PRAGMA query_only = ON")
    assert seeded_workspace.glossary.lookup("離境退稅")
    with pytest.raises(YuqiaoError, match="may not be written to"), seeded_workspace:
        seeded_workspace.glossary.add(["稅"], ["a tax"])


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Workspace.open(str(path)) as workspace:
        before = list(workspace.glossary.concepts())
    old = sqlite3.connect(path, isolation_level=None)
    old.execute("ALTER TABLE concept DROP COLUMN extra")
    old.execute("ALTER TABLE term DROP COLUMN extra")
    old.execute("DROP TABLE finding_ruling")
    old.execute("DROP INDEX change_concept_merged")
    old.execute("ALTER TABLE change_concept DROP COLUMN merged_into")
    old.execute("ALTER TABLE change DROP COLUMN reason")
    old.execute("DELETE FROM _sqlite_migrations WHERE name IN ('add_properties', 'add_review')")
    old.execute("PRAGMA user_version = 1")
    old.close()
    with Workspace.open(str(path)) as workspace:
        assert list(workspace.glossary.concepts()) == before
        assert workspace.glossary.merge(1, [2]).concept.id == workspace.glossary.concept(2).id == 1
