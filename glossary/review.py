"""The queue of proposals: who proposed what, when, on what evidence, and what it would contradict once approved."""

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.concept import Change, Concept
from glossary.conflicts import conflicts_among
from glossary.findings import Finding
from glossary.keys import KeyKind
from glossary.pair_rules import shared_terms
from glossary.store import Filter, TermStore
from lang.fold import term_key


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that waits for review, and the change that proposed it: an add, an import, an extraction.

    `evidence` is what is said for it, by name (definition, note, source, context). `findings` are conflicts with approved
    concepts. `alike` are further approved concepts with the same Chinese term, in another domain or with other English: the
    same idea again, or another sense of the word.
    """

    concept: Concept
    change: Change | None
    evidence: dict[str, str]
    findings: tuple[Finding, ...]
    alike: tuple[Concept, ...] = ()


def review_queue(store: TermStore, *, domain: str = "", by: str = "", limit: int = 20) -> tuple[list[Proposal], int]:
    """The oldest proposals, of a domain and of one proposer where these are given, and how many there are in all."""
    waiting = list(store.listing(Filter(domains=(domain,) if domain else (), states=("proposed",))))
    changes = store.proposals([concept.id for concept in waiting])
    if by:
        waiting = [concept for concept in waiting if concept.id in changes and changes[concept.id].by == by]
    made: list[Proposal] = []
    for concept in waiting[:limit]:
        approved = approved_with_its_terms(store, concept)
        findings = findings_with(concept, approved)
        told = {other.id for finding in findings for other in finding.concepts}
        alike = tuple(other for other in approved if other.id not in told and shared_terms(concept, other))
        made.append(Proposal(concept, changes.get(concept.id), _evidence(concept), findings, alike))
    return made, len(waiting)


def approved_with_its_terms(store: TermStore, proposal: Concept) -> list[Concept]:
    """The approved concepts that have a Chinese term of a proposal, in either script."""
    keys = {term_key(term.text) for term in proposal.terms if term.language == "zh"}
    ids = {row.concept_id for key in keys for row in store.terms_with_key(KeyKind.CHINESE, key)} - {proposal.id}
    return [concept for concept in store.concepts(sorted(ids)).values() if concept.state == "approved"]


def findings_with(proposal: Concept, approved: Sequence[Concept]) -> tuple[Finding, ...]:
    """What a concept, once approved, would contradict: itself, and these."""
    findings = conflicts_among([proposal, *approved])
    return tuple(finding for finding in findings if proposal in finding.concepts)


def _evidence(concept: Concept) -> dict[str, str]:
    contexts = list(dict.fromkeys(term.context for term in concept.terms if term.context))
    sources = list(dict.fromkeys(source for source in (concept.source, *(t.source for t in concept.terms)) if source))
    said = {"definition": concept.definition, "note": concept.note, "source": "; ".join(sources), "context": " | ".join(contexts)}
    return {name: value for name, value in said.items() if value}
