"""One request to an HTTP server and its answer as it comes: with time-outs, and cut off at once where it is cancelled."""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

from interpret.errors import EngineError

_CONNECT_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.05
"""How often it is looked whether an answer is cancelled or overdue."""
_READ_BYTES: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is asked for; `path` is below the server's address."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


class Response:
    """The status, headers and body of an answer."""

    def __init__(self, response: HTTPResponse) -> None:
        self._response = response
        self.status = response.status

    def header(self, name: str) -> str | None:
        """The value of a header."""
        return self._response.getheader(name)

    def read_some(self, size: int) -> bytes:
        """The beginning of the body, as much of it as comes."""
        with suppress(OSError, HTTPException):
            return self._response.read(size)
        return b""

    def read_next(self) -> bytes:
        """What has come, at least a byte; empty at the end."""
        return self._response.read1(_READ_BYTES)


class Server:
    """A server at an address, and the connection to it that is kept from one request to the next."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._path = parts.path.rstrip("/")
        self._kept: HTTPConnection | None = None
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.name = f"{host}:{self._port}"

    def exchange(self, request: "HttpRequest", cancelled: Event, timeout: float) -> "Exchange":
        """A request to be made on entering; `timeout` is how many seconds the server may say nothing."""
        return Exchange(self, request, self._path + request.path, cancelled, timeout)

    def take(self, timeout: float) -> tuple[HTTPConnection, bool]:
        """A connection, and whether it was used before. OSError where there is none to be had."""
        kept, self._kept = self._kept, None
        if kept is not None:
            return kept, True
        made = HTTPSConnection if self._secure else HTTPConnection
        connection = made(self._host, self._port, timeout=min(timeout, _CONNECT_SECONDS))
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection, False

    def keep(self, connection: HTTPConnection) -> None:
        """Take a connection back whose answer was read to its end."""
        self._kept = connection

    def close(self) -> None:
        """Close the connection that is kept."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None


class Exchange:
    """A request being answered; a context that closes the connection unless the answer was read to its end.

    EngineError in words on entering and on reading, `retry` set where asking again may help.
    """

    response: Response

    def __init__(self, server: Server, request: HttpRequest, path: str, cancelled: Event, timeout: float) -> None:
        self.name = server.name
        self._server = server
        self._request = request
        self._path = path
        self._cancelled = cancelled
        self._timeout = timeout
        self._deadline = 0.0
        self._overdue = False
        self._began = False
        self._done = False
        self._over = Event()
        self._socket: socket.socket | None = None

    @property
    def cancelled(self) -> bool:
        """Whether it was cut off because its answer is not wanted any more."""
        return self._cancelled.is_set()

    def __enter__(self) -> Self:
        try:
            self._connection, used = self._server.take(self._timeout)
            self._watch()
            try:
                self._send()
            except (RemoteDisconnected, ConnectionError, BrokenPipeError):
                if not used or self._cancelled.is_set() or self._overdue:
                    raise
                # A server closes connections that were idle for long; that is none of its answers.
                self._end()
                self._over = Event()
                self._connection, _ = self._server.take(self._timeout)
                self._watch()
                self._send()
        except (OSError, HTTPException) as error:
            self._end()
            raise self._in_words(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Keep the connection where all was read, else close it."""
        if kind is None and self._done and not self._cancelled.is_set() and self._read_to_end():
            self._over.set()
            self._server.keep(self._connection)
        else:
            self._end()

    def received(self) -> Iterator[bytes]:
        """The body as it comes, until its end."""
        try:
            while data := self.response.read_next():
                yield data
        except (OSError, HTTPException, AttributeError, ValueError) as error:
            if not self._cancelled.is_set():
                raise self._in_words(error) from error
        if self._overdue and not self._cancelled.is_set():
            raise self._in_words(TimeoutError())

    def read_all(self) -> bytes:
        """The whole body."""
        return b"".join(self.received())

    def heard(self) -> None:
        """Say that something of the answer came: the time the server may be silent begins anew."""
        self._began = True
        self._deadline = time.monotonic() + self._timeout

    def done(self) -> None:
        """Say that no more is expected, so that the connection can be used again."""
        self._done = True

    def _send(self) -> None:
        request = self._request
        self._connection.request(request.method, self._path, request.body, dict(request.headers))
        self.response = Response(self._connection.getresponse())

    def _read_to_end(self) -> bool:
        """Whether the body ends here; nothing is waited for."""
        assert self._socket is not None
        with suppress(OSError, HTTPException, ValueError):
            self._socket.settimeout(_LOOK_SECONDS)
            while self.response.read_next():
                pass
            self._socket.settimeout(None)
            return self._connection.sock is not None
        return False

    def _watch(self) -> None:
        """Have the connection cut off when the answer is cancelled or overdue: reading it returns at once then.

        A time-out of the socket would do for silence, not for a server that sends blanks to keep a connection open.
        """
        self._socket = self._connection.sock
        self._socket.settimeout(None)
        self._deadline = time.monotonic() + self._timeout
        Thread(target=self._look, args=(self._over, self._socket), daemon=True).start()

    def _look(self, over: Event, watched: socket.socket) -> None:
        while not over.is_set():
            if self._cancelled.wait(_LOOK_SECONDS):
                break
            if time.monotonic() > self._deadline:
                self._overdue = True
                break
        if not over.is_set():
            with suppress(OSError):
                watched.shutdown(socket.SHUT_RDWR)

    def _end(self) -> None:
        self._over.set()
        with suppress(AttributeError):
            self._connection.close()
        if self._socket is not None:
            self._socket.close()

    def _in_words(self, error: Exception) -> EngineError:
        if self._cancelled.is_set():
            return EngineError("The translation was cancelled.")
        if self._overdue:
            what = "said nothing more" if self._began else "gave no answer"
            return EngineError(f"{self.name} {what} for {self._timeout:g} seconds.")
        match error:
            case TimeoutError():
                return EngineError(f"{self.name} cannot be reached: no connection in time.", _IS_IT_ON, retry=True)
            case ConnectionRefusedError():
                return EngineError(f"Nothing answers at {self.name}.", _IS_IT_ON, retry=True)
            case socket.gaierror():
                return EngineError(f"The host of {self.name} is not known.", "Check --engine-option url=...")
            case ConnectionError() | HTTPException():
                what = "broke off the answer" if self._began else "closed the connection without an answer"
                return EngineError(f"{self.name} {what}.", retry=True)
            case _:
                return EngineError(f"{self.name} cannot be reached: {error}.", retry=True)


_IS_IT_ON: Final = "Is the server started, and is --engine-option url=... its address?"
