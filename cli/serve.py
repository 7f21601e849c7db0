"""yuqiao serve."""

import shlex
import subprocess
import sys

import click

from cli.output import emit, note, outlive_readers
from interpret.address import LOOPBACK, host_and_port, token_for
from workspace.workspace import Workspace

_RUN = "from cli.main import run; run()"


@click.command("serve")
@click.option("--tui", is_flag=True, help="Serve the terminal UI, as a page in a browser.")
@click.option(
    "--at",
    "place",
    metavar="PORT|HOST:PORT",
    default="8000",
    show_default=True,
    help="Where; without a host to this machine alone. Port 0 takes a free one.",
)
@click.pass_obj
def serve_command(db: str | None, place: str, *, tui: bool) -> None:
    """Serve the terminal UI in a browser, and print its address. Ctrl-C ends it.

    Every page that is opened has a session of its own on the same database. Needs an extra: pip install "yuqiao[browser]".
    With ?fontsize=20 behind the address the type is larger (it is 16).

    \b
    Examples:
      yuqiao serve --tui
      yuqiao --db project.db serve --tui --at 9000
    """
    if not tui:
        raise click.UsageError("Say what to serve: --tui.")
    host, port = host_and_port(place, "--at")
    from tui.serving import serve

    # Here and not by the first page: a database that cannot be opened is told in the terminal, and a new one is seeded once.
    with Workspace.open(db) as workspace:
        path = workspace.path
    token = token_for(host)

    def started(url: str) -> None:
        emit(f"The terminal UI is served at {url}")
        if host not in LOOPBACK:
            note("Whoever has this address can change the database, and read and write your files.")
        note("Ctrl-C ends it.")
        sys.stdout.flush()

    outlive_readers()
    serve(_command_line([sys.executable, "-c", _RUN, "--db", str(path)]), host, port, token, started)


def _command_line(arguments: list[str]) -> str:
    """Arguments as the system's shell takes them; the shell is replaced by the program, so that ending one ends both."""
    return subprocess.list2cmdline(arguments) if sys.platform == "win32" else "exec " + shlex.join(arguments)
