"""Terminals of few colours: what is on the screen can be told apart there."""

import pytest
from rich.color import Color, ColorSystem

from tui.app import YuqiaoApp
from tui.theme import THEMES, THEMES_16, few_colours

NAMED = ("foreground", "accent", "success", "warning", "error")


def of_16(colour: str) -> int | None:
    """The number of the colour that a terminal of 16 shows instead."""
    return Color.parse(colour).downgrade(ColorSystem.STANDARD).number


@pytest.mark.parametrize(
    ("term", "colorterm", "few"),
    [
        ("xterm-16color", "", True),
        ("linux", "", True),
        ("dumb", "", True),
        ("xterm-256color", "", False),
        ("xterm", "truecolor", False),
    ],
)
def test_terminals_tell_how_many_colours_they_have(monkeypatch, term, colorterm, few):
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    assert few_colours() == few


@pytest.mark.parametrize("theme", THEMES_16, ids=lambda theme: theme.name)
def test_no_colour_becomes_the_background(theme):
    # Dark green, yellow and cyan are too light to be read on white: 2, 3 and 6, and the bright ones.
    unreadable = {of_16(theme.background)} if theme.dark else {2, 3, 6, *range(9, 16)}
    for name in NAMED:
        assert of_16(getattr(theme, name)) not in unreadable, name


def test_themes_of_16_have_the_names_of_the_others():
    assert [theme.name for theme in THEMES_16] == [theme.name for theme in THEMES]


@pytest.mark.parametrize("key", ["", "ctrl+t"])
@pytest.mark.parametrize("few", [True, False], ids=["16 colours", "NO_COLOR"])
async def test_the_current_row_stands_out(session, look_up, key, few, monkeypatch):
    if not few:
        monkeypatch.setenv("NO_COLOR", "1")
    app = YuqiaoApp(session, few_colours=few)
    async with app.run_test(size=(80, 24)) as pilot:
        if key:
            await pilot.press(key)
        results = (await look_up(pilot, "離境")).results
        styles = [results.get_visual_style(*names) for names in (("cursor",), ("cursor-blurred",), ())]
        current, blurred, other = (of_16(style.background.hex6) for style in styles)
        assert current != other
        assert blurred != other
        for name in NAMED if few else ():
            assert of_16(getattr(app.current_theme, name)) != current, name
