"""What the screens of all areas have in common."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from tui.action import Place
from tui.actions import bindings
from tui.area_bar import AreaBar
from tui.areas import AREAS
from tui.clipboard import copy_with, local_tool
from tui.display import DisplayScript, next_script
from tui.jobs import JobApp
from tui.key_hints import KeyHints
from tui.messages import TextCopied
from tui.session import Session
from tui.split_panes import STEP, SplitPanes, panes_of


class AreaScreen(Screen[None]):
    """A screen with the area bar on top and the footer below; subclasses name their area and compose what is between."""

    AREA: ClassVar[str]
    DIALOGS: ClassVar[tuple[Place, ...]] = ()
    """The places of the area's own dialogs, whose keys its help tells as well."""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("area")]
    app = getters.app(JobApp)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.script: DisplayScript = session.script

    def compose(self) -> ComposeResult:
        """Bar, content, footer."""
        yield AreaBar(self.AREA)
        yield from self.compose_area()
        yield KeyHints()

    def compose_area(self) -> ComposeResult:
        """What the area shows."""
        raise NotImplementedError

    def split_panes(self, id: str, *, stacked: bool = False) -> SplitPanes:  # noqa: A002 (Textual's name)
        """The area's two panes, as the user had them last."""
        return SplitPanes(self.session.shares.get(self.AREA), stacked=stacked, id=id)

    @on(SplitPanes.Resized)
    def _panes_resized(self, message: SplitPanes.Resized) -> None:
        if message.share is None:
            self.session.shares.pop(self.AREA, None)
        else:
            self.session.shares[self.AREA] = message.share
        self.app.keep_settings()

    def action_narrower(self) -> None:
        """Give the first pane less of the room."""
        self._grow(-STEP)

    def action_wider(self) -> None:
        """Give the first pane more of the room."""
        self._grow(STEP)

    def _grow(self, hundredths: int) -> None:
        panes = panes_of(self)
        if panes is not None:
            panes.grow(hundredths)

    def action_jump(self) -> None:
        """Show a letter on all that can have the focus."""
        from tui.jump_screen import JumpScreen

        pieces = self.focus_chain

        def chosen(at: int | None) -> None:
            if at is not None:
                pieces[at].focus()

        self.app.push_screen(JumpScreen([piece.region for piece in pieces]), chosen)

    def send(self, message: Message) -> None:
        """Post a message from whichever thread."""
        self.post_message(message)

    def script_changed(self) -> None:
        """Show Chinese in `self.script` from now on; called for every area that was gone to, whichever is in sight."""

    def on_mount(self) -> None:
        """Follow the script, in sight or not."""
        self.session.follow_script(self._show_in)

    def _show_in(self, script: DisplayScript) -> None:
        self.script = script
        if self.is_running:
            self.call_next(self.script_changed)

    def action_switch_script(self) -> None:
        """Show Chinese in the next script, in all areas."""
        self.session.show_in(next_script(self.script))
        self.app.notify(self.script.says, markup=False, timeout=2)

    def copy_text(self, text: str, missing: str) -> None:
        """Put a text on the clipboard, the terminal's and this machine's; where it is empty, say what is missing."""
        if not text:
            self.app.notify(missing, severity="warning", markup=False)
            return
        self.app.copy_to_clipboard(text)

        def copy() -> None:
            command = local_tool()
            taken = bool(command) and copy_with(command, text)
            self.send(TextCopied(text, command[0] if taken else ""))

        self.app.run_job(copy, group="copy")

    @on(TextCopied)
    def _copied(self, message: TextCopied) -> None:
        how = f"Copied with {message.tool}" if message.tool else "Sent to the terminal's clipboard"
        self.app.notify(f"{how}: {message.text}", markup=False, timeout=3)

    def action_show_help(self) -> None:
        """Show keys and signs."""
        from tui.help_screen import HelpScreen

        label = next(area.label for area in AREAS if area.id == self.AREA)
        self.app.push_screen(HelpScreen(Content(f"Keys and signs: {label}"), (self.AREA, *self.DIALOGS, "fixed", "area", "app")))
