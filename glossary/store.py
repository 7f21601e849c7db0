"""What a store of the term base must do. The rest of the package knows this interface only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from glossary.concept import Change, Concept, ConceptChange, ReviewState, Status
from glossary.keys import KeyKind

Progress = Callable[[int], None]
"""Called now and then with the number of concepts done."""

# Kinds of changes that have a meaning of their own: the curated data's, and those that take others back or do them again.
SEED: Final = "seed"
REFRESH: Final = "refresh"
UNDO: Final = "undo"
REDO: Final = "redo"


@dataclass(frozen=True, slots=True)
class TermRow:
    """A stored term as look-up needs it, without its concept."""

    term_id: int
    concept_id: int
    text: str
    lang: str
    status: Status
    pinyin: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One concept to write: `add` gives it a new id (0 in, or the id it had before), `edit` replaces it, `delete` drops it.

    `merged_into` is the concept that what is deleted has become part of, 0 where it is simply gone.
    """

    action: Literal["add", "edit", "delete"]
    concept: Concept
    merged_into: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding of glossary.conflicts, by its text, marked as explained and why, or no longer so."""

    finding: str
    reason: str
    explained: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """Which concepts to list; empty fields do not restrict."""

    domains: tuple[str, ...] = ()
    states: tuple[ReviewState, ...] = ()
    ids: tuple[int, ...] = field(default=())


class TermStore(Protocol):
    """Concepts, their keys and their history. One call of `write` is one transaction."""

    def write(
        self,
        edits: Iterable[Edit],
        *,
        kind: str,
        by: str,
        summary: str,
        reason: str = "",
        undoes: int | None = None,
        rulings: Sequence[Ruling] = (),
        progress: Progress | None = None,
        first: bool = False,
    ) -> tuple[int, list[int]]:
        """Apply edits, and rulings on findings, as one change with its history; all or nothing.

        `first` says that they are concepts to begin an empty term base with. Returns the change's id and the concepts' ids.
        """
        ...

    def concepts(self, ids: Sequence[int]) -> dict[int, Concept]:
        """The concepts of these ids, those that exist."""
        ...

    def listing(self, only: Filter) -> Iterator[Concept]:
        """Concepts by id."""
        ...

    def count(self, only: Filter) -> int:
        """How many `listing` would give."""
        ...

    def by_key(self, key: str) -> Concept | None:
        """The concept that carries this identifier across databases, or into which the one that did was merged."""
        ...

    def terms_with_key(self, kind: KeyKind, key: str) -> list[TermRow]:
        """Terms that have exactly this key."""
        ...

    def terms_with_prefix(self, kind: KeyKind, prefix: str, limit: int) -> list[TermRow]:
        """Terms whose key begins so but goes on, shortest first."""
        ...

    def terms_containing(self, tokens: Sequence[str], *, last_is_prefix: bool, limit: int) -> list[TermRow]:
        """Terms in which these tokens follow each other, shortest first."""
        ...

    def terms_with_forms(self, forms: Sequence[str], *, missing: int, limit: int) -> list[TermRow]:
        """Terms that have all of these forms in any order, or all but one (`missing` 0 or 1), shortest first."""
        ...

    def vocabulary(self, first: str, lengths: range) -> list[str]:
        """Tokens in use that begin with `first` and have one of these lengths."""
        ...

    def chinese_and_acronym_keys(self, *, approved: bool = False, inside: str | None = None) -> Iterator[tuple[str, int]]:
        """(folded key, concept id) of what Chinese text is searched for: not rejected, or approved only.

        Of the keys that stand in the folded text `inside`, where one is given.
        """
        ...

    def english_forms(self, *, approved: bool = False, within: Sequence[str] | None = None) -> Iterator[tuple[str, str, int]]:
        """(text, its loose forms joined by blanks, concept id) of English terms: not rejected, or approved only.

        Of all concepts that have a term among the folded words `within`, where these are given, one behind the other.
        """
        ...

    def history(self, concept_id: int) -> list[ConceptChange]:
        """What happened to a concept, oldest first."""
        ...

    def proposals(self, ids: Sequence[int]) -> dict[int, Change]:
        """For each of these concepts the change that proposed it."""
        ...

    def changes(self, limit: int) -> list[Change]:
        """The latest changes, newest first."""
        ...

    def change(self, change_id: int) -> Change | None:
        """One change."""
        ...

    def of_users(self) -> tuple[set[int], set[str]]:
        """The ids of concepts, there or gone, that changes in force have touched, but for the curated data's own.

        And the identifiers they had before these changes.
        """
        ...

    def undo_edits(self, change_id: int) -> list[Edit]:
        """The edits that would restore what a change found; ConflictError where a later change touched the same."""
        ...

    def merged_into(self, concept_id: int) -> int | None:
        """The concept into which this one was merged; None where it was not."""
        ...

    def merged_keys(self) -> dict[str, int]:
        """Identifier of a concept that was merged -> the concept it is part of now."""
        ...

    def explained(self) -> dict[str, Ruling]:
        """Findings marked as explained, by their text."""
        ...

    def undo_rulings(self, change_id: int) -> list[Ruling]:
        """The rulings that were in force before a change's own."""
        ...

    def domains(self) -> dict[str, int]:
        """Domain -> number of concepts."""
        ...
