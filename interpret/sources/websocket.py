"""Recognisers that speak over WebSocket (RFC 6455): yuqiao goes to their server, or they come to ours."""

import hmac
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal, Self
from urllib.parse import parse_qs, urlsplit

from interpret.address import LOOPBACK, token_for, url_of
from interpret.errors import SourceError
from interpret.sources.messages import Message

if TYPE_CHECKING:
    from websockets.http11 import Request, Response
    from websockets.sync.server import ServerConnection

_WAITS: Final = (0.25, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each try to connect again; the last for all that follow."""
_CLOSE_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.2
_QUEUE: Final = 1_000
"""Messages that may wait; a recogniser that sends more is held up."""

Tell = Callable[[str], None]


def _silent() -> logging.Logger:
    """What goes wrong is told in words of ours; the library would print tracebacks for each port scan."""
    logger = logging.getLogger("yuqiao.websocket")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    return logger


def messages_from(url: str, tell: Tell, *, sleep: Callable[[float], None] = time.sleep) -> Iterator[Message]:
    """The messages of a server at ws:// or wss://, until it closes as it should (1000, 1001).

    When the connection breaks it is made again, as often as it takes; `tell` is told so. SourceError where the first one
    cannot be made.
    """
    from websockets.exceptions import ConnectionClosed, ConnectionClosedOK, InvalidURI, WebSocketException
    from websockets.sync.client import connect

    proxy: Literal[True] | None = None if urlsplit(url).hostname in LOOPBACK else True
    connection = tries = 0
    while True:
        with ExitStack() as stack:
            try:
                opened = stack.enter_context(connect(url, proxy=proxy, close_timeout=_CLOSE_SECONDS, logger=_silent()))
            except (InvalidURI, ValueError) as error:
                raise SourceError(f"{url} is no WebSocket address.", "It looks like ws://127.0.0.1:9000/path.") from error
            except (OSError, WebSocketException) as error:
                if connection == 0:
                    reason = str(error) or type(error).__name__
                    raise SourceError(f"{url}: no connection ({reason}).", "Start the recogniser's server first.") from error
                sleep(_WAITS[min(tries, len(_WAITS) - 1)])
                tries += 1
                continue
            if connection:
                tell(f"Connected to {url} again.")
            tries = 0
            try:
                while True:
                    data = opened.recv(decode=False)
                    yield Message(connection, data, time.monotonic_ns())
            except ConnectionClosed as closed:
                yield Message(connection, None, time.monotonic_ns())
                if isinstance(closed, ConnectionClosedOK):
                    return
                tell(f"The connection to {url} broke ({closed}); it is being made again.")
        connection += 1
        sleep(_WAITS[0])


class Listener:
    """A WebSocket server that recognisers send to, several and again and again; text or binary, a line or more a message.

    Bound to this machine unless `host` says otherwise, and then with a `token`, made up where none is given, that the
    address must have. Pages in browsers (requests with an Origin) are refused: any site that is open could send otherwise.
    SourceError where the address cannot be had.
    """

    def __init__(self, tell: Tell, port: int = 0, host: str = "127.0.0.1", token: str = "") -> None:
        from websockets.sync.server import ServerConnection, serve

        receive = self._receive

        class Connection(ServerConnection):
            """Receives as soon as it is open: one that is closed again before its handler starts would not get any."""

            def handshake(self, *arguments: Any, **settings: Any) -> None:
                super().handshake(*arguments, **settings)
                if self.response is not None and self.response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
                    self.start_keepalive()
                    receive(self)
                    self.close()

        self.token = token_for(host, token)
        self._host = host
        self._tell = tell
        self._messages: queue.Queue[Message] = queue.Queue(_QUEUE)
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._connections = 0
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            self._server = serve(
                lambda _: None,
                host,
                port,
                family=family,
                origins=[None],
                process_request=self._refusal,
                create_connection=Connection,
                close_timeout=_CLOSE_SECONDS,
                logger=_silent(),
            )
        except (OSError, OverflowError) as error:
            raise SourceError(f"{host}:{port} cannot be listened to ({error}).", "Another program may have it.") from error
        self.port: int = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="listener", daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The address to send to."""
        return url_of("ws", self._host, self.port, self.token)

    def messages(self) -> Iterator[Message]:
        """What comes, in order of arrival, until the listener is closed."""
        while not self._closed.is_set():
            try:
                yield self._messages.get(timeout=_LOOK_SECONDS)
            except queue.Empty:
                continue

    def close(self) -> None:
        """Let all recognisers go and listen no more."""
        self._closed.set()
        self._server.shutdown()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def _refusal(self, connection: "ServerConnection", request: "Request") -> "Response | None":
        given = parse_qs(urlsplit(request.path).query).get("token", [""])[0]
        if self.token and not hmac.compare_digest(self.token.encode(), given.encode("utf-8", "surrogatepass")):
            return connection.respond(HTTPStatus.FORBIDDEN, "The address lacks its token: take it as yuqiao printed it.\n")
        return None

    def _receive(self, connection: "ServerConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        with self._lock:
            number, self._connections = self._connections, self._connections + 1
        name = "an address unknown"
        with suppress(OSError):  # It may be gone already, and what it said still counts.
            name = str(connection.remote_address[0])
        self._tell(f"A recogniser at {name} has connected.")
        try:
            while not self._closed.is_set():
                with suppress(TimeoutError):
                    data = connection.recv(_LOOK_SECONDS, decode=False)
                    self._put(Message(number, data, time.monotonic_ns()))
        except ConnectionClosed:
            self._put(Message(number, None, time.monotonic_ns()))
            self._tell(f"The recogniser at {name} has gone.")

    def _put(self, message: Message) -> None:
        """Put a message in line, unless the listener is closed and nobody takes it."""
        while not self._closed.is_set():
            with suppress(queue.Full):
                self._messages.put(message, timeout=_LOOK_SECONDS)
                return
