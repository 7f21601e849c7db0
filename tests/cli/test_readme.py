"""The README's examples are run on a terminal as they stand, and must print what they show."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, YUQIAO

COLUMNS = 110


def examples(text: str) -> list[tuple[str, str]]:
    """(command, output) of every line that begins with `$ ` in a console block."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.strip("\n")))
    return found


def on_a_terminal(command: str, database: Path, folder: Path) -> str:
    """What a command prints on a terminal of 110 columns without colours."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, COLUMNS, 0, 0))
    env = {
        **os.environ,
        "PATH": f"{YUQIAO.parent}{os.pathsep}{os.environ['PATH']}",
        "YUQIAO_DB": str(database),
        "YUQIAO_USER": "you",
        "NO_COLOR": "1",
        "TERM": "xterm",
    }
    env.pop("COLUMNS", None)
    process = subprocess.Popen(["bash", "-c", command], stdout=follower, stderr=follower, env=env, cwd=folder)
    os.close(follower)
    chunks = []
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    process.wait()
    os.close(leader)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def plain(printed: str) -> str:
    """Output without what changes (times, ids as terms are added) and what a terminal only shows in passing."""
    printed = re.sub(r"^ *\d{3,5}(?=  |$)", "#", printed, flags=re.MULTILINE)
    printed = re.sub(r"[^\n]*\r\x1b\[K", "", printed)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", "2026-01-01T00:00:00+00:00", printed).strip("\n")


@pytest.mark.skipif(not Path("/bin/bash").exists(), reason="needs bash")
def test_every_example_prints_what_the_readme_shows(database, tmp_path):
    shown = examples((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(shown) >= 6
    printed = [(command, plain(on_a_terminal(command, database, tmp_path))) for command, _ in shown]
    assert printed == [(command, plain(output)) for command, output in shown]
