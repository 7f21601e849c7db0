"""The CAT report against cases counted by hand, and what pre-translation says it did."""

import pytest

from tm.analysis import BANDS, Count, analyse, band_of, together
from tm.matching import Match
from tm.pretranslation import pretranslate, summary_of
from tm.unit import Unit
from workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("擴大內需。", 4, 5),
        ("全年新增1,280家，增長2.5%。", 9, 18),
        ("The low-altitude economy isn’t new.", 5, 31),
        ("AI+ 行動 (2025/26)", 4, 14),
        ("  多謝  你 ", 3, 3),
        ("——", 0, 2),
    ],
)
def test_words_and_characters(text: str, words: int, characters: int) -> None:
    count = Count()
    count.add(text)
    assert (count.segments, count.words, count.characters) == (1, words, characters)


@pytest.mark.parametrize(
    ("kind", "score", "band"),
    [
        ("context", 1.0, "context"),
        ("exact", 1.0, "100"),
        ("fuzzy", 0.99, "95-99"),
        ("fuzzy", 0.95, "95-99"),
        ("fuzzy", 0.9499, "85-94"),
        ("fuzzy", 0.85, "85-94"),
        ("fuzzy", 0.8499, "75-84"),
        ("fuzzy", 0.75, "75-84"),
        ("fuzzy", 0.7499, "50-74"),
        ("fuzzy", 0.5, "50-74"),
    ],
)
def test_bands_have_no_gaps(kind: str, score: float, band: str) -> None:
    assert band_of(Match(Unit("甲", "a"), kind, score, "甲", "a")) == band  # type: ignore[arg-type]
    assert band_of(None) == "new"


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    empty_workspace.memory.add(
        [
            Unit("第一句是這樣寫成的。", "The first sentence is written so.", origin="a"),
            Unit("第二句緊隨其後。", "The second follows.", origin="a", before="第一句是這樣寫成的。", after="第三句收尾。"),
            Unit("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸", "Twenty.", origin="b"),
        ]
    )
    return empty_workspace


def test_every_segment_is_counted_once_in_its_band(workspace: Workspace) -> None:
    twenty = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
    first = [
        "第一句是這樣寫成的。",  # 100: the file begins here, so it is not in its stored context, which is none
        "第二句緊隨其後。",  # context
        "第三句收尾。",  # new
        "第一句是這樣寫成的。",  # repetition
        "第一句是这样写成的。",  # a repetition, too: the other script
        f"{twenty[:-1]}子",  # 19 of 20
        f"{twenty[:-2]}子丑",  # 18 of 20
        f"{twenty[:-5]}子丑寅卯辰",  # 15 of 20
        f"{twenty[:-10]}子丑寅卯辰巳午未申酉",  # 10 of 20
    ]
    second = ["第三句收尾。", "那邊有人唱歌！", "那邊有人唱歌！"]
    analyses = analyse(workspace.memory, [("a", first), ("b", second)])
    found = [{band: count.segments for band, count in one.bands.items() if count.segments} for one in analyses]
    assert found == [
        {"repetition": 2, "context": 1, "100": 1, "95-99": 1, "85-94": 1, "75-84": 1, "50-74": 1, "new": 1},
        {"repetition": 1, "cross-file repetition": 1, "new": 1},
    ]
    assert tuple(analyses[0].bands) == BANDS
    assert (analyses[0].bands["context"].words, analyses[0].bands["context"].characters) == (7, 8)
    whole = together(analyses)
    assert whole.total() == Count(12, sum(one.total().words for one in analyses), sum(one.total().characters for one in analyses))
    assert (whole.bands["repetition"].segments, whole.bands["new"].segments) == (3, 2)


def test_segments_translated_already_are_context_only(workspace: Workspace) -> None:
    segments = list(enumerate(["第一句是這樣寫成的。", "第二句緊隨其後。", "第三句收尾。"]))
    filled = pretranslate(workspace.memory, segments, without={0, 2})
    assert [(one.index, one.match.kind, one.review) for one in filled] == [(1, "context", False)]
    summary = summary_of(pretranslate(workspace.memory, [*segments, (3, "一二三四五六七八九十甲乙丙丁戊己庚辛壬子")]))
    assert (summary.kinds, summary.numbers) == ({"context": 1, "exact": 1, "fuzzy": 1}, 0)
    assert list(summary.origins.items()) == [("a", 2), ("b", 1)]
