"""What quantities are found, with which values: the phrases that libraries get wrong, the hand-made table, positions."""

import csv
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from lang.quantities import Quantity, find_quantities

ROOT = Path(__file__).parents[2]
# Traditional, simplified, value, unit.
PHRASES = [
    ("2,236.6億元", "2,236.6亿元", "223660000000", "CNY"),
    ("3.2億元", "3.2亿元", "320000000", "CNY"),
    ("2,875萬元", "2,875万元", "28750000", "CNY"),
    ("2.6萬家", "2.6万家", "26000", ""),
    ("11.8倍", "11.8倍", "11.8", "times"),
    ("98.6%", "98.6%", "98.6", "percent"),
    ("六成", "六成", "60", "percent"),
    ("三分之一", "三分之一", "1/3", ""),
    ("百分之五點五", "百分之五点五", "5.5", "percent"),
    ("1.4萬億元", "1.4万亿元", "1400000000000", "CNY"),
    ("十四億人", "十四亿人", "1400000000", "person"),
    ("一百二十三萬", "一百二十三万", "1230000", ""),
    ("100萬高校畢業生", "100万高校毕业生", "1000000", ""),
    ("七成半", "七成半", "75", "percent"),
    ("兩萬五千里", "两万五千里", "25000", "li"),
    ("三千五百億元", "三千五百亿元", "350000000000", "CNY"),
    ("二〇二五年", "二〇二五年", "2025", "year"),
    ("第七屆", "第七届", "7", ""),
    ("0.5秒", "0.5秒", "0.5", "second"),
    ("３．５萬平方米", "３．５万平方米", "35000", "m2"),
    ("逾400家", "逾400家", "400", ""),
    ("1.3萬億斤", "1.3万亿斤", "1300000000000", "jin"),
    ("五點八個百分點", "五点八个百分点", "5.8", "percentage point"),
    ("翻兩番", "翻两番", "4", "times"),
    ("1萬2千人", "1万2千人", "12000", "person"),
]


def table() -> list[dict[str, str]]:
    with (ROOT / "tests/data/quantities.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def facts(quantity: Quantity) -> tuple[Fraction, Fraction | None, str, str, str]:
    return quantity.value, quantity.high, quantity.unit, quantity.kind, quantity.qualifier


@pytest.mark.parametrize(("traditional", "simplified", "value", "unit"), PHRASES)
def test_policy_phrases_have_the_same_exact_value_in_both_scripts(
    traditional: str, simplified: str, value: str, unit: str
) -> None:
    for phrase in (traditional, simplified, f"全市{traditional}。", f"全市{simplified}。"):
        (quantity,) = find_quantities(phrase)
        assert (quantity.value, quantity.high, quantity.unit) == (Fraction(value), None, unit)


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['language']}-{row['text']}")
def test_every_expression_of_the_table_is_read_as_it_says(row: dict[str, str]) -> None:
    found = find_quantities(row["text"], "zh" if row["language"] == "zh" else "en")
    if row["value"] == "-":
        assert found == []
        return
    low, _, high = row["value"].partition("..")
    expected = (Fraction(low), Fraction(high) if high else None, row["unit"], row["kind"], row["qualifier"])
    assert [facts(quantity) for quantity in found] == [expected]


def test_table_holds_at_least_300_expressions_of_both_languages() -> None:
    rows = table()
    assert len({(row["language"], row["text"]) for row in rows}) == len(rows) >= 300
    assert min(sum(row["language"] == language for row in rows) for language in ("zh", "en")) >= 100


def test_positions_are_those_of_the_original_text() -> None:
    text = "去年逾４００家企業獲HK$2.5億，增長五點八個百分點。"
    assert [quantity.text for quantity in find_quantities(text)] == ["４００", "HK$2.5億", "五點八個百分點"]
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


def test_a_sentence_gives_its_quantities_in_order() -> None:
    text = "第一產業增加值86.3億元，增長2.1%；到2027年，年產值百億元以上的企業達到60家，平均每萬人52個。"
    assert [(quantity.text, quantity.unit) for quantity in find_quantities(text)] == [
        ("第一", ""),
        ("86.3億元", "CNY"),
        ("2.1%", "percent"),
        ("2027年", "year"),
        ("百億元", "CNY"),
        ("60", ""),
        ("萬人", "person"),
        ("52", ""),
    ]


def test_an_english_sentence_gives_its_quantities_in_order() -> None:
    text = "By end-2027, nearly 80 percent of the 1,200 firms (up 3.6 percentage points) had spent US$3.2bn; GDP doubled."
    assert [(quantity.text, quantity.qualifier) for quantity in find_quantities(text)] == [
        ("2027", ""),
        ("80 percent", "nearly"),
        ("1,200", ""),
        ("3.6 percentage points", ""),
        ("US$3.2bn", ""),
        ("doubled", ""),
    ]


def test_language_is_guessed_from_the_characters() -> None:
    assert find_quantities("三家 three")[0].value == 3
    assert len(find_quantities("三家 three")) == 1
    assert [quantity.value for quantity in find_quantities("three firms")] == [3]


def test_a_full_width_comma_parts_clauses_between_half_width_digits() -> None:
    assert [quantity.value for quantity in find_quantities("分別為100，200宗")] == [100, 200]
    assert [quantity.value for quantity in find_quantities("１，２００宗")] == [1200]


def test_a_result_after_a_percentage_is_no_range() -> None:
    assert [quantity.text for quantity in find_quantities("增加7.4%至45,640億港元")] == ["7.4%", "45,640億港元"]
    assert [quantity.text for quantity in find_quantities("grew by 7.4% to HK$4,564 billion")] == ["7.4%", "HK$4,564 billion"]


def test_near_is_no_qualifier_of_recent_years() -> None:
    assert find_quantities("近三年")[0].qualifier == ""
    assert find_quantities("近三成")[0].qualifier == "nearly"
    assert find_quantities("簽約10家")[0].qualifier == ""
    assert find_quantities("over the past 3 years")[0].qualifier == ""


def test_what_the_other_language_leaves_unsaid_is_optional() -> None:
    assert find_quantities("一年")[0].optional
    assert find_quantities("兩項")[0].optional
    assert find_quantities("the first time")[0].optional
    assert not find_quantities("三年")[0].optional
    assert not find_quantities("兩年")[0].optional


@pytest.mark.parametrize(
    "text", ["", " ", "。", "%", "億", "第", "百分之", "分之", "HK$", "-", "3" * 5000, "1," + "000," * 3000, "1." + "9" * 5000]
)
def test_fragments_and_endless_digits_do_no_harm(text: str) -> None:
    for language in ("zh", "en"):
        find_quantities(text, language)  # type: ignore[arg-type]


def test_importing_the_package_loads_no_grammar() -> None:
    code = "import sys, lang.quantities; print([m for m in sys.modules if m.startswith(('lang.', 'opencc'))])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert loaded.strip() == "['lang.quantities']"
