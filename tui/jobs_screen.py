"""The list of what goes on in the background."""

import time
from collections.abc import Sequence
from typing import ClassVar, Final

from rich.cells import cell_len
from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tui.areas import AREAS
from tui.cursor_list import CursorList
from tui.jobs import JobApp, LongJob
from tui.wrapping import fit, one_line

_EMPTY: Final = "Nothing goes on in the background."
_BAR: Final = 12
_SECONDS: Final = 0.25
"""How often the list is drawn anew while it is open."""


class JobList(CursorList):
    """A line for each: what it is, how far, and for how long it has gone on."""

    jobs: Sequence[LongJob] = ()

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self.jobs)

    @property
    def current_job(self) -> LongJob | None:
        """The current one."""
        return self.jobs[min(self.current, len(self.jobs) - 1)] if self.jobs else None

    def current_changed(self) -> None:
        """Nothing hangs on it."""

    def show(self, jobs: Sequence[LongJob]) -> None:
        """Show these, the same one current as before where it still goes on."""
        current = self.current_job
        self.jobs = tuple(jobs)
        self.show_from(self.jobs.index(current) if current in self.jobs else 0, from_top=False)

    def build(self, cells: int) -> Sequence[Content]:
        """Title, bar, how far, how long."""
        if not self.jobs:
            return [Content(_EMPTY).truncate(cells).stylize(".muted")]
        titles = [_title(job) for job in self.jobs]
        far = [_far(job) for job in self.jobs]
        took = [_took(job) for job in self.jobs]
        took_cells = max(map(cell_len, took))
        room = max(0, cells - took_cells - 4)
        title_cells = min(max(map(cell_len, titles)), max(room * 2 // 5, room - max(map(cell_len, far))))
        return [
            Content.assemble(
                (fit(title, title_cells), ".title"),
                "  ",
                (fit(done, max(0, room - title_cells)), ".soft"),
                "  ",
                (time_.rjust(took_cells), ".muted"),
            )
            for title, done, time_ in zip(titles, far, took, strict=True)
        ]


def _title(job: LongJob) -> str:
    area = next((area.label for area in AREAS if area.id == job.area), "")
    return f"{area}: {one_line(job.title)}"


def _far(job: LongJob) -> str:
    if job.stopping:
        return "stopping"
    if job.total:
        filled = min(_BAR, job.done * _BAR // job.total)
        return f"[{'#' * filled}{'-' * (_BAR - filled)}] {job.done:,} of {job.total:,}"
    return one_line(job.what) + (f" {job.done:,}" if job.done else "")


def _took(job: LongJob) -> str:
    seconds = int(time.monotonic() - job.began)
    return f"{seconds // 60}:{seconds % 60:02}"


class JobsScreen(ModalScreen[str | None]):
    """Enter goes to the area of a job, x stops it; the answer is the area gone to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,J,alt+w", "close", "Close"),
        Binding("x,delete,f9", "stop", "Stop"),
        Binding("enter", "go", "Go to"),
    ]
    DEFAULT_CSS = """
    JobsScreen {
        align: center middle;
        & > JobList {
            width: 90%; max-width: 100; height: auto; min-height: 3; max-height: 80%; padding: 0 1;
            border: round $accent; background: $surface;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
        }
    }
    """
    app = getters.app(JobApp)
    jobs = getters.query_one(JobList)

    def compose(self) -> ComposeResult:
        """The list."""
        jobs = JobList()
        jobs.border_title = Content("Jobs")
        jobs.border_subtitle = Content("Enter goes there, x stops, Esc closes")
        yield jobs

    def on_mount(self) -> None:
        """Follow what goes on; how far it is, several times a second."""
        self._show()
        self.app.long_jobs_changed.subscribe(self, lambda _: self._show())
        self.set_interval(_SECONDS, self.jobs.rebuild)

    def _show(self) -> None:
        self.jobs.styles.height = 2 + max(1, len(self.app.long_jobs))
        self.jobs.show(self.app.long_jobs)

    def action_stop(self) -> None:
        """Stop the current one."""
        job = self.jobs.current_job
        if job is not None and not job.stopping:
            job.ask_to_stop()
            self.jobs.rebuild()

    def action_go(self) -> None:
        """Go to the area of the current one."""
        job = self.jobs.current_job
        self.dismiss(job.area if job else None)

    def action_close(self) -> None:
        """Close the list."""
        self.dismiss(None)
