"""The line on top of every area: where one is, and where one can go."""

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.areas import AREAS


class AreaBar(Widget):
    """The areas in one line, the current one marked by more than its colour; a click goes to one."""

    DEFAULT_CSS = """
    AreaBar { height: 1; padding: 0 1; background: $panel; color: $foreground 75%; }
    """

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def _labels(self) -> list[str]:
        """As long as there is room whole words, else their first letters."""
        labels = [f"[{area.label}]" if area.id == self._current else f" {area.label} " for area in AREAS]
        if sum(map(cell_len, labels)) + len(labels) <= self.size.width:
            return labels
        return [f"[{area.label}]" if area.id == self._current else f" {area.key} " for area in AREAS]

    def render(self) -> Content:
        """The line."""
        parts = [
            Content(label).stylize("bold $accent") if area.id == self._current else Content(label)
            for area, label in zip(AREAS, self._labels(), strict=True)
        ]
        return Content(" ").join(parts).truncate(max(1, self.size.width))

    def on_click(self, event: events.Click) -> None:
        """Go to the area under the pointer."""
        at = event.x - self.gutter.left
        for area, label in zip(AREAS, self._labels(), strict=True):
            if 0 <= at < cell_len(label):
                self.app.call_later(self.app.run_action, f"go_to('{area.id}')")
                return
            at -= cell_len(label) + 1
