"""What a number in a text says: its exact value, its unit, and where it stands."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Language = Literal["zh", "en"]
Qualifier = Literal["", "over", "nearly", "about", "at least", "at most", "below"]
Kind = Literal[
    "number",
    "money",
    "percent",
    "points",
    "multiple",
    "fraction",
    "measure",
    "duration",
    "ordinal",
    "year",
    "date",
    "time",
    "ambiguous",
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as a text states it.

    `text` is text[start:end] of the original, from the first numeral or currency sign to the last numeral or the unit;
    words of counting (家, 宗), qualifiers around it (逾, 左右, more than) and verbs (增長) are outside.

    `value` is exact, in `unit`: 2,236.6億元 is 223,660,000,000 CNY, 六成 is 60 percent, 三分之一 is 1/3. `high` is the
    upper end of a range, in the same unit, None where there is none.

    `unit` is "" for a bare number and for what is merely counted (家, 宗, companies); an ISO 4217 code for money; "percent",
    "percentage point", "basis point"; "percent of price" (八折 is 80); "times" (a level: 2.6 times the average, 翻兩番 is
    4), "fold increase" (what was added: 增長11.8倍 is 11.8, that is 12.8 times the former level), "fold" (English
    "twelvefold" and "five times more", which writers use for both); "quarter", "half", "decade" for their ordinals;
    otherwise the name of a unit of `lang.quantities.units` ("km", "mu", "jin", "year", "person").

    By kind: "year" has the year as value (1990 with unit "decade" for the 1990s; a high end for 2018/19); "date" is
    year * 10000 + month * 100 + day with 0 for what is not said, so June alone is 600; "time" is the minute of the day;
    "ambiguous" is 兆, which is 10^12 in Taiwan and 10^6 elsewhere: value is only what stands before it, unit is "兆".

    `optional` marks what the other language often leaves unsaid or puts into another word: one year (a year, annual),
    two (both), first, half-yearly. Such a quantity is matched where it can be and never reported as missing.
    """

    start: int
    end: int
    text: str
    value: Fraction
    high: Fraction | None = None
    unit: str = ""
    kind: Kind = "number"
    qualifier: Qualifier = ""
    optional: bool = False
