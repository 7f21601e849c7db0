"""The main screen: look-up of every kind, moving about, display scripts, sizes."""

import threading

import pytest
from textual import events
from textual.command import CommandPalette

from tm.unit import Unit
from tui.app import YuqiaoApp
from tui.display import AS_STORED
from tui.help_screen import HelpScreen
from tui.key_hints import KeyHints
from tui.messages import LookupAnswered
from tui.reading import Results
from tui.status_line import StatusLine
from workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("query", "chinese", "kind"),
    [
        ("離境退稅", "離境退稅", "exact"),
        ("离境退税", "離境退稅", "exact"),
        ("離境退税", "離境退稅", "script"),
        ("lijingtuishui", "離境退稅", "pinyin"),
        ("dkjj", "低空經濟", "pinyin"),
        ("low-altitude economies", "低空經濟", "inflection"),
        ("ageing population", "人口老齡化", "contains"),
        ("低空", "低空經濟", "prefix"),
        ("低空经剂", "低空經濟", "fuzzy"),
    ],
)
async def test_query_of_any_kind_finds_its_concept(app: YuqiaoApp, look_up, query, chinese, kind):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, query)
        row = screen.results.current_row
        assert row is not None
        assert (row.chinese, row.kind) == (chinese, kind)
        assert chinese in screen.results.plain_lines[0]


async def test_detail_shows_everything_about_the_concept(app: YuqiaoApp, look_up):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        shown = "\n".join(screen.detail.plain_lines)
        for text in (
            "lí jìng tuì shuì",
            "✓ zh-Hant-HK  離境退稅",
            "~ en          tax refund for departing travelers",
            "✗ en          exit tax return  do not use",
            "tax-consumption",
            "✓ approved",
            "Refund of value-added tax",
            "State Taxation Administration",
            "2026-01-02 03:04  came with yuqiao",
            "The number of departure tax refund stores",
        ):
            assert text in shown
        sheet = screen.detail.sheet
        assert sheet is not None
        assert sheet.pairs is not None
        (pair,) = sheet.pairs
        assert [pair.source[a:b] for a, b in pair.source_spans] == ["離境退稅"]
        assert [pair.target[a:b] for a, b in pair.target_spans] == ["departure tax refund"]


async def test_what_not_to_use_is_struck_out_in_sentences(app: YuqiaoApp, database, look_up):
    with Workspace.open(str(database), seed=False) as workspace:
        workspace.memory.add([Unit("離境退稅。", "An exit tax return, not a departure tax refund.")], summary="old")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        pair = next(pair for pair in screen.detail.sheet.pairs if "exit" in pair.target)
        assert [pair.target[a:b] for a, b in pair.target_spans] == ["departure tax refund"]
        assert [[text[a:b] for a, b in spans] for text, spans in zip((pair.source, pair.target), pair.avoided, strict=True)] == [
            [],
            ["exit tax return"],
        ]
        struck = [
            piece.text
            for y in range(screen.detail.size.height)
            for piece in screen.detail.render_line(y)
            if piece.style and piece.style.strike
        ]
        assert "".join(struck) == "exit tax return"


async def test_welcome_says_what_to_type_and_how_much_there_is(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        shown = "\n".join(app.screen.query_one("#notice").plain_lines)
        assert "離境退稅" in shown
        assert "6 concepts, 3 sentence pairs" in shown
        assert "Ctrl+N" in shown
        assert "Ctrl+G" in shown, "the other areas are not found by guessing"


async def test_nothing_found_says_what_to_do(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "zzzz [/] [b")
        shown = "\n".join(screen.notice.plain_lines)
        assert "Nothing found for" in shown
        assert "zzzz [/] [b" in shown
        assert shown.count("Esc") == 1


async def test_late_results_are_dropped(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "低空")
        screen.post_message(LookupAnswered(Results("離境", AS_STORED, (), 0)))
        await settle(pilot)
        assert [row.chinese for row in screen.results.rows] == ["低空經濟"]


async def test_a_newer_query_interrupts_the_one_that_runs(app: YuqiaoApp, look_up, settle):
    """The first look-up hangs in SQL until it is interrupted; the second one's results are shown."""
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "x")
        reader = screen.session.results_reader
        with reader._connection.use() as workspace:
            pass
        glossary, started = workspace.glossary, threading.Event()
        original = glossary.lookup

        def endless(query: str, *, limit: int = 20):
            if query == "slow":
                started.set()
                endless_sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
                workspace.connection.execute(endless_sql).fetchone()
            return original(query, limit=limit)

        glossary.lookup = endless  # type: ignore[method-assign]
        screen.query_input.value = "slow"
        await pilot.pause()
        while not started.is_set():
            await pilot.pause()
        screen.query_input.value = "低空"
        await settle(pilot)
        assert [row.chinese for row in screen.results.rows] == ["低空經濟"]
        assert app.screen is screen


async def test_the_first_keystroke_is_answered_at_once_and_those_close_behind_it_together(session, settle):
    session.debounce = 60
    app = YuqiaoApp(session)
    asked, answer = [], session.results_reader.look_up
    session.results_reader.look_up = lambda ticket, query, script: asked.append(query) or answer(ticket, query, script)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("l", "o", "w")
        await settle(pilot)
        screen = app.screen
        assert asked == ["l"]
        await pilot.press("enter")
        await settle(pilot)
        assert asked == ["l", "low"]
        assert [row.chinese for row in screen.results.rows] == ["低空經濟"]
        assert screen.focused is screen.detail


async def test_arrows_move_through_results_without_leaving_the_field(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("down")
        await settle(pilot)
        assert screen.focused is screen.query_input
        assert screen.results.current == 1
        assert screen.detail.sheet.concept.texts("zh")[0] == "離境退稅商店"
        await pilot.press("up", "up")
        assert screen.results.current == 0


async def test_escape_goes_back_one_step_and_never_quits(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("enter")
        assert screen.focused is screen.detail
        await pilot.press("escape")
        assert screen.focused is screen.results
        await pilot.press("escape")
        assert screen.focused is screen.query_input
        assert screen.query_input.value == "離境"
        await pilot.press("escape")
        await settle(pilot)
        assert screen.query_input.value == ""
        assert screen.has_class("-notice")
        await pilot.press("escape")
        assert app.is_running


async def test_search_key_and_its_twins_go_to_the_field(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        for key in ("/", "、", "ctrl+l"):
            await pilot.press("enter", key)
            assert screen.focused is screen.query_input
            assert screen.query_input.value == "離境"


async def test_help_key_and_its_twins_show_help(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("enter")
        for key in ("?", "？", "f1"):
            await pilot.press(key)
            assert isinstance(app.screen, HelpScreen)
            await pilot.press("escape")
            assert app.screen is screen


async def test_palette_key_and_its_twins_open_the_palette(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境")
        await pilot.press("enter")
        for key in (":", "：", "ctrl+p"):
            await pilot.press(key)
            assert isinstance(app.screen, CommandPalette)
            await pilot.press("escape")
            assert app.screen is screen


async def test_letters_are_typed_while_the_field_has_the_focus(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "low")
        await pilot.press("a")
        # As a terminal sends them: pilot.press does not know their characters.
        app.post_message(events.Key("fullwidth_question_mark", "？"))
        app.post_message(events.Key("ideographic_comma", "、"))
        await settle(pilot)
        assert screen.query_input.value == "lowa？、"
        assert app.screen is screen


async def test_script_switch_changes_everything_at_once(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        await pilot.press("f3")
        await settle(pilot)
        assert screen.results.plain_lines[0].split()[1] == "离境退税"
        shown = "\n".join(screen.detail.plain_lines)
        assert shown.startswith("离境退税")
        assert "离境退税商店总数增至" in shown
        assert screen.detail.sheet.pairs[0].source_spans
        assert "mainland" in screen.query_one(StatusLine).render().plain


async def test_taiwan_shows_taiwans_own_word(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "software")
        assert screen.results.current_row.chinese == "軟件"
        await pilot.press("f3", "f3", "f3")
        await settle(pilot)
        assert screen.results.current_row.chinese == "軟體"


async def test_copy_puts_the_term_on_the_clipboard_and_says_so(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("f7")
        assert app.clipboard == "departure tax refund"
        await pilot.press("enter", "z")
        await settle(pilot)
        assert app.clipboard == "離境退稅"
        assert [toast.message for toast in app._notifications][-1] == "Sent to the terminal's clipboard: 離境退稅"


async def test_status_line_tells_count_time_script_and_database(app: YuqiaoApp, look_up):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "LAE")
        line = screen.query_one(StatusLine).render().plain
        assert line.startswith("1 concept in 0.0 ms   exact: LAE (admitted)")
        assert line.endswith("as stored   small.db")


async def test_footer_has_at_most_seven_hints_in_80_columns(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look_up(pilot, "離境")
        for focus in (screen.query_input, screen.results):
            focus.focus()
            await settle(pilot)
            line = screen.query_one(KeyHints)
            assert 0 < len(line.hints) <= 7
            assert sum(hint.cells + 1 for hint in line.hints) <= 80


async def test_one_pane_at_a_time_at_40x12(app: YuqiaoApp, look_up, settle):
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await look_up(pilot, "離境")
        assert screen.results.region.width == 40
        assert not screen.detail.display
        await pilot.press("enter")
        await settle(pilot)
        assert screen.detail.display
        assert not screen.results.display
        assert screen.focused is screen.detail
        await pilot.press("escape")
        await settle(pilot)
        assert screen.results.display
        assert screen.focused is screen.results


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_both_panes_share_the_width(app: YuqiaoApp, look_up, size):
    async with app.run_test(size=size) as pilot:
        screen = await look_up(pilot, "離境")
        assert screen.results.region.width + screen.detail.region.width == size[0]
        assert min(screen.results.region.width, screen.detail.region.width) >= 0.4 * size[0]


async def test_theme_switches_between_our_light_and_dark(app: YuqiaoApp, look_up):
    async with app.run_test() as pilot:
        await look_up(pilot, "離境")
        assert app.theme == "yuqiao-dark"
        await pilot.press("ctrl+t")
        assert app.theme == "yuqiao-light"
