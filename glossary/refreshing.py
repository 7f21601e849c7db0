"""Bringing the curated concepts of this version into a term base that an older one filled.

What a user has changed stays as it is; what nobody has touched becomes what the curated data says now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from glossary.concept import Concept
from glossary.store import Edit, Filter, TermStore


@dataclass(frozen=True, slots=True)
class ConceptsRefreshed:
    """What a refresh does: concepts it adds, brings up to date and removes, and curated ones it leaves as users made them."""

    added: tuple[Concept, ...]
    updated: tuple[Concept, ...]
    removed: tuple[Concept, ...]
    kept: tuple[Concept, ...]

    @property
    def edits(self) -> list[Edit]:
        """The same as edits of a store; what goes is first, so that nothing stands twice in between."""
        return [
            *(Edit("delete", concept) for concept in self.removed),
            *(Edit("edit", concept) for concept in self.updated),
            *(Edit("add", concept) for concept in self.added),
        ]


def plan_refresh(store: TermStore, curated: Iterable[Concept]) -> ConceptsRefreshed:
    """What brings the curated concepts into a term base, by their identifiers.

    A concept counts as a user's from the first change in force that is not the curated data's own: one that was edited,
    merged, rejected or imported is kept, one that was deleted does not come back.
    """
    touched = store.of_users()
    stored = {concept.key: concept for concept in store.listing(Filter()) if concept.key}
    users = {*touched.values(), *(concept.key for concept in stored.values() if concept.id in touched)}
    added: list[Concept] = []
    updated: list[Concept] = []
    kept: list[Concept] = []
    wanted: set[str] = set()
    for concept in curated:
        wanted.add(concept.key)
        before = stored.get(concept.key)
        changed = replace(concept, id=before.id) if before else concept
        if before and _same(before, changed):
            continue
        (kept if concept.key in users else updated if before else added).append(changed)
    removed = [concept for key, concept in stored.items() if key not in wanted and key not in users]
    return ConceptsRefreshed(tuple(added), tuple(updated), tuple(removed), tuple(kept))


def _same(stored: Concept, curated: Concept) -> bool:
    """Whether a stored concept is what the curated data says; pinyin counts where the data gives it."""
    if len(stored.terms) != len(curated.terms):
        return False
    terms = [
        term if wanted.pinyin else replace(term, pinyin="") for term, wanted in zip(stored.terms, curated.terms, strict=True)
    ]
    return replace(stored, terms=tuple(terms)) == curated
