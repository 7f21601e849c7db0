"""How alike two segments are: the one function every match of the memory is scored by.

For Chinese the score is 1 - levenshtein(a, b) / max(len a, len b) over folded characters, for English over folded words,
with characters breaking ties. Folding makes the two scripts, full and half width and letter case equal; punctuation and
blanks count. Two segments that differ in their numbers only get at least 1 - NUMBER_PENALTY: the numbers are filled in.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal

from lang.fold import fold

Language = Literal["zh", "en"]

SCRIPT_CEILING: Final = 0.99
"""The best a unit can get whose folded text is the query's, but which is written in the other script, width or case."""

NUMBER_PENALTY: Final = 0.02
"""Taken off the score of two segments that are the same but for the values of their numbers: it is never a whole one."""

_QUOTES: Final = str.maketrans("「」『』", "\"\"''")
_NUMERALS: Final = re.compile(r"[0-9][0-9,.]*(?<![,.])|[〇零一二三四五六七八九十百千万亿两]+")

# Where two English segments have the same score by words, the one nearer by characters comes first: this much of it counts.
_TIE: Final = 0.001
TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
"""A word or sign of a folded English segment."""


def segment_key(text: str) -> str:
    """The folded form of a segment that scores compare; traditional Chinese quotes with 「」 where simplified has “”."""
    folded = fold(text).strip()
    return folded.translate(_QUOTES) if "「" in folded or "『" in folded else folded


def words_of(folded: str) -> list[str]:
    """The words and punctuation marks of a folded English segment."""
    return TOKEN.findall(folded)


def score(a: str, b: str, language: Language) -> float:
    """The score of two folded segments (see segment_key), in [0, 1], 1.0 only where they are equal; symmetric."""
    from rapidfuzz.distance import Levenshtein

    if a == b:
        return 1.0
    if language == "zh":
        return Levenshtein.normalized_similarity(a, b)
    by_words = Levenshtein.normalized_similarity(words_of(a), words_of(b))
    return max(0.0, by_words - _TIE * Levenshtein.normalized_distance(a, b))


def has_number(folded: str) -> bool:
    """Whether a numeral of either kind stands in a folded text."""
    return _NUMERALS.search(folded) is not None


def differing_in_numbers_only(folded: str, texts: Mapping[int, str]) -> set[int]:
    """Those of some folded segments that are not equal to one, and become so when the value of every number is left open."""
    numerals = list(_NUMERALS.finditer(folded))
    if not numerals:
        return set()
    # Nearly all are ruled out by what stands before the first number and after the last.
    head, tail = folded[: numerals[0].start()], folded[numerals[-1].end() :]
    left_open = _NUMERALS.sub("0", folded)
    return {
        number
        for number, text in texts.items()
        if text.startswith(head) and text.endswith(tail) and text != folded and _NUMERALS.sub("0", text) == left_open
    }
