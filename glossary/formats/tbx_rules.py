"""What TBX (ISO 30042) allows where: the core structure of its third edition, and the data categories of TBX-Min and TBX-Basic.

The rules are those of the core schema and of the dialects' Schematron schemas. Where editions differ, what any of them
allows is read without a word, and what is written keeps to the latest (TBX-Basic 1.2).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from glossary.concept import Property

Level = Literal["concept", "language", "term"]

NAMESPACE: Final = "urn:iso:std:iso:30042:ed-2"
# The first element of a group; the others say something of it.
HEADS: Final = {"descripGrp": "descrip", "adminGrp": "admin", "transacGrp": "transac", "termNoteGrp": "termNote"}
GROUPS: Final = {head: group for group, head in HEADS.items()}
# The names that the second edition (martif) gives to the same sections.
SECTIONS: Final = {"termEntry": "conceptEntry", "langSet": "langSec", "tig": "termSec", "ntig": "termSec"}
STATUS_NAMES: Final = ("administrativeStatus", "usageStatus", "normativeAuthorization")
PARTS_OF_SPEECH: Final = frozenset("adjective noun other verb adverb".split())

_LINKS: Final = frozenset({"note", "ref", "xref"})
_ABOUT: Final = _LINKS | {"descrip", "descripGrp", "admin", "adminGrp", "transacGrp"}
_PARAGRAPHS: Final = frozenset({"p"})
CHILDREN: Final = {
    "tbx": frozenset({"tbxHeader", "text"}),
    "tbxHeader": frozenset({"fileDesc", "encodingDesc", "revisionDesc"}),
    "fileDesc": frozenset({"titleStmt", "publicationStmt", "sourceDesc"}),
    "titleStmt": frozenset({"title", "note"}),
    "publicationStmt": _PARAGRAPHS,
    "sourceDesc": _PARAGRAPHS,
    "encodingDesc": _PARAGRAPHS,
    "revisionDesc": frozenset({"change"}),
    "change": _PARAGRAPHS,
    "text": frozenset({"body", "back"}),
    "body": frozenset({"conceptEntry"}),
    "back": frozenset({"refObjectSec"}),
    "conceptEntry": _ABOUT | {"langSec"},
    "langSec": _ABOUT | {"termSec"},
    "termSec": _ABOUT | {"term", "termNote", "termNoteGrp"},
    "descripGrp": _LINKS | {"descrip", "descripNote", "admin", "adminGrp", "transacGrp"},
    "adminGrp": _LINKS | {"admin", "adminNote"},
    "transacGrp": _LINKS | {"transac", "transacNote", "date"},
    "termNoteGrp": _LINKS | {"termNote", "admin", "adminGrp", "transacGrp"},
}
"""Element -> the elements it may hold. It holds no text of its own."""

TYPED: Final = frozenset({"descrip", "descripNote", "admin", "adminNote", "transac", "transacNote", "termNote", "ref", "xref"})
"""The elements whose type names the data category."""


@dataclass(frozen=True, slots=True)
class Category:
    """A data category: the element it stands in, where it may stand, and what it may say (None: anything)."""

    element: str
    levels: frozenset[Level]
    values: frozenset[str] | None = None
    module: Literal["min", "basic"] = "basic"


_CONCEPT: Final = frozenset[Level]({"concept"})
_TERM: Final = frozenset[Level]({"term"})
_ENDS: Final = _CONCEPT | _TERM
_UPPER: Final = frozenset[Level]({"concept", "language"})
_ANY: Final = _UPPER | _TERM

_STATUSES: Final = frozenset(f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated", "superseded"))
_LOCATIONS: Final = frozenset(
    "checkBox comboBox comboBoxElement dialogBox groupBox informativeMessage interactiveMessage menuItem progressBar"
    " pushButton radioButton slider spinBox tab tableText textBox toolTip user-definedType".split()
)
_MIN: Final = {
    "customerSubset": Category("admin", _ENDS, module="min"),
    "subjectField": Category("descrip", _CONCEPT, module="min"),
    "administrativeStatus": Category("termNote", _TERM, _STATUSES, module="min"),
    "partOfSpeech": Category("termNote", _TERM, PARTS_OF_SPEECH, module="min"),
}
# What an earlier edition of both dialects calls the administrative status.
_EARLIER: Final = {
    "usageStatus": Category("termNote", _TERM, frozenset("preferred admitted notRecommended obsolete deprecated".split())),
}
_BASIC: Final = _MIN | {
    "projectSubset": Category("admin", _ENDS),
    "source": Category("admin", _ANY),
    "definition": Category("descrip", _UPPER),
    "context": Category("descrip", _TERM),
    "grammaticalGender": Category("termNote", _TERM, frozenset("masculine feminine neuter other".split())),
    "geographicalUsage": Category("termNote", _TERM),
    "termLocation": Category("termNote", _TERM, _LOCATIONS),
    "termType": Category("termNote", _TERM, frozenset("fullForm acronym abbreviation shortForm variant phrase".split())),
    "transactionType": Category("transac", _ANY, frozenset({"origination", "modification"})),
    "responsibility": Category("transacNote", _ANY),
    "crossReference": Category("ref", _ENDS),
    "externalCrossReference": Category("xref", _ANY),
    "xGraphic": Category("xref", _UPPER),
}
CATEGORIES: Final = _BASIC
"""The data categories of TBX-Basic, which are those written."""

_READ: Final = {"TBX-Min": _MIN | _EARLIER, "TBX-Basic": _BASIC | _EARLIER}
_ELEMENTS: Final = {name: category.element for name, category in (_BASIC | _EARLIER).items()} | {
    "normativeAuthorization": "termNote"
}
RENAMED: Final = {("transactionType", "creation"): "origination"}
"""Values that a later edition calls otherwise."""

_NCNAME: Final = re.compile(r"[^\W\d][\w.·-]*")


def element_of(name: str, level: Level) -> str:
    """The element a data category stands in, for files that write the category as a tag; of unknown ones by the level."""
    return _ELEMENTS.get(name) or ("termNote" if level == "term" else "descrip")


def dialect_rule(dialect: str, said: Property, level: Level, parent: str) -> str:
    """The rule of a dialect that a property in an element breaks, empty where it breaks none; of other dialects none is known."""
    name, value, element = said.name, said.value, said.element
    categories = _READ.get(dialect)
    if categories is None or element not in TYPED:
        return ""
    category = categories.get(name)
    if category is None or category.element != element:
        return f"<{element}> of type {name!r} is not of {dialect}"
    where = {"concept": "a concept", "language": "a language section", "term": "a term"}
    if level not in category.levels:
        return f"{name} is not said of {where[level]} in {dialect}"
    if name == "source" and parent in ("conceptEntry", "langSec"):
        return f"source stands alone in <{parent}>: in {dialect} it belongs in a <descripGrp> with a definition"
    if category.values is not None and value not in category.values:
        return f"{name} {value[:40]!r} is none of {dialect}'s: {', '.join(sorted(category.values))}"
    return ""


def is_written(name: str, element: str, value: str, level: Level, *, within: str = "") -> bool:
    """Whether a data category can be written as it is: one of TBX-Basic by its rules, any other if the core allows it.

    `within` is the group it is part of, empty where it stands by itself.
    """
    category = CATEGORIES.get(name)
    if category is None:
        return element != "termNote" or level == "term"
    if category.element != element or level not in category.levels:
        return False
    if name == "source" and within != "descripGrp" and (within or level != "term"):
        return False
    if within and name == "crossReference":
        return False
    return category.values is None or value in category.values


def is_name(text: str) -> bool:
    """Whether a text can be an identifier in XML: a letter or underscore, then letters, digits, full stops and hyphens."""
    return _NCNAME.fullmatch(text) is not None and text.isascii()


def is_date(text: str) -> bool:
    """Whether a text is a day as XML writes it: 2026-11-26."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
