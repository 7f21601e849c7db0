"""The queue of proposals: who proposed what, when, on what evidence, and what it would contradict once approved."""

from dataclasses import dataclass

from glossary.concept import Change, Concept
from glossary.conflicts import conflicts_among
from glossary.findings import Finding
from glossary.keys import KeyKind
from glossary.store import Filter, TermStore
from lang.fold import term_key


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that waits for review, and the change that proposed it: an add, an import, an extraction.

    `evidence` is what is said for it, by name (definition, note, source, context). `findings` are conflicts with approved
    concepts.
    """

    concept: Concept
    change: Change | None
    evidence: dict[str, str]
    findings: tuple[Finding, ...]


def review_queue(store: TermStore, *, domain: str = "", by: str = "", limit: int = 20) -> tuple[list[Proposal], int]:
    """The oldest proposals, of a domain and of one proposer where these are given, and how many there are in all."""
    waiting = list(store.listing(Filter(domains=(domain,) if domain else (), states=("proposed",))))
    changes = store.proposals([concept.id for concept in waiting])
    if by:
        waiting = [concept for concept in waiting if concept.id in changes and changes[concept.id].by == by]
    made: list[Proposal] = []
    for concept in waiting[:limit]:
        findings = findings_with_approved(store, concept)
        made.append(Proposal(concept, changes.get(concept.id), _evidence(concept), findings))
    return made, len(waiting)


def findings_with_approved(store: TermStore, proposal: Concept) -> tuple[Finding, ...]:
    """What a concept, once approved, would contradict: itself, and approved concepts that share a Chinese term with it."""
    keys = {term_key(term.text) for term in proposal.terms if term.language == "zh"}
    ids = {row.concept_id for key in keys for row in store.terms_with_key(KeyKind.CHINESE, key)} - {proposal.id}
    approved = [concept for concept in store.concepts(sorted(ids)).values() if concept.state == "approved"]
    findings = conflicts_among([proposal, *approved])
    return tuple(finding for finding in findings if proposal in finding.concepts)


def _evidence(concept: Concept) -> dict[str, str]:
    contexts = list(dict.fromkeys(term.context for term in concept.terms if term.context))
    sources = list(dict.fromkeys(source for source in (concept.source, *(t.source for t in concept.terms)) if source))
    said = {"definition": concept.definition, "note": concept.note, "source": "; ".join(sources), "context": " | ".join(contexts)}
    return {name: value for name, value in said.items() if value}
