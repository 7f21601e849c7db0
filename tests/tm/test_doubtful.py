"""Pairs an alignment was not sure of: which, in what order, with what evidence, and out of the queue once reviewed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lang.errors import NotFoundError
from tm.doubtful import doubtful_pairs
from tm.store import UnitFilter
from tm.unit import CONFIDENCE, Unit
from workspace.workspace import Workspace


def unit(source: str, target: str, confidence: str = "", **fields: str) -> Unit:
    properties = ((CONFIDENCE, confidence),) if confidence else ()
    return Unit(source, target, origin=fields.pop("origin", "report"), properties=properties, **fields)  # type: ignore[arg-type]


UNITS = (
    unit("擴大內需。", "Expand domestic demand.", "0.950"),
    unit("新增就業300萬人。", "We will create 5 million jobs.", "0.410"),
    unit("深化改革。", "Deepen reform.", "0.120"),
    unit("對外開放。", "Opening up.", origin="other"),
    unit("發展農業。", "Develop agriculture.", "0.300", state="reviewed"),
    unit("保障民生。", "Ensure people's wellbeing.", "very low"),
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(str(tmp_path / "doubtful.db"), seed=False, user="tester") as opened:
        opened.memory.add(UNITS)
        yield opened


def test_the_least_sure_come_first_with_their_neighbours_and_what_else_is_wrong(workspace: Workspace) -> None:
    pairs, total = doubtful_pairs(workspace.memory.store, limit=10)
    assert ([pair.unit.id for pair in pairs], total) == ([3, 2], 2)
    assert [pair.confidence for pair in pairs] == [0.12, 0.41]
    assert [pair.reasons for pair in pairs] == [(), ("numbers",)]
    reform, jobs = pairs
    # The next pair is of another memory, so it says nothing about this one.
    assert (reform.before and reform.before.id, reform.after) == (2, None)
    assert (jobs.before and jobs.before.id, jobs.after and jobs.after.id) == (1, 3)


def test_no_more_are_read_than_asked_for(workspace: Workspace) -> None:
    pairs, total = doubtful_pairs(workspace.memory.store, limit=1)
    assert ([pair.unit.id for pair in pairs], total) == ([3], 2)
    assert doubtful_pairs(workspace.memory.store, limit=10, below=0.2)[1] == 1


def test_they_are_those_that_the_filter_takes(workspace: Workspace) -> None:
    store = workspace.memory.store
    for below in (0.05, 0.2, 0.5, 1.0):
        only = UnitFilter(below=below)
        assert (
            sorted(store.doubtful(below))
            == [one.id for one in store.listing(only)]
            == [one.id for one in store.listing(UnitFilter()) if only.takes(one)]
        )


def test_reviewed_they_are_doubtful_no_more_until_that_is_undone(workspace: Workspace) -> None:
    memory = workspace.memory
    before = [memory.unit(2), memory.unit(3)]
    assert memory.review([3, 2, 3]) == [before[1], before[0]]
    assert memory.store.doubtful(0.8) == []
    assert [memory.unit(number).state for number in (2, 3)] == ["reviewed", "reviewed"]
    change = memory.store.changes(1)[0]
    assert (change.kind, change.units, change.by) == ("edit", 2, "tester")
    memory.undo()
    assert [memory.unit(2), memory.unit(3)] == before
    assert memory.store.doubtful(0.8) == [3, 2]


def test_nothing_is_reviewed_where_one_is_not_there(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no pair 99"):
        workspace.memory.review([2, 99])
    assert workspace.memory.unit(2).state == "translated"
    changes = len(workspace.memory.store.changes(10))
    assert workspace.memory.review([]) == []
    assert len(workspace.memory.store.changes(10)) == changes


def test_a_pair_that_is_edited_to_be_reviewed_is_settled(workspace: Workspace) -> None:
    workspace.memory.edit(replace(workspace.memory.unit(2), target="We will create 3 million jobs.", state="reviewed"))
    assert workspace.memory.store.doubtful(0.8) == [3]
