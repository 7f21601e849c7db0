"""Which terms are expected of a translation."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lang.errors import BadFileError
from scoring.expected_terms import (
    DictionaryTerms,
    ExpectedTerm,
    GlossaryTerms,
    explained_acronyms,
    read_dictionaries,
    term_file,
)
from scoring.material import Language
from workspace.workspace import Workspace


def expected(source: str, dictionary: Mapping[str, str | list[str]]) -> list[ExpectedTerm]:
    return next(DictionaryTerms([dictionary]).expected([source]))


def texts(source: str, dictionary: Mapping[str, str | list[str]]) -> list[str]:
    return [term.text for term in expected(source, dictionary)]


def test_latin_terms_are_whole_words_in_any_number() -> None:
    dictionary = {"AIs": ["認可機構"], "stress test": ["壓力測試"]}
    assert texts("AIs raised the bar in their stress tests.", dictionary) == ["AIs", "stress tests"]


def test_longest_term_suppresses_those_inside() -> None:
    dictionary = {"Exchange Fund": ["外匯基金"], "Exchange Fund Advisory Committee": ["外匯基金諮詢委員會"]}
    assert texts("The Exchange Fund Advisory Committee and the Exchange Fund", dictionary) == [
        "Exchange Fund Advisory Committee",
        "Exchange Fund",
    ]


def test_article_hides_no_longer_term() -> None:
    dictionary = {"the Government": ["政府"], "Government Bond Programme": ["政府債券計劃"]}
    assert texts("under the Government Bond Programme by the Government", dictionary) == [
        "Government Bond Programme",
        "Government",
    ]
    assert texts("Good government needs a government.", {"the Group": ["集團"], "the government": ["政府"]}) == ["government"]


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("to strengthen the security of cards", "securities"),
        ("restricted licence banks", "licensed banks"),
        ("it is a bank", "IT"),
        ("HK Securities", "HK$"),
    ],
)
def test_other_senses_are_not_expected(source: str, term: str) -> None:
    assert texts(source, {term: ["譯"]}) == []


def test_symbols_belong_to_a_term() -> None:
    assert texts("HK$900 million", {"HK$": ["港元"]}) == ["HK$"]


def test_chinese_terms_are_found_in_either_script() -> None:
    assert texts("离境退税政策與稅", {"離境退稅": "departure tax refund", "稅": "tax"}) == ["离境退税"]


def test_chinese_source_finds_latin_terms() -> None:
    assert texts("開放ATM及ATMs", {"ATM": "ATM", "開放": "open"}) == ["開放", "ATM", "ATMs"]


def test_short_form_in_parentheses_is_not_expected_again() -> None:
    same = {"authorized institution": ["認可機構"], "AIs": ["認可機構"]}
    assert texts("authorized institutions (AIs) and other AIs", same) == ["authorized institutions", "AIs"]
    parts = {"Hong Kong Trade Repository": ["香港交易資料儲存庫"], "HKTR": ["香港交易資料儲存庫（香港儲存庫）"]}
    assert texts("the Hong Kong Trade Repository (HKTR)", parts) == ["Hong Kong Trade Repository"]
    joined = {"anti-money laundering": ["打擊洗錢"], "AML": ["打擊洗錢"]}
    assert texts("anti-money laundering and counter-financing of terrorism (AML/CFT); AML", joined) == [
        "anti-money laundering",
        "AML",
    ]
    longer = {"Government of the HK Region": "香港政府", "HK Region": "香港", "HKR": "香港"}
    assert texts("the Government of the HK Region (HK Region)", longer) == ["Government of the HK Region"]
    other = {"Linked Exchange Rate System": ["聯繫匯率制度"], "LERS": ["聯匯制度"]}
    assert texts("the Linked Exchange Rate System (LERS)", other) == ["Linked Exchange Rate System", "LERS"]


def test_first_rendering_is_preferred_and_equal_terms_are_one_concept() -> None:
    terms = expected("Virtual banks and a virtual bank", {"virtual bank": ["虛擬銀行", "網上銀行"], "Virtual Banks": "虛擬銀行"})
    assert [term.text for term in terms] == ["Virtual banks", "virtual bank"]
    assert terms[0].concept == terms[1].concept
    assert [(r.text, r.status) for r in terms[0].concept.renderings] == [("虛擬銀行", "preferred"), ("網上銀行", "admitted")]


def test_dictionaries_are_read_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "terms.jsonl"
    path.write_text('{"terms": {"bank": "銀行"}}\n{"terms": {"bank": ["行", "銀行"]}}\n', encoding="utf-8")
    found = list(read_dictionaries(path, "terms").expected(["A bank", "Banks"]))
    assert [[term.concept.accepted for term in terms] for terms in found] == [[["銀行"]], [["行", "銀行"]]]


@pytest.mark.parametrize("line", ["[]", "{", '{"other": {}}', '{"terms": ["bank"]}', '{"terms": {"bank": 5}}'])
def test_bad_dictionary_names_file_and_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.jsonl"
    path.write_text('{"terms": {}}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(BadFileError) as error:
        read_dictionaries(path, "terms")
    assert str(error.value).startswith(f"{path}:2: ")


def test_term_base_knows_statuses(seeded_workspace: Workspace) -> None:
    glossary = seeded_workspace.glossary
    found = next(GlossaryTerms(glossary, "en").expected(["擴大離境退稅的規模"]))
    assert [term.text for term in found] == ["離境退稅"]
    assert found[0].concept.renderings[0].status == "preferred"
    assert found[0].concept.accepted[0] == "departure tax refund"


def test_term_base_leaves_out_what_english_words_do_not_tell(seeded_workspace: Workspace) -> None:
    terms = GlossaryTerms(seeded_workspace.glossary, "zh")
    lines = [
        "Interest and rates rose on a high level.",
        "the Institute of Fine Cooking (IFC)",
        "IFC",
    ]
    assert [term.text for found in terms.expected(lines) for term in found] == []
    assert [term.text for term in next(terms.expected(["renminbi and the low-altitude economy"]))] == [
        "renminbi",
        "low-altitude economy",
    ]


def test_acronyms_are_explained_where_they_are_introduced() -> None:
    text = "the Bank for International Settlements (BIS), the Investment Portfolio (IP) and rates (LIBOR)"
    assert explained_acronyms(text) == {"BIS": "Bank for International Settlements", "IP": "Investment Portfolio"}


def test_term_file_is_taken_at_its_word(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("zh,en\n高水平,high level\n市場主體,market entity\n", encoding="utf-8")
    terms = term_file(path, "zh")
    assert terms.name == "terms.csv"
    assert [term.text for term in next(terms.expected(["a high level of market entities"]))] == ["high level", "market entities"]


@pytest.mark.parametrize("target", ["en", "zh"])
def test_terms_of_real_texts_are_the_same_text_by_text(
    seeded_workspace: Workspace, hkma: Callable[..., list[dict[str, str]]], target: Language
) -> None:
    texts = [document["en" if target == "zh" else "zh"] for document in hkma(2015)[:4]]
    sources = [line for text in texts for line in text.split("\n")]
    whole = list(GlossaryTerms(seeded_workspace.glossary, target).expected(sources))
    assert sum(map(len, whole)) > 100
    assert list(GlossaryTerms(seeded_workspace.glossary, target, text_by_text=True).expected(sources)) == whole
