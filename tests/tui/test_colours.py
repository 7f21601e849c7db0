"""Terminals of few colours: what is on the screen can be told apart there."""

import pytest
from rich.color import Color, ColorSystem
from textual.command import CommandList
from textual.widgets import DirectoryTree

from tui.app import YuqiaoApp
from tui.choice import Choice
from tui.cursor_list import CursorList
from tui.memory_list import UnitList
from tui.pick_dialog import PickList
from tui.review_list import ReviewList
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
        ("vt100", "", True),
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


MODES = pytest.mark.parametrize("few", [True, False], ids=["16 colours", "NO_COLOR"])


@pytest.fixture
def plain_app(session, few, monkeypatch):
    """The app on a terminal of 16 colours, or of none."""
    if not few:
        monkeypatch.setenv("NO_COLOR", "1")
    return YuqiaoApp(session, few_colours=few)


def in_reverse(view):
    """The lines in sight that are in reverse from end to end, whatever colours there are."""
    strips = [view.render_line(y) for y in range(view.scrollable_content_region.height)]
    return [y for y, strip in enumerate(strips) if all(piece.style is not None and piece.style.reverse for piece in strip)]


def some_in_reverse(view):
    """The same for lines that are so in part."""
    strips = [view.render_line(y) for y in range(view.size.height)]
    return [y for y, strip in enumerate(strips) if any(piece.style is not None and piece.style.reverse for piece in strip)]


@pytest.mark.slow
@pytest.mark.parametrize("key", ["", "ctrl+t"])
@MODES
async def test_the_current_row_is_in_reverse(plain_app, look_up, settle, key):
    async with plain_app.run_test(size=(120, 30)) as pilot:
        if key:
            await pilot.press(key)
        screen = await look_up(pilot, "離境")
        await pilot.press("down")
        assert not screen.results.has_focus
        assert in_reverse(screen.results) == some_in_reverse(screen.results) == [1]
        screen.results.focus()
        await pilot.press("up")
        assert in_reverse(screen.results) == [0]
        # Its pieces have no colours of their own, which would be patches of ground.
        (pair,) = {(piece.style.color, piece.style.bgcolor) for piece in screen.results.render_line(0)}
        assert pair[0] != pair[1]
        assert len({piece.style.bold for piece in screen.results.render_line(0) if piece.text.strip()}) == 1
        await pilot.press("ctrl+r")
        assert in_reverse(plain_app.screen.query_one(PickList)) == [0]
        await pilot.press("escape")
        for area, kind in (("m", UnitList), ("r", ReviewList)):
            await pilot.press("ctrl+g", area)
            await settle(pilot)
            rows = plain_app.screen.query_one(kind)
            assert in_reverse(rows) == [rows.current]


async def test_with_colours_nothing_is_in_reverse(app, look_up):
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await look_up(pilot, "離境")
        assert some_in_reverse(screen.results) == []


@pytest.mark.slow
@MODES
async def test_the_current_file_command_and_choice_stand_out(plain_app, look_up, settle):
    async with plain_app.run_test(size=(80, 24)) as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("alt+j")
        drawn_now = [piece for strip in plain_app.screen._compositor.render_strips() for piece in strip]
        letters = [piece.style for piece in drawn_now if piece.text == " a "]
        assert letters
        assert all(style.reverse for style in letters)
        await pilot.press("escape", "f4")
        choice = plain_app.screen.query_one(Choice)
        assert some_in_reverse(choice) == []
        choice.focus()
        await settle(pilot)
        assert some_in_reverse(choice) == [0]
        await pilot.press("escape", "ctrl+p")
        await settle(pilot)
        await pilot.press("down")
        await settle(pilot)
        commands = plain_app.screen.query_one(CommandList)
        titles = [strip for strip in map(commands.render_line, range(4)) if any(piece.style.underline for piece in strip)]
        assert len(titles) == 2
        await pilot.press("escape", "ctrl+g", "t")
        await settle(pilot)
        await pilot.press("f2", "tab")
        # The tree's own worker waits for folders to read for as long as it is there.
        await pilot.pause()
        tree = plain_app.screen.query_one(DirectoryTree)
        assert some_in_reverse(tree) == [tree.cursor_line]


def test_every_list_shows_its_current_row_alike():
    kinds = [CursorList]
    for kind in kinds:
        kinds += kind.__subclasses__()
    assert len(kinds) > 5
    assert not [kind for kind in kinds[1:] if {"line_style", "render_line"} & kind.__dict__.keys()]


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
