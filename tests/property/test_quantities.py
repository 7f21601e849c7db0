"""What holds for quantities whatever the text: spans, scripts, scanning, writing and reading back, reconciliation."""

from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from opencc import OpenCC

from lang.quantities import Quantity, find_quantities, reconcile, write_quantity
from lang.quantities import chinese as chinese_grammar
from lang.quantities.levelling import level
from lang.quantities.reading import Found, kind_of
from lang.quantities.units import currencies, units

_PIECES = (
    "0 1 2 5 9 10 12 20 25 300 2025 1990 0.5 3.5 2,236.6 １ ５ ． ， , . 一 二 三 兩 十 廿 百 千 萬 億 兆 零 〇 半 點 成 折"
    " 倍 番 翻 分之 百分之"
    " % ％ ‰ 個 家 宗 名 人 年 月 日 季 第 上半年 下午 時 個百分點 基點 元 港元 美元 人民幣 HK$ US$ RMB ¥ $ € 公里 畝 斤 噸"
    " 平方米 小時 分鐘"
    " 至 到 - – ~ — / : 、 。 及 和 逾 約 近 多 餘 左右 以上 至少 負 增長 統一 一些 十四五 一帶一路 三農 大 中全會 圖 文章"
    " 》 （ ） 的 全市"
).split(" ")
_ENGLISH = (
    "0 1 2 5 10 12 25 300 2025 1990 0.5 3,000 one two three twenty hundred thousand million billion trillion half third"
    " quarter second"
    " first fifth dozen double doubled twice fold -fold percent per cent % percentage points basis yuan dollars HK$ US$ RMB"
    " $ € km mu jin"
    " square metres tonnes kWh people years months days and a an the of to - – / : . , between from May March June 1 Q3 s th"
    " more than over"
    " nearly about or increase up times decade century Article IV COVID-19 5G final no ( )"
).split(" ")
chinese_like = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)
english_like = st.lists(st.sampled_from(_ENGLISH), max_size=14).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda gap: gap.join(parts))
)
anything = st.one_of(chinese_like, english_like, st.text(max_size=60), st.text(st.characters(exclude_categories=()), max_size=30))


@cache
def converter(config: str) -> OpenCC:
    return OpenCC(config)


@given(anything)
@example("1" * 5000)
@example("一點" + "一" * 5000)
@example("1," + "000," * 2000)
@pytest.mark.slow
def test_reading_never_fails_and_spans_are_in_order(text: str) -> None:
    for language in ("zh", "en", None):
        found = find_quantities(text, language)  # type: ignore[arg-type]
        for quantity in found:
            assert 0 <= quantity.start < quantity.end <= len(text)
            assert quantity.text == text[quantity.start : quantity.end]
            assert quantity.high is None or quantity.high > quantity.value
            assert isinstance(quantity.value, Fraction)
        for before, after in pairwise(found):
            assert before.end <= after.start


@given(anything)
def test_levelling_keeps_every_position(text: str) -> None:
    assert len(level(text)) == len(text)
    assert level(level(text)) == level(text) or "，" in text


@given(chinese_like)
@pytest.mark.slow
def test_both_scripts_say_the_same(text: str) -> None:
    found = [_facts(quantity) for quantity in find_quantities(text, "zh")]
    for config in ("t2s", "s2t"):
        converted = converter(config).convert(text)
        assume(len(converted) == len(text))
        assert [_facts(quantity) for quantity in find_quantities(converted, "zh")] == found


def _facts(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.start,
        quantity.end,
        quantity.value,
        quantity.high,
        quantity.unit,
        quantity.kind,
        quantity.qualifier,
        quantity.optional,
    )


@given(anything)
def test_looking_for_first_characters_misses_no_beginning(text: str) -> None:
    levelled = level(text)
    scanner = chinese_grammar._scanner()
    for match in scanner.finditer(levelled):
        assert chinese_grammar._FIRST.match(match.group()[0])


@given(anything, anything)
def test_reconciliation_accounts_for_every_quantity_once(source_text: str, target_text: str) -> None:
    source, target = find_quantities(source_text, "zh"), find_quantities(target_text, "en")
    result = reconcile(source, target)
    left = [*(pair.source for pair in result.matched), *result.missing, *(pair.source for pair in result.scaled)]
    right = [*(pair.target for pair in result.matched), *result.extra, *(pair.target for pair in result.scaled)]
    loose = [*result.repeated, *result.unsaid]
    assert {id(quantity) for quantity in source} == {id(q) for q in [*left, *loose]} & {id(quantity) for quantity in source}
    assert {id(quantity) for quantity in target} == {id(q) for q in [*right, *loose]} & {id(quantity) for quantity in target}
    assert len({id(q) for q in result.missing} | {id(q) for q in result.extra}) == len(result.missing) + len(result.extra)


@given(anything, st.sampled_from(["zh", "en"]))
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    quantities = find_quantities(text, language)  # type: ignore[arg-type]
    assert reconcile(quantities, quantities).agrees


numbers = st.one_of(
    st.integers(1, 10**6),
    st.integers(1, 9999).map(lambda number: number * 10**8),
    st.integers(1, 99999).map(lambda number: number * 10**4),
    st.integers(1, 10**7).map(lambda number: Fraction(number, 100)),
    st.integers(1, 10**5).map(lambda number: Fraction(number, 10) * 10**8),
).map(Fraction)
_WRITTEN_UNITS = [
    "",
    "percent",
    "percentage point",
    "basis point",
    "times",
    "fold increase",
    *currencies(),
    *(code for code, unit in units().items() if unit.dimension != "angle"),
]


@given(
    numbers,
    st.booleans(),
    st.sampled_from(_WRITTEN_UNITS),
    st.sampled_from(["", "over", "nearly", "about", "at least", "at most", "below"]),
)
def test_what_is_written_is_read_back(value: Fraction, ranged: bool, unit: str, qualifier: str) -> None:
    # 1990 is a year where it stands bare, 3 分鐘 reads the same in both scripts, and "2000年" is a year.
    assume(not (unit in ("", "year") and 1000 <= value < 2200))
    kind = kind_of(unit)
    high = value * 2 if ranged and unit != "fold increase" else None
    quantity = Found(0, 1, value, unit, kind, high, qualifier).quantity("x")  # type: ignore[arg-type]
    for language in ("zh", "zh-Hans", "en"):
        written = write_quantity(quantity, language)
        found = find_quantities(written, "en" if language == "en" else "zh")
        assert [(q.value, q.high, q.unit, q.kind, q.qualifier) for q in found] == [(value, high, unit, kind, qualifier)], written


@given(st.integers(1, 60), st.integers(2, 60))
def test_fractions_are_read_back(numerator: int, denominator: int) -> None:
    assume(numerator < denominator)
    value = Fraction(numerator, denominator)
    quantity = Found(0, 1, value, "", "fraction").quantity("x")
    for language in ("zh", "en"):
        (found,) = find_quantities(write_quantity(quantity, language), language)  # type: ignore[arg-type]
        assert (found.value, found.kind) == (value, "fraction")


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_dates_are_read_back(when: date) -> None:
    year, month, day = when.year, when.month, when.day
    for value in (year * 10000 + month * 100 + day, month * 100 + day, year * 10000 + month * 100):
        quantity = Found(0, 1, Fraction(value), "date", "date").quantity("x")
        for language in ("zh", "en"):
            (found,) = find_quantities(write_quantity(quantity, language), language)  # type: ignore[arg-type]
            assert found.value == value


def test_chinese_numerals_are_read_as_written() -> None:
    for number in (*range(1, 1000), *range(1000, 10**6, 997)):
        (found,) = find_quantities(f"{_numeral(number)}公里", "zh")
        assert found.value == number


def _numeral(number: int) -> str:
    """Plain Chinese, written digit by digit, as a second opinion."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if low and low < 1000 else ""
        return _numeral(high) + "萬" + gap + (_numeral(low) if low else "")
    written, zero = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if zero and written else "") + "零一二三四五六七八九"[digit] + word
            zero = False
        else:
            zero = True
    return written
