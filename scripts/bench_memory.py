#!/usr/bin/env python3
"""Measure the memory at a million units: import, size, opening, matching against brute force, adding one.

    python scripts/bench_memory.py CORPUS_FOLDER [--sizes 10000,100000,1000000] [--brute 200] [--peers]

CORPUS_FOLDER holds segments.txt and queries.txt, one segment a line. Brute force is rapidfuzz over every segment, with
the same folding and the same score; it runs over the first --brute queries of the largest size. A corpus of five million
takes --sizes up to 5000000. --peers adds what else is there for it, on a tenth of the smallest size (see bench_peers.py).
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

YUQIAO = Path(sys.executable).with_name("yuqiao")


def row(what: str, figure: str, bar: str = "") -> None:
    """Print one measurement."""
    print(f"{what:<62} {figure:>24}   {bar}", flush=True)


def percentile(times: list[float], share: float) -> float:
    """The time that this share of the runs did not exceed."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def fill(database: Path, segments: list[str]) -> None:
    """Store the segments as units, with their index."""
    from tm.unit import Unit
    from workspace.workspace import Workspace

    def units() -> Iterator[Unit]:
        for number, segment in enumerate(segments):
            yield Unit(segment, f"Segment number {number}.", "zh-Hans", "en", "laws")

    with Workspace.open(str(database), seed=False) as workspace:
        start = time.perf_counter()
        workspace.memory.store.add(units(), kind="import", by="bench", summary="laws")
        stored = time.perf_counter()
        workspace.memory.index()
        indexed = time.perf_counter()
    folder = database.with_name(database.name + ".index")
    size = sum(path.stat().st_size for path in folder.iterdir())
    row(f"{len(segments):,} units: store, index", f"{stored - start:.1f} s, {indexed - stored:.1f} s")
    row("  units a second, both", f"{len(segments) / (indexed - start):,.0f}", ">= 20,000 at a million")
    row("  database, index", f"{database.stat().st_size / 1e6:.0f} MB, {size / 1e6:.0f} MB", "index <= 150 MB at a million")


def match_all(database: Path, queries: list[str]) -> tuple[list[float], list[float]]:
    """The milliseconds and the best score of each query, in a process that holds nothing else."""
    from workspace.workspace import Workspace

    with Workspace.open(str(database), seed=False) as workspace:
        memory = workspace.memory
        memory.match(queries[0])
        times: list[float] = []
        best: list[float] = []
        for query in queries:
            start = time.perf_counter()
            found = memory.match(query, language="zh")
            times.append((time.perf_counter() - start) * 1000)
            best.append(found[0].score if found else 0.0)
    return times, best


def bench_matching(database: Path, queries: list[str]) -> tuple[list[float], float]:
    """Times of matching; returns each query's best score and the mean time in milliseconds."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        times, best = pool.submit(match_all, database, queries).result()
    row("  match >= 0.7, top 5: mean, p50", f"{statistics.mean(times):.2f} ms, {percentile(times, 0.5):.2f} ms", "mean <= 1.5 ms")
    row("  p95, p99", f"{percentile(times, 0.95):.2f} ms, {percentile(times, 0.99):.2f} ms", "p95 <= 5 ms")
    return best, statistics.mean(times)


def bench_brute(segments: list[str], queries: list[str], best: list[float], mean: float) -> None:
    """Brute force over every segment, and how often the index missed its best."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    from tm.score import segment_key

    folded = [segment_key(segment) for segment in segments]
    start = time.perf_counter()
    missed = 0
    for query, ours in zip(queries, best, strict=False):
        found = process.extractOne(segment_key(query), folded, scorer=Levenshtein.normalized_similarity, score_cutoff=0.7)
        missed += found is not None and ours < min(round(found[1], 4), 0.99) - 1e-9
    took = (time.perf_counter() - start) * 1000 / len(queries)
    row(f"  brute force over {len(segments):,}", f"{took:.0f} ms, {took / mean:.0f} times ours", ">= 150 times")
    row("  best score short of brute force's", f"{missed} of {len(queries)}", "<= 0.2 %")


# A process that is started counts its parent's memory as its own until it becomes the command: so a small one starts it.
_STARTER = """
import os, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def bench_process(database: Path, query: str) -> None:
    """Open, answer one query, end: the command as a whole."""
    command = [sys.executable, "-c", _STARTER, str(YUQIAO), "--db", str(database), "match", query, "--json"]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(8)]
    median = statistics.median(float(seconds) for seconds, _ in runs) * 1000
    peak = max(float(megabytes) for _, megabytes in runs)
    row("  yuqiao match, whole process: median, memory", f"{median:.0f} ms, {peak:.0f} MB", "<= 300 ms, <= 400 MB")


def bench_adding(database: Path) -> None:
    """Add one unit and find it."""
    from tm.unit import Unit
    from workspace.workspace import Workspace

    with Workspace.open(str(database), seed=False) as workspace:
        workspace.memory.match("暖機")
        times = []
        for number in range(5):
            text = f"新近加入記憶庫的第{'一二三四五'[number]}個試驗句段，用以量度時間。"
            start = time.perf_counter()
            workspace.memory.add([Unit(text, f"Trial segment {number}.", "zh-Hant-HK", "en", "trial")])
            times.append((time.perf_counter() - start) * 1000)
            assert workspace.memory.match(text)[0].score == 1.0
    row("  add one unit, seen by the next query: median", f"{statistics.median(times):.0f} ms", "<= 20 ms")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--brute", type=int, default=200)
    parser.add_argument("--peers", action="store_true", help="measure other programs too, those that are installed")
    options = parser.parse_args()
    segments = (options.corpus / "segments.txt").read_text(encoding="utf-8").splitlines()
    queries = (options.corpus / "queries.txt").read_text(encoding="utf-8").splitlines()
    sizes = [min(int(size), len(segments)) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            database = Path(folder) / f"{size}.db"
            fill(database, segments[:size])
            best, mean = bench_matching(database, queries)
            bench_process(database, queries[0])
            bench_adding(database)
            if size == max(sizes) and options.brute:
                bench_brute(segments[:size], queries[: options.brute], best, mean)
    if options.peers:
        from bench_peers import measured

        few = segments[: max(100, min(sizes) // 10)]
        for name, took in measured(few, queries[:5]):
            row(f"{name}, {len(few):,} segments", took if isinstance(took, str) else f"{took:.1f} ms")
    row("peak memory of this process", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
