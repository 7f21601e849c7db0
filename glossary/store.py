"""What a store of the term base must do. The rest of the package knows this interface only."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from glossary.concept import Change, Concept, ConceptChange, ReviewState, Status
from glossary.keys import KeyKind

Progress = Callable[[int], None]
"""Called now and then with the number of concepts done."""


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
    """One concept to write: `add` gives it a new id (0 in, or the id it had before), `edit` replaces it, `delete` drops it."""

    action: Literal["add", "edit", "delete"]
    concept: Concept


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
        undoes: int | None = None,
        progress: Progress | None = None,
    ) -> tuple[int, list[int]]:
        """Apply edits as one change with its history; all or nothing. Returns the change's id and the concepts' ids."""
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
        """The concept that carries this identifier across databases."""
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

    def chinese_and_acronym_keys(self) -> Iterator[tuple[str, int]]:
        """(folded key, concept id) of what Chinese text is searched for, rejected concepts left out."""
        ...

    def english_forms(self) -> Iterator[tuple[str, str, int]]:
        """(text, its loose forms joined by blanks, concept id) of English terms, rejected concepts left out."""
        ...

    def history(self, concept_id: int) -> list[ConceptChange]:
        """What happened to a concept, oldest first."""
        ...

    def changes(self, limit: int) -> list[Change]:
        """The latest changes, newest first."""
        ...

    def change(self, change_id: int) -> Change | None:
        """One change."""
        ...

    def undo_edits(self, change_id: int) -> list[Edit]:
        """The edits that would restore what a change found; ConflictError where a later change touched the same."""
        ...

    def domains(self) -> dict[str, int]:
        """Domain -> number of concepts."""
        ...
