"""The WMT25 success rate, as published."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.wmt25 import SuccessCount, success_counts, success_rate

YEARS = (2015, 2017, 2019, 2021, 2023)


def test_ratio_is_clipped_and_needs_source_and_reference() -> None:
    counts = success_counts(
        ["The Fund and the fund; a bank."],
        ["基金、銀行銀行"],
        ["基金和銀行"],
        [{"Fund": ["基金"], "bank": "銀行", "market": ["市場"], "and": ["與"]}],
    )
    # fund: 1 of 2; bank: 2 of 1, clipped; market is not in the source, 與 not in the reference.
    assert counts == [SuccessCount(1.5, 2)]
    assert success_rate(counts) == 0.75


def test_renderings_are_summed_and_lower_cased() -> None:
    assert success_counts(["API, API"], ["Api或應用程式介面"], ["api"], [{"api": ["API", "應用程式介面"]}]) == [
        SuccessCount(1.0, 1)
    ]


def test_nothing_to_count_is_no_rate() -> None:
    assert success_rate(success_counts(["a"], ["b"], ["c"], [{}])) is None


@pytest.mark.parametrize("system", ["CommandA_MT", "Erlendur", "MeGuMa", "stitch", "organizers_gpt-4.1-nano"])
@pytest.mark.slow
def test_published_rate_is_reproduced(
    system: str, hkma: Callable[..., list[dict[str, Any]]], shared_data: Callable[[str], Path]
) -> None:
    documents, translated = hkma(*YEARS), hkma(*YEARS, system=system)
    published = json.loads(shared_data("hkma/published_scores.json").read_text(encoding="utf-8"))["proper"][system]
    counts = success_counts(
        [document["en"] for document in documents],
        [document["zh"] for document in translated],
        [document["zh"] for document in documents],
        [document["terms"] for document in documents],
    )
    assert sum(count.entries for count in counts) == 5865
    assert success_rate(counts) == pytest.approx(published["proper_term_success_rate"], abs=1e-12)
