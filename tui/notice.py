"""What stands in place of results: the welcome before anything is typed, and what to do when nothing was found."""

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content

from tui.actions import ACTIONS, key_name
from tui.line_view import LineView
from tui.wrapping import one_line, wrap

if TYPE_CHECKING:
    from tui.reading import Counts

_EXAMPLES: Final = (
    ("離境退稅", "either script"),
    ("ljts", "pinyin or its initials"),
    ("tax refunds", "English, any form"),
)
_WIDEST: Final = 58


class Notice(LineView, can_focus=False):
    """A short text in the middle of the screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._counts: Counts | None = None
        self._missing = ""
        self._preparing = False

    def welcome(self, counts: "Counts | None", *, preparing: bool = False) -> None:
        """Say what can be typed, and how much there is to find or that it is still being prepared."""
        self._counts, self._missing, self._preparing = counts, "", preparing
        self.rebuild()

    def nothing_found(self, query: str) -> None:
        """Say that a query found nothing, and what to do about it."""
        self._missing = query
        self.rebuild()

    def build(self, cells: int) -> list[Content]:
        """The text, in the middle."""
        width = min(cells, _WIDEST)
        if self._missing:
            lines = _nothing_lines(self._missing, width)
        else:
            lines = _welcome_lines(self._counts, width, preparing=self._preparing)
        left = (cells - max(line.cell_length for line in lines)) // 2
        height = self.scrollable_content_region.height
        above = max(0, (height - len(lines)) // 2)
        return [*([Content("")] * above), *(line.pad_left(left) for line in lines)]


def _welcome_lines(counts: "Counts | None", cells: int, *, preparing: bool) -> list[Content]:
    lines = [Content.assemble(("語橋", ".heading"), " ", ("yuqiao", ".title"))]
    lines += _muted("Chinese-English terms and sentences of policy language", cells)
    lines += [Content(""), Content("Type what you look for:"), Content("")]
    column = max(cell_len(example) for example, _ in _EXAMPLES)
    for example, meaning in _EXAMPLES:
        filled = example + " " * (column - cell_len(example))
        lines.append(Content.assemble("  ", (filled, ".accent"), "   ", (meaning, ".muted")))
    if counts is not None:
        lines += [Content(""), Content(f"{counts.concepts:,} concepts, {counts.pairs:,} sentence pairs")]
    elif preparing:
        lines += [Content(""), *_muted("Preparing the database: a new one is filled with the terms of yuqiao ...", cells)]
    lines += [Content(""), *_keys(("show_help", "go", "add_concept", "quit"), cells)]
    return lines


def _nothing_lines(query: str, cells: int) -> list[Content]:
    lines = [Content.assemble(("Nothing found for", ".muted"))]
    lines += [Content(line).stylize(".title") for line in wrap(one_line(query), cells)[:3]]
    lines += [Content(""), *_muted("Try fewer characters, pinyin initials, or the other language.", cells)]
    lines += _keys(("add_concept", "back"), cells, {"add_concept": "adds it as a new concept", "back": "clears the field"})
    return lines


def _muted(text: str, cells: int) -> list[Content]:
    return [Content(line).stylize(".muted") for line in wrap(text, cells)]


def _keys(ids: tuple[str, ...], cells: int, says: dict[str, str] | None = None) -> list[Content]:
    """The keys that work while typing, with what they do."""
    lines: list[Content] = []
    # An id is an action's name in its area: others have a "back" of their own.
    mine = (action for action in ACTIONS if action.id in ids and action.place in {"lookup", "area", "app"})
    for action in sorted(mine, key=lambda action: ids.index(action.id)):
        key = next((key for key in action.keys if len(key) > 1), action.keys[0])
        line = Content.assemble((key_name(key).ljust(7), ".accent"), ((says or {}).get(action.id, action.help), ".muted"))
        lines.append(line.truncate(cells))
    return lines
