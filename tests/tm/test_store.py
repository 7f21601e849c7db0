"""The store of units: doubles, history, undo, and the index that follows it whatever happens."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lang.errors import ConflictError, NotFoundError
from tm import memory as memory_module
from tm.store import UnitFilter
from tm.unit import Unit, pair_key
from workspace.workspace import Workspace

UNIT = Unit("擴大內需。", "Expand domestic demand.", origin="a", domain="economy", author="li", properties=(("x-note", "n"),))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(str(tmp_path / "store.db"), seed=False, user="tester") as opened:
        yield opened


def test_a_unit_comes_back_whole(workspace: Workspace) -> None:
    full = replace(UNIT, created="2025-01-02T03:04:05+00:00", changed="2025-02-03T00:00:00+00:00", before="前。", after="後。")
    workspace.memory.add([full])
    assert list(workspace.memory.store.listing(UnitFilter())) == [replace(full, id=1)]


def test_doubles_are_merged_and_keep_every_origin(workspace: Workspace) -> None:
    store = workspace.memory.store
    report = workspace.memory.add([UNIT, replace(UNIT, origin="b"), replace(UNIT, origin="c"), replace(UNIT, origin="b")])
    assert (report.read, report.added, report.merged) == (4, 1, 2)
    assert store.origins_of(1) == ["a", "b", "c"]
    again = workspace.memory.add([UNIT])
    assert (again.added, again.merged, again.change_id) == (0, 0, 0)
    assert {origin.name: origin.units for origin in store.origins()} == {"a": 1, "b": 0, "c": 0}


def test_listing_by_origin_and_domain(workspace: Workspace) -> None:
    workspace.memory.add([UNIT, Unit("穩定外需。", "Stabilize external demand.", origin="b")])
    store = workspace.memory.store
    assert [unit.origin for unit in store.listing(UnitFilter(origins=("b",)))] == ["b"]
    assert store.count(UnitFilter(domains=("economy",))) == 1


def test_ids_are_those_of_the_listing_in_its_order(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tm.sqlite_store._FIRST_IDS", 3)
    monkeypatch.setattr("tm.sqlite_store._IDS", 4)
    memory = workspace.memory
    memory.add([Unit(f"第{n}句。", f"Sentence {n}.", origin="ab"[n % 2]) for n in range(12)])
    memory.delete([5])
    for only in (UnitFilter(), UnitFilter(origins=("a",))):
        parts = list(memory.store.ids(only))
        assert [unit_id for part in parts for unit_id in part] == [unit.id for unit in memory.store.listing(only)]
    assert [len(part) for part in memory.store.ids(UnitFilter())] == [3, 4, 4]


def test_undo_of_an_import_takes_all_of_it_back_and_leaves_the_rest(workspace: Workspace) -> None:
    memory = workspace.memory
    memory.add([UNIT])
    memory.add([replace(UNIT, origin="b"), *(Unit(f"第{n}句。", f"Sentence {n}.") for n in range(50))], kind="import")
    assert memory.count() == 51
    undone = memory.undo()
    assert undone.kind == "import"
    assert memory.count() == 1
    assert memory.store.origins_of(1) == ["a"]
    memory.undo()
    assert memory.count() == 0
    with pytest.raises(NotFoundError):
        memory.undo()


def test_undo_of_an_edit_and_the_order_it_asks_for(workspace: Workspace) -> None:
    memory = workspace.memory
    added = memory.add([UNIT]).change_id
    (unit,) = memory.store.units([1]).values()
    memory.store.edit(replace(unit, target="Boost domestic demand."), by="reviser")
    with pytest.raises(ConflictError, match="came after"):
        memory.undo(added)
    memory.undo()
    assert memory.store.units([1])[1].target == UNIT.target
    memory.undo(added)
    assert memory.count() == 0


def test_an_edit_cannot_make_a_double(workspace: Workspace) -> None:
    workspace.memory.add([UNIT, Unit("穩定外需。", "Stabilize external demand.")])
    second = workspace.memory.store.units([2])[2]
    with pytest.raises(ConflictError):
        workspace.memory.store.edit(replace(second, source=UNIT.source, target=UNIT.target), by="x")
    assert workspace.memory.store.units([2])[2] == second


def test_changes_say_who_and_what(workspace: Workspace) -> None:
    workspace.memory.add([UNIT], kind="import", summary="a.tmx")
    (change,) = workspace.memory.store.changes(5)
    assert (change.kind, change.by, change.summary, change.units) == ("import", "tester", "a.tmx", 1)


@pytest.mark.parametrize("damage", ["gone", "no state", "old state", "garbage", "cut"])
def test_a_lost_or_damaged_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setattr(memory_module, "SMALL", 0)
    path = tmp_path / "memory.db"
    folder = tmp_path / "memory.db.index"
    with Workspace.open(str(path), seed=False) as opened:
        opened.memory.add([UNIT, Unit("穩定外需。", "Stabilize external demand.")])
        assert opened.memory.match(UNIT.source)
    if damage == "gone":
        shutil.rmtree(folder)
    elif damage == "no state":
        (folder / "state").unlink()
    elif damage == "old state":
        (folder / "state").write_text("0 1")
    elif damage == "garbage":
        (folder / "meta.json").write_text("not json")
    else:
        for file in folder.glob("*.term"):
            file.write_bytes(file.read_bytes()[:20])
    with Workspace.open(str(path), seed=False) as opened:
        assert opened.memory.match("擴大內需。")[0].score == 1.0
        assert opened.memory.match("穩定外需！")[0].score > 0.7


def test_an_index_left_behind_catches_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after a crash between the database's commit and the index's."""
    monkeypatch.setattr(memory_module, "SMALL", 0)
    with Workspace.open(str(tmp_path / "memory.db"), seed=False) as opened:
        opened.memory.add([UNIT])
        opened.memory.store.add([Unit("穩定外需。", "Stabilize external demand.")], kind="add", by="x", summary="")
        opened.memory.store.delete([1], by="x")
        opened.memory.add([Unit("防範風險。", "Prevent risks.")])
        (risk,) = (unit for unit in opened.memory.store.listing(UnitFilter()) if unit.target == "Prevent risks.")
        opened.memory.store.edit(replace(risk, source="化解風險。"), by="x")
        opened.memory.store.add([Unit("改革開放。", "Reform and opening up.")], kind="add", by="x", summary="")
    with Workspace.open(str(tmp_path / "memory.db"), seed=False) as opened:
        for source in ("穩定外需。", "化解風險。", "改革開放。"):
            assert [match.score for match in opened.memory.match(source)] == [1.0]
        assert opened.memory.match(UNIT.source) == []
        assert opened.memory.match("防範風險。", lowest=0.9) == []


def test_undo_of_undo_does_any_change_again(workspace: Workspace) -> None:
    """An import with doubles, an edit and a deletion, each undone and done again; the last of them is then undone once more."""
    memory, store = workspace.memory, workspace.memory.store
    memory.add([UNIT])
    memory.add([replace(UNIT, origin="b"), Unit("穩定外需。", "Stabilize external demand.")], kind="import")
    second = list(store.listing(UnitFilter()))[1]
    memory.edit(replace(second, target="Steady external demand."))
    memory.delete([1])

    def state() -> tuple[list[Unit], list[str]]:
        return list(store.listing(UnitFilter())), store.origins_of(1)

    states = [state()]
    undos = []
    for _ in range(3):
        memory.undo()
        undos.append(store.last_change())
        states.append(state())
    assert states[-1] == ([replace(UNIT, id=1, created=memory.unit(1).created)], ["a"])
    for undo, expected in zip(reversed(undos), reversed(states[:-1]), strict=True):
        memory.undo(undo)
        assert state() == expected
    memory.undo(store.last_change())
    assert state() == states[1]
    assert memory.match(UNIT.source)[0].kind == "exact"
    with pytest.raises(ConflictError, match="undone already"):
        memory.undo(undos[0] - 1)


def test_undo_of_a_deletion_whose_pair_was_added_anew_says_so(workspace: Workspace) -> None:
    memory = workspace.memory
    memory.add([UNIT])
    memory.delete([1])
    deletion = memory.store.last_change()
    memory.add([UNIT])
    with pytest.raises(ConflictError, match="stored anew"):
        memory.undo(deletion)
    assert [unit.id for unit in memory.store.listing(UnitFilter())] == [2]


def test_an_origin_undone_can_be_given_again(workspace: Workspace) -> None:
    memory = workspace.memory
    memory.add([UNIT])
    memory.add([replace(UNIT, origin="b")])
    memory.undo()
    assert memory.store.origins_of(1) == ["a"]
    assert memory.add([replace(UNIT, origin="b")]).merged == 1
    assert memory.store.origins_of(1) == ["a", "b"]


def test_edits_leave_nothing_old_in_the_index(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_module, "SMALL", 0)
    memory = workspace.memory
    memory.add([UNIT, Unit("穩定外需。", "Stabilize external demand.")])
    for target in ("Boost domestic demand.", "Raise domestic demand.", "Lift domestic demand."):
        memory.edit(replace(memory.unit(1), target=target))
    index = memory.index()
    assert index is not None
    assert index.candidates("expand boost raise lift domestic", "en", pieces=10, limit=10) == [1]
    assert index.candidates("扩大内需", "zh", pieces=10, limit=10) == [1]
    memory.delete([1])
    assert index.candidates("扩大内需", "zh", pieces=10, limit=10) == []


@pytest.mark.parametrize("rebuild", [0, 1_000])
def test_the_index_follows_the_undoing_of_an_import(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, rebuild: int) -> None:
    """Also of one so large that the index is rather made anew."""
    monkeypatch.setattr(memory_module, "SMALL", 0)
    monkeypatch.setattr(memory_module, "_REBUILD", rebuild)
    memory = workspace.memory
    memory.add([UNIT])
    memory.add([Unit(f"第{n}份預算案。", f"Budget {n}.") for n in range(600)], kind="import")
    steps: list[int] = []
    memory.undo(progress=steps.append)
    assert steps == [500, 600]
    assert memory.match("第5份預算案。") == []
    assert memory.match(UNIT.source)[0].kind == "exact"
    memory.undo(memory.store.last_change())
    assert memory.match("第5份預算案。")[0].kind == "exact"
    assert memory.concordance(["預算案"]).total == 600


def test_pairs_brought_again_replace_their_own_former_ones_only(workspace: Workspace) -> None:
    memory = workspace.memory
    first, second = replace(UNIT, target="First."), replace(UNIT, target="Second.")
    elsewhere = replace(UNIT, target="Elsewhere.", origin="b")
    memory.add([elsewhere])
    brought = memory.bring([first, second], former=[], summary="a.zh.txt, a.en.txt")
    assert (brought.added, brought.removed, brought.reviewed, brought.known) == (2, 0, 0, 0)
    former = [pair_key(unit) for unit in (first, second, elsewhere)]
    third, accepted = replace(UNIT, target="Third."), replace(second, state="reviewed")
    brought = memory.bring([accepted, third], former=former, summary="a.zh.txt, a.en.txt")
    assert (brought.added, brought.removed, brought.reviewed, brought.known) == (1, 1, 1, 1)
    stored = {unit.target: unit.state for unit in memory.store.listing(UnitFilter())}
    assert stored == {"Elsewhere.": "translated", "Second.": "reviewed", "Third.": "translated"}
    for _ in range(3):
        memory.undo()
    assert {unit.target for unit in memory.store.listing(UnitFilter())} == {"Elsewhere.", "First.", "Second."}


def test_what_a_person_edited_meanwhile_stays(workspace: Workspace) -> None:
    memory = workspace.memory
    memory.bring([UNIT], former=[], summary="a")
    memory.edit(replace(memory.unit(1), target="Expand demand at home."))
    memory.bring([replace(UNIT, target="Boost demand.")], former=[pair_key(UNIT)], summary="a")
    assert {unit.target for unit in memory.store.listing(UnitFilter())} == {"Expand demand at home.", "Boost demand."}
