"""Whether quantities of two texts agree: equivalences, errors of scale, and what must not be taken for the same."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from lang.quantities import Reconciliation, find_quantities, reconcile

PAIRS = Path(__file__).parents[2] / "tm/data/pairs"


def compare(chinese: str, english: str) -> Reconciliation:
    return reconcile(find_quantities(chinese, "zh"), find_quantities(english, "en"))


def test_the_five_rows_other_tools_get_wrong() -> None:
    assert compare("2,236.6億元", "RMB 223.66 billion").agrees
    tenfold = compare("2,236.6億元", "RMB 2,236.6 billion")
    assert not tenfold.agrees
    assert [pair.factor for pair in tenfold.scaled] == [10]
    assert compare("2.6萬家", "over 26,000").agrees
    wrong = compare("六成", "70 %")
    assert (len(wrong.missing), len(wrong.extra), wrong.scaled) == (1, 1, ())
    assert [pair.factor for pair in compare("11.8倍", "1.18 times").scaled] == [Fraction(1, 10)]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("六成", "60 percent"),
        ("六成", "60 per cent"),
        ("六成", "three-fifths"),
        ("三分之一", "one third"),
        ("過半數", "more than half"),
        ("一半", "50 percent"),
        ("2.6萬", "26,000"),
        ("3.68萬億元", "3.68 trillion yuan"),
        ("3.68萬億元", "RMB 3,680 billion"),
        ("2,875萬元", "28.75 million yuan"),
        ("增長11.8倍", "up 11.8-fold"),
        ("增長11.8倍", "12.8 times the former level"),
        ("增長1.5倍", "up 150 percent"),
        ("增長1.5倍", "2.5 times as much"),
        ("增長一倍", "doubled"),
        ("增至十倍", "a tenfold increase"),
        ("翻兩番", "quadrupled"),
        ("翻一番", "doubled"),
        ("2.6倍", "2.6 times"),
        ("1.5倍", "150 percent"),
        ("30萬平方米", "300,000 square metres"),
        ("半年", "six months"),
        ("一年半", "18 months"),
        ("三十年", "three decades"),
        ("前三季度", "the first nine months"),
        ("上半年", "the first six months"),
        ("2025年初", "early 2025"),
        ("25基點", "0.25 percentage points"),
        ("15萬畝", "10,000 hectares"),
        ("1.3萬億斤", "650 million tonnes"),
        ("八折", "a 20 percent discount"),
        ("5%至6%", "5 to 6 percent"),
        ("薄（0.3mm-0.5mm）牙刷", "0.3mm - 0.5mm brushes"),
        ("全程3km-5km", "3 to 5 km in all"),
        ("由5%升至6%", "from 5 percent to 6 percent"),
        ("12.5個工作日壓縮至4.8個工作日", "from 12.5 to 4.8 working days"),
        ("2023年6月1日", "1 June 2023"),
        ("2023年6月及7月", "June and July 2023"),
        ("6月30日", "30 June 2023"),
        ("2018/19年度", "2018-19"),
        ("九十年代", "the 1990s"),
        ("第七屆", "the seventh"),
        ("第三季", "the third quarter"),
        ("第二產業", "the secondary industry"),
        ("連續兩年", "for the second consecutive year"),
        ("55樓", "the 55th floor"),
        ("逾400家", "more than 400 companies"),
        ("385萬人次", "3.85 million times"),
        ("900元", "$900"),
        ("過去一年", "over the past year"),
        ("兩地", "both places"),
        ("下跌3.5%", "-3.5%"),
        ("「十四五」規劃", "the 14th Five-Year Plan"),
        ("3兆元", "3 trillion yuan"),
        ("3兆元", "3 million yuan"),
        ("3兆元", "a large sum"),
        ("100%及100%", "100 percent for both"),
        ("由10,598億元增至10,787億元", "from HK$1,059.8 billion to HK$1,078.7 billion"),
        ("編制增加34人至875人", "the establishment was increased by 34 to 875"),
        ("7.75至7.85港元兌1美元", "HK$7.75–7.85 to the US dollar"),
        ("約-615點", "about -615 pips"),
        ("每年需要1至2兆美元", "US$1–2 trillion a year"),
        ("19世紀", "the 1800s"),
        ("第二、三及四季", "the second, third and fourth quarters"),
        ("三種貨幣的債券", "the triple-currency bond"),
        ("4/7的患者", "four of seven patients"),
        ("早上4點", "at 4:00 am"),
        ("一到兩次", "once or twice"),
        ("十多個小組", "over a dozen groups"),
        ("100多磅", "more than 100 pounds"),
    ],
)  # fmt: skip
def test_the_same_said_differently_agrees(chinese: str, english: str) -> None:
    assert compare(chinese, english).agrees


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2.64%", "2.6%"),
        ("26,432家", "26,000 companies"),
        ("5.8個百分點", "5.8 percent"),
        ("六成", "60"),
        ("3億美元", "HK$300 million"),
        ("3億元人民幣", "HK$300 million"),
        ("3公里", "3 miles"),
        ("100畝", "100 hectares"),
        ("三年", "three months"),
        ("三分之一", "two thirds"),
        ("增長1.5倍", "1.5 times as much"),
        ("翻兩番", "doubled"),
        ("2025年", "2026"),
        ("6月1日", "1 July"),
        ("第七屆", "the eighth"),
        ("5%至6%", "5 percent"),
        ("三家", "four firms"),
        ("十四億人", "1.4 million people"),
        ("7個項目", "projects"),
        ("早上4點", "at 5:00 am"),
        ("4/7的患者", "four of eight patients"),
        ("由5%升至6%", "from 5 percent to 7 percent"),
        ("項目", "7 projects"),
    ],
)  # fmt: skip
def test_what_differs_does_not_agree(chinese: str, english: str) -> None:
    assert not compare(chinese, english).agrees


def test_a_power_of_ten_is_told_from_other_errors() -> None:
    result = compare("十四億人和3億元", "140 million people and 30 million yuan")
    assert [(pair.source.text, pair.target.text, pair.factor) for pair in result.scaled] == [
        ("十四億人", "140 million people", Fraction(1, 10)),
        ("3億元", "30 million yuan", Fraction(1, 10)),
    ]
    assert not result.missing
    assert not result.extra


def test_each_quantity_is_accounted_for_once() -> None:
    source = find_quantities("2023年共有12宗，佔六成，合共3億元，又有5公里。", "zh")
    target = find_quantities("In 2023, 12 cases (70 percent) cost 30 million yuan, first.", "en")
    result = reconcile(source, target)
    assert [(pair.source.text, pair.target.text) for pair in result.matched] == [("2023年", "2023"), ("12", "12")]
    assert [quantity.text for quantity in result.missing] == ["六成", "5公里"]
    assert [quantity.text for quantity in result.extra] == ["70 percent"]
    assert [(pair.source.text, pair.target.text) for pair in result.scaled] == [("3億元", "30 million yuan")]
    assert [quantity.text for quantity in result.unsaid] == ["first"]


def test_qualifiers_decide_between_equal_values() -> None:
    result = compare("逾400家和400家", "400 firms and more than 400 firms")
    assert [(pair.source.qualifier, pair.target.qualifier) for pair in result.matched] == [("over", "over"), ("", "")]


def test_nothing_agrees_with_nothing() -> None:
    assert reconcile([], []) == Reconciliation()
    assert Reconciliation().agrees


def test_our_own_pairs_agree() -> None:
    wrong = []
    lines = [line for path in sorted(PAIRS.glob("*.tsv")) for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert len(lines) > 200
    for line in lines:
        chinese, english = line.split("\t")
        result = compare(chinese, english)
        if not result.agrees:
            wrong.append((chinese, result.missing, result.extra, result.scaled))
    assert wrong == []


@pytest.mark.slow
def test_real_aligned_lines_agree(shared_data: Callable[[str], Path]) -> None:
    """docs/numbers.md says what the rest are: years said on one side only, notes, damaged words."""
    import json

    lines = agreed = 0
    for path in sorted(shared_data("hkma").glob("20*.jsonl")):
        for document in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for chinese, english in zip(document["zh"].split("\n"), document["en"].split("\n"), strict=True):
                source, target = find_quantities(chinese, "zh"), find_quantities(english, "en")
                if source and target:
                    lines += 1
                    agreed += reconcile(source, target).agrees
    assert agreed / lines >= 0.96
