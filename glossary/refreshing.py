"""Bringing the curated concepts of this version into a term base that an older one filled.

What a user has changed stays as it is; what nobody has touched becomes what the curated data says now.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from glossary.concept import Concept
from glossary.importing import translation_pairs, with_pinyin_of
from glossary.store import Edit, Filter, TermStore


@dataclass(slots=True)
class ConceptsRefreshed:
    """What a refresh does: the curated concepts it adds and brings up to date, and those it removes since they are no more.

    And what it leaves to users: curated concepts that they `changed`, that they `deleted`, and of which they have their `own`.
    """

    added: list[Concept] = field(default_factory=list)
    updated: list[Concept] = field(default_factory=list)
    removed: list[Concept] = field(default_factory=list)
    changed: list[Concept] = field(default_factory=list)
    deleted: list[Concept] = field(default_factory=list)
    own: list[Concept] = field(default_factory=list)

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
            written.update(translation_pairs(concept))
    done = ConceptsRefreshed()
    wanted: set[str] = set()
    for concept in curated:
        wanted.add(concept.key)
        if known := stored.get(concept.key):
            now = replace(concept, id=known.id, terms=tuple(with_pinyin_of(known, concept)))
            if now != known:
                (done.changed if concept.key in theirs else done.updated).append(now)
        elif concept.key in former:
            done.deleted.append(concept)
        elif written.isdisjoint(translation_pairs(concept)):
            done.added.append(concept)
        else:
            done.own.append(concept)
    done.removed = [concept for key, concept in stored.items() if key not in wanted and key not in theirs]
    return done
