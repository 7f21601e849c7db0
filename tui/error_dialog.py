"""The dialog that says in words what went wrong."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class ErrorDialog(ModalScreen[None]):
    """A message and a hint; any of Enter, Esc, Space closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,space", "close", "Close")]
    DEFAULT_CSS = """
    ErrorDialog {
        align: center middle;
        & > VerticalScroll {
            width: 70%; max-width: 76; min-width: 36; height: auto; max-height: 90%;
            border: round $error; background: $surface; padding: 0 2;
            border-title-color: $error; border-title-style: bold; border-subtitle-color: $foreground 62%;
        }
        Static { height: auto; }
        #hint { color: $foreground 75%; margin-top: 1; }
    }
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__()
        self.message = message
        self.hint = hint

    def compose(self) -> ComposeResult:
        """The message, and the hint where there is one."""
        with VerticalScroll() as box:
            box.border_title = Content("This did not work")
            box.border_subtitle = Content("Enter or Esc closes")
            yield Static(Content(self.message), id="message", markup=False)
            if self.hint:
                yield Static(Content(self.hint), id="hint", markup=False)

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(None)
