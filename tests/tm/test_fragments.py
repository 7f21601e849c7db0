"""Pieces that stored segments share with a query: as long as trying every run finds them."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tm.unit import Unit
from workspace.workspace import Workspace

STORED = ("發展低空經濟和低空旅遊", "低空經濟產值", "經濟低空經濟產", "旅遊經濟發展")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(str(tmp_path_factory.mktemp("fragments") / "small.db"), seed=False) as opened:
        for text in STORED:
            opened.memory.add_one(Unit(text, f"Translation of {text}"))
        opened.memory.add_one(Unit("甲", "The economy of the low altitude grew in the year."))
        yield opened


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="低空經濟產值旅遊發展和", min_size=4, max_size=14))
def test_the_longest_piece_is_found(workspace: Workspace, query: str) -> None:
    runs = [query[start:end] for start in range(len(query)) for end in range(start + 4, len(query) + 1)]
    longest = max((len(run) for run in runs if any(run in text for text in STORED)), default=0)
    found = workspace.memory.fragments(query, language="zh")
    assert max((len(part.text) for part in found), default=0) == longest
    for part in found:
        assert query[part.start : part.end] == part.text
        assert part.text in part.unit.source
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_english_pieces_are_whole_words(workspace: Workspace) -> None:
    found = workspace.memory.fragments("Anatomy: the low altitude grew inside", language="en")
    assert [part.text for part in found] == ["the low altitude grew"]
