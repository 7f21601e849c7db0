"""Dates, years, quarters and ordinals in Chinese text."""

import re
from fractions import Fraction
from typing import Final

from lang.quantities.chinese_words import unit_pattern
from lang.quantities.numerals import DIGITS, read_chinese
from lang.quantities.reading import Found, date_value

_YEAR: Final = "(?:[12][0-9]{3}|[12] [0-9] [0-9] [0-9]|[一二][〇零一二三四五六七八九]{3})(?![0-9])"
_MONTH: Final = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY: Final = "(?:[12][0-9]|3[01]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SPAN: Final = "(?:-|~|—{1,2}|至|到|/)"

_DATE: Final = re.compile(rf"(?P<y>{_YEAR}) ?年(?: ?(?P<m>{_MONTH}) ?月份?(?: ?(?P<d>{_DAY}) ?[日号])?)?(?![0-9]{{1,2}}月)")
_MONTH_DAY: Final = re.compile(rf"(?P<m>{_MONTH}) ?月(?:份|(?: ?(?P<d>{_DAY}) ?[日号]))?(?![球饼球亮台色薪租票])")
_DAYS: Final = re.compile(rf"(?P<m>{_MONTH}) ?月 ?(?P<d>{_DAY}) ?日? ?(?:-|~|至|到) ?(?P<e>{_DAY}) ?日")
_DAY_FIRST: Final = re.compile(
    r"(?P<d>[12][0-9]|3[01]|0?[1-9])(?: ?[-~] ?(?P<e>[12][0-9]|3[01]|0?[1-9]))? {1,2}"
    r"(?P<m>十[一二]?|[一二三四五六七八九])月(?![份球饼])"
)
_MONTH_LIST: Final = re.compile(rf"(?P<m>{_MONTH})(?= ?[、及和与] ?{_MONTH} ?月(?!球))")
_MONTHS: Final = re.compile(rf"(?P<m>{_MONTH}) ?(?:月份?)? ?(?:-|~|至|到) ?(?P<n>{_MONTH}) ?月(?!球)")
_ISO: Final = re.compile(r"(?P<y>(?:19|20)[0-9]{2})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])(?![0-9])")
_YEARS: Final = re.compile(
    rf"(?P<y>{_YEAR}) ?年?度? ?{_SPAN} ?(?P<z>{_YEAR}|[0-9]{{2}}(?![0-9.,%]))(?: ?(?P<year>年度?|财年))?(?! ?(?:个|月|[0-9]"
    rf"|[万亿]))"
)
_LIST: Final = re.compile(rf"(?P<y>{_YEAR})(?=(?: ?[、,及和与或或] ?{_YEAR})+ ?年)")
_BARE: Final = re.compile(r"(?:19[5-9]|20[0-9])[0-9](?![0-9.,%万亿千百A-Za-z])")
_SCALE_AHEAD: Final = re.compile(" ?[多余]?[万亿]")
_DECADE: Final = re.compile(r"(?:(?P<c>1[0-9]|20)?(?P<n>[1-9]0|(?<=[0-9]{2})00)|(?P<h>[二三四五六七八九])十) ?年代")
_CENTURY_DECADE: Final = re.compile(
    r"(?P<n>[0-9]{1,2}|二十一|二十|十九|十八) ?世纪 ?(?:(?P<d>[1-9]0)|(?P<h>[一二三四五六七八九])?十) ?年代"
)
_CENTURY: Final = re.compile(r"(?P<n>[0-9]{1,2}|二十一|二十|十九|十八) ?世纪(?!初?第)")
_ORDINAL: Final = re.compile(r"第 ?(?=[0-9一二三四五六七八九十百千])")
_ORDINAL_TO: Final = re.compile("页? ?(?:-|~|至|到) ?第?(?=[0-9一二三四五六七八九十])")
_QUARTER_OF: Final = re.compile("(?:个)? ?季度?(?!节)")
_CLOCK: Final = re.compile(
    r"(?P<x>[01]?[0-9]|2[0-4]) ?[时点] ?(?P<y>[0-5]?[0-9]) ?分(?!钟)|(?P<h>[01]?[0-9]|2[0-4])[:：](?P<i>[0-5][0-9])(?![0-9:])"
    rf"|(?P<part>上午|下午|晚上|中午|凌晨|早上|清晨|傍晚) ?(?:(?P<g>[01]?[0-9]|2[0-4])|(?P<w>{_MONTH})) ?(?: ?[时点](?:正"
    rf"|(?P<half>半)| ?(?P<j>[0-5]?[0-9]) ?分)?|[:：.](?P<k>[0-5][0-9]))(?!间)"
)
# What follows a number in a list of quarters: 第二、三及四季.
_QUARTER_ENDS: Final = "(?: ?[、及和与] ?第?[一二三四])+ ?个?季度?(?!节)"
_HALVES: Final = re.compile("(?P<first>[上首前]|第一个)半(?:[年月场]|个月)|(?P<second>[下后]|第二个)半(?:[年月场]|个月)")
_QUARTERS: Final = re.compile(
    rf"首季(?!度?报)|最后(?P<last>一)?个?季度?(?!节)|(?<![上这每本下])(?:(?P<n>[一二三四])季度|(?P<o>[一二三]|(?<=[、及和与])四)季(?![度节])|(?P<l>[一二三])(?={_QUARTER_ENDS}))"
)
_FIRST_QUARTERS: Final = re.compile("[前首头] ?(?P<n>[二两三2-3]) ?个?季度?")
_SESSION: Final = re.compile("(?P<n>十[一二三四五六七八九]|二十[一二]?)大(?![类个家学型城])")
_PLENUM: Final = re.compile("(?P<n>[一二三四五六七八九])中全会")
_ORDINAL_WORDS: Final = re.compile("(?:个(?:十年)?|届|次|位|名|家|批|期|条|轮|款|章|节|段|级|类|版|号|楼|层|阶段)")

OPENINGS: Final = (
    r"第 ?(?=[0-9一二三四五六七八九十百千])|[12][0-9]{3}|[12] [0-9] [0-9] [0-9](?= ?年)|[一二][〇零一二三四五六七八九]{3}"
    r"|(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?(?=月|(?:-|~|至|到|、|及|和|与) ?[0-9一二三四五六七八九十]{1,2} ?月)"
    r"|[1-9]0(?= ?年代)|[二三四五六七八九]十(?= ?年代)|(?:[0-9]{1,2}|二十一|二十|十九|十八)(?= ?世纪)"
    r"|[0-2]?[0-9](?=[:：][0-5][0-9]| ?[时点] ?[0-5]?[0-9] ?分)|上午|下午|晚上|中午|凌晨|早上|清晨|傍晚"
    rf"|[一二三](?={_QUARTER_ENDS})"
    r"|[上下首前后]半(?:[年月场]|个月)|首季|最后(?=一?个?季)|[一二三四]季(?!节)|[前首头](?= ?[二两三2-3] ?个?季)"
    r"|[0-3]?[0-9](?=(?: ?[-~] ?[0-9]{1,2})? {1,2}[一二三四五六七八九十]{1,2}月)"
    r"|(?:十[一二三四五六七八九]|二十[一二]?)大|[一二三四五六七八九]中全会"
)


def _number(written: str | None) -> int:
    if not written:
        return 0
    written = written.replace(" ", "")
    if written.isdigit() and written.isascii():
        return int(written)
    read = read_chinese(written, 0)
    return int(read.value) if read else DIGITS.get(written, 0)


def read(text: str, start: int) -> Found | None:
    """The date, year, ordinal or part of a year at `start` of a levelled text."""
    if start >= len(text):
        return None
    for reader in _BY_DIGIT if text[start] in "0123456789一二三四五六七八九十" else _BY_WORD:
        found = reader(text, start)
        if found:
            return found
    return None


def _iso(text: str, start: int) -> Found | None:
    match = _ISO.match(text, start)
    return _dated(match, int(match["y"]), int(match["m"]), int(match["d"])) if match else None


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Found | None:
    value = date_value(year, month, day)
    if value is None:
        return None
    if not month:
        return Found(match.start(), match.end(), Fraction(year), "year", "year")
    return Found(match.start(), match.end(), value, "date", "date")


def _years(text: str, start: int) -> Found | None:
    match = _YEARS.match(text, start)
    if not match:
        return None
    low, written = _number(match["y"]), match["z"]
    high = _number(written)
    if len(written) == 2:
        high += low - low % 100
        if high != low + 1 and not {"/", "-"} & set(match.group()) and not match["year"]:
            return None
    if not low < high <= low + 300:
        return None
    return Found(start, match.end(), Fraction(low), "year", "year", Fraction(high))


def _date(text: str, start: int) -> Found | None:
    match = _DATE.match(text, start)
    if not match:
        return None
    if not match["m"] and re.compile("年(?:代|[前后]?老)").match(text, match.end() - 1):
        return None
    return _dated(match, _number(match["y"]), _number(match["m"]), _number(match["d"]))


def _months(text: str, start: int) -> Found | None:
    match = _MONTHS.match(text, start)
    if not match or text[max(0, start - 1) : start] == "个":
        return None
    low, high = _number(match["m"]), _number(match["n"])
    return Found(start, match.end(), Fraction(low * 100), "date", "date", Fraction(high * 100)) if low < high else None


def _days(text: str, start: int) -> Found | None:
    match = _DAYS.match(text, start)
    if not match or (text[max(0, start - 1) : start] in "0123456789.每年" and start):
        return None
    month, low, high = _number(match["m"]), _number(match["d"]), _number(match["e"])
    if not low < high <= 31:
        return None
    return Found(start, match.end(), Fraction(month * 100 + low), "date", "date", Fraction(month * 100 + high))


def _month_list(text: str, start: int) -> Found | None:
    match = _MONTH_LIST.match(text, start)
    if not match or (text[max(0, start - 1) : start] in "0123456789.每个" and start):
        return None
    return _dated(match, 0, _number(match["m"]), 0)


def _day_first(text: str, start: int) -> Found | None:
    """27 一月: an English date of which the month's name alone was translated."""
    match = _DAY_FIRST.match(text, start)
    if not match or (text[max(0, start - 1) : start] in "0123456789.-" and start):
        return None
    month, low, high = _number(match["m"]), _number(match["d"]), _number(match["e"])
    end = Fraction(month * 100 + high) if high > low else None
    return Found(start, match.end(), Fraction(month * 100 + low), "date", "date", end)


def _month_day(text: str, start: int) -> Found | None:
    match = _MONTH_DAY.match(text, start)
    if not match or (text[max(0, start - 1) : start] in "0123456789.每" and start):
        return None
    return _dated(match, 0, _number(match["m"]), _number(match["d"]))


def _bare(text: str, start: int) -> Found | None:
    match = _LIST.match(text, start) or _BARE.match(text, start)
    if match and (unit_pattern().match(text, match.end()) or _SCALE_AHEAD.match(text, match.end())):
        return None
    if not match or re.compile(" ?(?:[%个家间名人宗项元年厘]|美元|港元|欧元|基点|分之)").match(text, match.end()):
        return _list(text, start)
    return _dated(match, _number(match.group()), 0, 0)


def _list(text: str, start: int) -> Found | None:
    match = _LIST.match(text, start)
    return _dated(match, _number(match["y"]), 0, 0) if match else None


def _decade(text: str, start: int) -> Found | None:
    match = _DECADE.match(text, start)
    if not match:
        return None
    decade = DIGITS[match["h"]] * 10 if match["h"] else int(match["n"])
    century = int(match["c"]) if match["c"] else 20 if decade == 20 else 19
    return Found(start, match.end(), Fraction(century * 100 + decade), "decade", "year")


def _century(text: str, start: int) -> Found | None:
    if match := _CENTURY_DECADE.match(text, start):
        decade = int(match["d"]) if match["d"] else 10 * DIGITS.get(match["h"] or "一", 1)
        return Found(start, match.end(), Fraction((_number(match["n"]) - 1) * 100 + decade), "decade", "year")
    match = _CENTURY.match(text, start)
    return Found(start, match.end(), Fraction(_number(match["n"])), "", "ordinal") if match else None


def _ordinal(text: str, start: int) -> Found | None:
    match = _ORDINAL.match(text, start)
    numeral = read_chinese(text, match.end()) if match else None
    if match is None or numeral is None:
        return None
    quarter = _QUARTER_OF.match(text, numeral.end)
    if quarter:
        return Found(start, quarter.end(), numeral.value, "quarter", "ordinal")
    if numeral.digits and re.match("[A-Za-z]", text[numeral.end : numeral.end + 1]):
        return None
    word = _ORDINAL_WORDS.match(text, numeral.end)
    end = word.end() if word else numeral.end
    if (to := _ORDINAL_TO.match(text, end)) and (high := read_chinese(text, to.end())) and high.value > numeral.value:
        return Found(start, high.end, numeral.value, "", "ordinal", high.value)
    return Found(start, end, numeral.value, "", "ordinal", optional=not numeral.digits and numeral.value <= 2)


def _clock(text: str, start: int) -> Found | None:
    match = _CLOCK.match(text, start)
    if not match or (text[max(0, start - 1) : start] in "0123456789:" and start):
        return None
    hour = _number(match["h"] or match["g"] or match["w"] or match["x"])
    minute = 30 if match["half"] else _number(match["i"] or match["j"] or match["k"] or match["y"])
    if match["part"] in ("下午", "晚上", "傍晚") and hour < 12:
        hour += 12
    return Found(start, match.end(), Fraction(hour * 60 + minute), "time", "time")


def _half_year(text: str, start: int) -> Found | None:
    match = _HALVES.match(text, start)
    return Found(start, match.end(), Fraction(1 if match["first"] else 2), "half", "ordinal") if match else None


def _quarter(text: str, start: int) -> Found | None:
    match = _QUARTERS.match(text, start)
    if not match:
        return None
    last = match.group().startswith("最后")
    number = 4 if last else _number(match["n"] or match["o"] or match["l"]) or 1
    return Found(start, match.end(), Fraction(number), "quarter", "ordinal", optional=last)


def _first_quarters(text: str, start: int) -> Found | None:
    match = _FIRST_QUARTERS.match(text, start)
    return Found(start, match.end(), Fraction(_number(match["n"])), "quarter", "duration") if match else None


def _session(text: str, start: int) -> Found | None:
    match = _SESSION.match(text, start) or _PLENUM.match(text, start)
    return Found(start, match.end(), Fraction(_number(match["n"])), "", "ordinal") if match else None


_BY_DIGIT: Final = (
    _iso, _decade, _years, _date, _months, _days, _day_first, _month_list, _month_day, _century, _clock, _quarter, _session,
    _bare,
)  # fmt: skip
_BY_WORD: Final = (_ordinal, _half_year, _first_quarters, _quarter, _clock)
