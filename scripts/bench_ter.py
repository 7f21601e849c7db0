"""Measure TER against sacreBLEU's on the same segments: times, ratio, and whether each segment has the same figures.

.venv/bin/python scripts/bench_ter.py HYPOTHESIS REFERENCE ... [--segments 500] [--chinese] [--join 4] [--workers 2]

Files hold a segment a line. sacreBLEU takes minutes for thousands of long segments: --segments takes so many, spread
evenly over the files. --join makes longer segments of so many lines each. Both sides start from untokenized text.
sacreBLEU counts in one process, but where --workers says otherwise in as many as yuqiao: its segments are dealt out to
them longest first.
"""

import argparse
import functools
import multiprocessing
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sacrebleu.metrics.ter import TER

from scoring.ter import ter_score, ter_statistics


def main() -> None:
    """Print both times, and fail where figures differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("hypothesis", type=Path)
    parser.add_argument("references", type=Path, nargs="+")
    parser.add_argument("--segments", type=int)
    parser.add_argument("--chinese", action="store_true", help="normalize, each Chinese character a word")
    parser.add_argument("--join", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    files = [_segments(path, arguments.join) for path in (arguments.hypothesis, *arguments.references)]
    step = max(1, len(files[0]) // (arguments.segments or len(files[0])))
    hypotheses, *references = [lines[::step][: arguments.segments] for lines in files]

    started = time.perf_counter()
    ours = ter_statistics(
        hypotheses,
        references,
        normalized=arguments.chinese,
        asian_support=arguments.chinese,
        workers=arguments.workers,
    )
    our_seconds = time.perf_counter() - started
    started = time.perf_counter()
    theirs = _sacrebleu_statistics(hypotheses, references, chinese=arguments.chinese, workers=arguments.workers)
    their_seconds = time.perf_counter() - started

    different = np.flatnonzero((ours != theirs).any(axis=1))
    words = theirs[:, 1].sum() / len(theirs)
    print(f"{len(hypotheses):,} segments of {words:.0f} words, {len(references)} references, {arguments.workers} processes")
    print(f"sacreBLEU  {their_seconds:8.2f} s   TER {ter_score(*theirs.sum(axis=0)):.4f}")
    print(f"yuqiao     {our_seconds:8.2f} s   TER {ter_score(*ours.sum(axis=0)):.4f}")
    print(f"ratio      {their_seconds / our_seconds:8.1f}")
    if different.size:
        sys.exit(f"{different.size} segments differ, the first is number {different[0] + 1}.")
    print("All segments have the same edits and lengths.")


def _segments(path: Path, join: int) -> list[str]:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [" ".join(lines[start : start + join]) for start in range(0, len(lines), join)]


def _sacrebleu_statistics(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]], *, chinese: bool, workers: int
) -> np.ndarray:
    segments = list(zip(hypotheses, zip(*references, strict=True), strict=True))
    count = functools.partial(_sacrebleu_segment, chinese=chinese)
    if workers == 1:
        return np.array([count(segment) for segment in segments])
    longest_first = sorted(range(len(segments)), key=lambda number: -len(segments[number][0]))
    statistics = np.zeros((len(segments), 2))
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        statistics[longest_first] = pool.map(count, [segments[number] for number in longest_first], chunksize=8)
    return statistics


def _sacrebleu_segment(segment: tuple[str, Sequence[str]], *, chinese: bool) -> list[float]:
    hypothesis, references = segment
    statistics: list[list[float]] = _metric(chinese)._extract_corpus_statistics(
        [hypothesis], [[reference] for reference in references]
    )
    return statistics[0]


@functools.cache
def _metric(chinese: bool) -> TER:
    return TER(normalized=chinese, asian_support=chinese)


if __name__ == "__main__":
    main()
