"""The line on top of every area: where one is, and where one can go."""

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.areas import AREAS
from tui.jobs import JobApp


class AreaBar(Widget):
    """The areas in one line, the current one marked by more than its colour, then how many jobs go on; a click goes there."""

    DEFAULT_CSS = """
    AreaBar { height: 1; padding: 0 1; background: $panel; color: $foreground 75%; }
    """

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current

    def on_mount(self) -> None:
        """Follow what goes on in the background."""
        if isinstance(self.app, JobApp):
            self.app.long_jobs_changed.subscribe(self, lambda _: self.refresh())

    @property
    def _jobs(self) -> str:
        """How many jobs go on; empty where none does, or where there is no room to say so."""
        count = len(self.app.long_jobs) if isinstance(self.app, JobApp) else 0
        said = f"{count} job{'' if count == 1 else 's'} "
        room = self.size.width - sum(cell_len(label) + 1 for label in self._labels())
        return said if count and cell_len(said) < room else ""

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
        line = Content(" ").join(parts).truncate(max(1, self.size.width))
        if not self._jobs:
            return line
        blank = " " * (self.size.width - line.cell_length - cell_len(self._jobs))
        return Content.assemble(line, blank, (self._jobs, "bold $warning"))

    def on_click(self, event: events.Click) -> None:
        """Go to the area under the pointer."""
        at = event.x - self.gutter.left
        for area, label in zip(AREAS, self._labels(), strict=True):
            if 0 <= at < cell_len(label):
                self.app.call_later(self.app.run_action, f"go_to('{area.id}')")
                return
            at -= cell_len(label) + 1
        if self._jobs and event.x >= self.size.width - cell_len(self._jobs):
            self.app.call_later(self.app.run_action, "show_jobs")
