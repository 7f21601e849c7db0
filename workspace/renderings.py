"""How the term base renders what a phrase names: what marks the other side of a concordance."""

from tm.concordance import Concordance, Hit, Phrase, spans_of
from workspace.workspace import Workspace

_CONCEPTS = 8


def renderings_of(workspace: Workspace, text: str) -> list[Phrase]:
    """The terms, in both languages and of any status, of the concepts that a text names or has in it."""
    found: dict[str, Phrase] = {}
    for match in workspace.glossary.lookup(text, limit=_CONCEPTS):
        terms = [Phrase.of(term.text) for term in match.concept.terms]
        if any(term.key and term.is_in(text) for term in terms):
            found.update((term.key, term) for term in terms if term.key)
    return list(found.values())


def with_renderings(workspace: Workspace, phrases: list[str], found: Concordance) -> list[Hit]:
    """The hits of a concordance, on sides that do not have the phrase what the term base renders it by marked as well."""
    if not found.hits:
        return []
    renderings = [rendering for text in phrases for rendering in renderings_of(workspace, text)]
    return [
        Hit(
            hit.unit,
            hit.source_spans or spans_of(renderings, hit.unit.source),
            hit.target_spans or spans_of(renderings, hit.unit.target),
        )
        for hit in found.hits
    ]
