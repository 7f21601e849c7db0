"""A list of any length, one row a line: only the rows in sight are ever made."""

from collections.abc import Sequence
from typing import ClassVar, overload

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.style import Style

from tui.line_view import LineView


class VirtualList(LineView):
    """A list with a current row. Subclasses say how many rows there are (`count`) and make one (`row`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("pagedown", "move_page(1)", "Next page", show=False),
        Binding("pageup", "move_page(-1)", "Previous page", show=False),
        Binding("home", "move_to_end(False)", "First", show=False),
        Binding("end", "move_to_end(True)", "Last", show=False),
        Binding("enter,right", "choose", "Open", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor", "cursor-blurred"}
    DEFAULT_CSS = """
    VirtualList {
        & > .cursor { background: $accent 32%; text-style: bold; }
        & > .cursor-blurred { background: $accent 18%; }
    }
    """

    current: reactive[int] = reactive(0, init=False)

    class Highlighted(Message):
        """Another row became the current one."""

        def __init__(self, view: "VirtualList") -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> "VirtualList":
            """The list."""
            return self.view

    class Chosen(Highlighted):
        """The current row is to be opened."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, index: int, cells: int) -> Content:
        """One row, at most so many cells wide."""
        raise NotImplementedError

    def build(self, cells: int) -> Sequence[Content]:
        """The rows, made when they are looked at."""
        return _Rows(self, cells)

    def restart(self, at: int = 0) -> None:
        """Show other rows, this one current."""
        self.set_reactive(VirtualList.current, max(0, min(self.count - 1, at)))
        self.rebuild()
        self.scroll_to_current()
        self.post_message(self.Highlighted(self))

    def watch_current(self) -> None:
        """Follow the current row."""
        self.scroll_to_current()
        self.refresh()
        self.post_message(self.Highlighted(self))

    def scroll_to_current(self) -> None:
        """Bring the current row into sight."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self.current < top:
            self.scroll_to(y=self.current, animate=False)
        elif height and self.current >= top + height:
            self.scroll_to(y=self.current - height + 1, animate=False)

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        if self.count:
            self.current = max(0, min(self.count - 1, self.current + rows))

    def action_move_page(self, pages: int) -> None:
        """Move by pages."""
        self.action_move(pages * max(1, self.scrollable_content_region.height - 1))

    def action_move_to_end(self, last: bool) -> None:
        """Go to the first or last row."""
        self.action_move(self.count if last else -self.count)

    def action_choose(self) -> None:
        """Open the current row."""
        if self.count:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """A click makes a row the current one."""
        index = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if 0 <= index < self.count:
            self.current = index

    def line_style(self, index: int) -> Style:
        """The current row stands out, more so while the list has the focus."""
        if index != self.current:
            return self.visual_style
        return self.get_visual_style("cursor" if self.has_focus else "cursor-blurred")

    @property
    def visible_lines(self) -> list[str]:
        """The rows in sight, as plain text."""
        top = self.scroll_offset.y
        shown = range(top, min(self.count, top + max(1, self.scrollable_content_region.height)))
        return [self.row(index, self.scrollable_content_region.width).plain for index in shown]

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Rows are chosen, not selected: making all of them for it would take minutes in a long list."""
        del selection
        return None


class _Rows(Sequence[Content]):
    def __init__(self, view: VirtualList, cells: int) -> None:
        self._view = view
        self._cells = cells

    def __len__(self) -> int:
        return self._view.count

    @overload
    def __getitem__(self, index: int) -> Content: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Content]: ...
    def __getitem__(self, index: int | slice) -> Content | Sequence[Content]:
        if isinstance(index, slice):
            return [self._view.row(at, self._cells) for at in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._view.row(index, self._cells)
