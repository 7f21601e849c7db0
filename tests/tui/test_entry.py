"""The form's fields and the concepts they stand for."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.concept import STATUSES, Concept, Term
from tui.entry import Entry, concept_of, entry_of, parted

WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=8)
TERMS = st.builds(
    Term,
    text=WORDS,
    lang=st.sampled_from(["zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en", "en-GB", "en-US"]),
    status=st.sampled_from(STATUSES),
    part_of_speech=st.sampled_from(["", "noun"]),
    note=st.sampled_from(["", "a note"]),
)
CONCEPTS = st.builds(Concept, terms=st.lists(TERMS, min_size=1, max_size=6).map(tuple), id=st.just(7))


@settings(max_examples=50)
@given(CONCEPTS)
def test_form_left_as_it_was_changes_nothing(concept):
    assert concept_of(entry_of(concept), concept) == concept


def test_semicolons_of_both_widths_part_texts():
    assert parted(" a b ;c；; a  b ;") == ["a b", "c"]


def test_new_rendering_in_front_becomes_the_preferred_one():
    concept = Concept((Term("稅", "zh-Hant-HK"), Term("tax", "en"), Term("duty", "en", "admitted", note="old")), id=1)
    entry = dataclasses.replace(entry_of(concept), english="levy; tax; duty")
    assert [(t.text, t.status, t.note) for t in concept_of(entry, concept).of_language("en")] == [
        ("levy", "preferred", ""),
        ("tax", "admitted", ""),
        ("duty", "admitted", "old"),
    ]


def test_renderings_to_avoid_are_deprecated_terms():
    concept = Concept((Term("稅", "zh-Hant-HK"), Term("tax", "en"), Term("fee", "en", "deprecated")), id=1)
    entry = dataclasses.replace(entry_of(concept), avoid="charge")
    assert concept_of(entry, concept).deprecated_texts("en") == ["charge"]


def test_entry_of_reads_back_what_it_was_made_of():
    concept = Concept((Term("稅", "zh-Hant-HK"), Term("tax", "en")), domain="d", definition="x", note="n", source="s", id=1)
    assert entry_of(concept) == Entry("稅", "tax", "d", "preferred", "x", "n", "s", "")
