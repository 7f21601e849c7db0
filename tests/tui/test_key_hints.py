"""The line of keys at the bottom."""

from tui.app import YuqiaoApp
from tui.help_screen import HelpScreen
from tui.key_hints import KeyHints


async def test_a_click_on_a_hint_is_its_key(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        line = screen.query_one(KeyHints)
        labels = [hint.label for hint in line.hints]
        place = sum(hint.cells + 1 for hint in line.hints[: labels.index("Script")])
        await pilot.click(KeyHints, offset=(place, 0))
        await settle(pilot)
        assert screen.script.tag == "zh-Hans"
        assert line.render().plain[place:].startswith("f3 Script")
        await pilot.click(KeyHints, offset=(79, 0))
        await settle(pilot)
        assert not isinstance(app.screen, HelpScreen)


async def test_the_pointer_on_a_hint_tells_more_of_it(app: YuqiaoApp, look_up):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        line = screen.query_one(KeyHints)
        await pilot.hover(KeyHints, offset=(0, 0))
        assert line.tooltip == line.hints[0].help == "Show the keys and signs"
        await pilot.hover(KeyHints, offset=(79, 0))
        assert line.tooltip is None


async def test_hints_follow_what_can_be_done(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        line = screen.query_one(KeyHints)
        assert "Edit" in [hint.label for hint in line.hints]
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert "Edit" not in [hint.label for hint in line.hints]
