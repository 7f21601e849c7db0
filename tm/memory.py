"""The translation memory as the rest of the program uses it."""

from collections.abc import Sequence

from tm.store import UnitStore
from tm.unit import Unit


class Memory:
    """One memory over a store of units."""

    def __init__(self, store: UnitStore) -> None:
        self.store = store

    def pairs_with(self, phrases: Sequence[str], limit: int = 10) -> list[Unit]:
        """Units that use any of these phrases in source or target, each once."""
        found: dict[int, Unit] = {}
        for phrase in phrases:
            for unit in self.store.containing(phrase, limit):
                found.setdefault(unit.id, unit)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def count(self) -> int:
        """How many units there are."""
        return self.store.count()

    def seed(self, units: Sequence[Unit]) -> None:
        """Fill a new memory with the curated pairs."""
        self.store.add(units)
