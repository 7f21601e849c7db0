"""Keys that have the same effect everywhere and belong to no one screen's tests, and twins of keys that those press."""

import pytest

from tui.app import YuqiaoApp
from tui.area_menu import AreaMenu
from tui.jump_screen import JumpScreen
from tui.path_picker import PathPicker


async def test_pages_of_results_are_turned_while_typing(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        assert screen.results.row_count == 2
        await pilot.press("pagedown")
        assert screen.results.current == 1
        await pilot.press("pageup")
        assert screen.results.current == 0
        assert screen.focused is screen.query_input


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
