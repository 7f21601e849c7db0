"""Changes of the term base: each one transaction with its history, each undone as a whole."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.concept import Concept, Property, Term
from glossary.glossary import Glossary
from glossary.store import Edit
from lang.errors import ConflictError, NotFoundError, YuqiaoError
from workspace.workspace import Workspace

pytestmark = pytest.mark.slow

CheckSound = Callable[[Workspace], None]


@pytest.fixture
def glossary(empty_workspace: Workspace, check_sound: CheckSound) -> Iterator[Glossary]:
    """An empty term base, checked for soundness when the test is done with it."""
    yield empty_workspace.glossary
    check_sound(empty_workspace)


def everything(glossary: Glossary) -> list[Concept]:
    return list(glossary.concepts())


def last_change(glossary: Glossary) -> int:
    return glossary.store.changes(1)[0].id


def added(glossary: Glossary, chinese: str = "離境退稅", english: str = "departure tax refund", **fields: str) -> Concept:
    return glossary.add([chinese], [english], **fields)  # type: ignore[arg-type]


class TestAdd:
    def test_what_was_added_is_found_and_complete(self, glossary: Glossary) -> None:
        concept = glossary.add(
            ["離境退稅", "离境退税"],
            ["departure tax refund", "tax refund"],
            domain="tax",
            source="Shenzhen",
            note="n",
            definition="d",
            status="admitted",
            state="proposed",
        )
        stored = glossary.concept(concept.id)
        assert stored.texts("zh") == ["離境退稅", "离境退税"]
        assert stored.texts("en") == ["departure tax refund", "tax refund"]
        assert (stored.domain, stored.source, stored.note, stored.definition) == ("tax", "Shenzhen", "n", "d")
        assert stored.state == "proposed"
        assert {term.lang for term in stored.terms} == {"zh-Hant", "zh-Hans", "en"}
        assert [term.status for term in stored.terms if term.language == "en"] == ["admitted", "admitted"]

    def test_pinyin_is_derived(self, glossary: Glossary) -> None:
        stored = glossary.concept(added(glossary, "低空經濟", "low-altitude economy").id)
        assert stored.terms[0].pinyin == "di1 kong1 jing1 ji4"

    def test_history_says_who_when_and_what(self, glossary: Glossary) -> None:
        concept = added(glossary)
        (change,) = glossary.history(concept.id)
        assert (change.action, change.kind, change.by) == ("add", "add", "tester")
        assert change.at.endswith("+00:00")
        assert change.before is None
        assert change.after == glossary.concept(concept.id)
        assert "離境退稅" in change.summary

    def test_blanks_around_and_within_are_tidied(self, glossary: Glossary) -> None:
        concept = glossary.add(["", "  離境退稅 "], [" ", " departure   tax refund "])
        assert [term.text for term in concept.terms] == ["離境退稅", "departure tax refund"]
        with pytest.raises(ConflictError):
            glossary.add(["離境退稅  "], ["  departure tax refund"])

    def test_same_pair_in_the_same_domain_is_refused(self, glossary: Glossary) -> None:
        concept = added(glossary, domain="tax")
        with pytest.raises(ConflictError, match=f"Concept {concept.id} already has"):
            added(glossary, english="Departure Tax Refund", domain="tax")
        assert added(glossary, domain="trade").id != concept.id

    @pytest.mark.parametrize(
        ("chinese", "english"),
        [
            ([], ["a"]),
            (["稅"], []),
            (["  "], ["a"]),
            (["tax"], ["稅"]),
            (["稅"], ["稅"]),
            (["tax"], ["tax"]),
            (["\ud800稅"], ["a"]),
        ],
    )
    def test_what_is_no_pair_is_refused_in_words(self, glossary: Glossary, chinese: list[str], english: list[str]) -> None:
        with pytest.raises(YuqiaoError):
            glossary.add(chinese, english)
        assert glossary.store.changes(10) == []

    def test_ids_are_never_given_twice(self, glossary: Glossary) -> None:
        first = added(glossary)
        glossary.delete([first.id])
        assert added(glossary).id > first.id


class TestEdit:
    def test_replaces_the_concept_and_keeps_its_id(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        changed = replace(concept, note="new", terms=(*concept.terms, Term("tax free", "en", "deprecated")))
        stored = glossary.edit(changed)
        assert stored == changed
        assert glossary.concept(concept.id) == changed
        added_change, edited = glossary.history(concept.id)
        assert edited.kind == "edit"
        assert edited.before == concept == added_change.after
        assert edited.after == changed

    def test_a_term_taken_away_is_no_longer_found(self, glossary: Glossary) -> None:
        concept = glossary.add(["離境退稅"], ["departure tax refund", "VAT rebate"])
        stored = glossary.concept(concept.id)
        glossary.edit(replace(stored, terms=stored.terms[:2]))
        assert glossary.lookup("VAT rebate") == []
        assert glossary.lookup("departure tax refund")

    def test_no_change_writes_nothing(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        before = last_change(glossary)
        assert glossary.edit(concept) == concept
        assert last_change(glossary) == before

    def test_unknown_concept_is_refused(self, glossary: Glossary) -> None:
        with pytest.raises(NotFoundError, match="no concept 99"):
            glossary.edit(replace(added(glossary), id=99))

    def test_a_concept_without_english_is_refused(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        with pytest.raises(YuqiaoError):
            glossary.edit(replace(concept, terms=concept.terms[:1]))

    def test_an_identifier_of_another_concept_is_refused(self, glossary: Glossary) -> None:
        one, two = glossary.concept(added(glossary).id), glossary.concept(added(glossary, "稅務", "taxation").id)
        glossary.edit(replace(one, key="refund"))
        with pytest.raises(ConflictError):
            glossary.edit(replace(two, key="refund"))
        assert glossary.concept(two.id) == two


class TestReview:
    def test_rejected_concepts_are_not_found_until_approved(self, glossary: Glossary) -> None:
        concept = added(glossary)
        assert [c.id for c in glossary.set_state([concept.id], "rejected")] == [concept.id]
        assert glossary.lookup("離境退稅") == []
        glossary.set_state([concept.id], "approved")
        assert glossary.lookup("離境退稅")
        assert [change.kind for change in glossary.history(concept.id)] == ["add", "reject", "approve"]

    def test_several_are_one_change_and_those_in_that_state_stay(self, glossary: Glossary) -> None:
        one, two, three = (added(glossary, text, "x") for text in ("甲方", "乙方", "丙方"))
        glossary.set_state([two.id], "rejected")
        changed = glossary.set_state([one.id, two.id, three.id, one.id], "rejected")
        assert [c.id for c in changed] == [one.id, three.id]
        assert glossary.store.changes(1)[0].concepts == 2
        assert glossary.set_state([one.id], "rejected") == []

    def test_one_unknown_id_changes_none(self, glossary: Glossary) -> None:
        concept = added(glossary)
        with pytest.raises(NotFoundError):
            glossary.set_state([concept.id, 99], "rejected")
        assert glossary.concept(concept.id).state == "approved"


class TestDelete:
    def test_history_stays_readable(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        glossary.delete([concept.id])
        with pytest.raises(NotFoundError):
            glossary.concept(concept.id)
        assert glossary.lookup("離境退稅") == []
        first, gone = glossary.history(concept.id)
        assert (gone.action, gone.before, gone.after) == ("delete", concept, None)
        assert first.after == concept

    def test_an_id_given_twice_is_deleted_once(self, glossary: Glossary) -> None:
        concept = added(glossary)
        assert len(glossary.delete([concept.id, concept.id])) == 1
        glossary.undo()
        assert glossary.concept(concept.id)

    def test_nothing_to_delete_is_no_change(self, glossary: Glossary) -> None:
        assert glossary.delete([]) == []
        assert glossary.store.changes(1) == []

    def test_a_concept_that_never_was_has_no_history(self, glossary: Glossary) -> None:
        with pytest.raises(NotFoundError, match="never was"):
            glossary.history(7)


class TestUndo:
    def test_each_kind_of_change_is_reverted(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        edits: list[Callable[[], object]] = [
            lambda: added(glossary, "低空經濟", "low-altitude economy"),
            lambda: glossary.edit(replace(concept, note="changed")),
            lambda: glossary.set_state([concept.id], "rejected"),
            lambda: glossary.set_state([concept.id], "proposed"),
            lambda: glossary.delete([concept.id]),
        ]
        for edit in edits:
            before = everything(glossary)
            edit()
            assert everything(glossary) != before
            change = glossary.undo()
            assert everything(glossary) == before
            assert glossary.store.changes(1)[0].undoes == change.id

    def test_undo_after_undo_goes_further_back(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        glossary.edit(replace(concept, note="one"))
        glossary.edit(replace(concept, note="two"))
        notes = []
        for _ in range(2):
            glossary.undo()
            notes.append(glossary.concept(concept.id).note)
        assert notes == ["one", ""]
        glossary.undo()
        assert everything(glossary) == []
        with pytest.raises(NotFoundError, match="nothing to undo"):
            glossary.undo()

    def test_undoing_an_undo_does_the_change_again(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        glossary.delete([concept.id])
        for _ in range(3):
            glossary.undo()
            assert everything(glossary) == [concept]
            glossary.undo(last_change(glossary))
            assert everything(glossary) == []

    def test_a_change_done_again_is_the_next_to_be_undone(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        edited = glossary.edit(replace(concept, note="kept"))
        glossary.undo()
        glossary.undo(last_change(glossary))
        assert glossary.concept(concept.id) == edited
        glossary.undo()
        assert everything(glossary) == [concept]

    def test_a_change_done_again_stands_in_the_way_of_older_ones(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        add = last_change(glossary)
        glossary.edit(replace(concept, note="kept"))
        glossary.undo()
        glossary.undo(last_change(glossary))
        again = last_change(glossary)
        with pytest.raises(ConflictError, match=f"Undo change {again} first"):
            glossary.undo(add)
        assert glossary.concept(concept.id).note == "kept"

    def test_a_concept_gone_since_is_not_edited_back_into_being(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        add = last_change(glossary)
        glossary.edit(replace(concept, note="x"))
        glossary.undo()
        undoing = last_change(glossary)
        glossary.undo(add)
        with pytest.raises(ConflictError):
            glossary.undo(undoing)
        assert everything(glossary) == []
        glossary.undo(last_change(glossary))
        glossary.undo(undoing)
        assert glossary.concept(concept.id).note == "x"

    def test_a_later_change_of_the_same_concept_stands_in_the_way(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)
        add = last_change(glossary)
        other = added(glossary, "低空經濟", "low-altitude economy")
        glossary.edit(replace(concept, note="later"))
        later = last_change(glossary)
        with pytest.raises(ConflictError, match=f"change {later} came after it and touched concept {concept.id}") as caught:
            glossary.undo(add)
        assert f"Undo change {later} first" in caught.value.hint
        glossary.undo(later)
        glossary.undo(add)
        assert [c.id for c in glossary.concepts()] == [other.id]

    def test_undoing_twice_is_refused(self, glossary: Glossary) -> None:
        added(glossary)
        add = last_change(glossary)
        glossary.undo(add)
        with pytest.raises(ConflictError, match="undone already"):
            glossary.undo(add)
        with pytest.raises(NotFoundError, match="no change 99"):
            glossary.undo(99)

    def test_a_deleted_concept_comes_back_with_its_id_and_identifier(self, seeded_workspace: Workspace) -> None:
        glossary = seeded_workspace.glossary
        concept = glossary.lookup("離境退稅")[0].concept
        glossary.delete([concept.id])
        glossary.undo()
        assert glossary.concept(concept.id) == concept
        assert glossary.store.by_key(concept.key) == concept
        assert glossary.lookup("lijingtuishui")[0].concept == concept

    def test_seeding_is_not_undone_by_chance(self, seeded_workspace: Workspace) -> None:
        with pytest.raises(NotFoundError, match="nothing to undo"):
            seeded_workspace.glossary.undo()

    def test_an_import_is_undone_as_a_whole(self, seeded_workspace: Workspace, tmp_path: Path, check_sound: CheckSound) -> None:
        glossary = seeded_workspace.glossary
        before = everything(glossary)
        lines = ["zh,en", "離境退稅,departure tax refund; tax back at the border"]
        lines += [f"試驗術語{chr(0x4E00 + n)},trial term {n}" for n in range(3_000)]
        path = tmp_path / "terms.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        report = glossary.import_file(path)
        assert (report.added, report.updated) == (3_000, 1)
        assert everything(glossary) != before
        undone = glossary.undo()
        assert (undone.id, undone.concepts) == (report.change_id, 3_001)
        assert everything(glossary) == before
        check_sound(seeded_workspace)
        glossary.undo(last_change(glossary))
        assert len(everything(glossary)) == len(before) + 3_000
        check_sound(seeded_workspace)


class TestOneTransaction:
    def test_an_error_in_the_middle_leaves_nothing(self, glossary: Glossary) -> None:
        concept = glossary.concept(added(glossary).id)

        def edits() -> Iterator[Edit]:
            yield Edit("delete", concept)
            for number in range(5_000):
                yield Edit("add", Concept((Term(f"試{number}", "zh-Hant"), Term(f"try {number}", "en"))))
            raise ValueError("the reader failed")

        with pytest.raises(ValueError, match="reader failed"):
            glossary.store.write(edits(), kind="import", by="tester", summary="")
        assert everything(glossary) == [concept]
        assert len(glossary.store.changes(10)) == 1

    def test_progress_that_interrupts_leaves_nothing(self, glossary: Glossary) -> None:
        edits = [Edit("add", Concept((Term(f"試{n}", "zh-Hant"), Term(f"try {n}", "en")))) for n in range(5_000)]

        def interrupt(done: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            glossary.store.write(edits, kind="import", by="tester", summary="", progress=interrupt)
        assert everything(glossary) == []
        assert added(glossary).id == 1


def test_rebuilding_the_keys_gives_the_same_keys(seeded_workspace: Workspace, check_sound: CheckSound) -> None:
    seeded_workspace.connection.execute("DELETE FROM term_key WHERE term_id % 3 = 0")
    seeded_workspace.connection.execute("DELETE FROM term_text WHERE rowid % 3 = 1")
    seeded_workspace.term_store.rebuild_keys()
    assert seeded_workspace.term_store.keys_are_current()
    check_sound(seeded_workspace)


class TestWhatHasNoField:
    CONCEPT = Concept(
        (
            Term("galaxy", "en", context="The galaxy turns.", source="NASA"),
            Term("galaxia", "es", properties=(Property("termType", "fullForm", "termNote"),)),
        ),
        properties=(Property("transactionType", "origination", "transac", parts=(Property("date", "2026-01-02", "date"),)),),
    )

    def test_it_is_stored_edited_and_brought_back(self, glossary: Glossary) -> None:
        glossary.store.write([Edit("add", self.CONCEPT)], kind="import", by="t", summary="x")
        (stored,) = everything(glossary)
        assert replace(stored, id=0) == self.CONCEPT
        assert glossary.edit(replace(stored, domain="space")).properties == self.CONCEPT.properties
        glossary.undo()
        assert everything(glossary) == [stored]

    def test_other_languages_are_looked_up_and_not_recognised(self, glossary: Glossary) -> None:
        from glossary.recognition import Recogniser

        glossary.store.write([Edit("add", self.CONCEPT)], kind="import", by="t", summary="x")
        assert glossary.lookup("galaxia")[0].concept.texts("es") == ["galaxia"]
        recogniser = Recogniser(glossary.store)
        assert [found.text for found in recogniser.recognise("A galaxy is a galaxia.")] == ["galaxy"]

    def test_the_language_a_concept_has_must_stay(self, glossary: Glossary) -> None:
        glossary.store.write([Edit("add", self.CONCEPT)], kind="import", by="t", summary="x")
        (stored,) = everything(glossary)
        with pytest.raises(YuqiaoError):
            glossary.edit(stored.with_terms([term for term in stored.terms if term.lang == "es"]))
