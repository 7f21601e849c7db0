"""Quantities in Chinese text, of both scripts."""

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Final

from lang.quantities import chinese_dates
from lang.quantities.chinese_numbers import (
    RANGE,
    SMALL,
    is_counted,
    is_label,
    is_note,
    name_end,
    numeral_at,
    range_from,
    term_at,
    with_currency,
    with_unit,
)
from lang.quantities.chinese_words import (
    COUNTED,
    NAMES,
    after_pattern,
    before_pattern,
    currency_signs,
    unit_spellings,
)
from lang.quantities.numerals import DIGITS, SCALES, read_chinese, read_formal
from lang.quantities.quantity import Qualifier
from lang.quantities.reading import Found, kind_of
from lang.quantities.units import PERCENT, TIMES

_PARTS: Final = re.compile(r"(百|千|万|[0-9]+|[一二三四五六七八九十百千]+) ?分之 ?")
_PERCENT_BEHIND: Final = re.compile(f"百分之(?![0-9{SMALL}十百零])")
_SLASH: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/])")
_HALF_OF: Final = re.compile("半(年|个月|小时|个小时|天|日|个世纪|个工作日|公里|里|斤|亩)(?![底级前后])")
_TURNED: Final = re.compile(rf"翻了?(?:([{SMALL}1-9])?番|(?:了?[一1])?倍)")
_OF_COUNTRY: Final = re.compile("[元圆块]")
# The characters with which an alternative of the scanner can begin: looking for them first makes it five times as fast.
_FIRST: Final = re.compile(
    "[$0-9ACEGHIJKMNRSTU£¥฿‘“₩€₹₽〇「『一七万三上下不专两中之九二五人亿令以任伍傍八六其养再凌减划前加十千半单卢印叁双台合同后唯四坡壹多大头"
    "成拾捌接新日早晚最林柒欧泰清港澳玖瑞用百第纽统美翻肆英葡贰过逐陆零韩首马]"
)


@cache
def _scanner() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(currency_signs(), key=len, reverse=True))
    return re.compile(
        rf"(?P<name>{NAMES})"
        rf"|(?P<calendar>{chinese_dates.OPENINGS})"
        rf"|(?P<money>(?<![A-Za-z每兆亿万])(?:{signs}) ?(?=[0-9{SMALL}十百千]))"
        rf"|(?P<parts>{_PARTS.pattern})"
        rf"|(?P<word>百分百|过半数?|[一大多]半(?![径导天夜岛])|半数|减半|半(?=年|个月|小时|个小时|天|日|个世纪|个工作日|公里"
        rf"|里|斤|亩)|翻(?=了?[{SMALL}1-9]?[番倍]|了?[一1]倍))"
        rf"|(?P<formal>[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)"
        rf"|(?P<number>[0-9〇零{SMALL}十百千万亿])"
    )


def find(text: str) -> list[Found]:
    """All quantities of a levelled text, in order, not overlapping."""
    found: list[Found] = []
    look, scan, position = _FIRST.search, _scanner().match, 0
    while candidate := look(text, position):
        match = scan(text, candidate.start())
        if match is None:
            position = candidate.end()
            continue
        group = match.lastgroup or "number"
        # A group inside of another closes first, so the last one is always the alternative that was taken.
        position = match.end()
        if group == "name":
            continue
        reader = _READERS.get(group)
        read = reader(text, match) if reader else None
        if isinstance(read, Found):
            _qualify(text, read, found[-1].end if found else 0)
            found.append(read)
            position = read.end
        elif isinstance(read, int):
            position = max(position, read)
    return found


def _qualify(text: str, read: Found, floor: int) -> None:
    if read.qualifier or read.kind in ("ordinal", "date", "time"):
        return
    start = max(floor, read.start - 5)
    before = before_pattern().search(text[start : read.start]) if start < read.start else None
    if before and not (before.lastgroup == "nearly" and before.group().strip() == "近" and read.kind in ("duration", "year")):
        read.qualifier = _group_name(before.lastgroup)
        return
    end = read.end
    if not read.unit and (counted := COUNTED.match(text, end)):
        end = counted.end()
    after = after_pattern().match(text, end) if end < len(text) and text[end] in " 或及和以起左上之多余" else None
    if after and read.kind != "year":
        read.qualifier = _group_name(after.lastgroup)


def _group_name(group: str | None) -> Qualifier:
    names: dict[str | None, Qualifier] = {
        "over": "over", "nearly": "nearly", "about": "about", "at_least": "at least", "at_most": "at most", "below": "below"
    }  # fmt: skip
    return names[group]


# --- readers: each gets the levelled text and the scanner's match; it returns what it found, or how far to skip ----------


def _read_calendar(text: str, match: re.Match[str]) -> Found | int | None:
    read = chinese_dates.read(text, match.start())
    return read or (_read_number(text, match) if text[match.start()] in f"0123456789{SMALL}十百千" else None)


def _read_money(text: str, match: re.Match[str]) -> Found | int | None:
    code = currency_signs()[match.group("money").strip()]
    low = term_at(text, match.end())
    if text[match.end()] in SCALES and text[match.end()] != "十":
        # 以港幣百萬元位列示: the unit of a table.
        return low.end if low else match.end() + 1
    if low is None or low.kind not in ("number", "money", "ambiguous"):
        return None
    if low.kind == "number" and text[low.start : low.end] in set(f"{SMALL}两"):
        # 港元一直: an amount of one numeral is written 港幣三元.
        return None
    if low.unit and low.unit != code and not (low.unit == "CNY" and _OF_COUNTRY.search(text, low.start, low.end)):
        return None
    with_currency(low, code)
    low.optional = low.value == 1
    low.start = match.start()
    return range_from(text, low, code)


def _read_parts(text: str, match: re.Match[str]) -> Found | int | None:
    parts = _PARTS.match(text, match.start())
    assert parts is not None
    numeral = numeral_at(text, parts.end())
    whole = _denominator(parts.group(1))
    if numeral is None or not whole:
        return parts.end()
    if whole not in (100, 1000, 10000) or parts.group(1) not in "百千万":
        return Found(match.start(), numeral.end, numeral.value / whole, kind="fraction")
    value = numeral.value * 100 / whole
    found = Found(match.start(), numeral.end, value, PERCENT, "percent")
    separator = RANGE.match(text, numeral.end)
    if separator:
        again = _PARTS.match(text, separator.end())
        high = numeral_at(text, again.end() if again else separator.end())
        if high and high.value > numeral.value:
            found.high, found.end = high.value * 100 / whole, high.end
    return found


def _denominator(text: str) -> int:
    numeral = read_chinese(text, 0)
    return int(numeral.value) if numeral and numeral.end == len(text) else 0


def _read_word(text: str, match: re.Match[str]) -> Found | int | None:
    start, word = match.start(), match.group("word")
    if word == "百分百":
        return Found(start, match.end(), Fraction(100), PERCENT, "percent", optional=True)
    if word[0] == "翻":
        turned = _TURNED.match(text, start)
        if not turned:
            return None
        times = (
            2 ** DIGITS.get(turned.group(1) or "一", 0) if not (turned.group(1) or "").isdigit() else 2 ** int(turned.group(1))
        )
        return Found(start, turned.end(), Fraction(times), TIMES, "multiple")
    if word == "半":
        part = _HALF_OF.match(text, start)
        unit = unit_spellings().get(part.group(1)) if part else None
        if not part or not unit or (text[start - 1 : start] in "上下前后大" and start):
            return None
        return Found(start, part.end(), Fraction(1, 2), unit, kind_of(unit), optional=True)
    found = Found(start, match.end(), Fraction(1, 2), kind="fraction")
    if word[0] in "过大多":
        found.qualifier = "over"
    found.optional = word == "减半"
    return found


def _read_formal(text: str, match: re.Match[str]) -> Found | int | None:
    numeral = read_formal(text, match.start())
    return with_unit(text, match.start(), numeral) if numeral else None


def _read_number(text: str, match: re.Match[str]) -> Found | int | None:
    start = match.start()
    if text[start] in "0123456789":
        slash = _SLASH.match(text, start)
        if slash and text[start - 1 : start] != "/" and 0 < int(slash[1]) < int(slash[2]):
            return Found(start, slash.end(), Fraction(int(slash[1]), int(slash[2])), kind="fraction")
        skip = name_end(text, start)
        if skip:
            return skip
    low = term_at(text, start)
    if low is None:
        numeral = numeral_at(text, start)
        return numeral.end if numeral else None
    if _is_negative(text, start):
        low.start, low.value = start - 1, -low.value
    if is_note(text, low) or is_label(text, low):
        low.optional = True
        return low
    found = range_from(text, low, "")
    if percent := _PERCENT_BEHIND.match(text, found.end - 1):
        # 三點二百分之, as machines put it that keep the order of English.
        found.value, found.high = (found.value, found.high / 100) if found.high is not None else (found.value / 100, None)
        found.end, found.unit, found.kind = percent.end(), PERCENT, "percent"
        return found
    if found is low and not is_counted(text, low):
        return low.end if text[start] in "0123456789" else max(start + 1, low.end)
    return found


def _is_negative(text: str, start: int) -> bool:
    """Whether a sign stands before the numeral at `start`: -3.5%, 負3.5%; not the hyphen of 2-3."""
    sign = text[start - 1 : start] if start else ""
    return sign == "负" or (sign == "-" and text[start - 2 : start - 1] in _BEFORE_SIGN | {""})


_BEFORE_SIGN: Final = frozenset(" (（:：，,;；、乎为至约达是到由从于及和即得")
_READERS: Final[dict[str, Callable[[str, re.Match[str]], Found | int | None]]] = {
    "calendar": _read_calendar,
    "money": _read_money,
    "parts": _read_parts,
    "word": _read_word,
    "formal": _read_formal,
    "number": _read_number,
}
