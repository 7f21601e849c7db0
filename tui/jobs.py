"""Work off the UI thread, and the one place where its errors become words for the user."""

from collections.abc import Callable
from functools import partial

from textual.app import App
from textual.message import Message

from lang.errors import YuqiaoError
from tui.error_dialog import ErrorDialog
from tui.reading import SupersededError

Job = Callable[[], None]


class JobFailed(Message):
    """A job ended in an error that nobody closer to it handles."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class JobApp(App[int]):
    """An app whose screens have their reading and writing done on threads."""

    def run_job(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        """Run a job on a thread; it reports by posting messages. An exclusive one takes the place of others of its group."""
        self.run_worker(partial(self._attempt, job), group=group, thread=True, exclusive=exclusive, exit_on_error=False)

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
