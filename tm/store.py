"""What a store of the memory must do. The rest of the package knows this interface only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

from tm.unit import Unit, UnitState, confidence_of

Progress = Callable[[int], None]
"""Called now and then with the number of units done."""

# Kinds of changes that have a meaning of their own: the curated data's, and those that take others back or do them again.
SEED: Final = "seed"
REFRESH: Final = "refresh"
UNDO: Final = "undo"
REDO: Final = "redo"


@dataclass(slots=True)
class AddReport:
    """What adding units did: how many there were, how many were new, how many known pairs got a further origin."""

    read: int = 0
    added: int = 0
    merged: int = 0
    change_id: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing documents into the memory did: pairs added, removed since they are no more, reviewed, and there already."""

    added: int
    removed: int
    reviewed: int
    known: int


@dataclass(frozen=True, slots=True)
class PairsRefreshed:
    """What a refresh of the curated pairs does: how many it adds, moves to another domain, and removes since they are no more."""

    added: int
    moved: int
    removed: int


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """Which units to list; empty fields do not restrict.

    `since` and `until` bound the time a unit was last written, or created: ISO 8601 in UTC, the first included. `below`
    takes only what an alignment was less sure of (see tm.alignment_units) and nobody has reviewed; 0 does not restrict.
    """

    origins: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    states: tuple[UnitState, ...] = ()
    authors: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    below: float = 0.0

    def takes(self, unit: Unit) -> bool:
        """Whether a unit is one of them."""
        latest = max(unit.created, unit.changed)
        sets = (
            (self.origins, unit.origin),
            (self.domains, unit.domain),
            (self.states, unit.state),
            (self.authors, unit.author),
        )
        return (
            all(not wanted or value in wanted for wanted, value in sets)
            and latest >= self.since
            and (not self.until or latest < self.until)
            and (not self.below or (unit.state != "reviewed" and confidence_of(unit) < self.below))
        )


@dataclass(frozen=True, slots=True)
class Origin:
    """A memory: its name, what is taken off the score of its matches, how many units came from it first."""

    name: str
    penalty: float
    units: int


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction on the memory: who did what, when, to how many units; `undoes` names the change it reverts."""

    id: int
    kind: str
    at: str
    by: str
    summary: str
    units: int
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What a change did to one unit: what it was before (None: it was not there) and after (None: it was gone)."""

    change: Change
    before: Unit | None
    after: Unit | None


class Segment(NamedTuple):
    """What decides a match besides its text: the keys of the unit's neighbours (0 for none) and its memory's penalty."""

    unit_id: int
    before_key: int
    after_key: int
    penalty: float


class UnitStore(Protocol):
    """Aligned units and their history. Each call that writes is one transaction, unless `transaction` joins several."""

    def transaction(self) -> AbstractContextManager[None]:
        """Join the writing calls inside the block: all of them or none."""
        ...

    def add(
        self,
        units: Iterable[Unit],
        *,
        kind: str,
        by: str,
        summary: str,
        progress: Progress | None = None,
        instead_of: Sequence[int] = (),
    ) -> AddReport:
        """Store units as one change, all or none; units whose pair is stored already only add their origin to it.

        Units that these take the place of go in the same change.
        """
        ...

    def edit(self, unit: Unit, *, by: str, kind: str = "edit") -> int:
        """Replace a unit by a changed version of itself; the change's id."""
        ...

    def set_state(self, ids: Sequence[int], state: UnitState, *, by: str, summary: str = "") -> int:
        """Give units a state, as one change; the change's id."""
        ...

    def delete(self, ids: Sequence[int], *, by: str, kind: str = "delete", summary: str = "") -> int:
        """Delete units; the change's id."""
        ...

    def undo(self, change_id: int, *, by: str, progress: Progress | None = None) -> int:
        """Revert a change as a change of its own, whose id is returned; reverting an undo does the change again.

        ConflictError where the change is undone already or a later one touched the same units.
        """
        ...

    def set_penalty(self, origin: str, penalty: float) -> None:
        """Take this much off the score of every match from a memory (0 to 1)."""
        ...

    def units(self, ids: Sequence[int]) -> dict[int, Unit]:
        """The units of these ids, those that exist, in the order asked for."""
        ...

    def id_of(self, unit: Unit) -> int | None:
        """The id of the stored unit that has the same languages and texts."""
        ...

    def ids_of_pairs(self, keys: Iterable[int]) -> dict[int, int]:
        """The ids of the units that have these pair keys (see tm.unit.pair_key), by key; those that are stored."""
        ...

    def doubtful(self, below: float) -> list[int]:
        """The ids of the units that `UnitFilter(below=...)` takes, the least sure first."""
        ...

    def texts(self, ids: Sequence[int], language: Literal["zh", "en"]) -> list[tuple[int, str]]:
        """(id, the side in a language) of these units."""
        ...

    def segments(self, ids: Sequence[int]) -> list[Segment]:
        """What decides their matches besides the text."""
        ...

    def listing(self, only: UnitFilter) -> Iterator[Unit]:
        """Units by id."""
        ...

    def ids(self, only: UnitFilter) -> Iterator[list[int]]:
        """The ids that `listing` would give, in its order, some at a time and quicker than the units themselves."""
        ...

    def count(self, only: UnitFilter | None = None) -> int:
        """How many units there are, or `listing` would give."""
        ...

    def scan(self, phrase: str, limit: int) -> list[int]:
        """Units whose source or target holds a phrase as it is written, by reading all of them."""
        ...

    def origins(self) -> list[Origin]:
        """The memories in this database."""
        ...

    def origins_of(self, unit_id: int) -> list[str]:
        """Every memory a pair was found in, the first one first."""
        ...

    def last_change(self) -> int:
        """The number of the last change; 0 where there is none."""
        ...

    def changes(self, limit: int, at: int | None = None) -> list[Change]:
        """The latest changes, newest first, or the one of this number."""
        ...

    def curated(self) -> dict[int, int | None]:
        """Pair key of every unit that the curated data added -> its id; None where a user edited, deleted or imported it, too."""
        ...

    def history(self, unit_id: int) -> list[UnitChange]:
        """What happened to a unit, oldest first; empty where it never existed."""
        ...

    def sides(self, *, after_change: int = -1) -> Iterator[tuple[int, str, str]]:
        """(id, Chinese, English) of all units, or of those added after a change."""
        ...

    def sides_kept(self) -> "Sequence[tuple[int, str, str]]":
        """The same of all units of a small memory, which are read whole again and again: kept until the memory changes."""
        ...

    def touched(self, *, after_change: int) -> list[int]:
        """Units that changes after this one edited, deleted, took out or brought back, whether they are there or not."""
        ...
