"""Verdicts on translations of annual reports by five systems, each read by hand: the table says what is true of it.

The texts may not be copied into the project, so the table has places, the numbers alone, and a hash of the two paragraphs.
"""

import csv
import json
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from hashlib import sha256
from pathlib import Path

from scoring.numbers import NumberVerdict, judge_numbers

TABLE = Path(__file__).parents[1] / "data/number_verdicts.tsv"


@cache
def paragraphs(path: Path, key: str) -> list[list[str]]:
    """The paragraphs of each document of a file."""
    documents = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [[line for line in document[key].split("\n") if line.strip()] for document in documents]


def is_as_read(row: dict[str, str], verdict: NumberVerdict) -> bool:
    said = verdict.source.text if verdict.source else "-"
    given = verdict.target.text if verdict.target else "-"
    factor = None if row["factor"] == "-" else Fraction(row["factor"])
    return (verdict.outcome, said, given, verdict.factor) == (row["outcome"], row["source"], row["target"], factor)


def test_at_least_98_percent_of_verdicts_are_as_read(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("hkma")
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 200
    assert sum(row["outcome"] != "right" for row in rows) >= len(rows) * 0.45
    differing = []
    for row in rows:
        document, paragraph = int(row["document"]), int(row["paragraph"])
        source = paragraphs(folder / f"{row['year']}.jsonl", "en")[document][paragraph]
        output = paragraphs(folder / f"systems/{row['system']}.proper.{row['year']}.jsonl", "zh")[document][paragraph]
        assert sha256(f"{source}\n{output}".encode()).hexdigest().startswith(row["sha256"]), (
            "the data are not those that were read"
        )
        if not any(is_as_read(row, verdict) for verdict in judge_numbers(source, output, "en")):
            differing.append(row)
    assert len(differing) <= 0.02 * len(rows), differing
