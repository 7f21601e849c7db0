#!/usr/bin/env python3
"""Measure the exchange of a large term base: CC-CEDICT imported, written as TBX and read again, each as a command.

    python scripts/bench_exchange.py [--data ../shared/data] [--format tbx] [--runs 1]

Needs cedict/ of the data folder. Time, processor time and peak memory are those of each command's own process. The file is
read twice: into a new database, and into the one it comes from, where it must change nothing.
"""

import argparse
import json
import lzma
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
YUQIAO = Path(sys.executable).with_name("yuqiao")
BAR = "<= 60 s, <= 500 MB"

# A process that is started counts its parent's memory as its own until it becomes the command: so a small one starts it.
_STARTER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
run = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True, check=True)
taken = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([taken, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, run.stdout]))
"""


def measure(what: str, database: Path, *arguments: str, bar: str = "") -> dict[str, Any]:
    """Run the command with --json and print its time, that of the processors alone, and its peak memory; what it reported."""
    command = [sys.executable, "-c", _STARTER, str(YUQIAO), "--db", str(database), *arguments, "--json"]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, processor, megabytes, said = json.loads(printed)
    print(f"{what:<34} {seconds:6.1f} s {processor:6.1f} s of processors {megabytes:5.0f} MB   {bar}", flush=True)
    report: dict[str, Any] = json.loads(said)
    return report


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--format", default="tbx")
    parser.add_argument("--runs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        dictionary, database, file = (Path(folder) / name for name in ("cedict.u8", "terms.db", "terms.tbx"))
        with lzma.open(options.data / "cedict/cedict_ts.u8.xz") as packed:
            dictionary.write_bytes(packed.read())
        measure("import of CC-CEDICT", database, "import", str(dictionary))
        for number in range(options.runs):
            wrote = measure(f"export as {options.format}", database, "export", str(file), "--format", options.format, bar=BAR)
            print(f"  {wrote['written']:,} concepts, {file.stat().st_size / 1e6:.0f} MB")
            empty = Path(folder) / f"{number}.db"
            new = measure("import into a new database", empty, "import", str(file), bar=BAR)
            print(f"  {new['added']:,} added, {new['rejected']:,} rejected, {len(new['breaches']):,} warnings")
            again = measure("import into the same: no change", database, "import", str(file), bar=BAR)
            print(f"  {again['added']:,} added, {again['updated']:,} updated, {again['skipped']:,} skipped")


if __name__ == "__main__":
    main()
