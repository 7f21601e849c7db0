"""Panes beside each other are resized with keys and the mouse, and stay so."""

import pytest

from tui.app import YuqiaoApp
from tui.split_panes import SplitPanes
from workspace.settings import Settings

pytestmark = pytest.mark.slow

SIZES = [(80, 24), (200, 60)]
AREAS = {"lookup": "l", "review": "r", "memory": "m"}


def widths(screen):
    return [pane.region.width for pane in screen.query_one(SplitPanes).children]


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def kept(session, settings):
    return YuqiaoApp(session, settings)


# The memory shows one pane at a time in 80 columns.
@pytest.mark.parametrize(
    ("area", "size"), [(area, size) for area in AREAS for size in SIZES if (area, size[0]) != ("memory", 80)]
)
async def test_keys_move_the_border_also_while_typing(kept, settings, settle, size, area):
    async with kept.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", AREAS[area])
        await settle(pilot)
        screen = kept.screen
        if area == "lookup":
            screen.query_one("#query").value = "離境"
            await settle(pilot)
        before = widths(screen)
        await pilot.press("alt+h", "alt+h")
        await settle(pilot)
        less = widths(screen)
        assert sum(less) == sum(before) == size[0]
        assert before[0] - less[0] == pytest.approx(size[0] / 10, abs=2)
        await pilot.press("alt+l", "alt+l", "alt+l")
        await settle(pilot)
        assert widths(screen)[0] > before[0]
        if area == "lookup":
            assert screen.query_one("#query").value == "離境"
    assert int(Settings(settings.path).get(f"panes.{area}", "")) == pytest.approx(100 * before[0] / size[0] + 5, abs=2)


async def test_brackets_do_it_outside_fields_and_are_text_inside(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        before = widths(screen)
        await pilot.press("[", "]")
        await settle(pilot)
        assert screen.query_one("#query").value == "離境退稅[]"
        assert widths(screen) == before
        await look_up(pilot, "離境退稅")
        await pilot.press("enter", "[", "【")
        await settle(pilot)
        assert widths(screen)[0] == before[0] - 10
        await pilot.press("]", "】")
        await settle(pilot)
        assert widths(screen) == before


async def test_neither_pane_is_squeezed_out(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        for key in ("alt+h", "alt+l"):
            await pilot.press(*[key] * 20)
            await settle(pilot)
            assert min(widths(screen)) == 16


async def test_a_share_of_a_wide_terminal_squeezes_nothing_out_of_a_narrower_one(app: YuqiaoApp, look_up, settle):
    app._session.shares["lookup"] = 8
    async with app.run_test(size=(200, 60)) as pilot:
        screen = await look_up(pilot, "離境")
        assert widths(screen) == [16, 184]
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert widths(screen) == [16, 64]


@pytest.mark.parametrize(("letter", "shown"), [("s", "-scored"), ("t", "-open")])
async def test_areas_whose_panes_come_with_files_have_them_too(app: YuqiaoApp, settle, letter, shown):
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", letter)
        await settle(pilot)
        await pilot.press("alt+l")
        assert app._session.shares == {}, "there is nothing to resize yet"
        app.screen.add_class(shown)
        await settle(pilot)
        before = widths(app.screen)
        await pilot.press("alt+l")
        await settle(pilot)
        assert widths(app.screen)[0] == pytest.approx(before[0] + 10, abs=1)


def heights(screen):
    return [pane.region.height for pane in screen.query_one(SplitPanes).children]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("letter", "shown"), [("a", "-open"), ("b", "-speech")])
async def test_stacked_panes_are_resized_too(app: YuqiaoApp, settle, letter, shown, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", letter)
        await settle(pilot)
        screen = app.screen
        screen.add_class(shown)
        await settle(pilot)
        before = heights(screen)
        await pilot.press(*["alt+h"] * 20)
        await settle(pilot)
        assert heights(screen) == pytest.approx([4, sum(before) - 4], abs=1)
        border = screen.query_one(SplitPanes).children[1].region.y
        await pilot.mouse_down(offset=(10, border))
        for y in range(border, border + 6):
            await pilot.hover(offset=(10, y))
        await pilot.mouse_up(offset=(10, border + 5))
        await settle(pilot)
        assert heights(screen)[0] == pytest.approx(9, abs=1)
        assert sum(heights(screen)) == sum(before)


async def test_the_border_is_dragged_kept_and_evened_out(kept, settings, look_up, settle):
    async with kept.run_test(size=(100, 30)) as pilot:
        screen = await look_up(pilot, "離境")
        before = widths(screen)
        border = screen.query_one(SplitPanes).children[1].region.x
        await pilot.mouse_down(offset=(border, 10))
        for x in range(border, 29, -1):
            await pilot.hover(offset=(x, 10))
        await pilot.mouse_up(offset=(30, 10))
        await settle(pilot)
        assert widths(screen) == [30, 70]
        assert not screen.selections
        assert Settings(settings.path).get("panes.lookup", "") == "30"
        await pilot.hover(offset=(60, 10))
        await settle(pilot)
        assert widths(screen) == [30, 70], "it was let go"
    session = kept._session
    session.shares.clear()
    again = YuqiaoApp(session, Settings(settings.path))
    async with again.run_test(size=(100, 30)) as pilot:
        screen = await look_up(pilot, "離境")
        assert widths(screen) == [30, 70]
        await pilot.double_click(offset=(29, 10))
        await settle(pilot)
        assert widths(screen) == before
        assert Settings(settings.path).get("panes.lookup", "?") == ""


async def test_one_pane_at_a_time_takes_all_of_a_narrow_terminal(app: YuqiaoApp, look_up, settle):
    app._session.shares["lookup"] = 20
    async with app.run_test(size=(50, 20)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        assert screen.results.region.width == 50
        await pilot.press("alt+h", "enter")
        await settle(pilot)
        assert screen.detail.region.width == 50
        assert app._session.shares == {"lookup": 20}


async def test_a_share_that_is_none_is_passed_over(session, settings, look_up):
    settings.keep({"panes.lookup": "900", "panes.review": "x"})
    app = YuqiaoApp(session, Settings(settings.path))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        assert widths(screen) == [40, 40]
