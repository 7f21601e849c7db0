"""A form whose save may be refused: it stays open, with what is wrong in words, until it is saved or left."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar, cast

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, TextArea

from lang.errors import YuqiaoError
from tui.actions import bindings
from tui.jobs import JobApp
from tui.messages import EntryRefused, EntrySaved

Held = TypeVar("Held")
Done = TypeVar("Done")


class SavingForm(ModalScreen[Done | None], Generic[Held, Done]):
    """Subclasses compose the fields, say what they hold, and show what they are told.

    `save` is called on a thread; it raises YuqiaoError for what cannot be saved as it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("form"),
        # Before the field handles it: what is typed at once after Tab would still go to the field before.
        Binding("tab", "app.focus_next", show=False, priority=True),
        Binding("shift+tab", "app.focus_previous", show=False, priority=True),
    ]
    app = getters.app(JobApp)

    def __init__(self, save: Callable[[Held], Done]) -> None:
        super().__init__()
        self._save = save
        self.saving = False

    def held(self) -> Held:
        """What the form holds now."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Show a line about what became of saving."""
        raise NotImplementedError

    def started(self) -> None:
        """Saving has begun."""

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save, on a thread; the form closes when it is done."""
        if self.saving:
            return
        self.saving = True
        self.started()
        held, save = self.held(), self._save

        def job() -> None:
            try:
                done = save(held)
            except YuqiaoError as error:
                self.post_message(EntryRefused(str(error)))
            except BaseException:
                self.saving = False
                raise
            else:
                self.post_message(EntrySaved(done))

        self.app.run_job(job, group="write")

    @on(EntryRefused)
    def _refused(self, message: EntryRefused) -> None:
        self.saving = False
        self.say(f"✗ {message.text}")

    @on(EntrySaved)
    def _saved(self, message: EntrySaved) -> None:
        self.dismiss(cast(Done, message.done))

    def action_cancel(self) -> None:
        """Leave without saving."""
        self.dismiss(None)


def text_area(name: str, value: str) -> TextArea:
    """A field of several lines, as forms have it."""
    area = TextArea(value, id=name, compact=True, show_line_numbers=False, highlight_cursor_line=False)
    area.cursor_blink = False
    return area
