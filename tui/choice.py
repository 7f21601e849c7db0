"""A field whose value is one of a few: all are in sight, the chosen one in brackets."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Left, right and space choose; `chosen` is the index."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space,down", "choose(1)", "Next", show=False),
        Binding("left,up", "choose(-1)", "Previous", show=False),
    ]
    DEFAULT_CSS = "Choice { height: 1; width: 1fr; }"

    chosen: reactive[int] = reactive(0)

    def __init__(self, labels: Sequence[str], chosen: int, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._labels = tuple(labels)
        self.set_reactive(Choice.chosen, chosen)

    def render(self) -> Content:
        """All labels, the chosen one in brackets."""
        parts = []
        for index, label in enumerate(self._labels):
            chosen = index == self.chosen
            parts.append(Content(f"[{label}]").stylize("bold") if chosen else Content(f" {label} ").stylize("dim"))
        return Content(" ").join(parts)

    def action_choose(self, step: int) -> None:
        """Choose the next or previous one, round and round."""
        self.chosen = (self.chosen + step) % len(self._labels)

    def on_click(self, event: events.Click) -> None:
        """A click chooses what it hits."""
        end = 0
        for index, label in enumerate(self._labels):
            end += len(label) + 3
            if event.x < end:
                self.chosen = index
                return
