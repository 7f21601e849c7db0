"""Keys that come faster than the screen changes: each goes where the one before it leads."""

from textual import events
from textual.keys import Keys
from textual.widgets import Input

from tui.app import YuqiaoApp
from tui.concept_form import ConceptForm
from tui.lookup_screen import LookupScreen
from tui.memory_screen import MemoryScreen

NAMES = {"/": "slash", "\t": "tab", "\r": "enter"}
FUNCTIONS = {"\x07": Keys.ControlG.value, "\x0e": Keys.ControlN.value, "\x06": Keys.ControlF.value}


def type_at_once(app, text):
    """As a terminal sends what was typed while the program was busy."""
    for character in text:
        key = FUNCTIONS.get(character)
        app.post_message(events.Key(key, None) if key else events.Key(NAMES.get(character, character), character))


async def test_a_chord_and_a_query_reach_the_area_they_are_for(app: YuqiaoApp, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        here = app.screen
        type_at_once(app, "\x07m低空")
        await settle(pilot)
        assert isinstance(app.screen, MemoryScreen)
        assert app.screen.query_input.value == "低空"
        assert isinstance(here, LookupScreen)
        assert here.query_input.value == ""


async def test_words_after_a_slash_are_no_commands(app: YuqiaoApp, look_up, settle, database):
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look_up(pilot, "離境退稅")
        await pilot.press("enter")
        await settle(pilot)
        assert not screen.query_input.has_focus
        type_at_once(app, "/dandy")
        await settle(pilot)
        assert screen.query_input.value == "dandy"
        assert not app._notifications, "a letter was taken for a command"


async def test_a_form_gets_what_is_typed_after_the_key_that_opens_it(app: YuqiaoApp, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        type_at_once(app, "新詞\x0enew term\ttrade")
        await settle(pilot)
        form = app.screen
        assert isinstance(form, ConceptForm)
        fields = {name: form.query_one(f"#{name}", Input).value for name in ("chinese", "english", "domain")}
        assert fields == {"chinese": "新詞", "english": "new term", "domain": "trade"}


async def test_what_is_pasted_goes_there_as_well(app: YuqiaoApp, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        type_at_once(app, "\x0e")
        app.post_message(events.Paste("首發經濟"))
        await settle(pilot)
        assert app.screen.query_one("#chinese", Input).value == "首發經濟"


async def test_enter_saves_the_form_and_goes_on_below(app: YuqiaoApp, settle):
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        type_at_once(app, "\x0e首發經濟\tdebut economy\r")
        await settle(pilot)
        type_at_once(app, "\x07l首發")
        await settle(pilot)
        assert isinstance(app.screen, LookupScreen)
        assert app.screen.query_input.value == "首發"
        assert "debut economy" in "\n".join(app.screen.results.plain_lines)
