"""Term accuracy of a whole translation."""

from collections.abc import Callable
from typing import Any

import pytest

from scoring.expected_terms import DictionaryTerms
from scoring.intervals import wilson
from scoring.term_accuracy import expected_in, judge_terms, report
from scoring.terms import judge_segment

DICTIONARY = {"bank": ["銀行", "行"], "fund": ["基金"], "market": ["市場"]}
SOURCES = ["The bank and the fund", "A bank, a bank", "The market", "Nothing"]
HYPOTHESES = ["銀行及基金", "銀行和分行", "基金市场", "無"]


def judged(terms, sources, hypotheses, references=()):  # type: ignore[no-untyped-def]
    return judge_terms(expected_in(terms, sources, references), sources, hypotheses)


def test_only_what_a_reference_renders_is_expected() -> None:
    sources, references = ["The bank of the river and the fund"], [["河岸和基金"], ["河邊及資金"]]
    terms = DictionaryTerms([DICTIONARY])
    (segment,) = judged(terms, sources, ["河岸和錢"], references)
    assert [(verdict.source_text, verdict.outcome) for verdict in segment.verdicts] == [("fund", "missed")]
    (segment,) = judged(terms, sources, ["河岸和錢"])
    assert [verdict.outcome for verdict in segment.verdicts] == ["missed", "missed"]


@pytest.fixture
def figures():  # type: ignore[no-untyped-def]
    return report(judged(DictionaryTerms([DICTIONARY] * 4), SOURCES, HYPOTHESES))


def test_micro_and_macro_figures(figures) -> None:  # type: ignore[no-untyped-def]
    overall = figures.overall
    # bank: 2 preferred, 1 admitted; fund: 1 preferred; market: 1 lenient.
    assert (overall.strict.hits, overall.accepted.hits, overall.lenient.hits, overall.expected) == (3, 4, 5, 5)
    assert overall.strict.value == pytest.approx(0.6)
    assert (overall.strict.low, overall.strict.high) == wilson(3, 5)
    assert overall.macro_strict == pytest.approx((2 / 3 + 1 + 0) / 3)
    assert overall.macro_lenient == 1
    assert overall.concepts == 3
    assert overall.missed == overall.deprecated == 0


def test_rows_add_up_to_the_figures(figures) -> None:  # type: ignore[no-untyped-def]
    assert [sum(column) for column in zip(*figures.statistics, strict=True)] == [3, 4, 5, 0, 0, 5, 0]
    assert figures.statistics[3] == (0, 0, 0, 0, 0, 0, 0)


def test_consistency_is_the_share_of_the_most_frequent_rendering(figures) -> None:  # type: ignore[no-untyped-def]
    consistency = figures.consistency
    assert consistency.concepts == 1
    assert consistency.micro == consistency.macro == pytest.approx(2 / 3)
    assert [term.renderings for term in consistency.varied] == [{"銀行": (0, 1), "行": (1,)}]


def test_misses_name_their_segments() -> None:
    segments = judged(DictionaryTerms([DICTIONARY] * 3), ["A fund", "A bank", "A fund"], ["甲", "銀行", "乙"])
    worst = report(segments).terms[0]
    assert (worst.concept, worst.missed_in, worst.expected, worst.outcomes["missed"]) == ("fund", (0, 2), 2, 2)


def test_nothing_expected_gives_no_figure() -> None:
    empty = report(judged(DictionaryTerms([{}]), ["a"], ["b"]))
    assert empty.overall.strict.value is None
    assert empty.overall.macro_strict is None
    assert empty.overall.over_use is None
    assert empty.consistency.micro is None
    assert empty.warnings == ()


def test_appended_glossary_is_seen_and_gains_little(hkma: Callable[..., list[dict[str, Any]]]) -> None:
    documents = hkma(2017)
    translated = [document["zh"] for document in hkma(2017, system="Erlendur")]
    sources = [document["en"] for document in documents]
    expected = list(DictionaryTerms([document["terms"] for document in documents]).expected(sources))
    glossary = " ".join(text for renderings in documents[0]["terms"].values() for text in renderings)

    def judged(hypotheses: list[str]):  # type: ignore[no-untyped-def]
        return report([judge_segment(*segment) for segment in zip(expected, sources, hypotheses, strict=True)])

    honest = judged(translated)
    stuffed = judged([f"{hypothesis} {glossary}" for hypothesis in translated])
    assert honest.warnings == ()
    assert honest.overall.over_use < 0.1
    assert len(stuffed.warnings) == 2
    assert stuffed.overall.over_use > 0.5
    assert stuffed.overall.lenient.value - honest.overall.lenient.value < 0.01
