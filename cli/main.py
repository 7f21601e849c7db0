"""The command's entry: its group, what each command's module is, and how every error ends."""

import gc
import os
import signal
import sys
from importlib import import_module
from typing import cast

import click

from lang.errors import YuqiaoError

# Command -> module: a module is imported when its command is asked for, so `yuqiao lookup` loads no more than it needs.
_MODULES = {
    "lookup": "cli.lookup",
    "terms": "cli.terms",
    "extract": "cli.extract",
    "add": "cli.edit",
    "edit": "cli.edit",
    "approve": "cli.edit",
    "reject": "cli.edit",
    "delete": "cli.edit",
    "review": "cli.review",
    "conflicts": "cli.conflicts",
    "merge": "cli.merge",
    "history": "cli.history",
    "undo": "cli.history",
    "import": "cli.exchange",
    "export": "cli.exchange",
    "match": "cli.match",
    "concordance": "cli.concordance",
    "analyse": "cli.documents",
    "translate": "cli.documents",
    "align": "cli.align",
    "tm": "cli.memory",
    "check": "cli.check",
    "score": "cli.score",
    "interpret": "cli.interpret",
    "serve": "cli.serve",
    "stats": "cli.maintenance",
    "backup": "cli.maintenance",
    "refresh": "cli.maintenance",
    "doctor": "cli.maintenance",
    "completion": "cli.maintenance",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _MODULES.get(cmd_name)
        if module is None:
            return None
        return cast(click.Command, getattr(import_module(module), f"{cmd_name}_command"))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            close = get_close_matches(args[0], _MODULES)
            message = f"There is no command {args[0]!r}." + (f" Did you mean {close[0]!r}?" if close else "")
            raise click.UsageError(message, ctx) from error


@click.group(cls=_LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--db", metavar="PATH|URL", help="The database; else YUQIAO_DB, else one in your user data folder.")
@click.version_option(package_name="yuqiao", message="yuqiao %(version)s")
@click.pass_context
def main(ctx: click.Context, db: str | None) -> None:
    """語橋: a term base and translation memory for Chinese-English policy language.

    Without a command it opens the terminal UI.

    \b
    Examples:
      yuqiao
      yuqiao lookup 離境退稅
    """
    ctx.obj = db
    if ctx.invoked_subcommand is None:
        # Served in a browser there is no terminal: the driver that textual-serve names speaks to the page.
        if not (os.environ.get("TEXTUAL_DRIVER") or (sys.stdin.isatty() and sys.stdout.isatty())):
            raise click.UsageError("The terminal UI needs a terminal; name a command.", ctx)
        # Half a thousand modules are loaded now, and hardly anything of what they make is garbage; run_ui looks for it later.
        gc.disable()
        from cli.output import outlive_readers
        from tui.app import run as run_ui

        # A program that takes the clipboard, or a server, may go while it is written to.
        outlive_readers()
        ctx.exit(run_ui(db))


def run() -> None:
    """Run the command and end with its status: 0 done, 1 nothing found, 2 bad usage or input, 130 interrupted."""
    if hasattr(signal, "SIGPIPE"):
        # When the reader of our output (head, less) goes, end quietly as other Unix tools do.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(_status())


def _status() -> int:
    try:
        for stream in (sys.stdout, sys.stderr):
            # Chinese must come out whatever the locale says; a terminal that cannot show it gets question marks.
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        status = main.main(prog_name="yuqiao", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except YuqiaoError as error:
        click.echo(f"yuqiao: {error}", err=True)
        return error.exit_status
    except BrokenPipeError:
        from cli.output import forget_output

        forget_output()
        # 128 and the number of SIGPIPE, which Windows does not name.
        return 128 + 13
    except click.ClickException as error:
        error.show()
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; nothing was left half done.", err=True)
        return 130
    except Exception as error:  # the one place where any error becomes words
        if os.environ.get("YUQIAO_DEBUG"):
            raise
        click.echo(f"yuqiao: an error of ours: {type(error).__name__}: {error}", err=True)
        click.echo("Set YUQIAO_DEBUG=1 to see where, and please report it.", err=True)
        return 2
