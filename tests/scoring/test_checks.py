"""Checks of a translation without reference: what each rule finds, and what it leaves alone."""

import json

import pytest

from lang.errors import BadFileError, YuqiaoError
from scoring.checks.checker import RULE_NAMES, Selection, check
from scoring.checks.issue import Pair
from scoring.checks.pair_files import read_pairs
from scoring.checks.rules import RULES
from scoring.checks.sarif import sarif
from scoring.expected_terms import DictionaryTerms


def rules(source, target, into="en", **options):
    """The names of rules that find fault with one pair."""
    return [issue.rule for issue in check([Pair(source, target, 1)], into, **options)]


def test_a_good_translation_has_no_issue():
    assert rules("去年糧食產量達1.3萬億斤。", "Grain output reached 1.3 trillion jin last year.") == []
    assert rules("Grain output reached 650 million tons.", "糧食產量達6.5億噸。", "zh") == []


@pytest.mark.parametrize(
    ("source", "target", "into", "rule"),
    [
        ("推動低空經濟發展。", " ", "en", "empty"),
        ("", "We will promote it.", "en", "no-source"),
        ("推動低空經濟發展。", "推动低空经济发展。", "en", "untranslated"),
        ("推動低空經濟發展。", "我們要大力推動低空經濟的發展。", "en", "untranslated"),
        ("We will promote the low-altitude economy.", "We will promote the low-altitude economy.", "zh", "untranslated"),
        ("推動低空經濟發展。", "We will promote 低空經濟.", "en", "left-over"),
        ("推動低空經濟發展。", "We will promote the low-altitude economy \ufffd.", "en", "damage"),
        ("見 https://example.org/a 。", "See there.", "en", "address"),
        ("推動低空經濟發展。" * 4, "We will.", "en", "length"),
        ("推動（低空）經濟發展。", "We will promote the (low-altitude economy.", "en", "brackets"),
        ("We will promote it.", "我們要「推動它。", "zh", "brackets"),
        ("推動低空經濟發展。", "We will promote the low-altitude economy,,", "en", "doubled-mark"),
        ("推動低空經濟發展。", "We will  promote the low-altitude economy.", "en", "double-space"),
        ("推動低空經濟發展。", "We will promote the low-altitude economy", "en", "end-mark"),
        ("We will promote the economy, and trade.", "我們要推動經濟,以及貿易。", "zh", "half-width"),
        ("We will promote the economy.", "我們要推 動經濟發展。", "zh", "space-in-chinese"),
        ("In 2023 it grew.", "在２０２３年有增長。", "zh", "full-width-digits"),
        ("推動低空經濟發展。", "We will promote the low-altitude economy。", "en", "full-width"),
        ("推動低空經濟發展。", "We will promote the economy , too.", "en", "space-before-mark"),
        ("推動低空經濟發展。", "We will promote the the low-altitude economy.", "en", "doubled-word"),
        ("投資2,236.6億元。", "RMB 2,236.6 billion was invested.", "en", "number-scaled"),
        ("六成人贊成。", "70 percent were in favour.", "en", "number-wrong"),
        ("共有26,000家。", "There are many of them.", "en", "number-missing"),
        ("有許多家。", "There are 26,000 of them.", "en", "number-invented"),
    ],
)
def test_rule_finds(source, target, into, rule):
    assert rule in rules(source, target, into)


@pytest.mark.parametrize(
    ("source", "target", "into"),
    [
        ("COVID-19", "COVID-19", "zh"),
        ("New York Times", "New York Times", "zh"),
        ("for i in range(10): print(i)", "for i in range(10): print(i)", "zh"),
        ("(a) 推動經濟；b) 貿易", "(a) the economy; b) trade", "en"),
        ("《論語》是經典。", "The Analects (《論語》) is a classic.", "en"),
        ('He said, "I will stay.', "他說：「我會留下。", "zh"),
        ("At 10:30 see http://a.org, p. 3", "10:30 見 http://a.org 第3頁", "zh"),
        ("John Smith of Acme Motor Company spoke.", "Acme Motor Company 的 John Smith 發言。", "zh"),
        ("經濟發展……", "The economy grows ...", "en"),
        ("真的？！", "Really?!", "en"),
    ],
)
def test_rules_leave_alone(source, target, into):
    assert rules(source, target, into) == []


def test_spans_say_where_and_suggestions_what():
    (issue,) = check([Pair("推動經濟發展。", "We will promote the economy。", 1)], "en")
    assert issue.pair.target[slice(*issue.span)] == "。"
    assert issue.suggestion == "."
    (issue,) = check([Pair("投資2,236.6億元。", "RMB 2,236.6 billion was invested.", 1)], "en")
    assert issue.pair.target[slice(*issue.span)] == "RMB 2,236.6 billion"
    assert "223.66 billion" in issue.suggestion
    assert issue.severity == "error"


def test_terms_missed_and_forbidden():
    terms = DictionaryTerms([{"離境退稅": "departure tax refund"}] * 2)
    pairs = [
        Pair("推廣離境退稅。", "Departure tax refunds will be promoted.", 1),
        Pair("推廣離境退稅。", "Exit tax will be promoted.", 2),
    ]
    (issue,) = check(pairs, "en", terms=terms, selection=Selection(ignored=frozenset({"inconsistent"})))
    assert (issue.rule, issue.pair.number, issue.suggestion) == ("term-missed", 2, "departure tax refund")
    assert issue.pair.source[slice(*issue.span)] == "離境退稅"


def test_same_source_translated_differently():
    pairs = [
        Pair("推動經濟發展。", "We will promote growth.", 1, "a", 1),
        Pair("推动经济发展", "We shall foster growth.", 2, "a", 2),
        Pair("推動經濟發展！", "We will promote GROWTH!", 3, "a", 3),
    ]
    (issue,) = check(pairs, "en", selection=Selection(only=frozenset({"inconsistent"})))
    assert issue.pair.number == 2
    assert "line 1" in issue.message


def test_mixed_scripts():
    pairs = [Pair("Growth.", "經濟發展與貿易。", 1), Pair("Trade.", "對外貿易與經济。", 2)] + [
        Pair("x", "經濟發展與貿易。", 3)
    ] * 3
    only = Selection(only=frozenset({"mixed-script"}))
    (issue,) = check(pairs, "zh", selection=only)
    assert issue.pair.number == 2
    assert issue.pair.target[slice(*issue.span)] == "济"
    (issue,) = check([Pair("a", "經濟", 1), Pair("b", "经济", 2)], "zh", selection=only)
    assert "mixes 2 simplified with 2 traditional" in issue.message
    assert check([Pair("Hang Seng hires.", "恒生銀行雇用員工。", 1)], "zh", selection=only) == []


def test_selection():
    source, target = "推動經濟發展。", "We will  promote the the economy。"
    assert set(rules(source, target)) == {"double-space", "doubled-word", "full-width"}
    assert rules(source, target, selection=Selection(ignored=frozenset({"full-width"}), lowest="warning")) == ["doubled-word"]
    assert rules(source, target, selection=Selection(only=frozenset({"double-space"}))) == ["double-space"]
    known = {issue.fingerprint for issue in check([Pair(source, target, 1)], "en")}
    assert len(known) == 3
    assert rules(source, target, selection=Selection(accepted=frozenset(known))) == []


def test_different_sources_with_one_translation():
    pairs = [Pair("推動經濟發展。", "We will promote growth.", 1), Pair("大力扶持產業。", "We will promote growth.", 2)]
    (issue,) = check(pairs, "en", selection=Selection(only=frozenset({"same-translation"})))
    assert issue.pair.number == 2


def test_every_rule_has_a_severity_and_a_name_of_its_own():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert {rule.name for rule in RULES} < set(RULE_NAMES)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.zh").write_text("推動經濟。\n促進貿易。\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("Promote the economy.\nFoster trade.\n", encoding="utf-8")
    return str(tmp_path / "a.zh"), str(tmp_path / "a.en")


def test_two_files_in_either_order(files):
    chinese, english = files
    given = read_pairs([chinese, english], None)
    assert (given.target, given.pairs[1].target, given.pairs[1].file, given.pairs[1].line) == ("en", "Foster trade.", english, 2)
    turned = read_pairs([english, chinese], None)
    assert turned.pairs == given.pairs
    assert "is the Chinese one" in turned.notes[0]
    back = read_pairs([chinese, english], "en")
    assert (back.target, back.pairs[0].target, back.pairs[0].file) == ("zh", "推動經濟。", chinese)


def test_files_that_do_not_pair(files, tmp_path):
    chinese, english = files
    (tmp_path / "b.en").write_text("Promote the economy.\n", encoding="utf-8")
    with pytest.raises(BadFileError, match=r"a\.zh:2: has 2 lines, but .*b\.en has 1"):
        read_pairs([chinese, str(tmp_path / "b.en")], None)
    with pytest.raises(YuqiaoError, match="both in Chinese"):
        read_pairs([chinese, chinese], None)
    with pytest.raises(YuqiaoError, match="3 files"):
        read_pairs([chinese, english, english], None)


def test_bilingual_files(tmp_path):
    table = tmp_path / "a.tsv"
    table.write_text("zh\ten\n推動經濟。\tPromote the economy.\n促進貿易。\t\n", encoding="utf-8")
    given = read_pairs([str(table)], None)
    assert [pair.target for pair in given.pairs] == ["Promote the economy."]
    assert given.notes
    assert read_pairs([str(table)], "en").pairs[0].source == "Promote the economy."


def test_sarif_places_and_fingerprints():
    issues = check([Pair("推動經濟發展。", "We will promote the economy。", 7, "out/a b.en", 7)], "en")
    run = sarif(issues)["runs"][0]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "full-width"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "out/a%20b.en"
    assert place["region"] == {"startLine": 7, "startColumn": 28, "endColumn": 29}
    assert result["partialFingerprints"]["yuqiao/v1"] == issues[0].fingerprint
    json.dumps(run)
