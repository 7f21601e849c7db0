"""The line under the panes: how much was found how fast, and where and how it is shown."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.wrapping import cut, one_line

if TYPE_CHECKING:
    from tui.display import DisplayScript
    from tui.reading import ResultRow, Results

_GAP = 2


class StatusLine(Widget):
    """What was found on the left, display script and database on the right as far as there is room."""

    found: reactive[str] = reactive("")
    places: reactive[tuple[str, ...]] = reactive(())

    def show(self, results: "Results | None", row: "ResultRow | None", script: "DisplayScript", database: str) -> None:
        """Tell about these results and their current row."""
        parts = []
        if results is not None:
            count = len(results.rows)
            parts.append(f"{count} concept{'' if count == 1 else 's'} in {results.milliseconds:.1f} ms")
        if row is not None:
            # The sign in the list belongs to the term that was found, which may be another than the preferred one shown.
            parts.append(f"{row.kind}: {one_line(row.found)}" + ("" if row.status == "preferred" else f" ({row.status})"))
        self.found = "   ".join(parts)
        self.places = (f"{script.label}   {one_line(database)}", script.label, "")

    def render(self) -> Content:
        """Both sides in one line."""
        width = self.size.width
        found = cut(self.found, width)
        room = width - cell_len(found) - _GAP
        place = next((place for place in self.places if cell_len(place) <= room), "")
        return Content(found + " " * (width - cell_len(found) - cell_len(place)) + place)
