"""The model of the term base, as ISO 30042 (TBX) has it: a concept holds terms of several languages."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal, get_args

from lang.tags import primary_language

Status = Literal["preferred", "admitted", "deprecated"]
ReviewState = Literal["proposed", "approved", "rejected"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
REVIEW_STATES: Final[tuple[ReviewState, ...]] = get_args(ReviewState)

# The order in which Chinese forms are shown where the user has chosen none.
_TAG_ORDER: Final = ("zh-Hant-HK", "zh-Hant", "zh", "zh-Hans", "zh-Hant-TW", "zh-Hant-MO", "zh-Hans-SG")


@dataclass(frozen=True, slots=True)
class Property:
    """Something that a file says of a concept or a term and that has no field here; kept, shown and written back.

    `name` is a data category of TBX (xGraphic, termType, transactionType) and `element` the kind of element it stands in
    there (descrip, admin, termNote, transac, xref, note ...); `target` is what it refers to. `lang` is the tag of the
    language section it was said of, empty where it was the concept or the term itself. `parts` are what is grouped with it:
    the date and the person of a transaction, the source of a definition.
    """

    name: str
    value: str
    element: str = ""
    target: str = ""
    lang: str = ""
    parts: tuple["Property", ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language.

    `lang` is a BCP 47 tag (zh-Hant-HK, zh-Hans, en, en-GB, ...); other languages than Chinese and English are kept, looked
    up and exchanged, and take no part in recognition. `pinyin` holds toned syllables (`di1 kong1`), empty where it is to be
    derived from the text. `context` is a sentence that uses the term, `source` says where the term was found.
    """

    text: str
    lang: str
    status: Status = "preferred"
    part_of_speech: str = ""
    pinyin: str = ""
    note: str = ""
    context: str = ""
    source: str = ""
    properties: tuple[Property, ...] = ()

    @property
    def language(self) -> str:
        """The language without script and region: zh, en."""
        return primary_language(self.lang)


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea, the unit of the term base.

    `id` is the number the store gave it, 0 before that; `key` the identifier it carries across databases (a curated
    concept's id, a TBX id), empty where it has none.
    """

    terms: tuple[Term, ...]
    domain: str = ""
    definition: str = ""
    note: str = ""
    source: str = ""
    state: ReviewState = "approved"
    key: str = ""
    id: int = 0
    properties: tuple[Property, ...] = ()

    def of_language(self, code: str, *, deprecated: bool = False) -> list[Term]:
        """The terms of a language, preferred before admitted, Hong Kong's form before the mainland's and Taiwan's.

        Deprecated ones come last, and only if asked for.
        """
        terms = [term for term in self.terms if term.language == code and (deprecated or term.status != "deprecated")]
        return sorted(terms, key=lambda term: (STATUSES.index(term.status), _tag_rank(term.lang)))

    def texts(self, code: str) -> list[str]:
        """The spellings of a language in that order, each once, deprecated ones left out."""
        return list(dict.fromkeys(term.text for term in self.of_language(code)))

    def deprecated_texts(self, code: str) -> list[str]:
        """The spellings not to be used."""
        return [term.text for term in self.terms if term.language == code and term.status == "deprecated"]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready form that leaves out what is empty; from_dict reads it back."""
        data = _filled(self)
        data["terms"] = [_filled(term) for term in self.terms]
        return data

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Concept":
        """The concept a dictionary made by to_dict stands for."""
        terms = tuple(Term(**_with_properties(term)) for term in data["terms"])
        return cls(**{**_with_properties(data), "terms": terms})

    def with_terms(self, terms: list[Term]) -> "Concept":
        """The same concept with other terms, doubles (same text and language) dropped."""
        unique: dict[tuple[str, str], Term] = {}
        for term in terms:
            unique.setdefault((term.text, term.lang), term)
        return replace(self, terms=tuple(unique.values()))


def _tag_rank(tag: str) -> int:
    return _TAG_ORDER.index(tag) if tag in _TAG_ORDER else len(_TAG_ORDER)


def _filled(value: Concept | Term) -> dict[str, Any]:
    data = {f.name: getattr(value, f.name) for f in fields(value) if f.name != "terms" and getattr(value, f.name)}
    if value.properties:
        data["properties"] = [property_to_dict(one) for one in value.properties]
    return data


def property_to_dict(value: Property) -> dict[str, Any]:
    """A JSON-ready form that leaves out what is empty; property_from_dict reads it back."""
    data: dict[str, Any] = {"name": value.name, "value": value.value}
    data |= {name: text for name in ("element", "target", "lang") if (text := getattr(value, name))}
    if value.parts:
        data["parts"] = [property_to_dict(part) for part in value.parts]
    return data


def property_from_dict(data: dict[str, Any]) -> Property:
    """The property a dictionary made by property_to_dict stands for."""
    return Property(**{**data, "parts": tuple(map(property_from_dict, data.get("parts", ())))})


def _with_properties(data: dict[str, Any]) -> dict[str, Any]:
    if "properties" not in data:
        return data
    return {**data, "properties": tuple(map(property_from_dict, data["properties"]))}


def status_of(text: str) -> Status | None:
    """The status a written word stands for, in TBX's spellings too (preferredTerm-admn-sts); None if none."""
    word = text.strip().lower().removesuffix("-admn-sts").removesuffix("term").strip(" -_")
    word = {"forbidden": "deprecated", "superseded": "deprecated", "do not use": "deprecated", "approved": "preferred"}.get(
        word, word
    )
    word = {"allowed": "admitted", "admissible": "admitted", "standard": "preferred", "obsolete": "deprecated"}.get(word, word)
    word = {"notrecommended": "deprecated", "not recommended": "deprecated", "standardized": "preferred"}.get(word, word)
    return word if word in STATUSES else None


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """What one change did to one concept, and why; `before` and `after` are None where it did not exist."""

    change_id: int
    action: Literal["add", "edit", "delete"]
    kind: str
    at: str
    by: str
    summary: str
    before: Concept | None
    after: Concept | None = field(default=None)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction on the term base: who did what, when, to how many concepts; `undoes` names the change it reverts.

    `reason` is why, where whoever did it said so.
    """

    id: int
    kind: str
    at: str
    by: str
    summary: str
    concepts: int
    undoes: int | None = None
    undone_by: int | None = None
    reason: str = ""
