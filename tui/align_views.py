"""The panes of the align area: the rows of both documents side by side, and the current one in full."""

from collections.abc import Sequence
from itertools import zip_longest
from string import ascii_lowercase
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content

from tm.alignment_editing import Row, Side
from tm.alignment_segments import Segments
from tui.align_work import AlignWork
from tui.concept_lines import paragraph
from tui.cursor_list import CursorList
from tui.display import AS_STORED, DisplayScript
from tui.line_view import LineView
from tui.virtual_list import VirtualList
from tui.wrapping import fit

ACTIVE: Final = "▸"
_LETTERS: Final = ascii_lowercase
_BETWEEN: Final = " │ "
_SIGNS: Final = {"accepted": ("✓", ".approved"), "left out": ("✗", ".rejected")}
SIDES: Final[tuple[tuple[Side, str], ...]] = (("source", "Chinese"), ("target", "English"))


def segment_labels(segments: Segments, span: range) -> list[str]:
    """The numbers of the sentences at these places, in as many cells each; pieces of a cut sentence have a letter as well."""
    labels: list[str] = []
    for place in span:
        number = segments.piece(place).sentence
        first = place
        while first > 0 and segments.piece(first - 1).sentence == number:
            first -= 1
        labels.append(f"{number + 1}{_LETTERS[min(place - first, len(_LETTERS) - 1)] if segments.is_cut(place) else ''}")
    widest = max(map(len, labels), default=0)
    return [f"{label:>{widest}}" for label in labels]


def sign_of(row: Row) -> tuple[str, str]:
    """The sign of a row and its style: accepted, left out, doubtful, or nothing to be said."""
    return _SIGNS.get(row.verdict) or (("?", ".proposed") if row.doubtful else (" ", ""))


def surety_of(row: Row) -> str:
    """How sure the alignment is of a row, in five cells: a number, or a word where there is none."""
    if not row.paired:
        return "alone"
    return "hand " if row.confidence is None else f"{row.confidence:.2f} "


class AlignmentList(VirtualList, inherit_bindings=False):
    """The rows: number, sign, surety, how many sentences of either side, Chinese, English."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *CursorList.BINDINGS,
        Binding("enter", "choose", "Accept", show=False),
        Binding("left", "screen.chinese_side", show=False),
        Binding("right", "screen.english_side", show=False),
    ]

    work: AlignWork | None = None
    side: Side = "target"
    script: DisplayScript = AS_STORED

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.work.rows) if self.work else 0

    def row(self, index: int, cells: int) -> Content:
        """One row; where it is the current one, the side whose sentences are shifted has a mark."""
        assert self.work is not None
        row = self.work.rows[index]
        digits = len(str(self.row_count))
        shape = "" if row.sizes == (1, 1) else f"{min(row.sizes[0], 9)}:{min(row.sizes[1], 9)}"
        head = Content.assemble(
            (f"{index + 1:>{digits}}", ".muted"), " ", sign_of(row), " ", (surety_of(row), ".muted"), " ", f"{shape:3}"
        )
        room = max(0, cells - head.cell_length - 4)
        chinese, english = self.work.texts(row)
        marks = [ACTIVE if index == self.current and self.side == side else " " for side, _ in SIDES]
        left = fit(self.script.show(chinese), room * 2 // 5)
        right = fit(english, room - room * 2 // 5)
        style = ".muted" if row.verdict == "left out" else ""
        return Content.assemble(
            head, " ", (marks[0], ".accent"), (left, style), " ", (marks[1], ".accent"), (right, style)
        ).truncate(max(1, cells))


class PairView(LineView):
    """The sentences of the current row, both sides side by side, then those of the next row."""

    _work: AlignWork | None = None
    _at = 0
    _side: Side = "target"
    _script: DisplayScript = AS_STORED
    _warnings: Sequence[str] = ()

    def show(self, work: AlignWork, at: int, side: Side, script: DisplayScript) -> None:
        """Show a row; `side` is the one whose sentences are shifted."""
        self._work, self._at, self._side, self._script, self._warnings = work, at, side, script, ()
        self.rebuild()
        self.scroll_to(y=0, animate=False)

    def warn(self, warnings: Sequence[str]) -> None:
        """Tell what is wrong with the numbers of the row shown."""
        if list(warnings) != list(self._warnings):
            self._warnings = warnings
            self.rebuild()

    def build(self, cells: int) -> Sequence[Content]:
        """What there is to say of the row, its sentences, the next row."""
        if self._work is None:
            return []
        rows = self._work.rows
        row = rows[self._at]
        lines = paragraph(" ".join([sign_of(row)[0].strip(), _said(row)]).strip(), cells, style=sign_of(row)[1] or ".muted")
        for warning in self._warnings:
            lines += paragraph(f"! {warning}", cells, style=".rejected")
        lines += self._columns(row, cells, current=True)
        if self._at + 1 < len(rows):
            lines += [Content(""), *self._columns(rows[self._at + 1], cells, current=False)]
        return lines

    def _columns(self, row: Row, cells: int, *, current: bool) -> list[Content]:
        width = max(4, (cells - len(_BETWEEN)) // 2)
        left, right = (self._column(row, side, name, width, current=current) for side, name in SIDES)
        between = Content(_BETWEEN).stylize(".muted")
        blank = Content("")
        return [
            (one + Content(" " * (width - one.cell_length)) + between + other).rstrip()
            for one, other in zip_longest(left, right, fillvalue=blank)
        ]

    def _column(self, row: Row, side: Side, name: str, cells: int, *, current: bool) -> list[Content]:
        assert self._work is not None
        segments = self._work.draft.alignment.side(side)
        active = current and side == self._side
        title = f"{ACTIVE if active else ' '} {name if current else 'Next'}"
        lines = [Content(fit(title, cells)).stylize(".heading" if active else ".muted")]
        span = row.side(side)
        for place, label in zip(span, segment_labels(segments, span), strict=True):
            text = self._script.show(segments[place]) if side == "source" else segments[place]
            texts = paragraph(text, max(2, cells - len(label) - 1), style="" if current else ".muted")
            heads = [f"{label} ", *([" " * (len(label) + 1)] * (len(texts) - 1))]
            lines += [Content(head).stylize(".muted") + line for head, line in zip(heads, texts, strict=True)]
        return lines


def _said(row: Row) -> str:
    """What there is to say of a row, in words."""
    if row.verdict == "accepted":
        return "accepted" if row.paired else "accepted: has no counterpart"
    if row.verdict == "left out":
        return "left out of what is saved"
    if not row.paired:
        return "no counterpart found; shift or merge it where it belongs"
    if row.confidence is None:
        return "shaped by hand; Enter accepts it"
    return f"confidence {row.confidence:.2f}" + (", doubtful; Enter accepts it" if row.doubtful else "")
