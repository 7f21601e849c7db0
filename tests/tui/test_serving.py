"""The terminal UI in a browser: who is let in, what is seen there, and that nothing is left behind."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from cli.main import run
from tests.interpret.browser import BROWSER, Browser
from tui.serving import Door

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")

PROGRAM = [sys.executable, "-c", "from cli.main import run; run()"]
# What the program writes to the page is read where it arrives: the page draws it, so it cannot be found in the document.
LISTEN = """
const Plain = WebSocket; window.heard = '';
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given); const decoder = new TextDecoder();
    this.addEventListener('message', (told) => {
      if (told.data instanceof ArrayBuffer) window.heard += decoder.decode(told.data, {stream: true});
    });
  }
};
"""


@pytest.mark.parametrize(
    ("host", "origin", "token", "refused"),
    [
        ("127.0.0.1:8000", "", "", ""),
        ("localhost:8000", "http://localhost:8000", "", ""),
        ("[::1]:8000", "", "", ""),
        ("evil.example:8000", "", "", "this machine only"),
        ("127.0.0.1:8000", "http://evil.example", "", "Another site"),
        ("127.0.0.1:8000", "http://127.0.0.1:9000", "", "Another site"),
        ("127.0.0.1:8000", "null", "", "Another site"),
    ],
)
def test_who_is_let_in_on_this_machine(host, origin, token, refused):
    refusal = Door("", local=True).refusal(host, origin, token)
    assert refused in refusal
    assert bool(refusal) == bool(refused)


@pytest.mark.parametrize(("token", "refused"), [("abc", False), ("abcd", True), ("", True)])
def test_others_need_the_token(token, refused):
    assert bool(Door("abc", local=False).refusal("books.example:8000", "", token)) == refused


@pytest.fixture
def ended(monkeypatch):
    """Runs the command in this process and returns its status."""

    def of(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["yuqiao", *arguments])
        # The command dies of a pipe that nobody reads any more; whoever tests next in this process is not to.
        pipes = signal.getsignal(signal.SIGPIPE)
        try:
            with pytest.raises(SystemExit) as end:
                run()
        finally:
            signal.signal(signal.SIGPIPE, pipes)
        return end.value.code

    return of


def test_serve_says_what_it_can_serve(ended, capsys):
    assert ended("serve") == 2
    assert "--tui" in capsys.readouterr().err


def test_without_the_extra_the_error_says_what_to_install(database, ended, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert ended("--db", str(database), "serve", "--tui", "--at", "0") == 2
    assert 'pip install "yuqiao[browser]"' in capsys.readouterr().err


@pytest.fixture
def served(database, tmp_path):
    """The process that serves and its address."""
    pytest.importorskip("textual_serve")
    environment = {**os.environ, "YUQIAO_SETTINGS": str(tmp_path / "settings.json")}
    with subprocess.Popen(
        [*PROGRAM, "--db", str(database), "serve", "--tui", "--at", "0"], stdout=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
        assert found
        yield process, found[0]
        process.kill()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_address_in_use_is_told(served, database):
    port = served[1].rstrip("/").rpartition(":")[2]
    done = subprocess.run(
        [*PROGRAM, "--db", str(database), "serve", "--tui", "--at", port], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"cannot be served at 127.0.0.1:{port}" in done.stderr
    assert status(served[1]) == 200
    assert status(served[1], Host="evil.example") == 403
    assert status(f"{served[1]}ws", Origin="http://evil.example") == 403


def test_an_address_for_others_has_a_token_and_answers_nothing_without(database):
    pytest.importorskip("textual_serve")
    command = [*PROGRAM, "--db", str(database), "serve", "--tui", "--at", "0.0.0.0:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://[^:]+:(\d+)/\?token=(\S+)", process.stdout.readline())
            assert found
            here, token = f"http://127.0.0.1:{found[1]}/", found[2]
            assert [status(here), status(f"{here}?token=x"), status(f"{here}ws"), status(f"{here}ws/x")] == [403] * 4
            with urllib.request.urlopen(f"{here}?token={token}", timeout=10) as answer:
                assert f"ws://127.0.0.1:{found[1]}/ws/{token}" in answer.read().decode()
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
            assert process.stderr is not None
            assert "read and write your files" in process.stderr.read()
        finally:
            process.kill()


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pids: list[int]) -> bool:
    end = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the children of a process are read from /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_a_term_typed_into_the_page_is_answered_and_nothing_is_left(served, tmp_path, end):
    process, url = served
    browser = Browser(tmp_path / "profile")
    try:
        page = browser.open("about:blank")
        browser.call("Page.enable", page)
        browser.call("Page.addScriptToEvaluateOnNewDocument", page, source=LISTEN)
        browser.call("Page.navigate", page, url=url)
        browser.until(page, "window.heard !== undefined && window.heard.includes('yuqiao')", True)
        assert browser.value(page, "window.heard.includes('low-altitude economy')") is False
        for kind in ("mousePressed", "mouseReleased"):
            browser.call("Input.dispatchMouseEvent", page, type=kind, x=300, y=50, button="left", clickCount=1)
        browser.call("Input.insertText", page, text="低空")
        browser.until(page, "window.heard.includes('low-altitude economy')", True)
        if picture := os.environ.get("YUQIAO_TEST_PICTURE"):
            time.sleep(1)
            browser.screenshot(page, Path(picture))
        elsewhere = "performance.getEntriesByType('resource').every((one) => new URL(one.name).host === location.host)"
        assert browser.value(page, elsewhere), "nothing is taken from the internet"
        (program,) = children(process.pid)
        other = browser.open(url)
        browser.until(other, "document.body.classList.contains('-first-byte')", True)
        (second,) = set(children(process.pid)) - {program}
        target = browser.call("Target.getTargetInfo", other)["targetInfo"]["targetId"]
        browser.call("Target.closeTarget", targetId=target)
        assert gone([second]), "a page that is closed ends its program"
        programs = children(process.pid)
        assert programs == [program]
        process.send_signal(end)
        assert gone(programs)
        assert process.wait(20) == (0 if end == signal.SIGINT else -signal.SIGKILL)
        browser.until(page, "document.body.classList.contains('-closed')", True)
    finally:
        browser.close()
