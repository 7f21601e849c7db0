"""Bringing the curated concepts of this version into a term base that an older one filled.

What a user has changed stays as it is; what nobody has touched becomes what the curated data says now.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from glossary.concept import Concept
from glossary.store import Edit, Filter, TermStore
from lang.fold import term_key


@dataclass(frozen=True, slots=True)
class ConceptsRefreshed:
    """What a refresh does: the curated concepts it adds and brings up to date, and those it removes since they are no more.

    And what it leaves to users: curated concepts that they `changed`, that they `deleted`, and of which they have their `own`.
    """

    added: tuple[Concept, ...] = ()
    updated: tuple[Concept, ...] = ()
    removed: tuple[Concept, ...] = ()
    changed: tuple[Concept, ...] = ()
    deleted: tuple[Concept, ...] = ()
    own: tuple[Concept, ...] = ()

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
    merged, rejected or imported is kept, one that was deleted does not come back, and one that a user wrote meanwhile,
    with the same Chinese and English, is not doubled.
    """
    touched, former = store.of_users()
    stored: dict[str, Concept] = {}
    theirs: set[str] = set()
    written: set[tuple[str, str]] = set()
    for concept in store.listing(Filter()):
        if concept.key:
            stored[concept.key] = concept
        if concept.id in touched:
            theirs.add(concept.key)
            written.update(_meanings(concept))
    added: list[Concept] = []
    updated: list[Concept] = []
    changed: list[Concept] = []
    deleted: list[Concept] = []
    own: list[Concept] = []
    wanted: set[str] = set()
    for concept in curated:
        wanted.add(concept.key)
        before = stored.get(concept.key)
        now = replace(concept, id=before.id) if before else concept
        if before and _same(before, now):
            continue
        if before:
            (changed if concept.key in theirs else updated).append(now)
        elif concept.key in former:
            deleted.append(now)
        else:
            (added if written.isdisjoint(_meanings(concept)) else own).append(now)
    removed = [concept for key, concept in stored.items() if key not in wanted and key not in theirs]
    return ConceptsRefreshed(*map(tuple, (added, updated, removed, changed, deleted, own)))


def _meanings(concept: Concept) -> Iterator[tuple[str, str]]:
    """Every Chinese form with every English rendering, folded: concepts that share one of these pairs are about the same."""
    english = {text.casefold() for text in concept.texts("en")}
    return ((chinese, text) for chinese in {term_key(text) for text in concept.texts("zh")} for text in english)


def _same(stored: Concept, curated: Concept) -> bool:
    """Whether a stored concept is what the curated data says; pinyin counts where the data gives it."""
    if len(stored.terms) != len(curated.terms):
        return False
    terms = [
        term if wanted.pinyin else replace(term, pinyin="") for term, wanted in zip(stored.terms, curated.terms, strict=True)
    ]
    return replace(stored, terms=tuple(terms)) == curated
