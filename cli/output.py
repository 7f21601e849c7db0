"""All that the command line prints: results to stdout, messages to stderr."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

Style = Literal["bold", "dim", "red", "green", "yellow", "cyan"]
_CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


# Whether a line of progress stands on the terminal, to be wiped before a result is printed there.
_reporting = False


def emit(text: str = "") -> None:
    """A line of results."""
    _wipe_progress()
    print(text)


def emit_json(value: Any) -> None:
    """A result as one line of JSON, Chinese as it is."""
    _wipe_progress()
    print(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def note(text: str) -> None:
    """A message about the work, apart from its results."""
    print(text, file=sys.stderr)


def outlive_readers() -> None:
    """From now on a pipe or connection that nobody reads any more raises BrokenPipeError; the program does not die of it."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def forget_output() -> None:
    """Print nothing more: its reader (head, less) is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def styled(text: str, style: Style) -> str:
    """The text in a style where the terminal shows styles and NO_COLOR does not forbid it."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m"


def emit_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, shrink: int | Sequence[int] = (), right: Sequence[int] = ()
) -> None:
    """Rows as columns: aligned by cell width on a terminal (columns `shrink` cut to fit), tab-separated when piped."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(" ".join(cell.split()) for cell in row))
        return
    from rich.cells import cell_len, set_cell_size

    widths = [max(cell_len(cell) for cell in column) for column in zip(headers, *rows, strict=True)]
    _fit(widths, [shrink] if isinstance(shrink, int) else shrink)

    def line(cells: Sequence[str]) -> str:
        fitted: list[str] = []
        for index, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            if cell_len(cell) > width:
                fitted.append(set_cell_size(cell, width - 1) + "…")
            elif index in right:
                fitted.append(" " * (width - cell_len(cell)) + cell)
            else:
                fitted.append(set_cell_size(cell, width))
        return "  ".join(fitted).rstrip()

    print(styled(line(headers), "dim"))
    for row in rows:
        print(line(row))


def _fit(widths: list[int], shrink: Sequence[int]) -> None:
    """Cut the widest of the columns that may shrink until the table fits the terminal, none under 12 cells."""
    import shutil

    over = sum(widths) + 2 * (len(widths) - 1) - shutil.get_terminal_size().columns
    while over > 0 and shrink:
        widest = max(shrink, key=lambda column: widths[column])
        if widths[widest] <= 12:
            return
        widths[widest] -= 1
        over -= 1


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Report the number of things done on one line of stderr, on a terminal only; results may be printed meanwhile."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return

    def report(done: int) -> None:
        share = f" of {total:,} ({done / total:.0%})" if total else ""
        _show_progress(f"{what} {done:,}{share} ...")

    try:
        yield report
    finally:
        _wipe_progress()


@contextmanager
def stages() -> Iterator[Callable[[str, int, int], None] | None]:
    """Report the stage of work and how many of how many things it has done, like `progress`; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return

    def report(stage: str, done: int, total: int) -> None:
        share = f" {done:,} of {total:,}" if total else ""
        _show_progress(f"{stage}{share} ...")

    try:
        yield report
    finally:
        _wipe_progress()


def _show_progress(line: str) -> None:
    global _reporting  # noqa: PLW0603  (one terminal, one such line)
    _reporting = True
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def _wipe_progress() -> None:
    global _reporting  # noqa: PLW0603
    if _reporting:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        _reporting = False
