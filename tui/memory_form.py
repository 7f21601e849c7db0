"""The form that changes a unit."""

from collections.abc import Callable
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from tm.unit import UNIT_STATES, Unit
from tui.choice import Choice
from tui.key_hints import KeyHints
from tui.memory_writing import MemoryDone
from tui.saving_form import SavingForm, text_area

Save = Callable[[Unit], MemoryDone]
"""Saves what the form holds; YuqiaoError where it cannot be saved as it is. Called on a thread."""


class UnitForm(SavingForm[Unit, MemoryDone]):
    """Source, target, domain and state of a unit; stays open until it is saved or left."""

    AUTO_FOCUS = "#unit-target"
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
        super().__init__(save)
        self._unit = unit

    def compose(self) -> ComposeResult:
        """A label and a field each, the message, the keys."""
        unit = self._unit
        with VerticalScroll(can_focus=False) as box:
            box.border_title = Content(f"Edit pair {unit.id}")
            yield Static(unit.source_lang, markup=False)
            yield text_area("unit-source", unit.source)
            yield Static(unit.target_lang, markup=False)
            yield text_area("unit-target", unit.target)
            yield Static("Domain", markup=False)
            domain = Input(unit.domain, id="unit-domain", compact=True, select_on_focus=False)
            domain.cursor_blink = False
            yield domain
            yield Static("State", markup=False)
            yield Choice(UNIT_STATES, UNIT_STATES.index(unit.state), id="unit-state")
            yield Static("", id="unit-message", markup=False)
        yield KeyHints()

    def held(self) -> Unit:
        """The unit as the form has it."""
        return replace(
            self._unit,
            source=self.query_one("#unit-source", TextArea).text.strip(),
            target=self.query_one("#unit-target", TextArea).text.strip(),
            domain=self.query_one("#unit-domain", Input).value.strip(),
            state=UNIT_STATES[self.query_one("#unit-state", Choice).chosen],
        )

    def say(self, text: str) -> None:
        """Show it under the fields."""
        self.query_one("#unit-message", Static).update(Content(text))
