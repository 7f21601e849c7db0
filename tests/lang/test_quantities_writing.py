"""Writing quantities in the other language, and back."""

from dataclasses import replace

import pytest

from lang.errors import UnsupportedError
from lang.quantities import Quantity, find_quantities, write_quantity


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2,236.6億元", "RMB 223.66 billion"),
        ("1.4萬億元", "RMB 1.4 trillion"),
        ("2,875萬元", "RMB 28.75 million"),
        ("3,150億港元", "HK$315 billion"),
        ("1.2億美元", "US$120 million"),
        ("2.6萬", "26,000"),
        ("逾400", "over 400"),
        ("43,002", "43,002"),
        ("320萬", "3.2 million"),
        ("98.6%", "98.6 percent"),
        ("至少20%", "at least 20 percent"),
        ("5%至6%", "5 to 6 percent"),
        ("1.6個百分點", "1.6 percentage points"),
        ("25個基點", "25 basis points"),
        ("11.8倍", "11.8 times"),
        ("增長11.8倍", "up 11.8-fold"),
        ("三分之一", "one-third"),
        ("一半", "half"),
        ("23分之17", "17/23"),
        ("30萬平方米", "300,000 square metres"),
        ("3,260萬畝", "32.6 million mu"),
        ("1.3萬億斤", "1.3 trillion jin"),
        ("2.5萬里", "25,000 li"),
        ("1.4億人", "140 million people"),
        ("30萬戶", "300,000 households"),
        ("3至5年", "3 to 5 years"),
        ("半年", "half a year"),
        ("6個月", "6 months"),
        ("28分鐘", "28 minutes"),
        ("第三季", "third quarter"),
        ("上半年", "first half"),
        ("第7", "7th"),
        ("2025年", "2025"),
        ("2018至2019年", "2018–2019"),
        ("1990年代", "1990s"),
        ("2023年6月1日", "1 June 2023"),
        ("1至6月", "January to June"),
        ("3月23日至24日", "23–24 March"),
        ("上午9時30分", "9:30 am"),
    ],
)
def test_both_ways(chinese: str, english: str) -> None:
    assert write_quantity(only(chinese), "en") == english
    assert write_quantity(only(english), "zh") == chinese


def test_styles_of_english() -> None:
    assert write_quantity(only("2,236.6億元"), "en", "yuan") == "223.66 billion yuan"
    assert write_quantity(only("223.66 billion yuan"), "zh") == "2,236.6億元"
    assert write_quantity(only("六成"), "en-HK", "hong kong") == "60 per cent"


def test_script_follows_the_tag() -> None:
    quantity = only("2.6 million tonnes")
    assert write_quantity(quantity, "zh-Hans") == "260万吨"
    assert write_quantity(quantity, "zh-Hant-HK") == "260萬噸"


def test_without_qualifier_where_the_text_around_has_it() -> None:
    assert write_quantity(replace(only("逾400家"), qualifier=""), "en") == "400"


def test_an_ambiguous_number_is_handed_through() -> None:
    assert write_quantity(only("3兆元"), "en") == "3兆"


def test_other_languages_are_refused() -> None:
    with pytest.raises(UnsupportedError):
        write_quantity(only("六成"), "fr")
