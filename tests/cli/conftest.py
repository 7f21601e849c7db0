"""The command run as a user runs it: a process, with stdout, stderr and status apart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
YUQIAO = Path(sys.executable).with_name("yuqiao")


@dataclass(frozen=True)
class Run:
    """What a run of the command gave."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first command makes it."""
    path = tmp_path_factory.mktemp("seeded") / "seeded.db"
    subprocess.run([YUQIAO, "--db", path, "stats"], check=True, capture_output=True)
    return path


@pytest.fixture
def database(seeded_file: Path, tmp_path: Path) -> Path:
    """A seeded database of the test's own."""
    import sqlite3

    copy = tmp_path / "test.db"
    source, target = sqlite3.connect(seeded_file), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    return copy


@pytest.fixture
def yuqiao(database: Path, tmp_path: Path) -> Callable[..., Run]:
    """Run the command on the test's database."""

    def run(*arguments: object, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Run:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [YUQIAO, *map(str, arguments)],
            input=data,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "YUQIAO_DB": str(database), "YUQIAO_USER": "tester", **(env or {})},
            check=False,
        )
        return Run(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
