"""Numerals with their units, ranges and scales in Chinese text."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Final

from lang.quantities import chinese_dates
from lang.quantities.chinese_words import COUNTED, GROWTH, NOT_COUNTED, currency_signs, unit_pattern, unit_spellings
from lang.quantities.numerals import DIGITS, SCALES, Numeral, read_chinese, read_scale
from lang.quantities.reading import LABEL, LONGEST_DIGITS, VERSION, Found, joined, kind_of
from lang.quantities.units import FOLD_INCREASE, OF_PRICE, PERCENT, TIMES, english_units

SMALL: Final = "一二两三四五六七八九"
RANGE: Final = re.compile(r" ?(?:至|到|-|~|—{1,2}) ?")
_TENTHS: Final = re.compile(rf" ?成([{SMALL}半])?(?![立员为功果本就熟套因语交长效份形分])")
_OF_PRICE: Final = re.compile(
    r"([1-9](?:\.[0-9])?|[一二三四五六七八九](?:点?[一二三四五六七八九])?)折(?![叠腾旧线磨射返扣后损算中服合回])"
)
_MORE: Final = re.compile(" ?([多余几来])(?:(万亿|[十百千万亿])|(?!元[化文素]))")
_HALF: Final = re.compile("半(?![导径球决数边途岛])")
_WITH_HALF: Final = re.compile(rf"(两|[{SMALL}十]+|[0-9]+)个半(月|小时|钟头|季度)")
_NEIGHBOURS: Final = re.compile(r"([一二三四五六七八])([二三四五六七八九])(?=[十百千万亿成个家年倍天名人间项次条折月小])")
_LATIN: Final = re.compile(r"[ \-]?([A-Za-z%°µμ][A-Za-z2²3³]*)(?![A-Za-z0-9])")
_TRILLION_OR_MILLION: Final = re.compile(" ?兆(?![瓦赫字比头])")
_TENFOLD: Final = Fraction(10)
# Labels rather than articles: 一級資本 is Tier 1, 一號文件 Document No. 1.
_ONE_LEVEL: Final = re.compile("(?:级|号|类)(?![别])")
_LABELLED: Final = re.compile(
    r"(?:^|[^一-鿿]|[于见在载如及和与至由看参照即据附])(?:图表|图|表格|表|附图|附表)$|范畴$|附注$|附件$"
)
# What stands before a number that is one, where no unit follows it: labels (圖5, 附註3) and words of amounts (達5).
_LABELS: Final = frozenset("图表注号第条款章节附件例期页框题")
_BEFORE_NUMBER: Final = _LABELS | frozenset("为是至到达约增减等于共在超过逾近升降跌按由从及和与或以每有比占得")
_LEADING: Final = frozenset("过逾近超达约破每")
_NUMERAL_CHARS: Final = frozenset("0123456789") | DIGITS.keys() | SCALES.keys()


def with_currency(term: Found, code: str) -> None:
    """Makes an amount of a number."""
    if term.kind != "ambiguous":
        term.unit, term.kind = code, "money"


def is_note(text: str, found: Found) -> bool:
    """Whether the digits are the number of a note set into the text: 長期平均水平2。 (they may also be a label's)."""
    written, start = text[found.start : found.end], found.start
    if (
        found.unit
        or not start
        or RANGE.match(text, found.end)
        or len(written) > 2
        or not (written.isascii() and written.isdigit())
    ):
        return False
    before, after = text[start - 1], text[found.end : found.end + 1]
    if before in "。，；」』）》)" and (after in " ，。；、" or (before == "》" and not COUNTED.match(text, found.end))):
        return True
    if before == "章" and text[start - 2] == "文":
        return True
    if after == " " and before not in _LABELS and "一" <= text[found.end + 1 : found.end + 2] <= "鿿":
        return "一" <= before <= "鿿"
    return "一" <= before <= "鿿" and before not in _BEFORE_NUMBER and (not after or after in " ，。；：、（）」》")


def name_end(text: str, start: int) -> int:
    """Where the name ends that the digits at `start` are a part of, 0 if they are a number of their own."""
    if start and ((before := text[start - 1]).isascii() and before.isalpha()):
        label = LABEL.match(text, start)
        return label.end() if label else start + 1
    if start > 1 and text[start - 1] == "-" and text[start - 2].isascii() and text[start - 2].isalpha():
        label = LABEL.match(text, start)
        return label.end() if label else start + 1
    if start and text[start - 1] == "%" and (note := re.compile("[0-9]{1,2}(?![0-9.,%])").match(text, start)):
        return note.end()
    label = VERSION.match(text, start)
    if label:
        return label.end()
    label = LABEL.match(text, start)
    if not label or label.end() - start > LONGEST_DIGITS:
        return label.end() if label else 0
    body = label.group()
    digits = len(body) - len(body.lstrip("0123456789.,"))
    tail = body[digits:]
    letters = re.match("[A-Za-z]*", tail)
    suffix = letters.group() if letters else ""
    if len(tail) > len(suffix) and suffix and tail[len(suffix)].isdigit():
        return label.end()
    if suffix and suffix not in english_units() and read_scale(text, start + digits)[0] == 1:
        return label.end()
    return 0


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral at `start`, if there is one."""
    return read_chinese(text, start) if start < len(text) and (text[start] in _NUMERAL_CHARS) else None


def term_at(text: str, start: int) -> Found | None:
    """One numeral with its unit."""
    if price := _OF_PRICE.match(text, start):
        return Found(start, price.end(), _price(price.group(1)), OF_PRICE, "percent")
    if half := _WITH_HALF.match(text, start):
        numeral = numeral_at(text, start)
        unit = unit_spellings()["个" + half.group(2) if half.group(2) in ("月", "季度") else half.group(2)]
        if numeral:
            return Found(start, half.end(), numeral.value + Fraction(1, 2), unit, kind_of(unit))
    if near := _NEIGHBOURS.match(text, start):
        first, second = DIGITS[near.group(1)], DIGITS[near.group(2)]
        if second == first + 1:
            rest = numeral_at(text, near.start(2))
            found = with_unit(text, start, rest) if rest else None
            if found and rest:
                ratio = Fraction(first, second)
                scale = rest.value / second
                if rest.value == second * scale and not rest.value % second and found.value % second == 0:
                    found.high, found.value = found.value, found.value * ratio
                    found.qualifier = "about"
                    return found
    numeral = numeral_at(text, start)
    return with_unit(text, start, numeral) if numeral else None


def _price(written: str) -> Fraction:
    if written[0].isascii():
        return Fraction(written) * 10
    digits = [DIGITS[char] for char in written if char != "点"]
    return Fraction(digits[0] * 10 + (digits[1] if len(digits) > 1 else 0))


def with_unit(text: str, start: int, numeral: Numeral) -> Found:
    """The quantity that a numeral makes with what follows it."""
    value, end, qualifier = numeral.value, numeral.end, ""
    if numeral.digits:
        factor, end = read_scale(text, end)
        value *= factor
    more = _MORE.match(text, end)
    if more and (value >= 10 or more.group(2)) and not (more.group(1) == "来" and not _follows(text, more.end())):
        qualifier = "about" if more.group(1) == "来" else "over"
        value, end = value * _scale_product(more.group(2)), more.end()
    # 十幾 is anything from eleven to nineteen: nobody has to repeat the ten.
    found = Found(start, end, value, qualifier=qualifier, optional=bool(more and more.group(1) == "几"))  # type: ignore[arg-type]
    if trillion := _TRILLION_OR_MILLION.match(text, end):
        rest = numeral_at(text, trillion.end())
        if rest is None or not 10**8 <= rest.value < 10**12:
            return Found(start, trillion.end(), value, "兆", "ambiguous")
        # 4兆1,530億: what stands before 億 can only be 10^12.
        found = Found(start, rest.end, value * 10**12 + rest.value)
        numeral = rest
    tenths = _TENTHS.match(text, end)
    if tenths and value < 11:
        extra = Fraction(5) if tenths.group(1) == "半" else Fraction(DIGITS.get(tenths.group(1) or "零", 0))
        found.value, found.end, found.unit, found.kind = value * _TENFOLD + extra, tenths.end(), PERCENT, "percent"
        return found
    return _apply_unit(text, found, numeral)


def _follows(text: str, end: int) -> bool:
    return bool(unit_pattern().match(text, end) or COUNTED.match(text, end))


def _scale_product(scales: str | None) -> int:
    product = 1
    for char in scales or "":
        product *= SCALES[char]
    return product


def _apply_unit(text: str, found: Found, numeral: Numeral) -> Found:
    unit = unit_pattern().match(text, found.end)
    code = unit_spellings()[unit.group(1)] if unit else ""
    end = unit.end() if unit else found.end
    if text.startswith("‰", found.end):
        code, end = PERCENT, found.end + 1
        found.value /= 10
    if not code and numeral.digits and (latin := _LATIN.match(text, found.end)):
        code = english_units().get(latin.group(1)) or english_units().get(latin.group(1).lower()) or ""
        end = latin.end()
    if not code:
        return found
    if (
        code == "year"
        and numeral.digits
        and found.value == found.value // 1
        and 1800 < found.value < 2100
        and not numeral.scaled
        and "," not in text[found.start : found.end]
    ):
        return found
    if code == "degree" and not numeral.digits:
        # 兩度 is twice.
        return replace(found, optional=True, end=end)
    found.unit, found.kind, found.end = code, kind_of(code), end
    if (found.kind == "money" and found.value == 1) or found.value == 0:
        # 兌1美元: a rate, which is said without the one as well; 0% is 零, and nothing at all.
        found.optional = True
    if code == TIMES and GROWTH.search(text[max(0, found.start - 12) : found.start]):
        found.unit = FOLD_INCREASE
    if found.kind == "measure" and found.value == 1:
        found.optional = not numeral.digits
    if found.kind == "duration":
        if _HALF.match(text, end):
            found.value, found.end = found.value + Fraction(1, 2), end + 1
        found.optional = found.optional or found.value == 1 or (not numeral.digits and numeral.value == 100)
    return found


def range_from(text: str, low: Found, sign: str) -> Found:
    """The range that begins with `low`, or `low` itself."""
    separator = RANGE.match(text, low.end)
    if not separator or low.kind == "ambiguous":
        return low
    start = separator.end()
    for spelling, code in currency_signs().items() if sign else ():
        if text.startswith(spelling, start) and code == sign:
            start += len(spelling)
            start += text.startswith(" ", start)
            break
    # The letters before the hyphen are a unit's in 3km-5km, and part of a name in F-16.
    after_unit = bool(low.unit) and text[low.end - 1].isalpha()
    if start < len(text) and text[start] in "0123456789" and not after_unit and name_end(text, start):
        return low
    if chinese_dates.read(text, start):
        return low
    negative = text[start : start + 1] in ("-", "负") and start + 1 < len(text)
    high = term_at(text, start + negative)
    if high is None or (low.unit and not high.unit and not sign):
        return low
    if high.kind == "ambiguous" and low.kind == "number" and low.value < high.value:
        return replace(high, start=low.start, value=low.value, high=high.value)
    if negative:
        high.value = -high.value
    if sign:
        with_currency(high, sign)
    if not high.unit and not low.unit and not is_counted(text, high):
        return low
    found = joined(_in_scale_of(text, low, high), high) or low
    if found.value == 1 and found.high == 2:
        # 一到兩次, once or twice: said in many ways.
        found.optional = True
    return found


def _in_scale_of(text: str, low: Found, high: Found) -> Found:
    """`low` with the scale that is written behind `high` only: 3至5億, 七至八成."""
    if high.unit == PERCENT and "成" in text[high.start : high.end]:
        return low if low.unit or low.value >= 10 else replace(low, value=low.value * _TENFOLD)
    scale = _written_scale(text, high.start)
    written = text[low.start : low.end]
    if scale == 10**12 and written[-1] == "万" and not low.unit and low.value < 10**8:
        # 1萬至2萬億: the 億 counts for both.
        return replace(low, value=low.value * 10**8)
    if (low.unit and low.kind != "money") or any(char in SCALES for char in written) or low.value * scale >= high.value:
        return low
    return replace(low, value=low.value * scale)


def _written_scale(text: str, start: int) -> int:
    run = re.compile(r"[0-9.,]+ ?([十百千万亿]+)").match(text, start)
    return _scale_product(run.group(1)) if run else 1


def is_label(text: str, found: Found) -> bool:
    """Whether a Chinese numeral numbers a chart or the like: 圖一, 見表二; not 表一樣, 圖三個."""
    if found.unit or text[found.start] in "0123456789" or not _LABELLED.search(text[max(0, found.start - 4) : found.start]):
        return False
    return text[found.end : found.end + 1] not in set("个份项张幅款套种类样览直")


def is_counted(text: str, found: Found) -> bool:
    """Whether a bare numeral is a quantity: digits always; Chinese numerals where something countable follows."""
    written = text[found.start : found.end]
    if written[0] in SCALES and text[found.start - 1 : found.start] in ("数", "几") and found.start:
        return False
    end = found.end + (text.startswith(" ", found.end) and written[-1] in "0123456789")
    counted = COUNTED.match(text, end) and not NOT_COUNTED.match(text, end)
    if written[0] in "百千万" and text[max(0, found.start - 1) : found.start] == "上":
        # 上百 is a hundred or hundreds.
        found.optional = True
    if found.unit in ("person", "household") and written[0] in "一二两" and len(written) == 2:
        if written[0] == "一":
            return False
        found.optional = True
    if found.unit or found.high is not None or found.kind != "number" or written[0] in "0123456789":
        if (not found.unit and written == "1" and counted) or (found.unit == "person" and found.value == 1):
            found.optional = True
        return not (written[0] == "一" and len(written) == 1)
    if len(written) == 1:
        if (
            written == "一"
            and _ONE_LEVEL.match(text, found.end)
            and text[max(0, found.start - 1) : found.start] not in ("上", "下")
        ):
            found.optional = True
            return True
        if written in "一零〇亿":
            return False
        if written in "百千万":
            before = text[max(0, found.start - 1) : found.start]
            return bool(before) and before in "每近逾上超过约达" and bool(counted or written == "万" or before in "每逾近")
        if written in "二两":
            found.optional = True
        return bool(counted)
    return written[-1] not in "零〇" and (
        bool(counted)
        or written[0] not in "百千万亿"
        or found.value >= 10**8
        or text[max(0, found.start - 1) : found.start] in _LEADING
    )
