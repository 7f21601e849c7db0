"""The review area: proposals, conflicts and candidates, decided by single keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from glossary.concept import Concept, Term
from glossary.store import Filter
from tests.tui.conftest import HOSTILE
from tm.unit import Unit
from tui.app import YuqiaoApp
from tui.area_menu import AreaMenu
from tui.concept_form import ConceptForm
from tui.lookup_screen import LookupScreen
from tui.reason_dialog import ReasonDialog
from tui.review_bar import ReviewBar
from tui.review_screen import ReviewScreen
from workspace.workspace import Workspace


def proposed(chinese: str, english: str) -> Concept:
    return Concept((Term(chinese, "zh-Hant"), Term(english, "en", context=f"They say {english}.")), domain="economy")


WAITING = (
    proposed("夜市經濟", "night market economy"),
    proposed("低空經濟", "low altitude economy"),
    proposed("數據要素", "data factor"),
)


@pytest.fixture
def queue(database):
    """Four proposals: that of the small database, and three of a colleague's; one contradicts an approved concept."""
    with Workspace.open(str(database), seed=False, user="colleague") as workspace:
        workspace.glossary.propose(WAITING, summary="three terms")
        workspace.connection.execute("UPDATE change SET at = '2026-01-02T03:04:05+00:00'")
    return database


@asynccontextmanager
async def reviewing(app: YuqiaoApp, settle, size=(120, 40)) -> AsyncIterator[tuple[Pilot[int], ReviewScreen]]:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", "r")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        yield pilot, app.screen


def shown(screen):
    return [line.split()[1] for line in screen.queue_list.plain_lines]


def states(database):
    with Workspace.open(str(database), seed=False) as workspace:
        return {concept.texts("zh")[0]: concept.state for concept in workspace.term_store.listing(Filter())}


def progress(screen):
    return screen.query_one(ReviewBar).render().plain


async def test_the_queue_shows_the_oldest_first_with_its_evidence(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        assert shown(screen) == ["離境退稅商店", "夜市經濟", "低空經濟", "數據要素"]
        await pilot.press("down")
        await settle(pilot)
        evidence = "\n".join(screen.evidence.plain_lines)
        for text in ("proposed by colleague, 2026-01-02 03:04", "three terms", "They say night market economy.", "Terms"):
            assert text in evidence
        assert "[Proposals 4]" in progress(screen)
        assert "0 settled, 4 left" in progress(screen)


async def test_a_proposal_shows_what_it_contradicts(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("j", "j")
        await settle(pilot)
        assert screen.queue_list.plain_lines[2].split()[0] in "✗!~"
        evidence = "\n".join(screen.evidence.plain_lines)
        assert "Contradicts what is approved" in evidence
        assert "low-altitude economy" in evidence


@pytest.mark.parametrize(
    ("keys", "state"),
    [("a", "approved"), ("y", "approved"), ("f5", "approved"), ("n", "rejected"), ("x", "rejected"), ("f6", "rejected")],
)
async def test_one_key_decides_and_undo_brings_back(app, queue, settle, keys, state):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("down", keys)
        await settle(pilot)
        assert shown(screen) == ["離境退稅商店", "低空經濟", "數據要素"]
        assert states(queue)["夜市經濟"] == state
        assert "1 settled, 3 left" in progress(screen)
        await pilot.press("u" if keys == "a" else "ctrl+z")
        await settle(pilot)
        assert states(queue)["夜市經濟"] == "proposed"
        assert len(shown(screen)) == 4
        assert "0 settled, 4 left" in progress(screen)


async def test_deciding_fast_takes_the_next_each_time(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("a", "a", "n")
        await settle(pilot)
        assert shown(screen) == ["數據要素"]
        decided = states(queue)
        # Two concepts are called 低空經濟: the approved one stands before the proposal that was rejected.
        assert (decided["離境退稅商店"], decided["夜市經濟"], decided["低空經濟"]) == ("approved", "approved", "rejected")


async def test_marks_decide_many_as_one_change(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("down", "space", "down", "space")
        assert screen.queue_list.plain_lines[1].startswith("●")
        assert "2 marked" in progress(screen)
        await pilot.press("a")
        await settle(pilot)
        assert shown(screen) == ["離境退稅商店", "低空經濟"]
        await pilot.press("u")
        await settle(pilot)
        assert len(shown(screen)) == 4
        await pilot.press("ctrl+a")
        assert "4 marked" in progress(screen)
        await pilot.press("escape")
        assert "marked" not in progress(screen)
        await pilot.press("*", "*")
        assert "marked" not in progress(screen)


async def test_rejecting_with_a_reason_keeps_it_in_the_history(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        for key in ("ctrl+r", "r"):
            await pilot.press(key)
            assert isinstance(app.screen, ReasonDialog)
            await pilot.press("enter")
            assert isinstance(app.screen, ReasonDialog)
            await pilot.press("escape")
        await pilot.press("r", *"vague", "enter")
        await settle(pilot)
        assert "離境退稅商店" not in shown(screen)
    with Workspace.open(str(queue), seed=False) as workspace:
        assert workspace.glossary.history(2)[-1].reason == "vague"


@pytest.mark.parametrize("key", ["e", "f4"])
async def test_edit_keeps_the_proposal_waiting(app, queue, settle, key):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("down", key)
        assert isinstance(app.screen, ConceptForm)
        app.screen.query_one("#english").value = "night-time economy"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert app.screen is screen
        assert "night-time economy" in screen.queue_list.plain_lines[1]
        assert screen.queue_list.current == 1


@pytest.mark.parametrize("key", ["m", "f7"])
async def test_merge_joins_a_proposal_to_what_it_contradicts(app, queue, settle, key):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press(key)
        assert "nothing to merge" in [toast.message for toast in app._notifications][-1]
        await pilot.press("down", "down", key)
        await settle(pilot)
        assert "低空經濟" not in shown(screen)
    with Workspace.open(str(queue), seed=False) as workspace:
        (match,) = workspace.glossary.lookup("低空經濟")
        assert match.concept.id == 3
        assert match.concept.texts("en")[0] == "low-altitude economy"
        assert "low altitude economy" in match.concept.texts("en")


async def test_a_proposal_shows_the_approved_concept_with_its_chinese_and_joins_it(app, database, settle):
    with Workspace.open(str(database), seed=False) as workspace:
        workspace.glossary.propose([Concept((Term("離境退稅", "zh-Hant"), Term("exit rebate", "en")))], summary="one")
        workspace.glossary.propose([Concept((Term("夜市", "zh-Hant"),))], summary="one without English")
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("down")
        await settle(pilot)
        assert any("= 離境退稅" in line for line in screen.queue_list.plain_lines)
        evidence = "\n".join(screen.evidence.plain_lines)
        assert "the term base has this Chinese" in evidence
        assert "departure tax refund" in evidence
        await pilot.press("m")
        await settle(pilot)
        await pilot.press("end")
        await settle(pilot)
        assert "It has no English yet" in "\n".join(screen.evidence.plain_lines)
    with Workspace.open(str(database), seed=False) as workspace:
        match = workspace.glossary.lookup("exit rebate")[0]
    assert match.concept.texts("en")[0] == "departure tax refund"


async def test_another_concept_can_be_chosen(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("down", "down")
        assert screen.concept.state == "proposed"
        for key in ("o", "f8"):
            await pilot.press(key)
        assert screen.concept.state == "proposed"
        await pilot.press("o")
        await settle(pilot)
        assert screen.concept.id == 3
        assert any(line.startswith("▸ concept 3") for line in screen.evidence.plain_lines)


async def test_later_puts_at_the_end(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("l")
        assert shown(screen) == ["夜市經濟", "低空經濟", "數據要素", "離境退稅商店"]
        await pilot.press("f9")
        assert shown(screen) == ["低空經濟", "數據要素", "離境退稅商店", "夜市經濟"]
        assert screen.queue_list.current == 0


async def test_conflicts_are_accepted_with_a_reason(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("c")
        await settle(pilot)
        assert "[Conflicts" in progress(screen)
        before = len(screen.queue_list.items)
        assert before >= 1
        assert "Or in a shell: yuqiao" in "\n".join(screen.evidence.plain_lines)
        await pilot.press("n")  # rejecting means nothing here
        await pilot.press("a", *"two laws", "enter")
        await settle(pilot)
        assert len(screen.queue_list.items) == before - 1
    with Workspace.open(str(queue), seed=False) as workspace:
        assert [ruling.reason for ruling in workspace.term_store.explained().values()] == ["two laws"]


async def test_conflicting_concepts_become_one(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("f2")
        await settle(pilot)
        item = screen.queue_list.current_item
        assert len(item.concepts) == 2
        await pilot.press("o", "m")
        await settle(pilot)
        assert item.text not in {finding.text for finding in screen.queue_list.items}
    with Workspace.open(str(queue), seed=False) as workspace:
        assert workspace.glossary.concept(item.concepts[0].id).id == item.concepts[1].id


async def test_candidates_of_the_memory_become_proposals(app, queue, settle):
    with Workspace.open(str(queue), seed=False) as workspace:
        workspace.memory.seed(
            [
                Unit(f"{place}推進智慧養老服務{rest}。", f"{town} will promote smart elderly care {more}.")
                for place, rest, town, more in (
                    ("上海", "建設", "Shanghai", "services"),
                    ("北京", "試點", "Beijing", "pilots"),
                    ("廣州", "發展", "Guangzhou", "development"),
                    ("深圳", "改革", "Shenzhen", "reform"),
                )
            ]
        )
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("c", "c")
        assert "F11" in "\n".join(screen.queue_list.plain_lines)
        await pilot.press("f11")
        await settle(pilot)
        found = len(screen.queue_list.items)
        assert found >= 1
        assert "smart elderly care" in "\n".join(screen.evidence.plain_lines)
        await pilot.press("n", "u")
        await settle(pilot)
        assert len(screen.queue_list.items) == found
        await pilot.press("a")
        await settle(pilot)
        assert len(screen.queue_list.items) == found - 1
        await pilot.press("c", "c")
        await settle(pilot)
        assert len(shown(screen)) == 5


async def test_a_change_that_fails_brings_the_item_back(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        with Workspace.open(str(queue), seed=False) as workspace:
            workspace.glossary.delete([2])
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen
        assert shown(screen) == ["夜市經濟", "低空經濟", "數據要素"]


async def test_an_empty_queue_says_what_to_press(app, database, settle):
    with Workspace.open(str(database), seed=False) as workspace:
        workspace.glossary.set_state([2], "approved")
    async with reviewing(app, settle) as (pilot, screen):
        assert "F2 goes on to conflicts" in " ".join(screen.queue_list.plain_lines)
        await pilot.press("a", "n", "e", "m", "l", "enter")
        assert app.screen is screen


async def test_moving_between_panes_and_queues(app, queue, settle):
    async with reviewing(app, settle, (60, 20)) as (pilot, screen):
        await pilot.press("enter")
        assert screen.focused is screen.evidence
        assert not screen.queue_list.display
        await pilot.press("escape")
        assert screen.focused is screen.queue_list
        bar = screen.query_one(ReviewBar)
        await pilot.click(bar, offset=(18, 0))
        await settle(pilot)
        assert "[Conflicts" in progress(screen)


async def test_script_switches_in_all_areas(app, queue, settle):
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("s")
        await settle(pilot)
        assert shown(screen)[0] == "离境退税商店"
        await pilot.press("f10")
        assert isinstance(app.screen, AreaMenu)
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(app.screen, LookupScreen)
        assert app.screen.script == screen.script


async def test_broken_markup_goes_through(app, database, settle):
    with Workspace.open(str(database), seed=False) as workspace:
        workspace.glossary.propose([proposed(HOSTILE, "[red]x[/ [b")], summary="[/] [b")
    async with reviewing(app, settle) as (pilot, screen):
        await pilot.press("end")
        await settle(pilot)
        assert HOSTILE in screen.queue_list.plain_lines[-1]
        assert "[/] [b" in "\n".join(screen.evidence.plain_lines)
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("c")
        await settle(pilot)
        assert app.screen is screen
