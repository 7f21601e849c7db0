#!/usr/bin/env python3
"""Measure `yuqiao conflicts` on a term base with CC-CEDICT imported: wall and processor time, memory, what is found.

    python scripts/bench_conflicts.py [--data ../shared/data] [--runs 3]

Needs cedict/ of the data folder. Each figure is printed beside its bar; nothing fails when one is missed.
"""

import argparse
import json
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
YUQIAO = Path(sys.executable).with_name("yuqiao")


def measured(arguments: list[str]) -> tuple[float, float, float, str]:
    """Wall seconds, processor seconds and peak megabytes of one run of the command, and what it printed."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        process = subprocess.Popen([YUQIAO, *arguments], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def report(what: str, arguments: list[str], runs: int, bar: str = "") -> str:
    """Print the medians of some runs; what the last one printed."""
    taken = [measured(arguments) for _ in range(runs)]
    wall, cpu, memory = (statistics.median(run[part] for run in taken) for part in range(3))
    print(f"{what:<52} {wall:6.1f} s wall {cpu:6.1f} s CPU {memory:5.0f} MB   {bar}", flush=True)
    return taken[-1][3]


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = str(Path(folder) / "large.db")
        dictionary = Path(folder) / "cedict.u8"
        with lzma.open(options.data / "cedict/cedict_ts.u8.xz") as packed:
            dictionary.write_bytes(packed.read())
        report("conflicts, seeded", ["--db", database, "conflicts", "--json"], options.runs)
        measured(["--db", database, "import", str(dictionary)])
        found = report(
            "conflicts, with CC-CEDICT (120,000 concepts)", ["--db", database, "conflicts", "--json"], options.runs, "<= 20 s"
        )
        print("found:", json.loads(found)["counts"])
        report("conflicts --kind unused", ["--db", database, "conflicts", "--kind", "unused", "--json"], options.runs)
        query = ["--where", "source~CEDICT zh~稅", "--note", "tax", "--dry-run", "--json"]
        report("edit --where, a query over all of them", ["--db", database, "edit", *query], options.runs)
        report("review, nothing waiting", ["--db", database, "review", "--json"], options.runs)


if __name__ == "__main__":
    main()
