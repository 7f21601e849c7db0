"""A server of chat completions on loopback that answers as it is told: well, slowly, wrongly, in pieces, or not at all."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """How one request is answered.

    `pieces` are the tokens; `raw` is sent instead of them. `bytes_at_once` cuts what is sent into pieces of so many bytes,
    each a chunk of its own. The server hangs before piece `hang_at`, and closes the connection before piece `close_at`.
    """

    pieces: list[str] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    raw: list[bytes] = field(default_factory=list)
    between_seconds: float = 0.0
    bytes_at_once: int = 0
    hang_at: int | None = None
    close_at: int | None = None
    finish: str | None = "stop"
    done: bool = True
    reasoning: str = ""
    new_line: str = "\n"
    keeps_open: bool = False
    content_type: str = "text/event-stream"


class Server(ThreadingHTTPServer):
    """Answers requests by the answers in turn; the last one again and again."""

    daemon_threads = True

    def __init__(self, answers: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.connections: set[object] = set()
        self.sent_ns: list[int] = []
        self.closed_early = threading.Event()
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is none of the test's concern."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def do_GET(self) -> None:
        body = json.dumps({"object": "list", "data": [{"id": "first-model"}, {"id": "second-model"}]}).encode()
        self.send_response(200 if self.path.endswith("/models") else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        server = self.server
        length = int(self.headers["Content-Length"])
        server.requests.append(json.loads(self.rfile.read(length)))
        server.headers.append(dict(self.headers))
        server.connections.add(self.client_address)
        answer = server.answers[min(len(server.requests), len(server.answers)) - 1]
        if answer.close_at == 0:
            self.close_connection = True
            return
        if answer.status != 200 or answer.body:
            self._whole(answer)
            return
        if answer.hang_at == -1:
            server.stopping.wait(30)
            return
        self._headers(answer)
        try:
            self._stream(answer)
        except (BrokenPipeError, ConnectionResetError):
            server.closed_early.set()
            self.close_connection = True

    def _whole(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        for name, value in {"Content-Type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _headers(self, answer: Answer) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _stream(self, answer: Answer) -> None:
        for number, part in enumerate(self._parts(answer)):
            if number == answer.hang_at:
                for _ in range(600):
                    if self.server.stopping.wait(0.05):
                        break
                    self._chunk(b": still here\n\n" if answer.keeps_open else b"")
                return
            if number == answer.close_at:
                self.close_connection = True
                return
            time.sleep(answer.between_seconds)
            self.server.sent_ns.append(time.monotonic_ns())
            size = answer.bytes_at_once or len(part)
            for start in range(0, len(part), size):
                self._chunk(part[start : start + size])
        self.wfile.write(b"0\r\n\r\n")

    def _parts(self, answer: Answer) -> Iterator[bytes]:
        if answer.raw:
            yield from answer.raw
            return
        end = answer.new_line * 2
        if answer.reasoning:
            yield f"data: {self._event({'role': 'assistant', 'reasoning_content': answer.reasoning})}{end}".encode()
        for piece in answer.pieces:
            yield f"data: {self._event({'content': piece})}{end}".encode()
        if answer.finish:
            yield f"data: {self._event({}, answer.finish)}{end}".encode()
        if answer.done:
            yield f"data: [DONE]{end}".encode()

    def _event(self, delta: dict[str, str], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return json.dumps({"object": "chat.completion.chunk", "choices": [choice]}, ensure_ascii=False)

    def _chunk(self, data: bytes) -> None:
        if data:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()


@contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """A server that runs for the time of the context."""
    server = Server(list(answers))
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
