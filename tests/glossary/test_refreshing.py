"""Newer curated concepts in a term base that older ones filled."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.concept import Concept, Term
from glossary.refreshing import ConceptsRefreshed
from tm.unit import Unit
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


def summary(done: ConceptsRefreshed) -> dict[str, list[str]]:
    """What there is of each kind."""
    kinds = ("added", "updated", "removed", "changed", "deleted", "own")
    return {kind: found for kind in kinds if (found := keys(getattr(done, kind)))}


def stored(workspace: Workspace) -> dict[str, str]:
    return {one.key: one.texts("en")[0] for one in workspace.glossary.concepts()}


def test_what_is_as_it_was_writes_nothing(workspace: Workspace) -> None:
    before = workspace.term_store.changes(10)
    assert summary(workspace.glossary.refresh(OLD)) == {}
    assert workspace.term_store.changes(10) == before


def test_newer_concepts_come_changed_ones_change_and_dropped_ones_go(workspace: Workspace) -> None:
    newer = [concept("refund", "退稅", "refund of tax"), CUSTOMS]
    refund = workspace.glossary.concept_named("refund").id
    would = workspace.glossary.refresh(newer, dry_run=True)
    assert summary(would) == {"added": ["customs"], "updated": ["refund"], "removed": ["office"]}
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
    assert summary(glossary.refresh(newer)) == {"changed": ["refund"], "deleted": ["office"]}
    assert stored(workspace) == {"refund": "tax refund"}
    # What is curated no more and a user's own stays, too.
    assert summary(glossary.refresh([CUSTOMS])) == {"added": ["customs"]}
    assert stored(workspace) == {"refund": "tax refund", "customs": "customs"}


def test_what_a_user_took_back_does_not_count(workspace: Workspace) -> None:
    glossary = workspace.glossary
    newer = [concept("refund", "退稅", "refund of tax"), OFFICE]
    glossary.edit(replace(glossary.concept_named("refund"), note="mine"))
    undone = glossary.undo().id
    assert summary(glossary.refresh(newer, dry_run=True)) == {"updated": ["refund"]}
    # The undoing undone: the edit is in force again.
    undoing = glossary.store.change(undone)
    assert undoing
    assert undoing.undone_by
    glossary.undo(undoing.undone_by)
    assert glossary.concept_named("refund").note == "mine"
    assert summary(glossary.refresh(newer, dry_run=True)) == {"changed": ["refund"]}


def test_merged_concepts_stay_merged(workspace: Workspace) -> None:
    glossary = workspace.glossary
    kept = glossary.concept_named("refund").id
    glossary.merge(kept, [glossary.concept_named("office").id])
    assert summary(glossary.refresh(OLD)) == {"changed": ["refund"], "deleted": ["office"]}
    assert glossary.concept_named("office").id == kept


def test_a_users_own_concepts_are_let_alone(workspace: Workspace) -> None:
    added = workspace.glossary.add(["稅單"], ["tax bill"], domain="tax")
    own = workspace.glossary.concept(added.id)
    workspace.glossary.refresh([CUSTOMS])
    assert workspace.glossary.concept(own.id) == own


def test_what_a_user_has_written_already_is_not_doubled(workspace: Workspace) -> None:
    own = workspace.glossary.add(["海关"], ["Customs"])
    assert summary(workspace.glossary.refresh([*OLD, CUSTOMS])) == {"own": ["customs"]}
    assert [match.concept.id for match in workspace.glossary.lookup("海關")] == [own.id]
    # In another meaning it is another concept.
    assert summary(workspace.glossary.refresh([*OLD, concept("customs", "海關", "customs house")])) == {"added": ["customs"]}


@pytest.mark.parametrize("then", ["edit", "delete"])
def test_a_concept_that_got_another_identifier_does_not_come_back(workspace: Workspace, tmp_path: Path, then: str) -> None:
    glossary = workspace.glossary
    path = tmp_path / "ours.tsv"
    path.write_text("id\tzh-Hant-HK\ten\nours-1\t退稅\ttax refund\n", encoding="utf-8")
    glossary.import_files([path], mode="replace")
    renamed = glossary.concept_named("ours-1")
    assert summary(glossary.refresh(OLD)) == {"deleted": ["refund"]}
    if then == "edit":
        glossary.edit(replace(renamed, note="mine"))
    else:
        glossary.delete([renamed.id])
    assert summary(glossary.refresh(OLD)) == {"deleted": ["refund"]}


def test_rejected_concepts_stay_rejected(workspace: Workspace) -> None:
    glossary = workspace.glossary
    glossary.set_state([glossary.concept_named("refund").id], "rejected")
    assert summary(glossary.refresh(OLD)) == {"changed": ["refund"]}
    assert glossary.concept_named("refund").state == "rejected"


def test_an_interruption_leaves_the_database_as_it_was(empty_workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [concept(f"c{number}", "第" + "十" * (number % 7) + f"{number}條", f"article {number}") for number in range(2_500)]
    pair = Unit("退稅已開始。", "Refunds have begun.", origin="yuqiao")
    monkeypatch.setattr("glossary.curated.read_curated", lambda: many)
    monkeypatch.setattr("tm.curated.read_curated", lambda: [pair])

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        empty_workspace.refresh(progress=interrupt)
    assert stored(empty_workspace) == {}
    assert empty_workspace.term_store.changes(10) == []
    concepts, pairs = empty_workspace.refresh()
    assert (len(concepts.added), pairs.added) == (2_500, 1)
