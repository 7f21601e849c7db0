"""The memory area: listing, search, pages, changes with undo, import and export."""

import threading

import pytest

from tm.store import UnitFilter
from tm.unit import Unit
from tui.app import YuqiaoApp
from tui.error_dialog import ErrorDialog
from tui.memory_form import UnitForm
from tui.memory_list import PAGE
from tui.memory_screen import MemoryScreen
from tui.path_picker import PathPicker
from workspace.workspace import Workspace

HOSTILE = "[/] [b"


@pytest.fixture
def go(settle):
    """Goes to the memory area, with this query."""

    async def to_memory(pilot, query=""):
        await pilot.press("ctrl+g", "m")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MemoryScreen)
        if query:
            screen.query_input.value = query
            await settle(pilot)
        return screen

    return to_memory


@pytest.fixture
def units_of(database):
    """What the database holds now."""

    def read():
        with Workspace.open(str(database), seed=False) as workspace:
            return list(workspace.memory.store.listing(UnitFilter()))

    return read


async def test_all_pairs_are_listed_and_the_current_one_shown(app: YuqiaoApp, go):
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await go(pilot)
        assert screen.units.row_count == 3
        assert "離境退稅商店" in screen.units.visible_lines[0]
        assert "The number of departure tax refund stores" in " ".join(screen.detail.plain_lines)
        await pilot.press("down")
        assert "low-altitude" in " ".join(screen.detail.plain_lines)
        await pilot.press("enter")
        assert screen.detail.has_focus
        await pilot.press("escape", "escape")
        assert screen.query_input.has_focus


async def test_pairs_of_either_direction_have_their_chinese_on_the_left_and_numbers_below_each_other(
    app: YuqiaoApp, database, go
):
    with Workspace.open(str(database), seed=False) as workspace:
        units = [Unit(f"low-altitude flight {n}", f"低空飛行{n}", "en", "zh-Hant") for n in range(9)]
        workspace.memory.add(units, summary="other direction")
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await go(pilot, "低空")
        lines = screen.units.visible_lines
        assert {len(line) - len(line.lstrip()) + len(line.split()[0]) for line in lines} == {2}
        assert all(line.index("低空") < line.index("low-") for line in lines)
        assert len(lines) == 10


async def test_a_phrase_is_found_and_marked_in_either_script(app: YuqiaoApp, go):
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await go(pilot, "低空经济")
        assert screen.units.row_count == 1
        unit = screen.units.current_unit
        source, target, in_source, in_target = screen.units.shown(unit)
        assert [source[a:b] for a, b in in_source] == ["低空經濟"]
        assert [target[a:b] for a, b in in_target] == ["low-altitude economy"]
        await pilot.press("escape", "escape")
        assert screen.query_input.value == ""


async def test_conditions_that_cannot_be_read_are_said_while_typing(app: YuqiaoApp, go):
    async with app.run_test() as pilot:
        screen = await go(pilot, "state:odd")
        assert "No state is called" in str(screen.status.render())
        assert app.screen is screen


async def test_nothing_found_says_what_to_do(app: YuqiaoApp, go):
    async with app.run_test() as pilot:
        screen = await go(pilot, "state:draft")
        assert screen.query_one("#memory-notice").display
        assert "No pair" in str(screen.query_one("#memory-notice").render())
        await pilot.press("f4", "f9")
        assert app.screen is screen


async def test_only_pages_near_the_screen_are_read(app: YuqiaoApp, database, go, settle):
    with Workspace.open(str(database), seed=False) as workspace:
        workspace.memory.store.add(
            (Unit(f"第{n}句。", f"Sentence {n}.") for n in range(2_500)), kind="import", by="t", summary="many"
        )
    async with app.run_test(size=(100, 24)) as pilot:
        screen = await go(pilot)
        assert screen.units.row_count == 2_503
        screen.units.focus()
        await pilot.press("end")
        await settle(pilot)
        assert "Sentence 2499." in screen.units.visible_lines[-1]
        assert screen.units.current_unit.target == "Sentence 2499."
        assert len(screen.units._units) <= 5 * PAGE


async def test_edit_delete_and_undo(app: YuqiaoApp, go, settle, units_of):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        await pilot.press("down", "f4")
        assert isinstance(app.screen, UnitForm)
        app.screen.query_one("#unit-target").text = f"We develop {HOSTILE}."
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert units_of()[1].target == f"We develop {HOSTILE}."
        assert screen.units.current == 1
        assert HOSTILE in " ".join(screen.detail.plain_lines)
        await pilot.press("f9")
        await settle(pilot)
        assert len(units_of()) == screen.units.row_count == 2
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert len(units_of()) == screen.units.row_count == 3
        assert [toast.message for toast in app._notifications][-1].startswith("Undid the deletion of 發展低空經濟。 = We develop")
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert units_of()[1].target == "We will develop the low-altitude economy."


async def test_an_empty_side_is_refused_in_the_form(app: YuqiaoApp, go, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot)
        await pilot.press("f4")
        app.screen.query_one("#unit-target").text = " "
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "both sides" in str(app.screen.query_one("#unit-message").render())
        await pilot.press("escape")
        assert isinstance(app.screen, MemoryScreen)


async def pick(pilot, settle, key, path):
    await pilot.press(key)
    assert isinstance(pilot.app.screen, PathPicker)
    pilot.app.screen.field.value = str(path)
    await pilot.press("enter")
    await settle(pilot)


async def test_export_and_import_of_files(app: YuqiaoApp, go, settle, tmp_path, units_of):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        await pick(pilot, settle, "f6", tmp_path / "out.tmx")
        assert HOSTILE in (tmp_path / "out.tmx").read_text()
        (tmp_path / "new.tsv").write_text("zh\ten\n新句。\tA new sentence.\n")
        await pick(pilot, settle, "f5", tmp_path / "new.tsv")
        assert [unit.target for unit in units_of()][-1] == "A new sentence."
        assert screen.units.row_count == 4
        assert screen.progress_line.said == ""


async def test_a_broken_file_is_told_and_changes_nothing(app: YuqiaoApp, go, settle, tmp_path, units_of):
    (tmp_path / "broken.tmx").write_text("<tmx><body>")
    async with app.run_test() as pilot:
        await go(pilot)
        await pick(pilot, settle, "f5", tmp_path / "broken.tmx")
        assert isinstance(app.screen, ErrorDialog)
        assert len(units_of()) == 3


async def test_escape_stops_an_import_and_nothing_is_kept(app: YuqiaoApp, go, settle, tmp_path, units_of, monkeypatch):
    lines = "".join(f"第{n}句。\tSentence {n}.\n" for n in range(12_000))
    (tmp_path / "many.tsv").write_text("zh\ten\n" + lines)
    reached, ready = threading.Event(), threading.Event()
    reporting = MemoryScreen._start

    def held(screen, title, transfer):
        def slowly(workspace, told, cancellation):
            def tell(what, done):
                reached.set()
                ready.wait(10)
                told(what, done)

            return transfer(workspace, tell, cancellation)

        reporting(screen, title, slowly)

    monkeypatch.setattr(MemoryScreen, "_start", held)
    async with app.run_test() as pilot:
        await go(pilot)
        await pilot.press("f5")
        app.screen.field.value = str(tmp_path / "many.tsv")
        await pilot.press("enter")
        reached.wait(10)
        await pilot.press("escape")
        ready.set()
        await settle(pilot)
        assert len(units_of()) == 3


async def test_broken_markup_goes_through(app: YuqiaoApp, go, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, HOSTILE)
        assert HOSTILE in screen.units.visible_lines[0]
        await pilot.press("enter")
        assert HOSTILE in " ".join(screen.detail.plain_lines)
        await pilot.press("f7", "f3")
        await settle(pilot)
        assert HOSTILE in " ".join(screen.detail.plain_lines)


async def test_either_language_of_a_pair_is_copied(app: YuqiaoApp, go, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(pilot, "low-altitude")
        await pilot.press("enter")
        for key, text in (("c", "We will develop the low-altitude economy."), ("z", "發展低空經濟。")):
            await pilot.press(key)
            await settle(pilot)
            assert app.clipboard == text
            assert [toast.message for toast in app._notifications][-1] == f"Sent to the terminal's clipboard: {text}"
        await pilot.press("f7")
        assert app.clipboard == "We will develop the low-altitude economy."
        await pilot.press("s", "f8")
        assert app.clipboard == "发展低空经济。"
        assert screen.is_current


STATES = {
    "list_80x24": ((80, 24), "", ()),
    "found_120x40": ((120, 40), "退稅", ("ctrl+t",)),
    "none_80x24": ((80, 24), "state:draft", ()),
    "form_80x24": ((80, 24), "", ("f4",)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.slow
def test_state_looks_as_accepted(snap_compare, app, go, settle, state):
    size, query, keys = STATES[state]

    async def prepare(pilot):
        await go(pilot, query)
        await pilot.press(*keys)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=prepare)
