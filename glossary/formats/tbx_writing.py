"""Concepts as TBX-Basic: what the dialect has a data category for as that, all else as labelled notes that come back."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from typing import BinaryIO, Final, Literal

from glossary.concept import Concept, Property, Term, property_to_dict, status_of
from glossary.formats.tbx_reading import EMPTIED, LABELS, NOTE, PART_OF_SPEECH, PINYIN, PROPERTY, SOURCE, STATE, language_rank
from glossary.formats.tbx_rules import (
    CATEGORIES,
    CHILDREN,
    GROUPS,
    HEADS,
    NAMESPACE,
    PARTS_OF_SPEECH,
    STATUS_NAMES,
    TYPED,
    Level,
    is_date,
    is_name,
    is_written,
)
from lang.tags import written_tag

MADE_BY: Final = "Written by yuqiao"
"""How the description of our own files begins, by which they are known again."""

NOT_INCLUDED: Final = "notIncluded"
"""The kind of back matter that stands for identifiers which the file refers to and does not hold."""

Style = Literal["dca", "dct"]

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\x7e\x80-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE: Final = re.compile('[&<>\r"\t\n]')
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': '"', "\t": "\t", "\n": "\n"}
_IN_ATTRIBUTE: Final = {**_IN_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_NO_NAME_CHAR: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4,6}_)|[^A-Za-z0-9_.-]")
_URL: Final = re.compile(r"https?://[!#-;=?-Z_a-z~%\[\]]+")
_MODULES: Final = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}


def write_tbx(concepts: Iterable[Concept], file: BinaryIO, style: Style = "dca") -> int:
    """Write a file of TBX-Basic in UTF-8, streaming; how many concepts."""
    writer = _Writer(style)
    file.write(writer.beginning().encode())
    count = 0
    for concept in concepts:
        file.write(writer.entry(concept).encode())
        count += 1
    file.write(writer.end().encode())
    return count


def encoded_name(key: str) -> str:
    """A key as an XML identifier: other characters than ASCII letters, digits, `_`, `.` and `-` as _x0031_."""
    name = _NO_NAME_CHAR.sub(lambda found: f"_x{ord(found[0]):04X}_", key)
    return name if name[0].isalpha() or name[0] == "_" else f"_x{ord(name[0]):04X}_{name[1:]}"


@dataclass(slots=True)
class _Writer:
    """One file: the identifiers it has used, those it refers to, and the people behind them."""

    style: Style
    _ids: set[str] = field(default_factory=set)
    _targets: dict[str, str] = field(default_factory=dict)
    _people: dict[str, tuple[Property, ...]] = field(default_factory=dict)

    def beginning(self) -> str:
        try:
            version = metadata.version("yuqiao")
        except metadata.PackageNotFoundError:
            version = "0"
        modules = "".join(f' xmlns:{name}="{uri}"' for name, uri in _MODULES.items()) if self.style == "dct" else ""
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<tbx type="TBX-Basic" style="{self.style}" xml:lang="en" xmlns="{NAMESPACE}"{modules}>\n'
            f"<tbxHeader><fileDesc><sourceDesc><p>{MADE_BY} {_text(version)}</p></sourceDesc></fileDesc></tbxHeader>\n"
            "<text>\n<body>\n"
        )

    def end(self) -> str:
        """The rest of the file, with a note on every identifier that is referred to and stands nowhere else."""
        missing = {target: value for target, value in self._targets.items() if target not in self._ids}
        people = [_ref_object(target, items) for target, items in self._people.items() if items and target in missing]
        others = [
            _ref_object(target, (Property("name", value or target, "item"),))
            for target, value in missing.items()
            if not self._people.get(target)
        ]
        back = "".join(
            f'<refObjectSec type="{kind}">\n{"".join(objects)}</refObjectSec>\n'
            for kind, objects in (("respPerson", people), (NOT_INCLUDED, others))
            if objects
        )
        return f"</body>\n{f'<back>{chr(10)}{back}</back>{chr(10)}' if back else ''}</text>\n</tbx>\n"

    def entry(self, concept: Concept) -> str:
        """A conceptEntry: what is said of the concept, then a section for each language with its terms."""
        languages: dict[str, list[Term]] = {}
        for term in concept.terms:
            languages.setdefault(term.lang, []).append(term)
        marker = self._definition_marker(concept, list(languages))
        lines = [f"<conceptEntry{self._id(encoded_name(concept.key)) if concept.key else ''}>"]
        lines.extend(self._concept(concept, marker))
        ours = {"subjectField": concept.domain, "definition": concept.definition, "note": concept.note, "source": concept.source}
        rest = [one for one in concept.properties if one is not marker]
        # Without a definition of its own the concept would get that of a language when it is read.
        apart = [one for one in rest if one.lang in languages and (one.name != "definition" or concept.definition)]
        lines.extend(self._said(one, "concept", ours) for one in rest if one not in apart)
        for lang, terms in languages.items():
            lines.append(f'<langSec xml:lang="{_attribute(written_tag(lang))}">')
            if marker and marker.lang == lang:
                lines.append(self._written(_defined(concept, marker)))
            lines.extend(self._said(one, "language", {}) for one in apart if one.lang == lang)
            lines.extend(self._term(term) for term in terms)
            lines.append("</langSec>")
        return "\n".join((*lines, "</conceptEntry>\n"))

    def _definition_marker(self, concept: Concept, languages: list[str]) -> Property | None:
        """Where the definition stood in its file, if it can stand there again and is the one that is read as the concept's."""
        if not concept.definition:
            return None
        marker = next((one for one in concept.properties if _is_marker(one, "definition")), None)
        if marker is None or not self._fits(_defined(concept, marker), "language" if marker.lang else "concept"):
            return None
        sources = [part for part in marker.parts if (part.name, part.element) == ("source", "admin")]
        # The first source of a definition is read as the concept's where it has no other.
        if (sources and not concept.source) or EMPTIED in sources[1:]:
            return None
        if not marker.lang:
            return marker if marker.target or marker.parts not in ((), (EMPTIED,)) else None
        defined = [one.lang for one in concept.properties if one.name == "definition" and one.lang in languages]
        first = min(defined, key=lambda lang: (language_rank(lang), languages.index(lang)), default="")
        return marker if marker.lang == first else None

    def _concept(self, concept: Concept, marker: Property | None) -> Iterator[str]:
        """The concept's fields; its source with the definition, since the dialect has no other place for it."""
        if concept.domain:
            yield self._single(Property("subjectField", concept.domain, "descrip"))
        with_definition = concept.definition and (marker is None or EMPTIED in marker.parts)
        if concept.definition and (marker is None or not marker.lang):
            source = (EMPTIED,) if concept.source else ()
            yield self._written(_defined(concept, marker or Property("definition", "", "descrip", parts=source)))
        if concept.state != "approved":
            yield _note(STATE + concept.state)
        if concept.source and not with_definition:
            yield _note(SOURCE + concept.source)
        if concept.note:
            yield _note(_escaped(concept.note))

    def _term(self, term: Term) -> str:
        marker = next((one for one in term.properties if term.context and _is_marker(one, "context")), None)
        if marker and not ((marker.parts or marker.target) and self._fits(replace(marker, value=term.context), "term")):
            marker = None
        identifier = next((one for one in term.properties if _is_identifier(one)), None)
        attribute = self._id(identifier.value) if identifier else ""
        said = [one for one in term.properties if one is not marker and one is not identifier]
        wording = next((one for one in said if _is_wording(one, term)), None)
        lines = [f"<termSec{attribute}>", f"<term>{_text(term.text)}</term>"]
        status = wording or Property("administrativeStatus", _status(term), "termNote")
        lines.append(self._written(status))
        part = term.part_of_speech
        if part:
            known = part.lower() if part.lower() in PARTS_OF_SPEECH else "other"
            lines.append(self._single(Property("partOfSpeech", known, "termNote")))
        fields = {"partOfSpeech": part, "context": term.context, "source": term.source, "note": term.note}
        said = [one for one in said if one is not wording]
        rest = [(one, self._said(one, "term", fields)) for one in said]
        lines.extend(written for one, written in rest if one.element == "termNote" and not written.startswith("<note>"))
        if term.context:
            lines.append(self._written(replace(marker or Property("context", "", "descrip"), value=term.context)))
        if term.source:
            lines.append(self._single(Property("source", term.source, "admin")))
        if part and part not in PARTS_OF_SPEECH:
            lines.append(_note(PART_OF_SPEECH + part))
        if term.pinyin:
            lines.append(_note(PINYIN + term.pinyin))
        if term.note:
            lines.append(_note(_escaped(term.note)))
        lines.extend(written for one, written in rest if one.element != "termNote" or written.startswith("<note>"))
        lines.append("</termSec>")
        return "\n".join(lines)

    # Properties

    def _said(self, one: Property, level: Level, fields: dict[str, str]) -> str:
        """A property as an element where it can be one and is read as the same again, else as a note."""
        # Where the field is empty, what is written of its category would be read as the field.
        bare = not (one.parts or one.target)
        taken_for_field = not fields.get(one.name, "-") and (bare or one.name in ("definition", "context"))
        if one.name == STATUS_NAMES[0] and status_of(one.value):
            taken_for_field = True
        misplaced = bool(one.lang) and level != "language"
        if taken_for_field or misplaced or not self._fits(one, level):
            return _note(PROPERTY + json.dumps(property_to_dict(one), ensure_ascii=False))
        return self._written(one)

    def _fits(self, one: Property, level: Level, within: str = "") -> bool:
        """Whether the core structure and the dialect have a place for a property, all of its parts included."""
        group = GROUPS.get(one.element, "")
        place = within or {"concept": "conceptEntry", "language": "langSec", "term": "termSec"}[level]
        alone = one.element in TYPED | {"note", "date"} and one.element in CHILDREN[place] and not (one.parts and group)
        if not alone and group not in CHILDREN[place]:
            return False
        if not one.value or (one.lang and (within or level != "language")) or (within and one.element == HEADS[within]):
            return False
        if one.element in ("note", "date"):
            plain = one.name == one.element and not (one.parts or one.target)
            return plain and (one.element == "note" or is_date(one.value))
        if not one.name or _ILLEGAL.search(one.name) or not is_written(one.name, one.element, one.value, level, within=within):
            return False
        # The core's schema has no group of term notes beside categories as tags.
        if self.style == "dct" and (one.name not in CATEGORIES or (one.element == "termNote" and one.parts)):
            return False
        if one.element == "xref":
            return _URL.fullmatch(one.target) is not None and not one.parts
        if one.target and not is_name(one.target):
            return False
        if one.name == "responsibility":
            return self._is_person(one)
        if one.element == "ref" or not group:
            return not one.parts
        return all(self._fits(part, level, group) for part in one.parts)

    def _is_person(self, one: Property) -> bool:
        """Whether the parts of a responsibility can stand behind its identifier at the end of the file."""
        items = all(part.element == "item" and part.name and part.value == " ".join(part.value.split()) for part in one.parts)
        if not items or _refers(one.parts) or (one.parts and not one.target):
            return False
        return not one.target or self._people.setdefault(one.target, one.parts) == one.parts

    def _written(self, one: Property) -> str:
        """A property with its parts: alone, or in the group that its kind of element has."""
        group = GROUPS.get(one.element, "")
        if not group or (not one.parts and one.element != "transac"):
            return self._single(one)
        return f"<{group}>{self._single(one)}{''.join(map(self._written, one.parts))}</{group}>"

    def _single(self, one: Property) -> str:
        if one.element == "note":
            return _note(_escaped(one.value))
        if one.element == "date":
            return f"<date>{one.value}</date>"
        target = f' target="{_attribute(one.target)}"' if one.target else ""
        if one.target and one.element != "xref":
            self._targets.setdefault(one.target, one.value)
        if self.style == "dct":
            tag = f"{CATEGORIES[one.name].module}:{one.name}"
            return f"<{tag}{target}>{_text(one.value)}</{tag}>"
        return f'<{one.element} type="{_attribute(one.name)}"{target}>{_text(one.value)}</{one.element}>'

    def _id(self, name: str) -> str:
        """The attribute with an identifier; empty where the file has it already: it stands once in a file."""
        if name in self._ids:
            return ""
        self._ids.add(name)
        return f' id="{name}"'


def _defined(concept: Concept, marker: Property) -> Property:
    """The concept's definition as the property that the marker stands for."""
    parts = tuple(Property("source", concept.source, "admin") if part == EMPTIED else part for part in marker.parts)
    return replace(marker, value=concept.definition, parts=parts)


def _is_marker(one: Property, name: str) -> bool:
    """Whether a property says where a field stood in its file: its value is the field's, so it has none of its own."""
    return (one.name, one.element, one.value) == (name, "descrip", "")


def _status(term: Term) -> str:
    return f"{term.status}Term-admn-sts"


def _is_wording(one: Property, term: Term) -> bool:
    """Whether a property is how a file worded the status that the term still has."""
    known = (CATEGORIES[STATUS_NAMES[0]].values or frozenset[str]()) - {_status(term)}
    is_status = one.name == STATUS_NAMES[0] and one.element == "termNote" and one.value in known
    return is_status and status_of(one.value) == term.status and not (one.parts or one.target or one.lang)


def _is_identifier(one: Property) -> bool:
    return (one.name, one.element) == ("id", "termSec") and is_name(one.value) and not (one.parts or one.target or one.lang)


def _refers(items: Sequence[Property]) -> bool:
    return any(item.parts or item.target or item.lang or _ILLEGAL.search(item.name + item.value) for item in items)


def _ref_object(target: str, items: Sequence[Property]) -> str:
    said = "".join(f'<item type="{_attribute(item.name)}">{_text(item.value)}</item>' for item in items)
    return f'<refObject id="{target}">{said}</refObject>\n'


def _escaped(note: str) -> str:
    """A note that begins like one of ours, marked as none."""
    return NOTE + note if note.startswith(LABELS) else note


def _note(text: str) -> str:
    return f"<note>{_text(text)}</note>"


def _text(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _IN_TEXT[found[0]], _ILLEGAL.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _IN_ATTRIBUTE[found[0]], _ILLEGAL.sub("\ufffd", text))
