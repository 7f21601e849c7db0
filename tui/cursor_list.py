"""A list of rows, one of them current: the base of all lists."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.style import Style

from tui.line_view import LineView


class CursorList(LineView):
    """Subclasses say how many rows there are, make one line for each, and hear when another becomes the current one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("pagedown", "move_page(1)", "Next page", show=False),
        Binding("pageup", "move_page(-1)", "Previous page", show=False),
        Binding("home", "move_to_end(False)", "First", show=False),
        Binding("end", "move_to_end(True)", "Last", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor", "cursor-blurred"}
    DEFAULT_CSS = """
    CursorList {
        & > .cursor { background: $accent 32%; text-style: bold; }
        & > .cursor-blurred { background: $accent 18%; }
    }
    """

    current: reactive[int] = reactive(0, init=False)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def current_changed(self) -> None:
        """Another row is the current one, or there are other rows."""
        raise NotImplementedError

    def show_from(self, current: int, *, from_top: bool = True) -> None:
        """Show the rows there are now, with this one current; from the first on, or as far down as the list stood."""
        self.set_reactive(CursorList.current, current)
        self.rebuild()
        if from_top:
            self.scroll_to(y=0, animate=False)
        self._scroll_to_current()
        self.current_changed()

    def move(self, rows: int) -> None:
        """Make the row that many further the current one."""
        if self.row_count:
            self.current = max(0, min(self.row_count - 1, self.current + rows))

    def watch_current(self, before: int, now: int) -> None:
        """Follow the current row."""
        self._scroll_to_current()
        self.refresh_line(before)
        self.refresh_line(now)
        self.current_changed()

    def resized(self) -> None:
        """The current row stays in sight in a lower list."""
        self._scroll_to_current()

    def _scroll_to_current(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if self.current < top:
            self.scroll_to(y=self.current, animate=False)
        elif height and self.current >= top + height:
            self.scroll_to(y=self.current - height + 1, animate=False)

    def action_move(self, rows: int) -> None:
        """Move by rows."""
        self.move(rows)

    def action_move_page(self, pages: int) -> None:
        """Move by pages."""
        self.move(pages * max(1, self.scrollable_content_region.height - 1))

    def action_move_to_end(self, last: bool) -> None:
        """Go to the first or last row."""
        self.move(self.row_count if last else -self.row_count)

    def on_click(self, event: events.Click) -> None:
        """A click makes a row the current one."""
        index = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if 0 <= index < self.row_count:
            self.current = index

    def line_style(self, index: int) -> Style:
        """The current row stands out, more so while the list has the focus."""
        if index != self.current or not self.row_count:
            return self.visual_style
        name = "cursor" if self.has_focus else "cursor-blurred"
        style = self.get_visual_style(name)
        # Textual leaves this out of the style that it makes of a style sheet's.
        return style + Style(reverse=True) if self.get_component_styles(name).text_style.reverse else style
