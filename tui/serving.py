"""The terminal UI in a browser: textual-serve runs one for every page that is opened, and this lets pages in.

textual-serve's own server answers whoever asks, and its page takes a font from the internet. Here a page of another site
cannot reach the terminal UI through the browser of whoever runs it, and nothing is taken from elsewhere.
"""

import asyncio
import hmac
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from interpret.address import LOOPBACK, url_of
from lang.errors import SettingsError, UnsupportedError

if TYPE_CHECKING:
    from aiohttp import web
    from textual_serve.app_service import AppService

_END_SECONDS: Final = 5.0
"""How long pages and their programs have to end before they are ended."""
_LARGEST: Final = 1_000
_HEARTBEAT_SECONDS: Final = 15.0


def serve(command: str, host: str, port: int, token: str, started: Callable[[str], None]) -> None:
    """Serve a command that runs a Textual app until SIGINT or SIGTERM; `started` is told the address.

    UnsupportedError where textual-serve is not installed, SettingsError where the address cannot be listened at.
    """
    try:
        from aiohttp import web
        from textual_serve.app_service import AppService as _  # noqa: F401 (needed when the first page is opened)
    except ImportError as error:
        raise UnsupportedError(
            f"The terminal UI cannot be served in a browser: {error}.",
            'Install what it needs with: pip install "yuqiao[browser]"',
        ) from error

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise SettingsError(
            f"The terminal UI cannot be served at {host}:{port} ({error.strerror or error}).", "Name another port with --at."
        ) from error
    port = listener.getsockname()[1]
    pages = Pages(command, Door(token, local=host in LOOPBACK))

    async def run() -> None:
        ended = asyncio.Event()
        with suppress(NotImplementedError):
            for number in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(number, ended.set)
        runner = web.AppRunner(pages.application(), shutdown_timeout=_END_SECONDS, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, listener).start()
            started(url_of("http", host, port, token))
            await ended.wait()
        finally:
            await pages.end()
            await runner.cleanup()

    asyncio.run(run())


@dataclass(frozen=True, slots=True)
class Door:
    """Who is let in; `local` says that only this machine can ask, which then must be asked for by a name of its own."""

    token: str
    local: bool

    def refusal(self, host: str, origin: str, token: str) -> str:
        """Why a request is not answered, in words; empty where it is. `host` and `origin` are what its head says."""
        # A page of another site may ask in the name of whoever has it open: by our name, or by one that leads to our address.
        if self.local and (urlsplit(f"//{host}").hostname or "") not in LOOPBACK:
            return "This page is for this machine only."
        if origin and urlsplit(origin).netloc != host:
            return "Another site's page may not use this one."
        if self.token and not hmac.compare_digest(self.token.encode(), token.encode("utf-8", "surrogatepass")):
            return "The address lacks its token: take it as yuqiao printed it."
        return ""


class Pages:
    """Answers requests: the page, what it is made of, and for each page a program."""

    def __init__(self, command: str, door: Door) -> None:
        self._command = command
        self._door = door
        self._programs: set[AppService] = set()

    def application(self) -> "web.Application":
        """What is where."""
        import textual_serve
        from aiohttp import web

        application = web.Application()
        static = Path(textual_serve.__file__).parent / "static"
        application.router.add_get("/", self._page)
        application.router.add_get("/ws", self._program)
        application.router.add_get("/ws/{token}", self._program)
        application.router.add_static("/static", static)
        return application

    def _check(self, request: "web.Request", token: str) -> None:
        from aiohttp import web

        refusal = self._door.refusal(request.headers.get("Host", ""), request.headers.get("Origin", ""), token)
        if refusal:
            raise web.HTTPForbidden(text=refusal)

    async def _page(self, request: "web.Request") -> "web.StreamResponse":
        from aiohttp import web

        token = request.query.get("token", "")
        self._check(request, token)
        size = _number(request.query.get("fontsize", ""), 16)
        socket_url = f"ws://{request.host}/ws" + (f"/{token}" if token else "")
        page = resources.files("tui").joinpath("serving.html").read_text(encoding="utf-8")
        page = page.replace("{{socket}}", escape(socket_url)).replace("{{size}}", str(size))
        # The token must not be told to whatever the page leads to.
        return web.Response(text=page, content_type="text/html", headers={"Referrer-Policy": "no-referrer"})

    async def _program(self, request: "web.Request") -> "web.StreamResponse":
        """Run a program for a page until either goes."""
        from aiohttp import web
        from textual_serve.app_service import AppService
        from textual_serve.download_manager import DownloadManager

        self._check(request, request.match_info.get("token", ""))
        page = web.WebSocketResponse(heartbeat=_HEARTBEAT_SECONDS)
        await page.prepare(request)

        async def close() -> None:
            await page.close()

        program = AppService(
            self._command,
            write_bytes=page.send_bytes,
            write_str=page.send_str,
            close=close,
            download_manager=DownloadManager(),
        )
        await program.start(_number(request.query.get("width", ""), 80), _number(request.query.get("height", ""), 24))
        self._programs.add(program)
        try:
            async for message in page:
                if message.type == web.WSMsgType.TEXT:
                    await _pass_on(message.json(), program, page)
        finally:
            await self._end(program)
        return page

    async def end(self) -> None:
        """End all programs."""
        await asyncio.gather(*map(self._end, list(self._programs)))

    async def _end(self, program: "AppService") -> None:
        """Ask a program to end, and make it where it does not."""
        self._programs.discard(program)
        try:
            await asyncio.wait_for(program.stop(), _END_SECONDS)
        except (TimeoutError, ConnectionError):
            # There is no public way to the process.
            with suppress(ProcessLookupError):
                if program._process is not None:
                    program._process.kill()


async def _pass_on(told: object, program: "AppService", page: "web.WebSocketResponse") -> None:
    """Hand what a page tells to its program: a list of what it is and what it is about."""
    match told:
        case ["stdin", str(typed)]:
            await program.send_bytes(typed.encode())
        case ["resize", {"width": int(width), "height": int(height)}]:
            await program.set_terminal_size(_bounded(width), _bounded(height))
        case ["ping", sent]:
            await page.send_json(["pong", sent])
        case ["blur", *_]:
            await program.blur()
        case ["focus", *_]:
            await program.focus()


def _number(written: str, otherwise: int) -> int:
    return _bounded(int(written)) if written.isascii() and written.isdecimal() else otherwise


def _bounded(number: int) -> int:
    return max(1, min(_LARGEST, number))
