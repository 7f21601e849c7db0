"""What is kept of an alignment under way."""

import json
from pathlib import Path

import pytest

from lang.errors import YuqiaoError
from tm.alignment import Link
from tm.alignment_cutting import cut_places, cut_row
from tm.alignment_draft import AlignmentDraft, draft_path
from tm.alignment_editing import Cut, judge_row, merge_rows, rows_of, shift_sentence, split_row

DOCUMENTS = (("一。", "二。", "三。"), ("One.", "Two.", "Three."))
LINKS = [Link(range(at, at + 1), range(at, at + 1), 0.5 + at / 10) for at in range(3)]


@pytest.fixture
def path(tmp_path):
    return draft_path(tmp_path / "a.zh.txt", tmp_path / "a.en.txt")


@pytest.fixture
def draft(path):
    return AlignmentDraft.begin(path, DOCUMENTS, rows_of(LINKS, 3, 3))


def edited(draft):
    draft.do(merge_rows(draft.alignment.rows, 0))
    draft.do(judge_row(draft.alignment.rows, 0, "accepted"))
    draft.do(shift_sentence(draft.alignment.rows, 1, "target", down=False))
    draft.undo()
    draft.do(split_row(draft.alignment.rows, 1))
    draft.write()


def test_what_was_done_is_there_again_with_what_can_be_undone(draft, path):
    edited(draft)
    again = AlignmentDraft.kept(path, DOCUMENTS)
    assert again.alignment == draft.alignment
    assert [row.sizes for row in again.alignment.rows] == [(2, 2), (1, 0), (0, 1)]
    for _ in range(3):
        again.undo()
    assert again.alignment.rows == rows_of(LINKS, 3, 3)
    assert again.undo() is None


def test_redo_is_kept_too(draft, path):
    edited(draft)
    draft.undo()
    draft.redo()
    draft.undo()
    draft.write()
    again = AlignmentDraft.kept(path, DOCUMENTS)
    assert again.alignment == draft.alignment
    assert again.redo() is not None
    assert again.redo() is None


def test_cuts_are_kept_and_can_be_undone(path):
    documents = (("一，二；三。", "四。"), ("One, two.", "Three.", "Four."))
    links = [Link(range(1), range(2), 0.5), Link(range(1, 2), range(2, 3), 0.9)]
    draft = AlignmentDraft.begin(path, documents, rows_of(links, 2, 3))
    draft.do(cut_row(draft.alignment, 0, Cut("source", 0, 4)))
    places = cut_places(draft.alignment, 0, "target")
    draft.do(cut_row(draft.alignment, 0, places.cuts[places.likely]))
    draft.undo()
    draft.redo()
    draft.do(judge_row(draft.alignment.rows, 2, "accepted"))
    draft.write()
    again = AlignmentDraft.kept(path, documents)
    assert again.alignment == draft.alignment
    assert [again.alignment.target[at] for at in range(4)] == ["One, ", "two.", "Three.", "Four."]
    for _ in range(3):
        again.undo()
    assert again.alignment.rows == rows_of(links, 2, 3)
    assert again.alignment.source.cuts == again.alignment.target.cuts == ()


def test_what_is_in_the_memory_is_kept_beside_the_edits(draft, path):
    draft.remember_saved([7, -9])
    edited(draft)
    draft.remember_saved([7, 2**62])
    draft.write()
    again = AlignmentDraft.kept(path, DOCUMENTS)
    assert (again.saved, again.alignment) == ((7, 2**62), draft.alignment)


def test_a_line_cut_off_by_a_crash_costs_only_itself(draft, path):
    edited(draft)
    with path.open("ab") as file:
        file.write(b'{"at": 0, "repl')
    again = AlignmentDraft.kept(path, DOCUMENTS)
    assert again.alignment.rows == draft.alignment.rows
    again.do(judge_row(again.alignment.rows, 1, "left out"))
    again.write()
    assert AlignmentDraft.kept(path, DOCUMENTS).alignment.rows == again.alignment.rows


@pytest.mark.parametrize(
    "line",
    [
        {"at": 0, "replaced": 1, "rows": [[3, 3, None, "open"]]},
        {"at": 0, "replaced": 1, "rows": [[1, 1, None, "odd"]]},
        {"at": 0, "replaced": 1, "rows": [[2, 1, None, "open"], [-1, 0, None, "open"]]},
        {"at": 9, "replaced": 1, "rows": [[1, 1, None, "open"]]},
        {"at": "x"},
        {"at": 0, "replaced": 1, "rows": [[2, 1, None, "open"]], "cut": ["source", 0, 9]},
        {"at": 0, "replaced": 1, "rows": [[2, 1, None, "open"]], "cut": ["odd", 0, 1]},
        {"at": 0, "replaced": 1, "rows": [[2, 1, None, "open"]], "cut": ["source", 2, 1]},
        {"at": 0, "replaced": 1, "rows": [[1, 1, None, "open"]], "cut": ["source", 0, 1]},
        {"at": 0, "replaced": 1, "rows": [[2, 1, None, "open"]], "cut": 7},
        {"saved": ["x"]},
        {"saved": 7},
        [],
        7,
    ],
)
def test_a_line_that_fits_no_rows_changes_nothing(draft, path, line):
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n")
    assert AlignmentDraft.kept(path, DOCUMENTS).alignment == draft.alignment


def test_other_documents_begin_anew_and_the_earlier_work_is_moved_aside(draft, path):
    edited(draft)
    before = path.read_bytes()
    changed = (("一。", "二。", "四。"), DOCUMENTS[1])
    assert AlignmentDraft.kept(path, changed) is None
    AlignmentDraft.begin(path, changed, rows_of(LINKS, 3, 3))
    assert AlignmentDraft.kept(path, changed) is not None
    assert path.with_name(path.name + ".old1").read_bytes() == before


@pytest.mark.parametrize("content", ["", "[]\n", "no JSON\n", '{"alignment": 1}\n', '{"alignment": 2, "rows": []}\n'])
def test_a_file_that_is_something_else_is_nothing_kept(path, content):
    path.write_text(content)
    assert AlignmentDraft.kept(path, DOCUMENTS) is None


def test_nothing_kept_is_nothing(path):
    assert AlignmentDraft.kept(path, DOCUMENTS) is None


def test_names_of_any_length_give_a_place(tmp_path):
    long = "報" * 75
    place = draft_path(tmp_path / f"{long}.txt", tmp_path / f"{long}.en.txt")
    assert len(place.name.encode()) <= 255
    assert draft_path(Path("a.txt"), Path("b.txt")) != draft_path(Path("a.txt"), Path("c.txt"))


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    with pytest.raises(YuqiaoError, match="cannot be written"):
        AlignmentDraft.begin(tmp_path / "none" / "a.align.jsonl", DOCUMENTS, rows_of(LINKS, 3, 3))
