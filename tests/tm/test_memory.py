"""The memory: pairs that use a phrase, and the curated pairs."""

from dataclasses import replace
from pathlib import Path

import pytest

from lang.errors import BadFileError
from lang.script import detect_script, has_han
from tm.curated import read_curated
from tm.memory import Memory
from tm.unit import Unit
from workspace.workspace import Workspace

UNITS = [
    Unit("本市將推行離境退稅即買即退。", "The city will offer instant departure tax refunds.", domain="tax"),
    Unit("发展低空经济。", "Develop the low-altitude economy.", "zh-Hans", "en", "own"),
    Unit("The AI Plus initiative goes on.", "“人工智能＋”行動繼續推進。", "en", "zh-Hant-HK"),
    Unit("退稅。", "Tax refund."),
    Unit("100%_完成 [/] 「五五」", "100%_ done [/] 'now'"),
]


@pytest.fixture
def memory(empty_workspace: Workspace) -> Memory:
    empty_workspace.memory.seed(UNITS)
    return empty_workspace.memory


def numbers(found: list[Unit]) -> list[int]:
    return [unit.id for unit in found]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("離境退稅", [1]),
        ("离境退税", [1]),
        ("退稅", [4, 1]),
        ("退税", [4, 1]),
        ("低空經濟", [2]),
        ("tax refund", [4, 1]),
        ("TAX REFUND", [4, 1]),
        ("ｔａｘ", [4, 1]),
        ("人工智能+", [3]),
        ("人工智能＋", [3]),
        ("ai plus", [3]),
        ("100%", [5]),
        ("%_", [5]),
        ("[/]", [5]),
        ("五五", [5]),
        ("%", [5]),
        ("海關", []),
        ("", []),
        ("  ", []),
        ("「」", []),
    ],
)
def test_pairs_are_found_in_either_language_script_width_and_case(memory: Memory, phrase: str, expected: list[int]) -> None:
    assert numbers(memory.pairs_with([phrase])) == expected


def test_pairs_come_back_as_they_were_stored(memory: Memory) -> None:
    (unit,) = memory.pairs_with(["低空"])
    assert unit == replace(UNITS[1], id=2, created=unit.created)
    assert memory.count() == len(UNITS)


def test_several_phrases_give_each_pair_once_up_to_the_limit(memory: Memory) -> None:
    assert numbers(memory.pairs_with(["離境", "退稅", "low-altitude"])) == [1, 4, 2]
    assert numbers(memory.pairs_with(["離境", "退稅", "low-altitude"], limit=2)) == [1, 4]
    assert memory.pairs_with([]) == []


def test_units_are_added_all_or_none(memory: Memory) -> None:
    def units() -> list[Unit]:
        return [Unit("甲", "one"), Unit("乙", None)]  # type: ignore[arg-type]

    with pytest.raises(Exception, match=r".+"):
        memory.seed(units())
    assert memory.count() == len(UNITS)


def test_the_curated_pairs_are_in_order(seeded_workspace: Workspace) -> None:
    units = list(read_curated())
    assert len(units) == seeded_workspace.memory.count() > 200
    domains = {concept.domain for concept in seeded_workspace.glossary.concepts()}
    for unit in units:
        assert unit.domain in domains
        assert (unit.source_lang, unit.target_lang, unit.origin) == ("zh-Hant-HK", "en", "yuqiao")
        assert has_han(unit.source)
        assert not has_han(unit.target)
        assert detect_script(unit.source) in ("Hant", "common")
    assert len({unit.source for unit in units}) == len(units)


def test_the_curated_pairs_show_terms_in_use(seeded_workspace: Workspace) -> None:
    for query in ("離境退稅", "低空经济"):
        concept = seeded_workspace.glossary.lookup(query)[0].concept
        pairs = seeded_workspace.memory.pairs_with(concept.texts("zh"))
        assert pairs, query


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("zh\ten\n", 1),
        ("zh-Hant-HK\ten\n稅\n", 2),
        ("zh-Hant-HK\ten\n稅\ttax\n\ttax\n", 3),
        ("zh-Hant-HK\ten\n稅\ttax\tmore\n", 2),
    ],
)
def test_a_bad_file_of_pairs_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "tax.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError) as caught:
        list(read_curated(tmp_path))
    assert caught.value.line == line
