"""What the memory area reads: the ids that a query chooses, and pages of units, each on the connection of its own pane."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tm.concordance import Span
from tm.unit import Unit
from tm.unit_query import parse_unit_query
from tui.cancellation import Cancellation
from tui.connection import Connection
from workspace.workspace import Workspace

CONCORDANCE: Final = 2_000
"""So many units that use a phrase are listed; how many there are is told."""


@dataclass(frozen=True, slots=True)
class UnitsChosen:
    """A part of the ids that a query chooses; `first` begins them anew, `whole` ends them.

    `total` is how many there are where not all are listed, else 0; `spans` are where units use the phrase.
    """

    query: str
    ids: Sequence[int]
    first: bool
    whole: bool
    total: int = 0
    exact: bool = True
    spans: dict[int, tuple[tuple[Span, ...], tuple[Span, ...]]] = field(default_factory=dict)


class MemoryReader:
    """One connection, used by one thread at a time."""

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._connection = Connection(open_workspace)

    def close(self) -> None:
        """Close the connection once what is being read has been."""
        self._connection.close()

    def choose(self, query: str, cancellation: Cancellation) -> Iterator[UnitsChosen]:
        """The units that a line of words chooses (see tm.unit_query), as they are found.

        YuqiaoError where the line cannot be read, SupersededError once it is not wanted any more.
        """
        asked = parse_unit_query(query)
        if asked.phrase:
            with self._connection.use() as workspace:
                from workspace.renderings import with_renderings

                cancellation.check()
                found = workspace.memory.concordance([asked.phrase], limit=CONCORDANCE, only=asked.only)
                cancellation.check()
                hits = with_renderings(workspace, [asked.phrase], found)
            spans = {hit.unit.id: (hit.source_spans, hit.target_spans) for hit in hits}
            yield UnitsChosen(query, list(spans), True, True, found.total, found.exact, spans)
            return
        first = True
        with self._connection.use() as workspace:
            for ids in workspace.memory.store.ids(asked.only):
                cancellation.check()
                yield UnitsChosen(query, ids, first, False)
                first = False
        yield UnitsChosen(query, [], first, True)

    def page(self, ids: Sequence[int]) -> dict[int, Unit]:
        """Units by their ids."""
        with self._connection.use() as workspace:
            return workspace.memory.store.units(ids)
