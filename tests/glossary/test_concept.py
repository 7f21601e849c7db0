"""The model of the term base."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Term, status_of

TEXT = st.text(max_size=8)
TERMS = st.builds(
    Term,
    text=st.text(min_size=1, max_size=8),
    lang=st.sampled_from(["zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en", "en-GB"]),
    status=st.sampled_from(STATUSES),
    part_of_speech=TEXT,
    pinyin=TEXT,
    note=TEXT,
)
CONCEPTS = st.builds(
    Concept,
    terms=st.lists(TERMS, max_size=5).map(tuple),
    domain=TEXT,
    definition=TEXT,
    note=TEXT,
    source=TEXT,
    state=st.sampled_from(REVIEW_STATES),
    key=TEXT,
    id=st.integers(0, 2**40),
)


@given(CONCEPTS)
def test_a_concept_comes_back_from_its_dictionary(concept: Concept) -> None:
    assert Concept.from_dict(concept.to_dict()) == concept
    assert Concept.from_dict(json.loads(json.dumps(concept.to_dict()))) == concept


def test_the_dictionary_leaves_out_what_is_empty() -> None:
    concept = Concept((Term("稅", "zh-Hant"),))
    assert concept.to_dict() == {"terms": [{"text": "稅", "lang": "zh-Hant", "status": "preferred"}], "state": "approved"}


def test_terms_are_shown_preferred_first_and_hong_kongs_form_before_others() -> None:
    terms = [
        Term("軟體", "zh-Hant-TW"),
        Term("软件", "zh-Hans"),
        Term("軟件程式", "zh-Hant-HK", "admitted"),
        Term("軟件", "zh-Hant-HK"),
        Term("軟仵", "zh-Hant-HK", "deprecated"),
        Term("software", "en"),
    ]
    concept = Concept(tuple(terms))
    assert concept.texts("zh") == ["軟件", "软件", "軟體", "軟件程式"]
    assert concept.deprecated_texts("zh") == ["軟仵"]
    assert [term.text for term in concept.of_language("zh", deprecated=True)][-1] == "軟仵"
    assert concept.texts("en") == ["software"]


def test_doubles_are_dropped_the_first_stays() -> None:
    doubled = [Term("稅", "zh-Hant"), Term("稅", "zh-Hant", "admitted"), Term("稅", "zh-Hant-TW")]
    assert Concept(()).with_terms(doubled).terms == (doubled[0], doubled[2])


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("preferred", "preferred"),
        ("Preferred", "preferred"),
        ("preferredTerm-admn-sts", "preferred"),
        ("admittedTerm-admn-sts", "admitted"),
        ("deprecatedTerm-admn-sts", "deprecated"),
        ("supersededTerm-admn-sts", "deprecated"),
        (" allowed ", "admitted"),
        ("forbidden", "deprecated"),
        ("do not use", "deprecated"),
        ("obsolete", "deprecated"),
        ("", None),
        ("term", None),
        ("good", None),
    ],
)
def test_statuses_are_read_in_many_spellings(written: str, status: str | None) -> None:
    assert status_of(written) == status


def test_properties_survive_dictionaries():
    transaction = Property("transactionType", "origination", "transac", parts=(Property("date", "2026-01-02", "date"),))
    term = Term(
        "galaxy", "es", context="La galaxia gira.", source="NASA", properties=(Property("termType", "fullForm", "termNote"),)
    )
    concept = Concept((term,), properties=(transaction, Property("xGraphic", "a.jpg", "xref", target="https://a.org", lang="es")))
    assert Concept.from_dict(json.loads(json.dumps(concept.to_dict()))) == concept
