"""The form that changes a unit."""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, Static, TextArea

from lang.errors import YuqiaoError
from tm.unit import UNIT_STATES, Unit
from tui.actions import bindings
from tui.choice import Choice
from tui.jobs import JobApp
from tui.memory_messages import MemoryChanged
from tui.memory_writing import MemoryDone
from tui.messages import EntryRefused

Save = Callable[[Unit], MemoryDone]
"""Saves what the form holds; YuqiaoError where it cannot be saved as it is. Called on a thread."""


class UnitForm(ModalScreen[MemoryDone | None]):
    """Source, target, domain and state of a unit; stays open until it is saved or left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]
    AUTO_FOCUS = "#unit-target"
    app = getters.app(JobApp)
    DEFAULT_CSS = """
    UnitForm {
        align: center middle;
        & > VerticalScroll {
            width: 90%; max-width: 100; height: auto; max-height: 1fr;
            border: round $accent; background: $surface; padding: 0 2;
            border-title-color: $accent; border-title-style: bold;
        }
        Static { height: auto; color: $foreground 75%; }
        TextArea { height: 5; background: $panel; }
        Input { background: $panel; }
        #unit-message { color: $error; }
    }
    """

    def __init__(self, unit: Unit, save: Save) -> None:
        super().__init__()
        self._unit = unit
        self._save = save
        self._saving = False

    def compose(self) -> ComposeResult:
        """A label and a field each, the message, the keys."""
        unit = self._unit
        with VerticalScroll(can_focus=False) as box:
            box.border_title = Content(f"Edit pair {unit.id}")
            yield Static(unit.source_lang, markup=False)
            yield _area("unit-source", unit.source)
            yield Static(unit.target_lang, markup=False)
            yield _area("unit-target", unit.target)
            yield Static("Domain", markup=False)
            domain = Input(unit.domain, id="unit-domain", compact=True, select_on_focus=False)
            domain.cursor_blink = False
            yield domain
            yield Static("State", markup=False)
            yield Choice(UNIT_STATES, UNIT_STATES.index(unit.state), id="unit-state")
            yield Static("", id="unit-message", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    @property
    def changed(self) -> Unit:
        """The unit as the form has it."""
        return replace(
            self._unit,
            source=self.query_one("#unit-source", TextArea).text.strip(),
            target=self.query_one("#unit-target", TextArea).text.strip(),
            domain=self.query_one("#unit-domain", Input).value.strip(),
            state=UNIT_STATES[self.query_one("#unit-state", Choice).chosen],
        )

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save, on a thread; the form closes when it is done."""
        if self._saving:
            return
        self._saving = True
        changed, save = self.changed, self._save

        def job() -> None:
            try:
                done = save(changed)
            except YuqiaoError as error:
                self.post_message(EntryRefused(str(error)))
            except BaseException:
                self._saving = False
                raise
            else:
                self.post_message(MemoryChanged(done))

        self.app.run_job(job, group="write")

    @on(EntryRefused)
    def _refused(self, message: EntryRefused) -> None:
        self._saving = False
        self.query_one("#unit-message", Static).update(Content(f"✗ {message.text}"))

    @on(MemoryChanged)
    def _saved(self, message: MemoryChanged) -> None:
        message.stop()
        self.dismiss(message.done)

    def action_cancel(self) -> None:
        """Leave without saving."""
        self.dismiss(None)


def _area(name: str, value: str) -> TextArea:
    area = TextArea(value, id=name, compact=True, show_line_numbers=False, highlight_cursor_line=False)
    area.cursor_blink = False
    return area
