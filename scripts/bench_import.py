#!/usr/bin/env python3
"""Measure the exchange of large memories: import of a TMX with the index included, and export, each as a command.

    python scripts/bench_import.py CORPUS_FOLDER [--units 1000000] [--runs 1]

CORPUS_FOLDER holds segments.txt, one segment a line. A TMX is written of its first --units lines and imported into a new
database by the command, then exported again; time and peak memory are those of the command's own process.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

YUQIAO = Path(sys.executable).with_name("yuqiao")

# A process that is started counts its parent's memory as its own until it becomes the command: so a small one starts it.
_STARTER = """
import resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
taken = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
sys.exit(status)
"""


def row(what: str, figure: str, bar: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<44} {figure:>30}   {bar}", flush=True)


def write_tmx(corpus: Path, tmx: Path, count: int) -> int:
    """Write the first segments of the corpus as a TMX; how many there were."""
    from tm.formats.tmx import Tmx
    from tm.unit import Unit

    def units() -> Iterator[Unit]:
        with corpus.open(encoding="utf-8") as segments:
            for number, segment in enumerate(islice(segments, count)):
                yield Unit(segment.rstrip("\n"), f"Segment number {number}.", "zh-Hans", "en", created="2025-01-02T03:04:05")

    with tmx.open("wb") as file:
        return Tmx().write(units(), file)


def measure(what: str, count: int, most: int, database: Path, *arguments: str) -> None:
    """Run the command over so many units: its time, that of the processors alone (all threads), its peak memory in MB."""
    command = [sys.executable, "-c", _STARTER, str(YUQIAO), "--db", str(database), *arguments]
    figures = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
    seconds, processor, megabytes = map(float, figures)
    row(f"  {what}", f"{seconds:.1f} s, {count / seconds:,.0f} units/s", ">= 20,000 at a million")
    row("    processor time, peak memory", f"{processor:.1f} s, {megabytes:.0f} MB", f"<= {most} MB")


def size_of(path: Path) -> str:
    """The size of a file or of the files in a folder."""
    files = path.iterdir() if path.is_dir() else [path]
    return f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB"


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tmx = Path(folder) / "corpus.tmx"
        count = write_tmx(options.corpus / "segments.txt", tmx, options.units)
        row(f"TMX of {count:,} units", size_of(tmx))
        for number in range(options.runs):
            database = Path(folder) / f"{number}.db"
            measure("import with index", count, 600, database, "import", str(tmx))
            row("    database, index", f"{size_of(database)}, {size_of(database.with_name(f'{number}.db.index'))}")
            measure("import again: nothing new", count, 600, database, "import", str(tmx))
            measure("export as TMX", count, 200, database, "export", str(Path(folder) / "out.tmx"))


if __name__ == "__main__":
    main()
