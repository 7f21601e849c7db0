"""Recognition of terms in running text: what is found, where exactly, and what is not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glossary.concept import Concept, Term
from glossary.recognition import Recognised, Recogniser, recognisers
from glossary.store import TermStore
from lang.conversion import MAINLAND, convert
from lang.fold import fold_tracked, squeeze, term_key
from lang.sentences import split_sentences
from workspace.workspace import Workspace

Find = Callable[[str], list[str]]

TERMS = [
    ("委員|委员", "committee member"),
    ("委員會|委员会", "committee"),
    ("A股", "A share"),
    ("5G網絡|5G网络", "5G network"),
    ("T恤", "T-shirt"),
    ("人工智能+|人工智能＋", "AI Plus"),
    ("人工智能", "artificial intelligence|AI"),
    ("十四五規劃|十四五规划", "14th Five-Year Plan"),
    ("國內生產總值|国内生产总值", "gross domestic product|GDP"),
    ("世界衛生組織|世卫组织", "World Health Organization|WHO"),
    ("信息技術|信息技术", "information technology|IT"),
    ("離境退稅|离境退税", "departure tax refund"),
    ("退稅|退税", "tax refund"),
    ("表格", "form"),
    ("住房", "housing"),
    ("低空經濟|低空经济", "low-altitude economy"),
    ("研發|研发", "R&D"),
    ("中小企業|中小企业", "small and medium-sized enterprise"),
    ("稅", "tax"),
    ("人民代表大會|人民代表大会", "people's congress|NPC"),
]


def recogniser_of(workspace: Workspace, terms: list[tuple[str, str]]) -> Recogniser:
    for chinese, english in terms:
        workspace.glossary.add(chinese.split("|"), english.split("|"))
    return Recogniser(workspace.term_store)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recogniser]:
    path = tmp_path_factory.mktemp("recognition") / "small.db"
    with Workspace.open(str(path), seed=False) as workspace:
        yield recogniser_of(workspace, TERMS)


@pytest.fixture
def find(small: Recogniser) -> Find:
    """The spellings found in a text, in order; spans are checked on the way, and a recogniser made for this text only."""

    def found(text: str) -> list[str]:
        terms = small.recognise(text)
        assert Recogniser(small._store, text=text).recognise(text) == terms
        assert all(text[term.start : term.end] == term.text for term in terms)
        assert all(left.end <= right.start for left, right in pairwise(terms))
        return [term.text for term in terms]

    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("沒有術語。", []),
        ("委員會的委員", ["委員會", "委員"]),
        ("委员会和委員", ["委员会", "委員"]),
        ("辦理離境退稅，不是退稅", ["離境退稅", "退稅"]),
        ("A股上漲", ["A股"]),
        ("a股、Ａ股和T恤", ["a股", "Ａ股", "T恤"]),
        ("ETA股份", []),
        ("5G網絡和5G 网络、５Ｇ網絡", ["5G網絡", "5G 网络", "５Ｇ網絡"]),
        ("15G網絡", []),
        ("人工智能+行動", ["人工智能+"]),
        ("人工智能＋行動，人工智能 + 行動", ["人工智能＋", "人工智能 +"]),
        ("人工智能行動", ["人工智能"]),
        ("「十四五」規劃", ["「十四五」規劃"]),
        ("落實“十四五”规划和十四五規劃", ["“十四五”规划", "十四五規劃"]),
        ("《十四五規劃》", ["十四五規劃"]),
        ("離\u200b境退\ufeff稅額", ["離\u200b境退\ufeff稅"]),
        ("離 境 退 稅", ["離 境 退 稅"]),
        ("離境\n退稅", ["退稅"]),
        ("離境。退稅", ["退稅"]),
        ("國內GDP增長", ["GDP"]),
        ("國內ＧＤＰ增長", ["ＧＤＰ"]),
        ("國內GDPX和XGDP、GDP2增長", []),
        ("國內gdp增長，他說it和who", []),
        ("IT行業，WHO指出，AI時代", ["IT", "WHO", "AI"]),
        ("稅收", []),
        ("開展R&D活動", ["R&D"]),
    ],
)
def test_chinese_text(find: Find, text: str, expected: list[str]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing here.", []),
        ("Departure tax refunds and a tax refund", ["Departure tax refunds", "tax refund"]),
        ("DEPARTURE TAX REFUND", ["DEPARTURE TAX REFUND"]),
        ("the low altitude economies of Low-Altitude Economy", ["low altitude economies", "Low-Altitude Economy"]),
        ("fill in the form; Forms are here", ["form", "Forms"]),
        ("the format of information, to reform, formed", []),
        ("houses and housing", ["housing"]),
        ("We discuss AI, IT and WHO.", ["AI", "IT", "WHO"]),
        ("It is clear who said it; ai, It", []),
        ("GDP's growth and the NPCs' work", ["GDP's", "NPCs"]),
        ("the committee's budget", ["committee's"]),
        ("the People’s Congresses", ["People’s Congresses"]),
        ("a tax. Refund it", ["tax"]),
        ("a share of the market in A shares", ["A shares"]),
        ("an A-share, a shares index, a  share", ["A-share", "a shares"]),
        ("low-altitude. Economy", []),
        ("tax, refund", ["tax"]),
        ("R&D spending", ["R&D"]),
        ("GDPX and XGDP", []),
        ("a departure tax", ["tax"]),
        ("a departure departure tax refund", ["departure tax refund"]),
        ("ｔａｘ ｒｅｆｕｎｄ", ["ｔａｘ ｒｅｆｕｎｄ"]),
        ("the tax\u200b refund", ["tax\u200b refund"]),
        ("Please visit the 委員會 and ask them for a form about the 「十四五」規劃", ["委員會", "form", "「十四五」規劃"]),
        ("small- and medium-sized enterprises", ["small- and medium-sized enterprises"]),
    ],
)
def test_english_text(find: Find, text: str, expected: list[str]) -> None:
    assert find(text) == expected


def only(found: list[Recognised]) -> Recognised:
    assert len(found) == 1
    return found[0]


def test_chinese_is_rendered_in_english_and_the_other_way_round(small: Recogniser) -> None:
    assert only(small.recognise("辦理離境退稅")).translations == ["departure tax refund"]
    assert only(small.recognise("a departure tax refund")).translations == ["離境退稅", "离境退税"]


def test_an_acronym_in_a_chinese_sentence_is_rendered_in_english(small: Recogniser) -> None:
    found = only(small.recognise("國內GDP增長"))
    assert found.translations == ["gross domestic product", "GDP"]
    assert only(small.recognise("GDP grew")).translations == ["國內生產總值", "国内生产总值"]


def test_chinese_in_an_english_sentence_is_rendered_in_english(small: Recogniser) -> None:
    found = only(small.recognise("They set up a 委員會 last year to look into this"))
    assert found.translations == ["committee"]


def test_a_deprecated_spelling_names_the_preferred_one(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    concept = glossary.concept(glossary.add(["離境退稅", "出境退稅"], ["departure tax refund"]).id)
    worse = replace(concept.terms[1], status="deprecated")
    glossary.edit(replace(concept, terms=(concept.terms[0], worse, concept.terms[2], Term("exit rebate", "en", "deprecated"))))
    recogniser = Recogniser(empty_workspace.term_store)
    english = only(recogniser.recognise("the exit rebates were paid"))
    assert (english.status, english.preferred) == ("deprecated", "departure tax refund")
    chinese = only(recogniser.recognise("辦理出境退税"))
    assert (chinese.status, chinese.preferred) == ("deprecated", "離境退稅")
    assert only(recogniser.recognise("辦理離境退稅")).status == "preferred"


def test_the_best_of_several_concepts_comes_first_and_names_the_others(empty_workspace: Workspace) -> None:
    glossary = empty_workspace.glossary
    for domain, state in (("a", "proposed"), ("b", "approved"), ("c", "approved"), ("d", "rejected")):
        glossary.add(["退稅"], [f"refund {domain}"], domain=domain, state=state)  # type: ignore[arg-type]
    found = only(Recogniser(empty_workspace.term_store).recognise("退税"))
    assert (found.concept.id, found.others) == (2, (1, 3))
    assert found.translations == ["refund b"]


def test_rejected_concepts_are_not_found(empty_workspace: Workspace) -> None:
    empty_workspace.glossary.add(["退稅"], ["tax refund"], state="rejected")
    recogniser = Recogniser(empty_workspace.term_store)
    assert recogniser.recognise("退稅") == recogniser.recognise("a tax refund") == []


def test_concepts_deleted_since_are_passed_over(empty_workspace: Workspace) -> None:
    concept = empty_workspace.glossary.add(["退稅"], ["tax refund"])
    recogniser = Recogniser(empty_workspace.term_store)
    empty_workspace.glossary.delete([concept.id])
    assert recogniser.recognise("退稅") == recogniser.recognise("a tax refund") == []


def test_an_empty_term_base_finds_nothing(empty_workspace: Workspace) -> None:
    recogniser = Recogniser(empty_workspace.term_store)
    for text in ("", "退稅", "a tax refund", "退稅 tax"):
        assert recogniser.recognise(text) == []


def test_lines_are_answered_one_by_one(small: Recogniser) -> None:
    lines = ["離境退稅", "", "A tax refund", "委員會 GDP", "GDP"]
    together = list(small.recognise_lines(lines))
    assert together == [small.recognise(line) for line in lines]
    assert [term.translations[0] for term in together[3]] == ["committee", "gross domestic product"]
    assert [term.translations[0] for term in together[4]] == ["國內生產總值"]


ODD = [
    "\ud800",
    "退稅\udfff",
    "\ud83d tax refund",
    "\0退稅\0",
    "😀退稅😀",
    "a\u0301退稅",
    "\r\n退稅\r\n",
    "\ufdd0退稅",
    "退稅" * 5_000,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_read(find: Find, text: str) -> None:
    assert find(text) == (["tax refund"] if "tax" in text else ["退稅"] * text.count("退稅"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("改善人民生活，保障和改善民生", ["民生"]),
        ("享受有關稅收優惠政策", ["稅收優惠"]),
        ("對所有關稅壁壘", ["關稅"]),
        ("外國企業所得稅", ["企業所得稅"]),
        ("由市財政部門會同財政部辦理", ["財政部"]),
        ("依照预算法审查", []),
        ("劳动争议案件", []),
        ("订立行政协议，召开政协会议", ["政协"]),
        ("乡村民宿", ["民宿"]),
    ],
)
def test_a_term_is_not_found_across_the_end_of_an_ordinary_word(empty_workspace: Workspace, text: str, found: list[str]) -> None:
    terms = ["民生", "關稅", "稅收優惠", "國企", "企業所得稅", "財政部", "算法", "議案", "政協", "民宿", "村醫"]
    recogniser = recogniser_of(empty_workspace, [(f"{term}|{convert(term, MAINLAND)}", "term") for term in terms])
    assert [hit.text for hit in recogniser.recognise(text)] == found


def test_an_ordinary_word_that_is_made_a_term_is_found(empty_workspace: Workspace) -> None:
    recogniser = recogniser_of(empty_workspace, [("人民|人民", "the people"), ("民生|民生", "people's wellbeing")])
    assert [hit.text for hit in recogniser.recognise("人民生活，國計民生")] == ["人民", "民生"]


def test_the_curated_term_base_in_a_sentence(seeded_workspace: Workspace) -> None:
    recogniser = Recogniser(seeded_workspace.term_store)
    found = {
        term.text: term.translations[0] for term in recogniser.recognise("深圳将推行离境退税“即买即退”，发展低空经济和5G网络。")
    }
    assert found["离境退税"] == "departure tax refund"
    assert found["低空经济"] == "low-altitude economy"
    assert found["5G网络"] == "5G network"


# A cross-check: the fast way against the plainest one, over a few characters so that terms overlap all the time.

CHARACTERS = "離离境退稅税委員员會会A a5gＧ「」 ，x\u200b"


def naive_hits(keys: set[str], text: str) -> list[tuple[str, int, int]]:
    """Leftmost-longest by trying every place and length of the folded text."""
    squeezed = squeeze(fold_tracked(text))
    folded, at, found = squeezed.text, 0, []
    # 委 before 員 ends no term: 委員 is another word.
    known = keys | {f"{key}员" for key in keys if key.endswith("委")}
    while at < len(folded):
        ends = [end for end in range(len(folded), at + 1, -1) if folded[at:end] in known and stands_alone(folded, at, end)]
        if ends and folded[at : ends[0]] in keys:
            found.append((folded[at : ends[0]], *squeezed.span(at, ends[0])))
        at = ends[0] if ends else at + 1
    return found


def stands_alone(text: str, start: int, end: int) -> bool:
    def joined(left: str, right: str) -> bool:
        return all(char.isascii() and char.isalnum() for char in (left, right) if char) and bool(left and right)

    return not joined(text[start - 1 : start], text[start]) and not joined(text[end - 1], text[end : end + 1])


def recognised_by_batches(store: TermStore, texts: list[str]) -> list[list[Recognised]]:
    found: list[list[Recognised]] = []
    for recogniser, batch in recognisers(store, texts, text_by_text=True):
        assert [recogniser.recognise(text) for text in batch] == list(recogniser.recognise_lines(batch))
        found += recogniser.recognise_lines(batch)
    return found


def test_texts_read_in_batches_have_the_terms_of_the_whole(small: Recogniser) -> None:
    # Longer than a batch together, and one by itself; what ends one and begins the next is no term.
    texts = ["離境", "退稅。", "", "AI in the People's", "Congress", "「十四五」", "規劃 " * 2_500, "The committee " * 500, "A股"]
    whole = [small.recognise(text) for text in texts]
    assert recognised_by_batches(small._store, texts) == whole
    ((recogniser, all_of_them),) = recognisers(small._store, iter(texts))
    assert list(recogniser.recognise_lines(all_of_them)) == whole
    assert list(recognisers(small._store, [], text_by_text=True)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.slow
def test_batches_of_real_texts_have_the_terms_of_the_whole(
    seeded_workspace: Workspace, shared_data: Callable[[str], Path], language: str
) -> None:
    """Speeches, a sentence a text, and in English a year's reports."""
    if language == "zh":
        texts = [path.read_text(encoding="utf-8") for path in sorted(shared_data("speeches").glob("*.zh.txt"))]
    else:
        lines = (shared_data("hkma") / "2015.jsonl").read_text(encoding="utf-8").splitlines()[:8]
        texts = [json.loads(line)["en"] for line in lines]
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    whole = list(Recogniser(seeded_workspace.term_store).recognise_lines(sentences))
    assert sum(map(len, whole)) > 500
    assert recognised_by_batches(seeded_workspace.term_store, sentences) == whole


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(str(tmp_path_factory.mktemp("scratch") / "scratch.db"), seed=False) as workspace:
        yield workspace


@settings(max_examples=400)
@example(terms=["，委", "委員會"], text="，委员，委員會")
@given(
    terms=st.lists(st.text(CHARACTERS, min_size=2, max_size=5), min_size=1, max_size=8),
    text=st.text(CHARACTERS, max_size=40),
)
@pytest.mark.slow
def test_recognition_is_what_trying_every_place_finds(scratch: Workspace, terms: list[str], text: str) -> None:
    keys = {key for key in map(term_key, terms) if len(key) > 1 and any(char >= "\u4e00" for char in key)}
    scratch.connection.execute("BEGIN")
    try:
        scratch.glossary.seed([Concept((Term(key, "zh-Hans"), Term("zzz", "en"))) for key in sorted(keys)])
        recogniser = Recogniser(scratch.term_store)
        line = "稅" * 30 + "，" + text  # Chinese, however much Latin is drawn.
        found = [(term_key(line[start:end]), start, end) for _, start, end in recogniser.find(line)]
        made_for_it = Recogniser(scratch.term_store, text=line)
        assert [hit[1:] for hit in made_for_it.find(line)] == [hit[1:] for hit in found]
    finally:
        scratch.connection.execute("ROLLBACK")
    expected = naive_hits(keys, line)
    assert [hit[0] for hit in found] == [hit[0] for hit in expected]
    for (_, start, end), (_, plain_start, plain_end) in zip(found, expected, strict=True):
        # An opening quotation mark before a term that holds the closing one belongs to the span.
        assert (start, end) == (plain_start, plain_end) or (line[start] == "「" and start == plain_start - 1 and end == plain_end)
