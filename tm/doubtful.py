"""Pairs of the memory of which an alignment was not sure: what a reviewer goes through, with the reasons for doubt."""

from dataclasses import dataclass

from tm.alignment_editing import DOUBTFUL
from tm.cleaning import Reason, suspicions
from tm.store import UnitStore
from tm.unit import Unit, confidence_of


@dataclass(frozen=True, slots=True)
class DoubtfulPair:
    """A unit nobody has reviewed, how sure the alignment was of it, in [0, 1], and what else speaks against it.

    `before` and `after` are the pairs next to it in its memory: where the alignment slipped, they have what it lacks.
    """

    unit: Unit
    confidence: float
    reasons: tuple[Reason, ...]
    before: Unit | None
    after: Unit | None


def doubtful_pairs(store: UnitStore, *, limit: int, below: float = DOUBTFUL) -> tuple[list[DoubtfulPair], int]:
    """The pairs of least confidence below a bound, in [0, 1], the least sure first, and how many there are in all."""
    ids = store.doubtful(below)
    near = store.units([other for unit_id in ids[:limit] for other in (unit_id - 1, unit_id, unit_id + 1)])
    pairs: list[DoubtfulPair] = []
    for unit_id in ids[:limit]:
        unit = near.get(unit_id)
        if unit is None:
            continue
        # Those of a document are stored one after the other, so its neighbours have the next numbers.
        before, after = (
            other if other and other.origin == unit.origin else None for other in map(near.get, (unit_id - 1, unit_id + 1))
        )
        reasons = next((found.reasons for found in suspicions([unit])), ())
        pairs.append(DoubtfulPair(unit, confidence_of(unit), reasons, before, after))
    return pairs, len(ids)
