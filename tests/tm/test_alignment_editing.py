"""Edits of an alignment: what each does, and that no sequence of them loses, repeats or moves a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.alignment import Link
from tm.alignment_cutting import cut_places, cut_row
from tm.alignment_editing import (
    Cut,
    Edit,
    EditedAlignment,
    Row,
    judge_row,
    merge_rows,
    next_doubtful,
    rows_of,
    shift_sentence,
    split_row,
)
from tm.alignment_segments import Segments
from tm.alignment_units import units_of

LINKS = [Link(range(1), range(1), 0.95), Link(range(1, 3), range(1, 2), 0.6), Link(range(4, 5), range(3, 5), 0.9)]


def sizes(rows):
    return [row.sizes for row in rows]


@pytest.fixture
def rows():
    """Sizes (1, 1), (2, 1), (1, 0), (0, 1), (1, 2), (1, 0)."""
    return rows_of(LINKS, 6, 5)


def test_sentences_without_link_are_rows_of_their_own(rows):
    assert sizes(rows) == [(1, 1), (2, 1), (1, 0), (0, 1), (1, 2), (1, 0)]
    assert [row.confidence for row in rows] == [0.95, 0.6, None, None, 0.9, None]
    assert [row.doubtful for row in rows] == [False, True, True, True, False, True]


def test_no_links_leave_every_sentence_alone():
    assert sizes(rows_of([], 1, 2)) == [(1, 0), (0, 1), (0, 1)]


def test_merge_joins_a_row_with_the_next(rows):
    assert sizes(merge_rows(rows, 2).of(rows)) == [(1, 1), (2, 1), (1, 1), (1, 2), (1, 0)]
    assert merge_rows(rows, 5) is None


@pytest.mark.parametrize(
    ("at", "expected"), [(0, [(1, 0), (0, 1)]), (1, [(1, 1), (1, 0)]), (4, [(1, 1), (0, 1)]), (2, None), (3, None)]
)
def test_split_parts_the_first_sentences_from_the_others(rows, at, expected):
    edit = split_row(rows, at)
    assert (sizes(edit.after) if edit else None) == expected


@pytest.mark.parametrize(
    ("at", "side", "down", "expected"),
    [
        (0, "source", True, [(0, 1), (3, 1), (1, 0), (0, 1), (1, 2), (1, 0)]),
        (1, "source", True, [(1, 1), (1, 1), (2, 0), (0, 1), (1, 2), (1, 0)]),
        (1, "target", False, [(1, 2), (2, 0), (1, 0), (0, 1), (1, 2), (1, 0)]),
        (3, "target", False, [(1, 1), (2, 1), (1, 1), (1, 2), (1, 0)]),
        (3, "target", True, [(1, 1), (2, 1), (1, 0), (1, 3), (1, 0)]),
        (0, "source", False, [(1, 0), (0, 1), (2, 1), (1, 0), (0, 1), (1, 2), (1, 0)]),
        (5, "source", True, None),
        (2, "target", True, None),
    ],
)
def test_shift_gives_a_sentence_to_the_neighbour(rows, at, side, down, expected):
    edit = shift_sentence(rows, at, side, down=down)
    assert (sizes(edit.of(rows)) if edit else None) == expected


def test_what_was_shaped_by_hand_waits_to_be_accepted(rows):
    shaped = merge_rows(rows, 2).of(rows)
    assert shaped[2].doubtful
    accepted = judge_row(shaped, 2, "accepted").of(shaped)
    assert not accepted[2].doubtful
    assert judge_row(accepted, 2, "accepted") is None


def test_next_doubtful_goes_round_and_takes_a_missing_part_as_one(rows):
    assert next_doubtful(rows, 0) == 1
    assert next_doubtful(rows, 1) == 2
    # Rows 2 and 3 are one gap.
    assert next_doubtful(rows, 2) == 5
    assert next_doubtful(rows, 5) == 1
    assert next_doubtful(rows, 0, back=True) == 5
    sure = rows_of(LINKS[:1], 1, 1)
    assert next_doubtful(sure, 0) is None


def test_an_edit_has_the_same_sentences_before_and_after(rows):
    with pytest.raises(ValueError, match="other sentences"):
        Edit(0, rows[:1], rows[1:2])
    with pytest.raises(ValueError, match="without sentences"):
        Edit(0, rows[:1], (*rows[:1], Row(range(1, 1), range(1, 1))))
    with pytest.raises(ValueError, match="other rows"):
        merge_rows(rows, 1).of(rows[1:])
    with pytest.raises(ValueError, match="through other sentences"):
        Edit(0, rows[:1], (Row(range(2), range(1)),), Cut("source", 1, 2))
    with pytest.raises(ValueError, match="rows of other sentences"):
        Edit(0, rows[:1], (Row(range(2), range(1)),), Cut("target", 0, 2))


def test_units_are_the_pairs_that_were_not_left_out(rows):
    chinese, english = [f"第{n}句。" for n in range(6)], [f"Sentence {n}." for n in range(5)]
    judged = judge_row(rows, 0, "accepted").of(rows)
    judged = judge_row(judged, 4, "left out").of(judged)
    first, second = units_of(judged, Segments(chinese), Segments(english), "report")
    assert (first.source, first.target, first.state, first.properties) == ("第0句。", "Sentence 0.", "reviewed", ())
    assert (second.source, second.target, second.state) == ("第1句。第2句。", "Sentence 1.", "translated")
    assert second.properties == (("confidence", "0.600"),)
    assert (second.before, second.after, second.origin) == ("第0句。", "第3句。", "report")


@st.composite
def alignments(draw):
    """Links in order with gaps on either side, and the sizes of the two documents."""
    links, i, j = [], 0, 0
    for skip_i, skip_j, m, n in draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 3), st.integers(1, 3)), max_size=6)
    ):
        i, j = i + skip_i, j + skip_j
        links.append(Link(range(i, i + m), range(j, j + n), draw(st.floats(0, 1))))
        i, j = i + m, j + n
    return rows_of(links, i + draw(st.integers(0, 2)), j + draw(st.integers(1, 2)))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("merge", "split", "source up", "source down", "target up", "target down"),
                *("source cut", "target cut", "accept", "leave out", "undo", "redo"),
            ]
        ),
        st.integers(0, 30),
    ),
    max_size=30,
)


def step(alignment, name, place):
    """The alignment after a step of this name at a place, itself where the step cannot be done there."""
    rows, at = alignment.rows, place % len(alignment.rows)
    if name in ("undo", "redo"):
        return getattr(alignment, name)()
    if name == "merge":
        edit = merge_rows(rows, at)
    elif name == "split":
        edit = split_row(rows, at)
    elif name in ("accept", "leave out"):
        edit = judge_row(rows, at, "accepted" if name == "accept" else "left out")
    elif name.endswith("cut"):
        places = cut_places(alignment, at, name.split()[0])
        edit = cut_row(alignment, at, places.cuts[place % len(places.cuts)]) if places else None
    else:
        side, way = name.split()
        edit = shift_sentence(rows, at, side, down=way == "down")
    return alignment.do(edit) if edit else alignment


def opened(rows):
    """The rows as an alignment of sentences that can be told apart, some of which hold nothing to cut."""
    chinese = [f"第{n}句，說{'很' * (n % 3)}好。" for n in range(rows[-1].source.stop)]
    english = [f"No. {n} says, well, so. " if n % 2 else f"{n}" for n in range(rows[-1].target.stop)]
    return EditedAlignment(rows, Segments(chinese), Segments(english))


@given(alignments(), STEPS)
def test_no_steps_lose_repeat_or_move_a_sentence(rows, steps):
    start = alignment = opened(rows)
    for name, place in steps:
        alignment = step(alignment, name, place)
        for side in ("source", "target"):
            segments = alignment.side(side)
            assert [place for row in alignment.rows for place in row.side(side)] == list(range(len(segments)))
            assert "".join(segments[place] for place in range(len(segments))) == "".join(start.side(side).sentences)
        assert all(row.source or row.target for row in alignment.rows)
    after = alignment
    while alignment.made:
        alignment = alignment.undo()
    assert (alignment.rows, alignment.source, alignment.target) == (rows, start.source, start.target)
    while alignment.undone and len(alignment.made) < len(after.made):
        alignment = alignment.redo()
    assert alignment.rows == after.rows


@given(alignments(), STEPS)
def test_each_step_is_undone_by_itself(rows, steps):
    alignment = opened(rows)
    for name, place in steps:
        further = step(alignment, name, place)
        if name not in ("undo", "redo") and further is not alignment:
            assert (further.undo().rows, further.undo().source) == (alignment.rows, alignment.source)
            assert further.undo().redo().rows == further.rows
        alignment = further
