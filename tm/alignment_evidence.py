"""What tells which Chinese and English sentences belong together: numbers, Latin words, marks, concepts, a lexicon.

A sentence becomes a set of features that both languages share (the number 2024, the word HKMA, a question mark at the
end, concept 17). A feature that both sides have pays what log P(both | translations) / P(both by chance) says, so rare
ones pay most; one that only one side has costs. How often translations agree in a feature is estimated from the
documents as soon as there are first links, and so is a lexicon: which English words go with which pairs of Chinese
characters.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from lang.fold import HAN, fold
from lang.inflection import word_key, word_texts

Floats = NDArray[np.float64]
Cells = NDArray[np.float32]
Ids = NDArray[np.int64]
Call = tuple[NDArray[np.int32], Cells]
"""The words that a sentence calls for, and how surely."""
Language = Literal["zh", "en"]
Feature = tuple[str, object]
"""A kind and a value: ("number", 2024), ("latin", "hkma"), ("mark", "?"), ("concept", 17)."""

Shape = tuple[int, int]
Joined = tuple[range, range, float]
"""Source and target sentences that were linked, and how surely."""

# How often a feature of one side is met on the other between translations, before anything is known of the documents.
_AGREEMENT: Final = {"number": 0.85, "small": 0.6, "month": 0.85, "latin": 0.85, "concept": 0.65, "mark": 0.75, "list": 0.85}
# How much is made of what the kinds say: they are not independent of each other.
_TRUST: Final = {"number": 0.9, "small": 0.7, "month": 0.9, "latin": 0.9, "concept": 0.7, "mark": 0.8, "list": 1.0}
_MOST_COST: Final = 3.0
# How many occurrences what is usual weighs against what is seen in the documents, for a kind and for a feature.
_KIND_BELIEF: Final = 10.0
_FEATURE_BELIEF: Final = 4.0

# The lexicon. Its words are not independent of each other, nor of the numbers and concepts.
_LEXICON_TRUST: Final = 0.5
_MOST_LESSONS: Final = 3000
_LEAST_MET: Final = 1.7
_FREQUENT: Final = 0.4
_DISCOUNT: Final = 0.95
_DOUBT: Final = 0.4
_SHRINK: Final = 2.0
# The share of a word's occurrences that nothing calls for, at least.
_SURPRISES: Final = 0.1

_ROWS_AT_ONCE: Final = 500
_CALLERS_AT_ONCE: Final = 100
_NONE: Final = np.empty(0, np.int64)

_DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SMALL: Final = frozenset(range(11))
_TWELVE: Final = frozenset(range(1, 13))
_LONGEST_NUMBER: Final = 24
_CHINESE_NUMBER: Final = re.compile(
    r"(?:(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[十百千]?(?:万亿|[万亿])|[千百])?"
    r"|(?P<ordinal>第)?(?P<han>[〇零一二两三四五六七八九十百千万亿]+)(?P<tenths>成)?)(?P<month>月)?"
)
_ENGLISH_SCALES: Final = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
_CARDINALS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_ENGLISH_UNITS: Final = {word: value for words in (_CARDINALS, _ORDINALS) for value, word in enumerate(words.split(), 1)}
_ENGLISH_TENS: Final = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_MONTH_NAMES: Final = "january february march april may june july august september october november december"
_MONTHS: Final = {
    **{name[:3]: value for value, name in enumerate(_MONTH_NAMES.split(), 1)},
    **{name: value for value, name in enumerate(_MONTH_NAMES.split(), 1)},
    "sept": 9,
}
_ENGLISH_NUMBER: Final = re.compile(
    r"(?<![a-z0-9])(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?|(?P<words>[a-z]+(?:-[a-z]+)?))"
    r"(?:[ -]?(?P<scale>hundred|thousand|million|mn|billion|bn|trillion)(?![a-z]))?"
)
_LATIN: Final = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
_HAN_RUN: Final = re.compile(f"[{HAN}]+")
_LIST_SIGN: Final = re.compile(
    r"#+|[-*•·◦▪‣]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)、](?!\d)|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、"
)
_ENDS: Final = {"。": ".", ".": ".", "?": "?", "!": "!", ":": ":", ";": ";", "…": "…"}
_CLOSERS: Final = "」』\"')】》〉]*_ "


@dataclass(frozen=True, slots=True)
class Profile:
    """One sentence as the aligner sees it: how many Chinese and other characters it has, its features, its words.

    `words` are pairs of neighbouring Chinese characters, or keys of English words.
    """

    han: int
    other: int
    features: frozenset[Feature]
    words: frozenset[str]


def profile(text: str, language: Language, concepts: Iterable[int] = ()) -> Profile:
    """The profile of a sentence in which these concepts were recognised."""
    folded = fold(text.strip())
    features: set[Feature] = {("concept", concept) for concept in concepts}
    features.update(_marks(folded))
    if language == "zh":
        han = sum(char >= "\u2e80" for char in folded)
        features.update(_chinese_numbers(folded))
        features.update(("latin", word_key(word)) for word in _LATIN.findall(folded) if len(word) > 1)
        words = {first + second for run in _HAN_RUN.findall(folded) for first, second in pairwise(run)}
    else:
        han = 0
        features.update(_english_numbers(folded))
        words = {word_key(word) for word in word_texts(folded) if len(word) > 1 and not word.isdecimal()}
    return Profile(han, len(folded) - han, frozenset(features), frozenset(words))


def _number(value: Decimal | int) -> Feature:
    exact = Decimal(value).normalize()
    return ("small" if exact in _SMALL else "number"), exact


def _written(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "")[:_LONGEST_NUMBER])


def _chinese_numbers(folded: str) -> Iterator[Feature]:
    for match in _CHINESE_NUMBER.finditer(folded):
        if match["digits"]:
            value = _written(match["digits"])
            if match["month"] and not match["scale"] and value in _TWELVE:
                yield "month", int(value)
            else:
                yield _number(value * math.prod(_CHINESE_SCALES[char] for char in match["scale"] or ""))
            continue
        numeral = match["han"]
        counted = chinese_value(numeral)
        if counted is None:
            continue
        if match["month"] and counted in _TWELVE:
            yield "month", counted
        elif match["tenths"] and counted < 10:
            yield _number(counted * 10)
        # 一, 十, 千 and 万 alone stand in too many words that are no number.
        elif match["ordinal"] or len(numeral) > 1 or numeral in "二两三四五六七八九":
            yield _number(counted)


def chinese_value(numeral: str) -> int | None:
    """The value of a folded Chinese numeral: 120 for 一百二十, 2025 for 二〇二五, 3 * 10**12 for 三万亿; None if too long."""
    if len(numeral) > _LONGEST_NUMBER:
        return None
    if all(char in _DIGITS for char in numeral):
        return int("".join([str(_DIGITS[char]) for char in numeral]))
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "十百千":
            section += (digit or 1) * _CHINESE_SCALES[char]
            digit = 0
        else:
            section += digit
            total = (total + section or 1) * 10**8 if char == "亿" else total + (section or 1) * 10**4
            section = digit = 0
    return total + section + digit


def _english_numbers(folded: str) -> Iterator[Feature]:
    for match in _ENGLISH_NUMBER.finditer(folded):
        scale = _ENGLISH_SCALES.get(match["scale"] or "", 1)
        word = match["words"]
        if word is None:
            yield _number(_written(match["digits"]) * scale)
        elif word in _MONTHS:
            yield "month", _MONTHS[word]
        else:
            tens, _, units = word.partition("-")
            value = _ENGLISH_TENS.get(tens, 0) + _ENGLISH_UNITS.get(units, 0) or _ENGLISH_UNITS.get(word, 0)
            # One is an article more often than a number.
            if value and (scale > 1 or word != "one"):
                yield _number(value * scale)


def _marks(folded: str) -> Iterator[Feature]:
    yield "mark", _ENDS.get(folded.rstrip(_CLOSERS)[-1:], "")
    sign = _LIST_SIGN.match(folded)
    if sign:
        yield "list", "#" if sign[0].startswith("#") else "-"
    if folded.find("(", sign.end() if sign else 0) >= 0:
        yield "mark", "("
    if any(mark in folded for mark in '"「『'):
        yield "mark", '"'
    if "?" in folded:
        yield "mark", "? inside"


def _shared_features(source: Sequence[Profile], target: Sequence[Profile], english: int) -> list[list[set[Feature]]]:
    """The features of both sides; of the English words (of side 0 or 1) those that stand in the Chinese text too are some."""
    sides = [[set(one.features) for one in side] for side in (source, target)]
    latin = {value for features in sides[1 - english] for kind, value in features if kind == "latin"}
    for features, one in zip(sides[english], (source, target)[english], strict=True):
        features.update([("latin", word) for word in one.words if word in latin])
    return sides


class Evidence:
    """What the features, and a lexicon once there is one, say for every group of source and target sentences of a window."""

    def __init__(self, source: Sequence[Profile], target: Sequence[Profile], *, english: int) -> None:
        """`english` says which side is English: 0 for the source, 1 for the target."""
        self._profiles = (source, target)
        numbers: dict[Feature, int] = {}
        self._rows = [
            [_ids([numbers.setdefault(feature, len(numbers)) for feature in row]) for row in side]
            for side in _shared_features(source, target, english)
        ]
        self._kinds = np.array([kind for kind, _ in numbers])
        self._rates = [_rates(side, len(numbers)) for side in self._rows]
        self._trust = np.array([_TRUST[kind] for kind, _ in numbers])
        usual = np.array([_AGREEMENT[kind] for kind, _ in numbers])
        self._weigh(usual, usual)
        self._lexica: list[Lexicon] = []
        self._sentences_with: dict[int, Ids] = {}

    def learn(self, links: Sequence[Joined]) -> None:
        """Estimate how far features can be trusted, and a lexicon, from links found so far."""
        size = len(self._kinds)
        both, of_source, of_target = (np.zeros(size) for _ in range(3))
        for rows, columns, weight in links:
            left, right = _union(self._rows[0], rows), _union(self._rows[1], columns)
            of_source[left] += weight
            of_target[right] += weight
            both[np.intersect1d(left, right, assume_unique=True)] += weight
        forward, backward = np.zeros(size), np.zeros(size)
        for kind, usual in _AGREEMENT.items():
            at = self._kinds == kind
            for agreement, seen in ((forward, of_source), (backward, of_target)):
                base = (both[at].sum() + _KIND_BELIEF * usual) / (seen[at].sum() + _KIND_BELIEF)
                agreement[at] = (both[at] + _FEATURE_BELIEF * base) / (seen[at] + _FEATURE_BELIEF)
        self._weigh(forward.clip(0.02, 0.97), backward.clip(0.02, 0.97))
        # A sample teaches as much, and keeps the tables of long documents small.
        sample = links[:: 1 + len(links) // _MOST_LESSONS]
        # The old ones go first: they are as large as the new.
        self._lexica = []
        self._lexica = [Lexicon(self._profiles[side], self._profiles[1 - side], side, sample) for side in (0, 1)]

    def _weigh(self, forward: Floats, backward: Floats) -> None:
        """From the agreement of each feature, seen from the source and from the target, to what it pays and costs."""
        source_rate, target_rate = self._rates
        forward, backward = np.maximum(forward, target_rate), np.maximum(backward, source_rate)
        gain = np.minimum(np.log(forward / target_rate), np.log(backward / source_rate))
        alone = [np.log((1 - agreement) / (1 - rate)) for agreement, rate in ((forward, target_rate), (backward, source_rate))]
        self._costs = [-self._trust * cost.clip(-_MOST_COST, 0) for cost in alone]
        # Counted against both sides first, a shared feature is given back what it cost.
        self._pay = self._trust * gain + self._costs[0] + self._costs[1]

    def window(self, rows: range, columns: range, shapes: Iterable[Shape]) -> dict[Shape, Floats]:
        """For each shape (a, b), at [i, j], the evidence for source sentences rows[i:i+a] with target columns[j:j+b]."""
        sides = [self._rows[0][rows.start : rows.stop], self._rows[1][columns.start : columns.stop]]
        used, places = _used([*sides[0], *sides[1]], len(self._kinds))
        left, right = (_grouped(_table(side, places, len(used))) for side in sides)
        pay, trust, *costs = (values[used].astype(np.float32) for values in (self._pay, self._trust, *self._costs))
        cost_left, cost_right = ([group @ cost for group in groups] for groups, cost in zip((left, right), costs, strict=True))
        present = [_Present.of(group) for group in right]
        scores = {}
        for a, b in shapes:
            due = pay - math.log(2) * trust if a == b == 2 else pay
            found = present[b - 1].sums(left[a - 1] * due) - cost_left[a - 1][:, None] - cost_right[b - 1]
            scores[a, b] = found.astype(np.float64)
        for lexicon in self._lexica:
            lexicon.add_to(scores, rows, columns)
        return scores

    def row(self, row: int, columns: range) -> Floats:
        """What the features alone say for one source sentence with each of a span of target sentences."""
        if not self._sentences_with:
            places: defaultdict[int, list[int]] = defaultdict(list)
            for at, ids in enumerate(self._rows[1]):
                for one in ids.tolist():
                    places[one].append(at)
            self._sentences_with = {one: np.array(at) for one, at in places.items()}
            self._target_costs = np.array([self._costs[1][ids].sum() for ids in self._rows[1]])
        found = -self._target_costs[columns.start : columns.stop]
        for one in self._rows[0][row].tolist():
            found -= self._costs[0][one]
            having = self._sentences_with.get(one, _NONE)
            low, high = np.searchsorted(having, (columns.start, columns.stop))
            found[having[low:high] - columns.start] += self._pay[one]
        return found


class Lexicon:
    """Which words of one side call for which words of the other, how surely, learnt from links.

    A sentence calls for a word as surely as the best of its own words does. Over all sentences the chances of a word
    sum up to how often it occurs, so a word that is called for elsewhere is the less likely where it is not.
    """

    def __init__(self, callers: Sequence[Profile], answers: Sequence[Profile], side: int, links: Sequence[Joined]) -> None:
        """`side` is that of the callers: 0 for the source, 1 for the target."""
        self._side = side
        caller_ids: dict[str, int] = {}
        word_ids: dict[str, int] = {}
        callers_of = [_numbered(one.words, caller_ids) for one in callers]
        self._words = [_numbered(one.words, word_ids) for one in answers]
        self._rate = _rates(self._words, len(word_ids))
        self._called = self._calls(callers_of, *self._learn(callers_of, len(caller_ids), links))
        self._uncalled = self._normalise()

    def _learn(self, callers_of: list[Ids], size: int, links: Sequence[Joined]) -> tuple[Ids, Ids, Floats]:
        """The pairs (caller, word) that occur together in enough links, by caller, and how likely the word then is."""
        calling = [_union(callers_of, link[:2][self._side]) for link in links]
        answering = [_union(self._words, link[:2][1 - self._side]) for link in links]
        weights = [link[2] for link in links]
        total = np.bincount(_joined(calling), np.repeat(weights, _sizes(calling)), size)
        # Nothing is learnt from what occurs once, nor about a word that is everywhere.
        often = np.bincount(_joined(calling), minlength=size) > 1
        word_often = (np.bincount(_joined(answering), minlength=len(self._rate)) > 1) & (self._rate <= _FREQUENT)
        keys = [
            (words[word_often[words]] + len(self._rate) * ids[often[ids]][:, None]).ravel()
            for ids, words in zip(calling, answering, strict=True)
        ]
        pairs, inverse = np.unique(_joined(keys), return_inverse=True)
        met = np.bincount(inverse, np.repeat(weights, _sizes(keys)), len(pairs))
        caller, word = np.divmod(pairs, max(1, len(self._rate)))
        chance = self._rate[word] * total[caller]
        enough = (met > _LEAST_MET + chance) & (met > 3 * chance)
        caller, word, met = caller[enough], word[enough], met[enough]
        # What is met a few times only may be met by chance, or because a first link was wrong.
        doubt = _DISCOUNT + _DOUBT * np.sqrt(met)
        return caller, word, (met - doubt + _SHRINK * self._rate[word]) / (total[caller] - _DISCOUNT + _SHRINK)

    def _calls(self, callers_of: list[Ids], caller: Ids, word: Ids, surely: Floats) -> list[Call]:
        """For each sentence the words that it calls for, and how surely."""
        called: list[Call] = []
        for first in range(0, len(callers_of), _CALLERS_AT_ONCE):
            sentences = callers_of[first : first + _CALLERS_AT_ONCE]
            ids = _joined(sentences)
            starts, ends = np.searchsorted(caller, ids), np.searchsorted(caller, ids, "right")
            span = np.repeat(starts, ends - starts) + _counted(ends - starts)
            row = np.repeat(np.repeat(np.arange(len(sentences)), _sizes(sentences)), ends - starts)
            keys, inverse = np.unique(row * len(self._rate) + word[span], return_inverse=True)
            best = np.zeros(len(keys))
            np.maximum.at(best, inverse, surely[span])
            rows, words = np.divmod(keys, max(1, len(self._rate)))
            good = best > 2 * self._rate[words]
            # Long documents have millions of these.
            kept, chances = words[good].astype(np.int32), best[good].astype(np.float32)
            bounds = np.searchsorted(rows[good], np.arange(len(sentences) + 1)).tolist()
            called += [(kept[low:high], chances[low:high]) for low, high in pairwise(bounds)]
        return called

    def _normalise(self) -> Floats:
        """Make the chances of each word sum up to its occurrences; returns how likely each is where it is not called for."""
        together, times = (np.zeros(len(self._rate)) for _ in range(2))
        for ids, surely in self._called:
            together[ids] += surely
            times[ids] += 1
        expected = len(self._called) * self._rate
        share = np.minimum(1.0, (1 - _SURPRISES) * expected / np.maximum(together, 1e-9))
        share = share.astype(np.float32)
        self._called = [(ids, surely * share[ids]) for ids, surely in self._called]
        left = (expected - share * together) / np.maximum(len(self._called) - times, 1)
        return np.asarray(left.clip(0.05 * self._rate, self._rate))

    def add_to(self, scores: dict[Shape, Floats], rows: range, columns: range) -> None:
        """Add to the scores of a window what the lexicon says."""
        callers, answers = (rows, columns) if self._side == 0 else (columns, rows)
        called = self._called[callers.start : callers.stop]
        used, places = _used([ids for ids, _ in called], len(self._rate))
        rate, uncalled = (values[used].astype(np.float32) for values in (self._rate, self._uncalled))
        chances = _table([ids for ids, _ in called], places, len(used), [surely for _, surely in called])
        likely = [np.maximum(group, uncalled) for group in _grouped(chances)]
        there = _table(self._words[answers.start : answers.stop], places, len(used))
        present = [_Present.of(group) for group in _grouped(there)]
        absent = [np.log((1 - group) / (1 - rate)) for group in likely]
        pays = [np.log(group / rate) - cost for group, cost in zip(likely, absent, strict=True)]
        for a, b in scores:
            one, other = (a, b) if self._side == 0 else (b, a)
            due = pays[one - 1]
            if a == b == 2:
                due = due - math.log(2) * (likely[1] > uncalled)
            found = present[other - 1].sums(due) + absent[one - 1].sum(axis=1)[:, None]
            scores[a, b] += _LEXICON_TRUST * (found if self._side == 0 else found.T)


def _ids(numbers: list[int]) -> Ids:
    return np.array(sorted(numbers), dtype=np.int64)


def _numbered(words: Iterable[str], numbers: dict[str, int]) -> Ids:
    return _ids([numbers.setdefault(word, len(numbers)) for word in sorted(words)])


def _rates(rows: list[Ids], size: int) -> Floats:
    """In what share of the sentences each of `size` ids occurs."""
    return np.asarray((np.bincount(np.concatenate([_NONE, *rows]), minlength=size) + 0.5) / (len(rows) + 1.0))


def _union(rows: list[Ids], span: range) -> Ids:
    if len(span) == 1:
        return rows[span.start]
    return np.unique(np.concatenate(rows[span.start : span.stop]))


def _joined(rows: Sequence[NDArray[Any]]) -> Ids:
    return np.concatenate([_NONE, *rows])


def _sizes(rows: Sequence[NDArray[Any]]) -> Ids:
    return np.array([len(row) for row in rows], np.int64)


def _counted(sizes: Ids) -> Ids:
    """0, 1, 2 ... for each size up to it, one after another."""
    return np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _used(rows: Sequence[NDArray[Any]], size: int) -> tuple[Ids, Ids]:
    """The ids in these rows, in order, and for each of `size` ids its place among them, -1 where it is none of them."""
    places = np.full(size, -1, np.int64)
    places[_joined(rows)] = 0
    used = np.flatnonzero(places == 0)
    places[used] = np.arange(len(used))
    return used, places


def _table(rows: Sequence[NDArray[Any]], places: Ids, width: int, values: Sequence[NDArray[Any]] | None = None) -> Cells:
    """Rows of ids as a table with a column for each place: their values there (else 1), and 0 elsewhere."""
    table = np.zeros((len(rows), width), np.float32)
    column = places[_joined(rows)]
    kept = column >= 0
    row = np.repeat(np.arange(len(rows)), _sizes(rows))
    table[row[kept], column[kept]] = 1.0 if values is None else np.concatenate([np.empty(0), *values])[kept]
    return table


@dataclass(frozen=True, slots=True)
class _Present:
    """Which columns are set in which rows of a table: the rows that have any, where each begins, and all columns."""

    size: int
    filled: Ids
    firsts: Ids
    columns: Ids

    @classmethod
    def of(cls, table: Cells) -> "_Present":
        rows, columns = np.nonzero(table > 0)
        filled, firsts = np.unique(rows, return_index=True)
        return cls(len(table), filled, firsts, columns)

    def sums(self, values: Cells) -> Cells:
        """At [i, j] the sum of values[i] over the columns set in row j.

        Few are set: this is as fast as a product of matrices, and leaves alone the threads of a linear algebra library,
        which slow each other down where other programs are at work.
        """
        sums = np.zeros((self.size, len(values)), np.float32)
        by_column = np.ascontiguousarray(values.T)
        for start in range(0, len(self.filled), _ROWS_AT_ONCE):
            filled, firsts = self.filled[start : start + _ROWS_AT_ONCE], self.firsts[start : start + _ROWS_AT_ONCE]
            end = self.firsts[start + _ROWS_AT_ONCE] if start + _ROWS_AT_ONCE < len(self.firsts) else len(self.columns)
            sums[filled] = np.add.reduceat(by_column[self.columns[firsts[0] : end]], firsts - firsts[0], axis=0)
        return sums.T


def _grouped(rows: Cells) -> list[Cells]:
    """The rows, and the maxima of two and of three neighbouring rows."""
    two = np.maximum(rows[:-1], rows[1:])
    return [rows, two, np.maximum(two[:-1], rows[2:])]
