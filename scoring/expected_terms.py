"""Which terms a translation is expected to have: those of the term base, of a term file, or of a dictionary for each segment.

All three find the terms of a source segment alike: leftmost-longest, so a term inside a longer one is not expected by
itself, English by words in any inflection, Chinese in either script.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from glossary.concept import STATUSES, Concept, Status
from glossary.glossary import Glossary
from glossary.recognition import Recognised, Recogniser, recognisers
from lang.encoding import read_text
from lang.errors import BadFileError
from lang.fold import fold, term_key
from lang.inflection import english_key, loose_key, without_article, word_key, word_texts
from lang.script import has_han
from scoring.material import Language
from scoring.spotting import Passage, Spelling, leftmost_longest, parts_of, spelling

_ACRONYM: Final = re.compile(r"[(（][\"“]?([A-Z][A-Za-z&]{0,8}[A-Z]s?)[\"”]?[)）]")
_POSSESSIVE: Final = re.compile("['’]s?$")
_SMALL_WORDS: Final = frozenset("a an and at by for from in of on or the to with".split())
_LONGER_TERMS: Final = 60
# Fewer longer terms say nothing of a word's senses.
_FEW: Final = 2

# What stands between a term and its short form: authorized institutions (AIs), 金融管理局（「金管局」）.
_OPENING: Final = re.compile("\\s*[(（]\\s*(?:the |collectively )?[\"'“‘「『《]?", re.IGNORECASE)


_BEHIND_OTHERS: Final = re.compile(r"[^.;!?。；！？()（）]*[(（][A-Z/&\"“]*")
_NEAR: Final = 3
_NEAR_CHARACTERS: Final = 80


@dataclass(frozen=True, slots=True)
class Rendering:
    """A way to write a concept in the target language."""

    text: str
    status: Status


@dataclass(frozen=True, slots=True)
class ExpectedConcept:
    """A concept whose terms were found in a source, and its renderings, accepted ones first.

    `key` is what it is known by: the term base's id, or a dictionary's source term. `spellings` are its source texts.
    """

    key: str
    domain: str
    spellings: tuple[str, ...]
    renderings: tuple[Rendering, ...]

    @property
    def accepted(self) -> list[str]:
        """The preferred and admitted renderings."""
        return [rendering.text for rendering in self.renderings if rendering.status != "deprecated"]


@dataclass(frozen=True, slots=True)
class ExpectedTerm:
    """An occurrence source[start:end] of a concept that a translation is expected to render."""

    start: int
    end: int
    text: str
    concept: ExpectedConcept


class ExpectedTerms(Protocol):
    """Where expected terms come from."""

    name: str

    def expected(self, sources: Sequence[str]) -> Iterator[list[ExpectedTerm]]:
        """For each source segment the terms expected in its translation, in order, none overlapping another."""
        ...


class GlossaryTerms:
    """The terms of a term base as it stands; rejected concepts, and those without an accepted rendering, are left out.

    A spelling that several concepts share expects the best one's rendering (see Recogniser) and admits those of the others.
    Of English spellings those are left out that say too little of what is meant: verb forms, an acronym that the text itself
    explains otherwise (International Finance Corporation (IFC)), and unless all spellings are `trusted`, as those of a user's
    term list, admitted ones in small letters (high level is not always 高水平) and a word that the term base's longer terms
    show to have other senses (rates, in exchange rates). With `text_by_text` not all terms are read: see recognisers.
    """

    def __init__(
        self,
        glossary: Glossary,
        target: Language,
        name: str = "term base",
        *,
        trusted: bool = False,
        text_by_text: bool = False,
    ) -> None:
        self.name = name
        self._trusted = trusted
        self._store = glossary.store
        self._target: Language = target
        # The whole term base is read once, however often expected terms are asked for.
        self._recogniser = None if text_by_text else Recogniser(glossary.store)
        self._known: dict[tuple[int, ...], ExpectedConcept | None] = {}
        self._telling: dict[tuple[int, str], bool] = {}

    def expected(self, sources: Sequence[str]) -> Iterator[list[ExpectedTerm]]:
        """The terms found by the recogniser; an acronym explained in one segment counts as explained in all that follow."""
        explained: dict[str, str] = {}
        for source, recognised in zip(sources, self._recognise(sources), strict=True):
            if self._target == "zh":
                explained.update(explained_acronyms(source))
            terms: list[ExpectedTerm] = []
            for found in recognised:
                concept = self._concept(found.concept, found.others)
                if concept is not None and (self._target == "en" or self._is_sure(found, explained)):
                    terms.append(ExpectedTerm(found.start, found.end, found.text, concept))
            yield without_short_forms(source, terms)

    def _recognise(self, sources: Sequence[str]) -> Iterator[list[Recognised]]:
        if self._recogniser is not None:
            yield from self._recogniser.recognise_lines(sources)
            return
        for recogniser, batch in recognisers(self._store, sources, text_by_text=True):
            yield from recogniser.recognise_lines(batch)

    def _concept(self, concept: Concept, others: tuple[int, ...]) -> ExpectedConcept | None:
        ids = (concept.id, *others)
        if ids not in self._known:
            sharing = self._store.concepts(others) if others else {}
            further = [sharing[other] for other in others if other in sharing]
            self._known[ids] = _expected_concept(concept, further, self._target)
        return self._known[ids]

    def _is_sure(self, found: Recognised, explained: Mapping[str, str]) -> bool:
        """Whether an English spelling stands for its concept here."""
        if has_han(found.text):
            return True
        word = _POSSESSIVE.sub("", found.text)
        acronym = word.removesuffix("s")
        if acronym in explained:
            full = english_key(explained[acronym])
            return any(full.endswith(english_key(text)) for text in found.concept.texts("en") if len(text) > len(acronym))
        if acronym.isupper():
            return True
        at = (found.concept.id, word)
        if at not in self._telling:
            self._telling[at] = _is_spelt_so(found.concept, word) and (self._trusted or self._is_telling(found, word))
        return self._telling[at]

    def _is_telling(self, found: Recognised, text: str) -> bool:
        if any(char.isupper() for char in text[1:]):
            return True
        if found.status == "admitted":
            return False
        return len(word_texts(fold(text))) > 1 or self._has_one_sense(found.concept, text)

    def _has_one_sense(self, concept: Concept, word: str) -> bool:
        """Whether a word has this concept's sense in most of the longer terms it is part of, by their Chinese."""
        rows = self._store.terms_with_forms([loose_key(fold(word))], missing=0, limit=_LONGER_TERMS)
        longer = {row.concept_id for row in rows if row.concept_id != concept.id and " " in row.text}
        if len(longer) < _FEW:
            return True
        renderings = [term_key(text) for text in concept.texts("zh")]
        agreeing = sum(
            any(rendering in term_key(text) for rendering in renderings for text in other.texts("zh"))
            for other in self._store.concepts(sorted(longer)).values()
        )
        return 2 * agreeing >= len(longer)


def _is_spelt_so(concept: Concept, text: str) -> bool:
    """Whether one of the concept's English terms is the text in another number or spelling at most."""
    wanted = [word_key(word) for word in without_article(word_texts(fold(text)))]
    plural = fold(text).endswith("s")
    for term in concept.terms:
        folded = fold(term.text)
        if term.language != "en" or [word_key(word) for word in without_article(word_texts(folded))] != wanted:
            continue
        # A plural, where it is all of a term, is not the singular: no rates in rate.
        if len(wanted) > 1 or plural or not folded.endswith("s"):
            return True
    return False


def explained_acronyms(source: str) -> dict[str, str]:
    """The acronyms that an English text explains where it first has them, with what they stand for."""
    explained: dict[str, str] = {}
    for match in _ACRONYM.finditer(source):
        acronym = match[1].removesuffix("s")
        initials = [char.casefold() for char in acronym if char.isupper()]
        before = re.findall(r"[\w’']+", source[max(0, match.start() - 150) : match.start()])
        # As many words as letters, and small words between them.
        for count in range(len(initials), min(len(initials) + 4, len(before)) + 1):
            words = before[-count:]
            if [word[0].casefold() for word in words if word.casefold() not in _SMALL_WORDS] == initials or (
                [word[0].casefold() for word in words] == initials
            ):
                explained[acronym] = " ".join(words)
                break
    return explained


def _expected_concept(concept: Concept, sharing: Sequence[Concept], target: Language) -> ExpectedConcept | None:
    source: Language = "en" if target == "zh" else "zh"
    statuses: dict[str, Status] = {}
    for term in concept.of_language(target, deprecated=True):
        statuses.setdefault(term.text, term.status)
    for other in sharing:
        for text in other.texts(target):
            if statuses.get(text, "deprecated") == "deprecated":
                statuses[text] = "admitted"
    if all(status == "deprecated" for status in statuses.values()):
        return None
    spellings = dict.fromkeys(term.text for term in concept.of_language(source, deprecated=True))
    return ExpectedConcept(str(concept.id), concept.domain, tuple(spellings), _renderings(statuses))


def term_file(path: Path, target: Language) -> GlossaryTerms:
    """The terms of a file in any format the term base imports, by the same importer, without touching any database."""
    from workspace.workspace import Workspace

    workspace = Workspace.open(":memory:", seed=False, user="scoring")
    workspace.glossary.import_file(path)
    return GlossaryTerms(workspace.glossary, target, name=path.name, trusted=True)


class DictionaryTerms:
    """A dictionary for each segment: source term -> its rendering, or several, the first preferred and the rest admitted.

    Entries whose source terms differ only in capitals or inflection are one concept. Chinese terms of one character, and
    entries without rendering, are left out, as they are by the recogniser.
    """

    def __init__(self, dictionaries: Sequence[Mapping[str, str | Sequence[str]]], name: str = "dictionaries") -> None:
        self.name = name
        self.dictionaries = dictionaries

    def expected(self, sources: Sequence[str]) -> Iterator[list[ExpectedTerm]]:
        """The terms of each segment's own dictionary; ValueError unless there is one a segment."""
        before: Mapping[str, str | Sequence[str]] | None = None
        index = _DictionaryIndex({})
        for source, dictionary in zip(sources, self.dictionaries, strict=True):
            # Documents of one collection often share a dictionary.
            if dictionary is not before and dictionary != before:
                index = _DictionaryIndex(dictionary)
            before = dictionary
            yield index.terms_in(source)


class _DictionaryIndex:
    """The source terms of one dictionary, by what they begin with."""

    def __init__(self, dictionary: Mapping[str, str | Sequence[str]]) -> None:
        spellings: dict[str, dict[str, Spelling]] = {}
        statuses: dict[str, dict[str, Status]] = {}
        for term, given in dictionary.items():
            ready = spelling(term)
            texts = [text for text in ([given] if isinstance(given, str) else given) if text.strip()]
            if ready is None or not texts or (not ready.forms and len(ready.key) < 2):
                continue
            key = english_key(term) if ready.forms else term_key(term)
            spellings.setdefault(key, {})[term] = ready
            known = statuses.setdefault(key, {})
            for place, text in enumerate(texts):
                known[text] = "preferred" if place == 0 else known.get(text, "admitted")
        self._by_start: dict[str, list[tuple[Spelling, ExpectedConcept]]] = {}
        for key, known in statuses.items():
            texts = list(spellings[key])
            concept = ExpectedConcept(texts[0], "", tuple(texts), _renderings(known))
            for ready in spellings[key].values():
                self._by_start.setdefault(ready.start, []).append((ready, concept))

    def terms_in(self, source: str) -> list[ExpectedTerm]:
        passage = Passage(source)
        found: list[tuple[int, int, ExpectedConcept]] = []
        for start in passage.starts():
            for ready, concept in self._by_start.get(start, ()):
                found.extend((place.start, place.end, concept) for place in passage.find_term(ready))
        kept = [found[place] for place in leftmost_longest((start, end) for start, end, _ in found)]
        return without_short_forms(source, [ExpectedTerm(start, end, source[start:end], concept) for start, end, concept in kept])


def read_dictionaries(path: Path, field: str) -> DictionaryTerms:
    """Dictionaries from a file of JSON Lines, one object a segment, in its field `field`; BadFileError names a bad line."""
    lines = read_text(path).split("\n")
    if lines and not lines[-1].strip():
        lines.pop()
    return DictionaryTerms([_dictionary(path, number, line, field) for number, line in enumerate(lines, 1)], name=path.name)


def _dictionary(path: Path, number: int, line: str, field: str) -> dict[str, list[str]]:
    hint = f'Each line must be a JSON object with a field {field!r}: {{"term": "rendering"}} or {{"term": ["one", "another"]}}.'
    try:
        data: Any = json.loads(line)
    except ValueError as error:
        raise BadFileError(str(path), number, f"not JSON ({error})", hint) from error
    if not isinstance(data, dict) or field not in data:
        raise BadFileError(str(path), number, f"no field {field!r}", hint)
    given = data[field] or {}
    if not isinstance(given, dict):
        raise BadFileError(str(path), number, f"the field {field!r} is no object of terms", hint)
    dictionary: dict[str, list[str]] = {}
    for term, renderings in given.items():
        texts = [renderings] if isinstance(renderings, str) else renderings
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise BadFileError(str(path), number, f"the renderings of {term!r} are no text or list of texts", hint)
        dictionary[term] = texts
    return dictionary


def without_short_forms(source: str, terms: list[ExpectedTerm]) -> list[ExpectedTerm]:
    """The terms without those that only give, in parentheses, the short form of one before: authorized institutions (AIs).

    A translation need not say 認可機構 twice. Terms that share no rendering are both expected. The term before may be a longer
    one that ends with the other, or the first of several that an acronym joins: anti-money laundering and ... (AML/CFT).
    """
    kept: list[ExpectedTerm] = []
    for term in terms:
        if not any(_is_short_form(source, before, term) for before in kept[-_NEAR:]):
            kept.append(term)
    return kept


def _is_short_form(source: str, before: ExpectedTerm, term: ExpectedTerm) -> bool:
    between = source[before.end : term.start]
    if _OPENING.fullmatch(between):
        return _share_rendering(before.concept, term.concept) or _ends_with(before.text, term.concept)
    if len(between) > _NEAR_CHARACTERS or not term.text.removesuffix("s").isupper():
        return False
    return _BEHIND_OTHERS.fullmatch(between) is not None and _share_rendering(before.concept, term.concept)


def _ends_with(text: str, concept: ExpectedConcept) -> bool:
    """Whether a longer term ends with one of the concept's: ... of the Hong Kong Special Administrative Region (HKSAR)."""
    whole = _key(text)
    return any(whole.endswith(_key(spelt)) for spelt in concept.spellings if len(spelt) < len(text))


def _share_rendering(one: ExpectedConcept, other: ExpectedConcept) -> bool:
    return one == other or not _keys(one).isdisjoint(_keys(other))


@lru_cache(maxsize=100_000)
def _keys(concept: ExpectedConcept) -> frozenset[str]:
    """The accepted renderings, and what they stand for without parentheses, as they are compared."""
    texts = list(concept.accepted)
    texts.extend(part.spelling.text for text in concept.accepted for part in parts_of(text))
    return frozenset(map(_key, texts))


def _key(text: str) -> str:
    return term_key(text) if has_han(text) else english_key(text)


def _renderings(statuses: Mapping[str, Status]) -> tuple[Rendering, ...]:
    ordered = sorted(statuses.items(), key=lambda item: STATUSES.index(item[1]))
    return tuple(Rendering(text, status) for text, status in ordered)
