"""Any server that speaks OpenAI's chat completions: llama.cpp, vLLM, Ollama, LM Studio, or a hosted one.

Only what they all know is asked for: POST {url}/chat/completions with stream set, answered by server-sent events.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final
from urllib.parse import urlsplit

from interpret.address import LOOPBACK
from interpret.engine import OutputKind, Request
from interpret.errors import EngineError
from interpret.event_stream import EventReader
from interpret.http_exchange import Exchange, HttpRequest, Response, Server
from interpret.instructions import messages
from interpret.reasoning import Thinking
from lang.errors import SettingsError
from workspace.workspace import Workspace

KEYS: Final = ("YUQIAO_OPENAI_KEY", "OPENAI_API_KEY")
"""The environment variables a key is taken from, the first that is set; nowhere else."""

_PATH: Final = "/chat/completions"
_DONE: Final = "[DONE]"
_BACK_OFF_SECONDS: Final = 0.5
_LONGEST_WAIT_SECONDS: Final = 10.0
"""A speech does not wait longer; a server that asks for more is given up for this segment."""
_BUSY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_BODY_BYTES: Final = 4096


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """What `--engine-option` sets. `timeout` is how many seconds the server may be silent, at first and between pieces.

    `model` empty takes the first that the server names. `extra` is put into each request as it stands, for what one kind of
    server wants: {"chat_template_kwargs": {"enable_thinking": false}}.
    """

    url: str = "http://127.0.0.1:8080/v1"
    model: str = ""
    temperature: float = 0.0
    max_tokens: int = 512
    timeout: float = 20.0
    retries: int = 2
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_options(cls, options: Mapping[str, str]) -> "OpenAISettings":
        """The settings written as text; SettingsError names one that is unknown or no number."""
        reading: dict[str, Callable[[str], Any]] = {
            "url": _url,
            "model": str,
            "temperature": float,
            "max_tokens": int,
            "timeout": float,
            "retries": int,
            "extra": _object,
        }
        values: dict[str, Any] = {}
        for name, text in options.items():
            if name not in reading:
                raise SettingsError(f"The engine openai has no option {name!r}.", f"It has {', '.join(reading)}.")
            try:
                values[name] = reading[name](text)
            except ValueError as error:
                raise SettingsError(f"The option {name} of the engine openai cannot be {text!r}.", str(error)) from error
        return cls(**values)


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("It is an address like http://127.0.0.1:8080/v1.")
    base = text.rstrip("/").removesuffix(_PATH)
    return base if urlsplit(base).path.strip("/") else f"{base.rstrip('/')}/v1"


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("It is a JSON object.")
    return value


class OpenAIEngine:
    """Asks a server for each segment and hands its tokens on as they come.

    A request is made again, after a pause, where the server is busy, out of order or not reached, as long as nothing of its
    answer has come.
    """

    name = "openai"

    def __init__(self, settings: OpenAISettings) -> None:
        self._settings = settings
        self._key = _key_for(settings.url)
        self._server = Server(settings.url)
        self._model = settings.model

    def translate(self, request: Request, cancelled: Event) -> Iterator[str]:
        """The answer's pieces, without what the model thinks aloud; EngineError in words where it fails or breaks off."""
        attempt = 0
        while True:
            answering = self._answer(request, cancelled)
            try:
                first = next(answering, "")
            except EngineError as error:
                wait = self._pause(error, attempt)
                if cancelled.is_set() or wait is None:
                    raise
                attempt += 1
                if cancelled.wait(wait):
                    return
                continue
            if first:
                yield first
                yield from answering
            return

    def kind(self, request: Request) -> OutputKind:  # noqa: ARG002 (the memory's engine has several)
        """Always an engine's answer."""
        return "engine"

    def close(self) -> None:
        """Close the connection that is kept."""
        self._server.close()

    def _pause(self, error: EngineError, attempt: int) -> float | None:
        """Seconds to wait before the next attempt; None where there is to be none."""
        if not error.retry or attempt >= self._settings.retries:
            return None
        asked_for = error.wait if isinstance(error, _BusyError) else None
        wait = _BACK_OFF_SECONDS * 2**attempt if asked_for is None else asked_for
        return wait if wait <= _LONGEST_WAIT_SECONDS else None

    def _answer(self, request: Request, cancelled: Event) -> Iterator[str]:
        """One attempt."""
        if not self._model:
            self._model = self._first_model(cancelled)
        settings = self._settings
        body = {
            "model": self._model,
            "messages": messages(request),
            "stream": True,
            "temperature": settings.temperature,
            "max_tokens": settings.max_tokens,
            **settings.extra,
        }
        with self._exchange("POST", _PATH, body, cancelled) as exchange:
            response = exchange.response
            if response.status != 200:
                raise self._refused(response)
            yield from self._pieces(exchange)

    def _exchange(self, method: str, path: str, body: object, cancelled: Event) -> Exchange:
        headers = {"Accept": "text/event-stream, application/json", "User-Agent": "yuqiao"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body, ensure_ascii=False).encode()
        return self._server.exchange(HttpRequest(method, path, headers, data), cancelled, self._settings.timeout)

    def _pieces(self, exchange: Exchange) -> Iterator[str]:
        thinking = Thinking()
        answer = _Answer()
        began = False
        broken: EngineError | None = None
        try:
            for text in answer.texts(exchange):
                piece = thinking.feed(text)
                # Models begin with blanks and, behind what they thought, with empty lines.
                piece = piece if began else piece.lstrip()
                if piece:
                    began = True
                    yield piece
        except EngineError as error:
            broken = error
        if rest := thinking.finish():
            yield rest
        if broken is not None:
            raise broken
        answer.check(exchange)

    def _first_model(self, cancelled: Event) -> str:
        with self._exchange("GET", "/models", None, cancelled) as exchange:
            if exchange.response.status != 200:
                raise self._refused(exchange.response)
            try:
                listed = json.loads(exchange.read_all())
                exchange.done()
                return str(listed["data"][0]["id"])
            except (ValueError, LookupError, TypeError) as error:
                raise EngineError(
                    "The server does not say which models it has.", "Name one with --engine-option model=NAME."
                ) from error

    def _refused(self, response: Response) -> EngineError:
        """The error of an answer that is not 200, with the server's own words, in which a key never stands."""
        words = _message_of(response.read_some(_BODY_BYTES))
        if self._key:
            words = words.replace(self._key, "(key)")
        where, status = self._server.name, response.status
        said = f": {words.rstrip('.')}." if words else "."
        if status in _BUSY:
            wait = _seconds(response.header("Retry-After"))
            busy = "is busy (429" if status == 429 else f"has failed ({status}"
            later = f" It asks to wait {wait:.0f} seconds." if wait and wait > _LONGEST_WAIT_SECONDS else ""
            return _BusyError(f"{where} {busy}){said}{later}", wait)
        if status in (401, 403):
            return EngineError(f"{where} refuses the key ({status}){said}", f"Set {KEYS[0]} to a key that it takes.")
        if status == 404:
            hint = "Check --engine-option url=... and model=..."
            return EngineError(f"{where} knows no such address or model (404){said}", hint)
        return EngineError(f"{where} refuses the request ({status}){said}")


class _BusyError(EngineError):
    """A server that may answer later; `wait` is how many seconds it asks to wait, None where it does not say."""

    def __init__(self, message: str, wait: float | None) -> None:
        super().__init__(message, retry=True)
        self.wait = wait


class _Answer:
    """The events of one answer, and whether it came to its end."""

    def __init__(self) -> None:
        self._ended = ""

    def texts(self, exchange: Exchange) -> Iterator[str]:
        """The text of each event; EngineError where the server says an error in one."""
        if "json" in (exchange.response.header("Content-Type") or ""):
            # The server does not stream, and says so by answering in one piece.
            yield from self._text(exchange.read_all().decode("utf-8", "replace"), exchange)
            return
        reader = EventReader()
        for received in exchange.received():
            try:
                events = reader.feed(received)
            except ValueError as error:
                raise EngineError(f"{exchange.name} does not answer in events: {error}.") from error
            for data in events:
                yield from self._text(data, exchange)
            if self._ended:
                # What may still come counts tokens.
                exchange.done()
                return
        for data in reader.finish():
            yield from self._text(data, exchange)

    def check(self, exchange: Exchange) -> None:
        """EngineError where the answer is not whole."""
        if exchange.cancelled or self._ended in ("stop", _DONE):
            return
        if self._ended == "length":
            raise EngineError("The answer was cut off at max_tokens.", "Raise it with --engine-option max_tokens=1024.")
        if self._ended:
            raise EngineError(f"{exchange.name} ended the answer: {self._ended}.")
        raise EngineError(f"{exchange.name} broke off the answer.", retry=True)

    def _text(self, data: str, exchange: Exchange) -> Iterator[str]:
        if data.strip() == _DONE:
            self._ended = self._ended or _DONE
            return
        for choice in _choices(data, exchange.name):
            said = choice.get("delta") or choice.get("message") or {}
            self._ended = str(choice.get("finish_reason") or self._ended)
            if text := said.get("content"):
                exchange.heard()
                yield str(text)


def _choices(data: str, server: str) -> list[dict[str, Any]]:
    """The choices of an event; none in one that counts tokens."""
    try:
        event = json.loads(data)
    except ValueError:
        event = None
    if isinstance(event, dict) and event.get("error"):
        raise EngineError(f"{server} has failed: {_message_of(data.encode())}.", retry=True)
    choices = (event.get("choices") or []) if isinstance(event, dict) else None
    if not isinstance(choices, list) or not all(isinstance(choice, dict) for choice in choices):
        raise EngineError(f"{server} sent what is no event of a chat: {data[:80]!r}.")
    return choices


def _key_for(url: str) -> str:
    """The key for a server. One that was set for OpenAI's own programs does not go over a network in the clear."""
    parts = urlsplit(url)
    for name in KEYS:
        key = os.environ.get(name, "").strip()
        if not key:
            continue
        if not key.isascii() or not key.isprintable():
            raise SettingsError(f"{name} is no key: it has characters that no key has.")
        private = parts.scheme == "https" or parts.hostname in LOOPBACK
        return key if private or name == KEYS[0] else ""
    return ""


def _message_of(body: bytes) -> str:
    """What a server says in its body: OpenAI's {"error": {"message": ...}}, others' variants of it, or plain text."""
    text = body.decode("utf-8", "replace").strip()
    try:
        data = json.loads(text)
    except ValueError:
        return "" if text.startswith("<") else " ".join(text.split())[:200]
    for name in ("error", "message", "detail"):
        if isinstance(data, dict) and data.get(name):
            data = data[name]
    return " ".join(str(data).split())[:200]


def _seconds(retry_after: str | None) -> float | None:
    """What a Retry-After header asks for: seconds, or a date."""
    if not retry_after:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        from email.utils import parsedate_to_datetime

        try:
            return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
        except ValueError:
            return None


def openai_engine(options: Mapping[str, str], workspace: Workspace) -> OpenAIEngine:  # noqa: ARG001 (a factory)
    """The engine as the entry point makes it."""
    return OpenAIEngine(OpenAISettings.from_options(options))
