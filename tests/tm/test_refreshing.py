"""Newer curated pairs in a memory that older ones filled."""

from dataclasses import replace
from pathlib import Path

import pytest

from tm.formats.entries import ReadOptions
from tm.memory import Memory
from tm.store import PairsRefreshed, UnitFilter
from tm.unit import Unit
from workspace.workspace import Workspace

FIRST = Unit("減稅一成。", "Tax is cut by 10%.", origin="yuqiao")
SECOND = Unit("退稅已開始。", "Refunds have begun.", origin="yuqiao")
THIRD = Unit("海關已放行。", "Customs has released it.", origin="yuqiao")


@pytest.fixture
def memory(empty_workspace: Workspace) -> Memory:
    empty_workspace.memory.seed([FIRST, SECOND])
    return empty_workspace.memory


def targets(memory: Memory) -> list[str]:
    return [unit.target for unit in memory.store.listing(UnitFilter())]


def one(memory: Memory, target: str) -> Unit:
    return next(unit for unit in memory.store.listing(UnitFilter()) if unit.target == target)


def test_what_is_as_it_was_writes_nothing(memory: Memory) -> None:
    assert memory.refresh([FIRST, SECOND]) == PairsRefreshed(0, 0, 0)
    assert memory.store.last_change() == 1


def test_newer_pairs_come_and_dropped_ones_go(memory: Memory) -> None:
    assert memory.refresh([SECOND, THIRD], dry_run=True) == PairsRefreshed(1, 0, 1)
    assert targets(memory) == [FIRST.target, SECOND.target]
    assert memory.refresh([SECOND, THIRD]) == PairsRefreshed(1, 0, 1)
    assert targets(memory) == [SECOND.target, THIRD.target]
    assert memory.match(THIRD.source)[0].unit.target == THIRD.target


def test_undo_takes_it_back_and_it_can_be_done_again(memory: Memory) -> None:
    memory.refresh([SECOND, THIRD])
    assert memory.undo().summary == "1 added, 0 moved, 1 removed"
    assert targets(memory) == [FIRST.target, SECOND.target]
    assert memory.refresh([SECOND, THIRD]) == PairsRefreshed(1, 0, 1)


def test_what_a_user_edited_or_deleted_stays_so(memory: Memory) -> None:
    memory.edit(replace(one(memory, FIRST.target), target="A tax cut of 10%."))
    memory.delete([one(memory, SECOND.target).id])
    assert memory.refresh([FIRST, SECOND]) == PairsRefreshed(0, 0, 0)
    assert memory.refresh([THIRD]) == PairsRefreshed(1, 0, 0)
    assert targets(memory) == ["A tax cut of 10%.", THIRD.target]


def test_what_a_user_took_back_does_not_count(memory: Memory) -> None:
    memory.delete([one(memory, SECOND.target).id])
    memory.undo()
    assert memory.refresh([FIRST]) == PairsRefreshed(0, 0, 1)


def test_pairs_that_users_brought_are_let_alone(memory: Memory, tmp_path: Path) -> None:
    """Also where the curated data has, or had, the same ones."""
    path = tmp_path / "own.tsv"
    path.write_text(f"zh-Hant-HK\ten\n{FIRST.source}\t{FIRST.target}\n{THIRD.source}\t{THIRD.target}\n", encoding="utf-8")
    memory.import_files([path], ReadOptions(origin="ours"))
    assert memory.refresh([SECOND, THIRD]) == PairsRefreshed(0, 0, 0)
    assert targets(memory) == [FIRST.target, SECOND.target, THIRD.target]
    assert memory.refresh([]) == PairsRefreshed(0, 0, 1)
    assert targets(memory) == [FIRST.target, THIRD.target]


def test_a_pair_of_another_domain_is_moved(memory: Memory) -> None:
    moved = replace(FIRST, domain="tax")
    assert memory.refresh([moved, SECOND]) == PairsRefreshed(0, 1, 0)
    assert one(memory, FIRST.target).domain == "tax"
    assert memory.refresh([moved, SECOND]) == PairsRefreshed(0, 0, 0)
    memory.undo()
    assert one(memory, FIRST.target).domain == ""


def test_the_index_follows(empty_workspace: Workspace) -> None:
    """In a memory so large that it has one."""
    many = [
        Unit(f"第{number}條已於當日生效並公布。", f"Article {number} has come into force.", origin="yuqiao")
        for number in range(3_000)
    ]
    memory = empty_workspace.memory
    memory.seed(many)
    assert memory.match(many[7].source)[0].score == 1
    memory.refresh([*many[:7], *many[8:], THIRD])
    assert memory.match(THIRD.source)[0].unit.target == THIRD.target
    assert many[7].target not in [match.unit.target for match in memory.match(many[7].source)]
