"""The model of the term base, as ISO 30042 (TBX) has it: a concept holds terms of several languages."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal, get_args

from lang.tags import language

Status = Literal["preferred", "admitted", "deprecated"]
ReviewState = Literal["proposed", "approved", "rejected"]

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
REVIEW_STATES: Final[tuple[ReviewState, ...]] = get_args(ReviewState)

# The order in which Chinese forms are shown where the user has chosen none.
_TAG_ORDER: Final = ("zh-Hant-HK", "zh-Hant", "zh", "zh-Hans", "zh-Hant-TW", "zh-Hant-MO", "zh-Hans-SG")


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one language.

    `lang` is a BCP 47 tag (zh-Hant-HK, zh-Hans, en, en-GB, ...); `pinyin` holds toned syllables (`di1 kong1`), empty
    where it is to be derived from the text.
    """

    text: str
    lang: str
    status: Status = "preferred"
    part_of_speech: str = ""
    pinyin: str = ""
    note: str = ""

    @property
    def language(self) -> Literal["zh", "en"]:
        """Zh or en."""
        return language(self.lang)


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

    def of_language(self, code: Literal["zh", "en"], *, deprecated: bool = False) -> list[Term]:
        """The terms of a language, preferred before admitted, Hong Kong's form before the mainland's and Taiwan's.

        Deprecated ones come last, and only if asked for.
        """
        terms = [term for term in self.terms if term.language == code and (deprecated or term.status != "deprecated")]
        return sorted(terms, key=lambda term: (STATUSES.index(term.status), _tag_rank(term.lang)))

    def texts(self, code: Literal["zh", "en"]) -> list[str]:
        """The spellings of a language in that order, each once, deprecated ones left out."""
        return list(dict.fromkeys(term.text for term in self.of_language(code)))

    def deprecated_texts(self, code: Literal["zh", "en"]) -> list[str]:
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
        terms = tuple(Term(**term) for term in data["terms"])
        return cls(**{**data, "terms": terms})

    def with_terms(self, terms: list[Term]) -> "Concept":
        """The same concept with other terms, doubles (same text and language) dropped."""
        unique: dict[tuple[str, str], Term] = {}
        for term in terms:
            unique.setdefault((term.text, term.lang), term)
        return replace(self, terms=tuple(unique.values()))


def _tag_rank(tag: str) -> int:
    return _TAG_ORDER.index(tag) if tag in _TAG_ORDER else len(_TAG_ORDER)


def _filled(value: Concept | Term) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name != "terms" and getattr(value, f.name)}


def status_of(text: str) -> Status | None:
    """The status a written word stands for, in TBX's spellings too (preferredTerm-admn-sts); None if none."""
    word = text.strip().lower().removesuffix("-admn-sts").removesuffix("term").strip(" -_")
    word = {"forbidden": "deprecated", "superseded": "deprecated", "do not use": "deprecated", "approved": "preferred"}.get(
        word, word
    )
    word = {"allowed": "admitted", "admissible": "admitted", "standard": "preferred", "obsolete": "deprecated"}.get(word, word)
    return word if word in STATUSES else None


@dataclass(frozen=True, slots=True)
class ConceptChange:
    """What one change did to one concept: `before` and `after` are None where it did not exist."""

    change_id: int
    action: Literal["add", "edit", "delete"]
    kind: str
    at: str
    by: str
    summary: str
    before: Concept | None
    after: Concept | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """One transaction on the term base: who did what, when, to how many concepts; `undoes` names the change it reverts."""

    id: int
    kind: str
    at: str
    by: str
    summary: str
    concepts: int
    undoes: int | None = None
    undone_by: int | None = None
