"""One connection of a browser to the page for the audience: the page itself, or the stream of captions."""

import asyncio
import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from interpret.audience import Captions

_HEAD_BYTES: Final = 16_384
_HEAD_SECONDS: Final = 10.0
_MOST_SCREENS: Final = 1_000
_BEHIND_BYTES: Final = 1 << 16
"""What may wait for a slow screen; with more, it gets only what is up to date."""
_LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_REASONS: Final = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 503: "Busy"}


@cache
def page() -> tuple[bytes, str]:
    """The page, and the policy under which its own script and nothing else runs."""
    text = resources.files("interpret").joinpath("audience.html").read_text(encoding="utf-8")
    script = text.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; connect-src 'self'; base-uri 'none'"
    return text.encode(), policy


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in, and to what. `local` says that only names of this machine are asked for.

    `connections` are all there are, `screens` those that are sent captions.
    """

    token: str
    local: bool
    captions: "Captions"
    connections: "set[Connection]" = field(default_factory=set)
    screens: "set[Connection]" = field(default_factory=set)

    def refusal(self, host: str, token: str) -> str:
        """Why a request is not answered, in words; empty where it is."""
        # Another site's page that gives itself our address could read the captions otherwise.
        if self.local and host.rpartition(":")[0] not in _LOCAL_NAMES and host not in _LOCAL_NAMES:
            return "This page is for this machine only."
        if self.token and not hmac.compare_digest(self.token.encode(), token.encode("utf-8", "surrogatepass")):
            return "The address lacks its token: take it as yuqiao printed it."
        return ""


class Connection(asyncio.Protocol):
    """Reads one request and answers it; a stream of captions stays open."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._head = b""
        self._transport: asyncio.Transport | None = None
        self._answered = False
        self._behind = False
        self._shown = 0
        self._overdue: asyncio.TimerHandle | None = None

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the request, not for ever."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._door.connections.add(self)
        transport.set_write_buffer_limits(high=_BEHIND_BYTES)
        self._overdue = asyncio.get_running_loop().call_later(_HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Answer when the request is whole."""
        if self._answered:
            return
        self._head += data
        if b"\r\n\r\n" in self._head:
            self._answered = True
            if self._overdue:
                self._overdue.cancel()
            self._answer(self._head.partition(b"\r\n\r\n")[0].decode("latin-1"))
        elif len(self._head) > _HEAD_BYTES:
            self._answered = True
            self._say(400, "The request is too long.")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (why makes no difference)
        """Forget the screen."""
        self._door.connections.discard(self)
        if self._overdue:
            self._overdue.cancel()
        self._door.screens.discard(self)
        self._transport = None

    def pause_writing(self) -> None:
        """The screen is behind: leave out what goes out of date meanwhile."""
        self._behind = True

    def resume_writing(self) -> None:
        """It has caught up: send what changed since."""
        self._behind = False
        self._shown, events = self._door.captions.since(self._shown)
        self._write(events)

    # What the audience calls

    def send(self, before: int, shown: int, events: bytes) -> None:
        """Events for the changes from `before` to `shown`."""
        if self._behind or shown <= self._shown:
            return
        if self._shown != before:
            shown, events = self._door.captions.since(self._shown)
        self._shown = shown
        self._write(events)

    def beat(self) -> None:
        """A sign of life, which also finds out whether the screen is there."""
        if not self._behind:
            self._write(b"event: beat\ndata: 1\n\n")

    def let_go(self) -> None:
        """Close, when what was written is sent."""
        if self._transport is not None:
            self._transport.close()

    def cut_off(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    # Answers

    def _write(self, data: bytes) -> None:
        if data and self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def _answer(self, head: str) -> None:
        request, *lines = head.split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        method, _, rest = request.partition(" ")
        try:
            target = urlsplit(rest.partition(" ")[0])
            query = {name: values[-1] for name, values in parse_qs(target.query).items()}
        except ValueError:
            self._say(400, "The address makes no sense.")
            return
        if method not in ("GET", "HEAD"):
            self._say(405, "There is nothing here but a page to look at.")
        elif refusal := self._door.refusal(headers.get("host", ""), query.get("token", "")):
            self._say(403, refusal)
        elif target.path == "/":
            body, policy = page()
            self._reply(200, b"" if method == "HEAD" else body, "text/html; charset=utf-8", policy, len(body))
        elif target.path == "/events" and method == "GET":
            self._stream(headers.get("last-event-id", query.get("last", "")))
        else:
            self._say(404, "There is no such page.")

    def _stream(self, last_event: str) -> None:
        if len(self._door.screens) >= _MOST_SCREENS:
            self._say(503, "Too many screens are connected.")
            return
        self._shown, events = self._door.captions.welcome(last_event)
        self._write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n"
            b"X-Accel-Buffering: no\r\nConnection: close\r\n\r\nretry: 1000\n\n" + events
        )
        self._door.screens.add(self)

    def _say(self, status: int, words: str) -> None:
        self._reply(status, f"{words}\n".encode(), "text/plain; charset=utf-8")

    def _reply(self, status: int, body: bytes, kind: str, policy: str = "default-src 'none'", length: int | None = None) -> None:
        head = (
            f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body) if length is None else length}\r\n"
            f"Content-Security-Policy: {policy}\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            "Cache-Control: no-store\r\nConnection: close\r\n\r\n"
        )
        self._write(head.encode("latin-1") + body)
        self.let_go()
