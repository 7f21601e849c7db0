"""Numbers with their units, ranges and scales in English text."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from lang.quantities import english_dates
from lang.quantities.english_words import FRACTION_WORDS, GROWTH, MONTH, signs
from lang.quantities.numerals import ENGLISH_SCALES, ONES, Numeral, read_english_digits, read_english_words, read_scale
from lang.quantities.reading import LABEL, LONGEST_DIGITS, VERSION, Found, joined, kind_of
from lang.quantities.units import FOLD, FOLD_INCREASE, TIMES, currencies, english_units

UNIT: Final = re.compile(
    r"(?P<sign>[ -]?(?:%(?: points?)?|[°℃]C?))"
    r"|[ \-](?P<words>(?:per cent|[Uu]\.[Ss]\.|[A-Za-zµμ]+[²³23]?)(?:[ \-][A-Za-z]+){0,2})"
    r"|(?P<near>[A-Za-zµμ×]+[²³23]?)(?![0-9A-Za-z])"
)
RANGE: Final = re.compile(r"-? to | ?(?:-|—|~) ?| through ")
_AND: Final = re.compile(" and ")
_BY: Final = re.compile(r"(?<![a-z])by(?: about| around| over| some)? $")
_BETWEEN: Final = re.compile(r"[Bb]etween (?:about |around |approximately )?$")
NUMERATOR: Final = re.compile(
    r"(?P<n>one|two|three|four|five|six|seven|eight|nine|[1-9])[ -](?P<d>half|halves|third|quarter|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth"
    r"|hundredth|thousandth)(?P<s>s?)(?![a-z])",
    re.IGNORECASE,
)
_AND_A_HALF: Final = re.compile(r"[ -]and[ -](?:a|one)[ -](?P<p>half|quarter|third)(?![a-z])")
_SLASH: Final = re.compile(r"(?P<n>[0-9]{1,3})/(?P<d>[0-9]{1,3})(?![0-9/])")
_FOLDS: Final = re.compile(r"[ -]?fold(?![a-z])")
_DOZEN: Final = re.compile(r"[ -]dozens?(?![a-z])")
_COMPARED: Final = re.compile(r" (?:more|higher|greater|larger|faster|longer|bigger|stronger)(?![a-z])")
_AGE: Final = re.compile("([2-9]0)s(?![A-Za-z])")
_AGE_BEFORE: Final = re.compile(r"in (?:his|her|their|my|our) (?:early |mid[ -]|late )?$")
_CLOSING: Final = frozenset(")]”’")
_DIGIT_OR_POINT: Final = frozenset("0123456789.")
_OF_A_YEAR: Final = re.compile("20[12][0-9] (?:novel )?coronavirus|1992 Consensus")
_NAME_AHEAD: Final = re.compile(r"(?:[Dd]isease|Group of) $")
_YEAR_HERE: Final = re.compile("(?:19|20)[0-9]{2}(?![0-9])")
# COVID-19, but End-2021 and Mid-1990s.
_NAME_BEFORE: Final = re.compile(rf"(?<![A-Za-z])(?!(?:End|Mid|Early|Late|Pre|Post|{MONTH})-)[a-z]*[A-Z][A-Za-z']*-$")
FIVE_YEAR_PLAN: Final = re.compile(r"(?:(?:[0-9]{1,2}th|[A-Za-z]+th|[A-Za-z]+-[a-z]+th) )?[Ff]ive[- ][Yy]ear [Pp]lans?")


def _is_part_of_name(text: str, start: int, before: str) -> bool:
    """Whether the digits at `start` belong to what stands before them: COVID-19, fig.3, the note in 100%1."""
    if before == "-":
        return bool(_NAME_BEFORE.search(text[max(0, start - 24) : start])) and not _YEAR_HERE.match(text, start)
    if before == ".":
        return start > 1 and text[start - 2].isalnum() and text[start - 3 : start].lower() != "no."
    if before == " " and _NAME_AHEAD.search(text[max(0, start - 10) : start]):
        return True
    return before in ("%", "_", "#", "@")


def read_digits(text: str, start: int) -> Found | int | None:
    """The quantity whose digits begin at `start`; or how far to skip where they are none; None to skip the digits alone."""
    before = text[start - 1] if start else ""
    if _is_part_of_name(text, start, before):
        return None
    if version := VERSION.match(text, start) or _OF_A_YEAR.match(text, start):
        return version.end()
    if plan := FIVE_YEAR_PLAN.match(text, start):
        return plan.end()
    label = LABEL.match(text, start)
    if label and label.end() - start > LONGEST_DIGITS and not re.search("[^0-9]", label.group()):
        return label.end()
    dated = english_dates.read_digits(text, start)
    if dated:
        return dated
    if slash := _SLASH.match(text, start):
        numerator, denominator = int(slash["n"]), int(slash["d"])
        return (
            Found(start, slash.end(), Fraction(numerator, denominator), kind="fraction")
            if 0 < numerator < denominator
            else slash.end()
        )
    if part := NUMERATOR.match(text, start):
        return read_parts(start, part)
    term = term_at(text, start)
    if term is None:
        return _read_age(text, start)
    if not term.unit and term.kind == "number":
        written = text[start : term.end]
        # The number of a note behind a bracket, the version of a product, a part of a word (2-way).
        term.optional = (
            (before in _CLOSING and len(written) < 3)
            or written.endswith(".0")
            or (term.value <= 10 and re.match("-[a-z]", text[term.end : term.end + 2]) is not None)
        )
    if before == "-" and text[max(0, start - 2) : start - 1] in ("", " ", "(", "[", ":"):
        term.start, term.value = start - 1, -term.value
    return range_from(text, term, "")


def _read_age(text: str, start: int) -> Found | None:
    """In his 40s."""
    match = _AGE.match(text, start)
    if not match or not _AGE_BEFORE.search(text[max(0, start - 18) : start]):
        return None
    return Found(start, match.end(), Fraction(int(match[1])), qualifier="over")


def read_money(text: str, start: int, amount: int, code: str) -> Found | int | None:
    """The amount at `amount`, whose currency sign stands at `start`."""
    term = term_at(text, amount, money=True)
    if term is None:
        return None
    if not term.unit or term.unit in (code, "CNY", "USD") or (term.unit in currencies() and term.unit == code):
        term.unit, term.kind = code, "money"
    elif term.unit not in currencies():
        term = replace(term, unit=code, kind="money")
    term.start = start
    # HK$7.8 to US$1: a rate, which other languages state without the one.
    term.optional = term.value == 1
    return range_from(text, term, code)


def term_at(text: str, start: int, *, money: bool = False) -> Found | None:
    """Digits or number words with their unit."""
    numeral = read_english_digits(text, start) if text[start : start + 1] in _DIGIT_OR_POINT else read_english_words(text, start)
    if numeral is None:
        return None
    value, end = numeral.value, numeral.end
    if money and text[end : end + 1] in ("m", "b", "k") and not text[end + 1 : end + 2].isalnum():
        value, end = value * {"m": 10**6, "b": 10**9, "k": 1000}[text[end]], end + 1
    if dozen := _DOZEN.match(text, end):
        value, end = value * 12, dozen.end()
    if half := _AND_A_HALF.match(text, end):
        scale = next(
            (scale for scale in sorted(ENGLISH_SCALES.values(), reverse=True) if numeral.scaled and value % scale == 0), 1
        )
        value, end = value + Fraction(scale, FRACTION_WORDS[half["p"]]), half.end()
        if not numeral.scaled:
            factor, end = read_scale(text, end)
            value *= factor
    found = Found(start, end, value)
    if fold := _FOLDS.match(text, end):
        found.end, found.unit, found.kind = fold.end(), FOLD, "multiple"
        if GROWTH.search(text[max(0, start - 32) : start]):
            found.unit = FOLD_INCREASE
        return found
    return _apply_unit(text, found, numeral, money=money)


def _apply_unit(text: str, found: Found, numeral: Numeral, *, money: bool) -> Found | None:
    unit = UNIT.match(text, found.end)
    if not unit:
        return None if text[found.end : found.end + 1].isalpha() and numeral.digits and not money else found
    code, end = unit_of(unit)
    if unit.lastgroup == "near" and not code:
        # Letters that are no unit make the digits a part of a name: 5G, 3D.
        return None if numeral.digits and not numeral.scaled and not money else found
    if not code or (money and code not in currencies()):
        return found
    found.unit, found.end, found.kind = code, end, kind_of(code)
    if (found.kind == "money" and found.value == 1) or found.value == 0:
        found.optional = True
    if code == TIMES:
        if _COMPARED.match(text, end):
            # Five times more than: five times as much to most writers, six times to some.
            found.unit = FOLD
        elif GROWTH.search(text[max(0, found.start - 32) : found.start]):
            found.unit = FOLD_INCREASE
        elif (
            not numeral.digits
            and found.value < 10
            and not re.match(" (?:that|those|the|as (?:much|many|high|large|big|long|fast|likely)|its|over|of)", text[end:])
        ):
            found.unit, found.kind, found.optional = "", "number", True
    if (found.kind == "duration" or ((found.kind == "measure" or code == "person") and not numeral.digits)) and found.value == 1:
        found.optional = True
    return found


def unit_of(unit: re.Match[str]) -> tuple[str, int]:
    """The canonical unit of a match of UNIT, the longest spelling first, and where it ends; "" if it is none."""
    known = english_units()
    if sign := unit["sign"]:
        spelled = sign.strip(" -")
        code = known.get("% points" if "point" in spelled else spelled) or ("degree" if spelled.startswith("°") else "")
        return code, unit.end()
    if near := unit["near"]:
        return known.get(near) or "", unit.end()
    words, end = unit["words"], unit.end()
    while True:
        code = known.get(words) or known.get(words.lower().replace("-", " ").rstrip(".")) or ""
        if code and not (len(words) <= 2 and words != words.lower() and words not in known):
            return code, end
        cut = max(words.rfind(" "), words.rfind("-"))
        if cut < 0:
            return "", unit.start()
        end -= len(words) - cut
        words = words[:cut]


def range_from(text: str, low: Found, sign: str) -> Found:
    """The range that begins with `low`, or `low` itself; `sign` is the currency whose sign may be repeated."""
    separator = RANGE.match(text, low.end)
    if not separator and _BETWEEN.search(text[max(0, low.start - 24) : low.start]):
        separator = _AND.match(text, low.end)
    if not separator:
        return low
    start = separator.end()
    if low.unit and separator.group().endswith(" to ") and text.endswith(("from ", "From "), 0, low.start):
        # From 5 percent to 6 percent: a change.
        return low
    for spelling, code in sorted(signs().items(), key=lambda item: -len(item[0])) if sign else ():
        if text.startswith(spelling, start) and code == sign:
            start += len(spelling)
            start += text.startswith(" ", start)
            break
    negative = text.startswith("-", start)
    start += negative
    if not re.compile("[0-9A-Za-z]").match(text, start) or english_dates.read_digits(text, start):
        return low
    high = term_at(text, start, money=bool(sign))
    if high is None or (low.unit and not high.unit and not sign):
        return low
    if negative:
        high.value = -high.value
    if sign and high.unit in ("", sign):
        high.unit, high.kind = sign, "money"
    if (
        separator.group().endswith(" to ")
        and high.value >= low.value * 5
        and _BY.search(text[max(0, low.start - 12) : low.start])
    ):
        # Increased by 34 to 875: a change and its result.
        return low
    return joined(_scaled_alike(text, low, high), high) or low


def _scaled_alike(text: str, low: Found, high: Found) -> Found:
    """`low` times the scale word of `high` where it has none of its own: 3 to 5 million."""
    written = text[low.start : low.end].lower()
    if any(word in written for word in (*ENGLISH_SCALES, "bn", "mn")) or low.value >= high.value:
        return low
    for word, scale in reversed(ENGLISH_SCALES.items()):
        if (
            re.search(rf"{word}", text[high.start : high.end], re.IGNORECASE)
            and low.value * scale < high.value
            and low.value < 1000
        ):
            return replace(low, value=low.value * scale)
    return low


def read_parts(start: int, part: re.Match[str]) -> Found | None:
    """A fraction in words, one third, two-thirds; None where number and plural do not agree."""
    numerator, word = part["n"].lower(), part["d"].lower()
    value = ONES.get(numerator) or int(numerator)
    if (value > 1) != bool(part["s"] or word == "halves"):
        return None
    return Found(start, part.end(), Fraction(value, FRACTION_WORDS[word]), kind="fraction")
