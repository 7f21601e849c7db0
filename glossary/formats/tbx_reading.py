"""A concept of a TBX file, from its element: what has a field goes there, all else is kept as properties where it stood."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Status, Term, property_from_dict, status_of
from glossary.formats.entries import Breach, Entry, ReadOptions, Reject
from glossary.formats.tbx_rules import (
    CHILDREN,
    HEADS,
    RENAMED,
    SECTIONS,
    STATUS_NAMES,
    TYPED,
    Level,
    dialect_rule,
    element_of,
)
from lang.tags import tag_of_text
from lang.xml_stream import DAMAGED, line_of, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

PINYIN: Final = "Pinyin: "
STATE: Final = "Review state: "
SOURCE: Final = "Source: "
PART_OF_SPEECH: Final = "Part of speech: "
PROPERTY: Final = "Property: "
NOTE: Final = "Note: "
LABELS: Final = (PINYIN, STATE, SOURCE, PART_OF_SPEECH, PROPERTY, NOTE)
"""How notes of our own files begin that hold what TBX-Basic has no data category for."""

EMPTIED: Final = Property("source", "", "admin")
"""Stands among the parts of a definition for a source that became the concept's."""

_FIELD_LABELS: Final = LABELS[:-1]
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PARAGRAPH: Final = re.compile(r"[ \t]*\r?\n(?:[ \t]*\r?\n)+[ \t]*")
_BREAK: Final = re.compile(r"\s*[\r\n\t]\s*")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4,6})_")
_FIELDS: Final = {
    **dict.fromkeys(("subjectField", "definition", "context"), "descrip"),
    "source": "admin",
    "partOfSpeech": "termNote",
    "note": "note",
}
_BEHIND: Final = {"about": "what is no <termNote>"}
_LANGUAGE_ORDER: Final = ("en", "zh")


class _UnreadableError(ValueError):
    """An entry that cannot be taken; its words say why."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the beginning of a file says of the rest: its dialect, whether categories are tags, whether we wrote it.

    `people` are the names and addresses behind the identifiers that its entries refer to.
    """

    dialect: str = ""
    namespace: str = ""
    style: str = ""
    ours: bool = False
    second_edition: bool = False
    people: Mapping[str, tuple[Property, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Said:
    """What a section says of itself, apart from the sections within it, in order."""

    properties: list[Property] = field(default_factory=list)
    ours: bool = False

    def take(self, name: str, *, bare: bool = True) -> Property | None:
        """Take out the first property of this name that has a value; with `bare`, nothing else with it."""
        element = _FIELDS[name]
        for index, one in enumerate(self.properties):
            fits = (one.name, one.element) == (name, element) and one.value and not (bare and (one.parts or one.target))
            if fits and not (self.ours and name == "note" and one.value.startswith(_FIELD_LABELS)):
                return self.properties.pop(index)
        return None

    def take_value(self, name: str) -> str:
        """Take out the first bare property of this name; its value, empty where there is none."""
        taken = self.take(name)
        return taken.value if taken else ""


class EntryReader:
    """Reads the entries of one file. Breaches and language codes go to the options."""

    def __init__(self, options: ReadOptions, facts: FileFacts) -> None:
        self._options = options
        self._facts = facts
        self._names: dict[object, str] = {}
        self._category_tags: dict[object, bool] = {}
        self._ids: set[str] = set()
        self._seen: set[tuple[str, str]] = set()

    @property
    def second_edition(self) -> bool:
        """Whether the file is of the second edition (martif), whose structure is not judged."""
        return self._facts.second_edition

    def entry(self, element: "_Element") -> Entry:
        """The concept of a conceptEntry (or termEntry), or why there is none in it."""
        parent = element.getparent()
        if parent is not None and self.name(parent) != "body":
            return Reject(line_of(element), f"<{local_name(str(element.tag))}> stands in <{self.name(parent)}>, not in <body>")
        try:
            return self._concept(element)
        except _UnreadableError as error:
            return Reject(line_of(element), str(error))

    def name(self, element: "_Element") -> str:
        """The name of an element, in the words of the third edition."""
        tag = element.tag
        known = self._names.get(tag)
        if known is not None:
            return known
        if not isinstance(tag, str):
            raise _UnreadableError(f"refers to an entity that is not declared, {(element.text or '?')[:40]}")
        name = local_name(tag)
        self._names[tag] = SECTIONS.get(name, name)
        return self._names[tag]

    def breach(self, element: "_Element", rule: str) -> None:
        """Note what is against the rules without keeping the entry from being taken."""
        self._options.breaches.append(Breach(line_of(element), rule))

    def check_children(self, element: "_Element", name: str) -> list[tuple[str, "_Element"]]:
        """The children that an element may have, with their names; what else it holds is said to be left out.

        Those of a termGrp, which the second edition puts around the term, are among them.
        """
        allowed = CHILDREN[name]
        found: list[tuple[str, _Element]] = []
        if element.text and not element.text.isspace():
            self.breach(element, f"text stands in <{name}>, outside of any element of its own; left out")
        for child in element:
            kind = self._names.get(child.tag) or self.name(child)
            if child.tail and not child.tail.isspace():
                self.breach(child, f"text stands in <{name}>, outside of any element of its own; left out")
            if kind in allowed or self._is_category_tag(child):
                found.append((kind, child))
            elif kind == "termGrp" and name == "termSec" and self._facts.second_edition:
                found.extend(self.check_children(child, name))
            else:
                self.breach(child, f"<{kind}> is not allowed in <{name}>; left out")
        return found

    def _is_category_tag(self, element: "_Element") -> bool:
        """Whether an element is of another namespace than TBX's own: a data category as a tag."""
        known = self._category_tags.get(element.tag)
        if known is None:
            tag = str(element.tag)
            known = tag.startswith("{") and not tag.startswith(f"{{{self._facts.namespace}}}")
            self._category_tags[element.tag] = known
        return known

    # Sections

    def _concept(self, element: "_Element") -> Entry:
        self._seen.clear()
        children = self.check_children(element, "conceptEntry")
        said = self._said(children, "conceptEntry", "concept")
        sections: list[Property] = []
        stated: list[tuple[Term, Status | None]] = []
        for kind, child in children:
            if kind == "langSec":
                stated.extend(self._language_section(child, sections))
        terms = _with_statuses(stated)
        if not terms:
            return Reject(line_of(element), "holds no term")
        state = self._own(said, STATE)
        concept = Concept(
            tuple(terms),
            domain=said.take_value("subjectField") or self._options.domain,
            state=next((known for known in REVIEW_STATES if known == state), "approved"),
            source=self._own(said, SOURCE) or said.take_value("source"),
            key=self._key(element),
        )
        concept = _with_definition(concept, said, sections)
        note = said.take_value("note")
        return replace(concept, note=self._plain(note), properties=(*map(self._restored, said.properties), *sections))

    def _language_section(self, element: "_Element", sections: list[Property]) -> list[tuple[Term, Status | None]]:
        """The terms of a language with the status each states; what else the section says goes to `sections`."""
        written = str(element.get(_LANG) or element.get("lang") or "")
        if not written:
            self.breach(element, "<langSec> has no xml:lang; left out")
            return []
        tag = self._options.tag(written)
        if tag is None:
            self.breach(element, f"{written[:40]!r} is no language; its section is left out")
            return []
        found: list[tuple[Term, Status | None]] = []
        children = self.check_children(element, "langSec")
        said = self._said(children, "langSec", "language")
        for kind, child in children:
            if kind == "termSec":
                term = self._term(child, tag)
                if term and (term[0].text, term[0].lang) in self._seen:
                    self.breach(child, f"{term[0].text[:40]!r} stands twice in the same language; left out")
                elif term:
                    self._seen.add((term[0].text, term[0].lang))
                    found.append(term)
        tag = found[0][0].lang if found else tag
        sections.extend(replace(self._restored(one), lang=tag) for one in said.properties)
        return found

    def _term(self, element: "_Element", tag: str) -> tuple[Term, Status | None] | None:
        children = self.check_children(element, "termSec")
        said = self._said(children, "termSec", "term")
        named = [child for kind, child in children if kind == "term"]
        text = self._text(named[0]) if named else ""
        text = text if self._facts.ours else " ".join(text.split())
        if not text.strip():
            self.breach(element, "<termSec> has no <term>, or an empty one; left out")
            return None
        if children[0][0] != "term":
            self.breach(element, "<term> must come first in <termSec>")
        for further in named[1:]:
            self.breach(further, f"<termSec> holds a second <term>, {self._text(further)[:40]!r}; left out")
        identifier = element.get("id") or named[0].get("id")
        if identifier:
            said.properties.append(Property("id", str(identifier), "termSec"))
        stated = _take_status(said)
        part = self._own(said, PART_OF_SPEECH)
        stated_part = said.take_value("partOfSpeech")
        context = said.take("context", bare=False)
        if context and (context.parts or context.target):
            said.properties.insert(0, replace(context, value=""))
        term = Term(
            text,
            tag_of_text(tag, text),
            stated or "preferred",
            part or stated_part,
            self._own(said, PINYIN),
            self._plain(said.take_value("note")),
            context.value if context else "",
            said.take_value("source"),
            tuple(map(self._restored, said.properties)),
        )
        return term, stated

    def _key(self, element: "_Element") -> str:
        written = str(element.get("id") or "")
        key = decoded_name(written)
        if key and key in self._ids:
            self.breach(element, f"the identifier {key[:60]!r} stands at two concepts; left out at the second")
            return ""
        self._ids.add(key)
        return key

    # What a section says

    def _said(self, children: Sequence[tuple[str, "_Element"]], name: str, level: Level) -> _Said:
        said = _Said(ours=self._facts.ours)
        behind = ""
        for kind, child in children:
            if kind in ("langSec", "termSec", "term"):
                behind = kind
                continue
            made = self._properties(child, level, name)
            note = bool(made) and made[0].element == "termNote"
            if behind in ("langSec", "termSec", "about") and (note or behind != "about") and not self._facts.second_edition:
                self.breach(child, f"<{kind}> must come before {_BEHIND.get(behind) or f'<{behind}>'} in <{name}>")
            if name == "termSec" and not note and not self._is_category_tag(child):
                behind = "about"
            said.properties.extend(made)
        if level == "term" and len(said.properties) > 1:
            # What is written first, so that a file read and written is read as the same again.
            said.properties.sort(key=lambda one: one.element != "termNote")
        return said

    def _properties(self, element: "_Element", level: Level, parent: str) -> list[Property]:
        kind = self.name(element)
        if kind in HEADS:
            return self._grouped(element, kind, level)
        made = self._property(element, kind, level, parent)
        return [made] if made.value or made.target else []

    def _grouped(self, group: "_Element", kind: str, level: Level) -> list[Property]:
        """What a group says, as its head with the others as parts."""
        head: Property | None = None
        parts: list[Property] = []
        further: list[Property] = []
        for inner, child in self.check_children(group, kind):
            made = self._properties(child, level, kind)
            is_head = bool(made) and inner not in HEADS and made[0].element == HEADS[kind]
            if is_head and head is None:
                if parts:
                    self.breach(child, f"<{HEADS[kind]}> must come first in <{kind}>")
                head = made[0]
            elif is_head:
                self.breach(child, f"<{kind}> holds a second <{HEADS[kind]}>")
                further.extend(made)
            else:
                # Among parts a note is nothing but a note, whatever it begins with.
                parts.extend(replace(one, value=self._plain(one.value)) if one.element == "note" else one for one in made)
        if head is None:
            if parts:
                self.breach(group, f"<{kind}> has no <{HEADS[kind]}>")
            return parts
        return [replace(head, parts=tuple(parts)) if parts else head, *further]

    def _property(self, element: "_Element", kind: str, level: Level, parent: str) -> Property:
        value = self._text(element)
        target = str(element.get("target") or "")
        if self._is_category_tag(element):
            if self._facts.style == "dca":
                self.breach(element, f"<{kind}> is a category as a tag, in a file whose style is dca")
            name, kind = kind, str(element.get("metatype") or "") or element_of(kind, level)
        elif kind in TYPED:
            name = str(element.get("type") or "")
            if not name:
                self.breach(element, f"<{kind}> has no type; kept as a note")
                return Property("note", value, "note")
            if self._facts.style == "dct":
                self.breach(element, f"<{kind}> names its category in an attribute, in a file whose style is dct")
        else:
            name = kind
        value = RENAMED.get((name, value), value)
        if not self._facts.ours:
            rule = dialect_rule(self._facts.dialect, Property(name, value, kind), level, parent)
            if rule:
                self.breach(element, rule)
        parts = self._facts.people.get(target, ()) if name == "responsibility" else ()
        return Property(name, value, kind, target, parts=parts)

    def _text(self, element: "_Element") -> str:
        """The text of an element: as it stands in a file of ours, else with line breaks taken for blanks."""
        text = element.text or ""
        if len(element):
            for child in element.iter():
                if child is not element:
                    self.breach(child, f"<{self.name(child)}> in a text is left out, its words are kept")
            text = "".join(str(piece) for piece in element.itertext())
        if DAMAGED in text:
            raise _UnreadableError("holds a control character, which XML forbids")
        if self._facts.ours:
            return text
        if "\n" in text or "\r" in text or "\t" in text:
            text = "\n".join(_BREAK.sub(" ", part.strip()) for part in _PARAGRAPH.split(text.strip()))
        return text.strip()

    # Notes of our own files

    def _own(self, said: _Said, label: str) -> str:
        """Take out the note that holds a field of ours; the field, empty where there is no such note."""
        if not self._facts.ours:
            return ""
        for index, one in enumerate(said.properties):
            if one.element == "note" and one.value.startswith(label):
                del said.properties[index]
                return one.value.removeprefix(label)
        return ""

    def _plain(self, note: str) -> str:
        return note.removeprefix(NOTE) if self._facts.ours else note

    def _restored(self, one: Property) -> Property:
        """The property that a note of ours holds; any other as it is."""
        if not self._facts.ours or one.element != "note":
            return one
        if one.value.startswith(PROPERTY):
            try:
                return property_from_dict(json.loads(one.value.removeprefix(PROPERTY)))
            except (ValueError, TypeError, AttributeError):
                return one
        return replace(one, value=self._plain(one.value)) if one.value.startswith(NOTE) else one


def decoded_name(written: str) -> str:
    """What an identifier stands for: characters that XML names cannot have are written _x0031_, as .NET does."""

    def char(found: re.Match[str]) -> str:
        code = int(found[1], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]

    return _ESCAPED.sub(char, written)


def _take_status(said: _Said) -> Status | None:
    """The status a term states; its wording is kept where ours, written back, would not be the same."""
    for name in STATUS_NAMES:
        for index, one in enumerate(said.properties):
            status = status_of(one.value) if one.name == name else None
            if status is None:
                continue
            plain = one.value in (f"{status}Term-admn-sts", status) and name != "normativeAuthorization"
            if plain and not one.parts and not one.target:
                del said.properties[index]
            return status
    return None


def _with_statuses(stated: Sequence[tuple[Term, Status | None]]) -> list[Term]:
    """Terms with their statuses: of those that state none, the first of a language without a preferred one is preferred."""
    preferred = {term.lang for term, status in stated if status == STATUSES[0]}
    made: list[Term] = []
    for term, status in stated:
        made.append(replace(term, status="admitted") if status is None and term.lang in preferred else term)
        if status is None:
            preferred.add(term.lang)
    return made


def _with_definition(concept: Concept, said: _Said, sections: list[Property]) -> Concept:
    """A concept with its definition: its own, else that of a language; a property without value says where that stood."""
    own = said.take("definition", bare=False)
    if own:
        concept, marker = _defined(concept, own)
        if marker.target or marker.parts not in ((), (EMPTIED,)):
            said.properties.insert(0, marker)
        return concept
    places = [index for index, one in enumerate(sections) if one.name == "definition" and one.value]
    if not places:
        return concept
    chosen = min(places, key=lambda index: language_rank(sections[index].lang))
    concept, marker = _defined(concept, sections.pop(chosen))
    # First in its section, where it is written.
    sections.insert(next((index for index, one in enumerate(sections) if one.lang == marker.lang), chosen), marker)
    return concept


def _defined(concept: Concept, definition: Property) -> tuple[Concept, Property]:
    """A concept with this definition and, where it has none, its source; and what is left of the property."""
    parts = list(definition.parts)
    source = concept.source
    if not source:
        at = next((index for index, part in enumerate(parts) if replace(part, value="") == EMPTIED), None)
        if at is not None:
            source, parts[at] = parts[at].value, EMPTIED
    marker = replace(definition, value="", parts=tuple(parts))
    return replace(concept, definition=definition.value, source=source), marker


def language_rank(tag: str) -> int:
    """Whose definition becomes the concept's where it has none of its own: English before Chinese before others."""
    code = tag.partition("-")[0]
    return _LANGUAGE_ORDER.index(code) if code in _LANGUAGE_ORDER else len(_LANGUAGE_ORDER)
