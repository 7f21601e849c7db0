"""Writing a quantity as the other language would: 2,236.6億元 as RMB 223.66 billion, and back."""

from fractions import Fraction
from typing import Final, Literal

from lang.errors import UnsupportedError
from lang.quantities.quantity import Qualifier, Quantity
from lang.quantities.units import BASIS_POINT, FOLD, FOLD_INCREASE, OF_PRICE, PERCENT, POINT, TIMES, currencies, units

Style = Literal["policy", "yuan", "hong kong"]

_HAN_DIGITS: Final = "零一二三四五六七八九十"
_ORDINAL_WORDS: Final = ("", "first", "second", "third", "fourth")
_MONTHS: Final = " January February March April May June July August September October November December".split(" ")
_SCALES: Final = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
_ENGLISH_QUALIFIERS: Final[dict[Qualifier, str]] = {
    "": "", "over": "over ", "nearly": "nearly ", "about": "about ", "at least": "at least ",
    "at most": "up to ", "below": "less than ",
}  # fmt: skip
_CHINESE_QUALIFIERS: Final[dict[Qualifier, str]] = {
    "": "", "over": "逾", "nearly": "將近", "about": "約", "at least": "至少", "at most": "最多", "below": "不足",
}  # fmt: skip
_NUMERATORS: Final = "zero one two three four five six seven eight nine".split()
_PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
_UNQUALIFIED: Final = frozenset({"ordinal", "date", "time", "year", "ambiguous"})


def write_quantity(quantity: Quantity, language: str, style: Style = "policy") -> str:
    """The quantity, with its qualifier, as texts in `language` write it: "en", "zh" or any tag of Chinese.

    Chinese is traditional unless the tag says zh-Hans. Values stay exact; scales are taken where they leave few decimals
    (2.6萬, but 43,002), and a count comes without its measure word or noun (2.6萬家 is "26,000"). Styles concern
    English: "policy" writes RMB 223.66 billion and percent, "yuan" 223.66 billion yuan, "hong kong" per cent.
    A fold increase is written with its verb: "up 11.8-fold", 增長11.8倍. 兆 is handed through as it is.
    """
    if language.startswith("en"):
        qualifier = "" if quantity.kind in _UNQUALIFIED else _ENGLISH_QUALIFIERS[quantity.qualifier]
        written = _english(quantity, style)
        return f"up {qualifier}{written[3:]}" if quantity.unit == FOLD_INCREASE else qualifier + written
    if not language.startswith("zh"):
        raise UnsupportedError(f"Quantities cannot be written in {language!r}.", "Choose en or zh.")
    qualifier = "" if quantity.kind in _UNQUALIFIED else _CHINESE_QUALIFIERS[quantity.qualifier]
    written = _chinese(quantity, qualifier)
    if not language.startswith("zh-Hans"):
        return written
    from lang.quantities.levelling import level

    return level(written)


def _decimal(value: Fraction, decimals: int = 12) -> str | None:
    """The value in digits with commas, None if it does not end within so many decimals."""
    scaled = abs(value) * 10**decimals
    if scaled.denominator != 1:
        return None
    whole, rest = divmod(scaled.numerator, 10**decimals)
    tail = f"{rest:0{decimals}d}".rstrip("0") if decimals else ""
    return f"{'-' if value < 0 else ''}{whole:,}{'.' + tail if tail else ''}"


def _plain(value: Fraction) -> str:
    return _decimal(value) or f"{value.numerator}/{value.denominator}"


# --- English ---------------------------------------------------------------------------------------------------------


def _english_number(value: Fraction) -> str:
    for word, scale in _SCALES:
        if abs(value) >= scale and (written := _decimal(value / scale, 3)):
            return f"{written} {word}"
    return _plain(value)


def _english(quantity: Quantity, style: Style) -> str:
    value, high, unit = quantity.value, quantity.high, quantity.unit
    match quantity.kind:
        case "fraction":
            return _english_fraction(value)
        case "ordinal":
            return _english_ordinal(int(value), unit) + (f" to {_english_ordinal(int(high), unit)}" if high is not None else "")
        case "year":
            return f"{int(value)}s" if unit == "decade" else f"{int(value)}" + (f"–{int(high)}" if high is not None else "")
        case "date":
            return _english_dates(int(value), None if high is None else int(high))
        case "time":
            hour, minute = divmod(int(value), 60)
            return f"{(hour - 1) % 12 + 1}:{minute:02d} {'am' if hour % 24 < 12 else 'pm'}"
        case "ambiguous":
            return f"{_plain(value)}兆"
        case "money":
            return _english_money(value, high, unit, style)
        case _:
            return _english_measure(value, high, unit, style)


def _english_fraction(value: Fraction) -> str:
    if value == Fraction(1, 2):
        return "half"
    part = _PARTS.get(value.denominator)
    if part and 0 < value.numerator < 10 and value < 1:
        return f"{_NUMERATORS[value.numerator]}-{part}{'s' if value.numerator > 1 else ''}"
    return f"{value.numerator}/{value.denominator}"


def _english_ordinal(number: int, unit: str) -> str:
    if unit in ("quarter", "half"):
        return f"{_ORDINAL_WORDS[number] if 0 < number < 5 else number} {unit}"
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _english_date(value: int) -> str:
    year, month, day = value // 10000, value // 100 % 100, value % 100
    return " ".join(part for part in (str(day or ""), _MONTHS[month], str(year or "")) if part)


def _english_dates(value: int, high: int | None) -> str:
    if high is None:
        return _english_date(value)
    if value // 100 == high // 100 and value % 100:
        return f"{value % 100}–{_english_date(high)}"
    return f"{_english_date(value)} to {_english_date(high)}"


def _english_money(value: Fraction, high: Fraction | None, unit: str, style: Style) -> str:
    if style == "yuan" and unit == "CNY":
        return f"{_english_number(value)}{'' if high is None else ' to ' + _english_number(high)} yuan"
    sign = currencies()[unit].signs[0]
    gap = " " if sign[-1].isalpha() else ""
    to = "" if high is None else f" to {sign}{gap}{_english_number(high)}"
    return f"{sign}{gap}{_english_number(value)}{to}"


def _english_measure(value: Fraction, high: Fraction | None, unit: str, style: Style) -> str:
    one = value == 1 and high is None
    if unit == "year" and value == Fraction(1, 2) and high is None:
        return "half a year"
    number = _english_number(value) + ("" if high is None else f" to {_english_number(high)}")
    match unit:
        case "":
            return number
        case _ if unit == PERCENT:
            return f"{number} {'per cent' if style == 'hong kong' else 'percent'}"
        case _ if unit == OF_PRICE:
            return f"{number} {'per cent' if style == 'hong kong' else 'percent'} of the price"
        case _ if unit in (POINT, BASIS_POINT):
            return f"{number} {unit}{'' if one else 's'}"
        case _ if unit == TIMES:
            return f"{number} times"
        case _ if unit == FOLD_INCREASE:
            return f"up {number}-fold"
        case _ if unit == FOLD:
            return f"{number}-fold"
        case "person":
            return f"{number} {'person' if one else 'people'}"
    name = units()[unit].en[0]
    plural = {"foot": "feet", "inch": "inches", "century": "centuries", "square foot": "square feet"}.get(name, f"{name}s")
    keeps = one or len(name) < 3 or name != name.lower() or unit in ("mu", "li", "jin", "degree Celsius") or name == "kWh"
    return f"{number} {name if keeps else plural}"


# --- Chinese ---------------------------------------------------------------------------------------------------------


def _chinese_number(value: Fraction) -> str:
    for scale, word, decimals in ((10**12, "萬億", 4), (10**8, "億", 4), (10**4, "萬", 2)):
        if abs(value) >= scale and (written := _decimal(value / scale, decimals)):
            return f"{written}{word}"
    return _plain(value)


def _chinese(quantity: Quantity, qualifier: str) -> str:
    value, high, unit = quantity.value, quantity.high, quantity.unit
    match quantity.kind:
        case "fraction":
            return qualifier + _chinese_fraction(value)
        case "ordinal":
            return _chinese_ordinal(int(value), unit) + (f"至{int(high)}" if high is not None else "")
        case "year":
            if unit == "decade":
                return f"{int(value)}年代"
            return f"{int(value)}年" if high is None else f"{int(value)}至{int(high)}年"
        case "date":
            return _chinese_dates(int(value), None if high is None else int(high))
        case "time":
            hour, minute = divmod(int(value), 60)
            return f"{'上午' if hour < 12 else '下午'}{hour if hour <= 12 else hour - 12}時{f'{minute}分' if minute else ''}"
        case "ambiguous":
            return f"{_plain(value)}兆"
        case _:
            return _chinese_measure(value, high, unit, qualifier)


def _chinese_fraction(value: Fraction) -> str:
    if value == Fraction(1, 2):
        return "一半"
    if 0 < value.numerator <= 10 and value.denominator <= 10:
        return f"{_HAN_DIGITS[value.denominator]}分之{_HAN_DIGITS[value.numerator]}"
    return f"{value.denominator}分之{value.numerator}"


def _chinese_ordinal(number: int, unit: str) -> str:
    if unit == "half":
        return "上半年" if number == 1 else "下半年"
    if unit == "quarter":
        return f"第{_HAN_DIGITS[number] if number <= 10 else number}季"
    return f"第{number}"


def _chinese_date(value: int) -> str:
    parts = ((value // 10000, "年"), (value // 100 % 100, "月"), (value % 100, "日"))
    return "".join(f"{number}{word}" for number, word in parts if number)


def _chinese_dates(value: int, high: int | None) -> str:
    if high is None:
        return _chinese_date(value)
    if value // 100 == high // 100 and value % 100:
        return f"{_chinese_date(value)}至{high % 100}日"
    if value < 10000 and not value % 100 and not high % 100:
        return f"{value // 100}至{high // 100}月"
    return f"{_chinese_date(value)}至{_chinese_date(high)}"


def _chinese_measure(value: Fraction, high: Fraction | None, unit: str, qualifier: str) -> str:
    if unit == OF_PRICE:
        return f"{qualifier}{_plain(value / 10)}折"
    if unit == "year" and value == Fraction(1, 2) and high is None:
        return f"{qualifier}半年"
    number = _chinese_number(value) + ("" if high is None else f"至{_chinese_number(high)}")
    if unit == PERCENT:
        return f"{qualifier}{number}%" if high is None else f"{qualifier}{_chinese_number(value)}%至{_chinese_number(high)}%"
    if unit == FOLD_INCREASE:
        return f"增長{qualifier}{number}倍"
    word = {"": "", POINT: "個百分點", BASIS_POINT: "個基點", TIMES: "倍", FOLD: "倍"}.get(unit)
    if word is None:
        word = currencies()[unit].zh[0] if unit in currencies() else units()[unit].zh[0]
    return f"{qualifier}{number}{word}"
