"""What is kept between runs, and the script that all areas share."""

import pytest

from tui.app import YuqiaoApp
from tui.memory_screen import MemoryScreen
from workspace.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


async def test_area_theme_and_script_are_kept_as_soon_as_they_are_chosen(session, settings, settle):
    app = YuqiaoApp(session, settings)
    async with app.run_test() as pilot:
        await settle(pilot)
        for key, name, value in (("ctrl+t", "theme", "yuqiao-light"), ("f3", "script", "zh-Hans")):
            await pilot.press(key)
            await settle(pilot)
            assert Settings(settings.path).get(name, "") == value
        await pilot.press("ctrl+g", "m")
        await settle(pilot)
        assert Settings(settings.path).get("area", "") == "memory"
        assert isinstance(app.screen, MemoryScreen)
    again = YuqiaoApp(session, Settings(settings.path))
    async with again.run_test() as pilot:
        await settle(pilot)
        assert isinstance(again.screen, MemoryScreen)
        assert again.theme == "yuqiao-light"
        assert again.screen.script.tag == "zh-Hans"
        await pilot.press("ctrl+g", "l")
        await settle(pilot)
        assert again.screen.AREA == "lookup"


async def test_settings_that_name_nothing_there_are_passed_over(session, settings, settle):
    settings.keep({"area": "[/]", "theme": "gone", "script": "zh-XX"})
    app = YuqiaoApp(session, settings)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert (app.screen.AREA, app.theme, app.screen.script.tag) == ("lookup", "yuqiao-dark", "")


async def test_a_script_is_shown_in_areas_out_of_sight_at_once(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        lookup = await look_up(pilot, "低空經濟")
        await pilot.press("ctrl+g", "m")
        await settle(pilot)
        await pilot.press("f3")
        await settle(pilot)
        assert app.screen is not lookup
        assert "低空经济" in lookup.results.plain_lines[0]
        assert any("离境" in line for line in app.screen.units.visible_lines)
