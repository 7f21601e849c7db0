"""The queue of doubtful alignments: the least sure first, accepted, deleted, edited, put off and undone by single keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.tui.conftest import HOSTILE
from tm.unit import CONFIDENCE, Unit
from tui.app import YuqiaoApp
from tui.error_dialog import ErrorDialog
from tui.memory_form import UnitForm
from tui.review_bar import ReviewBar
from tui.review_screen import ReviewScreen
from workspace.workspace import Workspace


def aligned(source: str, target: str, confidence: float) -> Unit:
    return Unit(source, target, origin="report", properties=((CONFIDENCE, f"{confidence:.3f}"),))


PAIRS = (
    aligned("新增就業300萬人。", "We will create 5 million jobs.", 0.41),
    aligned("深化改革。", "Deepen reform.", 0.12),
    aligned("擴大內需。", "Expand domestic demand.", 0.97),
    aligned(f"維護{HOSTILE}市場。", f"Maintain [/] {HOSTILE} markets.", 0.66),
)


@pytest.fixture
def doubtful(database: Path) -> Path:
    with Workspace.open(str(database), seed=False, user="aligner") as workspace:
        workspace.memory.add(PAIRS, kind="align", summary="report")
    return database


@asynccontextmanager
async def alignments(app: YuqiaoApp, settle, size=(120, 40)) -> AsyncIterator[tuple[Pilot[int], ReviewScreen]]:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", "r")
        await settle(pilot)
        await pilot.press("c", "c", "c")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)
        yield pilot, app.screen


def shown(screen: ReviewScreen) -> list[str]:
    return [line.split()[1] for line in screen.queue_list.plain_lines]


def bar(screen: ReviewScreen) -> str:
    return screen.query_one(ReviewBar).render().plain


def stored(database: Path) -> dict[str, tuple[str, str]]:
    with Workspace.open(str(database), seed=False) as workspace:
        units = workspace.memory.store.units(list(range(1, 20)))
        return {unit.source: (unit.target, unit.state) for unit in units.values() if unit.origin == "report"}


async def test_the_least_sure_stand_first_with_the_evidence(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        assert shown(screen) == ["深化改革。", "新增就業300萬人。", "維護术语"]
        assert "[Alignments 3]" in bar(screen)
        await pilot.press("j")
        await settle(pilot)
        evidence = "\n".join(screen.evidence.plain_lines)
        for text in ("0.41 sure", "the quantities differ", "We will create 5 million jobs.", "After it", "Deepen reform."):
            assert text in evidence
        await pilot.press("j")
        await settle(pilot)
        assert f"Maintain [/] {HOSTILE} markets." in "\n".join(screen.evidence.plain_lines)


async def test_accepted_it_is_reviewed_and_undo_brings_it_back(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        await pilot.press("a")
        await settle(pilot)
        assert shown(screen) == ["新增就業300萬人。", "維護术语"]
        assert "1 settled, 2 left" in bar(screen)
        assert stored(doubtful)["深化改革。"] == ("Deepen reform.", "reviewed")
        await pilot.press("u")
        await settle(pilot)
        assert shown(screen) == ["深化改革。", "新增就業300萬人。", "維護术语"]
        assert stored(doubtful)["深化改革。"] == ("Deepen reform.", "translated")
        assert "0 settled, 3 left" in bar(screen)


async def test_rejected_it_is_deleted_and_undo_brings_it_back(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        await pilot.press("x")
        await settle(pilot)
        assert "深化改革。" not in stored(doubtful)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert stored(doubtful)["深化改革。"] == ("Deepen reform.", "translated")
        assert shown(screen)[0] == "深化改革。"


async def test_all_that_are_marked_are_settled_as_one_change(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        await pilot.press("*", "a")
        await settle(pilot)
        assert "Alignments 0" in bar(screen)
        assert "No pair of the memory is in doubt" in " ".join(screen.queue_list.plain_lines)
        assert {state for _, state in stored(doubtful).values()} == {"reviewed", "translated"}
        await pilot.press("u")
        await settle(pilot)
        assert len(shown(screen)) == 3


async def test_an_edited_pair_is_reviewed(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        await pilot.press("j", "e")
        await settle(pilot)
        assert isinstance(app.screen, UnitForm)
        app.screen.query_one("#unit-target", TextArea).text = "We will create 3 million jobs."
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert stored(doubtful)["新增就業300萬人。"] == ("We will create 3 million jobs.", "reviewed")
        assert shown(screen) == ["深化改革。", "維護术语"]


async def test_what_is_put_off_comes_last(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        await pilot.press("l")
        assert shown(screen) == ["新增就業300萬人。", "維護术语", "深化改革。"]


async def test_when_those_that_were_read_are_settled_more_are_read(app, doubtful, settle, monkeypatch):
    monkeypatch.setattr("tui.review_reading.ALIGNMENTS", 2)
    async with alignments(app, settle) as (pilot, screen):
        assert (shown(screen), "[Alignments 3]" in bar(screen)) == (["深化改革。", "新增就業300萬人。"], True)
        await pilot.press("*", "a")
        await settle(pilot)
        assert shown(screen) == ["維護术语"]
        assert "2 settled, 1 left" in bar(screen)


async def test_what_another_deleted_meanwhile_is_told_in_words(app, doubtful, settle):
    async with alignments(app, settle) as (pilot, screen):
        with Workspace.open(str(doubtful), seed=False) as workspace:
            gone = screen.queue_list.current_item
            workspace.memory.delete([gone.unit.id])
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert "no pair" in app.screen.message
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, ReviewScreen)


async def test_what_has_no_meaning_here_is_off(app, doubtful, settle):
    async with alignments(app, settle) as (_, screen):
        for action in ("merge", "choose_other", "reject_because"):
            assert screen.check_action(action, ()) is False
        for action in ("accept", "reject", "edit_concept", "postpone", "mark"):
            assert screen.check_action(action, ())


@pytest.mark.parametrize(("key", "copied"), [("z", "深化改革。"), ("alt+z", "深化改革。"), ("alt+c", "Deepen reform.")])
async def test_a_side_is_copied(app, doubtful, settle, key, copied):
    async with alignments(app, settle) as (pilot, _):
        await pilot.press(key)
        await settle(pilot)
        assert app.clipboard == copied
