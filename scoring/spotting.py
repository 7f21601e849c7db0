"""Where a term's spelling stands in a running text: exactly so, or in another inflection, hyphenation, script or spacing.

English spellings are looked for by words, as the term base's recogniser does, so `AIs` is not in `raised` and `tax refunds`
is `tax refund`. Spellings with Chinese characters are looked for as characters, folded by script and width.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from lang.fold import HAN, Squeezed, fold, fold_tracked, squeeze, term_key
from lang.inflection import ARTICLES, BREAK, COMMA, Word, loose_forms, without_article, word_key, words
from lang.script import has_han

_LATIN: Final = re.compile("[0-9a-z]")
_SYMBOLS: Final = "$%+#&€£¥°"
_LEADING: Final = re.compile(f"^[{_SYMBOLS}]+")
_TRAILING: Final = re.compile(f"[{_SYMBOLS}]+$")
_NOTE: Final = re.compile(r"(?<=[a-z]{5})[0-9]{1,2}(?![0-9a-z])")
_PARENTHESES: Final = re.compile(r"[(（]([^()（）]*)[)）]")
_MARKS: Final = re.compile("[\"'“”„‟‘’「」『』《》〈〉]")
_DASHES: Final = re.compile("[‐‑‒–—―−﹣]")
_CHINESE_BLANK: Final = re.compile(f"(?<=[{HAN}])\\s+|\\s+(?=[{HAN}])")
# Between the characters of a Chinese term these come and go: 以風險為本(的)監管, 貨銀兩訖－交收.
_PARTICLES: Final = re.compile(r"\([a-z0-9/&.\-]{2,12}\)|[\s的之\-·、/()「」《》]")
# Which word for "and" joins the parts of a name is a matter of taste: 財政及外匯儲備, 財政與外匯儲備.
_CONJUNCTIONS: Final = str.maketrans("与和暨", "及及及")
# What is often typed for another character: 巿, a kneepad, and a line of a box.
_LOOKALIKES: Final = str.maketrans("巿╱", "市/")
# So short a word of Latin letters is a name by its capitals: IT is not it, and CoP no cop.
_SHORT: Final = 5
_SHORTEST_SOLID: Final = 6
_SHORTEST_BARE: Final = 4


class Occurrence(NamedTuple):
    """A spelling found in a text: text[start:end]. `exact` unless it is inflected, hyphenated or written otherwise."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """A term's text made ready for the search; made by `spelling`.

    `forms` are the loose forms of an English text's words, empty for one with Chinese characters; `key` is the folded
    text. `first` is the first form or character.
    """

    text: str
    key: str
    exact_key: str
    forms: tuple[str, ...]
    first: str
    word_keys: tuple[str, ...] = ()
    article: bool = False
    solid: str = ""
    symbols: tuple[str, str] = ("", "")
    capitals: int = 0

    @property
    def start(self) -> str:
        """What an index of spellings goes by: the first two forms, or characters, or the only one."""
        return " ".join(self.forms[:2]) if self.forms else self.key[:2]


@lru_cache(maxsize=200_000)
def spelling(text: str) -> Spelling | None:
    """The spelling of a term's text; None where it has neither a word nor a Chinese character."""
    if has_han(text):
        key = term_key(text.translate(_LOOKALIKES))
        return Spelling(text, key, exact_key(text), (), key[0], solid=_bare(key)) if key else None
    folded = _without_notes(fold(text).strip())
    sequence = loose_forms(folded)
    found = [word.text for word in words(folded)]
    if not found:
        return None
    kept = without_article(sequence)
    named = without_article(found)
    # What would leave one everyday word keeps its article: the Group is not every group.
    article = len(named) == 1 and len(found) > 1
    only = len(found) == 1
    leading, trailing = _LEADING.search(folded), _TRAILING.search(folded)
    capitals = sum(char.isupper() for char in text) if only and len(found[0].removesuffix("s")) <= _SHORT else 0
    return Spelling(
        text,
        folded,
        exact_key(text),
        tuple(kept),
        kept[0],
        tuple(word_key(word) for word in named),
        article,
        "".join(form for form in kept if form not in (COMMA, BREAK)),
        (leading.group() if leading else "", trailing.group() if trailing else ""),
        min(capitals, 2) if capitals > 1 or len(found[0]) <= 3 else 0,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """What a spelling with parentheses stands for besides itself: its full form, or its short form.

    `not_behind` is the character before the short form where that is the end of the full one: 特別組織 behind 動 is no short
    form of 財務行動特別組織 but the end of a name that resembles it.
    """

    spelling: Spelling
    not_behind: str = ""


@lru_cache(maxsize=200_000)
def parts_of(text: str) -> tuple[Part, ...]:
    """The full and the short form of a spelling like 強制性公積金（強積金）.

    What stands in parentheses counts only at the end, and if it abbreviates the rest: an acronym of an English name does so
    for an English name only.
    """
    matches = list(_PARENTHESES.finditer(text))
    if not matches:
        return ()
    rest = _PARENTHESES.sub("", text).strip()
    parts: list[Part] = []
    full = spelling(rest) if _stands_alone(rest) else None
    if full is not None:
        parts.append(Part(full))
    inside = matches[0][1].strip()
    if len(matches) == 1 and not text[matches[0].end() :].strip(" 」》") and _stands_alone(inside):
        short = spelling(inside)
        if short is not None and short.key != (full.key if full else ""):
            if _abbreviates(short.key, term_key(rest)):
                before = term_key(rest).removesuffix(short.key) if term_key(rest).endswith(short.key) else ""
                parts.append(Part(short, before[-1:]))
            elif not has_han(rest) and _is_acronym(inside):
                parts.append(Part(short))
    return tuple(parts)


def exact_key(text: str) -> str:
    """What stays the same between two texts spelt alike: width, kinds of dashes, quotation marks and blanks do not count."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", _DASHES.sub("-", text)))
    return " ".join(_CHINESE_BLANK.sub("", plain).split())


class Passage:
    """A text in which spellings are looked for; prepared once, as far as is needed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold_tracked(text.translate(_LOOKALIKES))

    def find(self, wanted: Spelling) -> list[Occurrence]:
        """Where a spelling stands, by words or by folded characters, in order, none overlapping another."""
        return self._find_words(wanted) if wanted.forms else self._find_characters(wanted)

    def find_term(self, wanted: Spelling) -> list[Occurrence]:
        """As `find`, for what is to be sure of a word's sense: English verb forms are other words, and a plural, where it is
        all of a term, is not the singular: no securities in security, no licensed banks in licence banks.
        """
        if not wanted.forms:
            return self._find_characters(wanted)
        found = self._find_words(wanted, loose=False)
        if len(wanted.word_keys) == 1 and wanted.key.endswith("s") and wanted.text[-2:-1].islower():
            return [occurrence for occurrence in found if self.text[occurrence.end - 1] in "sS"]
        return found

    def find_loosely(self, wanted: Spelling) -> list[Occurrence]:
        """Where it stands if hyphens and blanks in English words and particles in Chinese terms do not count. None is exact."""
        return self._find_solid(wanted) if wanted.forms else self._find_bare(wanted)

    def starts(self) -> Iterator[str]:
        """What spellings that stand in this text can begin with; see Spelling.start."""
        yield from self._places_of_forms
        sequence = self._sequence[0]
        yield from {f"{first} {second}" for first, second in pairwise(sequence)}
        if has_han(self.text):
            yield from {first + second for first, second in pairwise(self._squeezed.text)}

    # English

    @cached_property
    def _words(self) -> list[Word]:
        return words(self._latin)

    @cached_property
    def _latin(self) -> str:
        return _without_notes(self._folded.text)

    @cached_property
    def _sequence(self) -> tuple[list[str], list[int]]:
        """The words' forms with marks for punctuation, and for each of these the place of its word."""
        sequence = loose_forms(self._latin)
        places: list[int] = []
        for form in sequence:
            places.append((places[-1] if places else -1) + (form not in (COMMA, BREAK)))
        return sequence, places

    @cached_property
    def _places_of_forms(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for place, form in enumerate(self._sequence[0]):
            index.setdefault(form, []).append(place)
        return index

    def _find_words(self, wanted: Spelling, *, loose: bool = True) -> list[Occurrence]:
        at = self._places_of_forms.get(wanted.first)
        if at is None:
            return []
        sequence, places = self._sequence
        forms = list(wanted.forms)
        found: list[Occurrence] = []
        free = 0
        for place in at:
            if place < free or sequence[place : place + len(forms)] != forms:
                continue
            first, last = places[place], places[place + len(forms) - 1]
            # One word alone must be the same word: housing is not in houses.
            if not (loose and len(wanted.word_keys) > 1) and not self._same_words(wanted, first, last):
                continue
            occurrence = self._with_symbols(wanted, self._words[first].start, self._words[last].end)
            if occurrence is not None:
                free = place + len(forms)
                found.append(occurrence)
        return found

    def _same_words(self, wanted: Spelling, first: int, last: int) -> bool:
        """Whether the words are those wanted in another number or spelling at most, with the article that is wanted."""
        keys = tuple(word_key(word.text) for word in self._words[first : last + 1])
        return keys == wanted.word_keys and (not wanted.article or (first > 0 and self._words[first - 1].text in ARTICLES))

    def _with_symbols(self, wanted: Spelling, start: int, end: int) -> Occurrence | None:
        """The occurrence with the symbols the spelling begins and ends with; None without them, or without its capitals."""
        folded = self._folded.text
        before, after = wanted.symbols
        if not folded.startswith(after, end) or not folded.endswith(before, 0, start):
            return None
        start, end = self._folded.span(start - len(before), end + len(after))
        text = self.text[start:end]
        if sum(char.isupper() for char in text) < wanted.capitals:
            return None
        return Occurrence(start, end, _same_but_for_capitals(text, wanted.exact_key))

    @cached_property
    def _solid(self) -> tuple[str, dict[int, int], dict[int, int]]:
        """All words' forms as one string, and which word begins, and which ends, at a place of it."""
        sequence, places = self._sequence
        pieces: list[str] = []
        beginning: dict[int, int] = {}
        ending: dict[int, int] = {}
        length = 0
        for form, place in zip(sequence, places, strict=True):
            if form in (COMMA, BREAK):
                # No term reaches over punctuation.
                pieces.append("\n")
                length += 1
                continue
            beginning[length] = place
            pieces.append(form)
            length += len(form)
            ending[length] = place
        return "".join(pieces), beginning, ending

    def _find_solid(self, wanted: Spelling) -> list[Occurrence]:
        if len(wanted.solid) < _SHORTEST_SOLID or wanted.symbols != ("", ""):
            return []
        text, beginning, ending = self._solid
        found: list[Occurrence] = []
        for start in _all_places(text, wanted.solid):
            end = start + len(wanted.solid)
            if start in beginning and end in ending:
                first, last = self._words[beginning[start]], self._words[ending[end]]
                found.append(Occurrence(*self._folded.span(first.start, last.end), exact=False))
        return found

    # Chinese

    @cached_property
    def _squeezed(self) -> Squeezed:
        return squeeze(self._folded)

    def _find_characters(self, wanted: Spelling) -> list[Occurrence]:
        squeezed = self._squeezed
        found: list[Occurrence] = []
        for start in _all_places(squeezed.text, wanted.key):
            end = start + len(wanted.key)
            if not _at_boundaries(squeezed.text, start, end):
                continue
            span = squeezed.span(start, end)
            found.append(Occurrence(*span, exact_key(self.text[slice(*span)]) == wanted.exact_key))
        return found

    @cached_property
    def _bare(self) -> tuple[str, list[int]]:
        """The characters without particles and punctuation, and where each stood."""
        text = self._squeezed.text
        kept: list[int] = []
        last = 0
        for match in _PARTICLES.finditer(text):
            kept.extend(range(last, match.start()))
            last = match.end()
        kept.extend(range(last, len(text)))
        return _bare(text), kept

    def _find_bare(self, wanted: Spelling) -> list[Occurrence]:
        # Two characters with 的 between them are seldom the word they would be without.
        if len(wanted.solid) < _SHORTEST_BARE:
            return []
        text, kept = self._bare
        found: list[Occurrence] = []
        for start in _all_places(text, wanted.solid):
            first, last = kept[start], kept[start + len(wanted.solid) - 1]
            if _at_boundaries(self._squeezed.text, first, last + 1) and "\n" not in self._squeezed.text[first:last]:
                found.append(Occurrence(*self._squeezed.span(first, last + 1), exact=False))
        return found

    def find_parts(self, wanted: Spelling) -> list[Occurrence]:
        """Where the full or the short form of a spelling with parentheses stands (see parts_of)."""
        found: list[Occurrence] = []
        for part in parts_of(wanted.text):
            for start, end, _ in self.find(part.spelling):
                before = fold(self.text[start - 1 : start]) if start else ""
                if not part.not_behind or before != part.not_behind:
                    found.append(Occurrence(start, end, exact=False))
        return found


def _without_notes(folded: str) -> str:
    """The text without the numbers of footnotes that stand at the end of words (Glasgow Declaration5), in the same length."""
    return _NOTE.sub(lambda match: " " * len(match.group()), folded)


def _bare(text: str) -> str:
    return _PARTICLES.sub("", text).translate(_CONJUNCTIONS)


def leftmost_longest(spans: Iterable[tuple[int, int]]) -> list[int]:
    """Which of some spans remain when, from left to right, the longest is taken and none overlaps another: their places."""
    numbered = sorted(enumerate(spans), key=lambda item: (item[1][0], -item[1][1]))
    kept: list[int] = []
    free = 0
    for number, (start, end) in numbered:
        if start >= free:
            kept.append(number)
            free = end
    return kept


def _all_places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _at_boundaries(text: str, start: int, end: int) -> bool:
    before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return not before and not after


def _same_but_for_capitals(text: str, key: str) -> bool:
    """Whether a text is spelt as the key, or with capitals where that has small letters, as in headings."""
    found = exact_key(text)
    words_found, words_wanted = found.split(), key.split()
    if words_wanted[0].lower() in ARTICLES and len(words_found) == len(words_wanted) - 1:
        key = " ".join(words_wanted[1:])
    return len(found) == len(key) and all(a == b or a == b.upper() for a, b in zip(found, key, strict=True))


def _stands_alone(text: str) -> bool:
    return len(text) >= 2 and (has_han(text) or bool(words(fold(text))))


def _abbreviates(short: str, full: str) -> bool:
    characters = iter(full)
    return has_han(short) and len(short) < len(full) and all(char in characters for char in short)


def _is_acronym(text: str) -> bool:
    return re.fullmatch(r"(?=(?:.*[A-Z]){2})[A-Za-z0-9/&.\-]{2,12}", text) is not None
