"""The words of English that surround numerals: months, fractions, multiples, words of degree."""

import re
from functools import cache
from typing import Final

from lang.quantities.numerals import ENGLISH_SCALES, ONES, ORDINALS, TENS
from lang.quantities.quantity import Qualifier
from lang.quantities.units import currencies

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "January,Jan February,Feb March,Mar April,Apr May June,Jun July,Jul August,Aug September,Sept,Sep October,Oct"
        " November,Nov December,Dec".split(),
        start=1,
    )
    for name in names.split(",")
}
MONTH: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    + "|".join(f"{short}(?![a-z])" for short in "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split())
    + ")"
)
MULTIPLES: Final = {
    **dict.fromkeys("double doubled doubles doubling twice".split(), 2),
    **dict.fromkeys("triple tripled triples tripling treble trebled trebling thrice".split(), 3),
    **dict.fromkeys("quadruple quadrupled quadruples quadrupling".split(), 4),
    **dict.fromkeys("quintupled quintupling".split(), 5),
    **dict.fromkeys("halve halved halving".split(), 0),
}
FRACTION_WORDS: Final = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "hundredth": 100, "thousandth": 1000,
}  # fmt: skip
DECADES: Final = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90,
}  # fmt: skip

_TEENS: Final = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"


@cache
def number_words() -> str:
    """The words at which a quantity can begin, as the alternatives of a regular expression, by their first letter."""
    words = {
        *(ONES.keys() - {"zero"}), *TENS, *ENGLISH_SCALES, *ORDINALS, *MULTIPLES, *DECADES,
        "half", "quarter", "dozen", "decade", "decades", "century", "fortnight", "semi-annual", "biennial", "biannual",
        "triennial", "final quarter", "last quarter", "latter half", "latter part",
    }  # fmt: skip
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    small = "|".join(f"[{letter}{letter.upper()}](?:{'|'.join(rest)})" for letter, rest in sorted(by_letter.items()))
    return f"(?:{small})(?:fold|ly)?"


@cache
def signs() -> dict[str, str]:
    """What stands before an amount -> currency code."""
    return {sign: currency.code for currency in currencies().values() for sign in currency.signs}


_BEFORE: Final[dict[Qualifier, str]] = {
    "at least": "at least|no less than|not less than|no fewer than|not fewer than|a minimum of|minimum of",
    "at most": "up to|at most|no more than|not more than|not exceeding|a maximum of|not over",
    "over": "more than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards of|surpass(?:es|ed|ing)?|greater than|higher than"
    "|topp(?:ed|ing)|beyond|well over|just over",
    "nearly": "nearly|almost|close to|approaching|near|just under|just below",
    "below": "less than|fewer than|below|under|lower than|short of",
    "about": "about|around|approximately|some|roughly|circa|ca\\.|an estimated|or so|in the region of",
}
_AFTER: Final[dict[Qualifier, str]] = {
    "at least": "(?:or|and) (?:more|above|over|older)",
    "at most": "or (?:less|fewer|below|under)",
    "about": "or so",
    "over": "\\+|plus(?![a-z])",
}
_ORDER: Final = ("at least", "at most", "nearly", "over", "below", "about")


@cache
def before_pattern() -> re.Pattern[str]:
    """Matches words of degree at the end of what stands before a quantity; group names tell which."""
    parts = "|".join(f"(?P<{name.replace(' ', '_')}>{_BEFORE[name]})" for name in _ORDER)
    return re.compile(rf"(?<![A-Za-z])(?:{parts})(?: an?)? $", re.IGNORECASE)


@cache
def after_pattern() -> re.Pattern[str]:
    """The same for what follows a quantity."""
    return re.compile(" ?(?:" + "|".join(f"(?P<{n.replace(' ', '_')}>{words})" for n, words in _AFTER.items()) + ")")


GROWTH: Final = re.compile(
    r"(?:ris(?:e|es|en|ing)|rose|gr[eo]w(?:s|n|th|ing)?|increas(?:e|es|ed|ing)|up|jump(?:s|ed)?|surg(?:e|ed|ing)|climb(?:s"
    r"|ed)?|soar(?:s|ed)?"
    r"|expand(?:s|ed)?|higher)(?: by)?(?: (?:about|nearly|almost|over|more than|around|approximately|some|at least|up to"
    r"|less than))? $",
    re.IGNORECASE,
)
"""Verbs of growth right before a multiple: up 11.8-fold, increased by 11.8 times."""
