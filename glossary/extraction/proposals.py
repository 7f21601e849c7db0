"""From candidates to proposed concepts, with their evidence."""

from collections.abc import Sequence

from glossary.concept import Concept, Term
from glossary.extraction.extraction import Candidate
from lang.tags import tag_of_text


def proposals(candidates: Sequence[Candidate], *, domain: str = "") -> list[Concept]:
    """A proposed concept for each candidate: its term, its likeliest rendering, a place where it stands, and why.

    A candidate without a rendering becomes a concept of one language, which the reviewer completes.
    """
    return [_concept(candidate, domain) for candidate in candidates]


def _concept(candidate: Candidate, domain: str) -> Concept:
    first = candidate.contexts[0]
    tag = tag_of_text(candidate.language, candidate.text)
    terms = [Term(candidate.text, tag, context=first.text.strip(), source=first.document)]
    if candidate.renderings:
        rendering = candidate.renderings[0].text
        terms.insert(0, Term(rendering, tag_of_text("zh", rendering)))
    return Concept(tuple(terms), domain=domain, note=f"Extracted: {candidate.why}", state="proposed")
