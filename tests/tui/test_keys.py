"""Keys that have the same effect everywhere and belong to no one screen's tests, and twins of keys that those press."""

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from tui.app import YuqiaoApp
from tui.area_menu import AreaMenu
from tui.help_screen import HelpLines
from tui.jump_screen import JumpScreen
from tui.path_picker import PathPicker
from tui.virtual_list import VirtualList


async def test_pages_of_results_are_turned_while_typing(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        assert screen.results.row_count == 2
        await pilot.press("pagedown")
        assert screen.results.current == 1
        await pilot.press("pageup")
        assert screen.results.current == 0
        assert screen.focused is screen.query_input


async def test_help_begins_with_what_is_special_to_the_area(app: YuqiaoApp, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        for letter, heading in (("m", "Memory"), ("r", "Reviewing"), ("l", "Looking up")):
            await pilot.press("ctrl+g", letter)
            await settle(pilot)
            await pilot.press("f1")
            lines = app.screen.query_one(HelpLines).plain_lines
            assert lines[0] == heading
            assert ("Signs in this area" in lines) == (letter == "r")
            await pilot.press("escape")


class Numbers(VirtualList):
    row_count = 30

    def row(self, index: int, cells: int) -> Content:
        return Content(str(index))


class NumbersApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Numbers()


async def test_the_current_row_stays_in_sight_when_the_terminal_gets_lower():
    app = NumbersApp()
    async with app.run_test(size=(40, 30)) as pilot:
        app.query_one(Numbers).restart(20)
        await pilot.resize_terminal(40, 8)
        await pilot.pause()
        assert "20" in app.query_one(Numbers).visible_lines


@pytest.mark.parametrize(("key", "opens"), [(";", JumpScreen), ("；", JumpScreen), ("g", AreaMenu)])
async def test_letters_work_outside_a_field(app: YuqiaoApp, look_up, settle, key, opens):
    async with app.run_test() as pilot:
        await look_up(pilot, "離境")
        await pilot.press("enter", key)
        await settle(pilot)
        assert isinstance(app.screen, opens)


async def test_quit_works_in_a_field(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("x", "ctrl+q")
        await pilot.pause()
        assert app._exit


async def test_import_asks_for_a_file(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", "m")
        await settle(pilot)
        app.screen.units.focus()
        await pilot.press("i")
        assert isinstance(app.screen, PathPicker)
