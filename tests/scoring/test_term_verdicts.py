"""Verdicts on translations of real documents, as reading them has settled: more than half of them are misses.

tests/data/term_verdicts.tsv holds places only, no text: year, document of that year, system, the span of the source, the
outcome, and the span of what rendered it in the translation.
"""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.expected_terms import DictionaryTerms
from scoring.terms import TermVerdict, judge_segment

AGREEING = 0.98


@pytest.mark.slow
def test_verdicts_agree_with_reading(hkma: Callable[..., list[dict[str, Any]]], project_root: Path) -> None:
    with (project_root / "tests" / "data" / "term_verdicts.tsv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t"))
    by_document: dict[tuple[int, int, str], list[dict[str, str]]] = defaultdict(list)
    for row in read:
        by_document[int(row["year"]), int(row["document"]), row["system"]].append(row)
    differing: list[str] = []
    for (year, number, system), rows in by_document.items():
        document = hkma(year)[number]
        verdicts = judged(document, hkma(year, system=system)[number]["zh"])
        differing.extend(f"{year} {number} {system}: {row}" for row in rows if not agrees(row, verdicts))
    assert len(differing) <= (1 - AGREEING) * len(read), "\n".join(differing)


def judged(document: dict[str, Any], hypothesis: str) -> dict[tuple[int, int], TermVerdict]:
    terms = next(DictionaryTerms([document["terms"]]).expected([document["en"]]))
    verdicts = judge_segment(terms, document["en"], hypothesis).verdicts
    return {(verdict.source_start, verdict.source_end): verdict for verdict in verdicts}


def agrees(row: dict[str, str], verdicts: dict[tuple[int, int], TermVerdict]) -> bool:
    verdict = verdicts.get((int(row["source_start"]), int(row["source_end"])))
    if verdict is None or verdict.outcome != row["outcome"]:
        return False
    place = ["" if at is None else str(at) for at in (verdict.target_start, verdict.target_end)]
    return place == [row["target_start"], row["target_end"]]
