"""Choosing concepts by what they hold: `domain=finance state=proposed text~退稅`, for changes of many at once.

A query is conditions parted by blanks, all of which hold. A condition is a field, an operator and a value, in double quotes
where it has blanks: `en~"tax refund"`.

    field       domain, state, status, lang, id, key, zh, en, text (any term), definition, note, source
    =  !=       is, is not; for domain, state, status, lang, id and key one of several parted by commas; ids may be 10-20
    ~  !~       contains, does not contain

Texts are compared folded: the script, width and case do not matter. `note=` with nothing behind it asks for empty ones.
"""

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast, get_args

from glossary.concept import REVIEW_STATES, STATUSES, Concept, ReviewState
from glossary.store import Filter, TermStore
from lang.errors import YuqiaoError
from lang.fold import term_key

_CONDITION: Final = re.compile(r"([A-Za-z]+)(!=|!~|=|~)(.*)", re.DOTALL)
_ID_RANGE: Final = re.compile(r"[0-9]{1,18}(?:-[0-9]{1,18})?")
_HINT: Final = 'For instance: domain=finance state=proposed en~"tax refund"'
# What is one of a few words or numbers, as opposed to text.
_LISTED: Final[dict[str, Callable[[Concept], list[str]]]] = {
    "domain": lambda concept: [concept.domain],
    "state": lambda concept: [concept.state],
    "status": lambda concept: [term.status for term in concept.terms],
    "lang": lambda concept: [term.lang for term in concept.terms],
    "id": lambda concept: [str(concept.id)],
    "key": lambda concept: [concept.key],
}
_TEXTS: Final[dict[str, Callable[[Concept], list[str]]]] = {
    "zh": lambda concept: [term.text for term in concept.terms if term.language == "zh"],
    "en": lambda concept: [term.text for term in concept.terms if term.language == "en"],
    "text": lambda concept: [term.text for term in concept.terms],
    "definition": lambda concept: [concept.definition],
    "note": lambda concept: [concept.note],
    "source": lambda concept: [concept.source],
}
_WORDS: Final = {"state": REVIEW_STATES, "status": STATUSES}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the values of `field` any of which must (or, `negated`, must not) be among or in a concept's."""

    field: str
    contains: bool
    negated: bool
    values: frozenset[str]

    def holds(self, concept: Concept) -> bool:
        """Whether a concept fulfils it."""
        if self.field == "id" and not self.contains:
            return any(_in_range(concept.id, part) for part in self.values) != self.negated
        found = _LISTED[self.field](concept) if self.field in _LISTED else map(term_key, _TEXTS[self.field](concept))
        if self.contains:
            (value,) = self.values
            return any(value in text for text in found) != self.negated
        # A language without any term is empty as a text is.
        texts = list(found) or [""]
        return any(text in self.values for text in texts) != self.negated


def _in_range(number: int, written: str) -> bool:
    first, _, last = written.partition("-")
    return int(first) <= number <= int(last or first)


def parse_query(query: str) -> list[Condition]:
    """The conditions of a query; YuqiaoError for one that says nothing or cannot be read."""
    lexer = shlex.shlex(query, posix=True)
    lexer.whitespace_split, lexer.quotes, lexer.commenters, lexer.escape = True, '"', "", ""
    try:
        words = list(lexer)
    except ValueError as error:
        raise YuqiaoError(f"The query {query!r} has a quotation mark without its other half.", _HINT) from error
    if not words:
        raise YuqiaoError("The query says nothing.", _HINT)
    return [_condition(word) for word in words]


def _condition(word: str) -> Condition:
    match = _CONDITION.fullmatch(word)
    if match is None:
        raise YuqiaoError(f"{word!r} is no condition: field, operator (= != ~ !~), value.", _HINT)
    field, operator, value = match[1].lower(), match[2], match[3]
    contains, negated = operator.endswith("~"), operator.startswith("!")
    if field not in _LISTED and field not in _TEXTS:
        raise YuqiaoError(f"{field!r} is no field of a query.", f"There are: {', '.join((*_LISTED, *_TEXTS))}.")
    if contains and not value:
        raise YuqiaoError(f"{word!r} does not say what to contain.", _HINT)
    if contains or field in _TEXTS:
        return Condition(field, contains, negated, frozenset({value if field in _LISTED else term_key(value)}))
    return Condition(field, contains, negated, _listed_values(field, value))


def _listed_values(field: str, value: str) -> frozenset[str]:
    values = [part.strip() for part in value.split(",")]
    if field in _WORDS:
        for part in values:
            if part not in _WORDS[field]:
                raise YuqiaoError(f"{part!r} is no {field}.", f"There are: {', '.join(_WORDS[field])}.")
    if field == "id":
        for part in values:
            if _ID_RANGE.fullmatch(part) is None:
                raise YuqiaoError(f"{part!r} is no id.", "For instance: id=12,15,20-30")
    return frozenset(values)


def concepts_where(store: TermStore, query: str) -> Iterator[Concept]:
    """The concepts that fulfil a query, by id; YuqiaoError for a query that cannot be read."""
    conditions = parse_query(query)
    plain = {c.field: c.values for c in conditions if not c.contains and not c.negated}
    states = cast(frozenset[ReviewState], plain.get("state", frozenset(get_args(ReviewState))))
    only = Filter(domains=tuple(plain.get("domain", ())), states=tuple(states))
    for concept in store.listing(only):
        if all(condition.holds(concept) for condition in conditions):
            yield concept
