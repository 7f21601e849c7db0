"""A small fixed database, a clock that stands still, and a way to wait for what runs in the background."""

import shutil
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from textual import _wait
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

from glossary.concept import Concept, Term
from glossary.store import Edit
from tm.store import UnitFilter
from tm.unit import Unit
from tui.app import YuqiaoApp
from tui.jobs import JobApp
from tui.key_order import KeyOrderApp
from tui.lookup_screen import LookupScreen
from tui.path_picker import PathPicker
from tui.session import Session
from workspace.workspace import Workspace

HOSTILE = "术语 [/] [b"
"""A term that is broken markup."""


def concept(hant: str, hans: str, english: str, *more: Term, **fields: str) -> Concept:
    terms = (Term(hant, "zh-Hant-HK"), Term(hans, "zh-Hans"), Term(english, "en"), *more)
    return Concept(terms, **fields)  # type: ignore[arg-type]


CONCEPTS = (
    concept(
        "離境退稅",
        "离境退税",
        "departure tax refund",
        Term("tax refund for departing travelers", "en", "admitted"),
        Term("exit tax return", "en", "deprecated"),
        domain="tax-consumption",
        definition="Refund of value-added tax to overseas visitors on goods bought and taken out of the country.",
        source="State Taxation Administration",
    ),
    concept("離境退稅商店", "离境退税商店", "departure tax refund store", domain="tax-consumption", state="proposed"),
    concept("低空經濟", "低空经济", "low-altitude economy", Term("LAE", "en", "admitted"), domain="economy"),
    concept("人口老齡化", "人口老龄化", "population ageing", domain="health-society"),
    concept("軟件", "软件", "software", Term("軟體", "zh-Hant-TW"), domain="technology"),
    Concept(
        (Term(HOSTILE, "zh-Hans"), Term("a [/] [b term", "en"), Term("[red]never[/", "en", "deprecated")),
        domain="[/domain",
        definition="[/] [b definition",
        note="[link=",
        source="[@click=quit]",
    ),
)
UNITS = (
    Unit(
        "離境退稅商店總數增至1,280家，較上年末翻了一番多。",
        "The number of departure tax refund stores has more than doubled to 1,280.",
    ),
    Unit("發展低空經濟。", "We will develop the low-altitude economy."),
    Unit("維護 [/] [b 市場。", "We will maintain [/] [b markets: 术语 [/] [b."),
)


@pytest.fixture(autouse=True)
def look_twice_as_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pilot looks whether all is quiet every 20 ms, two times a key: most of what a test took was this sleep.

    Still longer than the 8 ms to the next frame.
    """
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", _wait.SLEEP_GRANULARITY / 2)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", _wait.SLEEP_IDLE / 2)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tui") / "small.db"
    with Workspace.open(str(path), seed=False, user="editor") as workspace:
        workspace.term_store.write([Edit("add", one) for one in CONCEPTS], kind="seed", by="yuqiao", summary="6 concepts")
        workspace.memory.seed(UNITS)
        workspace.connection.execute("UPDATE change SET at = '2026-01-02T03:04:05+00:00'")
        workspace.connection.execute("UPDATE unit SET created = ?1, changed = ?1", ("2026-01-02T03:04:05+00:00",))
        workspace.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def database(pristine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("YUQIAO_USER", "editor")
    # No test touches the clipboard of whoever runs it.
    monkeypatch.setenv("SSH_TTY", "none")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    path = tmp_path / "small.db"
    shutil.copy(pristine, path)
    yield path
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def session(database: Path) -> Iterator[Session]:
    session = Session(database, clock=lambda: 0.0, debounce=0)
    yield session
    session.close()


@pytest.fixture
def app(session: Session) -> YuqiaoApp:
    return YuqiaoApp(session)


@pytest.fixture(autouse=True)
def press_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys have reached their places when the pilot has pressed them, also those that are held back for the ones before."""
    press = Pilot.press

    async def whole(pilot: Pilot[int], *keys: str) -> None:
        await press(pilot, *keys)
        while isinstance(pilot.app, KeyOrderApp) and pilot.app.keys_under_way:
            await pilot.pause(0)

    monkeypatch.setattr(Pilot, "press", whole)


Settle = Callable[[Pilot[int]], Awaitable[None]]


@pytest.fixture
def settle() -> Settle:
    """Waits until no job runs and every message has arrived."""

    async def wait(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, JobApp)
        quiet = 0
        while quiet < 4:
            # Waits for every widget's messages; without a delay it would also wait for an idle processor, each time.
            await pilot.pause(0)
            workers = list(pilot.app.workers)
            if workers:
                with suppress(WorkerCancelled):
                    await pilot.app.workers.wait_for_complete([worker for worker in workers if not worker.is_cancelled])
            # A screen just gone to is laid out when Textual has let go of it, a twentieth of a second later.
            held = pilot.app._batch_count > 0 or pilot.app.jobs_wait
            quiet = 0 if workers or held or pilot.app.keys_under_way else quiet + 1

    return wait


TypeQuery = Callable[[Pilot[int], str], Awaitable[LookupScreen]]


@pytest.fixture
def look_up(settle: Settle) -> TypeQuery:
    """Puts a query into the search field and waits for its results."""

    async def type_query(pilot: Pilot[int], query: str) -> LookupScreen:
        screen = pilot.app.screen
        assert isinstance(screen, LookupScreen)
        screen.query_input.value = query
        await settle(pilot)
        return screen

    return type_query


OpenDocuments = Callable[..., Awaitable[Screen[object]]]


@pytest.fixture
def open_documents(settle: Settle) -> OpenDocuments:
    """Goes to an area by its letter and opens documents there, each in a picker; an empty name takes what is suggested."""

    async def open_them(pilot: Pilot[int], area: str, *names: str) -> Screen[object]:
        await pilot.press("ctrl+g", area)
        await settle(pilot)
        screen = pilot.app.screen
        await pilot.press("f2")
        for name in names:
            picker = pilot.app.screen
            assert isinstance(picker, PathPicker)
            if name:
                picker.field.value = name
            await pilot.press("enter")
        await settle(pilot)
        return screen

    return open_them


@pytest.fixture
def units_of(database: Path) -> Callable[..., list[Unit]]:
    """The units of the memory now, of all memories or those named."""

    def read(*origins: str) -> list[Unit]:
        with Workspace.open(str(database), seed=False) as workspace:
            return list(workspace.memory.store.listing(UnitFilter(origins=origins)))

    return read
