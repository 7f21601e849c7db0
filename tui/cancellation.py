"""Long work that the user can stop, and the line that shows how far it is."""

from collections.abc import Callable
from threading import Event

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.connection import SupersededError
from tui.wrapping import cut, one_line

_BAR = 24


class Cancellation:
    """Asked for on the UI thread, noticed by the job where it reports progress."""

    def __init__(self) -> None:
        self._asked = Event()

    def ask(self) -> None:
        """Let the job stop at its next report."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether the job is to stop."""
        return self._asked.is_set()

    def check(self) -> None:
        """SupersededError, which ends a job without a word, where it is to stop."""
        if self._asked.is_set():
            raise SupersededError

    def reporting(self, report: Callable[[int], None]) -> Callable[[int], None]:
        """A progress function that also stops the job."""

        def told(done: int) -> None:
            self.check()
            report(done)

        return told


class ProgressLine(Widget):
    """One line: what is being done, how far it is, and how to stop it; `total` 0 where it is not known."""

    DEFAULT_CSS = "ProgressLine { height: 1; padding: 0 1; display: none; background: $panel; &.-shown { display: block; } }"

    said: reactive[str] = reactive("")

    def show(self, what: str, done: int = 0, total: int = 0) -> None:
        """Show how far something is."""
        self.add_class("-shown")
        if total:
            filled = min(_BAR, done * _BAR // total)
            bar = f"  [{'#' * filled}{'-' * (_BAR - filled)}] {done:,} of {total:,}"
        else:
            bar = f"  {done:,}" if done else ""
        self.said = one_line(what) + bar

    def clear(self) -> None:
        """Nothing is being done."""
        self.remove_class("-shown")
        self.said = ""

    def render(self) -> Content:
        """The line."""
        stop = "  Esc stops"
        return Content.assemble(cut(self.said, max(0, self.size.width - cell_len(stop))), (stop, "dim"))
