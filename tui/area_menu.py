"""The menu that goes to another area by its letter."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.areas import AREAS


class AreaMenu(ModalScreen[str | None]):
    """Each area with its letter; Esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g,f10", "close", "Close")]
    DEFAULT_CSS = """
    AreaMenu { align: center middle; }
    AreaMenu > Static {
        width: auto; max-width: 90%; height: auto; padding: 0 1; border: round $accent; background: $surface;
        border-title-color: $accent; border-title-style: bold;
    }
    """

    def compose(self) -> ComposeResult:
        """One line an area."""
        lines = [Content.assemble((f" {area.key} ", "bold reverse"), f"  {area.label}  ", (area.help, "dim")) for area in AREAS]
        box = Static(Content("\n").join(lines))
        box.border_title = Content("Go to")
        yield box

    def on_key(self, event: events.Key) -> None:
        """A letter goes."""
        for area in AREAS:
            if event.key == area.key:
                event.stop()
                self.dismiss(area.id)

    def action_close(self) -> None:
        """Stay."""
        self.dismiss(None)
