"""Merging loses nothing a concept says, and undo brings back all there was."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Term
from glossary.merging import merge_concepts
from glossary.store import Edit
from workspace.workspace import Workspace

CHINESE = st.sampled_from(["離境退稅", "离境退税", "退稅", "關稅", "𠮷祥"])
ENGLISH = st.sampled_from(["tax refund", "tax refunds", "departure tax refund", "duty", "[x]"])
WORDS = st.sampled_from(["", "a", "b; a", "說明"])
PROPERTIES = st.lists(st.builds(Property, st.sampled_from(["x", "y"]), WORDS), max_size=2).map(tuple)


def terms(texts: st.SearchStrategy[str], tags: list[str]) -> st.SearchStrategy[list[Term]]:
    made = st.builds(
        Term, texts, st.sampled_from(tags), st.sampled_from(STATUSES), note=WORDS, context=WORDS, properties=PROPERTIES
    )
    return st.lists(made, min_size=1, max_size=4)


CONCEPTS = st.builds(
    lambda chinese, english, domain, note, definition, state, properties: Concept(
        (), domain=domain, note=note, definition=definition, state=state, properties=properties
    ).with_terms([*chinese, *english]),
    terms(CHINESE, ["zh-Hant-HK", "zh-Hant", "zh-Hans", "zh-Hant-TW"]),
    terms(ENGLISH, ["en", "en-GB"]),
    WORDS,
    WORDS,
    WORDS,
    st.sampled_from(REVIEW_STATES),
    PROPERTIES,
)


@given(CONCEPTS, st.lists(CONCEPTS, min_size=1, max_size=3))
@pytest.mark.slow
def test_nothing_is_lost(kept: Concept, others: list[Concept]) -> None:
    merged = merge_concepts(kept, others).concept
    assert merged.id == kept.id
    assert {(t.text, t.language) for c in (kept, *others) for t in c.terms} == {(t.text, t.language) for t in merged.terms}
    assert len({(t.text, t.lang) for t in merged.terms}) == len(merged.terms)
    for concept in (kept, *others):
        assert concept.note in merged.note
        assert concept.definition in merged.definition + merged.note
        assert set(concept.properties) <= set(merged.properties)
        for term in concept.terms:
            assert any(term.note in t.note and term.context in t.context for t in merged.terms if t.text == term.text)
    # What the kept concept says of its own terms stays.
    statuses = {(t.text, t.lang): t.status for t in merged.terms}
    assert all(statuses[t.text, t.lang] == t.status for t in kept.terms)
    for tag in {t.lang for t in merged.terms}:
        own = sum(t.lang == tag and t.status == "preferred" for t in kept.terms)
        preferred = sum(t.lang == tag and t.status == "preferred" for t in merged.terms)
        assert preferred <= max(own, 1)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """An empty term base that each example fills and empties."""
    with Workspace.open(str(tmp_path_factory.mktemp("merging") / "t.db"), seed=False, user="tester") as opened:
        yield opened


@settings(max_examples=40)
@given(concepts=st.lists(CONCEPTS, min_size=2, max_size=4), data=st.data())
@pytest.mark.slow
def test_undo_brings_all_back_and_redo_merges_again(workspace: Workspace, concepts: list[Concept], data: st.DataObject) -> None:
    glossary = workspace.glossary
    _, ids = glossary.store.write([Edit("add", concept) for concept in concepts], kind="add", by="t", summary="")
    before = list(glossary.concepts())
    kept = data.draw(st.sampled_from(ids))
    merged = glossary.merge(kept, ids).concept
    assert list(glossary.concepts()) == [merged]
    assert [glossary.concept(concept_id).id for concept_id in ids] == [kept] * len(ids)
    glossary.undo()
    assert list(glossary.concepts()) == before
    glossary.undo(glossary.store.changes(1)[0].id)
    assert list(glossary.concepts()) == [merged]
    glossary.undo()
    assert list(glossary.concepts()) == before
    glossary.delete(ids)
