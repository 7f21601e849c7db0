"""Two panes whose shares of the room the user chooses."""

from typing import Final

from textual import events
from textual.containers import Container
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

STEP: Final = 5
"""Hundredths of the room a key moves the border between the panes by."""

_LEAST_COLUMNS: Final = 16
_LEAST_LINES: Final = 4
"""What a pane keeps, so that its rows can still be told apart."""


class SplitPanes(Container):
    """Holds two panes, beside each other or stacked. The border between them is dragged with the mouse, or moved by `grow`.

    `share` is the first one's hundredths of the room, None as long as the style sheet says it, which a double click brings back.
    """

    DEFAULT_CSS = """
    SplitPanes { width: 1fr; height: 1fr; layout: horizontal; overflow: hidden; }
    SplitPanes.-stacked { layout: vertical; }
    """

    class Resized(Message):
        """The user has chosen other shares."""

        def __init__(self, share: int | None) -> None:
            super().__init__()
            self.share = share

    def __init__(self, share: int | None = None, *, stacked: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.share = share
        self._stacked = stacked
        self.set_class(stacked, "-stacked")
        self._dragged_from: int | None = None
        self._dragging = False

    def on_mount(self) -> None:
        """Take up the share that was kept."""
        if self.share is not None:
            self._apply(self.share)

    @property
    def is_split(self) -> bool:
        """Whether both panes are in sight, on either side of a border."""
        if len(self.children) != 2 or not all(pane.display for pane in self.children):
            return False
        first, second = (self._span(pane.region) for pane in self.children)
        return 0 < first[1] == second[0]

    def _span(self, region: Region) -> tuple[int, int]:
        """Where a region begins and ends, in the direction in which the panes follow each other."""
        return (region.y, region.bottom) if self._stacked else (region.x, region.right)

    def grow(self, hundredths: int) -> None:
        """Give the first pane so many hundredths more of the room, or less by a negative number."""
        if self.is_split:
            self._choose(self._within(self._share_up_to(self._span(self.children[0].region)[1]) + hundredths))

    def _share_up_to(self, place: int) -> int:
        start, end = self._span(self.region)
        return round(100 * (place - start) / max(1, end - start))

    def _within(self, share: int) -> int:
        """The nearest share that leaves both panes what they need."""
        start, end = self._span(self.region)
        least = min(50, -(-100 * (_LEAST_LINES if self._stacked else _LEAST_COLUMNS) // max(1, end - start)))
        return max(least, min(100 - least, share))

    def _choose(self, share: int | None) -> None:
        if share != self.share:
            self._apply(share)
            self.post_message(self.Resized(share))

    def _apply(self, share: int | None) -> None:
        self.share = share
        if len(self.children) != 2:
            return
        for pane, part in zip(self.children, (None, None) if share is None else (share, 100 - share), strict=True):
            room = None if part is None else f"{part}fr"
            # A share chosen in a large terminal may be next to nothing in a smaller one.
            if self._stacked:
                pane.styles.height, pane.styles.min_height = room, None if part is None else _LEAST_LINES
            else:
                pane.styles.width, pane.styles.min_width = room, None if part is None else _LEAST_COLUMNS

    # The mouse

    def _place(self, event: events.MouseEvent) -> int:
        return int(event.screen_y if self._stacked else event.screen_x)

    def _at_border(self, event: events.MouseEvent) -> bool:
        return self.is_split and self._place(event) - self._span(self.children[1].region)[0] in (-1, 0)

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
            self._apply(self._within(self._share_up_to(self._place(event))))

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
