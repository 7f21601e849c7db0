"""The list of what waits for review: marks, signs and columns."""

from collections.abc import Collection
from typing import ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tui.cursor_list import CursorList
from tui.display import AS_STORED, DisplayScript
from tui.review_items import Item, ItemRow, key_of, row_of
from tui.wrapping import fit, one_line, wrap

_SIGNS: Final = 4
_LARGEST_CHINESE_SHARE: Final = 0.45
_ENGLISH_BEFORE_TOLD: Final = 16
MARK: Final = "●"


class ReviewList(CursorList):
    """Items, one of them current, some of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("right", "screen.open_evidence", "Evidence", show=False)]

    class Highlighted(Message):
        """Another item is the current one; None where there are none."""

        def __init__(self, item: Item | None) -> None:
            super().__init__()
            self.item = item

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.items: tuple[Item, ...] = ()
        self.marked: set[str] = set()
        self._rows: list[ItemRow] = []
        self._empty = ""

    @property
    def row_count(self) -> int:
        """How many items wait."""
        return len(self.items)

    @property
    def current_item(self) -> Item | None:
        """The current item."""
        return self.items[self.current] if self.items else None

    def chosen(self) -> tuple[Item, ...]:
        """The marked items, or where none is marked the current one."""
        marked = tuple(item for item in self.items if key_of(item) in self.marked)
        current = self.current_item
        return marked or ((current,) if current else ())

    def show(self, items: tuple[Item, ...], script: DisplayScript = AS_STORED, *, wanted: str = "", empty: str = "") -> None:
        """Show items; the one with the key `wanted` is the current one, else that where the current one was."""
        at = next((index for index, item in enumerate(items) if key_of(item) == wanted), min(self.current, len(items) - 1))
        self.items, self._empty = items, empty
        self._rows = [row_of(item, script) for item in items]
        self.marked &= {key_of(item) for item in items}
        self.show_from(max(0, at))

    def mark(self, keys: Collection[str]) -> None:
        """Mark these items and no others."""
        self.marked = set(keys)
        self.rebuild()

    def toggle_mark(self) -> None:
        """Mark the current item, or take its mark off, and go to the next."""
        item = self.current_item
        if item is not None:
            self.marked ^= {key_of(item)}
            self.rebuild()
            self.move(1)

    def current_changed(self) -> None:
        """Tell which item it is."""
        self.post_message(self.Highlighted(self.current_item))

    def build(self, cells: int) -> list[Content]:
        """Mark, sign, Chinese, English, what kind of thing it is; or why there is nothing."""
        if not self._rows:
            return [Content(line).stylize(".muted") for part in self._empty.split("\n") for line in wrap(part, cells)]
        chinese = min(max(cell_len(one_line(row.chinese)) for row in self._rows), int(cells * _LARGEST_CHINESE_SHARE))
        told = max(cell_len(one_line(row.told)) for row in self._rows)
        english = cells - _SIGNS - chinese - 2
        if english - told - 2 < _ENGLISH_BEFORE_TOLD:
            told = 0
        english = max(0, english - (told + 2 if told else 0))
        lines: list[Content] = []
        for item, row in zip(self.items, self._rows, strict=True):
            mark = MARK if key_of(item) in self.marked else " "
            line = Content.assemble(
                (mark, ".accent"),
                " ",
                (row.sign, row.style),
                " ",
                (fit(row.chinese, chinese), ".title"),
                "  ",
                fit(row.english, english),
            )
            lines.append(line + Content.assemble(("  " + fit(row.told, told), ".muted")) if told else line)
        return lines
