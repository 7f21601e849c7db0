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


MODES = pytest.mark.parametrize("few", [True, False], ids=["16 colours", "NO_COLOR"])


@pytest.fixture
def plain_app(session, few, monkeypatch):
    """The app on a terminal of 16 colours, or of none."""
    if not few:
        monkeypatch.setenv("NO_COLOR", "1")
    return YuqiaoApp(session, few_colours=few)


def drawn(app, *, attributes=False):
    """What the screen shows once colours are left out; with `attributes` the texts that are bold, underlined or reversed."""
    strips = app.screen._compositor.render_strips()
    if not attributes:
        return "\n".join(strip.text for strip in strips)
    styled = [(segment.text.strip(), segment.style) for strip in strips for segment in strip if segment.style]
    return {text for text, style in styled if style.bold or style.underline or style.reverse}


@MODES
async def test_statuses_and_states_have_signs_of_their_own(plain_app, look_up):
    async with plain_app.run_test(size=(100, 40)) as pilot:
        await look_up(pilot, "離境退稅")
        shown = drawn(plain_app)
        assert "✓  離境退稅 " in shown
        assert "✓? 離境退稅商店" in shown
        assert "✓ en          departure tax refund" in shown
        assert "~ en          tax refund for departing" in shown
        assert "✗ en          exit tax return  do not use" in shown
        assert "[Look up]" in shown


@MODES
async def test_terms_and_differences_in_a_sentence_do_without_colour(plain_app, look_up):
    async with plain_app.run_test(size=(100, 40)) as pilot:
        await look_up(pilot, "離境退稅商店總數增至1,500家，較去年末翻了一番多。")
        shown = drawn(plain_app)
        assert "[-上-]{+去+}" in shown
        assert "離境退稅商店" in drawn(plain_app, attributes=True)
        assert "總數增至1,500家，較去年末翻了一番多。" not in drawn(plain_app, attributes=True)


@MODES
async def test_errors_are_words(plain_app, settle):
    async with plain_app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+n", "ctrl+s")
        await settle(pilot)
        assert "The Chinese term is missing." in drawn(plain_app)


@MODES
async def test_wrong_numbers_and_confirmed_segments_have_signs(plain_app, settle, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "speech.txt").write_text("發展低空經濟。\n離境退稅商店增至1,500家。\n", encoding="utf-8")
    async with plain_app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+g", "t", "f2")
        plain_app.screen.field.value = "speech.txt"
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        plain_app.screen.editor.load_text("Stores rose to 1,050.")
        await settle(pilot)
        shown = drawn(plain_app)
        assert "! 1,500" in shown
        assert "✓" in plain_app.screen.segments.visible_lines[0]
        assert "✓" not in plain_app.screen.segments.visible_lines[1]
