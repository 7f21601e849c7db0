#!/usr/bin/env python3
"""Measure what users wait for: starting a look-up, importing a dictionary, finding terms in text, folding, typing.

    python scripts/bench.py [--data ../shared/data] [--runs 15]

Needs cedict/ and laws/ of the data folder. Each figure is printed beside its bar; nothing fails when one is missed.
"""

import argparse
import lzma
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
YUQIAO = Path(sys.executable).with_name("yuqiao")
QUERIES = [
    "離境退稅",
    "dikongjingji",
    "ljts",
    "tax refunds",
    "經濟",
    "de",
    "shi",
    "a",
    "t",
    "economy",
    "離境退説",
    "low-altitute economy",
]


def row(what: str, figure: str, bar: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<62} {figure:>18}   {bar}", flush=True)


def whole_process(arguments: list[str], runs: int) -> float:
    """Median wall time in milliseconds of a run of the command, the first left out where there are more."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run([YUQIAO, *arguments], capture_output=True, check=False)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:] or times)


def unpack(path: Path, to: Path) -> Path:
    """A data file without its compression."""
    with lzma.open(path) as packed:
        to.write_bytes(packed.read())
    return to


def import_dictionary(database: Path, dictionary: Path) -> tuple[float, float]:
    """Seconds and megabytes of peak memory of importing CC-CEDICT in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen([YUQIAO, "--db", database, "import", dictionary], stdout=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    assert process.stdout is not None
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def seconds(function: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def bench_recognition(database: Path, lines: list[str], title: str) -> None:
    """Building a recogniser and running it over lines."""
    from glossary.recognition import Recogniser
    from workspace.workspace import Workspace

    megabytes = sum(len(line.encode()) for line in lines) / 1e6
    with Workspace.open(str(database)) as workspace:
        recogniser: list[Recogniser] = []
        row(
            f"build the recogniser, {title}",
            f"{seconds(lambda: recogniser.append(Recogniser(workspace.term_store))):.2f} s",
            "<= 1.5 s",
        )
        found = recogniser[0]
        row(f"build for English text, {title}", f"{seconds(lambda: found.find('low-altitude economy')):.2f} s")
        for line in lines[:1000]:
            found.find(line)
        row(
            f"find terms in laws ({megabytes:.0f} MB), {title}",
            f"{megabytes / seconds(lambda: sum(len(found.find(s)) for s in lines)):.1f} MB/s",
            ">= 10 MB/s",
        )
        part = lines[: len(lines) // 10]
        took = seconds(lambda: sum(len(terms) for terms in found.recognise_lines(part)))
        row(f"the same with concepts and translations, {title}", f"{megabytes / 10 / took:.1f} MB/s")


def bench_lookup(database: Path, title: str) -> None:
    """Look-ups in-process, every kind of query."""
    from workspace.workspace import Workspace

    with Workspace.open(str(database)) as workspace:
        times = [seconds(partial(workspace.glossary.lookup, query)) * 1000 for query in QUERIES * 5]
        row(f"look-up in-process, {title}", f"{statistics.median(times):.1f} ms", f"slowest {max(times):.1f} ms")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    from lang.fold import fold

    with tempfile.TemporaryDirectory() as folder:
        seeded, large = Path(folder) / "seeded.db", Path(folder) / "large.db"
        row("first use: make and seed the database", f"{seconds(lambda: whole_process(['--db', str(seeded), 'stats'], 0)):.2f} s")
        row(
            "yuqiao lookup 離境退稅, whole process, seeded",
            f"{whole_process(['--db', str(seeded), 'lookup', '離境退稅'], options.runs):.0f} ms",
            "<= 150 ms",
        )
        dictionary = unpack(options.data / "cedict/cedict_ts.u8.xz", Path(folder) / "cedict.u8")
        took, memory = import_dictionary(large, dictionary)
        row("import of CC-CEDICT, 117,512 entries", f"{took:.1f} s {memory:.0f} MB", "<= 15 s, <= 400 MB")
        for query in ("離境退稅", "ljts", "tax refunds"):
            row(
                f"yuqiao lookup {query}, whole process, with CC-CEDICT",
                f"{whole_process(['--db', str(large), 'lookup', query], options.runs):.0f} ms",
                "<= 200 ms",
            )
        bench_lookup(seeded, "seeded")
        bench_lookup(large, "with CC-CEDICT")
        with lzma.open(options.data / "laws/laws.txt.xz", "rt", encoding="utf-8") as laws:
            text = laws.read()
        megabytes = len(text.encode()) / 1e6
        fold(text[:100_000])
        row(f"fold {megabytes:.0f} MB of Chinese", f"{megabytes / seconds(lambda: fold(text)):.0f} MB/s", ">= 20 MB/s")
        lines = text.split("\n")
        bench_recognition(seeded, lines, "seeded")
        bench_recognition(large, lines, "with CC-CEDICT")
        row("undo of the import", f"{seconds(lambda: whole_process(['--db', str(large), 'undo'], 0)):.1f} s")
    row("peak memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
