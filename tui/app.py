"""The terminal UI as an application."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from tui.actions import ACTIONS, bindings
from tui.jobs import JobApp
from tui.lookup_screen import LookupScreen
from tui.session import Session
from tui.theme import DARK, LIGHT, THEMES

DEBOUNCE: Final = 0.08
"""Seconds after the last keystroke before a query is looked up."""


class YuqiaoApp(JobApp):
    """Look up, add and change terms."""

    TITLE = "yuqiao"
    CSS_PATH = ["lookup_screen.tcss", "concept_form.tcss"]  # noqa: RUF012 (Textual declares it so)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    # Bound by the action registry, with the key of Chinese input methods.
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, session: Session, *, debounce: float = DEBOUNCE) -> None:
        super().__init__()
        self._session = session
        self._debounce = debounce
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """The look-up screen."""
        return LookupScreen(self._session, debounce=self._debounce)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the actions that work now, and Textual's choice of themes."""
        for action in ACTIONS:
            place = screen if action.place == "screen" else self
            if action.palette and action.place in ("screen", "app") and place.check_action(action.id, ()):
                yield SystemCommand(
                    action.label, action.help, lambda name=action.id, at=place: self.call_later(at.run_action, name)
                )
        yield SystemCommand("All themes", "Choose among all themes", self.action_change_theme)

    def action_switch_theme(self) -> None:
        """Go from light to dark or back."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name


def run(database: str | None) -> int:
    """Open a database (seeding a new one) and run the terminal UI on it; the exit status."""
    from workspace.workspace import Workspace

    with Workspace.open(database) as workspace:
        session = Session(workspace.path)
    try:
        YuqiaoApp(session).run()
    finally:
        session.close()
    return 0
