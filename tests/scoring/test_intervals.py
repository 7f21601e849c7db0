"""The Wilson interval, against figures from the literature and its limits."""

import pytest

from scoring.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe, R. G. (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_examples_come_out(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_all_hit_is_the_mirror_of_none_hit() -> None:
    low, high = wilson(20, 20)
    assert (1 - high, 1 - low) == pytest.approx(wilson(0, 20))
    assert high == 1


def test_more_confidence_and_fewer_counts_widen_it() -> None:
    def width(hits: int, total: int, confidence: float = 0.95) -> float:
        low, high = wilson(hits, total, confidence)
        return high - low

    assert width(90, 100, 0.99) > width(90, 100) > width(900, 1000)


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("hits", "total", "confidence"), [(-1, 5, 0.95), (6, 5, 0.95), (1, 5, 0), (1, 5, 1)])
def test_impossible_counts_are_refused(hits: int, total: int, confidence: float) -> None:
    with pytest.raises(ValueError, match=r"hits of|confidence"):
        wilson(hits, total, confidence)
