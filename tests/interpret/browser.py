"""Chromium without a window, told what to do over its debugging pipe: no package is needed for it."""

import json
import os
import shutil
import subprocess
import time
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --hide-scrollbars"
    " --disable-component-update --disable-sync --disable-dev-shm-usage --remote-debugging-pipe --window-size=1280,720"
).split()


class Browser:
    """One browser; pages are known by their session."""

    def __init__(self, profile: Path) -> None:
        from fcntl import F_DUPFD, fcntl

        assert BROWSER is not None
        told, self._to = os.pipe()
        self._from, tells = os.pipe()
        # The browser reads from descriptor 3 and writes to 4; high ones, free in this process, are not in the way of those.
        high = [fcntl(one, F_DUPFD, 100) for one in (told, tells)]
        reads, writes = high
        script = f'exec "$@" 3<&{reads} 4>&{writes} {reads}<&- {writes}>&-'
        self._process = subprocess.Popen(
            ["bash", "-c", script, "bash", BROWSER, *OPTIONS, f"--user-data-dir={profile}"],
            pass_fds=high,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for one in (told, tells, *high):
            os.close(one)
        self._held = b""
        self._number = 0

    def call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Have a method of the debugging protocol run; the test is skipped where the browser does not start."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        try:
            os.write(self._to, json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            pytest.skip(f"{BROWSER} does not start here")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            received = os.read(self._from, 1 << 16)
            if not received:
                pytest.skip(f"{BROWSER} does not start here")
            self._held += received
        message, _, self._held = self._held.partition(b"\0")
        return json.loads(message)

    def open(self, url: str) -> str:
        """A new page; its session."""
        target = self.call("Target.createTarget", url=url)["targetId"]
        return self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def value(self, session: str, script: str) -> Any:
        """What an expression is worth in a page."""
        return self.call("Runtime.evaluate", session, expression=script, returnByValue=True)["result"].get("value")

    def until(self, session: str, script: str, expected: Any) -> None:
        """Wait until an expression has a value; fails with the value it had last."""
        end = time.monotonic() + 30
        while (found := self.value(session, script)) != expected:
            assert time.monotonic() < end, found
            time.sleep(0.02)

    def screenshot(self, session: str, path: Path) -> None:
        """Write what the page looks like."""
        path.write_bytes(b64decode(self.call("Page.captureScreenshot", session)["data"]))

    def close(self) -> None:
        """End the browser."""
        os.close(self._to)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._from)
