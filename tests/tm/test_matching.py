"""Matches: kinds, scores, scripts, numbers, context, both directions, with and without the index."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm import memory as memory_module
from tm.matching import difference
from tm.score import NUMBER_PENALTY, SCRIPT_CEILING, score, segment_key
from tm.unit import Unit
from workspace.workspace import Workspace

PAIRS = [
    ("深圳將大力發展低空經濟。", "Shenzhen will develop the low-altitude economy."),
    ("全年出口總額增長5.5%。", "Total exports grew by 5.5 percent over the year."),
    ("全年進口總額增長三成。", "Total imports grew by 30 percent over the year."),
    ("我們要擴大內需。", "We need to expand domestic demand."),
    ("我們要穩定外需。", "We need to stabilize external demand."),
]


@pytest.fixture(params=["read whole", "indexed"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A small memory, once read whole and once through the index that large ones have."""
    if request.param == "indexed":
        monkeypatch.setattr(memory_module, "SMALL", 0)
    with Workspace.open(str(tmp_path / "memory.db"), seed=False, user="tester") as opened:
        opened.memory.add([Unit(zh, en, origin="reports") for zh, en in PAIRS])
        yield opened


def test_exact_match_is_whole(workspace: Workspace) -> None:
    match = workspace.memory.match(PAIRS[0][0])[0]
    assert (match.kind, match.score, match.target) == ("exact", 1.0, PAIRS[0][1])
    assert match.unit.origin == "reports"


def test_the_other_script_is_found_labelled_and_below_one(workspace: Workspace) -> None:
    match = workspace.memory.match("深圳将大力发展低空经济。")[0]
    assert (match.score, match.kind, match.other_script) == (SCRIPT_CEILING, "fuzzy", True)
    assert match.target == PAIRS[0][1]


def test_score_is_that_of_the_characters(workspace: Workspace) -> None:
    query = "深圳將積極發展低空經濟。"
    match = workspace.memory.match(query)[0]
    assert match.score == round(1 - 2 / len(query), 4)
    assert not match.other_script


def test_english_is_scored_by_words_and_gives_chinese(workspace: Workspace) -> None:
    match = workspace.memory.match("We need to expand foreign demand.")[0]
    assert match.target == "我們要擴大內需。"
    assert match.source == PAIRS[3][1]
    assert match.score == pytest.approx(1 - 1 / 7, abs=0.01)


@pytest.mark.parametrize("query", ["全年出口總額增長6.1%。", "全年出口總額增長１２%。", "全年进口总额增长两成。"])
def test_other_numbers_are_a_match_with_a_penalty(workspace: Workspace, query: str) -> None:
    match = workspace.memory.match(query)[0]
    assert match.score == 1 - NUMBER_PENALTY
    assert match.numbers_differ


def test_one_number_in_a_long_sentence_costs_no_more_than_its_characters(workspace: Workspace) -> None:
    long = "高技術製造業增加值佔規模以上工業的比重提高到{}%，創歷史新高，並高於全省水平，也高於去年同期和年初所定目標。"
    workspace.memory.add([Unit(long.format(5), "It rose to 5 percent, a record high.")])
    match = workspace.memory.match(long.format(6))[0]
    assert match.numbers_differ
    assert match.score == round(1 - 1 / len(long.format(6)), 4) > 1 - NUMBER_PENALTY


def test_numbers_of_any_length_are_found_among_many_sentences_with_the_same_numbers(workspace: Workspace) -> None:
    others = [Unit(f"在一千二百三十四項第{'甲乙丙丁戊己庚辛'[n % 8]}{n}類中登記。", f"Other {n}.") for n in range(200)]
    workspace.memory.add([*others, Unit("共五項，已完成。", "Five items in all are done.")])
    match = workspace.memory.match("共一千二百三十四項，已完成。")[0]
    assert (match.source, match.numbers_differ) == ("共五項，已完成。", True)


def test_a_sentence_of_common_form_is_found_where_its_topic_was_replaced(workspace: Workspace) -> None:
    """The rare pieces of the query all belong to its new topic, which forty other sentences share."""
    topic = "水土流失危害"
    form = "違反本法規定，造成{}的，依法承擔民事責任。"
    about = [Unit(f"{topic}的{'防治監測調查評估預報巡查'[n % 12]}{chr(0x5400 + n)}工作。", f"About {n}.") for n in range(40)]
    common = [
        Unit(f"{part}{chr(0x5600 + n)}。", f"{n}")
        for n in range(100)
        for part in ("違反本法規定", "依法承擔民事責任", "造成損失的")
    ]
    workspace.memory.add([*about, *common, Unit(form.format("他人損害"), "They shall be liable.")])
    match = workspace.memory.match(form.format(topic))[0]
    assert match.target == "They shall be liable."


def test_sentences_of_two_to_six_characters_match(workspace: Workspace) -> None:
    workspace.memory.add([Unit(text, text) for text in ("附則", "總則。", "第三條", "以下簡稱", "改革開放。", "附則說明及其他")])
    for query, expected in (
        ("附則", "附則"),
        ("总则。", "總則。"),
        ("第三条", "第三條"),
        ("以下簡承", "以下簡稱"),
        ("改革開放！", "改革開放。"),
    ):
        assert workspace.memory.match(query)[0].source == expected
    assert workspace.memory.match("附") == []


def test_context_comes_before_exact(workspace: Workspace) -> None:
    first = Unit("推動發展。", "Promote growth.", before="第一節", after="第三節")
    second = Unit("推動發展。", "Promote development.", before="甲", after="乙")
    workspace.memory.add([first, second])
    best, other = workspace.memory.match("推動發展。", before="甲", after="乙")[:2]
    assert (best.kind, best.target) == ("context", "Promote development.")
    assert other.kind == "exact"
    in_simplified = workspace.memory.match("推動發展。", before="第一节", after="第三节")[0]
    assert (in_simplified.kind, in_simplified.target) == ("context", "Promote growth.")


def test_penalty_of_a_memory_is_taken_off(workspace: Workspace) -> None:
    workspace.memory.store.set_penalty("reports", 0.1)
    match = workspace.memory.match(PAIRS[0][0])[0]
    assert (match.score, match.kind) == (0.9, "fuzzy")


def test_lowest_and_limit(workspace: Workspace) -> None:
    assert workspace.memory.match("完全不同的句子，沒有任何相似。") == []
    found = workspace.memory.match("我們要擴大外需。", lowest=0.1, limit=2)
    assert len(found) == 2
    assert found[0].score >= found[1].score
    assert workspace.memory.match("   ") == []


def test_three_characters_find_the_sentences_that_have_them(workspace: Workspace) -> None:
    assert [unit.target for unit in workspace.memory.pairs_with(["低空经"])] == [PAIRS[0][1]]
    assert [unit.target for unit in workspace.memory.pairs_with(["外"])] == [PAIRS[4][1]]
    assert [unit.source for unit in workspace.memory.pairs_with(["Domestic demand"])] == [PAIRS[3][0]]


def test_what_was_added_changed_or_deleted_is_known_at_once(workspace: Workspace) -> None:
    memory = workspace.memory
    memory.add([Unit("新增的句子在這裏。", "A new sentence is here.")])
    match = memory.match("新增的句子在這裏。")[0]
    memory.store.edit(replace(match.unit, target="The new sentence is here."), by="tester")
    assert memory.match("新增的句子在這裏。")[0].target == "The new sentence is here."
    memory.store.edit(replace(match.unit, source="換了句子的來源文字。"), by="tester")
    assert memory.match("新增的句子在這裏。") == []
    memory.store.delete([match.unit.id], by="tester")
    assert memory.match("換了句子的來源文字。") == []
    memory.undo()
    assert memory.match("換了句子的來源文字。")[0].unit.id == match.unit.id


def test_difference_joined_is_query_and_match() -> None:
    query, match = "深圳將積極發展低空經濟。", "深圳將大力發展低空經濟！"
    edits = difference(query, match, "zh")
    assert "".join(edit.text for edit in edits if edit.kind != "match") == query
    assert "".join(edit.text for edit in edits if edit.kind != "query") == match
    english = difference("We expand demand.", "We stabilize demand.", "en")
    assert [edit.text for edit in english if edit.kind == "query"] == ["expand"]


TEXT = st.text("經济經濟發展发展增長12. a bc，。", max_size=30)


@given(TEXT, TEXT, st.sampled_from(["zh", "en"]))
def test_score_is_symmetric_and_one_only_for_equal_folds(a: str, b: str, language: str) -> None:
    one, other = segment_key(a), segment_key(b)
    value = score(one, other, language)  # type: ignore[arg-type]
    assert 0 <= value <= 1
    assert value == pytest.approx(score(other, one, language))  # type: ignore[arg-type]
    if language == "zh":
        assert (value == 1) == (one == other)


def test_index_finds_what_reading_everything_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two memories of the same 3,000 sentences, one read whole and one indexed, answer 60 edited queries alike."""
    chance = random.Random(7)
    words = "推動發展經濟社會全面深化改革開放創新驅動產業升級綠色低碳鄉村振興科技教育人才文化生態環境保護城市建設民生保障".strip()
    sentences = {"".join(chance.choice(words) for _ in range(chance.randint(8, 30))) for _ in range(3_000)}
    units = [Unit(text, f"Sentence {number}.") for number, text in enumerate(sorted(sentences))]
    tops: list[list[float]] = []
    for name, small in (("whole", 10_000), ("indexed", 0)):
        monkeypatch.setattr(memory_module, "SMALL", small)
        with Workspace.open(str(tmp_path / f"{name}.db"), seed=False) as opened:
            opened.memory.add(units)
            assert (opened.memory.index() is None) == (name == "whole")
            queries = random.Random(8)
            scores = []
            for _ in range(60):
                text = list(queries.choice(units).source)
                for _ in range(queries.randint(0, 3)):
                    text[queries.randrange(len(text))] = queries.choice(words)
                found = opened.memory.match("".join(text))
                scores.append(found[0].score if found else 0.0)
            tops.append(scores)
    assert tops[0] == tops[1]


def test_quotation_marks_of_the_other_script_are_no_difference(seeded_workspace: Workspace) -> None:
    query = "市级政务服务事项网上可办率达98.6%，“一件事一次办”主题服务累计办件逾320万件。"
    best = seeded_workspace.memory.match(query)[0]
    assert (best.score, best.other_script) == (0.99, True)
