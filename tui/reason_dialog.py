"""The dialog that asks why."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input


class ReasonDialog(ModalScreen[str | None]):
    """One line; Enter takes it, once there is something in it, Esc leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]
    DEFAULT_CSS = """
    ReasonDialog {
        align: center middle;
        & > Input {
            width: 80%; max-width: 76; border: round $accent; background: $surface;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
        }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The line."""
        field = Input(placeholder="kept in the history", id="reason")
        field.cursor_blink = False
        field.border_title = Content(self._title)
        field.border_subtitle = Content("Enter takes it, Esc leaves")
        yield field

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        if message.value.strip():
            self.dismiss(message.value.strip())

    def action_leave(self) -> None:
        """Leave without a reason."""
        self.dismiss(None)
