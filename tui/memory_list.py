"""The list of a million units: their ids in eight bytes each, and the units in sight with those around them."""

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from lang.tags import language
from tm.concordance import Phrase, Span, spans_of
from tm.unit import Unit
from tui.display import AS_STORED, DisplayScript
from tui.memory_messages import PagesWanted
from tui.virtual_list import VirtualList
from tui.wrapping import CUT_MARK, fit, one_line

PAGE: Final = 100
"""Rows read together."""
_KEPT: Final = 40
"""Pages kept: four thousand units, more than a minute of scrolling."""
_BEFORE_HIT: Final = 6
_NUMBER_CELLS: Final = 10

Spans = dict[int, tuple[tuple[Span, ...], tuple[Span, ...]]]


class UnitList(VirtualList):
    """Units by their ids; asks for pages it lacks with PagesWanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self._digits = 1
        self.spans: Spans = {}
        self.script: DisplayScript = AS_STORED
        self._phrase: Phrase | None = None
        self._units: OrderedDict[int, Unit] = OrderedDict()
        self._asked: set[int] = set()

    # What is listed

    @property
    def row_count(self) -> int:
        """How many units are listed."""
        return len(self.ids)

    @property
    def current_id(self) -> int:
        """The id of the current unit; 0 where there is none."""
        return self.ids[self.current] if self.ids else 0

    @property
    def current_unit(self) -> Unit | None:
        """The current unit, once it is read."""
        return self._units.get(self.current_id)

    def start(self, ids: Sequence[int], spans: Spans, phrase: str, keep: int = 0) -> None:
        """List other units, this one current where it is among them."""
        self.ids = array("q", ids)
        self._digits = len(str(max(ids, default=0)))
        self.spans = spans
        self._phrase = Phrase.of(phrase) if phrase else None
        self.forget()
        self.restart(self._place_of(keep))

    def extend(self, ids: Sequence[int], keep: int = 0) -> None:
        """List further units behind those there are."""
        before = len(self.ids)
        self.ids.extend(ids)
        self._digits = max(self._digits, len(str(max(ids, default=0))))
        self.rebuild()
        if keep and keep in ids:
            self.current = before + list(ids).index(keep)

    def drop(self, unit_id: int) -> None:
        """Take a unit out of the list."""
        if unit_id in self.ids:
            self.ids.remove(unit_id)
            self.restart(self.current)

    def _place_of(self, unit_id: int) -> int:
        return self.ids.index(unit_id) if unit_id and unit_id in self.ids else 0

    # Units

    def take(self, units: Mapping[int, Unit]) -> None:
        """Units that were read."""
        self._units.update(units)
        if len(self._units) > _KEPT * PAGE:
            # Only then: a unit that another program deleted would be asked for without end.
            self._asked.clear()
        while len(self._units) > _KEPT * PAGE:
            self._units.popitem(last=False)
        self.refresh()
        if self.current_id in units:
            self.post_message(self.Highlighted(self))

    def forget(self, unit_id: int = 0) -> None:
        """Read a unit (or all) again when it is next looked at."""
        if unit_id:
            self._units.pop(unit_id, None)
        else:
            self._units.clear()
        self._asked.clear()
        self.refresh()

    def _want(self, index: int) -> None:
        """Ask for the page of a row and the one that follows in either direction, once."""
        page = index // PAGE
        if page in self._asked:
            return
        wanted = [at for at in (page, page + 1, page - 1) if 0 <= at * PAGE < len(self.ids) and at not in self._asked]
        self._asked.update(wanted)
        ids = [unit_id for at in wanted for unit_id in self.ids[at * PAGE : (at + 1) * PAGE] if unit_id not in self._units]
        self.post_message(PagesWanted(ids))

    # Showing

    def shown(self, unit: Unit) -> tuple[str, str, tuple[Span, ...], tuple[Span, ...]]:
        """Both sides in the script they are shown in, and where the phrase stands in them."""
        source_spans, target_spans = self.spans.get(unit.id, ((), ()))
        if not self.script.tag:
            return unit.source, unit.target, source_spans, target_spans
        source, target = self.script.show(unit.source), self.script.show(unit.target)
        phrases = [self._phrase] if self._phrase else []
        return source, target, spans_of(phrases, source), spans_of(phrases, target)

    def row(self, index: int, cells: int) -> Content:
        """Number, Chinese, English: sides of pairs in either direction stand below each other."""
        unit = self._units.get(self.ids[index])
        number_cells = min(_NUMBER_CELLS, self._digits) if cells >= 60 else 0
        head = Content.assemble((f"{self.ids[index]:>{number_cells}} ", ".muted")) if number_cells else Content("")
        if unit is None:
            self._want(index)
            return head
        room = cells - head.cell_length - 2
        source, target, source_spans, target_spans = self.shown(unit)
        left, right = (source, source_spans), (target, target_spans)
        if language(unit.source_lang) != "zh":
            left, right = right, left
        return head + _side(*left, room // 2) + "  " + _side(*right, room - room // 2)


def _side(text: str, spans: Sequence[Span], cells: int) -> Content:
    """A text cut to a width, moved so that the first of its spans is in sight."""
    text = one_line(text)
    begin = 0
    if spans and cell_len(text[: spans[0].end]) > cells - 1:
        begin = max(0, spans[0].start - _BEFORE_HIT)
    shown = ("‹" if begin else "") + text[begin:]
    shift = begin - bool(begin)
    fitted = fit(shown, cells)
    content = Content(fitted, strip_control_codes=False)
    end = len(fitted.removesuffix(CUT_MARK))
    for span in spans:
        if span.start - shift < end:
            content = content.stylize(".hit", max(0, span.start - shift), min(end, span.end - shift))
    return content
