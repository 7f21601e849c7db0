"""Jumping to a pane or field by the letter shown on it."""

import pytest
from textual.widgets import Static

from tui.app import YuqiaoApp
from tui.jump_screen import JumpScreen

pytestmark = pytest.mark.slow


def letters(app):
    return {str(label.render()).strip(): label.region.offset for label in app.screen.query(Static)}


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 12)])
async def test_each_piece_in_sight_has_a_letter_that_goes_there(app: YuqiaoApp, look_up, settle, size):
    async with app.run_test(size=size) as pilot:
        screen = await look_up(pilot, "離境退稅商店總數增至1,280家，較去年末翻了一番多。")
        pieces = [piece.id for piece in screen.focus_chain]
        assert pieces[:3] == ["query", "sentence", "results"]
        for letter, piece in zip("asdf", pieces, strict=False):
            await pilot.press("alt+j")
            await settle(pilot)
            assert isinstance(app.screen, JumpScreen)
            shown = letters(app)
            assert list(shown) == list("asdf"[: len(pieces)])
            assert shown[letter].y == screen.query_one(f"#{piece}").region.y
            await pilot.press(letter)
            await settle(pilot)
            assert app.screen is screen
            assert screen.focused.id == piece
        assert screen.query_one("#query").value.endswith("多。"), "the letters went nowhere else"


async def test_any_other_key_stays(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("enter")
        before = screen.focused
        for key in ("escape", "z", "semicolon", "f4"):
            await pilot.press("semicolon")
            await settle(pilot)
            assert isinstance(app.screen, JumpScreen), key
            await pilot.press(key)
            await settle(pilot)
            assert app.screen is screen
            assert screen.focused is before


async def test_a_click_goes_there(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("alt+j")
        await settle(pilot)
        await pilot.click(offset=(90, 20))
        await settle(pilot)
        assert screen.focused is screen.detail


async def test_every_area_can_be_jumped_in(app: YuqiaoApp, settle):
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for area in "rmtsb":
            await pilot.press("ctrl+g", area)
            await settle(pilot)
            pieces = len(app.screen.focus_chain)
            await pilot.press("alt+j")
            await settle(pilot)
            assert len(letters(app)) == pieces
            await pilot.press("escape")
            await settle(pilot)
