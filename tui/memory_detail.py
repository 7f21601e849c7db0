"""Everything about one unit."""

from collections.abc import Iterator, Sequence

from textual.content import Content

from tm.concordance import Span
from tm.unit import Unit
from tui.concept_lines import local_time, paragraph
from tui.line_view import LineView
from tui.wrapping import one_line

_WIDEST = 96


class UnitDetail(LineView):
    """Both sides, where it is from, what is known of it."""

    _shown: tuple[Unit, str, str, tuple[Span, ...], tuple[Span, ...]] | None = None

    def show(self, unit: Unit | None, sides: tuple[str, str, tuple[Span, ...], tuple[Span, ...]] | None = None) -> None:
        """Show a unit, its sides as they are to be read."""
        self._shown = (unit, *sides) if unit is not None and sides is not None else None
        self.rebuild()
        self.scroll_to(y=0, animate=False)

    def build(self, cells: int) -> Sequence[Content]:
        """Its lines."""
        if self._shown is None:
            return []
        unit, source, target, source_spans, target_spans = self._shown
        cells = min(cells, _WIDEST)
        lines = [
            Content(unit.source_lang).stylize(".muted"),
            *paragraph(source, cells, spans=source_spans),
            Content(""),
            Content(unit.target_lang).stylize(".muted"),
            *paragraph(target, cells, spans=target_spans),
            Content(""),
        ]
        for label, value in _facts(unit):
            if value:
                lines += paragraph(f"{label:<8}  {one_line(value)}", cells, style=".muted")
        return lines


def _facts(unit: Unit) -> Iterator[tuple[str, str]]:
    yield "pair", f"{unit.id}"
    yield "state", unit.state
    yield "memory", unit.origin
    yield "domain", unit.domain
    yield "author", unit.author
    yield "created", local_time(unit.created) if unit.created else ""
    yield "changed", local_time(unit.changed) if unit.changed else ""
    yield "before", unit.before
    yield "after", unit.after
    yield from unit.properties
