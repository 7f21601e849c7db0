"""A list of any length, one row a line: only the rows in sight are ever made."""

from collections.abc import Sequence
from typing import ClassVar, overload

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.selection import Selection

from tui.cursor_list import CursorList


class VirtualList(CursorList):
    """A list with a current row. Subclasses say how many rows there are (`row_count`) and make one (`row`)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,right", "choose", "Open", show=False)]

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

    def row(self, index: int, cells: int) -> Content:
        """One row, at most so many cells wide."""
        raise NotImplementedError

    def build(self, cells: int) -> Sequence[Content]:
        """The rows, made when they are looked at."""
        return _Rows(self, cells)

    def restart(self, at: int = 0) -> None:
        """Show other rows, this one current."""
        self.show_from(max(0, min(self.row_count - 1, at)), from_top=False)

    def current_changed(self) -> None:
        """Tell that another row is the current one."""
        self.post_message(self.Highlighted(self))

    def action_choose(self) -> None:
        """Open the current row."""
        if self.row_count:
            self.post_message(self.Chosen(self))

    @property
    def visible_lines(self) -> list[str]:
        """The rows in sight, as plain text."""
        top = self.scroll_offset.y
        shown = range(top, min(self.row_count, top + max(1, self.scrollable_content_region.height)))
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
        return self._view.row_count

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
