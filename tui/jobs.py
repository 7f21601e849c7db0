"""Work off the UI thread, and the one place where its errors become words for the user."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from textual.message import Message
from textual.signal import Signal

from lang.errors import YuqiaoError
from tui.connection import SupersededError
from tui.error_dialog import ErrorDialog
from tui.key_order import KeyOrderApp

Job = Callable[[], None]

_PAINTED_SECONDS: Final = 0.3
"""After so long the first frame is in sight, or something covers it."""


@dataclass(slots=True, eq=False)
class LongJob:
    """A job that takes long enough to be told about: how far it is, and how to stop it. Changed on the UI thread only.

    `total` is 0 where it is not known; `began` is a reading of time.monotonic, in seconds.
    """

    title: str
    area: str
    stop: Callable[[], None]
    what: str = ""
    done: int = 0
    total: int = 0
    stopping: bool = False
    began: float = field(default_factory=time.monotonic)

    def tell(self, what: str, done: int = 0, total: int = 0) -> None:
        """It has come this far."""
        self.what, self.done, self.total = what, done, total

    def ask_to_stop(self) -> None:
        """It ends at the next moment at which nothing is left half done."""
        self.stopping = True
        self.stop()


class JobEnded(Message):
    """A long job is over, however it ended."""

    def __init__(self, job: LongJob) -> None:
        super().__init__()
        self.job = job


class JobFailed(Message):
    """A job ended in an error that nobody closer to it handles."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class JobApp(KeyOrderApp):
    """An app whose screens have their reading and writing done on threads."""

    def __init__(self) -> None:
        super().__init__()
        self.long_jobs: list[LongJob] = []
        self.long_jobs_changed: Signal[None] = Signal(self, "long-jobs-changed")
        self._until_painted: list[Callable[[], object]] | None = []

    def run_long_job(self, job: Job, told: LongJob, *, group: str) -> None:
        """The same for one that the list of jobs shows until it is over."""
        self.long_jobs.append(told)
        self.long_jobs_changed.publish(None)

        def whole() -> None:
            try:
                job()
            finally:
                self.post_message(JobEnded(told))

        self.run_job(whole, group=group)

    def on_job_ended(self, message: JobEnded) -> None:
        """Take it from the list."""
        if message.job in self.long_jobs:
            self.long_jobs.remove(message.job)
            self.long_jobs_changed.publish(None)

    @property
    def jobs_wait(self) -> bool:
        """Whether jobs are held back until the first frame is in sight."""
        return bool(self._until_painted)

    def on_ready(self) -> None:
        """Begin the jobs that were asked for meanwhile, once the first frame is in sight."""
        self.screen.call_after_refresh(self._begin_jobs)
        # A screen that a dialog covers meanwhile may not be refreshed until the dialog is gone.
        self.set_timer(_PAINTED_SECONDS, self._begin_jobs)

    def _begin_jobs(self) -> None:
        waiting, self._until_painted = self._until_painted, None
        for begin in waiting or ():
            begin()

    def run_job(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        """Run a job on a thread; it reports by posting messages. An exclusive one takes the place of others of its group.

        Before the first frame is painted no job begins: it would hold it up, with what it loads most of all.
        """
        attempt = partial(self._attempt, job)
        begin = partial(self.run_worker, attempt, group=group, thread=True, exclusive=exclusive, exit_on_error=False)
        if self._until_painted is None:
            begin()
        else:
            self._until_painted.append(begin)

    def _attempt(self, job: Job) -> None:
        try:
            job()
        except SupersededError:
            return
        except Exception as error:  # noqa: BLE001 (whatever it is, the user gets words and goes on working)
            self.post_message(JobFailed(error))

    def keep_settings(self) -> None:
        """Write down how the user likes it."""
        raise NotImplementedError

    def look_up(self, text: str) -> None:
        """Go to the look-up area with a text."""
        raise NotImplementedError

    def on_job_failed(self, message: JobFailed) -> None:
        """Show the error."""
        self.show_error(message.error)

    def show_error(self, error: Exception) -> None:
        """Tell the user about an error, in a dialog."""
        self.log.error(repr(error))
        self.push_screen(ErrorDialog(*in_words(error)))


def in_words(error: Exception) -> tuple[str, str]:
    """What went wrong and what to do, without a traceback."""
    if isinstance(error, YuqiaoError):
        return error.message, error.hint
    return (
        f"Something unexpected went wrong: {type(error).__name__}: {error}",
        "What was saved before is safe. Try again; if it happens again, please report it with this text.",
    )
