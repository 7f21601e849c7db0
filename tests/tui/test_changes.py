"""Adding, editing, approving, rejecting, deleting and undoing, and the forms for it."""

import dataclasses

import pytest

from glossary.store import Filter
from lang.errors import YuqiaoError
from tui.app import YuqiaoApp
from tui.choice import Choice
from tui.concept_form import ConceptForm
from tui.error_dialog import ErrorDialog
from tui.jobs import JobFailed
from tui.pick_dialog import PickDialog, PickList
from workspace.workspace import Workspace


def stored(database, query):
    with Workspace.open(str(database), seed=False) as workspace:
        return [match.concept for match in workspace.glossary.lookup(query)]


def count(database):
    with Workspace.open(str(database), seed=False) as workspace:
        return workspace.term_store.count(Filter())


def toasts(app):
    return [toast.message for toast in app._notifications]


def field(app, name):
    return app.screen.query_one(f"#{name}")


async def test_add_stores_what_the_form_holds_and_says_so(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "數據要素")
        await pilot.press("ctrl+n")
        assert isinstance(app.screen, ConceptForm)
        assert field(app, "chinese").value == "數據要素"  # what was looked for in vain
        assert app.focused is field(app, "english")
        field(app, "chinese").value = "數據要素; 数据要素"
        field(app, "english").value = "data as a factor of production；data factor"
        field(app, "domain").value = "economy"
        field(app, "note").text = "a note"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is screen
        assert toasts(app) == ["Added 數據要素 = data as a factor of production. Ctrl+Z undoes it."]
        assert screen.results.current_row.chinese == "數據要素"
    (concept,) = stored(database, "數據要素")
    assert concept.texts("zh") == ["數據要素", "数据要素"]
    assert concept.texts("en") == ["data as a factor of production", "data factor"]
    assert (concept.domain, concept.note) == ("economy", "a note")


async def test_the_rest_of_a_domain_is_offered_and_right_takes_it(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+n")
        assert app.focused is field(app, "chinese")
        await settle(pilot)
        field(app, "domain").focus()
        await pilot.press("T", "a")
        await settle(pilot)
        assert field(app, "domain").value == "Ta"
        await pilot.press("right")
        assert field(app, "domain").value == "tax-consumption"


WRONG = (
    ("", "data", "The Chinese term is missing."),
    ("數據", " ; ", "The English term is missing."),
    ("data", "數據", "has no Chinese character"),
    ("數據", "數據", "has Chinese characters"),
    ("低空經濟", "low-altitude economy", "already has 低空經濟 = low-altitude economy"),
)


async def test_form_stays_open_and_says_what_is_wrong(app: YuqiaoApp, database, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+n")
        field(app, "domain").value = "economy"
        for chinese, english, says in WRONG:
            field(app, "chinese").value = chinese
            field(app, "english").value = english
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert isinstance(app.screen, ConceptForm)
            assert says in str(field(app, "message").render())
        await pilot.press("escape")
        assert not isinstance(app.screen, ConceptForm)
    assert count(database) == 6


async def test_edit_changes_what_was_changed_and_keeps_the_rest(app: YuqiaoApp, database, look_up, settle):
    (before,) = [concept for concept in stored(database, "離境退稅") if concept.texts("zh")[0] == "離境退稅"]
    async with app.run_test() as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("f4")
        assert field(app, "english").value == "departure tax refund; tax refund for departing travelers"
        assert field(app, "avoid").value == "exit tax return"
        field(app, "english").value = "tax refund for departing travelers; departure tax refund"
        field(app, "definition").text = "Shorter."
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert toasts(app)[-1].startswith("Changed 離境退稅 = tax refund for departing travelers")
        shown = "\n".join(app.screen.detail.plain_lines)
        for line in ("+ definition: Shorter.", "- en ✓ departure tax refund", "+ en ~ departure tax refund"):
            assert line in shown
    (after,) = [concept for concept in stored(database, "離境退稅") if concept.id == before.id]
    assert [(term.text, term.status) for term in after.of_language("en", deprecated=True)] == [
        ("tax refund for departing travelers", "preferred"),
        ("departure tax refund", "admitted"),
        ("exit tax return", "deprecated"),
    ]
    assert after.of_language("zh") == before.of_language("zh")
    assert dataclasses.replace(after, terms=before.terms, definition=before.definition) == before


async def test_edit_without_a_change_writes_nothing(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("f4", "enter")
        await settle(pilot)
        assert toasts(app)[-1] == "Nothing was changed"


async def test_status_is_chosen_with_the_arrow_keys(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        await look_up(pilot, "低空經濟")
        await pilot.press("f4")
        choice = app.screen.query_one(Choice)
        choice.focus()
        await pilot.press("right")
        assert "[~ admitted]" in choice.render().plain
        await pilot.press("ctrl+s")
        await settle(pilot)
    (concept,) = stored(database, "低空經濟")
    assert [term.status for term in concept.terms if term.text == "low-altitude economy"] == ["admitted"]


async def test_review_changes_the_state(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        for key, state in (("f5", "approved"), ("f6", "rejected")):
            await look_up(pilot, "")
            await look_up(pilot, "離境退稅商店")
            await pilot.press("enter", key)
            await settle(pilot)
            assert toasts(app)[-1].startswith(f"{state.title()} 離境退稅商店 = departure tax refund store")
            with Workspace.open(str(database), seed=False) as workspace:
                assert workspace.glossary.concept(2).state == state


async def test_delete_and_undo(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "低空")
        for key, undo in (("d", "ctrl+z"), ("delete", "u"), ("f9", "ctrl+z")):
            await pilot.press("enter", key)
            await settle(pilot)
            assert toasts(app)[-1] == "Deleted 低空經濟 = low-altitude economy. Ctrl+Z undoes it."
            assert count(database) == 5
            assert screen.results.rows == ()
            assert screen.focused is screen.query_input
            # The letter is for a focus outside the field, which nothing found has brought back.
            screen.set_focus(None)
            await pilot.press(undo)
            await settle(pilot)
            assert toasts(app)[-1] == "Undid the deletion of 低空經濟 = low-altitude economy"
            assert screen.results.current_row.chinese == "低空經濟"
            screen.query_input.focus()
    assert count(database) == 6


@pytest.mark.parametrize("key", ["p", "ctrl+o"])
async def test_a_proposal_waits_in_the_review_area(app: YuqiaoApp, database, look_up, settle, key):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "夜間經濟")
        if key == "p":
            screen.set_focus(None)
        await pilot.press(key)
        assert field(app, "chinese").value == "夜間經濟"
        field(app, "english").value = "night-time economy"
        await pilot.press("ctrl+s")
        await settle(pilot)
        said = "Proposed 夜間經濟 = night-time economy; it waits in Review. Ctrl+Z undoes it."
        assert toasts(app) == [said]
        (concept,) = stored(database, "夜間經濟")
        assert concept.state == "proposed"
        await pilot.press("ctrl+g", "r")
        await settle(pilot)
        assert any("夜間經濟" in line for line in app.screen.queue_list.plain_lines)


async def test_deprecate_asks_which_form_and_undo_brings_it_back(app: YuqiaoApp, database, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "離境退稅")
        await pilot.press("ctrl+r")
        assert isinstance(app.screen, PickDialog)
        picks = app.screen.query_one(PickList)
        assert picks.plain_lines == ["1  departure tax refund", "2  tax refund for departing travelers"]
        await pilot.press("escape", "enter", "x", "down", "enter")
        await settle(pilot)
        assert app.screen is screen
        assert toasts(app) == ["Not to be used any more: tax refund for departing travelers. Ctrl+Z undoes it."]
        with Workspace.open(str(database), seed=False) as workspace:
            assert workspace.glossary.concept(1).deprecated_texts("en") == [
                "tax refund for departing travelers",
                "exit tax return",
            ]
        await pilot.press("ctrl+z")
        await settle(pilot)
        with Workspace.open(str(database), seed=False) as workspace:
            assert workspace.glossary.concept(1).deprecated_texts("en") == ["exit tax return"]
        await pilot.press("x", "1")
        await settle(pilot)
        assert toasts(app)[-1].startswith("Not to be used any more: departure tax refund.")


async def test_a_click_picks_the_form(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        await look_up(pilot, "離境退稅")
        await pilot.press("ctrl+r")
        await pilot.pause()
        await pilot.click(PickList, offset=(6, 2))
        await settle(pilot)
        assert toasts(app)[-1].startswith("Not to be used any more: tax refund for departing travelers.")


async def test_nothing_to_undo_is_said_in_a_dialog(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert app.screen.message == "There is nothing to undo."
        await pilot.press("enter")
        assert not isinstance(app.screen, ErrorDialog)


async def test_actions_on_a_concept_are_off_without_one(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        await settle(pilot)
        screen = app.screen
        await pilot.press("f4", "f5", "f6", "f7", "f9")
        await settle(pilot)
        assert app.screen is screen
        assert toasts(app) == []


async def test_an_unexpected_error_becomes_words(app: YuqiaoApp, look_up, settle):
    async with app.run_test() as pilot:
        screen = await look_up(pilot, "低空")

        def broken(*_, **__):
            raise RuntimeError("[/] [b broken")

        screen.session.results_reader.look_up = broken
        screen.query_input.value = "離境"
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert "RuntimeError: [/] [b broken" in app.screen.message
        await pilot.press("escape")
        assert app.is_running


async def test_errors_name_what_to_do(app: YuqiaoApp, settle):
    async with app.run_test() as pilot:
        app.post_message(JobFailed(YuqiaoError("It is [/] locked.", "Try [b later.")))
        await settle(pilot)
        shown = [str(part.render()) for part in app.screen.query("Static")]
        assert shown == ["It is [/] locked.", "Try [b later."]
