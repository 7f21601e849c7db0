"""What the jobs and panes of the memory area report."""

from collections.abc import Mapping, Sequence

from textual.message import Message

from tm.unit import Unit
from tui.memory_reading import UnitsChosen
from tui.memory_writing import MemoryDone


class UnitsListed(Message):
    """A part of what a query chooses; `ticket` is the number of the request."""

    def __init__(self, ticket: int, chosen: UnitsChosen) -> None:
        super().__init__()
        self.ticket = ticket
        self.chosen = chosen


class QueryRefused(Message):
    """A line that cannot be read as a query, which the user may still be typing."""

    def __init__(self, ticket: int, text: str) -> None:
        super().__init__()
        self.ticket = ticket
        self.text = text


class PagesWanted(Message):
    """Rows are in sight, or soon will be, whose units are not read yet."""

    def __init__(self, ids: Sequence[int]) -> None:
        super().__init__()
        self.ids = ids


class UnitsRead(Message):
    """Units were read."""

    def __init__(self, units: Mapping[int, Unit]) -> None:
        super().__init__()
        self.units = units


class MemoryGoesOn(Message):
    """So much of an import or export is done."""

    def __init__(self, what: str, done: int) -> None:
        super().__init__()
        self.what = what
        self.done = done


class MemoryChanged(Message):
    """A change was made, or a file written."""

    def __init__(self, done: MemoryDone) -> None:
        super().__init__()
        self.done = done


class TransferEnded(Message):
    """An import or export came to its end, however it did."""
