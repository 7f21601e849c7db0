#!/usr/bin/env python3
"""Measure what a user of the terminal UI waits for: the first painted screen, and the terms after a keystroke.

    python scripts/bench_tui.py [--db PATH] [--runs 7]

Without --db a new database with the curated terms is measured. Each figure is printed beside its bar; nothing fails.
"""

import argparse
import asyncio
import os
import pty
import select
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path

from workspace.workspace import Workspace

YUQIAO = Path(sys.executable).with_name("yuqiao")
PAINTED = b"Type what you look for"
TYPED = ("離境退稅", "低空經濟", "ljts", "dikong", "tax refund", "economy", "人口老齡化", "departure")
SENTENCE = "深圳將培育低空經濟、具身智能等新質生產力，擴大離境退稅商店。"
_LONGEST = 20.0
"""Seconds after which a screen that is not painted is given up."""


def first_paint(database: Path) -> float:
    """Milliseconds from starting the process to the welcome in what it writes to its terminal."""
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="30", LANG="C.UTF-8")
        os.execv(YUQIAO, [str(YUQIAO), "--db", str(database)])  # noqa: S606 (a shell would be measured with it)
    seen = b""
    try:
        while PAINTED not in seen:
            if time.perf_counter() - started > _LONGEST:
                raise TimeoutError("the terminal UI painted nothing")
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 65_536)
        return (time.perf_counter() - started) * 1000
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


async def keystrokes(database: Path) -> tuple[list[float], list[float]]:
    """Milliseconds from each keystroke to the list that answers it, and from a sentence to its matches."""
    from tui.app import YuqiaoApp
    from tui.lookup_screen import LookupScreen
    from tui.session import Session

    session = Session(database)
    app = YuqiaoApp(session)
    terms: list[float] = []
    matches: list[float] = []
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, LookupScreen)
        await pilot.pause()

        async def typed(text: str) -> float:
            started = time.perf_counter()
            screen.query_input.value = text
            while screen._answered is None or screen._answered.query != text.strip():
                await asyncio.sleep(0.001)
            return (time.perf_counter() - started) * 1000

        for text in TYPED * 3:
            for end in range(1, len(text) + 1):
                if text[:end] == text[:end].strip():
                    terms.append(await typed(text[:end]))
                    await asyncio.sleep(0.1)
        for at in range(12):
            text = SENTENCE[at:]
            started = time.perf_counter()
            screen.query_input.value = text
            while (found := screen.sentence.found) is None or found.results.query != text or found.matches is None:
                await asyncio.sleep(0.001)
            matches.append((time.perf_counter() - started) * 1000)
            # Sentences are pasted one at a time: the search for pieces of the last one is over.
            await asyncio.sleep(0.5)
    session.close()
    # The first of each loads what the others use.
    return terms[1:], matches[1:]


def p95(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["YUQIAO_SETTINGS"] = str(Path(folder) / "settings.json")
        database = options.db or Path(folder) / "new.db"
        Workspace.open(str(database)).close()
        paints = [first_paint(database) for _ in range(options.runs + 1)][1:]
        print(f"first paint, whole process: median {statistics.median(paints):.0f} ms (bar 500, with much data 700)")
        terms, matches = asyncio.run(keystrokes(database))
        print(f"keystroke to terms: median {statistics.median(terms):.0f} ms, p95 {p95(terms):.0f} ms (bar 50)")
        print(f"pasted sentence to matches: median {statistics.median(matches):.0f} ms, p95 {p95(matches):.0f} ms (bar 80)")


if __name__ == "__main__":
    main()
