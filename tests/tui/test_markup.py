"""User text is never markup: a term that is broken markup goes through every screen as it is."""

import pytest

from tui.app import YuqiaoApp
from tui.concept_form import ConceptForm
from tui.pick_dialog import PickList

pytestmark = pytest.mark.slow

HOSTILE = "术语 [/] [b"


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (160, 50)])
async def test_broken_markup_goes_through_every_screen(app: YuqiaoApp, look_up, settle, size):
    async with app.run_test(size=size) as pilot:
        screen = await look_up(pilot, HOSTILE)
        assert HOSTILE in screen.results.plain_lines[0]
        await pilot.press("enter")
        await settle(pilot)
        shown = " ".join(" ".join(screen.detail.plain_lines).split())
        for text in (HOSTILE, "a [/] [b term", "[red]never[/", "[/domain", "[/] [b definition", "[link=", "[@click=quit]"):
            assert text in shown
        assert screen.detail.sheet.pairs
        await pilot.press("f7", "f8")
        await pilot.press("ctrl+r")
        assert any("a [/] [b term" in line for line in app.screen.query_one(PickList).plain_lines)
        await pilot.press("escape")
        await pilot.press("f4")
        assert isinstance(app.screen, ConceptForm)
        app.screen.query_one("#note").text = "[/] [b changed"
        await pilot.press("ctrl+s")
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert "Nothing found" in "\n".join(screen.notice.plain_lines)
        messages = [toast.message for toast in app._notifications]
        assert any(HOSTILE in message for message in messages)
        await pilot.press("ctrl+n")
        app.screen.query_one("#english").value = "术 [/"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "术 [/" in str(app.screen.query_one("#message").render())


async def test_broken_markup_in_the_palette_and_help(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        await look_up(pilot, HOSTILE)
        await pilot.press("f1", "escape", "ctrl+p")
        await settle(pilot)
        await pilot.press("[", "/", "b")
        await settle(pilot)
        await pilot.press("escape", "escape")
        assert app.is_running
