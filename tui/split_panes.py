"""Two panes beside each other whose shares of the width the user chooses."""

from typing import Final

from textual import events
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

STEP: Final = 5
"""Hundredths of the width a key moves the border between the panes by."""

_LEAST_CELLS: Final = 16
"""What a pane keeps, so that its rows can still be told apart."""


class SplitPanes(Horizontal):
    """Holds two panes. The border between them is dragged with the mouse, or moved by `widen`; a double click evens out.

    `share` is the left one's hundredths of the width, None as long as the style sheet says it.
    """

    class Resized(Message):
        """The user has chosen other shares."""

        def __init__(self, share: int | None) -> None:
            super().__init__()
            self.share = share

    def __init__(self, share: int | None = None, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.share = share
        self._dragged_from: int | None = None
        self._dragging = False

    def on_mount(self) -> None:
        """Take up the share that was kept."""
        if self.share is not None:
            self._apply(self.share)

    @property
    def is_split(self) -> bool:
        """Whether both panes are in sight, one beside the other."""
        if len(self.children) != 2:
            return False
        left, right = self.children
        return left.display and right.display and left.region.width > 0 and left.region.right == right.region.x

    def widen(self, hundredths: int) -> None:
        """Move the border to the right, or to the left by a negative number."""
        if self.is_split:
            left = self.children[0].region.width
            self._choose(self._within(round(100 * left / self.region.width) + hundredths))

    def _within(self, share: int) -> int:
        """The nearest share that leaves both panes what they need."""
        least = min(50, -(-100 * _LEAST_CELLS // max(1, self.region.width)))
        return max(least, min(100 - least, share))

    def _choose(self, share: int | None) -> None:
        if share != self.share:
            self._apply(share)
            self.post_message(self.Resized(share))

    def _apply(self, share: int | None) -> None:
        self.share = share
        if len(self.children) == 2:
            for pane, part in zip(self.children, (None, None) if share is None else (share, 100 - share), strict=True):
                pane.styles.width = None if part is None else f"{part}fr"
                # A share chosen in a wide terminal may be next to nothing in a narrower one.
                pane.styles.min_width = None if part is None else _LEAST_CELLS

    # The mouse

    def _at_border(self, event: events.MouseEvent) -> bool:
        return self.is_split and event.screen_x - self.children[1].region.x in (-1, 0)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the border."""
        if self._at_border(event):
            event.stop()
            self._dragging, self._dragged_from = True, self.share
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Move it."""
        if self._dragging:
            event.stop()
            # The screen takes the same movement for the selection of text.
            self.screen.clear_selection()
            self._apply(self._within(round(100 * (event.screen_x - self.region.x) / max(1, self.region.width))))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._dragging:
            event.stop()
            self._dragging = False
            self.release_mouse()
            if self.share != self._dragged_from:
                self.post_message(self.Resized(self.share))

    def on_click(self, event: events.Click) -> None:
        """A double click on the border gives the panes what the style sheet gives them."""
        if event.chain == 2 and self._at_border(event):
            event.stop()
            self._choose(None)


def panes_of(screen: Widget) -> SplitPanes | None:
    """The panes of a screen that can be resized now."""
    return next((panes for panes in screen.query(SplitPanes) if panes.is_split), None)
