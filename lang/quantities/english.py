"""Quantities in English text."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Final

from lang.quantities import english_dates
from lang.quantities.english_numbers import (
    FIVE_YEAR_PLAN,
    NUMERATOR,
    UNIT,
    range_from,
    read_digits,
    read_money,
    read_parts,
    term_at,
    unit_of,
)
from lang.quantities.english_words import (
    DECADES,
    FRACTION_WORDS,
    GROWTH,
    MONTH,
    MULTIPLES,
    after_pattern,
    before_pattern,
    number_words,
    signs,
)
from lang.quantities.numerals import (
    ENGLISH_SCALES,
    ONES,
    ORDINALS,
    read_english_words,
)
from lang.quantities.quantity import Qualifier
from lang.quantities.reading import LABEL, Found, kind_of
from lang.quantities.units import FOLD, FOLD_INCREASE, TIMES

_HALF_OF: Final = re.compile(
    r"[ -](?:an? )?(?P<w>million|billion|trillion|dozen|year|hour|century|decade|day|month)(?P<ly>ly)?(?![a-z])", re.IGNORECASE
)
_HALF_NAME: Final = re.compile(r"[ -](?:hearted|way|time|life|day holiday|truth|sister|brother|board|moon)")
_DOUBLE_NAME: Final = re.compile(
    r"[ -](?:digit|tax|deck|entry|count|check|glaz|sided|bottom|first|jeopardy|edged|blind|cropp|circulation|reduction"
    r"|carbon|eleven|(?<=-)(?-i:A)(?![a-z])|standard|helix|play|track|star|bed|room|click|dipp|whammy|major|degree)",
    re.IGNORECASE,
)
_OF_QUARTER: Final = re.compile(r" of(?! (?:the (?:year|financial|fiscal|calendar|same)|[12][0-9]{3}|last|next|this))")
_PERIOD_BEFORE: Final = re.compile(r"(?:first|last|past|next|previous|other|consecutive|for|over) $", re.IGNORECASE)
_NO_ONE: Final = re.compile(r"(?:no|any|every|each|the|this|that|which|another|some|only|such|single) $", re.IGNORECASE)
_ONE_IN: Final = re.compile(
    r"[Oo]ne (?:(?!of)[a-z]+ )?in (?:every )?(?P<n>two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})"
    r"(?![a-z0-9%-]|[,.][0-9])"
)
_ONE_OF: Final = re.compile(r" (?:of|another|can|must|may|should|after)(?![a-z])|'|-on-|-to-|-by-")
_NAMES: Final = re.compile(
    r"[Ff]our[- ][Ss]easons?(?![a-z])|One Belt,? One Road"
    r"|[Oo]ne [Cc]ountry,? [Tt]wo [Ss]ystems|[Tt]wo [Ss]essions|[Ff]our-[Ss]phere [Cc]onfidence"
    r"|Three Represents|Two Upholds|Two Affirmations"
    r"|(?i:four consciousnesses|two centenar(?:ies|y)|four-pronged comprehensive|five-sphere integrated)"
    r"|[Oo]ne-stop|[Oo]ne-off"
    r"|[Ff]irst-tier|[Ss]econd-tier|[Ff]irst-class|[Ff]irst-hand|[Ss]econd-hand|[Ff]irst Lady|[Ss]econd World War|[Ff]irst"
    r" and foremost|[Ff]irst of all"
)
# Words that lost the hyphen between them, as texts taken from PDF have them.
_GLUED: Final = re.compile(
    r"(?i:(?P<count>one|two|three|four|five|six)(?P<of>third|quarter|half|month|year|week|day)s?)(?![A-Za-z])"
)
_ORDINAL_FRACTION_BEFORE: Final = re.compile(r"(?:^|[^a-z])an? $", re.IGNORECASE)
_SHARE_BEFORE: Final = re.compile(r"(?:the (?:first|last|other|remaining)|one|(?:by|than|about|nearly|over|almost|around) a) $")
_ORDINAL_FRACTION_AFTER: Final = re.compile(r" (?:of|and|in|over|since|compared|less|more|lower|higher|from)(?![a-z])|[.;)]|$")


@cache
def _scanner() -> re.Pattern[str]:
    written = "|".join(re.escape(sign) for sign in sorted(signs(), key=len, reverse=True))
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:(?P<digits>\.?[0-9])"
        rf"|(?P<money>(?:{written}) ?(?=[0-9]))"
        rf"|(?P<fraction>[½¼¾⅓⅔])"
        rf"|(?P<month>{MONTH[:-1]}|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER"
        rf"|DECEMBER)(?![A-Za-z]))"
        rf"|(?P<code>[QH][1-4](?![0-9A-Za-z]))"
        rf"|(?P<glued>{_GLUED.pattern})"
        r"|(?P<middle>(?:[Mm]id|[Ee]nd)(?=[A-Z][a-z]))"
        r"|(?P<sector>(?:[Pp]rim|[Ss]econd|[Tt]erti)ary(?![A-Za-z]))"
        r"|(?P<pillar>(?:Pillar|Tier) [1-3](?=[1-9](?![0-9.,%])))"
        r"|(?P<numbered>(?:Article|Chapter|Part|Section|Phase|Schedule|Volume|Stage|Annex|Pillar|Level|Tier|Type) (?=[IVX]))"
        rf"|(?P<word>{number_words()})(?![A-Za-z]))"
    )


def find(text: str) -> list[Found]:
    """All quantities of a levelled text, in order, not overlapping."""
    found: list[Found] = []
    search, position = _scanner().search, 0
    while match := search(text, position):
        group, start = match.lastgroup, match.start()
        position = match.end()
        read = _read(text, match, group or "")
        if isinstance(read, Found):
            if read.start < (found[-1].end if found else 0):
                continue
            _qualify(text, read, found[-1].end if found else 0)
            found.append(read)
            position = max(position, read.end)
        elif read:
            position = max(position, read)
        elif group == "digits":
            label = LABEL.match(text, start)
            position = label.end() if label else position
    return found


def _read(text: str, match: re.Match[str], group: str) -> Found | int | None:
    start = match.start()
    if group == "digits":
        return read_digits(text, start)
    if group == "money":
        code = signs()[match.group("money").strip()]
        if start and text[start - 1].isascii() and text[start - 1].isalpha():
            return None
        return read_money(text, start, match.end(), code)
    reader = _READERS.get(group)
    return reader(text, match) if reader else _read_word(text, start, match)


_VULGAR: Final = {
    "½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
}  # fmt: skip


def _qualify(text: str, read: Found, floor: int) -> None:
    if read.kind in ("ordinal", "date", "time"):
        return
    start = max(floor, read.start - 24)
    before = before_pattern().search(text[start : read.start])
    pattern = before or after_pattern().match(text, read.end)
    if pattern and not (read.kind == "year" and pattern.lastgroup in ("over", "below")):
        read.qualifier = _QUALIFIERS[pattern.lastgroup or ""]


_QUALIFIERS: Final[dict[str, Qualifier]] = {
    "over": "over", "nearly": "nearly", "about": "about", "at_least": "at least", "at_most": "at most", "below": "below",
}  # fmt: skip


def _read_word(text: str, start: int, match: re.Match[str]) -> Found | int | None:
    word, end = match["word"].lower(), match.end()
    if start and text[start - 1] == "'":
        return end
    if text.endswith("Group of ", 0, start):
        return end
    if name := _NAMES.match(text, start) or FIVE_YEAR_PLAN.match(text, start):
        return name.end()
    if word in MULTIPLES or word.endswith("fold"):
        return _multiple(text, start, end, word)
    if word in DECADES:
        return Found(start, end, Fraction(english_dates.decade_word(word)), "decade", "year")
    if tens := english_dates.read_tens_ordinal(text, start):
        return tens
    if word.removesuffix("ly") in ORDINALS:
        return _ordinal_or_part(text, start, end, word.removesuffix("ly"))
    if word in _WORDS:
        return _WORDS[word](text, start, end, word)
    return None if word.endswith("ly") else _number_words(text, start)


def _read_glued(_text: str, match: re.Match[str]) -> Found:
    count, of = Fraction(ONES[match["count"].lower()]), match["of"].lower()
    if of in FRACTION_WORDS:
        return Found(match.start(), match.end(), count / FRACTION_WORDS[of], kind="fraction")
    return Found(match.start(), match.end(), count, of, "duration", optional=count == 1)


def _read_pillar(text: str, match: re.Match[str]) -> Found:
    """The one digit of Pillar 33: there are three of them, and the second digit is the number of a note."""
    end = match.end()
    return Found(end - 1, end, Fraction(int(text[end - 1])), kind="ordinal", optional=True)


_READERS: Final[dict[str, Callable[[str, re.Match[str]], Found | None]]] = {
    "fraction": lambda _text, match: Found(match.start(), match.end(), _VULGAR[match.group()], kind="fraction"),
    "month": lambda text, match: english_dates.read_month(text, match.start()),
    # MidSeptember, which lost its hyphen.
    "middle": lambda text, match: english_dates.read_month(text, match.end()),
    "numbered": lambda text, match: english_dates.read_roman(text, match.start()),
    "sector": lambda text, match: english_dates.read_sector(text, match.start()),
    "code": lambda text, match: english_dates.read_code(text, match.start()),
    "glued": _read_glued,
    "pillar": _read_pillar,
}


def _part_of_year(_text: str, start: int, end: int, word: str) -> Found:
    if word.startswith("latter"):
        return Found(start, end, Fraction(2), "half", "ordinal", optional=word == "latter part")
    # The last quarter is that of the year or the one before this.
    return Found(start, end, Fraction(4), "quarter", "ordinal", optional=word == "last quarter")


def _quarter(text: str, start: int, end: int, _word: str) -> Found | None:
    a_quarter = _ORDINAL_FRACTION_BEFORE.search(text[max(0, start - 3) : start]) and _OF_QUARTER.match(text, end)
    return Found(start, end, Fraction(1, 4), kind="fraction") if a_quarter else None


def _single(text: str, start: int, end: int, word: str) -> Found | None:
    before = text[max(0, start - 9) : start].lower()
    if word == "dozen":
        return Found(start, end, Fraction(12), qualifier="about", optional=True) if before.endswith(("a ", "half-")) else None
    if word in ("semi-annual", "biannual"):
        return Found(start, end, Fraction(1, 2), "year", "duration", optional=True)
    if word == "fortnight":
        return Found(start, end, Fraction(2), "week", "duration", optional=True)
    if word in ("biennial", "triennial"):
        return Found(start, end, Fraction(2 if word == "biennial" else 3), "year", "duration", optional=True)
    if word == "decades" or re.search(r"(?:[a-z][a-z]th|first|second|third|[0-9](?:st|nd|rd|th))[ -]$", before):
        return None
    return Found(start, end, Fraction(1), word, "duration", optional=True)


def _multiple(text: str, start: int, end: int, word: str) -> Found | int | None:
    if word.endswith("fold"):
        numeral = read_english_words(word[:-4], 0)
        unit = FOLD_INCREASE if GROWTH.search(text[max(0, start - 32) : start]) else FOLD
        return Found(start, end, numeral.value, unit, "multiple") if numeral else None
    if _DOUBLE_NAME.match(text, end):
        return None
    value = Fraction(MULTIPLES[word]) or Fraction(1, 2)
    return Found(
        start,
        end,
        value,
        TIMES,
        "multiple",
        optional=word in ("double", "triple", "treble", "halve", "halving", "halved") or text.endswith("once or ", 0, start),
    )


def _ordinal_or_part(text: str, start: int, end: int, word: str) -> Found:
    share = _SHARE_BEFORE.search(text[max(0, start - 14) : start])
    part = word in FRACTION_WORDS and (share or _ORDINAL_FRACTION_BEFORE.search(text[max(0, start - 3) : start]))
    if part and (_ORDINAL_FRACTION_AFTER.match(text, end) or (share and text.startswith(",", end))):
        return Found(start, end, Fraction(1, FRACTION_WORDS[word]), kind="fraction")
    return english_dates.read_ordinal_word(text, start, end, word)


def _half(text: str, start: int, end: int, _word: str) -> Found | None:
    if _HALF_NAME.match(text, end):
        return None
    of = _HALF_OF.match(text, end)
    if not of:
        return Found(start, end, Fraction(1, 2), kind="fraction")
    word = of["w"].lower()
    if word in ENGLISH_SCALES or word == "dozen":
        found = Found(start, of.end(), Fraction(ENGLISH_SCALES.get(word, 12), 2))
        unit = UNIT.match(text, of.end())
        code, unit_end = unit_of(unit) if unit else ("", 0)
        if code:
            found.unit, found.kind, found.end = code, kind_of(code), unit_end
        return found
    return Found(start, of.end(), Fraction(1, 2), word, "duration", optional=True)


def _number_words(text: str, start: int) -> Found | int | None:
    if part := NUMERATOR.match(text, start):
        parted = read_parts(start, part)
        of_time = part["d"].lower() == "quarter" and (
            not _OF_QUARTER.match(text, part.end()) or bool(_PERIOD_BEFORE.search(text[max(0, start - 12) : start]))
        )
        if parted and not (of_time and "-" not in part.group()):
            return parted
    if share := _ONE_IN.match(text, start):
        whole = ONES.get(share["n"]) or int(share["n"])
        return Found(start, share.end(), Fraction(1, whole), kind="fraction") if whole > 1 else None
    term = term_at(text, start)
    if term is None:
        return None
    word = text[start : term.end].split(" ", maxsplit=1)[0].split("-", maxsplit=1)[0].lower()
    bare = not term.unit and term.end - start == len(word)
    if word in ENGLISH_SCALES:
        if not _ORDINAL_FRACTION_BEFORE.search(text[max(0, start - 3) : start]) and not text[
            max(0, start - 6) : start
        ].lower().endswith(("per ", "every ")):
            return term.end
    elif bare and term.value <= 2 and word in ONES:
        if word == "one" and (_NO_ONE.search(text[max(0, start - 8) : start]) or _ONE_OF.match(text, term.end)):
            return None
        term.optional = True
    elif bare and text.startswith("-", term.end) and term.value <= 10:
        term.optional = True
    return range_from(text, term, "")


_WORDS: Final[dict[str, Callable[[str, int, int, str], Found | None]]] = {
    "half": _half,
    "quarter": _quarter,
    "latter half": _part_of_year,
    "latter part": _part_of_year,
    "last quarter": _part_of_year,
    "final quarter": _part_of_year,
    **dict.fromkeys("dozen decade decades century fortnight semi-annual biennial biannual triennial".split(), _single),
}
