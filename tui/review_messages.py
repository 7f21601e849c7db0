"""What jobs report to the review screen."""

from collections.abc import Collection

from textual.message import Message

from tui.memory_writing import MemoryDone
from tui.review_items import Queue, QueueKind
from tui.writing import Done


class QueueRead(Message):
    """A queue was read for a ticket of its reader."""

    def __init__(self, ticket: int, queue: Queue) -> None:
        super().__init__()
        self.ticket = ticket
        self.queue = queue


class ReadingTold(Message):
    """How far the reading of a queue is, in words."""

    def __init__(self, ticket: int, text: str) -> None:
        super().__init__()
        self.ticket = ticket
        self.text = text


class ItemsSettled(Message):
    """A change to the items with these keys was written, or (`done` is None) could not be."""

    def __init__(self, kind: QueueKind, keys: Collection[str], done: Done | MemoryDone | None) -> None:
        super().__init__()
        self.kind = kind
        self.keys = keys
        self.done = done


class ReviewUndone(Message):
    """The latest change was undone."""

    def __init__(self, done: Done | MemoryDone) -> None:
        super().__init__()
        self.done = done
