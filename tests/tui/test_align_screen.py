"""The align area: two documents opened, aligned, corrected, kept, and brought into the memory or a file."""

import csv
import json

import pytest

from tm.alignment_draft import draft_path
from tui.align_screen import AlignScreen
from tui.align_work import partner_of
from tui.app import YuqiaoApp
from tui.error_dialog import ErrorDialog
from tui.session import Session
from workspace.settings import Settings

HOSTILE = "[/] [b"
CHINESE = (
    "二〇二四年工作報告",
    "2024年，本市生產總值達3.68萬億元，增長5.8%。",
    "低空經濟的產值達1,200億元，企業超過1,900家。",
    "市民出行更加方便。公園增至1,320個。",
    f"維護 {HOSTILE} 市場秩序。",
    "謝謝大家！",
)
ENGLISH = (
    "Work report 2024",
    "In 2024 the city's gross domestic product reached 3.68 trillion yuan, up 5.8 per cent.",
    "The output of the low-altitude economy came to 120 billion yuan. There are more than 1,900 enterprises.",
    "It became easier for residents to get around, and there are now 1,320 parks.",
    "A footnote that only the English has.",
    f"We will maintain {HOSTILE} market order.",
    "Thank you!",
)


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """A Chinese document of seven sentences and its translation of eight, which has one sentence more."""
    monkeypatch.chdir(tmp_path)
    paths = tmp_path / "speech.zh.txt", tmp_path / "speech.en.txt"
    for path, lines in zip(paths, (CHINESE, ENGLISH), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


@pytest.fixture
def opened(documents, open_documents):
    """Goes to the align area and opens the documents; the second one is found by its name."""

    async def open_them(pilot, first="speech.zh.txt", second=""):
        screen = await open_documents(pilot, "a", first, second)
        assert isinstance(screen, AlignScreen)
        return screen

    return open_them


@pytest.fixture
def stored(units_of):
    """The pairs that came from the documents, by their source."""
    return lambda: {unit.source: unit for unit in units_of("speech.zh")}


def shape(screen):
    return [row.sizes for row in screen.work.rows]


ALIGNED = [(1, 1), (1, 1), (1, 2), (2, 1), (0, 1), (1, 1), (1, 1)]


async def test_documents_are_aligned_and_the_first_doubtful_row_is_the_current_one(app: YuqiaoApp, opened):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert shape(screen) == ALIGNED
        assert screen.rows.has_focus
        assert screen.rows.current == 4
        assert "? alone 0:1" in screen.rows.visible_lines[4]
        assert "2 doubtful" in str(screen.status.render())
        shown = "\n".join(screen.pair.plain_lines)
        assert "no counterpart found" in shown
        assert "A footnote that only the English has." in shown


async def test_documents_may_be_named_the_other_way_round(app: YuqiaoApp, opened):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, "speech.en.txt")
        assert shape(screen) == ALIGNED
        assert str(screen.rows.border_title) == "speech.zh.txt / speech.en.txt"


async def test_rows_are_merged_split_and_shifted_and_every_step_undone(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("up", "m")
        assert shape(screen) == [(1, 1), (1, 1), (1, 2), (2, 2), (1, 1), (1, 1)]
        assert "? hand  2:2" in screen.rows.visible_lines[3]
        await pilot.press("x")
        assert shape(screen)[3:5] == [(1, 1), (1, 1)]
        await pilot.press("ctrl+up")
        assert shape(screen)[2:5] == [(1, 3), (1, 0), (1, 1)]
        assert screen.rows.current == 3
        await pilot.press("left", "f8")
        assert shape(screen)[2:4] == [(1, 3), (2, 1)]
        assert "▸市民" not in "".join(screen.rows.visible_lines[:3])
        for _ in range(4):
            await pilot.press("u")
        assert shape(screen) == ALIGNED
        await pilot.press("u")
        assert any("nothing to undo" in toast.message for toast in app._notifications)
        for _ in range(4):
            await pilot.press("ctrl+y")
        assert shape(screen)[2:4] == [(1, 3), (2, 1)]
        await settle(pilot)


async def test_what_cannot_be_done_is_said(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("x")
        await pilot.press("end", "m")
        await settle(pilot)
        assert shape(screen) == ALIGNED
        assert len([toast for toast in app._notifications if "nothing to do that with" in toast.message]) == 2


async def test_accepting_goes_on_to_the_next_doubtful_row(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("home", "x", "end", "n")
        assert screen.rows.current == 0
        await pilot.press("n")
        assert screen.rows.current == 5
        for key in ("b", "n", "ctrl+b"):
            await pilot.press(key)
        assert screen.rows.current == 1
        await pilot.press("enter")
        assert screen.rows.current == 5
        await pilot.press("f5")
        assert screen.rows.current == 6
        await pilot.press("y")
        assert screen.rows.current == 0
        await pilot.press("enter")
        await settle(pilot)
        assert not any(row.doubtful for row in screen.work.rows)
        assert any("Nothing doubtful is left" in toast.message for toast in app._notifications)
        await pilot.press("n")
        assert any("No other pair is doubtful" in toast.message for toast in app._notifications)


async def test_pairs_come_into_the_memory_without_those_left_out(app: YuqiaoApp, opened, settle, stored):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("home", "d", "home", "down", "enter", "f9")
        await settle(pilot)
        assert any("5 pairs added to the memory" in toast.message for toast in app._notifications)
        await pilot.press("home", "ctrl+d", "w")
        await settle(pilot)
        assert screen.work.rows[0].verdict == "open"
        assert any("1 pair added to the memory, 5 were there" in toast.message for toast in app._notifications)
    units = stored()
    assert len(units) == 6
    assert units[CHINESE[1]].state == "reviewed"
    assert units[CHINESE[5]].state == "translated"
    assert [name for name, _ in units[CHINESE[5]].properties] == ["confidence"]


async def test_pairs_shaped_anew_take_the_place_of_those_saved_before(app: YuqiaoApp, opened, settle, stored):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f9")
        await settle(pilot)
        assert CHINESE[1] in stored()
        # The first row takes in the second, and the third is accepted.
        await pilot.press("home", "m", "down", "enter", "f9")
        await settle(pilot)
        assert screen.work.rows[0].sizes == (2, 2)
        assert any("1 pair added to the memory, 2 removed, 4 were there" in toast.message for toast in app._notifications)
    units = stored()
    assert len(units) == 5
    assert not {CHINESE[0], CHINESE[1]} & units.keys()
    assert units[CHINESE[2]].state == "reviewed"


@pytest.mark.slow
async def test_what_was_saved_is_known_to_the_next_session(app: YuqiaoApp, session, opened, settle, stored):
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("f9")
        await settle(pilot)
    before = stored()
    again = YuqiaoApp(Session(session.path, clock=lambda: 0.0, debounce=0))
    async with again.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("home", "d", "f9")
        await settle(pilot)
    assert before.keys() - stored().keys() == {CHINESE[0]}


@pytest.mark.slow
async def test_pairs_go_to_a_file_and_no_document_is_written_over(app: YuqiaoApp, opened, settle, documents):
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("ctrl+s")
        assert app.screen.field.value.endswith("speech.zh.tmx")
        app.screen.field.value = str(documents[1])
        await pilot.press("enter", "enter")  # twice: it is there already
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape", "ctrl+s")
        app.screen.field.value = "pairs.tsv"
        await pilot.press("enter")
        await settle(pilot)
        assert any("6 pairs" in toast.message for toast in app._notifications)
    assert documents[1].read_text(encoding="utf-8") == "\n".join(ENGLISH)
    with documents[0].with_name("pairs.tsv").open(encoding="utf-8", newline="") as file:
        assert [row["zh"] for row in csv.DictReader(file, delimiter="\t")][3] == "市民出行更加方便。公園增至1,320個。"


async def test_every_edit_is_on_the_disk_and_a_later_session_goes_on(database, documents, opened, settle):
    session = Session(database, debounce=0)
    async with YuqiaoApp(session).run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("up", "m", "enter", "u", "ctrl+y")
        await settle(pilot)
        # As a crash would find it: nothing is written on leaving.
        lines = draft_path(*documents).read_text(encoding="utf-8").splitlines()
        assert len(lines) == 5
        rows = screen.work.rows
    session.close()
    session = Session(database, debounce=0)
    app = YuqiaoApp(session)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert screen.work.rows == rows
        assert any("Going on where you left" in toast.message for toast in app._notifications)
        await pilot.press("u", "u")
        assert shape(screen) == ALIGNED
    session.close()


async def test_the_documents_of_the_last_session_are_three_keys_away(session, documents, opened, settle, tmp_path):
    settings = tmp_path / "settings.json"
    async with YuqiaoApp(session, Settings(settings)).run_test(size=(120, 40)) as pilot:
        await opened(pilot)
    again = YuqiaoApp(session, Settings(settings))
    async with again.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        said = " ".join(str(again.screen.query_one("#align-empty").render()).split())
        assert f"go on with {documents[0].name} and {documents[1].name}" in said
        await pilot.press("f2", "enter", "enter")
        await settle(pilot)
        assert (again.screen.work.pair.chinese.path, again.screen.work.pair.english.path) == documents
    documents[1].unlink()
    gone = YuqiaoApp(session, Settings(settings))
    async with gone.run_test() as pilot:
        await settle(pilot)
        assert "go on with" not in str(gone.screen.query_one("#align-empty").render())


@pytest.mark.slow
async def test_documents_that_changed_are_aligned_anew_and_the_earlier_work_is_kept(app: YuqiaoApp, documents, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("up", "m")
        await settle(pilot)
        documents[1].write_text("\n".join(line for line in ENGLISH if "footnote" not in line), encoding="utf-8")
        screen = await opened(pilot)
        assert shape(screen) == [(1, 1), (1, 1), (1, 2), (2, 1), (1, 1), (1, 1)]
        assert screen.rows.current == 0
    place = draft_path(*documents)
    earlier = place.with_name(place.name + ".old1").read_text(encoding="utf-8").splitlines()
    assert json.loads(earlier[1])["rows"] == [[2, 2, None, "open"]]


async def test_numbers_that_differ_are_told(app: YuqiaoApp, documents, opened, settle):
    documents[1].write_text("\n".join(ENGLISH).replace("1,320", "1,230"), encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        screen.rows.current = 3
        await settle(pilot)
        warnings = [line for line in screen.pair.plain_lines if line.startswith("!")]
        assert any("1,230" in line for line in warnings)


async def test_chinese_is_shown_in_the_chosen_script_and_saved_as_it_is(app: YuqiaoApp, opened, settle, stored):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("home", "down", "down", "f3", "f9")
        await settle(pilot)
        assert "低空经济" in screen.rows.visible_lines[2]
        assert "低空经济" in "\n".join(screen.pair.plain_lines)
    assert CHINESE[2] in stored()


@pytest.mark.slow
async def test_broken_markup_goes_through(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "tab")
        await settle(pilot)
        assert HOSTILE in " ".join(screen.pair.plain_lines)
        assert screen.pair.has_focus
        await pilot.press("escape", "enter", "f9")
        await settle(pilot)
        assert HOSTILE in "".join(screen.rows.visible_lines)


async def test_what_are_no_two_documents_is_told(app: YuqiaoApp, opened, settle):
    async with app.run_test() as pilot:
        screen = await opened(pilot, "speech.zh.txt", "speech.zh.txt")
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape", "enter", "m", "x", "f8", "f4", "d", "u", "r", "n", "f9", "ctrl+s", "left", "right", "escape")
        await settle(pilot)
        assert app.screen is screen
        assert screen.work is None


async def test_leaving_either_question_opens_nothing(app: YuqiaoApp, opened, settle):
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        work = screen.work
        await pilot.press("f2", "escape", "f2")
        app.screen.field.value = "speech.en.txt"
        await pilot.press("enter")
        assert app.screen.field.value == "speech.zh.txt"
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen
        assert screen.work is work


async def test_esc_stops_the_aligning(app: YuqiaoApp, opened, settle, monkeypatch):
    from tui import align_screen

    def endless(_open, _first, _second, told, cancellation):
        told("Aligning", 1, 2)
        cancellation._asked.wait(5)
        cancellation.check()
        raise AssertionError("was not stopped")

    monkeypatch.setattr(align_screen, "open_work", endless)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g", "a")
        await settle(pilot)
        screen = app.screen
        screen._align("a", "b")
        await pilot.pause()
        while "Aligning" not in screen.progress_line.said:
            await pilot.pause(0.01)
        await pilot.press("escape")
        await settle(pilot)
        assert not screen.progress_line.has_class("-shown")
        assert any("Stopped" in toast.message for toast in app._notifications)
        assert screen.work is None


@pytest.mark.parametrize(
    ("name", "partner"),
    [
        ("a.zh.txt", "a.en.txt"),
        ("a.en.txt", "a.zh.txt"),
        ("Report_CHI.docx", "Report_ENG.docx"),
        ("c2024.pdf", None),
        ("2024c.md", "2024e.md"),
        ("zhengzhou.txt", None),
    ],
)
def test_a_translation_is_found_by_its_name(tmp_path, name, partner):
    for one in filter(None, (name, partner, "enengzhou.txt")):
        (tmp_path / one).touch()
    found = partner_of(tmp_path / name)
    assert (found.name if found else None) == partner


STATES = {
    "doubtful_80x24": ((80, 24), ()),
    "shaped_120x40_light": ((120, 40), ("up", "m", "f3", "ctrl+t")),
    "accepted_120x40": ((120, 40), ("enter", "home", "d", "down", "down", "left")),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.slow
def test_state_looks_as_accepted(snap_compare, app, opened, settle, state):
    size, keys = STATES[state]

    async def prepare(pilot):
        await opened(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        pilot.app.clear_notifications()
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=prepare)
