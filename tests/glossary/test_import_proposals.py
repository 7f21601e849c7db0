"""`import --propose`: what is new waits, approved concepts stay as they are, and nothing is proposed twice."""

from pathlib import Path

import pytest

from glossary.concept import Concept, Term
from glossary.glossary import Glossary
from glossary.recognition import Recogniser
from workspace.workspace import Workspace


@pytest.fixture
def glossary(empty_workspace: Workspace) -> Glossary:
    """One approved concept with an identifier."""
    empty_workspace.glossary.seed([Concept((Term("离境退税", "zh-Hans"), Term("departure tax refund", "en")), key="k1")])
    return empty_workspace.glossary


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A new concept, a change of the approved one by its identifier, and one that is here as it stands."""
    path = tmp_path / "terms.csv"
    path.write_text(
        "id,zh,en\n,夜间经济,night-time economy\nk1,离境退税,exit refund\n,离境退税,departure tax refund\n", encoding="utf-8"
    )
    return path


def test_what_is_new_and_what_would_change_an_approved_concept_waits(glossary: Glossary, table: Path):
    approved = glossary.concept(1)
    report = glossary.import_files([table], propose=True)[0]
    assert (report.added, report.updated, report.skipped) == (2, 0, 1)
    assert glossary.concept(1) == approved
    assert [concept.texts("en") for concept in glossary.concepts(states=["proposed"])] == [
        ["night-time economy"],
        ["exit refund"],
    ]


@pytest.mark.parametrize("rejected", [False, True])
def test_what_waits_or_was_rejected_is_not_proposed_again(glossary: Glossary, table: Path, *, rejected: bool):
    glossary.import_files([table], propose=True)
    if rejected:
        glossary.set_state([2, 3], "rejected", reason="no")
    report = glossary.import_files([table], propose=True)[0]
    assert (report.added, report.updated) == (0, 0)
    assert len(list(glossary.concepts())) == 3


def test_proposals_stay_out_of_look_up_and_recognition_of_approved_terms(glossary: Glossary, table: Path):
    glossary.import_files([table], propose=True)
    assert [match.concept.id for match in glossary.lookup("夜间经济")] == [2]
    assert glossary.lookup("夜间经济", approved=True) == []
    texts = ["夜间经济和离境退税", "the night-time economy and a departure tax refund"]
    every, approved = Recogniser(glossary.store), Recogniser(glossary.store, approved=True)
    found = [[[term.text for term in recogniser.recognise(text)] for text in texts] for recogniser in (every, approved)]
    assert found == [
        [["夜间经济", "离境退税"], ["night-time economy", "departure tax refund"]],
        [["离境退税"], ["departure tax refund"]],
    ]
