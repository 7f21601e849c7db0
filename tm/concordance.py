"""Concordance: the units that use a phrase in source or target, and where in them it stands.

A phrase of words, Latin letters only, is found word by word in any inflection and spelling: `tax refund` in `tax refunds`,
`export` in `exported`, never `form` in `format`. Any other phrase is found as folded characters, whatever its script, width
and case, the quotation marks and blanks that writers put in at will left aside.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from lang.fold import HAN, fold, fold_tracked, squeeze, term_key
from lang.inflection import BREAK, COMMA, irregular_forms, loose_forms, loose_key, word_texts, words
from tm.store import UnitFilter

if TYPE_CHECKING:
    from tm.index import MatchIndex, Wanted
    from tm.store import UnitStore
    from tm.unit import Unit

# Up to so many candidates are all read, counted and sorted; of more, those of a page are, in the order of the index.
READ_WHOLE: Final = 2_000
_FARTHEST: Final = 50_000
_SLICE: Final = 200
# Filters that leave so many units are read through, instead of looking for them among all that use a usual phrase.
_LISTED: Final = 20_000
_ONLY_WORDS: Final = re.compile(r"[^\W_]+(?:[ \-'&/,][^\W_]+)*")
_ONLY_HAN: Final = re.compile(f"[{HAN}]+")
_HAN_CHAR: Final = re.compile(f"[{HAN}]")
# A small memory is read whole for each phrase: its sides are folded once.
_SIDES_KEPT: Final = 4_096
# Chinese text as it mostly is, in which no character folds to a letter.
_LETTERLESS: Final = re.compile(r"[\u3400-\u9fff0-9，。、；：？！「」『』（）《》“”—…％,.%\s]*")
_DIGIT: Final = re.compile(r"[0-9]")


class Span(NamedTuple):
    """A piece of a text: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be found: its folded characters and, where it is made of words, their keys over all inflections."""

    key: str
    forms: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Phrase":
        """The phrase a text stands for; its key is empty where nothing can be looked for."""
        key = term_key(text)
        plain = _ONLY_WORDS.fullmatch(key) is not None and _HAN_CHAR.search(key) is None
        return cls(key, tuple(loose_forms(key)) if plain else ())

    def spans(self, text: str) -> list[Span]:
        """Where the phrase stands in a text, in order, none overlapping another."""
        if not self.key:
            return []
        if self.forms:
            return self._spans_of_words(text)
        squeezed = squeeze(fold_tracked(text))
        found: list[Span] = []
        at = squeezed.text.find(self.key)
        while at >= 0:
            end = at + len(self.key)
            found.append(Span(*squeezed.span(at, end)))
            at = squeezed.text.find(self.key, end)
        return found

    def is_in(self, text: str) -> bool:
        """Whether the phrase stands in a text; much quicker than to say where."""
        if not self.forms:
            # English sides are passed over at once where Chinese is sought, Chinese ones below.
            return (not text.isascii() or self.key.isascii()) and self.key in _key_of_side(text)
        if _LETTERLESS.fullmatch(text) is not None and _DIGIT.search(self.key) is None:
            return False
        keys = _words_of_side(text)
        if not all(form in keys for form in self.forms if form not in (COMMA, BREAK)):
            return False
        return len(self.forms) == 1 or bool(self._spans_of_words(text))

    def _spans_of_words(self, text: str) -> list[Span]:
        folded = fold_tracked(text)
        forms = loose_forms(folded.text)
        if self.forms[0] not in forms:
            return []
        places = words(folded.text)
        size = len(self.forms)
        found: list[Span] = []
        at = word = 0
        while at + size <= len(forms):
            piece = tuple(forms[at : at + size])
            step = size if piece == self.forms else 1
            inside = sum(form not in (COMMA, BREAK) for form in piece[:step])
            if step == size and piece == self.forms:
                found.append(Span(*folded.span(places[word].start, places[word + inside - 1].end)))
            at += step
            word += inside
        return found


@lru_cache(maxsize=_SIDES_KEPT)
def _key_of_side(text: str) -> str:
    return term_key(text)


@lru_cache(maxsize=_SIDES_KEPT)
def _words_of_side(text: str) -> frozenset[str]:
    return frozenset(map(loose_key, word_texts(fold(text))))


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that uses the phrase, and where in its source and target; a side that does not use it has no spans."""

    unit: "Unit"
    source_spans: tuple[Span, ...]
    target_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Concordance:
    """A page of hits, which begins with number `offset`, of `total`; the total is an estimate where not `exact`."""

    hits: tuple[Hit, ...]
    total: int
    exact: bool
    offset: int = 0


def find_phrases(
    store: "UnitStore",
    index: "MatchIndex | None",
    phrases: Sequence[Phrase],
    *,
    limit: int = 20,
    offset: int = 0,
    only: "UnitFilter | None" = None,
) -> Concordance:
    """The units one side of which has all these phrases, the shortest first; without an index every unit is read."""
    sought = [phrase for phrase in phrases if phrase.key]
    if not sought:
        return Concordance((), 0, exact=True, offset=offset)
    search = _Search(store, sought, only)
    if index is None or (search.only and store.count(search.only) <= _LISTED):
        return search.page(search.listed(), limit, offset)
    wanted = wanted_of(sought, index)
    if wanted is None:
        return search.page(search.fitting(store.scan(sought[0].key, READ_WHOLE)), limit, offset)
    total, _ = index.holding(wanted, limit=1)
    if total > READ_WHOLE:
        return search.walk(lambda count: index.holding(wanted, limit=count)[1], total, limit, offset)
    # Few enough to look also for those in which the phrase has quotation marks or blanks inside.
    total, candidates = index.holding(wanted, limit=READ_WHOLE, loose=True)
    return search.page(search.fitting(candidates), limit, offset, exact=total <= READ_WHOLE)


def wanted_of(phrases: Sequence[Phrase], index: "MatchIndex") -> "Wanted | None":
    """What the index is asked for; None where it knows nothing of these phrases, single signs for instance."""
    from tm.index import Wanted

    english: list[tuple[str, ...]] = []
    if not any(_HAN_CHAR.search(phrase.key) for phrase in phrases):
        for phrase in phrases:
            # Of a phrase with other signs in it (100%, Art. 3) the words are sought as they are.
            english.extend(_forms_in_use(word, index) if phrase.forms else (word,) for word in word_texts(phrase.key))
    chinese = [phrase.key for phrase in phrases]
    if any(len(key) == 1 and _HAN_CHAR.match(key) is None for key in chinese):
        # A single letter or sign is in too much of Chinese text to be meant.
        chinese = []
    return Wanted(tuple(chinese), tuple(english)) if chinese or english else None


def _forms_in_use(word: str, index: "MatchIndex") -> tuple[str, ...]:
    """The words of the memory that have the same key as a word."""
    key = loose_key(word)
    beginning = key[: max(2, len(key) - 2)]
    near = [*index.words_with_prefix(beginning), *irregular_forms(key), word]
    return tuple(dict.fromkeys(form for form in near if loose_key(form) == key))


class _Search:
    """One search under way: what is sought, and the length of the side in which each unit was found to have it."""

    def __init__(self, store: "UnitStore", phrases: Sequence[Phrase], only: "UnitFilter | None") -> None:
        self._store = store
        self._phrases = phrases
        self.only = None if only == UnitFilter() else only
        self._lengths: dict[int, int] = {}

    def fits(self, unit_id: int, *sides: str) -> bool:
        """Whether one of the sides of a unit has all phrases."""
        for side in sides:
            if side and all(phrase.is_in(side) for phrase in self._phrases):
                self._lengths[unit_id] = len(side)
                return True
        return False

    def listed(self) -> list[int]:
        """Those of all units, or of the filter's, that fit."""
        if self.only is None:
            return [unit_id for unit_id, chinese, english in self._store.sides_kept() if self.fits(unit_id, chinese, english)]
        units = self._store.listing(self.only)
        return [unit.id for unit in units if self.fits(unit.id, unit.source, unit.target)]

    def fitting(self, ids: Sequence[int]) -> list[int]:
        """Those of these units that fit."""
        found: list[int] = []
        for start in range(0, len(ids), _SLICE):
            part = ids[start : start + _SLICE]
            english = dict(self._store.texts(part, "en"))
            chinese = dict(self._store.texts(part, "zh"))
            found.extend(unit_id for unit_id in part if self.fits(unit_id, chinese.get(unit_id, ""), english.get(unit_id, "")))
        return found

    def page(self, found: Sequence[int], limit: int, offset: int, *, exact: bool = True) -> Concordance:
        """A page of the units found, after sorting them."""
        kept = sorted(self._of_filter(found), key=lambda unit_id: (self._lengths[unit_id], unit_id))
        return Concordance(self._hits(kept[offset : offset + limit]), len(kept), exact, offset)

    def walk(self, candidates: Callable[[int], Sequence[int]], total: int, limit: int, offset: int) -> Concordance:
        """A page of more units than are looked at, in the order of the index, in which short ones come first."""
        needed = offset + limit
        count = max(_SLICE, 2 * needed)
        while True:
            ids = candidates(count)
            found = self._of_filter(self.fitting(ids))
            if len(found) >= needed or len(ids) < count or count >= _FARTHEST:
                break
            count = min(_FARTHEST, 4 * count)
        if len(ids) < count:
            total = len(found)
        elif self.only:
            total = max(len(found), total * len(found) // len(ids))
        shown = sorted(found[offset:needed], key=lambda unit_id: (self._lengths[unit_id], unit_id))
        # The index counts single characters and pairs of them as they are.
        alone = self._phrases[0].key if len(self._phrases) == 1 and self.only is None else ""
        exact = len(ids) < count or (0 < len(alone) <= 2 and _ONLY_HAN.fullmatch(alone) is not None)
        return Concordance(self._hits(shown), total, exact, offset)

    def _of_filter(self, found: Sequence[int]) -> list[int]:
        if self.only is None:
            return list(found)
        return [unit.id for unit in self._store.units(found).values() if self.only.takes(unit)]

    def _hits(self, ids: Sequence[int]) -> tuple[Hit, ...]:
        return tuple(
            Hit(unit, spans_of(self._phrases, unit.source), spans_of(self._phrases, unit.target))
            for unit in self._store.units(ids).values()
        )


def spans_of(phrases: Iterable[Phrase], text: str) -> tuple[Span, ...]:
    """Where any of these phrases stands in a text, in order, the longer of two that overlap."""
    kept: list[Span] = []
    for span in sorted(
        (span for phrase in phrases for span in phrase.spans(text)), key=lambda span: (span.start - span.end, span)
    ):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
