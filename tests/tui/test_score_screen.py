"""The score screen: files, a run with progress and an end, figures, segments worst first, the report."""

import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from tui.error_dialog import ErrorDialog
from tui.lookup_screen import LookupScreen
from tui.path_picker import PathPicker
from tui.score_run import places
from tui.score_screen import ScoreScreen

HOSTILE = "[/] [b"


@pytest.fixture
def go(settle):
    """Goes to the score area."""

    async def to_score(pilot):
        await pilot.press("ctrl+g", "s")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ScoreScreen)
        return pilot.app.screen

    return to_score


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    right = "Departure tax refund stores rose to 1,280.\nWe will develop the low-altitude economy.\nterms markets.\n"
    texts = {
        "source.zh.txt": f"離境退稅商店增至1,280家。\n發展低空經濟。\n術語 {HOSTILE} 市場。\n",
        "reference.en.txt": right,
        "good.en.txt": right,
        "bad.en.txt": f"Exit tax return stores rose to 1,208.\nWe will develop the low sky economy.\nterms {HOSTILE} markets.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return {name.partition(".")[0]: name for name in texts}


@pytest.fixture
def scored(files, settle, go):
    """Fills the fields in, scores, and waits for the figures."""

    async def score(pilot, candidates=("good", "bad")):
        screen = await go(pilot)
        screen.query_one("#source", Input).value = files["source"]
        screen.query_one("#reference", Input).value = files["reference"]
        screen.query_one("#candidates", Input).value = "; ".join(files[name] for name in candidates)
        screen.query_one("#candidates").focus()
        await pilot.press("enter")
        await settle(pilot)
        return screen

    return score


def test_places_are_parted_by_semicolons_of_either_width():
    assert places(" a b.txt； c.txt ;; ") == ["a b.txt", "c.txt"]


async def test_figures_of_all_systems_and_segments_worst_first(app, scored):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await scored(pilot)
        shown = "\n".join(screen.figures.plain_lines)
        for text in ("BLEU", "chrF", "TER", "good.en", "bad.en", "100.00", "█", "paired"):
            assert text in shown
        first = screen.segments.current_result
        assert (first.system, first.index) == ("bad.en.txt", 0)
        assert screen.segments.visible_lines[0].startswith("!")
        detail = "\n".join(screen.segment.plain_lines)
        for text in ("離境退稅", "1,208", "numbers:", "{+", "[-"):
            assert text in detail


async def test_one_system_at_a_time(app, scored):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await scored(pilot)
        assert screen.segments.row_count == 6
        await pilot.press("f8")
        assert {result.system for result in screen.segments.results} == {"good.en.txt"}
        await pilot.press("v", "f8")
        assert screen.segments.row_count == 6


async def test_a_term_of_a_segment_is_looked_up(app, scored, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await scored(pilot)
        numbers = range(1, len(screen.segments.current_result.findings) + 1)
        at = next(n for n in numbers if screen.segment.finding(n).metric == "terms")
        await pilot.press(str(at))
        await settle(pilot)
        assert isinstance(app.screen, LookupScreen)
        assert app.screen.query_input.value == "離境退稅商店"
        assert app.screen.results.current_row.chinese == "離境退稅商店"


async def test_report_is_written_where_the_user_says(app, scored, settle, tmp_path):
    async with app.run_test(size=(120, 40)) as pilot:
        await scored(pilot)
        await pilot.press("f7")
        assert isinstance(app.screen, PathPicker)
        app.screen.field.value = str(tmp_path / "out.html")
        await pilot.press("enter")
        await settle(pilot)
        assert "1,208" in (tmp_path / "out.html").read_text()


async def test_files_of_other_lengths_are_refused_with_words(app, scored, files, settle, tmp_path):
    (tmp_path / "bad.en.txt").write_text("one line\n")
    async with app.run_test() as pilot:
        screen = await scored(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert "lines" in app.screen.message
        await pilot.press("escape")
        assert app.screen is screen
        assert screen.run is None


async def test_long_names_are_told_apart(app, files, settle, go):
    long = [f"generaltest.en-zh.hyp.{name}.txt" for name in ("Online-A", "Lan-Bridge")]
    for name in long:
        Path(name).write_text(Path(files["good"]).read_text())
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        screen.query_one("#source", Input).value = files["source"]
        screen.query_one("#candidates", Input).value = "; ".join(long)
        await pilot.press("f5")
        await settle(pilot)
        assert any(line.startswith("Lan-Bridge") for line in screen.figures.plain_lines)
        assert "Online-A" in "\n".join(screen.segments.visible_lines)
        assert long[0] in screen.segment.plain_lines[0]
        await pilot.press("v", "v")
        assert "of Lan-Bridge" in str(screen.status.render())


async def test_fields_are_filled_one_after_the_other(app, files, settle, go):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        source, reference, candidates = screen.query(Input)
        source.value = files["source"]
        await pilot.press("enter")
        assert screen.focused is reference
        await pilot.press("enter")
        assert screen.focused is candidates
        await pilot.press("up", "up", "up")
        assert screen.focused is source
        await pilot.press("down", "down", "down")
        assert screen.focused is candidates
        await pilot.press("enter")
        assert isinstance(app.screen, ErrorDialog)


async def test_escape_stops_a_scoring(app, files, settle, go, monkeypatch):
    reached, ready = threading.Event(), threading.Event()

    def slow(request, database, told, cancellation):
        reached.set()
        ready.wait(10)
        cancellation.check()
        raise AssertionError("was not stopped")

    monkeypatch.setattr("tui.score_screen.score", slow)
    async with app.run_test() as pilot:
        screen = await go(pilot)
        screen.query_one("#candidates", Input).value = files["good"]
        screen.query_one("#candidates").focus()
        await pilot.press("enter")
        reached.wait(10)
        assert "Reading files" in screen.progress_line.said
        await pilot.press("escape")
        ready.set()
        await settle(pilot)
        assert screen.progress_line.said == ""
        assert app.screen is screen


async def test_file_is_picked_into_the_field(app, files, settle, go):
    async with app.run_test() as pilot:
        field = (await go(pilot)).query_one("#candidates", Input)
        field.focus()
        field.value = "a.txt"
        await pilot.press("f2")
        app.screen.field.value = "nowhere.txt"
        await pilot.press("enter")
        assert isinstance(app.screen, PathPicker)
        app.screen.field.value = files["good"]
        await pilot.press("enter")
        await settle(pilot)
        assert field.value == f"a.txt; {files['good']}"


async def test_broken_markup_goes_through(app, scored, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await scored(pilot, ("bad",))
        await pilot.press("end", "enter")
        await settle(pilot)
        texts = [*screen.segments.visible_lines, *screen.segment.plain_lines]
        assert sum(HOSTILE in text for text in texts) >= 2


@pytest.mark.parametrize(("size", "theme"), [((80, 24), "dark"), ((120, 40), "light")], ids=["80x24", "120x40_light"])
async def test_narrow_screens_show_one_pane(app, scored, settle, size, theme):
    async with app.run_test(size=size) as pilot:
        screen = await scored(pilot)
        assert screen.segment.display == (size[0] >= 110)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.segment.display
        await pilot.press("escape")
        await settle(pilot)
        assert screen.segments.has_focus


STATES = {
    "empty_80x24": ((80, 24), (), ()),
    "figures_80x24": ((80, 24), ("good", "bad"), ()),
    "segment_80x24": ((80, 24), ("good", "bad"), ("enter",)),
    "light_120x40": ((120, 40), ("good", "bad"), ("ctrl+t",)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.slow
def test_state_looks_as_accepted(snap_compare, app, scored, go, settle, state):
    size, candidates, keys = STATES[state]

    async def prepare(pilot):
        await (scored(pilot, candidates) if candidates else go(pilot))
        await pilot.press(*keys)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=prepare)


@pytest.mark.parametrize(("translation", "source"), [("c", "z"), ("f9", "f11")])
async def test_translation_and_source_of_a_segment_are_copied(app, scored, files, settle, translation, source):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await scored(pilot)
        result = screen.segments.current_result
        await pilot.press(translation)
        await settle(pilot)
        assert app.clipboard == result.text
        await pilot.press(source)
        await settle(pilot)
        assert app.clipboard == Path(files["source"]).read_text(encoding="utf-8").splitlines()[result.index]
