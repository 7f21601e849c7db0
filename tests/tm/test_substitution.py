"""Numbers of a match replaced by the query's, and pieces of segments where nothing matches whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tm import memory as memory_module
from tm.substitution import with_query_numbers
from tm.unit import Unit
from workspace.workspace import Workspace

ECONOMY = (
    "低空經濟產值突破1,150億元，開通無人機航線268條。",
    "The output value of the low-altitude economy exceeded 115 billion yuan, with 268 drone routes in service.",
)


@pytest.mark.parametrize(
    ("query", "source", "target", "language", "tag", "expected"),
    [
        (
            "低空经济产值突破1,350亿元，开通无人机航线300条。",
            *ECONOMY,
            "zh",
            "en",
            "The output value of the low-altitude economy exceeded 135 billion yuan, with 300 drone routes in service.",
        ),
        ("進口增長兩成。", "進口增長三成。", "Imports grew by 30 percent.", "zh", "en", "Imports grew by 20 percent."),
        ("Exports grew by 6.1%.", "Exports grew by 5.5%.", "出口增長5.5%。", "en", "zh-Hant-HK", "出口增長6.1%。"),
        ("投資2.4萬億元。", "投資3,000億元。", "Investment: RMB 300 billion.", "zh", "en", "Investment: RMB 2.4 trillion."),
    ],
)
def test_numbers_are_put_in_as_the_target_writes_them(query, source, target, language, tag, expected):
    assert with_query_numbers(query, source, target, language, tag) == expected


@pytest.mark.parametrize(
    ("query", "source", "target"),
    [
        ("增長6%。", "增長5%。", "It grew by six percent."),
        ("增長6%，佔5%。", "增長5%，佔5%。", "It grew by 5 percent and accounted for 5 percent."),
        ("增長6%。", "增長5萬元。", "It grew by 50,000 yuan."),
        ("增長6%和7%。", "增長5%。", "It grew by 5 percent."),
        ("增長5%。", "增長5%。", "It grew by 5 percent."),
    ],
)
def test_what_is_not_safe_is_not_offered(query, source, target):
    assert with_query_numbers(query, source, target, "zh", "en") is None


@pytest.fixture(params=["read whole", "indexed"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    if request.param == "indexed":
        monkeypatch.setattr(memory_module, "SMALL", 0)
    with Workspace.open(str(tmp_path / "memory.db"), seed=False) as opened:
        opened.memory.add(
            [Unit(*ECONOMY), Unit("我們要擴大內需，穩定外需。", "We need to expand domestic and stabilize external demand.")]
        )
        yield opened


def test_a_match_brings_the_substituted_target(workspace: Workspace) -> None:
    match = workspace.memory.match("低空經濟產值突破1,350億元，開通無人機航線300條。")[0]
    assert match.numbers_differ
    assert "135 billion" in match.substituted
    assert match.target == ECONOMY[1]
    assert workspace.memory.match(ECONOMY[0])[0].substituted == ""


def test_fragments_cover_what_no_segment_matches(workspace: Workspace) -> None:
    query = "今年以來，全市擴大內需成效明顯，低空經濟產值突破新高，各項工作有序推進。"
    assert workspace.memory.match(query) == []
    parts = workspace.memory.fragments(query)
    assert [part.text for part in parts] == ["擴大內需", "低空經濟產值突破"]
    english = workspace.memory.fragments("Officials said the output value of the low-altitude economy had exceeded all plans.")
    assert "output value of the low-altitude economy" in english[0].text
