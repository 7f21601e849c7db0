"""Imports of memories that are killed: nothing committed is lost, and the index repairs itself."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tm.unit import Unit
from workspace.workspace import Workspace

UNITS = 12_000

IMPORT = """
import sys
from pathlib import Path
from tm.formats.entries import ReadOptions
from workspace.workspace import Workspace
with Workspace.open(sys.argv[1], seed=False, user="importer") as workspace:
    print("reading", flush=True)
    workspace.memory.import_files([Path(sys.argv[2])], ReadOptions())
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def tmx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.tmx"
    with path.open("w", encoding="utf-8") as file:
        file.write('<tmx version="1.4"><header srclang="zh-CN"/><body>\n')
        for number in range(UNITS):
            zh = f"第{number}項{chr(0x4E00 + number % 900)}{chr(0x5E00 + number % 700)}工作已經完成。"
            en = f"Item {number} of the work is done."
            file.write(f'<tu><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n')
        file.write("</body></tmx>")
    return path


def start(root: Path, path: Path, tmx: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", IMPORT, str(path), str(tmx)]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_all_or_nothing_and_a_sound_index(project_root: Path, tmp_path: Path, tmx: Path) -> None:
    process = start(project_root, tmp_path / "whole.db", tmx)
    assert process.stdout
    process.stdout.readline()
    began = time.monotonic()
    process.communicate()
    assert process.returncode == 0
    lasts = time.monotonic() - began

    chance = random.Random(9)
    for attempt in range(20):
        path = tmp_path / f"killed-{attempt}.db"
        with Workspace.open(str(path), seed=False) as workspace:
            workspace.memory.add([Unit("原有的句子在這裏等着。", "The sentence that was there before waits here.")])
        process = start(project_root, path, tmx)
        assert process.stdout
        process.stdout.readline()
        try:
            process.wait(timeout=chance.uniform(0, lasts))
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        with Workspace.open(str(path), seed=False) as workspace:
            memory = workspace.memory
            held = memory.count()
            assert held in (1, UNITS + 1), f"attempt {attempt}"
            assert memory.match("原有的句子在這裏等着。")[0].score == 1.0
            assert len(memory.match("Item 7777 of the work is done.", limit=1)) == (held > 1)
            assert workspace.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_two_processes_that_import_at_once_lose_nothing(project_root: Path, tmp_path: Path, tmx: Path) -> None:
    path = tmp_path / "shared.db"
    with Workspace.open(str(path), seed=False):
        pass
    small = [tmp_path / f"{name}.tsv" for name in ("one", "two")]
    for file in small:
        lines = [f"{file.stem}第{n}句在這裏。\tSentence {n} of {file.stem}." for n in range(1_500)]
        file.write_text("zh\ten\n" + "\n".join(lines), encoding="utf-8")
    running = [start(project_root, path, file) for file in small]
    errors = [process.communicate()[1] for process in running]
    assert errors == ["", ""]
    with Workspace.open(str(path), seed=False) as workspace:
        assert workspace.memory.count() == 3_000
        for name in ("one", "two"):
            assert workspace.memory.match(f"{name}第77句在這裏。")[0].score == 1.0
