"""The dialog that asks which of a few."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen

from tui.cursor_list import CursorList
from tui.wrapping import cut, one_line


class PickList(CursorList):
    """A line for each, the first nine with their digit."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose", show=False)]

    class Chosen(Message):
        """One was chosen."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts = tuple(texts)
        self.styles.height = len(self._texts)

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self._texts)

    def current_changed(self) -> None:
        """Nothing hangs on it until one is chosen."""

    def build(self, cells: int) -> list[Content]:
        """Digit and text."""
        lines = []
        for number, text in enumerate(self._texts, 1):
            sign = f"{number}  " if number < 10 else "   "
            lines.append(Content.assemble((sign, ".muted"), cut(one_line(text), max(1, cells - len(sign)))))
        return lines

    def on_key(self, event: events.Key) -> None:
        """A digit chooses at once."""
        if event.key.isdecimal() and 0 < int(event.key) <= self.row_count:
            event.stop()
            self.post_message(self.Chosen(int(event.key) - 1))

    def on_click(self, event: events.Click) -> None:
        """A click chooses too."""
        super().on_click(event)
        self.action_choose()

    def action_choose(self) -> None:
        """Choose the current one."""
        self.post_message(self.Chosen(self.current))


class PickDialog(ModalScreen[int | None]):
    """Enter, a digit or a click chooses; the answer is the place in the list, None for Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Close")]
    DEFAULT_CSS = """
    PickDialog {
        align: center middle;
        & > PickList {
            width: 80%; max-width: 76; max-height: 80%; border: round $accent; background: $surface; padding: 0 1;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
            box-sizing: content-box;
        }
    }
    """

    def __init__(self, title: str, texts: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._texts = texts

    def compose(self) -> ComposeResult:
        """The list."""
        picks = PickList(self._texts)
        picks.border_title = Content(one_line(self._title))
        picks.border_subtitle = Content("Enter or a digit chooses, Esc leaves")
        yield picks

    def on_pick_list_chosen(self, message: PickList.Chosen) -> None:
        """One was chosen."""
        self.dismiss(message.at)

    def action_leave(self) -> None:
        """Choose none."""
        self.dismiss(None)
