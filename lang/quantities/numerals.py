"""Numerals to exact values: digits with 萬 and 億, Chinese numerals, English number words."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

DIGITS: Final = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# Formal numerals of bills and contracts, and the contractions; none of them is a numeral in every word.
_FORMAL: Final = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟", "一二二三三四五六六七八九十百千")

HAN_NUMERALS: Final = "〇零一二两三四五六七八九十百千万亿"
# Bounded, since nothing with more digits is a quantity and Python refuses to convert thousands of them.
_DIGIT_RUN: Final = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,9}(?!,?[0-9])(?:\.[0-9]{1,25}(?![0-9]))?|[0-9]{1,25}(?![0-9])(?:\.[0-9]{1,25}(?![0-9]))?"
)
# Digits before 萬 or 億 may be grouped by four, as those are (1,1156億); the scale may stand off by a blank: 3.5 万.
_TOKEN: Final = re.compile(
    rf"(?P<digits>[0-9]{{1,4}}(?:,[0-9]{{4}}){{1,3}}(?= ?十?[万亿])|{_DIGIT_RUN})(?: (?=[百千]?[万亿]))?"
    rf"|(?P<point>[零〇一二三四五六七八九十百]{{1,9}}点[零〇一二三四五六七八九]{{1,25}})"
    rf"|(?P<han>[{HAN_NUMERALS}])"
)
# 5千瓦 is 5 kW and 5千米 5 km; 三千米 is 3,000 m.
_KILO: Final = re.compile("[米瓦克赫]|千[瓦克赫]")
_NOTHING: Final = Fraction(0)
_POSITIONAL: Final = re.compile("[零〇一二三四五六七八九]{2,25}")
_FORMAL_RUN: Final = re.compile("[零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟万亿]{2,}")


class Numeral(NamedTuple):
    """A numeral read from a text: its value, where it ends, and how it was written."""

    value: Fraction
    end: int
    digits: bool
    """Whether it is written in digits (3.5萬) rather than in words (三萬五千)."""
    scaled: bool
    """Whether 十百千萬億 or million took part."""


def read_chinese(text: str, start: int) -> Numeral | None:
    """The longest numeral of a levelled text at `start`: 2,236.6億, 1萬2千, 兩萬五千, 五點八, 二〇二五, 三千.

    None where no numeral stands, and for digits in a row that are no number of ours (三四, 一二三).
    """
    if text[start] not in SCALES and (run := _POSITIONAL.match(text, start)) and not text.startswith("点", run.end()):
        after = text[run.end() : run.end() + 1]
        if after not in SCALES:
            positional = len(run.group()) >= 3 and (len(run.group()) == 4 or {"〇", "零"} & set(run.group()))
            value = int("".join(str(DIGITS[char]) for char in run.group()))
            return Numeral(Fraction(value), run.end(), digits=False, scaled=False) if positional else None
        if run.end() - start > 1 and text[start] not in "零〇":
            return None
    return _read_chain(text, start)


@dataclass(slots=True)
class _Places:
    """A numeral while it is read from left to right: what stands before 億 is multiplied by it, and so for 萬 inside of that."""

    hundred_millions: Fraction = _NOTHING
    ten_thousands: Fraction = _NOTHING
    section: Fraction = _NOTHING
    digit: Fraction | None = None
    last_scale: int = 0

    def multiply(self, scale: int) -> bool:
        """Takes in 十, 百, 千, 萬 or 億; False where none can stand."""
        waiting = self.digit is not None or bool(self.section)
        digit = self.digit or _NOTHING
        if scale < 10**4:
            if self.digit is None and self.last_scale and (scale > 10 or self.last_scale == 10):
                return False
            self.section += (Fraction(1) if self.digit is None else digit) * scale
        elif scale == 10**4:
            if not waiting and self.last_scale:
                return False
            if self.ten_thousands and not self.hundred_millions:
                # 四萬四千五百零六萬: 萬 said twice counts what stands before the last one.
                self.ten_thousands = (self.ten_thousands + self.section + digit) * scale
            else:
                self.ten_thousands += (self.section + digit or 1) * scale
            self.section = _NOTHING
        else:
            if not waiting and self.last_scale == scale:
                return False
            self.hundred_millions += (self.ten_thousands + self.section + digit or 1) * scale
            self.ten_thousands = self.section = _NOTHING
        self.digit, self.last_scale = None, scale
        return True

    def total(self) -> Fraction:
        """The value so far."""
        return self.hundred_millions + self.ten_thousands + self.section + (self.digit or 0)


def _read_chain(text: str, start: int) -> Numeral | None:
    places, end, in_digits = _Places(), start, False
    while match := _TOKEN.match(text, end):
        kind, written = match.lastgroup, match.group(match.lastgroup or 0)
        if written in SCALES:
            kilo = written == "千" and _KILO.match(text, match.end() - (0 if in_digits else 1))
            if kilo or not places.multiply(SCALES[written]):
                break
        elif places.digit:
            break
        elif kind == "han":
            if places.digit is not None and not places.last_scale:
                break
            places.digit = Fraction(DIGITS[written])
        else:
            if end != start and (not places.last_scale or (kind == "digits" and not in_digits)):
                break
            places.digit = _digits(written) if kind == "digits" else _point(written)
            in_digits = in_digits or kind == "digits"
        end = match.end()
    if end == start:
        return None
    while text[end - 1] == " ":
        end -= 1
    # 三千五 is 3,500, 兩萬五 is 25,000, 1萬2 is 12,000: a last digit counts in the tenth of the scale before it.
    if places.digit is not None and places.last_scale >= 100 and places.digit < 10 and text[end - 2] in SCALES:
        places.digit *= places.last_scale // 10
    return Numeral(places.total(), end, in_digits, scaled=bool(places.last_scale))


def _digits(token: str) -> Fraction:
    return Fraction(token.replace(",", ""))


def _point(token: str) -> Fraction:
    whole, decimals = token.split("点")
    read = _read_chain(whole, 0) if whole not in ("零", "〇") else None
    digits = "".join(str(DIGITS[char]) for char in decimals)
    return (read.value if read else 0) + Fraction(int(digits), 10 ** len(digits))


def read_formal(text: str, start: int) -> Numeral | None:
    """A numeral in the forms of bills: 壹拾貳萬. None where fewer than two such characters or no scale stand there."""
    match = _FORMAL_RUN.match(text, start)
    if not match or not set(match.group()) & set("拾佰仟万亿"):
        return None
    plain = match.group().translate(_FORMAL)
    read = _read_chain(plain, 0)
    return Numeral(read.value, start + read.end, digits=False, scaled=True) if read and read.end == len(plain) else None


# --- English ---------------------------------------------------------------------------------------------------------

ONES: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split()
    )
}
TENS: Final = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
ENGLISH_SCALES: Final = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
SHORT_SCALES: Final = {"mn": 10**6, "mln": 10**6, "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12}
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
        " sixteenth seventeenth eighteenth nineteenth".split(),
        start=1,
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth".split(), start=2
    )
}
_SMALL_WORDS: Final = ONES | TENS
_NEXT_WORD: Final = re.compile(r"[ -]?([A-Za-z]+)")
_SCALE_WORD: Final = re.compile(
    r"(?:\+?[ -]?(hundred|thousand|million|billion|trillion)(?:(?![a-z])|(?=equivalent))| ?(mn|mln|bn|bln|tn|trn)(?![A-Za-z]))",
    re.IGNORECASE,
)
_ENGLISH_DIGITS: Final = re.compile(rf"{_DIGIT_RUN}|\.[0-9]{{1,25}}(?![0-9])")


def read_scale(text: str, end: int) -> tuple[int, int]:
    """The English scale words behind a numeral: their product (1 if none) and where they end."""
    factor = 1
    for _ in range(2):
        match = _SCALE_WORD.match(text, end)
        if not match:
            break
        factor *= ENGLISH_SCALES[match.group(1).lower()] if match.group(1) else SHORT_SCALES[match.group(2).lower()]
        end = match.end()
    return factor, end


def read_english_digits(text: str, start: int) -> Numeral | None:
    """Digits with commas, a decimal point and a scale word: 26,000; 223.66 billion; 3.2 hundred million; 30bn."""
    match = _ENGLISH_DIGITS.match(text, start)
    if not match:
        return None
    factor, end = read_scale(text, match.end())
    return Numeral(_digits(match.group()) * factor, end, digits=True, scaled=factor > 1)


@dataclass(slots=True)
class _Words:
    """An English number while its words are read: two | million | three | hundred."""

    total: Fraction = _NOTHING
    group: Fraction = _NOTHING
    last: int = -1
    scaled: bool = False

    def add(self, value: int) -> bool:
        """Takes in a word from one to ninety; False where it cannot follow."""
        after_tens = 20 <= self.last < 100 and 0 < value < 10
        if not (self.last < 0 or self.last >= 100 or after_tens):
            return False
        self.group += value
        self.last = value
        return True

    def multiply(self, scale: int) -> bool:
        """Takes in hundred, thousand and so on; False where it cannot follow."""
        if scale == 100:
            if self.last == 0 or self.last >= 100:
                return False
            self.group = (self.group or Fraction(1)) * 100
        elif self.last > 0 and not self.group and self.last < scale:
            self.total *= scale
        else:
            self.total += (self.group or 1) * scale
            self.group = _NOTHING
        self.last, self.scaled = scale, True
        return True


def read_english_words(text: str, start: int) -> Numeral | None:
    """Number words: twenty-three, one hundred and five, two million, a hundred (from `hundred` on). None if no such word."""
    words, end, position = _Words(), start, start
    while match := _NEXT_WORD.match(text, position):
        word = match.group(1).lower()
        if position == start and match.start(1) != start:
            break
        if word == "and" and words.last in (100, 1000):
            follow = _NEXT_WORD.match(text, match.end())
            if not follow or follow.group(1).lower() not in _SMALL_WORDS:
                break
            position = match.end()
            continue
        if word in _SMALL_WORDS:
            taken = words.add(_SMALL_WORDS[word])
        else:
            taken = word in ENGLISH_SCALES and words.multiply(ENGLISH_SCALES[word])
        if not taken:
            break
        position = end = match.end()
    return Numeral(words.total + words.group, end, digits=False, scaled=words.scaled) if end > start else None
