"""How a segment's expected terms are judged."""

from collections.abc import Mapping

import pytest

from scoring.expected_terms import DictionaryTerms, ExpectedConcept, ExpectedTerm, Rendering
from scoring.terms import SegmentTerms, confirmed, judge_segment


def judge(source: str, hypothesis: str, dictionary: Mapping[str, str | list[str]]) -> SegmentTerms:
    return judge_segment(next(DictionaryTerms([dictionary]).expected([source])), source, hypothesis)


def outcomes(source: str, hypothesis: str, dictionary: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    return [(verdict.outcome, verdict.target_text) for verdict in judge(source, hypothesis, dictionary).verdicts]


BANK = {"authorized institution": ["認可機構", "認可銀行"]}


@pytest.mark.parametrize(
    ("hypothesis", "expected"),
    [
        ("各認可機構須遵守", ("preferred", "認可機構")),
        ("各認可銀行須遵守", ("admitted", "認可銀行")),
        ("各认可机构须遵守", ("lenient", "认可机构")),
        ("各受認機構須遵守", ("missed", "")),
        ("", ("missed", "")),
    ],
)
def test_outcomes_of_chinese_renderings(hypothesis: str, expected: tuple[str, str]) -> None:
    assert outcomes("Authorized institutions must comply.", hypothesis, BANK) == [expected]


@pytest.mark.parametrize(
    ("rendering", "hypothesis", "outcome"),
    [
        ("low-altitude economy", "the low-altitude economy", "preferred"),
        ("low-altitude economy", "Low-Altitude Economy", "preferred"),
        ("low-altitude economy", "a low altitude economy", "lenient"),
        ("low-altitude economy", "low-altitude economies", "lenient"),
        ("Exchange Fund", "the exchange fund", "lenient"),
        ("cybersecurity", "cyber-security", "lenient"),
        ("co-operative society", "cooperative societies", "lenient"),
        ("Glasgow Declaration", "the Glasgow Declaration5", "preferred"),
        ("tax refund", "taxes were refunded", "missed"),
        ("AI", "raised", "missed"),
        ("AI", "ai", "missed"),
        ("WHO", "who", "missed"),
    ],
)
def test_outcomes_of_english_renderings(rendering: str, hypothesis: str, outcome: str) -> None:
    assert outcomes("低空經濟", hypothesis, {"低空經濟": rendering})[0][0] == outcome


@pytest.mark.parametrize(
    ("rendering", "hypothesis", "outcome"),
    [
        ("《銀行業條例》", "銀行業條例規定", "preferred"),
        ("5G網絡", "5G 網絡", "preferred"),
        ("CLS系統", "ＣＬＳ系統", "preferred"),
        ("第1級", "第12級", "missed"),
        ("ATM", "ATMs", "lenient"),
        ("新興巿場", "新興市場", "lenient"),
        ("風險為本的監管", "風險為本監管", "lenient"),
        ("財政及外匯儲備", "財政與外匯儲備", "lenient"),
        ("強制性公積金（強積金）", "強積金", "lenient"),
        ("強制性公積金（強積金）", "強制性公積金", "lenient"),
        ("財務行動特別組織（特別組織）", "金融行動特別組織", "missed"),
        ("香港警務處（警務處）", "獲得警務處支持", "lenient"),
        ("基建融資促進辦公室(IFFO)", "基建融資促進辦事處(IFFO)", "missed"),
        ("存款保障", "存款，保障", "missed"),
    ],
)
def test_spellings_in_chinese_text(rendering: str, hypothesis: str, outcome: str) -> None:
    assert outcomes("the term", hypothesis, {"term": rendering})[0][0] == outcome


def test_longer_rendering_of_another_term_wins() -> None:
    dictionary = {"Exchange Fund": "外匯基金", "Exchange Fund Advisory Committee": "外匯基金諮詢委員會"}
    source = "The Exchange Fund Advisory Committee runs the Exchange Fund."
    assert outcomes(source, "外匯基金諮詢委員會管理該基金。", dictionary) == [("preferred", "外匯基金諮詢委員會"), ("missed", "")]


def test_each_place_renders_one_occurrence() -> None:
    judged = judge("A bank, a bank and a bank", "銀行和銀行", {"bank": "銀行"})
    assert sorted(verdict.outcome for verdict in judged.verdicts) == ["missed", "preferred", "preferred"]
    assert len({verdict.target_start for verdict in judged.verdicts}) == 3


def test_missed_occurrence_is_the_one_farthest_from_a_rendering() -> None:
    verdicts = judge(
        "HKMA staff work here, and much later comes the HKMA", "員工在此工作，很久以後才有金管局", {"HKMA": "金管局"}
    ).verdicts
    assert [verdict.outcome for verdict in verdicts] == ["missed", "preferred"]


def test_terms_with_one_rendering_share_its_places() -> None:
    dictionary = {"virtual bank": "虛擬銀行", "virtual banking": "虛擬銀行"}
    assert outcomes("Virtual banking by a virtual bank", "虛擬銀行的虛擬銀行服務", dictionary) == [("preferred", "虛擬銀行")] * 2


def test_phrase_in_parentheses_renders_what_it_abbreviates() -> None:
    dictionary = {
        "anti-money laundering": "打擊洗錢",
        "counter-terrorist financing": "恐怖分子資金籌集",
        "AML/CFT": "打擊洗錢及恐怖分子資金籌集",
    }
    source = "anti-money laundering and counter-terrorist financing (AML/CFT)"
    assert [outcome for outcome, _ in outcomes(source, "打擊洗錢及恐怖分子資金籌集", dictionary)] == ["preferred"] * 3


def test_deprecated_rendering_counts_only_without_an_accepted_one() -> None:
    concept = ExpectedConcept(
        "1", "tax", ("退稅",), (Rendering("tax refund", "preferred"), Rendering("tax rebate", "deprecated"))
    )
    terms = [ExpectedTerm(0, 2, "退稅", concept)]
    assert judge_segment(terms, "退稅", "a tax rebate").verdicts[0].outcome == "deprecated"
    judged = judge_segment(terms, "退稅", "a tax rebate, or tax refund")
    assert judged.verdicts[0].outcome == "preferred"
    assert judged.row() == (1, 1, 1, 0, 0, 1, 0)


def test_over_use_is_what_the_source_does_not_explain() -> None:
    dictionary = {"bank": "銀行", "central bank": "央行"}
    assert [use.text for use in judge("A bank", "銀行是銀行", dictionary).over_used] == ["銀行"]
    # The bank inside central bank may be rendered, and a name given again in parentheses is the same one.
    assert judge("A bank and a central bank", "銀行及中央銀行", dictionary).over_used == ()
    assert judge("The MPF", "強制性公積金（強積金）", {"MPF": ["強積金", "強制性公積金"]}).over_used == ()


def test_lines_are_judged_by_themselves() -> None:
    dictionary = {"bank": "銀行", "fund": "基金"}
    judged = judge("The bank\n\nThe fund", "該機構\n\n基金和銀行", dictionary)
    assert [verdict.outcome for verdict in judged.verdicts] == ["missed", "preferred"]
    assert judged.verdicts[1].target_text == "基金"


def test_lines_of_unequal_number_are_aligned() -> None:
    dictionary = {"bank": "銀行", "fund": "基金", "market": "市場"}
    source = "In 2021 the bank opened 14 branches.\nThe fund of 2,300 members closed.\nThe market of 2019 rose by 45%."
    judged = judge(source, "2021年該銀行開設14間分行。\n2019年市場上升45%。", dictionary)
    assert [verdict.outcome for verdict in judged.verdicts] == ["preferred", "missed", "preferred"]


def test_list_of_terms_behind_the_translation_renders_nothing() -> None:
    dictionary = {"bank": "銀行", "fund": "基金", "market": "市場", "bond": "債券"}
    source = "The bank sold the fund on the market for a bond."
    for appended in ("。銀行、基金、市場、債券", " 銀行 基金 市場 債券", "\n銀行\n基金\n市場\n債券"):
        judged = judge(source, "該銀行在該處出售該物以換取它" + appended, dictionary)
        assert [verdict.outcome for verdict in judged.verdicts] == ["preferred", "missed", "missed", "missed"]
        assert judged.listed == 4
        assert len(judged.over_used) == 4


def test_list_that_the_source_has_too_is_translation() -> None:
    dictionary = {"bank": "銀行", "fund": "基金", "market": "市場", "bond": "債券"}
    judged = judge("Keywords: bank, fund, market, bond", "關鍵詞：銀行、基金、市場、債券", dictionary)
    assert [verdict.outcome for verdict in judged.verdicts] == ["preferred"] * 4
    assert judged.over_used == ()


def test_glossary_behind_a_line_is_beyond_any_translation() -> None:
    dictionary = {"bank": "銀行", "fund": "基金"} | {f"thing {number}": f"第{number}號事物" for number in range(60)}
    judged = judge("The bank left.", "機構離開了。" + "".join(f"第{number}號事物" for number in range(60)) + "銀行", dictionary)
    assert [verdict.outcome for verdict in judged.verdicts] == ["missed"]
    assert len(judged.over_used) == 1


def test_reference_confirms_the_sense() -> None:
    source = "The rate fell. Rates are paid."
    expected = list(DictionaryTerms([{"rate": "利率", "rates are": "差餉"}]).expected([source]))
    kept = confirmed(expected, [source], ["利率下跌。稅款已付。"])
    assert [[term.text for term in terms] for terms in kept] == [["rate"]]
