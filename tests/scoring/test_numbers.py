"""What is said of each number of a translation: right, off by a power of ten, wrong, missing, invented."""

from fractions import Fraction
from typing import Literal

import pytest

from scoring.numbers import NumberVerdict, judge_numbers, number_statistics


def told(source: str, hypothesis: str, language: Literal["zh", "en"] = "zh") -> list[tuple[str, str, str]]:
    return [
        (verdict.outcome, verdict.source.text if verdict.source else "", verdict.target.text if verdict.target else "")
        for verdict in judge_numbers(source, hypothesis, language)
    ]


def only(source: str, hypothesis: str, language: Literal["zh", "en"] = "zh") -> NumberVerdict:
    (verdict,) = judge_numbers(source, hypothesis, language)
    return verdict


@pytest.mark.parametrize(
    ("chinese", "english", "outcome", "factor"),
    [
        ("2,236.6億元", "RMB 223.66 billion", "right", None),
        ("2,236.6億元", "RMB 2,236.6 billion", "scaled", Fraction(10)),
        ("2.6萬家", "over 26,000", "right", None),
        ("六成", "70 %", "wrong", None),
        ("11.8倍", "1.18 times", "scaled", Fraction(1, 10)),
    ],
)
def test_the_five_rows_other_tools_get_wrong(chinese: str, english: str, outcome: str, factor: Fraction | None) -> None:
    there, back = only(chinese, english), only(english, chinese, "en")
    assert (there.outcome, there.factor) == (outcome, factor)
    assert (back.outcome, back.factor) == (outcome, factor and 1 / factor)


def test_verdicts_follow_the_source_and_invented_ones_come_last() -> None:
    source = "2023年共有12宗，佔六成，合共3億元，又有5公里。"
    hypothesis = "For 30 million yuan, 12 cases (70 percent) in 2023, after 8 hours."
    assert told(source, hypothesis) == [
        ("right", "2023年", "2023"),
        ("right", "12", "12"),
        ("wrong", "六成", "70 percent"),
        ("scaled", "3億元", "30 million yuan"),
        ("missing", "5公里", ""),
        ("invented", "", "8 hours"),
    ]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("增長5.8個百分點", "grew by 5.8 percent"),
        ("上升100個基點", "up 1%"),
        ("長3公里", "3 miles long"),
        ("於5月4日舉行", "held on 5 May"),
        ("第八輪措施", "the ninth round of measures"),
        ("總額2,610億元", "a total of 260 billion yuan"),
        ("由5%升至6%", "from 5 percent to 7 percent"),
        ("甲升5%，乙升5%", "A rose by 5 percent, B by 6 percent"),
    ],
)
def test_another_value_or_unit_in_its_place_is_wrong(chinese: str, english: str) -> None:
    for verdicts in (judge_numbers(chinese, english, "zh"), judge_numbers(english, chinese, "en")):
        assert [verdict.outcome for verdict in verdicts if verdict.outcome != "right"] == ["wrong"]


def test_quantities_of_different_kinds_are_no_counterparts() -> None:
    assert told("歷時8小時", "over 5 km") == [("missing", "8小時", ""), ("invented", "", "5 km")]


def test_the_nearest_of_several_wrong_candidates_is_taken() -> None:
    assert told("甲有300宗，乙有418宗。", "A had 310 cases and B had 420.") == [
        ("wrong", "300", "310"),
        ("wrong", "418", "420"),
    ]
    assert told("日均67.3萬宗", "from 710,000 to about 670,000 a day")[0] == ("wrong", "67.3萬", "670,000")


def test_what_is_said_twice_and_translated_once_is_right() -> None:
    assert told("甲佔100%，乙佔100%", "100 percent for both") == [
        ("right", "100%", "100 percent"),
        ("right", "100%", "100 percent"),
    ]


def test_what_may_stay_unsaid_has_no_verdict_where_it_is_unsaid() -> None:
    assert told("為期一年，兩項措施", "A yearlong scheme with measures") == []
    assert told("為期一年", "for three years") == [("wrong", "一年", "three years")]


def test_numbers_within_names_and_of_notes_are_known() -> None:
    assert told("amid rising mortgage rates5 and weak sentiment", "按揭利率上升5及氣氛疲弱", "en") == []
    assert told("按揭利率上升5及氣氛疲弱", "amid rising mortgage rates5 and weak sentiment") == [("right", "5", "")]
    assert told("the NASDAQ-100 and S&P 500", "納斯達克100指數和標普500", "en") == [("right", "500", "500")]
    assert told("the NASDAQ-100 and S&P 500", "納斯達克200指數和標普500", "en")[1:] == [("invented", "", "200")]


def test_a_whole_may_be_said_in_words() -> None:
    assert told("100% backed by reserves", "由儲備全數支持", "en") == [("right", "100%", "")]
    assert only("100% backed by reserves", "由儲備全數支持", "en").message == "100% is said"
    assert told("95% backed by reserves", "由儲備全數支持", "en") == [("missing", "95%", "")]


def test_what_was_left_untranslated_is_read_in_its_own_language() -> None:
    assert told("# 17 Apr", "# 17 Apr", "en") == [("right", "17 Apr", "17 Apr")]


def test_scripts_tie() -> None:
    english = "RMB 2.5 billion for 40,000 households"
    for chinese in ("2.5億元，4萬戶", "2.5亿元，4万户"):
        assert [verdict.outcome for verdict in judge_numbers(english, chinese, "en")] == ["scaled", "right"]


@pytest.mark.parametrize(
    ("source", "hypothesis", "language", "message"),
    [
        (
            "2,236.6億元",
            "RMB 2,236.6 billion",
            "zh",
            "2,236.6億元 became RMB 2,236.6 billion: 10 times too large; expected RMB 223.66 billion",
        ),
        (
            "HK$4,564 billion",
            "4,564億港元",
            "en",
            "HK$4,564 billion became 4,564億港元: 10 times too small; expected 4.564萬億港元",
        ),
        ("HK$300 million", "30亿港元", "en", "HK$300 million became 30亿港元: 10 times too large; expected 3亿港元"),
        ("六成", "70 %", "zh", "六成 became 70 %; expected 60 percent"),
        ("10.5公里", "far", "zh", "10.5公里 is missing; expected 10.5 km"),
        ("很遠", "10.5 km", "zh", "10.5 km is not in the source"),
        ("六成", "60 percent", "zh", "六成 became 60 percent"),
    ],
)
def test_messages_say_what_happened_in_plain_english(
    source: str, hypothesis: str, language: Literal["zh", "en"], message: str
) -> None:
    assert only(source, hypothesis, language).message == message


def test_statistics_count_the_quantities_of_the_source() -> None:
    verdicts = judge_numbers(
        "2023年共有12宗，佔六成，合共3億元，又有5公里，為期一年，3兆元。",
        "For 30 million yuan, 12 cases (70 percent) in 2023, after 8 hours, for one year, 3 trillion yuan.",
        "zh",
    )
    assert [verdict.outcome for verdict in verdicts].count("right") == 4
    assert number_statistics(verdicts) == (2, 5)
    assert number_statistics([]) == (0, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_texts_without_numbers_have_no_verdicts(language: Literal["zh", "en"]) -> None:
    assert judge_numbers("", "", language) == []
    assert judge_numbers("您好", "Hello", language) == []
