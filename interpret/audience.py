"""Captions for the big screen: a page that any browser opens, and the stream of captions it shows.

The page is served by this process to as many screens as there are. Captions go out as server-sent events, each segment whole
whenever it changes, so a screen that was away gets what changed in between and nothing else, and a slow one skips what is
out of date.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Final

from interpret.address import LOOPBACK, token_for, url_of
from interpret.audience_connection import Connection, Door
from lang.errors import SettingsError

_KEPT: Final = 12
"""Segments kept for screens that come late; the page shows at most so many."""
_BEAT_SECONDS: Final = 4.0
_FAREWELL_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Caption:
    """A segment as it stands; `number` counts changes of any segment."""

    segment: int
    number: int
    english: str
    chinese: str
    final: bool


class Captions:
    """The last segments as they stand, and the events that bring a screen up to date. For several threads."""

    def __init__(self) -> None:
        # A screen may have been connected to an earlier run, whose numbers say nothing of ours.
        self.run = secrets.token_hex(4)
        self._lock = Lock()
        self._number = 0
        self._captions: dict[int, Caption] = {}

    def put(self, segment: int, english: str, chinese: str, *, final: bool) -> None:
        """A segment as it is now. A caption without text takes it back."""
        with self._lock:
            self._number += 1
            self._captions[segment] = Caption(segment, self._number, english, chinese, final)
            if len(self._captions) > _KEPT:
                del self._captions[min(self._captions)]

    def since(self, number: int) -> tuple[int, bytes]:
        """The number of the last change, and the events for what changed after `number`."""
        with self._lock:
            changed = sorted((c for c in self._captions.values() if c.number > number), key=lambda caption: caption.number)
            return self._number, b"".join(map(self._event, changed))

    def welcome(self, last_event: str) -> tuple[int, bytes]:
        """The same for a screen that connects and had, if any, `last_event` last."""
        run, _, number = last_event.partition("-")
        if run == self.run and number.isdecimal():
            return self.since(int(number))
        reached, events = self.since(0)
        # An event with an id, so that a screen knows the run before its first caption.
        return reached, f"id: {self.run}-0\nevent: anew\ndata: 1\n\n".encode() + events

    def _event(self, caption: Caption) -> bytes:
        data = {
            "segment": caption.segment,
            "english": caption.english,
            "chinese": caption.chinese,
            "final": caption.final,
        }
        return f"id: {self.run}-{caption.number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


class Audience:
    """Serves the page from a thread of its own until it is closed.

    Bound to this machine unless `host` says otherwise, and then with a `token`, made up where none is given, without which
    nothing is served. SettingsError where the address cannot be had.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0, token: str = "") -> None:
        self.token = token_for(host, token)
        self._host = host
        self._captions = Captions()
        self._door = Door(self.token, local=host in LOOPBACK, captions=self._captions)
        self._shown = 0
        self._flushing = False
        self._lock = Lock()
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._failures: list[OSError] = []
        self.port = port
        self._thread = Thread(target=self._serve, name="audience", daemon=True)
        self._thread.start()
        self._ready.wait()
        for failure in self._failures:
            self._thread.join()
            raise SettingsError(
                f"The page for the audience cannot be served at {host}:{port} ({failure.strerror or failure}).",
                "Another program may have the port: choose another.",
            ) from failure

    @property
    def url(self) -> str:
        """The address to open, with its token; that of this machine in its network where all addresses are listened to."""
        return url_of("http", self._host, self.port, self.token)

    @property
    def screens(self) -> int:
        """How many screens are connected."""
        return len(self._door.screens)

    def show(self, segment: int, english: str, chinese: str = "", final: bool = True) -> None:
        """Show a segment, or what it is now; without text it is taken back. From any thread; returns at once."""
        self._captions.put(segment, english, chinese, final=final)
        with self._lock:
            if self._flushing or self._loop.is_closed():
                return
            self._flushing = True
        self._call(self._flush)

    def close(self) -> None:
        """Send what is left, let all screens go and stop serving."""
        self._call(self._loop.stop)
        self._thread.join()

    def _call(self, function: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(function)
        except RuntimeError:  # The loop was closed meanwhile: there is nobody to show anything to.
            return

    def _serve(self) -> None:
        loop = self._loop
        asyncio.set_event_loop(loop)
        server: asyncio.Server | None = None
        try:
            server = loop.run_until_complete(
                loop.create_server(lambda: Connection(self._door), self._host, self.port, backlog=512)
            )
            self.port = server.sockets[0].getsockname()[1]
        except OSError as error:
            self._failures.append(error)
        self._ready.set()
        if server is not None:
            self._beat()
            loop.run_forever()
            self._flush()
            server.close()
            loop.run_until_complete(self._let_go())
            loop.run_until_complete(server.wait_closed())
        loop.close()

    async def _let_go(self) -> None:
        """Close all connections when what was written is sent; those that take nothing, at once."""
        connections = self._door.connections
        for connection in list(connections):
            connection.let_go()
        end = self._loop.time() + _FAREWELL_SECONDS
        while connections and self._loop.time() < end:
            await asyncio.sleep(0.01)
        for connection in list(connections):
            connection.cut_off()
        await asyncio.sleep(0)

    def _beat(self) -> None:
        """Show all screens that the line is alive, and find those that are gone."""
        for screen in list(self._door.screens):
            screen.beat()
        self._loop.call_later(_BEAT_SECONDS, self._beat)

    def _flush(self) -> None:
        """Send what changed to all screens; one that is behind gets it when it has taken what it was sent before."""
        with self._lock:
            self._flushing = False
        before, (self._shown, events) = self._shown, self._captions.since(self._shown)
        for screen in list(self._door.screens):
            screen.send(before, self._shown, events)
