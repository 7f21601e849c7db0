"""The menu that goes to another area by its letter."""

from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.areas import AREAS

JOBS: Final = "jobs"
"""The answer for the list of jobs, which has no area of its own."""

_JOBS_KEY: Final = "j"


class AreaMenu(ModalScreen[str | None]):
    """Each area with its letter; Esc stays."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g,f10", "close", "Close")]
    DEFAULT_CSS = """
    AreaMenu { align: center middle; }
    AreaMenu > Static {
        width: auto; max-width: 90%; height: auto; padding: 0 1; border: round $accent; background: $surface;
        border-title-color: $accent; border-title-style: bold; text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def compose(self) -> ComposeResult:
        """One line an area."""
        rows = [(area.key, area.label, area.help) for area in AREAS]
        rows.append((_JOBS_KEY, "Jobs", "What goes on in the background"))
        column = max(len(label) for _, label, _ in rows)
        lines = [
            Content.assemble((f" {key} ", "bold reverse"), f"  {label:<{column}}  ", (help_, "dim")) for key, label, help_ in rows
        ]
        box = Static(Content("\n").join(lines))
        box.border_title = Content("Go to")
        yield box

    def on_key(self, event: events.Key) -> None:
        """A letter goes."""
        if event.key == _JOBS_KEY:
            event.stop()
            self.dismiss(JOBS)
        for area in AREAS:
            if event.key == area.key:
                event.stop()
                self.dismiss(area.id)

    def action_close(self) -> None:
        """Stay."""
        self.dismiss(None)
