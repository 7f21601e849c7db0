"""Newer curated concepts in a term base that older ones filled."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from glossary.concept import Concept, Term
from glossary.refreshing import ConceptsRefreshed
from workspace.workspace import Workspace


def concept(key: str, chinese: str, english: str, **fields: str) -> Concept:
    return Concept((Term(chinese, "zh-Hant-HK"), Term(english, "en")), domain="tax", key=key, **fields)


REFUND = concept("refund", "退稅", "tax refund")
OFFICE = concept("office", "稅務局", "tax office")
CUSTOMS = concept("customs", "海關", "customs")
OLD = [REFUND, OFFICE]


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    empty_workspace.glossary.seed(OLD)
    return empty_workspace


def keys(concepts: Sequence[Concept]) -> list[str]:
    return [one.key for one in concepts]


def summary(done: ConceptsRefreshed) -> tuple[list[str], list[str], list[str], list[str]]:
    return keys(done.added), keys(done.updated), keys(done.removed), keys(done.kept)


def stored(workspace: Workspace) -> dict[str, str]:
    return {one.key: one.texts("en")[0] for one in workspace.glossary.concepts()}


def test_what_is_as_it_was_writes_nothing(workspace: Workspace) -> None:
    before = workspace.term_store.changes(10)
    assert summary(workspace.glossary.refresh(OLD)) == ([], [], [], [])
    assert workspace.term_store.changes(10) == before


def test_newer_concepts_come_changed_ones_change_and_dropped_ones_go(workspace: Workspace) -> None:
    newer = [concept("refund", "退稅", "refund of tax"), CUSTOMS]
    refund = workspace.glossary.concept_named("refund").id
    would = workspace.glossary.refresh(newer, dry_run=True)
    assert summary(would) == (["customs"], ["refund"], ["office"], [])
    assert stored(workspace) == {"refund": "tax refund", "office": "tax office"}
    assert workspace.glossary.refresh(newer) == would
    assert stored(workspace) == {"refund": "refund of tax", "customs": "customs"}
    assert workspace.glossary.concept_named("refund").id == refund
    assert [match.concept.key for match in workspace.glossary.lookup("海關")] == ["customs"]
    assert workspace.glossary.lookup("稅務局", limit=1) == []


def test_undo_takes_it_back_and_it_can_be_done_again(workspace: Workspace) -> None:
    newer = [concept("refund", "退稅", "refund of tax"), CUSTOMS]
    done = workspace.glossary.refresh(newer)
    assert workspace.glossary.undo().kind == "refresh"
    assert stored(workspace) == {"refund": "tax refund", "office": "tax office"}
    assert summary(workspace.glossary.refresh(newer)) == summary(done)
    assert stored(workspace) == {"refund": "refund of tax", "customs": "customs"}


def test_what_a_user_edited_or_deleted_stays_so(workspace: Workspace) -> None:
    glossary = workspace.glossary
    glossary.edit(replace(glossary.concept_named("refund"), note="mine"))
    glossary.delete([glossary.concept_named("office").id])
    newer = [concept("refund", "退稅", "refund of tax"), concept("office", "稅務局", "revenue office")]
    assert summary(glossary.refresh(newer)) == ([], [], [], ["refund", "office"])
    assert stored(workspace) == {"refund": "tax refund"}
    # What is curated no more and a user's own stays, too.
    assert summary(glossary.refresh([CUSTOMS])) == (["customs"], [], [], [])
    assert stored(workspace) == {"refund": "tax refund", "customs": "customs"}


def test_what_a_user_took_back_does_not_count(workspace: Workspace) -> None:
    glossary = workspace.glossary
    newer = [concept("refund", "退稅", "refund of tax"), OFFICE]
    glossary.edit(replace(glossary.concept_named("refund"), note="mine"))
    undone = glossary.undo().id
    assert summary(glossary.refresh(newer, dry_run=True)) == ([], ["refund"], [], [])
    # The undoing undone: the edit is in force again.
    undoing = glossary.store.change(undone)
    assert undoing
    assert undoing.undone_by
    glossary.undo(undoing.undone_by)
    assert glossary.concept_named("refund").note == "mine"
    assert summary(glossary.refresh(newer, dry_run=True)) == ([], [], [], ["refund"])


def test_merged_concepts_stay_merged(workspace: Workspace) -> None:
    glossary = workspace.glossary
    kept = glossary.concept_named("refund").id
    glossary.merge(kept, [glossary.concept_named("office").id])
    assert summary(glossary.refresh(OLD)) == ([], [], [], ["refund", "office"])
    assert glossary.concept_named("office").id == kept


def test_a_users_own_concepts_are_let_alone(workspace: Workspace) -> None:
    added = workspace.glossary.add(["稅單"], ["tax bill"], domain="tax")
    own = workspace.glossary.concept(added.id)
    workspace.glossary.refresh([CUSTOMS])
    assert workspace.glossary.concept(own.id) == own


def test_rejected_concepts_stay_rejected(workspace: Workspace) -> None:
    glossary = workspace.glossary
    glossary.set_state([glossary.concept_named("refund").id], "rejected")
    assert summary(glossary.refresh(OLD)) == ([], [], [], ["refund"])
    assert glossary.concept_named("refund").state == "rejected"


def test_an_interruption_leaves_the_database_as_it_was(seeded_workspace: Workspace) -> None:
    connection = seeded_workspace.connection
    connection.execute("UPDATE concept SET note = 'older' WHERE id <= 2500")
    connection.execute("DELETE FROM unit WHERE id = 1")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seeded_workspace.refresh(progress=interrupt)
    assert sum(one.note == "older" for one in seeded_workspace.glossary.concepts()) == 2500
    assert [change.kind for change in seeded_workspace.term_store.changes(10)] == ["seed"]
    concepts, pairs = seeded_workspace.refresh()
    assert (len(concepts.updated), pairs.added) == (2500, 1)
