"""What the aligner sees in a sentence: numbers equal in both languages, Latin words, marks."""

from decimal import Decimal

import pytest

from lang.fold import fold
from tm.alignment_evidence import chinese_value, profile


def values(text: str, language: str) -> set[tuple[str, object]]:
    kinds = {"number", "small", "month"}
    return {feature for feature in profile(text, language).features if feature[0] in kinds}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("3.68萬億元", "3.68 trillion yuan"),
        ("3.68万亿元", "RMB 3,680 billion"),
        ("2,875萬元", "28.75 million"),
        ("2.6萬家", "26,000 companies"),
        ("１２０億元", "12 billion yuan"),
        ("六成", "60%"),
        ("5.5%", "5.5 per cent"),
        ("二○二五年", "2025"),
        ("三十個國家", "thirty countries"),
        ("二十五個", "twenty-five"),
        ("第七屆", "the seventh"),
        ("第一", "first"),
        ("2024年3月", "March 2024"),
        ("十一月", "Nov."),
        ("一百二十名", "120 people"),
        ("10.6萬套", "106,000 units"),
        ("三億人", "300 million people"),
    ],
)
def test_numbers_of_both_languages_are_equal(chinese: str, english: str) -> None:
    found = values(chinese, "zh")
    assert found
    assert found == values(english, "en")


@pytest.mark.parametrize("text", ["一些人", "萬一", "十分", "統一"])
def test_numerals_in_words_hardly_count(text: str) -> None:
    assert not {feature for feature in values(text, "zh") if feature[0] == "number" and feature[1] != Decimal(10001)}


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("〇", 0),
        ("十", 10),
        ("十五", 15),
        ("二百零三", 203),
        ("三万", 30_000),
        ("一亿二千万", 120_000_000),
        ("二万亿", 2 * 10**12),
    ],
)
def test_chinese_numeral_has_its_value(numeral: str, value: int) -> None:
    assert chinese_value(fold(numeral)) == value


def test_too_long_a_numeral_has_no_value() -> None:
    assert chinese_value("亿" * 100) is None


def test_marks_of_both_languages_are_equal() -> None:
    for chinese, english in [
        ("（一）這是什麼？", "(1) What is it?"),
        ("他說：「好。」", 'He said: "Good."'),
        ("# 目標", "# Goals"),
    ]:
        marks = [
            {feature for feature in profile(text, language).features if feature[0] in ("mark", "list")}  # type: ignore[arg-type]
            for text, language in ((chinese, "zh"), (english, "en"))
        ]
        assert marks[0] == marks[1]


def test_latin_words_of_chinese_text_are_features() -> None:
    assert {("latin", "hkma"), ("latin", "atm")} <= profile("HKMA的ATMs", "zh").features


def test_words_are_pairs_of_characters_or_english_keys() -> None:
    assert profile("低空經濟。", "zh").words == {"低空", "空经", "经济"}
    assert profile("Tax refunds", "en").words == {"tax", "refund"}
