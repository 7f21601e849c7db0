"""The line at the bottom of every screen and form: the keys that work now."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One action that can be taken: the key that is pressed for it, as it is told, and what it does in a word and a line."""

    key: str
    key_name: str
    label: str
    help: str

    @property
    def cells(self) -> int:
        """The cells it takes, without the blank that follows."""
        return cell_len(self.key_name) + 1 + cell_len(self.label)


class KeyHints(Widget):
    """The actions that are shown in the footer and work now, in their order; a click is the key.

    One widget draws the line: Textual's own footer is a widget for every key, all of them new whenever another action comes
    or goes, which took as long as all else that a keystroke changes.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyHints { dock: bottom; height: 1; background: $footer-background; color: $footer-description-foreground; }
    """

    hints: reactive[tuple[KeyHint, ...]] = reactive(())

    def on_mount(self) -> None:
        """Follow what works."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        # Later, since the screen may not have all of its widgets yet, which its actions ask about.
        self.call_after_refresh(self._show_bindings_of, screen)

    def _show_bindings_of(self, screen: Screen[object]) -> None:
        shown: dict[str, KeyHint] = {}
        for binding, enabled, tooltip in (active[1:] for active in screen.active_bindings.values()):
            if binding.show and enabled and binding.action not in shown:
                name = self.app.get_key_display(binding)
                shown[binding.action] = KeyHint(binding.key, name, binding.description, tooltip)
        self.hints = tuple(shown.values())

    def render(self) -> Content:
        """The line, cut where it does not fit."""
        parts = [Content.assemble((hint.key_name, "bold $footer-key-foreground"), " ", hint.label, " ") for hint in self.hints]
        return Content("").join(parts).truncate(max(1, self.size.width))

    def _hint_at(self, x: int) -> KeyHint | None:
        for hint in self.hints:
            if 0 <= x < hint.cells:
                return hint
            x -= hint.cells + 1
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell more about the action under the pointer."""
        hint = self._hint_at(event.x)
        self.tooltip = hint.help if hint else None

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        hint = self._hint_at(event.x)
        if hint is not None:
            self.app.simulate_key(hint.key)
