#!/usr/bin/env python3
"""Measure what a user of the terminal UI waits for: the first screen, the terms after a keystroke, a page of the memory.

    python scripts/bench_tui.py [--db PATH] [--runs 7]

Without --db a new database with the curated terms is measured; scripts/bench_interpret.py makes one with a million units and
120,000 concepts. Each figure is printed beside its bar; nothing fails.
"""

import argparse
import asyncio
import gc
import os
import pty
import resource
import select
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from workspace.workspace import Workspace

YUQIAO = Path(sys.executable).with_name("yuqiao")
PAINTED = b"Type what you look for"
TYPED = ("離境退稅", "低空經濟", "ljts", "dikong", "tax refund", "economy", "人口老齡化", "departure")
SENTENCE = "深圳將培育低空經濟、具身智能等新質生產力，擴大離境退稅商店。"
TRANSLATION = "We will develop the low-altitude economy and expand departure tax refund stores."
_LONGEST = 20.0
"""Seconds after which a screen that is not painted is given up."""


def first_paint(database: Path) -> float:
    """Milliseconds from starting the process to the welcome in what it writes to its terminal."""
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        # Not the settings of whoever measures, who may have left off in another area.
        settings = str(database) + ".settings"
        os.environ.update(TERM="xterm-256color", COLUMNS="100", LINES="30", LANG="C.UTF-8", YUQIAO_SETTINGS=settings)
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


async def keystrokes(database: Path) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from each keystroke to the list that answers it and to its paint, and from a sentence to its matches."""
    from tui.app import YuqiaoApp
    from tui.lookup_screen import LookupScreen
    from tui.session import Session

    session = Session(database)
    app = YuqiaoApp(session)
    terms: list[float] = []
    painted: list[float] = []
    matches: list[float] = []
    async with app.run_test(size=(100, 30)) as pilot:
        screen = app.screen
        assert isinstance(screen, LookupScreen)
        await pilot.pause()
        await asyncio.sleep(1)
        leave_alone()

        async def typed(text: str) -> float:
            started = time.perf_counter()
            screen.query_input.value = text
            while screen._answered is None or screen._answered.query != text.strip():
                await asyncio.sleep(0.001)
            answered = (time.perf_counter() - started) * 1000
            shown = asyncio.Event()
            screen.call_after_refresh(shown.set)
            await shown.wait()
            painted.append((time.perf_counter() - started) * 1000)
            return answered

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
    return terms[1:], painted[1:], matches[1:]


async def memory_pages(database: Path, pages: int = 40) -> tuple[float, list[float]]:
    """Milliseconds from going to the memory to its first rows, and to the rows of each page that is scrolled to."""
    from tui.app import YuqiaoApp
    from tui.memory_screen import MemoryScreen
    from tui.session import Session

    session = Session(database)
    app = YuqiaoApp(session)
    times: list[float] = []
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        leave_alone()
        started = time.perf_counter()
        await app.switch_mode("memory")
        screen = app.screen
        assert isinstance(screen, MemoryScreen)

        async def shown() -> float:
            while screen.units.current_unit is None:
                await asyncio.sleep(0.001)
            return (time.perf_counter() - started) * 1000

        first = await shown()
        await app.workers.wait_for_complete()
        for page in range(pages):
            started = time.perf_counter()
            screen.units.action_move_page(1 if page % 4 else 200)
            times.append(await shown())
            await asyncio.sleep(0.1)
    session.close()
    return first, times


async def pauses(database: Path, folder: Path) -> tuple[float, float]:
    """The longest a key would have waited, in milliseconds, while a document got help in Translate and a speech ran in Booth."""
    from tui.app import YuqiaoApp
    from tui.booth_screen import BoothScreen
    from tui.session import Session
    from tui.translate_messages import DocumentOpened
    from tui.translate_screen import TranslateScreen
    from tui.translate_work import TranslationWork

    document = folder / "speech.txt"
    lines = [SENTENCE, TRANSLATION]
    document.write_text("\n".join(f"{line}{number}" for number in range(10) for line in lines), encoding="utf-8")
    session = Session(database)
    app = YuqiaoApp(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.switch_mode("translate")
        translate = app.screen
        assert isinstance(translate, TranslateScreen)
        await pilot.pause()
        leave_alone()

        async def helped() -> None:
            translate.post_message(DocumentOpened(TranslationWork.open(document)))
            for _ in range(len(lines) * 5):
                while translate._help is None or translate._help.index != translate._at:
                    await asyncio.sleep(0.002)
                translate.segments.action_move(1)
                await asyncio.sleep(0.02)

        in_translate = await longest_pause(helped)
        await app.switch_mode("booth")
        booth = app.screen
        assert isinstance(booth, BoothScreen)
        await pilot.pause()

        async def heard() -> None:
            booth.source_input.value = f"{document} 10"
            await booth.source_input.action_submit()
            while len(booth._speech) < len(lines) * 2:
                await asyncio.sleep(0.002)

        in_booth = await longest_pause(heard)
        booth.on_unmount()
    session.close()
    return in_translate, in_booth


async def pauses_of_jobs(database: Path, folder: Path) -> tuple[float, float]:
    """The same while two documents were aligned in Align, and while their translation was scored in Score."""
    from textual.widgets import Input

    from tui.align_screen import AlignScreen
    from tui.app import YuqiaoApp
    from tui.score_screen import ScoreScreen
    from tui.session import Session

    chinese, english = folder / "report.zh.txt", folder / "report.en.txt"
    chinese.write_text("\n".join(f"{SENTENCE}第{number}項。" for number in range(50)), encoding="utf-8")
    english.write_text("\n".join(f"{TRANSLATION} Item {number}." for number in range(50)), encoding="utf-8")
    session = Session(database)
    app = YuqiaoApp(session)
    async with app.run_test(size=(100, 30)) as pilot:
        await app.switch_mode("align")
        align = app.screen
        assert isinstance(align, AlignScreen)
        await pilot.pause()
        leave_alone()

        async def aligned() -> None:
            align._align(str(chinese), str(english))
            while align.work is None:
                await asyncio.sleep(0.002)

        in_align = await longest_pause(aligned)
        await app.switch_mode("score")
        score = app.screen
        assert isinstance(score, ScoreScreen)
        await pilot.pause()

        async def scored() -> None:
            for name, path in (("source", chinese), ("reference", english), ("candidates", english)):
                score.query_one(f"#{name}", Input).value = str(path)
            score.action_run_scoring()
            while score.run is None:
                await asyncio.sleep(0.002)

        in_score = await longest_pause(scored)
    session.close()
    return in_align, in_score


async def longest_pause(work: Callable[[], Awaitable[None]]) -> float:
    """The longest time, in milliseconds, for which nothing else had its turn on the thread of the screen."""
    beat, longest, over = 0.002, 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not over:
            started = time.perf_counter()
            await asyncio.sleep(beat)
            longest = max(longest, (time.perf_counter() - started - beat) * 1000)

    watching = asyncio.create_task(watch())
    await work()
    over = True
    await watching
    return longest


def leave_alone() -> None:
    """Take what is there as here to stay, as the program does when it has started."""
    gc.collect()
    gc.freeze()


def peak_megabytes() -> float:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


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
        # As the program sets it.
        sys.setswitchinterval(0.001)
        database = options.db or Path(folder) / "new.db"
        Workspace.open(str(database)).close()
        paints = [first_paint(database) for _ in range(options.runs + 1)][1:]
        print(f"first paint, whole process: median {statistics.median(paints):.0f} ms (bar 500, with much data 700)")
        terms, painted, matches = asyncio.run(keystrokes(database))
        print(f"keystroke to terms: median {statistics.median(terms):.0f} ms, p95 {p95(terms):.0f} ms (bar 50)")
        print(f"keystroke to painted terms: median {statistics.median(painted):.0f} ms, p95 {p95(painted):.0f} ms")
        print(f"pasted sentence to matches: median {statistics.median(matches):.0f} ms, p95 {p95(matches):.0f} ms (bar 80)")
        first, pages = asyncio.run(memory_pages(database))
        print(f"first rows of the memory: {first:.0f} ms")
        print(f"a page of the memory: median {statistics.median(pages):.0f} ms, p95 {p95(pages):.0f} ms (bar 50)")
        in_translate, in_booth = asyncio.run(pauses(database, Path(folder)))
        print(f"longest pause: {in_translate:.0f} ms in Translate, {in_booth:.0f} ms in Booth (bar 100)")
        in_align, in_score = asyncio.run(pauses_of_jobs(database, Path(folder)))
        print(f"longest pause: {in_align:.0f} ms in Align, {in_score:.0f} ms in Score (bar 100)")
        print(f"peak memory of this process: {peak_megabytes():.0f} MB (bar 500)")


if __name__ == "__main__":
    main()
