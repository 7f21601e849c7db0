"""The line that tells which queue is shown, how much is in each, and how far the reviewer has come."""

from typing import Final

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.review_items import QUEUE_KINDS, QueueKind
from tui.wrapping import cut

_BAR_CELLS: Final = 10


class ReviewBar(Widget):
    """Queues on the left, a click shows one; progress on the right."""

    DEFAULT_CSS = """
    ReviewBar { height: 1; padding: 0 1; color: $foreground 75%; }
    """

    class Chosen(Message):
        """A queue is to be shown."""

        def __init__(self, kind: QueueKind) -> None:
            super().__init__()
            self.kind = kind

    def __init__(self) -> None:
        super().__init__()
        self._kind: QueueKind = "proposals"
        self._counts: dict[QueueKind, str] = {}
        self._told = ""

    def show(self, kind: QueueKind, counts: dict[QueueKind, str], settled: int, left: int, note: str) -> None:
        """Tell about the queues; `note` stands before the progress."""
        self._kind, self._counts = kind, counts
        share = settled / (settled + left) if settled + left else 0.0
        full = round(share * _BAR_CELLS)
        progress = f"{settled:,} settled, {left:,} left  {'█' * full}{'░' * (_BAR_CELLS - full)}" if settled or left else ""
        self._told = "   ".join(filter(None, [note, progress]))
        self.refresh()

    def _labels(self) -> list[str]:
        said = [f"{kind.title()} {self._counts.get(kind, '')}".strip() for kind in QUEUE_KINDS]
        return [f"[{label}]" if kind == self._kind else f" {label} " for kind, label in zip(QUEUE_KINDS, said, strict=True)]

    def render(self) -> Content:
        """Both sides in one line, as far as there is room."""
        width = self.size.width
        parts = [
            Content(label).stylize("bold $accent") if kind == self._kind else Content(label)
            for kind, label in zip(QUEUE_KINDS, self._labels(), strict=True)
        ]
        left = Content("").join(parts).truncate(max(1, width))
        told = cut(self._told, max(0, width - left.cell_length - 2))
        return left + Content(" " * (width - left.cell_length - cell_len(told)) + told)

    def on_click(self, event: events.Click) -> None:
        """Show the queue under the pointer."""
        at = event.x - self.gutter.left
        for kind, label in zip(QUEUE_KINDS, self._labels(), strict=True):
            if 0 <= at < cell_len(label):
                self.post_message(self.Chosen(kind))
                return
            at -= cell_len(label)
