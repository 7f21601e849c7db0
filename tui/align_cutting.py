"""The dialog in which a sentence of the current row is cut in two: a cursor goes over the places where that can be done."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, split_graphemes
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen

from tm.alignment_cutting import CutPlaces, cut_row, side_to_cut
from tm.alignment_editing import Cut, EditedAlignment, Side
from tui.actions import bindings
from tui.align_views import ACTIVE, SIDES, segment_labels
from tui.display import DisplayScript
from tui.key_hints import KeyHints
from tui.line_view import LineView
from tui.wrapping import one_line, wrap_spans


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a line shows: characters of a segment, behind so many cells."""

    side: Side
    place: int
    start: int
    end: int
    indent: int


class CutView(LineView, inherit_bindings=False):
    """Both sides of a row, with the place where one of them would be cut.

    The sentence's second piece stands out, its first character in reverse; so do the marks behind which a clause ends.
    """

    class Moved(Message):
        """The cursor stands elsewhere."""

    class Cutting(Message):
        """The sentence is to be cut where the cursor stands."""

    def __init__(
        self, alignment: EditedAlignment, at: int, places: Mapping[Side, CutPlaces], side: Side, script: DisplayScript
    ) -> None:
        super().__init__()
        self._script = script
        self._alignment = alignment
        self._at = at
        self._places = places
        self._indices = {one: found.likely for one, found in places.items()}
        self._side = side
        self._stretches: list[_Stretch | None] = []

    @property
    def side(self) -> Side:
        """The side that would be cut."""
        return self._side

    @property
    def cut(self) -> Cut:
        """Where it would be cut."""
        return self._here.cuts[self._index]

    @property
    def _here(self) -> CutPlaces:
        return self._places[self._side]

    @property
    def _index(self) -> int:
        return self._indices[self._side]

    # Moving

    def go(self, index: int) -> None:
        """Move the cursor to one of the places, or as near to it as there is one."""
        self._indices[self._side] = max(0, min(len(self._here.cuts) - 1, index))
        self.rebuild()
        self.post_message(self.Moved())

    def move_by_word(self, step: int) -> None:
        """Move the cursor by a word or a Chinese character."""
        self.go(self._index + step)

    def move_by_clause(self, step: int) -> None:
        """Move the cursor to the next clause or the one before; where there is none, it stays."""
        clauses = self._here.clauses
        at = bisect_left(clauses, self._index + (step > 0)) - (step < 0)
        if 0 <= at < len(clauses):
            self.go(clauses[at])

    def move_by_line(self, step: int) -> None:
        """Move the cursor up or down in the text, in the same column if it can be."""
        line, column = self._cursor()
        for target in range(line + step, line + 3 * step, step):
            stretch = self._stretches[target] if 0 <= target < len(self._stretches) else None
            if stretch is not None and stretch.side == self._side and self._go_to(stretch, column):
                return

    def switch(self) -> None:
        """Cut the other side instead, if there is anything to cut in it."""
        other = next((side for side in self._places if side != self._side), None)
        if other is not None:
            self._side = other
            self.go(self._index)

    def _cursor(self) -> tuple[int, int]:
        """The line and the cell at which the second piece begins."""
        cut = self.cut
        for line, one in enumerate(self._stretches):
            if one is not None and (one.side, one.place) == (cut.side, cut.place) and one.start <= cut.offset < one.end:
                return line, one.indent + cell_len(self._text(one)[: cut.offset - one.start])
        return 0, 0

    def _go_to(self, stretch: _Stretch, column: int) -> bool:
        """Move the cursor to the place of a line that is nearest to a cell; whether it has any."""
        found = self._places.get(stretch.side)
        text, used, offset = self._text(stretch), stretch.indent, stretch.end
        for start, _, cells in split_graphemes(text)[0]:
            if column < used + cells:
                offset = stretch.start + start
                break
            used += cells
        cuts = list(enumerate(found.cuts)) if found else []
        near = [(abs(cut.offset - offset), index) for index, cut in cuts if cut.place == stretch.place]
        if near:
            self._side = stretch.side
            self.go(min(near)[1])
        return bool(near)

    def _text(self, stretch: _Stretch) -> str:
        return self._shown(stretch.side, stretch.place)[stretch.start : stretch.end]

    def _shown(self, side: Side, place: int) -> str:
        """A sentence in the chosen script, where that is one character for another; else, as places are stored ones, as it is."""
        stored = one_line(self._alignment.side(side)[place])
        shown = self._script.show(stored) if side == "source" else stored
        return shown if len(shown) == len(stored) else stored

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor to the character under it; a double click cuts before that."""
        offset = event.get_content_offset_capture(self)
        line = offset.y + self.scroll_offset.y
        stretch = self._stretches[line] if 0 <= line < len(self._stretches) else None
        if stretch is not None and self._go_to(stretch, offset.x) and event.chain == 2:
            self.post_message(self.Cutting())

    # Showing

    def rebuild(self) -> None:
        """Make the lines anew, the one with the cursor in sight."""
        super().rebuild()
        self.styles.height = max(1, len(self._lines))
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        line = self._cursor()[0]
        if not top <= line < top + height:
            self.scroll_to(y=max(0, line - height // 2), animate=False)

    def build(self, cells: int) -> list[Content]:
        """The sentences of either side, below each other."""
        lines: list[Content] = []
        self._stretches = []
        for side, name in SIDES:
            span = self._alignment.rows[self._at].side(side)
            active = side == self._side
            lines += [Content("")] if lines else []
            lines.append(Content(f"{ACTIVE if active else ' '} {name}").stylize(".heading" if active else ".muted"))
            self._stretches += [None] * (len(lines) - len(self._stretches))
            labels = segment_labels(self._alignment.side(side), span)
            for place, label in zip(span, labels, strict=True):
                lines += self._segment(side, place, label, cells)
        return lines

    def _segment(self, side: Side, place: int, label: str, cells: int) -> list[Content]:
        text = self._shown(side, place)
        content = Content(text, strip_control_codes=False)
        content = content.stylize(".muted") if side != self._side else self._with_cursor(content, text, place)
        indent = len(label) + 1
        lines = []
        for start, end in wrap_spans(text, max(2, cells - indent)):
            head = Content(" " * indent if start else f"{label} ").stylize(".muted")
            lines.append(head + content[start:end].rstrip())
            self._stretches.append(_Stretch(side, place, start, end, indent))
        return lines

    def _with_cursor(self, content: Content, text: str, place: int) -> Content:
        cut = self.cut
        if cut.place == place:
            first = split_graphemes(text[cut.offset :])[0][0]
            content = content.stylize(".heading", cut.offset).stylize("reverse", cut.offset, cut.offset + first[1])
        for index in self._here.clauses:
            clause = self._here.cuts[index]
            if clause.place == place:
                mark = len(text[: clause.offset].rstrip())
                content = content.stylize(".hit", mark - 1, mark)
        return content


class CutDialog(ModalScreen[Cut | None]):
    """Enter cuts, Esc leaves; the answer is the cut. `places` are those of either side that has any."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("cut")]
    DEFAULT_CSS = """
    CutDialog {
        align: center middle;
        & > CutView {
            width: 90%; max-width: 100; max-height: 85%; border: round $accent; background: $surface; padding: 0 1;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
            box-sizing: content-box;
        }
    }
    """

    def __init__(
        self, alignment: EditedAlignment, at: int, places: Mapping[Side, CutPlaces], preferred: Side, script: DisplayScript
    ) -> None:
        super().__init__()
        self._alignment = alignment
        self._at = at
        wanted = side_to_cut(alignment.rows[at], preferred)
        self._view = CutView(alignment, at, places, wanted if wanted in places else next(iter(places)), script)

    def compose(self) -> ComposeResult:
        """The row, the keys."""
        yield self._view
        yield KeyHints()

    def on_mount(self) -> None:
        """Say what the cut at the likely place does."""
        self._say()

    @on(CutView.Moved)
    def _say(self) -> None:
        view = self._view
        name = dict(SIDES)[view.side]
        pairs = len(cut_row(self._alignment, self._at, view.cut).after)
        view.border_title = Content(f"Cut the {name} of pair {self._at + 1:,}")
        view.border_subtitle = Content(f"makes {pairs} pairs of it" if pairs > 1 else "the pieces stay in the pair")

    def action_next_clause(self) -> None:
        """Go behind the next clause."""
        self._view.move_by_clause(1)

    def action_previous_clause(self) -> None:
        """Go behind the clause before."""
        self._view.move_by_clause(-1)

    def action_next_word(self) -> None:
        """Go behind the next word or character."""
        self._view.move_by_word(1)

    def action_previous_word(self) -> None:
        """Go behind the word or character before."""
        self._view.move_by_word(-1)

    def action_next_line(self) -> None:
        """Go a line down."""
        self._view.move_by_line(1)

    def action_previous_line(self) -> None:
        """Go a line up."""
        self._view.move_by_line(-1)

    def action_other_side(self) -> None:
        """Cut the other language."""
        self._view.switch()

    @on(CutView.Cutting)
    def action_cut_here(self) -> None:
        """Cut."""
        self.dismiss(self._view.cut)

    def action_leave_whole(self) -> None:
        """Cut nothing."""
        self.dismiss(None)
