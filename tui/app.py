"""The terminal UI as an application."""

import gc
import os
import sys
from collections.abc import Iterable
from functools import partial
from typing import ClassVar, Final

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from tui.actions import ACTIONS, bindings, key_name, sentence
from tui.area_menu import JOBS, AreaMenu
from tui.areas import AREAS
from tui.display import DISPLAY_SCRIPTS
from tui.jobs import JobApp
from tui.session import Session
from tui.stylesheet import KeptStylesheet
from tui.theme import DARK, LIGHT, THEMES, THEMES_16, few_colours
from workspace.location import database_path
from workspace.settings import Settings

_SERVER_SECONDS: Final = 2.0
_SWITCH_SECONDS: Final = 0.001
_SETTLED_SECONDS: Final = 2.0


class YuqiaoApp(JobApp):
    """Areas for each kind of work. Each is a mode of Textual's, with screens of its own, and stays as it was left."""

    TITLE = "yuqiao"
    CSS_PATH = ["concept_form.tcss", "few_colours.tcss"]  # noqa: RUF012 (Textual declares it so)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app")]
    DEFAULT_MODE = AREAS[0].id
    LEADING_KEYS = frozenset(key for action in ACTIONS if action.place != "fixed" for key in action.keys) | {"enter", "escape"}
    # Bound by the action registry, with the key of Chinese input methods.
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, session: Session, settings: Settings | None = None, *, few_colours: bool = False) -> None:
        self._session = session
        self._settings = settings or Settings(None)
        self.refused: Exception | None = None
        last = self._settings.get("area", "")
        if any(area.id == last for area in AREAS):
            self.DEFAULT_MODE = last  # type: ignore[misc]
        super().__init__()
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self.set_class(few_colours, "-few-colours")
        for theme in THEMES_16 if few_colours else THEMES:
            self.register_theme(theme)
        chosen = self._settings.get("theme", DARK.name)
        self.theme = chosen if chosen in self.available_themes else DARK.name
        wanted = self._settings.get("script", "")
        session.script = next((script for script in DISPLAY_SCRIPTS if script.tag == wanted), session.script)
        shares = {area.id: self._settings.get(f"panes.{area.id}", "") for area in AREAS}
        session.shares.update({area: int(share) for area, share in shares.items() if share.isdecimal() and 0 < int(share) < 100})
        session.document = self._settings.get("document", "")
        session.aligned = (self._settings.get("aligned.chinese", ""), self._settings.get("aligned.english", ""))
        for area in AREAS:
            self.add_mode(area.id, partial(area.open, session))

    def on_mount(self) -> None:
        """Open the database. What the user chooses is kept at once: a terminal may be closed at any time."""
        self.run_job(self._session.prepare, group="prepare")
        self.theme_changed_signal.subscribe(self, lambda _: self.keep_settings())
        self.mode_change_signal.subscribe(self, lambda _: self.keep_settings())
        self._session.follow_script(lambda _: self.keep_settings())
        if not gc.isenabled():
            self.set_timer(_SETTLED_SECONDS, _leave_alone)
        if self.is_web:
            server = os.getppid()
            # Textual does not notice that the server is gone; without it nobody could end this program.
            self.set_interval(_SERVER_SECONDS, lambda: None if os.getppid() == server else self.exit())

    def show_error(self, error: Exception) -> None:
        """Tell the user about an error; one that leaves the program without a database ends it, to be told in its place."""
        if self._session.prepared:
            super().show_error(error)
        else:
            self.refused = error
            self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the actions that work now, the areas, and Textual's choice of themes."""
        here = (getattr(screen, "AREA", ""), "area")
        for action in ACTIONS:
            place = screen if action.place in here else self
            if action.palette and action.place in (*here, "app") and place.check_action(action.id, ()):
                keys = "  ".join(map(key_name, action.keys))
                yield SystemCommand(sentence(action), keys, lambda name=action.id, at=place: self.call_later(at.run_action, name))
        for area in AREAS:
            yield SystemCommand(
                f"Go to {area.label}", f"Ctrl+G {area.key}  {area.help}", partial(self.call_later, self.action_go_to, area.id)
            )
        yield SystemCommand("All themes", "Choose among all themes", self.action_change_theme)

    def action_go(self) -> None:
        """Show the areas."""
        self.push_screen(AreaMenu(), self._go)

    def _go(self, where: str | None) -> None:
        if where == JOBS:
            self.action_show_jobs()
        elif where:
            self.action_go_to(where)

    def action_show_jobs(self) -> None:
        """Show what goes on in the background."""
        from tui.jobs_screen import JobsScreen

        if not isinstance(self.screen, JobsScreen):
            self.push_screen(JobsScreen(), lambda area: self.action_go_to(area) if area else None)

    def action_go_to(self, area: str) -> None:
        """Go to an area."""
        self.switch_mode(area)

    def look_up(self, text: str) -> None:
        """Go to the look-up area with a text."""
        from tui.lookup_screen import LookupScreen

        async def go() -> None:
            await self.switch_mode("lookup")
            if isinstance(self.screen, LookupScreen):
                self.screen.search(text)

        self.call_later(go)

    def action_switch_theme(self) -> None:
        """Go from light to dark or back."""
        self.theme = LIGHT.name if self.current_theme.dark else DARK.name

    def keep_settings(self) -> None:
        """Write down how the user likes it."""
        chosen = {"theme": self.theme, "script": self._session.script.tag, "area": self.current_mode}
        shares = self._session.shares
        panes = {
            f"panes.{area.id}": str(shares.get(area.id, ""))
            for area in AREAS
            if area.id in shares or self._settings.get(f"panes.{area.id}", "")
        }
        chinese, english = self._session.aligned
        last = {"document": self._session.document, "aligned.chinese": chinese, "aligned.english": english}
        self._settings.keep({**chosen, **panes, **{name: path for name, path in last.items() if path}})


def _leave_alone() -> None:
    gc.freeze()
    gc.enable()


def run(database: str | None) -> int:
    """Run the terminal UI on a database, which it opens, seeding a new one; the exit status. YuqiaoError where it cannot be."""
    session = Session(database_path(database), seed=True)
    # Python looks for garbage among all there is whenever there is a quarter more, which with what Textual leaves takes a
    # twentieth of a second: long enough to be felt in a keystroke. So what is there at the beginning is taken as here to stay.
    gc.disable()
    # How long a thread may compute before the one that paints has its turn.
    switch = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = YuqiaoApp(session, Settings.of_user(), few_colours=few_colours())
    try:
        app.run()
    finally:
        gc.enable()
        sys.setswitchinterval(switch)
        app.keep_settings()
        session.close()
    if app.refused is not None:
        raise app.refused
    return 0
