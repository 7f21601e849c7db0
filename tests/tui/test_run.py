"""Starting the terminal UI on a database."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import threading

import pytest

from lang.errors import BadFileError
from tui import app as tui_app
from tui.app import YuqiaoApp
from tui.session import Session
from workspace.workspace import Workspace


def run_on(path, monkeypatch, by_hand=None):
    """Run the program on a database without a terminal; `by_hand` gets its pilot, then it is quit."""

    async def pilot_and_quit(pilot):
        await by_hand(pilot)
        pilot.app.exit()

    ordinary = YuqiaoApp.run
    monkeypatch.setenv("YUQIAO_SETTINGS", str(path.with_name("settings.json")))
    monkeypatch.setattr(YuqiaoApp, "run", lambda self: ordinary(self, headless=True, auto_pilot=by_hand and pilot_and_quit))
    return tui_app.run(str(path))


def test_run_makes_and_seeds_a_new_database(tmp_path, monkeypatch, settle):
    path = tmp_path / "new.db"
    found = []

    async def look_up(pilot):
        await settle(pilot)
        pilot.app.screen.query_input.value = "離境退稅"
        await settle(pilot)
        found.extend(row.english for row in pilot.app.screen.results.rows)

    assert run_on(path, monkeypatch, look_up) == 0
    assert found[0] == "departure tax refund"
    assert gc.isenabled()
    with Workspace.open(str(path), seed=False) as workspace:
        assert workspace.glossary.lookup("離境退稅")


def test_run_refuses_what_is_no_database(tmp_path, monkeypatch):
    path = tmp_path / "text.txt"
    path.write_text("no database at all, but long enough to look like one\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(BadFileError):
        run_on(path, monkeypatch)
    assert path.read_bytes() == before


async def test_what_is_typed_while_the_database_is_prepared_is_answered_then(database, settle, monkeypatch):
    may_open, opened = threading.Event(), Workspace.open

    def open_late(*given, **options):
        may_open.wait(30)
        return opened(*given, **options)

    monkeypatch.setattr(Workspace, "open", open_late)
    session = Session(database, seed=True, debounce=0)
    app = YuqiaoApp(session)
    async with app.run_test(size=(100, 30)) as pilot:
        try:
            await pilot.press(*"software")
            assert app.screen.query_input.value == "software"
            assert not app.screen.results.rows
            await wait_for(lambda: "Preparing the database" in shown(app.screen.notice))
        finally:
            may_open.set()
        await settle(pilot)
        assert [row.english for row in app.screen.results.rows] == ["software"]
    session.close()


def test_the_first_frame_waits_for_no_term_base():
    code = "import sys, cli.main, tui.app, tui.lookup_screen; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"textual.app", "tui.lookup_screen"} <= set(loaded)
    assert {"glossary.glossary", "workspace.workspace", "tm.memory", "lang.fold", "sqlite3"}.isdisjoint(loaded)


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="writing to nobody is an error there")
@pytest.mark.parametrize(("place", "arguments"), [("tui.app.run", []), ("tui.serving.serve", ["serve", "--tui", "--at", "0"])])
def test_what_goes_away_while_it_is_written_to_does_not_end_the_program(database, place, arguments):
    code = f"""
import os, sys
from unittest.mock import patch

def write_to_nobody(*_):
    read, write = os.pipe()
    os.close(read)
    try:
        os.write(write, b"copied")
    except BrokenPipeError:
        print("outlived")

sys.argv = ["yuqiao", "--db", {str(database)!r}, *{arguments!r}]
with patch({place!r}, write_to_nobody):
    from cli.main import run
    run()
"""
    environment = {**os.environ, "TEXTUAL_DRIVER": "none"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (0, "outlived\n")


async def wait_for(condition):
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come about")


def shown(notice):
    return "\n".join(line.plain for line in notice.build(80))
