"""Two documents read and aligned with the term base."""

import pytest

from glossary.concept import Concept, Term
from glossary.store import Edit
from lang.errors import YuqiaoError
from workspace.document_alignment import align_pair, concepts_of, read_pair
from workspace.workspace import Workspace


@pytest.fixture
def documents(tmp_path):
    chinese, english = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    chinese.write_text("低空經濟發展很快。\n市民出行更加方便。\n", encoding="utf-8")
    english.write_text("The low-altitude economy is growing.\nIt is easier to get around.\n", encoding="utf-8")
    return chinese, english


@pytest.mark.parametrize("swapped", [False, True])
def test_documents_are_told_apart_by_their_language(documents, swapped):
    pair = read_pair(*(reversed(documents) if swapped else documents))
    assert (pair.chinese.path, pair.english.path, pair.swapped) == (*documents, swapped)
    assert pair.chinese.sentences == ("低空經濟發展很快。", "市民出行更加方便。")
    assert pair.size == 4


def test_the_term_base_helps(documents, tmp_path):
    with Workspace.open(str(tmp_path / "small.db"), seed=False) as workspace:
        concept = Concept((Term("低空經濟", "zh-Hant-HK"), Term("low-altitude economy", "en")))
        workspace.term_store.write([Edit("add", concept)], kind="add", by="editor", summary="one")
        pair, told = read_pair(*documents), []
        concepts = concepts_of(pair, workspace, told.append)
        assert concepts_of(pair, workspace, told.append, text_by_text=True) == concepts
    assert [len(found) for found in concepts] == [1, 0, 1, 0]
    assert concepts[0] == concepts[2]
    links = align_pair(pair, concepts, told.append)
    assert [(link.source, link.target) for link in links] == [(range(1), range(1)), (range(1, 2), range(1, 2))]


def test_two_documents_in_one_language_are_refused(documents):
    with pytest.raises(YuqiaoError, match="both read as Chinese"):
        read_pair(documents[0], documents[0])


def test_a_document_without_text_is_refused(documents, tmp_path):
    (tmp_path / "blank.txt").write_text(" \n。\n")
    with pytest.raises(YuqiaoError, match="has no text"):
        read_pair(documents[0], tmp_path / "blank.txt")


def test_the_concepts_of_a_real_text_are_the_same_text_by_text(seeded_workspace, shared_data, tmp_path):
    chinese, english = shared_data("speeches") / "government-work-report-2023.zh.txt", tmp_path / "a.en.txt"
    english.write_text("We will expand domestic demand and open wider to the world.\n" * 20, encoding="utf-8")
    pair, told = read_pair(chinese, english), []
    concepts = concepts_of(pair, seeded_workspace, told.append)
    before = told.copy()
    assert concepts_of(pair, seeded_workspace, told.append, text_by_text=True) == concepts
    assert sum(map(len, concepts)) > 500
    assert told == before * 2
