"""The queues of the review area, read off the UI thread."""

from typing import TYPE_CHECKING, Final

from tui.connection import SupersededError
from tui.reading import Reader
from tui.review_items import Queue

if TYPE_CHECKING:
    from collections.abc import Callable

PROPOSALS: Final = 200
"""Proposals read at a time: each is compared with what is approved, and what is settled makes room for more."""

CONFLICTS: Final = 1_000
CANDIDATES: Final = 300
ALIGNMENTS: Final = 300
_LEAST: Final = 3
"""Occurrences in the memory that make a candidate, as yuqiao extract has it."""


class ReviewReader(Reader):
    """Reads one of the queues; a newer request stops the one that runs, also between two statements."""

    def proposals(self, ticket: int) -> Queue:
        """What waits for review, the oldest first."""
        from glossary.review import review_queue

        with self._reading(ticket) as workspace:
            waiting, total = review_queue(workspace.term_store, limit=PROPOSALS)
            return Queue("proposals", tuple(waiting), total)

    def conflicts(self, ticket: int) -> Queue:
        """What the check of the term base finds, worst first."""
        from glossary.conflicts import find_conflicts

        with self._reading(ticket) as workspace:
            found = find_conflicts(workspace.term_store, progress=lambda _: self._stop_if_late(ticket))
            return Queue("conflicts", tuple(found[:CONFLICTS]), len(found))

    def candidates(self, ticket: int, told: "Callable[[str], None]") -> Queue:
        """Terms that pairs of the memory have and the term base lacks; `told` hears how far it is."""
        from glossary.extraction.extraction import extract_pairs
        from glossary.extraction.known import Known
        from workspace.passages import memory_passages

        def stages(name: str, done: int, size: int) -> None:
            self._stop_if_late(ticket)
            told(f"{name} {100 * done // max(1, size)} %")

        with self._reading(ticket) as workspace:
            known = Known(workspace.glossary.concepts())
            passages = memory_passages(workspace.memory, progress=lambda _: self._stop_if_late(ticket))
            found = extract_pairs(passages, least=_LEAST, limit=CANDIDATES, known=known, lexicon=known.pairs, stages=stages)
            return Queue("candidates", tuple(found), len(found))

    def alignments(self, ticket: int) -> Queue:
        """Pairs of the memory of which an alignment was not sure, the least sure first."""
        from tm.doubtful import doubtful_pairs

        with self._reading(ticket) as workspace:
            found, total = doubtful_pairs(workspace.memory.store, limit=ALIGNMENTS)
            return Queue("alignments", tuple(found), total)

    def _stop_if_late(self, ticket: int) -> None:
        if ticket != self._newest:
            raise SupersededError
