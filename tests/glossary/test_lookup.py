"""Look-up: every way to ask for a term, on a small term base of our own and on the curated one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concept import Concept, Term
from glossary.glossary import Glossary
from workspace.workspace import Workspace

TERMS = [
    ("離境退稅|离境退税", "departure tax refund|tax refund"),
    ("離境", "departure"),
    ("低空經濟|低空经济", "low-altitude economy"),
    ("5G網絡|5G网络", "5G network"),
    ("A股", "A share"),
    ("人口老齡化|人口老龄化", "population ageing"),
    ("旅遊業|旅游业", "tourism industry"),
    ("軟件|软件|軟體", "software"),
    ("「十四五」規劃|“十四五”规划", "14th Five-Year Plan"),
    ("勞動力市場|劳动力市场", "labour market"),
    ("國家實驗室|国家实验室", "national laboratory"),
    ("委員會|委员会", "committee"),
    ("㵘水𠮷鎮", "Mansui"),
]


@pytest.fixture
def glossary(empty_workspace: Workspace) -> Iterator[Glossary]:
    for chinese, english in TERMS:
        empty_workspace.glossary.add(chinese.split("|"), english.split("|"))
    return empty_workspace.glossary


def best(glossary: Glossary, query: str) -> tuple[str, str]:
    """The first Chinese spelling of the best match and its kind."""
    match = glossary.lookup(query)[0]
    return match.concept.terms[0].text, match.kind


@pytest.mark.parametrize(
    ("query", "expected", "kind"),
    [
        ("離境退稅", "離境退稅", "exact"),
        ("离境退税", "離境退稅", "exact"),
        ("  離境退稅\n", "離境退稅", "exact"),
        ("離境退税", "離境退稅", "script"),
        ("劳动力市場", "勞動力市場", "script"),
        ("５Ｇ網絡", "5G網絡", "script"),
        ("5g網絡", "5G網絡", "exact"),
        ("5G 網絡", "5G網絡", "script"),
        ("十四五規劃", "「十四五」規劃", "script"),
        ("《十四五》規劃", "「十四五」規劃", "script"),
        ("departure tax refund", "離境退稅", "exact"),
        ("Departure Tax REFUND", "離境退稅", "exact"),
        ("tax refund", "離境退稅", "exact"),
        ("li2 jing4 tui4 shui4", "離境退稅", "pinyin"),
        ("lí jìng tuì shuì", "離境退稅", "pinyin"),
        ("lijingtuishui", "離境退稅", "pinyin"),
        ("li jing tui shui", "離境退稅", "pinyin"),
        ("LiJingTuiShui", "離境退稅", "pinyin"),
        ("ljts", "離境退稅", "pinyin"),
        ("lijingtui", "離境退稅", "pinyin"),
        ("ljt", "離境退稅", "pinyin"),
        ("lvyouye", "旅遊業", "pinyin"),
        ("lüyouye", "旅遊業", "pinyin"),
        ("lu:3 you2 ye4", "旅遊業", "pinyin"),
        ("5gwl", "5G網絡", "pinyin"),
        ("agu", "A股", "pinyin"),
        ("tax refunds", "離境退稅", "inflection"),
        ("the departure tax refunds", "離境退稅", "inflection"),
        ("population aging", "人口老齡化", "inflection"),
        ("labor market", "勞動力市場", "inflection"),
        ("low altitude economies", "低空經濟", "inflection"),
        ("committees", "委員會", "inflection"),
        ("低空", "低空經濟", "prefix"),
        ("人口老", "人口老齡化", "prefix"),
        ("5g", "5G網絡", "prefix"),
        ("departure tax", "離境退稅", "prefix"),
        ("low-alt", "低空經濟", "prefix"),
        ("境退", "離境退稅", "contains"),
        ("实验", "國家實驗室", "contains"),
        ("laborator", "國家實驗室", "contains"),
        ("Five-Year", "「十四五」規劃", "contains"),
        ("refund tax departure", "離境退稅", "contains"),
        ("ageing population", "人口老齡化", "contains"),
        ("離境退说", "離境退稅", "fuzzy"),
        ("離境稅", "離境退稅", "fuzzy"),
        ("離境的退稅", "離境退稅", "fuzzy"),
        ("勞動市場", "勞動力市場", "fuzzy"),
        ("departrue tax refund", "離境退稅", "fuzzy"),
        ("comxittee", "委員會", "fuzzy"),
        ("softwear", "軟件", "fuzzy"),
        ("軟體", "軟件", "exact"),
        ("㵘水𠮷鎮", "㵘水𠮷鎮", "exact"),
        ("𠮷鎮", "㵘水𠮷鎮", "contains"),
    ],
)
def test_query_finds_the_term_in_its_way(glossary: Glossary, query: str, expected: str, kind: str) -> None:
    assert best(glossary, query) == (expected, kind)


def test_the_term_found_is_the_spelling_asked_for(glossary: Glossary) -> None:
    assert glossary.lookup("离境退税")[0].term_text == "离境退税"
    assert glossary.lookup("tax refund")[0].term_text == "tax refund"


def test_tones_written_must_be_the_terms(glossary: Glossary) -> None:
    assert glossary.lookup("li2 jing4 tui4 shui3") == []
    assert glossary.lookup("li3 jing4") == []
    assert best(glossary, "li2 jing4 tui4") == ("離境退稅", "pinyin")


def test_scores_follow_the_order_of_kinds(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    for chinese, english in [
        ("發展", "development"),
        ("发展中", "developing"),
        ("可持續發展", "sustainable development"),
        ("髮展", "hair show"),
    ]:
        glossary.add([chinese], [english])
    found = [(match.term_text, match.kind) for match in glossary.lookup("發展")]
    assert found == [("發展", "exact"), ("髮展", "script"), ("发展中", "prefix"), ("可持續發展", "contains")]
    kinds = [match.kind for match in glossary.lookup("fazhan")]
    assert kinds == ["pinyin"] * 3
    scores = [match.score for match in glossary.lookup("發展")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_toned_before_plain_before_initials(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    glossary.add(["深圳"], ["Shenzhen"])
    glossary.add(["數字"], ["digit"])
    glossary.add(["斯茲"], ["Sizi"])
    toned = glossary.lookup("shen1 zhen4")[0]
    plain = glossary.lookup("shenzhen")[0]
    assert plain.kind == "exact"
    assert (toned.kind, toned.score) == ("pinyin", 0.95)
    letters, initials = glossary.lookup("shuzi")[0], glossary.lookup("sz")
    assert letters.score == 0.94
    assert {match.score for match in initials} == {0.93}
    assert [match.concept.id for match in initials] == [1, 2, 3]


def test_preferred_before_admitted_before_deprecated(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    glossary.add(["退稅甲"], ["good", "rebate"])
    glossary.add(["退稅乙"], ["rebate"])
    worse = glossary.concept(glossary.add(["退稅丙"], ["fine"]).id)
    glossary.edit(replace(worse, terms=(*worse.terms, Term("rebate", "en", "deprecated"))))
    found = glossary.lookup("rebate")
    assert [(match.concept.id, match.status) for match in found] == [(2, "preferred"), (1, "admitted"), (3, "deprecated")]
    assert {match.kind for match in found} == {"exact"}


def test_approved_before_proposed_and_rejected_not_at_all(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    for domain, state in (("a", "proposed"), ("b", "rejected"), ("c", "approved"), ("d", "approved")):
        glossary.add(["稅"], ["tax"], domain=domain, state=state)  # type: ignore[arg-type]
    for query in ("稅", "税", "shui", "tax", "taxes"):
        assert [match.concept.domain for match in glossary.lookup(query)] == ["c", "d", "a"], query


def test_rejected_concepts_take_nobody_elses_place(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    for number in range(25):
        glossary.add(["稅"], ["tax"], domain=str(number), state="rejected")
    glossary.add(["稅"], ["tax"], domain="last")
    assert [match.concept.domain for match in glossary.lookup("稅", limit=1)] == ["last"]


def test_each_concept_stands_once_and_the_limit_holds(glossary: Glossary) -> None:
    for number in range(30):
        glossary.add([f"低空項目{number}"], [f"low-altitude project {number}"])
    found = glossary.lookup("低空", limit=7)
    assert len(found) == 7
    assert len({match.concept.id for match in found}) == 7


def test_english_is_answered_in_chinese_and_the_other_way_round(seeded_workspace: Workspace) -> None:
    lookup = seeded_workspace.glossary.lookup
    assert "離境退稅" in lookup("departure tax refund")[0].concept.texts("zh")
    assert "departure tax refund" in lookup("離境退稅")[0].concept.texts("en")


@pytest.mark.parametrize(
    ("query", "english", "kind"),
    [
        ("離境退稅", "departure tax refund", "exact"),
        ("离境退税", "departure tax refund", "exact"),
        ("lijingtuishui", "departure tax refund", "pinyin"),
        ("ljts", "departure tax refund", "pinyin"),
        ("departure tax refunds", "departure tax refund", "inflection"),
        ("di1 kong1 jing1 ji4", "low-altitude economy", "pinyin"),
        ("低空经济", "low-altitude economy", "exact"),
        ("人工智慧", "artificial intelligence", "exact"),
        ("“十四五”规划", "14th Five-Year Plan", "script"),
        ("5G網路", "5G network", "exact"),
        ("AI", "artificial intelligence", "exact"),
    ],
)
def test_the_curated_term_base_answers(curated: Workspace, query: str, english: str, kind: str) -> None:
    match = curated.glossary.lookup(query)[0]
    assert (match.concept.texts("en")[0], match.kind) == (english, kind)


@pytest.fixture(scope="module")
def curated(seeded_database: object) -> Iterator[Workspace]:
    """The curated term base, to be read only."""
    with Workspace.open(str(seeded_database), seed=False) as workspace:
        yield workspace


@pytest.mark.slow
def test_every_curated_term_is_found_by_its_own_spelling(curated: Workspace) -> None:
    for concept in curated.glossary.concepts():
        for term in concept.terms[:: max(1, len(concept.terms) - 1)]:
            found = curated.glossary.lookup(term.text)
            assert found[0].score == 1, term
            assert concept.id in [match.concept.id for match in found if match.score == 1], term


ODD = [
    *("", " ", "\u3000", "\n\t", "\0", "a\0b", "中\0文", "\ufeff", "\u200b"),
    *(
        '"',
        "'",
        '""',
        "''",
        "%",
        "_",
        "*",
        "?",
        "^",
        "[/]",
        "[",
        "]",
        "(",
        ")",
        "-",
        "+",
        "\\",
        "/",
        ";",
        ":",
        "|",
        "~",
        "`",
        "--",
    ),
    *("AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "a AND", "AND OR NOT", "tokens:", "tokens : tax", '"tax', "tax*", "{a b}: c"),
    *(
        "中 AND 文",
        "OR 稅",
        "稅*",
        "'; DROP TABLE term; --",
        "術語 [/] [b",
        "$(ls)",
        "é",
        "ü",
        "1",
        "12345",
        "a1",
        "1a1",
        "…",
        "？",
    ),
    *("😀", "😀😀 稅", "👩‍👩‍👧", "\ud800", "稅\udfff", "\ud83d tax", "𠮷", "ﬁ", "ß", "İ", "ﷺ", "ㄅㄆ", "한국", "ไทย", "русский"),
    *("a" * 10_000, "稅" * 10_000, "tax " * 3_000, '"' * 10_000, " ".join(f"word{n}" for n in range(2_000))),
    "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
]


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_odd_queries_find_something_or_nothing_but_never_fail(curated: Workspace, query: str) -> None:
    assert isinstance(curated.glossary.lookup(query), list)


@given(st.text(st.characters(), max_size=60) | st.text("離境退稅taxrefund 123\"'*%()-^:AND ", max_size=30))
def test_any_query_is_answered(curated: Workspace, query: str) -> None:
    matches = curated.glossary.lookup(query)
    assert len({match.concept.id for match in matches}) == len(matches) <= 20
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


def test_deleted_concepts_are_not_found(glossary: Glossary) -> None:
    concept = glossary.lookup("離境退稅")[0].concept
    glossary.delete([concept.id])
    for query in ("離境退稅", "ljts", "departure tax refund", "departure tax refunds", "境退"):
        assert concept.id not in [match.concept.id for match in glossary.lookup(query)]


def test_a_term_base_without_terms_finds_nothing(empty_workspace: Workspace) -> None:
    for query in ("稅", "tax", "shui", "taxs"):
        assert empty_workspace.glossary.lookup(query) == []


def test_a_concept_with_text_in_other_scripts_is_found(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    concept = Concept((Term("卡拉OK", "zh-Hant"), Term("カラオケ", "zh"), Term("café–bar", "en")))
    glossary.seed([concept])
    for query in ("卡拉OK", "卡拉ok", "カラオケ", "cafe-bar", "CAFÉ bar"):
        assert glossary.lookup(query), query


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("离境退税", True),
        ("離境退", True),
        ("ljts", True),
        ("departure tax refunds", True),
        ("境退稅", False),
        ("我們擴大離境退稅商店", False),
        ("", False),
    ],
)
def test_a_text_is_a_term_when_one_is_spelt_or_begins_so(seeded_workspace: Workspace, text: str, expected: bool) -> None:
    assert seeded_workspace.glossary.is_term(text) is expected
