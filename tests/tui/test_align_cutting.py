"""Cutting a sentence of an alignment in two: the dialog, and what it leaves in the rows, on the disk, in memory and files."""

import pytest
from rich.cells import cell_len

from tui.align_cutting import CutDialog, CutView
from tui.align_screen import AlignScreen
from tui.app import YuqiaoApp
from tui.display import DISPLAY_SCRIPTS
from tui.help_screen import HelpLines
from tui.session import Session

_, MAINLAND, _, TAIWAN = DISPLAY_SCRIPTS
HOSTILE = "[/] [b"
CHINESE = (
    "工作報告",
    "本市 GDP 達3.68萬億元，增長5.8%；公園增至1,320個，出行更方便。",
    f"維護 {HOSTILE} 市場秩序，擴大開放。",
    "謝謝！",
)
ENGLISH = (
    "Work report",
    "The city's GDP reached 3.68 trillion yuan, up 5.8 per cent. There are now 1,320 parks, which makes it easier to get around.",
    f"We will maintain {HOSTILE} market order, and open wider.",
    "Thank you!",
)
FIRST, SECOND = "本市 GDP 達3.68萬億元，增長5.8%；", "公園增至1,320個，出行更方便。"
ALIGNED = [(1, 1), (1, 2), (1, 1), (1, 1)]


@pytest.fixture
def opened(tmp_path, monkeypatch, open_documents):
    """Opens a Chinese document and its translation, in which one Chinese sentence is two; that row is the current one."""
    monkeypatch.chdir(tmp_path)
    for name, lines in (("a.zh.txt", CHINESE), ("a.en.txt", ENGLISH)):
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")

    async def open_them(pilot):
        screen = await open_documents(pilot, "a", "a.zh.txt", "")
        assert isinstance(screen, AlignScreen)
        await pilot.press("home", "down")
        return screen

    return open_them


def shape(screen):
    return [row.sizes for row in screen.work.rows]


def view_of(app):
    assert isinstance(app.screen, CutDialog)
    return app.screen.query_one(CutView)


def split_at_cursor(app):
    """The text of the sentence under the cursor, in two."""
    view = view_of(app)
    text = view._alignment.side(view.cut.side)[view.cut.place]
    return text[: view.cut.offset], text[view.cut.offset :]


async def test_the_likely_cut_makes_two_pairs_at_once(app: YuqiaoApp, opened):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert shape(screen) == ALIGNED
        await pilot.press("c")
        assert split_at_cursor(app) == (FIRST, SECOND)
        view = view_of(app)
        assert (str(view.border_title), str(view.border_subtitle)) == ("Cut the Chinese of pair 2", "makes 2 pairs of it")
        await pilot.press("enter")
        assert app.screen is screen
        assert shape(screen) == [(1, 1)] * 5
        assert [screen.work.texts(row)[0] for row in screen.work.rows[1:3]] == [FIRST, SECOND]
        assert "2a 本市" in "\n".join(screen.pair.plain_lines)
        await pilot.press("u")
        assert shape(screen) == ALIGNED
        await pilot.press("ctrl+y")
        assert shape(screen) == [(1, 1)] * 5


@pytest.mark.slow
async def test_the_cursor_goes_by_clauses_words_and_lines_on_either_side(app: YuqiaoApp, opened):
    async with app.run_test(size=(60, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("ctrl+x", "right", "right")
        assert split_at_cursor(app)[1] == "出行更方便。"
        await pilot.press("left", "left", "left")
        assert split_at_cursor(app)[1].startswith("增長")
        # Not into a number, and not away from its mark.
        await pilot.press("shift+right", "ctrl+right")
        assert split_at_cursor(app)[1].startswith("5.8%；")
        await pilot.press("ctrl+f")
        assert split_at_cursor(app)[1] == SECOND
        await pilot.press("ctrl+b", "shift+left", "ctrl+left")
        assert split_at_cursor(app)[1].startswith("增長5.8%")
        await pilot.press("left")
        assert split_at_cursor(app)[1].startswith("增長5.8%")
        # As far right, a line down: two cells a character.
        lines = view_of(app).plain_lines
        await pilot.press("down")
        assert lines[1].startswith("2 本市 GDP 達3.68萬億元，增")
        assert lines[2].startswith("  ")
        assert split_at_cursor(app)[1] in lines[2]
        await pilot.press("up")
        assert split_at_cursor(app)[1] in "".join(line.strip() for line in lines[1:3])
        await pilot.press("tab")
        assert view_of(app).side == "target"
        assert str(view_of(app).border_title) == "Cut the English of pair 2"
        await pilot.press("shift+left")
        first = split_at_cursor(app)[0]
        assert first.endswith(" ")
        await pilot.press("escape")
        assert app.screen is screen
        assert shape(screen) == ALIGNED
        assert screen.work.draft.alignment.made == ()


async def test_pieces_stay_in_the_pair_until_both_sides_have_as_many(app: YuqiaoApp, opened, settle):
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot)
        await pilot.press("down", "right", "c")
        assert split_at_cursor(app) == (f"We will maintain {HOSTILE} market order, ", "and open wider.")
        assert str(view_of(app).border_subtitle) == "the pieces stay in the pair"
        assert HOSTILE in "\n".join(view_of(app).plain_lines)
        await pilot.press("enter")
        await settle(pilot)
        assert shape(screen)[2] == (1, 2)
        # The side that now has fewer is offered.
        await pilot.press("c", "enter")
        assert [screen.work.texts(row) for row in screen.work.rows[2:4]] == [
            (f"維護 {HOSTILE} 市場秩序，", f"We will maintain {HOSTILE} market order,"),
            ("擴大開放。", "and open wider."),
        ]
        # A piece is shifted, merged and judged as any sentence.
        await pilot.press("left", "f8")
        assert shape(screen)[2:4] == [(0, 1), (2, 1)]
        await pilot.press("m", "y")
        assert screen.work.texts(screen.work.rows[2]) == (CHINESE[2], ENGLISH[2])
        assert screen.work.rows[2].verdict == "accepted"


@pytest.mark.slow
async def test_a_click_moves_the_cursor_and_a_double_click_cuts(app: YuqiaoApp, opened):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("c")
        view = view_of(app)
        line, text = next((at, line) for at, line in enumerate(view.plain_lines) if "出行" in line)
        # On the second cell of a character; the border and the padding before it.
        place = cell_len(text[: text.index("出行")]) + 1
        await pilot.click(CutView, offset=(place + 2, line + 1))
        assert split_at_cursor(app)[1] == "出行更方便。"
        await pilot.click(CutView, offset=(4, line + 1))
        await pilot.click(CutView, offset=(3, 1))
        assert app.screen is not screen
        english = next(at for at, line in enumerate(view.plain_lines) if "There are" in line)
        await pilot.click(CutView, offset=(11, english + 1))
        assert split_at_cursor(app) == ("There ", "are now 1,320 parks, which makes it easier to get around.")
        await pilot.double_click(CutView, offset=(place + 2, line + 1))
        assert app.screen is screen
        assert screen.work.texts(screen.work.rows[2])[0] == "出行更方便。"


@pytest.mark.slow
async def test_cuts_are_resumed_saved_and_saved_again(database, opened, settle, units_of, tmp_path):
    def stored():
        return {(unit.source, unit.target) for unit in units_of("a.zh")}

    session = Session(database, debounce=0)
    async with YuqiaoApp(session).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("f9")
        await settle(pilot)
        whole = stored()
        assert (CHINESE[1], ENGLISH[1]) in whole
        await pilot.press("c", "enter")
        await settle(pilot)
        rows = screen.work.rows
    session.close()
    session = Session(database, debounce=0)
    app = YuqiaoApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.work.rows == rows
        await pilot.press("f9")
        await settle(pilot)
        assert any("2 pairs added to the memory, 1 removed, 3 were there" in toast.message for toast in app._notifications)
        sentences = ENGLISH[1].split(". ")
        assert stored() - whole == {(FIRST, sentences[0] + "."), (SECOND, sentences[1])}
        await pilot.press("ctrl+s")
        await pilot.press("enter")
        await settle(pilot)
        written = (tmp_path / "a.zh.tmx").read_text(encoding="utf-8")
        assert f"<seg>{FIRST}</seg>" in written
        assert f"<seg>{CHINESE[1]}</seg>" not in written
        await pilot.press("u", "f9")
        await settle(pilot)
        assert stored() == whole
    session.close()


async def test_chinese_is_shown_in_the_chosen_script_and_cut_as_stored(app: YuqiaoApp, session: Session, opened):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot)
        session.show_in(MAINLAND)
        await pilot.press("c")
        assert "公园增至1,320个，出行更方便。" in "\n".join(view_of(app).plain_lines)
        await pilot.press("enter")
        assert [screen.work.texts(row)[0] for row in screen.work.rows[1:3]] == [FIRST, SECOND]


async def test_what_the_script_makes_longer_is_shown_as_stored(
    app: YuqiaoApp, session: Session, tmp_path, monkeypatch, open_documents
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.zh.txt").write_text("互联网发展很快，数字经济增长。", encoding="utf-8")
    (tmp_path / "b.en.txt").write_text("The internet has grown fast. The digital economy is growing.", encoding="utf-8")
    async with app.run_test(size=(120, 40)) as pilot:
        await open_documents(pilot, "a", "b.zh.txt", "")
        session.show_in(TAIWAN)
        await pilot.press("c")
        assert len(TAIWAN.show("互联网发展很快，数字经济增长。")) > 15
        assert "互联网发展很快，数字经济增长。" in "\n".join(view_of(app).plain_lines)


async def test_one_word_on_either_side_cannot_be_cut(app: YuqiaoApp, tmp_path, monkeypatch, open_documents):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.zh.txt").write_text("一\n深圳發展。", encoding="utf-8")
    (tmp_path / "a.en.txt").write_text("One\nShenzhen develops.", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_documents(pilot, "a", "a.zh.txt", "")
        await pilot.press("home", "c")
        assert app.screen is screen
        assert any("nothing to do that with" in toast.message for toast in app._notifications)


async def test_help_tells_the_keys_of_cutting(app: YuqiaoApp, opened):
    async with app.run_test(size=(100, 50)) as pilot:
        await opened(pilot)
        await pilot.press("f1")
        assert any("Go behind the next clause" in line for line in app.screen.query_one(HelpLines).plain_lines)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40_light"])
@pytest.mark.slow
def test_the_dialog_looks_as_accepted(snap_compare, app, opened, settle, size):
    async def prepare(pilot):
        await opened(pilot)
        for key in ("ctrl+t", "c") if size[0] > 80 else ("c",):
            await pilot.press(key)
            await settle(pilot)
        pilot.app.clear_notifications()
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=prepare)
