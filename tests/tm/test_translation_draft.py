"""What is kept of a translation under way."""

import pytest

from lang.errors import BadFileError
from tm.documents.opening import open_document
from tm.translation_draft import Rendered, TranslationDraft


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text("第一句。\n第二句。\n第三句。\n")
    return path


def draft_of(path):
    return TranslationDraft.beside(path, open_document(path).segments())


def test_what_was_kept_is_there_again(document):
    draft = draft_of(document)
    draft.keep(0, Rendered("First [/] [b.", confirmed=True))
    draft.keep(1, Rendered("Sec"))
    draft.keep(1, Rendered("Second."))
    again = draft_of(document)
    assert again.rendered(0) == Rendered("First [/] [b.", confirmed=True)
    assert again.translations() == {0: "First [/] [b.", 1: "Second."}
    assert (again.unconfirmed(), again.confirmed) == ([1], 1)


def test_a_line_cut_off_by_a_crash_costs_only_itself(document):
    draft = draft_of(document)
    draft.keep(0, Rendered("First.", confirmed=True))
    with draft.path.open("ab") as file:
        file.write(b'{"index": 1, "sour')
    again = draft_of(document)
    assert again.translations() == {0: "First."}
    again.keep(2, Rendered("Third."))
    assert draft_of(document).translations() == {0: "First.", 2: "Third."}


def test_a_document_that_changed_keeps_what_is_the_same(document):
    draft_of(document).keep(1, Rendered("Second.", confirmed=True))
    document.write_text("新句。\n第一句。\n第二句。\n")
    again = draft_of(document)
    assert again.translations() == {2: "Second."}
    assert again.rendered(2).confirmed


def test_nothing_is_written_before_there_is_something(document):
    draft = draft_of(document)
    draft.keep(0, Rendered(""))
    assert not draft.path.exists()


def test_another_file_of_the_name_is_refused(document):
    draft_of(document).path.write_text("something else")
    with pytest.raises(BadFileError):
        draft_of(document)
