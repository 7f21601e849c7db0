"""The translate area: a document opened, helped with, confirmed into the memory, saved, and gone on with."""

import pytest

from tm.store import UnitFilter
from tui.app import YuqiaoApp
from tui.error_dialog import ErrorDialog
from tui.session import Session
from tui.translate_screen import TranslateScreen
from tui.translate_views import without_lone_marks
from tui.translate_work import TranslationWork
from workspace.settings import Settings
from workspace.workspace import Workspace

HOSTILE = "[/] [b"


@pytest.fixture
def document(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "speech.txt"
    path.write_text(f"發展低空經濟。\n離境退稅商店增至1,500家。\n維護 {HOSTILE} 市場秩序。\n")
    return path


@pytest.fixture
def opened(document, open_documents):
    """Goes to the translate area and opens the document."""

    async def open_document(pilot, path="speech.txt"):
        screen = await open_documents(pilot, "t", str(path))
        assert isinstance(screen, TranslateScreen)
        return screen

    return open_document


@pytest.fixture
def pairs(units_of):
    """The pairs of the memory now."""
    return lambda: [(unit.source, unit.target) for unit in units_of()]


async def test_a_whole_match_is_put_in_and_confirmed_with_enter(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert screen.editor.has_focus
        assert screen.editor.text == "We will develop the low-altitude economy."
        shown = "\n".join(screen.helping.plain_lines)
        assert "100% " in shown
        assert "  發展低空經濟。" in shown
        assert "✓ 低空經濟 = low-altitude economy" in shown
        await pilot.press("enter")
        await settle(pilot)
        assert screen.segments.current == 1
        assert "✓" in screen.segments.visible_lines[0]


async def test_wrong_numbers_are_told_while_writing_and_terms_are_put_in(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+down", "ctrl+down", "ctrl+up")
        assert screen.segments.current == 1
        await settle(pilot)
        screen.editor.load_text("")
        await pilot.press("f8")
        assert "departure tax refund store" in screen.editor.text
        screen.editor.insert("s rose to 1,050.")
        await settle(pilot)
        assert "! 1,500" in "\n".join(screen.helping.plain_lines)
        screen.editor.load_text("Departure tax refund stores rose to 1,500.")
        await settle(pilot)
        assert "!" not in "\n".join(screen.helping.plain_lines)


async def test_a_confirmed_segment_is_checked_and_gone_back_to(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("alt+n")
        assert "no confirmed segment" in [toast.message for toast in app._notifications][-1]
        await pilot.press("ctrl+down")
        await settle(pilot)
        screen.editor.load_text("Departure tax refund stores rose to 1,200.")
        await pilot.press("enter")
        await settle(pilot)
        assert [toast.message for toast in app._notifications][-1] == (
            "Segment 2: 1,500 became 1,200; expected 1,500. Alt+N goes back to it."
        )
        assert screen.segments.current == 2
        assert screen.segments.visible_lines[1].startswith("2 !")
        assert "1 with warnings" in str(screen.status.render())
        await pilot.press("alt+n")
        await settle(pilot)
        assert screen.segments.current == 1
        assert "! 1,500 became 1,200" in "\n".join(screen.helping.plain_lines)
        screen.editor.load_text("Departure tax refund stores rose to 1,500.")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.segments.visible_lines[1].startswith("2 ✓")
        assert "warnings" not in str(screen.status.render())


async def test_what_was_confirmed_before_is_checked_when_the_document_is_opened(app: YuqiaoApp, opened, settle, document):
    work = TranslationWork.open(document)
    work.keep(0, "We will develop the 3rd low-altitude economy.", confirmed=True)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await settle(pilot)
        assert screen.segments.visible_lines[0].startswith("1 !")


async def test_a_pause_in_writing_keeps_what_is_written(app: YuqiaoApp, opened, settle, document):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+down")
        await settle(pilot)
        screen.session.debounce = 0.001
        await pilot.press("D", "e")
        await pilot.pause(0.1)
        await settle(pilot)
        kept = TranslationWork.open(document).draft.rendered(1)
        assert (kept.target, kept.confirmed) == ("De", False)


def test_what_was_confirmed_meanwhile_is_not_kept_as_begun(document):
    work = TranslationWork.open(document)
    work.keep(0, "Yes.", confirmed=True)
    work.keep(0, "Yes.", confirmed=False)
    assert work.draft.rendered(0).confirmed


async def test_a_match_shows_how_it_differs_and_none_is_said(app: YuqiaoApp, opened, settle, document):
    document.write_text("大力發展低空經濟。\n天色已晚\n")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert "{+大力+}發展低空經濟。" in "\n".join(screen.helping.plain_lines)
        await pilot.press("ctrl+down")
        await settle(pilot)
        await pilot.press("f4", "f8")
        assert [toast.message for toast in app._notifications][-2:] == [
            "The memory has nothing like this segment",
            "The term base has no term of this segment",
        ]


@pytest.mark.slow
async def test_the_document_of_the_last_session_is_two_keys_away(session, opened, settle, document, tmp_path):
    settings = tmp_path / "settings.json"
    app = YuqiaoApp(session, Settings(settings))
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
    again = YuqiaoApp(session, Settings(settings))
    async with again.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "go on with speech.txt" in str(again.screen.query_one("#translate-empty").render())
        await pilot.press("f2", "enter")
        await settle(pilot)
        assert again.screen.work.document.path == document
    document.unlink()
    gone = YuqiaoApp(session, Settings(settings))
    async with gone.run_test() as pilot:
        await settle(pilot)
        assert "go on with" not in str(gone.screen.query_one("#translate-empty").render())


def test_a_lone_quotation_mark_is_left_out():
    assert without_lone_marks("基礎設施「硬聯通") == "基礎設施硬聯通"
    assert without_lone_marks("「十四五」規劃") == "「十四五」規劃"


async def test_confirmed_pairs_are_in_the_memory_with_their_neighbours(app: YuqiaoApp, database, opened, settle, pairs):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+down")
        await settle(pilot)
        screen.editor.load_text("Stores rose to 1,500.")
        await pilot.press("f5")
        await settle(pilot)
    assert ("離境退稅商店增至1,500家。", "Stores rose to 1,500.") in pairs()
    with Workspace.open(str(database), seed=False) as workspace:
        added = list(workspace.memory.store.listing(UnitFilter(origins=("speech",))))
    assert [(unit.before, unit.author) for unit in added] == [("發展低空經濟。", "editor")]


async def test_an_empty_target_is_not_confirmed(app: YuqiaoApp, opened, settle, pairs):
    async with app.run_test() as pilot:
        screen = await opened(pilot)
        screen.editor.load_text(" ")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.segments.current == 0
        assert len(pairs()) == 3


async def test_the_document_is_saved_and_the_original_is_safe(app: YuqiaoApp, opened, settle, document):
    before = document.read_text()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("ctrl+s")
        assert app.screen.field.value.endswith("speech.en.txt")
        app.screen.field.value = str(document)
        await pilot.press("enter", "enter")  # twice: it is there already
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape", "ctrl+s", "enter")
        await settle(pilot)
    assert document.read_text() == before
    assert document.with_name("speech.en.txt").read_text().startswith("We will develop the low-altitude economy.\n離境退稅")


async def test_a_term_added_meanwhile_helps_with_the_segments_that_follow(app: YuqiaoApp, database, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        with Workspace.open(str(database), seed=False) as workspace:
            workspace.glossary.add(["市場秩序"], ["market order"])
        await pilot.press("ctrl+down", "ctrl+down")
        await settle(pilot)
        assert "市場秩序 = market order" in "\n".join(screen.helping.plain_lines)


@pytest.mark.slow
async def test_a_later_session_goes_on_where_the_first_was_killed(database, opened, settle):
    session = Session(database, debounce=0)
    first = YuqiaoApp(session)
    async with first.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        await pilot.press("enter")
        await settle(pilot)
        screen.editor.load_text("Begun")
        await pilot.press("ctrl+down")
        await settle(pilot)
    session.close()
    session = Session(database, debounce=0)
    second = YuqiaoApp(session)
    async with second.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        assert screen.segments.current == 1
        assert screen.editor.text == "Begun"
        assert "1 confirmed" in str(screen.status.render())
    session.close()


@pytest.mark.slow
async def test_broken_markup_goes_through(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+down", "ctrl+down")
        await settle(pilot)
        assert HOSTILE in " ".join(screen.source.plain_lines)
        screen.editor.load_text(f"Maintain {HOSTILE}.")
        await pilot.press("enter")
        await settle(pilot)
        assert screen.work.draft.rendered(2).target == f"Maintain {HOSTILE}."


async def test_what_is_no_document_is_told(app: YuqiaoApp, opened, tmp_path):
    (tmp_path / "odd.pdf").write_bytes(b"%PDF-1.4\n")
    async with app.run_test() as pilot:
        screen = await opened(pilot, "odd.pdf")
        assert isinstance(app.screen, ErrorDialog)
        await pilot.press("escape", "f4", "enter", "f5", "ctrl+down")
        assert app.screen is screen
        assert screen.work is None


STATES = {
    "segment_80x24": ((80, 24), ("ctrl+down",)),
    "segment_120x40": ((120, 40), ("enter", "ctrl+t")),
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


async def test_source_and_translation_are_copied(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        screen.editor.load_text("Written so far")
        await pilot.press("alt+c")
        await settle(pilot)
        assert app.clipboard == "Written so far"
        await pilot.press("alt+z")
        await settle(pilot)
        assert app.clipboard == screen.work.segments[0].text
