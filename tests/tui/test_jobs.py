"""The list of long jobs: seen from every area, how far they are, stopped and gone to."""

import asyncio
import threading

import pytest

from tui.app import YuqiaoApp
from tui.area_bar import AreaBar
from tui.error_dialog import ErrorDialog
from tui.jobs import LongJob
from tui.jobs_screen import JobList, JobsScreen
from tui.lookup_screen import LookupScreen
from tui.memory_screen import MemoryScreen


class Slow:
    """A job that ends when it is told to, or asked to stop."""

    def __init__(self, app: YuqiaoApp, title: str = "Import [/] [b.tmx", area: str = "memory", error: Exception | None = None):
        self.ready = threading.Event()
        self.told = LongJob(title, area, self.ready.set)
        self._error = error
        app.run_long_job(self._run, self.told, group="slow")

    def _run(self) -> None:
        self.ready.wait(20)
        if self._error is not None:
            raise self._error


def bar(app: YuqiaoApp) -> str:
    return app.screen.query_one(AreaBar).render().plain


def lines(app: YuqiaoApp) -> list[str]:
    return app.screen.query_one(JobList).plain_lines


@pytest.fixture
def slow(app):
    """Starts jobs, and lets all go at the end."""
    started: list[Slow] = []

    def start(*given, **named):
        started.append(Slow(app, *given, **named))
        return started[-1]

    yield start
    for one in started:
        one.ready.set()


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_job_is_seen_from_every_area_and_gone_when_it_ends(app: YuqiaoApp, settle, slow, size):
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "job" not in bar(app)
        job = slow()
        job.told.tell("pairs", 12_000, 40_000)
        assert bar(app).endswith("1 job ")
        await pilot.press("ctrl+g", "s")
        await pilot.pause()
        assert bar(app).endswith("1 job ")
        await pilot.press("alt+w")
        await pilot.pause()
        assert isinstance(app.screen, JobsScreen)
        (line,) = lines(app)
        assert line.startswith("Memory: Import [/] [b.tmx")
        assert "[###---------] 12,000 of 40,000" in line
        job.ready.set()
        await settle(pilot)
        assert lines(app) == ["Nothing goes on in the background."]
        await pilot.press("escape")
        await pilot.pause()
        assert "job" not in bar(app)


@pytest.mark.parametrize("key", ["x", "delete", "f9"])
async def test_the_current_one_is_stopped(app: YuqiaoApp, settle, slow, key):
    async with app.run_test() as pilot:
        await settle(pilot)
        first, second = slow("Score a.txt", "score"), slow("Import b.tmx")
        app.screen.set_focus(None)
        await pilot.press("J")
        await pilot.pause()
        assert len(lines(app)) == 2
        await pilot.press("down", key)
        assert second.told.stopping
        assert not first.told.stopping
        for _ in range(100):
            await pilot.pause(0.02)
            if len(lines(app)) == 1:
                break
        assert lines(app)[0].startswith("Score: Score a.txt")
        first.ready.set()
        await settle(pilot)


async def test_enter_goes_to_the_area_and_a_click_on_the_bar_opens_the_list(app: YuqiaoApp, settle, slow):
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        job = slow()
        await pilot.pause()
        await pilot.click(AreaBar, offset=(77, 0))
        await pilot.pause()
        assert isinstance(app.screen, JobsScreen)
        await pilot.press("enter")
        job.ready.set()
        await settle(pilot)
        assert isinstance(app.screen, MemoryScreen)
        await pilot.press("ctrl+g", "j")
        await settle(pilot)
        assert isinstance(app.screen, JobsScreen)


async def test_a_job_that_fails_is_gone_too_and_told(app: YuqiaoApp, settle, slow):
    async with app.run_test() as pilot:
        await settle(pilot)
        slow(error=RuntimeError("[/] broken")).ready.set()
        await settle(pilot)
        assert isinstance(app.screen, ErrorDialog)
        assert app.long_jobs == []


async def test_terms_are_looked_for_in_the_memory_as_a_job_that_can_be_stopped(app: YuqiaoApp, settle, monkeypatch):
    reached, ready = threading.Event(), threading.Event()
    from tui.review_reading import ReviewReader

    whole = ReviewReader.candidates

    def held(reader, ticket, told):
        told("Reading pairs")
        reached.set()
        ready.wait(20)
        return whole(reader, ticket, told)

    monkeypatch.setattr(ReviewReader, "candidates", held)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("ctrl+g", "r")
        await settle(pilot)
        await pilot.press("c", "c", "f11")
        reached.wait(20)
        await pilot.press("alt+w")
        await pilot.pause(0.05)
        assert "Review: Find terms in the memory  Reading pairs" in lines(app)[0]
        assert "Reading pairs" in lines(app)[0]
        await pilot.press("x")
        ready.set()
        await settle(pilot)
        assert app.long_jobs == []
        await pilot.press("escape")
        assert app.screen._told == ""


async def test_jobs_begin_also_where_something_covers_the_first_screen(app: YuqiaoApp, monkeypatch):
    # As it is where a dialog is opened before the first frame: what the screen below was to do afterwards waits.
    monkeypatch.setattr(LookupScreen, "call_after_refresh", lambda *_, **__: True)
    done = threading.Event()
    async with app.run_test():
        app.run_job(done.set, group="first")
        for _ in range(200):
            if done.is_set():
                break
            await asyncio.sleep(0.01)
        assert done.is_set()
