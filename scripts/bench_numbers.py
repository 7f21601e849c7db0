#!/usr/bin/env python3
"""Measure the number parser on real aligned lines: how many agree, what is left, whether errors are noticed, how fast it is.

    python scripts/bench_numbers.py [--data ../shared/data] [--show 20] [--seed 1]

Needs hkma/ of the data folder (annual reports, English and Chinese, aligned line by line); reads the project's own pairs
too. `--show` prints that many of the lines that do not agree, chosen by the seed.

What was read: the 37 lines of the five reports that do not agree. About three in four are truly different, most of them
by a year that one side leaves to the context ("the year", 去年); others name a share, a note or 24 hours on one side only.
The rest are damaged on one side: digits drawn apart or lost (1 2 月, 圖 for Chart 1), a slip of the pen (11月22月), the
number of a note stuck to another (Pillar 33, 東盟+32). The parser is at fault in one, where the number of a note stands in
the text as plain digits.
docs/numbers.md has the figures.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lang.quantities import Quantity, Reconciliation, find_quantities, reconcile
from tm.curated import read_curated

ROOT = Path(__file__).parents[1]


def aligned_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Chinese and English lines of all reports."""
    for path in sorted(folder.glob("20*.jsonl")):
        for document in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            yield from zip(document["zh"].split("\n"), document["en"].split("\n"), strict=True)


def own_pairs() -> Iterator[tuple[str, str]]:
    """Chinese and English sentences the project ships."""
    for unit in read_curated():
        yield unit.source, unit.target


def kind_of_difference(result: Reconciliation) -> str:
    """What sets the two sides apart, in one word or two."""
    if result.scaled:
        return "power of ten"
    sides = "both sides" if result.missing and result.extra else "Chinese only" if result.missing else "English only"
    kinds = {quantity.kind for quantity in (*result.missing, *result.extra)}
    if kinds <= {"year", "date"}:
        return f"year or date, {sides}"
    return f"{'/'.join(sorted(kinds))}, {sides}"


def compare(title: str, pairs: Iterator[tuple[str, str]], shown: int) -> list[tuple[list[Quantity], list[Quantity]]]:
    """Prints how many lines agree and what is left; hands back the quantities of those that agree."""
    lines = both = agreed = 0
    left: Counter[str] = Counter()
    differing: list[tuple[str, str, Reconciliation]] = []
    sound = []
    for chinese, english in pairs:
        source, target = find_quantities(chinese, "zh"), find_quantities(english, "en")
        lines += bool(chinese.strip())
        if not source or not target:
            continue
        both += 1
        result = reconcile(source, target)
        if result.agrees:
            agreed += 1
            sound.append((source, target))
        else:
            left[kind_of_difference(result)] += 1
            differing.append((chinese, english, result))
    print(f"{title}: {lines} lines, {both} with quantities on both sides, {agreed} agree ({agreed / both:.1%})")
    for what, count in left.most_common():
        print(f"  {count:4}  {what}")
    for chinese, english, result in random.sample(differing, min(shown, len(differing))):
        print(f"\n{chinese}\n{english}")
        for name in ("missing", "extra", "scaled"):
            print(f"  {name}: {getattr(result, name)}")
    return sound


def notice_errors(sound: list[tuple[list[Quantity], list[Quantity]]]) -> None:
    """Prints how many errors put into English lines that agree are noticed."""
    for title in ("ten times too large", "one too large", "left out"):
        tried = noticed = 0
        for source, target in sound:
            wrong = random.choice(target)  # noqa: S311 - a sample, no secret
            if wrong.optional or (title.startswith("ten") and wrong.kind in ("year", "date", "ordinal", "time")):
                continue
            if title == "ten times too large":
                altered = replace(wrong, value=wrong.value * 10, high=wrong.high and wrong.high * 10)
            else:
                altered = replace(wrong, value=wrong.value + 1, high=wrong.high and wrong.high + 1)
            changed = [
                altered if quantity is wrong else quantity for quantity in target if quantity is not wrong or title != "left out"
            ]
            tried += 1
            noticed += not reconcile(source, changed).agrees
        print(f"  {title}: {noticed} of {tried} noticed ({noticed / tried:.1%})")


def measure_speed(pairs: list[tuple[str, str]]) -> None:
    """Prints megabytes read in a second."""
    for title, column in (("Chinese", 0), ("English", 1)):
        lines = [pair[column] for pair in pairs]
        megabytes = sum(len(line.encode()) for line in lines) / 1e6
        for line in lines[:200]:
            find_quantities(line)
        start = time.process_time()
        found = sum(len(find_quantities(line)) for line in lines)
        print(f"{title}: {found} quantities, {megabytes / (time.process_time() - start):.1f} MB/s (bar: 2)")


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random.seed(options.seed)
    compare("own pairs", own_pairs(), options.show)
    sound = compare("annual reports", aligned_lines(options.data / "hkma"), options.show)
    notice_errors(sound)
    measure_speed(list(aligned_lines(options.data / "hkma")))


if __name__ == "__main__":
    main()
