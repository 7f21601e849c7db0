"""Dates, years, quarters and ordinals in English text."""

import re
from fractions import Fraction
from typing import Final

from lang.quantities.english_words import DECADES, MONTH, MONTHS
from lang.quantities.numerals import ORDINALS, TENS
from lang.quantities.reading import Found, date_value

_ANY_CASE: Final = MONTH[:-1] + "|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
_DAY: Final = r"(?P<d>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<y>(?:1[0-9]|20|21)[0-9]{2})(?![0-9]|[,.][0-9]|%)"
_DAY_MONTH: Final = re.compile(
    rf"{_DAY}(?:-| (?:of )?)(?P<m>(?-i:(?!may)){_ANY_CASE})\.?(?![A-Za-z])(?:,? {_YEAR})?", re.IGNORECASE
)
_DAYS_MONTH: Final = re.compile(
    rf"(?P<d>[12]?[0-9]|3[01])(?:st|nd|rd|th)?(?P<s> ?- ?| to | and | & )(?P<e>[12]?[0-9]|3[01])(?:st|nd|rd|th)?"
    rf" (?P<m>{_ANY_CASE})(?![A-Za-z])"
    rf"(?:,? {_YEAR})?"
)
_MONTH_DAYS: Final = re.compile(
    rf"(?P<m>{_ANY_CASE})\.? {_DAY}(?: ?-| to| and)(?P<e> ?[12]?[0-9]|3[01])(?![0-9%]|[,.][0-9])(?:,? {_YEAR})?"
)
_MONTH_DAY: Final = re.compile(rf"(?P<m>{_ANY_CASE})\.? {_DAY}(?![0-9]|[,.][0-9]|%)(?:,? {_YEAR})?")
_MONTH_YEAR: Final = re.compile(rf"(?P<m>{_ANY_CASE})\.?(?:,? | of ){_YEAR}")
_MONTHS: Final = re.compile(rf"(?P<m>{_ANY_CASE})(?: to | through | ?- ?)(?P<n>{_ANY_CASE})(?![A-Za-z])(?:,? {_YEAR})?")
_MONTH_ONLY: Final = re.compile(rf"(?P<m>{_ANY_CASE})(?![A-Za-z])")
_ISO: Final = re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9])")
_YEARS: Final = re.compile(
    r"(?P<y>(?:19|20|18)[0-9]{2}) ?(?P<s>/|-|—| to | through )(?: ?)(?P<z>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9]|[,.][0-9]|%|[a-z])"
)
_DECADE: Final = re.compile(r"(?P<y>(?:1[0-9]|20)[0-9]0)'?s(?![A-Za-z])")
_ONE_YEAR: Final = re.compile(r"(?P<y>(?:19|20)[0-9]{2}|1[5-8][0-9]{2})(?![0-9]|[,.][0-9]|%|/[0-9]|[A-Za-z])")
# The number of a note stuck to a year, as plain text has it: in 20246.
_YEAR_WITH_NOTE: Final = re.compile(r"(?P<y>(?:19|20)[0-9]{2})[1-9](?=[.;:,)](?![0-9])|$)")
_YEAR_BEFORE: Final = re.compile(r"(?<![a-z])(?:in|of|since|during|until) $")
_NO_YEAR: Final = re.compile(
    r" ?%|[ -](?:million|billion|trillion|thousand|hundred|percent|per cent|yuan|dollars|people|persons|km|kilomet|sq"
    r"|tonnes|tons|mu |hectares|metres|meters|companies|households|enterprises|students|employees|participants|kWh|times"
    r"|basis)"
)
_CLOCK: Final = re.compile(
    r"(?P<h>[01]?[0-9]|2[0-4])(?:(?::|\.(?=[0-9]{2} ?[ap]\.?m))(?P<i>[0-5][0-9])(?![0-9:]))?(?: ?(?P<p>[ap]\.?m\.?(?![a-z])))?",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(r"(?P<n>[0-9]{1,3}(?:,[0-9]{3})*)(?:st|nd|rd|th)(?![A-Za-z])")
_QUARTER: Final = re.compile(r"[ -]quarters?(?![A-Za-z])(?!-finals?)")
_HALF: Final = re.compile(r"[ -]half(?![A-Za-z])(?:[- ]years?(?![a-z]))?")
_QUARTER_CODE: Final = re.compile(r"(?:Q(?P<a>[1-4])|(?P<b>[1-4])Q)(?![A-Za-z0-9])")
_HALF_CODE: Final = re.compile(r"(?:H(?P<a>[12])|(?P<b>[12])H)(?![A-Za-z0-9])")
_TENS_ORDINAL: Final = re.compile(rf"({'|'.join(TENS)})-({'|'.join(list(ORDINALS)[:9])})(?![a-z])", re.IGNORECASE)
_MAY_BEFORE: Final = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|and|between|early|late|mid|end|on|during|the|for|before|after|as of|last"
    r"|this|next|through|or|every|,|\()[ -]?)$",
    re.IGNORECASE,
)


def _dated(match: re.Match[str], start: int) -> Found | None:
    parts = match.groupdict()
    month = parts.get("m") or ""
    number = int(month) if month.isdigit() else MONTHS.get(month.title(), 0)
    value = date_value(int(parts.get("y") or 0), number, int(parts.get("d") or 0))
    return None if value is None else Found(start, match.end(), value, "date", "date")


def read_digits(text: str, start: int) -> Found | None:
    """The date, year, ordinal or clock time whose first digit stands at `start`."""
    if days := _DAYS_MONTH.match(text, start):
        return _days(days)
    for pattern in (_ISO, _DAY_MONTH):
        if match := pattern.match(text, start):
            return _dated(match, start)
    if match := _DECADE.match(text, start):
        return Found(start, match.end(), Fraction(int(match["y"])), "decade", "year")
    if (match := _YEARS.match(text, start)) and (found := _years(match)):
        return found
    if match := _ORDINAL.match(text, start):
        return _ordinal(text, start, match.end(), int(match["n"].replace(",", "")))
    if match := _QUARTER_CODE.match(text, start):
        return Found(start, match.end(), Fraction(int(match["b"])), "quarter", "ordinal")
    if (match := _CLOCK.match(text, start)) and (match["i"] or match["p"]) and not text.startswith("%", match.end()):
        return _clock(match)
    if (match := _YEAR_WITH_NOTE.match(text, start)) and _YEAR_BEFORE.search(text[max(0, start - 8) : start]):
        return Found(start, match.end("y"), Fraction(int(match["y"])), "year", "year")
    if (match := _ONE_YEAR.match(text, start)) and not _NO_YEAR.match(text, match.end()):
        return Found(start, match.end(), Fraction(int(match["y"])), "year", "year")
    return None


def _days(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    month, year = MONTHS[match["m"].title()], int(parts.get("y") or 0)
    low, high = (date_value(year, month, int(match[name])) for name in ("d", "e"))
    if low is None or high is None or low >= high:
        return None
    return Found(match.start(), match.end(), low, "date", "date", high)


def _years(match: re.Match[str]) -> Found | None:
    low, written = int(match["y"]), match["z"]
    high = int(written)
    if len(written) == 2:
        high += low - low % 100
        if high != low + 1 and match["s"] not in ("/", "-"):
            return None
    if not low < high <= low + 300:
        return None
    return Found(match.start(), match.end(), Fraction(low), "year", "year", Fraction(high))


def _clock(match: re.Match[str]) -> Found:
    hour, half_day = int(match["h"]), (match["p"] or "").lower()
    if half_day.startswith("p") and hour < 12:
        hour += 12
    return Found(match.start(), match.end(), Fraction(hour * 60 + int(match["i"] or 0)), "time", "time")


def _ordinal(text: str, start: int, end: int, value: int, *, optional: bool = False) -> Found:
    if quarter := _QUARTER.match(text, end):
        return Found(start, quarter.end(), Fraction(value), "quarter", "ordinal")
    if value <= 2 and (half := _HALF.match(text, end)):
        return Found(start, half.end(), Fraction(value), "half", "ordinal")
    return Found(start, end, Fraction(value), "", "ordinal", optional=optional)


def read_ordinal_word(text: str, start: int, end: int, word: str) -> Found:
    """An ordinal in words, `word` being its last part: third quarter, twenty-first, first half."""
    return _ordinal(
        text, start, end, ORDINALS[word], optional=ORDINALS[word] <= 2 or (text[start].isupper() and text.startswith(",", end))
    )


def read_tens_ordinal(text: str, start: int) -> Found | None:
    """Twenty-first and the like."""
    match = _TENS_ORDINAL.match(text, start)
    if not match:
        return None
    return _ordinal(text, start, match.end(), TENS[match.group(1).lower()] + ORDINALS[match.group(2).lower()])


def read_month(text: str, start: int) -> Found | None:
    """A date that begins with the name of a month, or a month alone; `May` needs the company of a date."""
    if days := _MONTH_DAYS.match(text, start):
        return _days(days)
    for pattern in (_MONTH_DAY, _MONTH_YEAR):
        if match := pattern.match(text, start):
            return _dated(match, start)
    if months := _MONTHS.match(text, start):
        year = int(months["y"] or 0) * 10000
        low, high = (year + 100 * MONTHS[months[name].title()] for name in ("m", "n"))
        if low < high:
            return Found(start, months.end(), Fraction(low), "date", "date", Fraction(high))
    match = _MONTH_ONLY.match(text, start)
    if match and text.startswith(" Day", match.end()):
        return None
    if not match or (len(match.group()) == 3 and match.group() != "May"):
        return None
    if match.group() in ("May", "MAY") and not _MAY_BEFORE.search(text[max(0, start - 9) : start]):
        return None
    if match.group() in ("March", "August") and (not start or text[max(0, start - 2) : start] in (". ", "; ")):
        # March forward, August bodies.
        return None
    return _dated(match, start)


def read_code(text: str, start: int) -> Found | None:
    """Q3, H1."""
    if match := _QUARTER_CODE.match(text, start):
        return Found(start, match.end(), Fraction(int(match["a"])), "quarter", "ordinal")
    if match := _HALF_CODE.match(text, start):
        return Found(start, match.end(), Fraction(int(match["a"])), "half", "ordinal")
    return None


_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}
_NUMBERED: Final = re.compile(
    r"(?:Article|Chapter|Part|Section|Phase|Schedule|Volume|Stage|Annex|Pillar|Level|Tier|Type) (?P<n>[IVX]+)(?![A-Za-z])"
)


def read_roman(text: str, start: int) -> Found | None:
    """Article IV, Phase II: an ordinal that Chinese writes in numerals of its own."""
    match = _NUMBERED.match(text, start)
    value = _ROMAN.get(match["n"]) if match else None
    return Found(match.start("n"), match.end(), Fraction(value), "", "ordinal", optional=True) if match and value else None


_SECTOR: Final = re.compile(r"(?P<n>[Pp]rimary|[Ss]econdary)(?= (?:industr|sector))|(?P<t>[Tt]ertiary)(?![A-Za-z])")


def read_sector(text: str, start: int) -> Found | None:
    """Primary, secondary and tertiary industry: 第一產業, 第二產業, 第三產業."""
    match = _SECTOR.match(text, start)
    if not match:
        return None
    value = {"p": 1, "s": 2, "t": 3}[match.group()[0].lower()]
    return Found(start, match.end(), Fraction(value), "", "ordinal", optional=True)


def decade_word(word: str) -> int:
    """The first year of the decade a word names, of the last century: nineties, 1990."""
    return 1900 + DECADES[word]
