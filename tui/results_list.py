"""The list of concepts found: one row each, in aligned columns."""

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tui.cursor_list import CursorList
from tui.marks import STATE_SIGNS, STATUS_SIGNS, state_style, status_style
from tui.wrapping import fit, one_line

if TYPE_CHECKING:
    from tui.reading import ResultRow

_LARGEST_CHINESE_SHARE = 0.45
_SIGNS = 3
# The kind of match stands in the status line too, so the column goes before it leaves English too little.
_ENGLISH_BEFORE_KIND = 18


class ResultsList(CursorList):
    """Concepts found, one of them current."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,right", "choose", "Open", show=False)]

    class Highlighted(Message):
        """Another row became the current one; None where there are no rows."""

        def __init__(self, row: "ResultRow | None") -> None:
            super().__init__()
            self.row = row

    class Chosen(Message):
        """The current row is to be read."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.rows: tuple[ResultRow, ...] = ()

    @property
    def current_row(self) -> "ResultRow | None":
        """The current row."""
        return self.rows[self.current] if self.rows else None

    def show(self, rows: "tuple[ResultRow, ...]", concept_id: int = 0) -> None:
        """Show rows, with this concept current where it is among them, else the first."""
        self.rows = rows
        at = next((index for index, row in enumerate(rows) if row.concept.id == concept_id), 0)
        self.show_from(at)

    @property
    def row_count(self) -> int:
        """How many concepts were found."""
        return len(self.rows)

    def current_changed(self) -> None:
        """Tell which row it is."""
        self.post_message(self.Highlighted(self.current_row))

    def action_choose(self) -> None:
        """Read the current row."""
        if self.rows:
            self.post_message(self.Chosen())

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


def _line(row: "ResultRow", chinese_cells: int, english_cells: int, kind_cells: int) -> Content:
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
