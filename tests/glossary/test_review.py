"""The queue of proposals."""

from pathlib import Path

import pytest

from glossary.concept import Concept, Term
from glossary.glossary import Glossary
from glossary.recognition import Recogniser
from glossary.review import review_queue
from workspace.workspace import Workspace


@pytest.fixture
def glossary(empty_workspace: Workspace) -> Glossary:
    """A term base with one approved concept, 1, and a proposal by another person that contradicts it, 2."""
    empty_workspace.glossary.add(["離境退稅"], ["departure tax refund"], domain="tax")
    other = Glossary(empty_workspace.term_store, "Chan")
    other.add(["離境退稅"], ["exit tax refund"], domain="tax", note="in a leaflet", state="proposed")
    return empty_workspace.glossary


def test_a_proposal_says_who_when_why_and_what_it_contradicts(glossary: Glossary) -> None:
    (proposal,), total = review_queue(glossary.store)
    assert proposal.change is not None
    assert (proposal.concept.id, proposal.change.by, proposal.change.kind, total) == (2, "Chan", "add", 1)
    assert proposal.change.at.endswith("+00:00")
    assert proposal.evidence == {"note": "in a leaflet"}
    assert [(finding.kind, finding.command) for finding in proposal.findings] == [("renderings", "yuqiao merge 1 2")]


def test_a_proposal_says_which_approved_concepts_have_its_chinese(glossary: Glossary) -> None:
    glossary.add(["離境退稅"], ["exit rebate"], state="proposed")
    queen = Concept((Term("后", "zh-Hant"), Term("queen", "en")))
    after = Concept((Term("後", "zh-Hant"), Term("after", "en")), state="proposed")
    glossary.seed([queen, after])
    queue, _ = review_queue(glossary.store)
    # 2 contradicts concept 1, which is told as a finding; 3 is of no domain and contradicts nothing; 后 is another word than 後.
    assert [(p.concept.id, [other.id for other in p.alike], len(p.findings)) for p in queue] == [
        (2, [], 1),
        (3, [1], 0),
        (5, [], 0),
    ]


def test_context_and_source_of_terms_are_evidence(empty_workspace: Workspace) -> None:
    term = Term("離境退稅", "zh-Hant", context="擴大離境退稅。", source="report.txt")
    empty_workspace.glossary.seed([Concept((term,), state="proposed", source="extracted")])
    (proposal,), _ = review_queue(empty_workspace.term_store)
    assert proposal.evidence == {"source": "extracted; report.txt", "context": "擴大離境退稅。"}


def test_two_proposals_do_not_contradict_each_other_yet(glossary: Glossary) -> None:
    glossary.set_state([1], "proposed")
    queue, _ = review_queue(glossary.store)
    assert [proposal.findings for proposal in queue] == [(), ()]
    assert [(p.change.by, p.change.kind) for p in queue if p.change] == [("tester", "propose"), ("Chan", "add")]


def test_the_queue_by_domain_proposer_and_length(glossary: Glossary) -> None:
    glossary.add(["關稅"], ["customs duty"], domain="trade", state="proposed")
    store = glossary.store
    assert [p.concept.id for p in review_queue(store)[0]] == [2, 3]
    assert [p.concept.id for p in review_queue(store, domain="trade")[0]] == [3]
    assert [p.concept.id for p in review_queue(store, by="Chan")[0]] == [2]
    assert [len(part) if isinstance(part, list) else part for part in review_queue(store, limit=1)] == [1, 2]


def test_an_edit_does_not_change_who_proposed(glossary: Glossary) -> None:
    changed = glossary.concept(2)
    glossary.edit(Concept(changed.terms, domain="trade", state="proposed", id=2))
    change = review_queue(glossary.store)[0][0].change
    assert change is not None
    assert change.by == "Chan"


def test_the_reviewer_and_the_reason_stay_in_the_history(glossary: Glossary) -> None:
    Glossary(glossary.store, "Lee").set_state([2], "rejected", reason="1 has it")
    change = glossary.history(2)[-1]
    assert (change.kind, change.by, change.reason) == ("reject", "Lee", "1 has it")
    assert glossary.store.changes(1)[0].reason == "1 has it"
    assert review_queue(glossary.store) == ([], 0)


def test_lookup_and_recognition_leave_proposals_out_where_asked(glossary: Glossary) -> None:
    assert [match.concept.id for match in glossary.lookup("離境退稅")] == [1, 2]
    assert [match.concept.id for match in glossary.lookup("離境退稅", approved=True)] == [1]
    assert glossary.lookup("exit tax refund", approved=True) == []
    (found,) = Recogniser(glossary.store).recognise("an exit tax refund")
    assert found.concept.id == 2
    assert Recogniser(glossary.store, approved=True).recognise("an exit tax refund") == []


def test_many_proposals_do_not_hide_the_approved(empty_workspace: Workspace) -> None:
    proposals = [Concept((Term("退稅", "zh-Hant"), Term(f"refund {n}", "en")), state="proposed") for n in range(60)]
    approved = Concept((Term("退稅", "zh-Hant"), Term("tax refund", "en")))
    empty_workspace.glossary.seed([*proposals, approved])
    assert [match.concept.id for match in empty_workspace.glossary.lookup("退稅", limit=5, approved=True)] == [61]


class TestProposedImport:
    """import_files(propose=True)."""

    def rows(self, tmp_path: Path, *lines: str) -> list[Path]:
        file = tmp_path / "terms.csv"
        file.write_text("\n".join(("id,zh,en,definition", *lines)) + "\n", encoding="utf-8")
        return [file]

    def test_new_terms_wait_and_approved_ones_stay(self, glossary: Glossary, tmp_path: Path) -> None:
        before = glossary.concept(1)
        files = self.rows(tmp_path, ",關稅,customs duty,", ",離境退稅,departure tax refund; tax refund,On leaving.")
        (report,) = glossary.import_files(files, propose=True)
        assert (report.added, report.updated) == (2, 0)
        assert glossary.concept(1) == before
        new = [concept for concept in glossary.concepts(states=("proposed",)) if concept.id > 2]
        assert [concept.texts("en") for concept in new] == [["customs duty"], ["departure tax refund", "tax refund"]]
        proposals = review_queue(glossary.store)[0]
        assert [finding.kind for finding in proposals[-1].findings] == ["same"]
        assert {proposal.change.kind for proposal in proposals[1:] if proposal.change} == {"import"}

    def test_again_it_proposes_nothing_also_after_a_rejection(self, glossary: Glossary, tmp_path: Path) -> None:
        files = self.rows(tmp_path, ",關稅,customs duty,", ",離境退稅,departure tax refund; tax refund,On leaving.")
        glossary.import_files(files, propose=True)
        (again,) = glossary.import_files(files, propose=True)
        assert (again.added, again.updated, again.skipped) == (0, 0, 2)
        glossary.set_state([3, 4], "rejected", reason="no")
        (again,) = glossary.import_files(files, propose=True)
        assert (again.added, again.updated, again.skipped) == (0, 0, 2)
        assert [concept.state for concept in map(glossary.concept, (3, 4))] == ["rejected", "rejected"]

    def test_what_is_known_already_is_skipped(self, glossary: Glossary, tmp_path: Path) -> None:
        (report,) = glossary.import_files(self.rows(tmp_path, ",離境退稅,departure tax refund,"), propose=True)
        assert (report.added, report.skipped) == (0, 1)

    def test_an_identifier_of_an_approved_concept_is_not_taken_over(self, empty_workspace: Workspace, tmp_path: Path) -> None:
        glossary = empty_workspace.glossary
        glossary.seed([Concept((Term("關稅", "zh-Hant"), Term("tariff", "en")), key="tariff")])
        glossary.import_files(self.rows(tmp_path, "tariff,關稅,customs duty,"), propose=True)
        assert [(c.key, c.texts("en"), c.state) for c in glossary.concepts()] == [
            ("tariff", ["tariff"], "approved"),
            ("", ["customs duty"], "proposed"),
        ]
