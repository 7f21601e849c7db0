"""MultiTerm XML (mtf): what MultiTerm imports and exports, and other tools beside it.

A conceptGrp holds descriptions and a languageGrp for each language, that descriptions and a termGrp for each term. The names of
descriptions are the user's own: those that mean one of our fields are taken for it, all others are kept as properties.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from glossary.concept import REVIEW_STATES, Concept, Property, ReviewState, Status, Term, status_of
from glossary.formats.entries import Entry, ReadOptions, Reject
from lang.languages import tag_of_name
from lang.tags import tag_of_text
from lang.xml_stream import DAMAGED, elements, line_of, local_name, root_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONCEPT_NAMES: Final = {
    **dict.fromkeys(("subject", "subject field", "domain", "category", "领域", "領域"), "domain"),
    **dict.fromkeys(("definition", "定义", "定義"), "definition"),
    **dict.fromkeys(("note", "comment", "remark", "备注", "備註"), "note"),
    **dict.fromkeys(("source", "reference", "来源", "來源"), "source"),
    "identifier": "key",
    "review state": "state",
}
_TERM_NAMES: Final = {
    **dict.fromkeys(("part of speech", "pos", "wordclass", "词性", "詞性"), "part_of_speech"),
    **dict.fromkeys(("note", "comment", "remark", "备注", "備註"), "note"),
    **dict.fromkeys(("context", "example", "usage", "例句"), "context"),
    **dict.fromkeys(("source", "reference", "来源", "來源"), "source"),
    **dict.fromkeys(("status", "usage status", "term status", "administrative status"), "status"),
    "pinyin": "pinyin",
}
_WRITTEN_TAGS: Final = {
    "zh-Hans": "zh-CN",
    "zh-Hans-SG": "zh-SG",
    "zh-Hant-TW": "zh-TW",
    "zh-Hant-HK": "zh-HK",
    "zh-Hant-MO": "zh-MO",
}
_WRITTEN_NAMES: Final = {
    "zh": "Chinese",
    "zh-Hans": "Chinese (PRC)",
    "zh-Hant": "Chinese (Traditional)",
    "zh-Hant-TW": "Chinese (Taiwan)",
    "zh-Hant-HK": "Chinese (Hong Kong)",
    "zh-Hant-MO": "Chinese (Macao)",
    "zh-Hans-SG": "Chinese (Singapore)",
    "en": "English",
    "en-GB": "English (United Kingdom)",
    "en-US": "English (United States)",
}
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class MultiTerm:
    """Written in UTF-16, as MultiTerm itself does."""

    name = "multiterm"
    suffixes = (".mtf",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name or its root element."""
        return path.suffix.lower() in self.suffixes or root_name(head) == "mtf"

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The concepts, streaming. BadFileError for a file that is not well-formed, has another root or declares entities."""
        for element in elements(path, "mtf", ["conceptGrp"], options.encoding):
            yield _entry(element, options)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """Every field of concepts and terms. Characters that XML forbids become U+FFFD."""
        file.write("\ufeff<?xml version='1.0' encoding='UTF-16'?>\n<mtf>\n".encode("utf-16-le"))
        count = 0
        for count, concept in enumerate(concepts, start=1):
            file.write("".join(_written(concept, count)).encode("utf-16-le", "replace"))
        file.write("</mtf>\n".encode("utf-16-le"))
        return count


def _text(element: "_Element") -> str:
    return "".join(map(str, element.itertext())).strip()


def _children(element: "_Element", name: str) -> Iterator["_Element"]:
    return (child for child in element if local_name(str(child.tag)) == name)


def _entry(element: "_Element", options: ReadOptions) -> Entry:
    line = line_of(element)
    if any(DAMAGED in str(text) for text in element.itertext()):
        return Reject(line, "holds characters that XML forbids")
    fields, properties = _said_of(element, _CONCEPT_NAMES, "")
    numbers = [_text(number) for number in _children(element, "concept")]
    fields.setdefault("key", numbers[0] if numbers else "")
    terms: list[Term] = []
    for group in _children(element, "languageGrp"):
        tag = _tag(group, options)
        if tag is None:
            continue
        own, said = _said_of(group, {name: field for name, field in _CONCEPT_NAMES.items() if field == "definition"}, tag)
        if "definition" in own:
            if "definition" in fields:
                said = [Property("definition", own["definition"], "descrip", lang=tag), *said]
            else:
                fields["definition"] = own["definition"]
        properties += said
        terms.extend(_terms(group, tag, terms))
    if not terms:
        return Reject(line, "no term in a language that is known")
    state = fields.pop("state", "approved").lower()
    if state not in REVIEW_STATES:
        return Reject(line, f"state {state!r} is none of {', '.join(REVIEW_STATES)}")
    known: ReviewState = next(one for one in REVIEW_STATES if one == state)
    domain = fields.pop("domain", options.domain)
    return Concept((), domain=domain, state=known, properties=tuple(properties), **fields).with_terms(terms)


def _tag(group: "_Element", options: ReadOptions) -> str | None:
    """A language group's tag, by its code or, where that says less, its name."""
    for language in _children(group, "language"):
        code, name = str(language.get("lang") or language.get("locale") or ""), str(language.get("type") or "")
        name = name or str(language.get("name") or "")
        by_code, by_name = tag_of_name(code), tag_of_name(name)
        if by_code and by_name and by_name.startswith(by_code):
            return options.tag(name)
        return options.tag(code if by_code or not name else name)
    return None


def _terms(group: "_Element", tag: str, before: list[Term]) -> Iterator[Term]:
    first = not any(term.lang == tag and term.status == "preferred" for term in before)
    for term_group in _children(group, "termGrp"):
        text = " ".join(" ".join(map(_text, _children(term_group, "term"))).split())
        if not text:
            continue
        fields, properties = _said_of(term_group, _TERM_NAMES, "")
        written = fields.pop("status", "")
        status: Status | None = status_of(written)
        if written and status is None:
            # The user's own words for the state of the work, not of the term.
            properties = [Property("Status", written, "descrip"), *properties]
        if status is None:
            status = "preferred" if first else "admitted"
        first = first and status != "preferred"
        yield Term(text, tag_of_text(tag, text), status, properties=tuple(properties), **fields)


def _said_of(element: "_Element", names: dict[str, str], tag: str) -> tuple[dict[str, Any], list[Property]]:
    """What descriptions and transactions say: our fields, each the first time, and all else as properties."""
    fields: dict[str, Any] = {}
    properties: list[Property] = []
    for group in element:
        kind = local_name(str(group.tag))
        if kind not in ("descripGrp", "transacGrp", "descrip", "system"):
            continue
        inner = [group] if kind in ("descrip", "system") else [*_children(group, "descrip"), *_children(group, "transac")]
        for said in inner:
            name, text = str(said.get("type") or ""), _text(said)
            known = names.get(name.replace("_", " ").lower())
            if not text or not name:
                continue
            if local_name(str(said.tag)) == "descrip" and known and known not in fields:
                fields[known] = text
                continue
            parts = tuple(Property("date", _text(date), "date") for date in _children(group, "date") if kind == "transacGrp")
            nested = [Property(n.get("type") or "", _text(n), "descrip") for deep in _children(group, "descripGrp") for n in deep]
            properties.append(Property(name, text, local_name(str(said.tag)), lang=tag, parts=(*parts, *nested)))
    return fields, properties


def _written(concept: Concept, number: int) -> Iterator[str]:
    yield f"<conceptGrp>\n<concept>{concept.id or number}</concept>\n"
    said = [("Identifier", concept.key), ("Subject", concept.domain), ("Definition", concept.definition)]
    said += [("Note", concept.note), ("Source", concept.source)]
    if concept.state != "approved":
        said.append(("Review state", concept.state))
    yield from _descriptions(said)
    yield from _properties(said for said in concept.properties if not said.lang)
    tags = dict.fromkeys((*(term.lang for term in concept.terms), *(said.lang for said in concept.properties if said.lang)))
    for tag in tags:
        name, code = _WRITTEN_NAMES.get(tag, tag), _WRITTEN_TAGS.get(tag, tag).upper()
        yield f"<languageGrp>\n<language type={quoteattr(name)} lang={quoteattr(code)}/>\n"
        yield from _properties(said for said in concept.properties if said.lang == tag)
        for term in (term for term in concept.terms if term.lang == tag):
            yield f"<termGrp>\n<term>{_xml(term.text)}</term>\n"
            own = [("Status", term.status), ("Part of speech", term.part_of_speech), ("Pinyin", term.pinyin)]
            yield from _descriptions([*own, ("Note", term.note), ("Context", term.context), ("Source", term.source)])
            yield from _properties(term.properties)
            yield "</termGrp>\n"
        yield "</languageGrp>\n"
    yield "</conceptGrp>\n"


def _descriptions(said: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in said:
        if text:
            yield f"<descripGrp><descrip type={quoteattr(name)}>{_xml(text)}</descrip></descripGrp>\n"


def _properties(properties: Iterable[Property]) -> Iterator[str]:
    for said in properties:
        if said.element == "transac":
            dates = "".join(f"<date>{_xml(part.value)}</date>" for part in said.parts if part.element == "date")
            yield f"<transacGrp><transac type={quoteattr(_legal(said.name))}>{_xml(said.value)}</transac>{dates}</transacGrp>\n"
            continue
        inner = "".join(_descriptions((_legal(part.name), part.value) for part in said.parts))
        name = _legal(said.name)
        yield f"<descripGrp><descrip type={quoteattr(name)}>{_xml(said.value)}</descrip>{inner.strip()}</descripGrp>\n"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _xml(text: str) -> str:
    return escape(_legal(text), {"\r": "&#13;"})
