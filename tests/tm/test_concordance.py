"""Concordance: phrases found in either language, where they stand, and pages of them; with an index and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tm import concordance as concordance_module
from tm import memory as memory_module
from tm.concordance import Phrase, spans_of
from tm.memory import Memory
from tm.store import UnitFilter
from tm.unit import Unit
from workspace.workspace import Workspace

UNITS = [
    Unit("退稅。", "Tax refund.", origin="a", created="2025-01-01T00:00:00+00:00"),
    Unit("本市將推行離境退稅。", "The city will offer instant departure tax refunds.", origin="b", domain="tax"),
    Unit("The goods were exported in another format.", "这些货物以其他格式出口。", "en", "zh-Hans", "b", "trade"),
    Unit("落實「十四五」規劃，發展 AI 技術。", "Carry out the 14th Five-Year Plan and build AI.", origin="a"),
    Unit("我們擴建了學校。", "We built schools: tax, refund and form.", origin="a", state="draft"),
    Unit("完成100%。", "100% done [/] (Art. 3).", origin="a"),
    Unit("税", "tax", "zh-Hans", "en", "c"),
]


@pytest.fixture(params=["read whole", "index"])
def memory(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    if request.param == "index":
        monkeypatch.setattr(memory_module, "SMALL", 0)
    with Workspace.open(str(tmp_path / "memory.db"), seed=False) as workspace:
        workspace.memory.add(UNITS)
        yield workspace.memory


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        (["退稅"], [1, 2]),
        (["退税"], [1, 2]),
        (["tax refund"], [1, 2]),
        (["Tax Refunds"], [1, 2]),
        (["export"], [3]),
        (["exporting"], [3]),
        (["form"], [5]),
        (["formats"], [3]),
        (["build"], [5, 4]),
        (["十四五規劃"], [4]),
        (["「十四五」规划"], [4]),
        (["ai技术"], [4]),
        (["AI"], [4]),
        (["five-year plans"], [4]),
        (["稅"], [7, 1, 2]),
        (["校"], [5]),
        (["100%"], [6]),
        (["art. 3"], [6]),
        (["離境", "本市"], [2]),
        (["refund", "tax"], [1, 5, 2]),
        (["schools", "學校"], []),
        (["海關"], []),
        (["customs"], []),
        (["「」"], []),
        ([""], []),
        ([], []),
    ],
)
def test_phrases_are_found_in_either_language_and_any_form(memory: Memory, phrases: list[str], expected: list[int]) -> None:
    found = memory.concordance(phrases)
    assert [hit.unit.id for hit in found.hits] == expected
    assert (found.total, found.exact) == (len(expected), True)


def test_hits_say_where_the_phrase_stands(memory: Memory) -> None:
    (hit,) = memory.concordance(["十四五規劃"]).hits
    assert [hit.unit.source[start:end] for start, end in hit.source_spans] == ["十四五」規劃"]
    assert hit.target_spans == ()
    (hit,) = memory.concordance(["ai"]).hits
    assert [hit.unit.source[start:end] for start, end in hit.source_spans] == ["AI"]
    assert [hit.unit.target[start:end] for start, end in hit.target_spans] == ["AI"]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("tax refund", "Tax refunds, a tax-refund and tax, refund", ["Tax refunds", "tax-refund"]),
        ("rate", "rates and ratios of rate-rated rates", ["rates", "rate", "rated", "rates"]),
        ("centre", "Health centers", ["centers"]),
        ("退稅", "退税、退稅、退 稅", ["退税", "退稅", "退 稅"]),
        ("ａ股", "A 股與A股", ["A 股", "A股"]),
        ("二", "二零二二年", ["二", "二", "二"]),
    ],
)
def test_spans(phrase: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in Phrase.of(phrase).spans(text)] == found


def test_of_overlapping_spans_the_longer_is_kept() -> None:
    text = "the departure tax refund, the tax"
    spans = spans_of(map(Phrase.of, ("tax", "tax refund", "departure tax refunds")), text)
    assert [text[start:end] for start, end in spans] == ["departure tax refund", "tax"]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (UnitFilter(origins=("b",)), [2]),
        (UnitFilter(domains=("tax",)), [2]),
        (UnitFilter(states=("draft",)), []),
        (UnitFilter(until="2025-02-01"), [1]),
        (UnitFilter(since="2025-02-01"), [7, 2]),
    ],
)
def test_filters(memory: Memory, only: UnitFilter, expected: list[int]) -> None:
    assert [hit.unit.id for hit in memory.concordance(["稅"], only=only).hits] == expected


@pytest.mark.parametrize("whole", [2_000, 5])
def test_pages_join_to_all_hits_each_once(memory: Memory, monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    """Also where there are more hits than are read: then they come in the order of the index."""
    monkeypatch.setattr(concordance_module, "READ_WHOLE", whole)
    monkeypatch.setattr(concordance_module, "_SLICE", 3)
    monkeypatch.setattr(concordance_module, "_LISTED", 0)
    memory.add([Unit(f"第{n}份預算{'案' * (n % 9)}。", f"Budget {n}.", origin="n") for n in range(60)])
    pages = [memory.concordance(["預算"], limit=7, offset=offset) for offset in range(0, 63, 7)]
    ids = [hit.unit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == 60
    assert {(page.total, page.exact) for page in pages} == {(60, True)}
    assert memory.concordance(["預算"], limit=7, offset=60).hits == ()
    filtered = memory.concordance(["預算"], limit=60, only=UnitFilter(origins=("n",)))
    assert len(filtered.hits) == filtered.total == 60
