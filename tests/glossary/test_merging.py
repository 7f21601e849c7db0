"""Making one concept of several: what is kept, what is told, how the ids that are gone still lead somewhere, and undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glossary.concept import Concept, Term
from glossary.glossary import Glossary
from glossary.merging import merge_concepts
from lang.errors import ConflictError, NotFoundError, YuqiaoError
from workspace.workspace import Workspace

KEPT = Concept(
    (Term("離境退稅", "zh-Hant"), Term("departure tax refund", "en"), Term("exit refund", "en", "deprecated")),
    domain="finance",
    note="for visitors",
)
OTHER = Concept(
    (
        Term("離境退稅", "zh-Hant", note="official"),
        Term("离境退税", "zh-Hans"),
        Term("tax refund", "en"),
        Term("exit refund", "en"),
    ),
    domain="trade",
    definition="Tax given back on leaving.",
    source="a law",
    key="departure-refund",
)


@pytest.fixture
def glossary(empty_workspace: Workspace, check_sound: Callable[[Workspace], None]) -> Iterator[Glossary]:
    """A term base with two concepts, 1 and 2, that are one, and a third; checked for soundness when the test is done."""
    third = Concept((Term("退稅", "zh-Hant"), Term("refund of tax", "en")), state="proposed")
    empty_workspace.glossary.seed([KEPT, OTHER, third])
    yield empty_workspace.glossary
    check_sound(empty_workspace)


def test_nothing_a_concept_says_is_lost():
    merged = merge_concepts(KEPT, [OTHER]).concept
    assert [(term.text, term.lang, term.status) for term in merged.terms] == [
        ("離境退稅", "zh-Hant", "preferred"),
        ("departure tax refund", "en", "preferred"),
        ("exit refund", "en", "deprecated"),
        ("离境退税", "zh-Hans", "preferred"),
        ("tax refund", "en", "admitted"),
    ]
    assert merged.terms[0].note == "official"
    assert (merged.domain, merged.definition) == ("finance", "Tax given back on leaving.")
    assert (merged.note, merged.source, merged.key) == ("for visitors", "a law", "departure-refund")


def test_each_contradiction_is_told():
    clashes = "\n".join(merge_concepts(KEPT, [OTHER]).clashes)
    assert "the domain 'trade': 'finance' stays" in clashes
    assert "tax refund is preferred" in clashes
    assert "exit refund is preferred" in clashes
    assert clashes.count("\n") == 2


def test_a_second_definition_goes_to_the_note():
    first = Concept(KEPT.terms, definition="One.", note="n")
    second = Concept(OTHER.terms, definition="Two.")
    merged = merge_concepts(first, [second])
    assert (merged.concept.definition, merged.concept.note) == ("One.", "n; Two.")


def test_the_ids_and_identifiers_of_the_others_lead_to_the_kept(glossary: Glossary):
    glossary.merge(1, [2, 3])
    assert [concept.id for concept in glossary.concepts()] == [1]
    assert [glossary.concept(number).id for number in (2, 3)] == [1, 1]
    assert glossary.concept_named("departure-refund").id == glossary.concept_named("2").id == 1
    assert [match.concept.id for match in glossary.lookup("refund of tax")] == [1]


def test_ids_lead_on_over_several_merges(glossary: Glossary):
    glossary.merge(2, [1])
    glossary.merge(3, [2])
    assert glossary.concept(1).id == glossary.concept_named("departure-refund").id == 3
    glossary.undo()
    assert glossary.concept(1).id == 2


def test_undo_brings_all_back_and_redo_merges_again(glossary: Glossary):
    before = list(glossary.concepts())
    merged = glossary.merge(1, [2, 3]).concept
    glossary.undo()
    assert list(glossary.concepts()) == before
    assert glossary.concept_named("departure-refund").id == 2
    glossary.undo(glossary.store.changes(1)[0].id)
    assert list(glossary.concepts()) == [merged]
    assert glossary.concept(3).id == glossary.concept_named("departure-refund").id == 1
    glossary.undo()
    assert list(glossary.concepts()) == before


def test_a_merge_on_which_a_later_change_rests_is_not_undone_before_it(glossary: Glossary):
    glossary.merge(1, [2])
    merge = glossary.store.changes(1)[0].id
    glossary.set_state([1], "rejected")
    with pytest.raises(ConflictError):
        glossary.undo(merge)


def test_a_file_that_still_has_the_merged_identifier_adds_to_the_kept_concept(glossary: Glossary, tmp_path: Path):
    glossary.edit(Concept(KEPT.terms, id=1, key="kept"))
    glossary.merge(1, [2])
    path = tmp_path / "again.csv"
    path.write_text("id,zh,en,note\ndeparture-refund,離境退稅,VAT refund,another\n", encoding="utf-8")
    report = glossary.import_files([path])[0]
    assert (report.added, report.updated) == (0, 1)
    kept = glossary.concept(1)
    assert (kept.key, "VAT refund" in kept.texts("en"), "departure tax refund" in kept.texts("en")) == ("kept", True, True)


def test_what_cannot_be_merged_changes_nothing(glossary: Glossary):
    before = glossary.store.changes(1)
    with pytest.raises(YuqiaoError, match="nothing to merge"):
        glossary.merge(1, [1])
    with pytest.raises(NotFoundError):
        glossary.merge(1, [2, 99])
    glossary.merge(1, [2])
    with pytest.raises(NotFoundError, match="merged into 1"):
        glossary.delete([2])
    assert len(glossary.store.changes(9)) == len(before) + 1
