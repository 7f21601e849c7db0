"""SKOS in Turtle: prefLabel is the preferred term, altLabel an admitted, hiddenLabel a deprecated one.

What SKOS has no word for (review state, what terms have of their own) is left out; relations between concepts are kept as
properties.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import quote, unquote

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, ReviewState, Status, Term
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.turtle import RDF_TYPE, Literal, Statement, statements
from lang.decoding import head_text, lines
from lang.tags import tag_of_text

_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_DCT: Final = "http://purl.org/dc/terms/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_OURS: Final = "urn:yuqiao:"
_LABELS: Final[dict[str, Status]] = {
    f"{_SKOS}prefLabel": "preferred",
    f"{_SKOS}altLabel": "admitted",
    f"{_SKOS}hiddenLabel": "deprecated",
}
_WRITTEN: Final[dict[Status, str]] = {"preferred": "prefLabel", "admitted": "altLabel", "deprecated": "hiddenLabel"}
_FIELDS: Final = {
    f"{_SKOS}definition": "definition",
    f"{_SKOS}note": "note",
    f"{_SKOS}scopeNote": "note",
    f"{_DCT}source": "source",
    f"{_DC}source": "source",
    f"{_DCT}subject": "domain",
    f"{_DC}subject": "domain",
    f"{_OURS}state": "state",
}
_NOTED: Final = ("example", "editorialNote", "historyNote", "changeNote", "notation")
_RELATIONS: Final = ("broader", "narrower", "related", "exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


class Skos:
    """Turtle, read by a small reader of our own: a document is held in memory, as its triples may stand in any order."""

    name = "skos"
    suffixes = (".ttl",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, or by the namespace of SKOS in a prefix."""
        return path.suffix.lower() in self.suffixes or f"<{_SKOS}>" in head_text(head)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The concepts, those without a label as rejects. BadFileError where it is no Turtle."""
        held: dict[str, Statement] = {}
        for said in statements("".join(lines(path, options.encoding)), str(path)):
            before = held.get(said.subject)
            held[said.subject] = Statement(said.subject, before.line, before.pairs + said.pairs) if before else said
        for said in held.values():
            is_concept = (RDF_TYPE, f"{_SKOS}Concept") in said.pairs
            if is_concept or any(predicate in _LABELS for predicate, _ in said.pairs):
                yield _entry(said, options)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """A concept a statement, with the identifiers of this term base as names. One prefLabel a language, as SKOS demands."""
        prefixes = (("skos", _SKOS), ("dct", _DCT), ("yuqiao", _OURS))
        file.write("".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes).encode())
        count = 0
        for count, concept in enumerate(concepts, start=1):
            file.write(f"\n{_written(concept, count)} .\n".encode("utf-8", "replace"))
        return count


def _entry(said: Statement, options: ReadOptions) -> Entry:
    fields: dict[str, Any] = {}
    terms: list[Term] = []
    properties: list[Property] = []
    for predicate, value in said.pairs:
        name = predicate.removeprefix(_SKOS)
        if predicate in _LABELS and isinstance(value, Literal):
            text = " ".join(value.text.split())
            tag = options.tag(value.lang) if value.lang else None
            if text and tag:
                terms.append(Term(text, tag_of_text(tag, text), _LABELS[predicate]))
        elif predicate in _FIELDS and isinstance(value, Literal):
            known = _FIELDS[predicate]
            if known in fields:
                lang = (options.tag(value.lang) or value.lang) if value.lang else ""
                properties.append(Property(known, value.text, "descrip", lang=lang))
            else:
                fields[known] = value.text
        elif predicate.startswith(_SKOS) and name in _NOTED and isinstance(value, Literal):
            properties.append(Property(name, value.text, "note", lang=(options.tag(value.lang) or "") if value.lang else ""))
        elif predicate.startswith(_SKOS) and name in _RELATIONS and isinstance(value, str) and value:
            properties.append(Property(name, value, "xref", target=value))
    if not terms:
        return Reject(said.line, "no label in a language that is named")
    state = fields.pop("state", "approved")
    if state not in REVIEW_STATES:
        return Reject(said.line, f"state {state!r} is none of {', '.join(REVIEW_STATES)}")
    known_state: ReviewState = next(one for one in REVIEW_STATES if one == state)
    own = f"{_OURS}concept:"
    key = unquote(said.subject.removeprefix(own)) if said.subject.startswith(own) else said.subject
    domain = fields.pop("domain", options.domain)
    concept = Concept((), domain=domain, state=known_state, key=key, properties=tuple(properties), **fields)
    # Triples have no order: what is preferred is shown first.
    return concept.with_terms(sorted(terms, key=lambda term: STATUSES.index(term.status)))


def _written(concept: Concept, number: int) -> str:
    own = quote(concept.key or str(concept.id or number), safe="")
    # A key that came as a name of its own, http://..., is that name again.
    is_iri = "://" in concept.key and not set(concept.key) & set('<>"{}|^`\\ ')
    said = [f"<{concept.key}> a skos:Concept" if is_iri else f"<{_OURS}concept:{own}> a skos:Concept"]
    preferred: set[str] = set()
    for term in concept.terms:
        status = term.status
        if status == "preferred" and term.lang in preferred:
            status = "admitted"
        preferred |= {term.lang} if status == "preferred" else set()
        said.append(f"skos:{_WRITTEN[status]} {_literal(term.text)}@{term.lang}")
    for name, text in (("skos:definition", concept.definition), ("skos:note", concept.note), ("dct:source", concept.source)):
        said += [f"{name} {_literal(text)}"] if text else []
    said += [f"dct:subject {_literal(concept.domain)}"] if concept.domain else []
    said += [f"yuqiao:state {_literal(concept.state)}"] if concept.state != "approved" else []
    for one in concept.properties:
        if one.name in _RELATIONS and one.target and not set(one.target) & set('<>"{}|^`\\ '):
            said.append(f"skos:{one.name} <{one.target}>")
        elif one.name in (*_NOTED, "definition"):
            said.append(f"skos:{one.name} {_literal(one.value)}" + (f"@{one.lang}" if one.lang else ""))
    return " ;\n    ".join(said)


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return '"' + escaped.replace("\0", "\ufffd") + '"'
