"""Several processes at one database, and processes that are killed."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lang.errors import ConflictError, LockedError
from workspace.workspace import Workspace

pytestmark = pytest.mark.slow

CheckSound = Callable[[Workspace], None]

ADD_FORTY = """
import sys
from workspace.workspace import Workspace
path, name = sys.argv[1:]
with Workspace.open(path, seed=False, user=name) as workspace:
    for number in range(40):
        workspace.glossary.add([f"{name}術語{number}"], [f"{name} term {number}"])
"""

IMPORT = """
import signal
import sys
# Started in the background of a shell, a process ignores Ctrl-C; this one must not.
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
import sqlite_utils
from workspace.workspace import Workspace
with Workspace.open(sys.argv[1], seed=False, user="importer") as workspace:
    print("reading", flush=True)
    workspace.glossary.import_file(Path(sys.argv[2]), progress=lambda done: print("writing", flush=True))
print("done", flush=True)
"""

TERMS = 20_000


def start(root: Path, program: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def count(workspace: Workspace) -> int:
    return sum(1 for _ in workspace.glossary.concepts())


def test_two_processes_that_add_at_once_lose_nothing(project_root: Path, tmp_path: Path, check_sound: CheckSound) -> None:
    path = str(tmp_path / "shared.db")
    running = [start(project_root, ADD_FORTY, path, name) for name in ("one", "two")]
    errors = [process.communicate()[1] for process in running]
    assert errors == ["", ""]
    with Workspace.open(path, seed=False) as workspace:
        assert count(workspace) == 80
        changes = workspace.glossary.store.changes(100)
        assert sorted(change.by for change in changes) == ["one"] * 40 + ["two"] * 40
        assert [concept.id for concept in workspace.glossary.concepts()] == list(range(1, 81))
        check_sound(workspace)


class TestLocked:
    def test_a_writer_gives_up_in_words_and_changes_nothing(self, empty_workspace: Workspace) -> None:
        with Workspace.open(str(empty_workspace.path), seed=False) as other:
            other.connection.execute("BEGIN IMMEDIATE")
            empty_workspace.connection.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(LockedError, match="locked"):
                empty_workspace.glossary.add(["稅"], ["tax"])
            other.connection.execute("ROLLBACK")
        assert empty_workspace.glossary.add(["稅"], ["tax"]).id == 1

    def test_readers_do_not_wait_for_a_writer(self, seeded_workspace: Workspace) -> None:
        with Workspace.open(str(seeded_workspace.path), seed=False) as other:
            other.connection.execute("BEGIN IMMEDIATE")
            assert seeded_workspace.glossary.lookup("離境退稅")
            other.connection.execute("ROLLBACK")

    def test_the_memory_says_so_too(self, empty_workspace: Workspace) -> None:
        with Workspace.open(str(empty_workspace.path), seed=False) as other:
            other.connection.execute("BEGIN IMMEDIATE")
            empty_workspace.connection.execute("PRAGMA busy_timeout = 1")
            with pytest.raises(LockedError, match="locked"):
                empty_workspace.memory.seed([])
            with pytest.raises(LockedError, match="locked"):
                empty_workspace.seed_once()
            other.connection.execute("ROLLBACK")


def test_a_change_that_lost_a_race_is_refused(empty_workspace: Workspace) -> None:
    """The other process adds a concept with the same identifier between reading and writing."""
    from glossary.concept import Concept, Term
    from glossary.store import Edit

    concept = Concept((Term("稅", "zh-Hant"), Term("tax", "en")), key="tax")
    empty_workspace.glossary.seed([concept])
    with pytest.raises(ConflictError, match="identifier"):
        empty_workspace.term_store.write([Edit("add", concept)], kind="add", by="other", summary="")


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "terms.csv"
    lines = [f"試驗{chr(0x4E00 + n // 200)}{chr(0x5E00 + n % 200)}術語,trial term {n}" for n in range(TERMS)]
    path.write_text("zh,en\n" + "\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_all_or_nothing(
    project_root: Path, tmp_path: Path, large_file: Path, check_sound: CheckSound
) -> None:
    whole = tmp_path / "whole.db"
    process = start(project_root, IMPORT, str(whole), str(large_file))
    seconds = dict.fromkeys(("reading", "writing"), 0.0)
    assert process.stdout
    for line in process.stdout:
        seconds.setdefault(line.strip(), 0.0)
        seconds[line.strip()] = seconds[line.strip()] or time.monotonic()
    process.communicate()
    assert process.returncode == 0
    lasts = {"reading": seconds["writing"] - seconds["reading"], "writing": seconds["done"] - seconds["writing"]}

    chance = random.Random(20)
    left: list[int] = []
    for attempt in range(20):
        phase = "reading" if attempt % 4 == 0 else "writing"
        path = tmp_path / f"killed-{attempt}.db"
        process = start(project_root, IMPORT, str(path), str(large_file))
        assert process.stdout
        next(line for line in process.stdout if line.strip() == phase)
        try:
            process.wait(timeout=chance.uniform(0, lasts[phase]))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        with Workspace.open(str(path), seed=False) as workspace:
            held = count(workspace)
            assert held in (0, TERMS), f"{phase}, attempt {attempt}"
            assert len(workspace.glossary.store.changes(5)) == (held > 0)
            check_sound(workspace)
            left.append(held)
            assert workspace.glossary.add(["稅"], ["tax"])
    assert 0 in left


def test_a_kill_while_writing_leaves_nothing(
    project_root: Path, seeded_database: Path, tmp_path: Path, large_file: Path, check_sound: CheckSound
) -> None:
    path = tmp_path / "killed.db"
    path.write_bytes(seeded_database.read_bytes())
    small = tmp_path / "small.csv"
    small.write_text("\n".join(large_file.read_text(encoding="utf-8").splitlines()[:4_001]), encoding="utf-8")
    process = start(project_root, IMPORT, str(path), str(small))
    assert process.stdout
    next(line for line in process.stdout if line.strip() == "writing")
    process.kill()
    process.communicate()
    with Workspace.open(str(path), seed=False) as workspace:
        assert workspace.glossary.lookup("trial term 7") == []
        assert len(workspace.glossary.store.changes(5)) == 1
        check_sound(workspace)


@pytest.mark.parametrize("phase", ["reading", "writing"])
def test_ctrl_c_leaves_nothing(project_root: Path, tmp_path: Path, large_file: Path, phase: str) -> None:
    path = tmp_path / "interrupted.db"
    process = start(project_root, IMPORT, str(path), str(large_file))
    assert process.stdout
    next(line for line in process.stdout if line.strip() == phase)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode != 0
    assert "KeyboardInterrupt" in errors
    with Workspace.open(str(path), seed=False) as workspace:
        assert count(workspace) == 0
        assert workspace.glossary.store.changes(5) == []
