"""The list of concepts found: one row each, in aligned columns."""

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style

from tui.line_view import LineView
from tui.marks import STATE_SIGNS, STATUS_SIGNS, state_style, status_style
from tui.reading import ResultRow
from tui.wrapping import fit, one_line

_LARGEST_CHINESE_SHARE = 0.45
_SIGNS = 3
# The kind of match stands in the status line too, so the column goes before it leaves English too little.
_ENGLISH_BEFORE_KIND = 18


class ResultsList(LineView):
    """Concepts found, one of them current."""

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
    ResultsList {
        & > .cursor { background: $accent 32%; text-style: bold; }
        & > .cursor-blurred { background: $accent 18%; }
    }
    """

    current: reactive[int] = reactive(0, init=False)

    class Highlighted(Message):
        """Another row became the current one; None where there are no rows."""

        def __init__(self, row: ResultRow | None) -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """The current row is to be read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.rows: tuple[ResultRow, ...] = ()

    @property
    def current_row(self) -> ResultRow | None:
        """The current row."""
        return self.rows[self.current] if self.rows else None

    def show(self, rows: tuple[ResultRow, ...], concept_id: int = 0) -> None:
        """Show rows, with this concept current where it is among them, else the first."""
        self.rows = rows
        at = next((index for index, row in enumerate(rows) if row.concept.id == concept_id), 0)
        self.set_reactive(ResultsList.current, at)
        self.rebuild()
        self.scroll_to(y=0, animate=False)
        self._scroll_to_current()
        self.post_message(self.Highlighted(self.current_row))

    def move(self, rows: int) -> None:
        """Make the row that many further the current one."""
        if self.rows:
            self.current = max(0, min(len(self.rows) - 1, self.current + rows))

    def watch_current(self) -> None:
        """Follow the current row."""
        self._scroll_to_current()
        self.refresh()
        self.post_message(self.Highlighted(self.current_row))

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
        self.move(len(self.rows) if last else -len(self.rows))

    def action_choose(self) -> None:
        """Read the current row."""
        if self.rows:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """A click makes a row the current one."""
        index = event.get_content_offset_capture(self).y + self.scroll_offset.y
        if 0 <= index < len(self.rows):
            self.current = index

    def line_style(self, index: int) -> Style:
        """The current row stands out, more so while the list or the search field has the focus."""
        if index != self.current:
            return self.visual_style
        return self.get_visual_style("cursor" if self.has_focus else "cursor-blurred")

    def build(self, cells: int) -> list[Content]:
        """Sign of the status, sign of the review state, Chinese, English, kind of match."""
        longest = max((cell_len(one_line(row.chinese)) for row in self.rows), default=0)
        chinese_cells = min(longest, int(cells * _LARGEST_CHINESE_SHARE))
        english_cells = max(0, cells - _SIGNS - chinese_cells - 2)
        kind_cells = max((len(row.kind) for row in self.rows), default=0)
        if english_cells - kind_cells - 1 < _ENGLISH_BEFORE_KIND:
            kind_cells = 0
        english_cells -= kind_cells + 1 if kind_cells else 0
        return [_line(row, chinese_cells, english_cells, kind_cells) for row in self.rows]


def _line(row: ResultRow, chinese_cells: int, english_cells: int, kind_cells: int) -> Content:
    kind = " " + row.kind.rjust(kind_cells) if kind_cells else ""
    state = row.concept.state
    return Content.assemble(
        (STATUS_SIGNS.get(row.status, " "), status_style(row.status)),
        (STATE_SIGNS[state], state_style(state)),
        " ",
        (fit(row.chinese, chinese_cells), ".title"),
        "  ",
        fit(row.english, english_cells),
        (kind, ".muted"),
    )
