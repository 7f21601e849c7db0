"""Sentences of an alignment cut in two: where, what becomes of the rows, and that nothing of a text is lost."""

import pytest

from tm.alignment import Link
from tm.alignment_cutting import cut_places, cut_row, side_to_cut
from tm.alignment_editing import Cut, EditedAlignment, Row, merge_rows, rows_of, shift_sentence
from tm.alignment_segments import Segments
from tm.alignment_units import units_of

CHINESE = ("報告。", "本市 GDP 達3.68萬億元，增長5.8%；公園增至1,320個，出行更方便。", "謝謝！")
ENGLISH = (
    "Report.",
    "The city's GDP reached 3.68 trillion yuan, up 5.8 per cent.",
    "There are now 1,320 parks, and it is easier to get around.",
    "Thank you!",
)
LINKS = [Link(range(1), range(1), 0.9), Link(range(1, 2), range(1, 3), 0.6), Link(range(2, 3), range(3, 4), 0.9)]
SEMICOLON = CHINESE[1].index("；") + 1


@pytest.fixture
def alignment():
    return EditedAlignment(rows_of(LINKS, 3, 4), Segments(CHINESE), Segments(ENGLISH))


def pairs(alignment):
    return [(alignment.source.text(row.source), alignment.target.text(row.target)) for row in alignment.rows]


def test_the_place_that_the_other_side_speaks_for_is_the_likely_one(alignment):
    places = cut_places(alignment, 1, "source")
    assert [CHINESE[1][: places.cuts[index].offset][-1] for index in places.clauses] == ["，", "；", "，"]
    assert places.cuts[places.likely] == Cut("source", 1, SEMICOLON)
    # Between words and characters, too, yet not in numbers.
    assert Cut("source", 1, 3) in places.cuts
    assert Cut("source", 1, CHINESE[1].index("68")) not in places.cuts


def test_without_another_side_the_middle_is_likely():
    alone = EditedAlignment(rows_of([], 1, 0), Segments(["一二三四，五六，七八九十，十一。"]), Segments([]))
    places = cut_places(alone, 0, "source")
    assert places.cuts[places.likely].offset == 8
    assert cut_places(alone, 0, "target") is None
    assert places.clauses == (3, 5, 9)


def test_a_text_without_clauses_can_be_cut_between_its_words():
    words = EditedAlignment(rows_of([], 0, 1), Segments([]), Segments(["one two three four"]))
    places = cut_places(words, 0, "target")
    assert places.clauses == ()
    assert [cut.offset for cut in places.cuts] == [4, 8, 14]
    assert places.cuts[places.likely].offset == 8


def test_one_word_cannot_be_cut():
    assert cut_places(EditedAlignment(rows_of([], 0, 1), Segments([]), Segments(["Shenzhen."])), 0, "target") is None


@pytest.mark.parametrize(
    ("sizes", "preferred", "expected"),
    [
        ((1, 1), "target", "target"),
        ((1, 2), "target", "source"),
        ((2, 1), "source", "target"),
        ((1, 0), "target", "source"),
        ((0, 1), "source", "target"),
    ],
)
def test_the_side_of_fewer_sentences_is_cut(sizes, preferred, expected):
    assert side_to_cut(Row(range(sizes[0]), range(sizes[1])), preferred) == expected


def test_a_row_comes_apart_where_both_sides_have_as_many_sentences(alignment):
    cut = alignment.do(cut_row(alignment, 1, Cut("source", 1, SEMICOLON)))
    assert pairs(cut) == [
        (CHINESE[0], ENGLISH[0]),
        (CHINESE[1][:SEMICOLON], ENGLISH[1]),
        (CHINESE[1][SEMICOLON:], ENGLISH[2]),
        (CHINESE[2], ENGLISH[3]),
    ]
    assert [row.confidence for row in cut.rows] == [0.9, None, None, 0.9]
    assert cut.undo().rows == alignment.rows
    assert pairs(cut.undo().redo()) == pairs(cut)


def test_else_the_pieces_stay_and_can_be_shifted_and_cut_again(alignment):
    english = ENGLISH[1].index(",") + 2
    cut = alignment.do(cut_row(alignment, 1, Cut("target", 1, english)))
    assert [row.sizes for row in cut.rows] == [(1, 1), (1, 3), (1, 1)]
    assert pairs(cut) == pairs(alignment)
    cut = cut.do(cut_row(cut, 1, Cut("source", 1, SEMICOLON)))
    assert [row.sizes for row in cut.rows] == [(1, 1), (2, 3), (1, 1)]
    cut = cut.do(cut_row(cut, 1, Cut("source", 1, CHINESE[1].index("，") + 1)))
    assert pairs(cut)[1:4] == [
        ("本市 GDP 達3.68萬億元，", "The city's GDP reached 3.68 trillion yuan,"),
        ("增長5.8%；", "up 5.8 per cent."),
        ("公園增至1,320個，出行更方便。", ENGLISH[2]),
    ]
    shifted = cut.do(shift_sentence(cut.rows, 1, "source", down=True))
    assert pairs(shifted)[2][0] == "本市 GDP 達3.68萬億元，增長5.8%；"


def test_pieces_put_together_again_are_the_text_of_the_document(alignment):
    # Behind 本市 is a blank that joining sentences would not write.
    cut = alignment.do(cut_row(alignment, 1, Cut("source", 1, 3)))
    assert pairs(cut)[1][0] == "本市"
    whole = cut.do(merge_rows(cut.rows, 1))
    assert pairs(whole) == pairs(alignment)
    assert (whole.source.is_cut(1), whole.source.is_cut(0), whole.source.is_cut(3)) == (True, False, False)


def test_units_have_the_pieces_and_their_neighbours_the_whole_sentence(alignment):
    cut = alignment.do(cut_row(alignment, 1, Cut("source", 1, SEMICOLON)))
    units = units_of(cut.rows, cut.source, cut.target, "report")
    assert [(unit.source, unit.target) for unit in units] == pairs(cut)
    first, second = CHINESE[1][:SEMICOLON], CHINESE[1][SEMICOLON:]
    assert [(unit.before, unit.after) for unit in units] == [
        ("", CHINESE[1]),
        (CHINESE[0], second),
        (first, CHINESE[2]),
        (CHINESE[1], ""),
    ]


@pytest.mark.parametrize("cut", [Cut("source", 1, 0), Cut("source", 1, 99), Cut("source", 1, -3), Cut("target", 1, 99)])
def test_a_cut_that_leaves_nothing_is_none(alignment, cut):
    with pytest.raises(ValueError, match="nothing to cut off"):
        alignment.do(cut_row(alignment, 1, cut))


def test_a_cut_through_another_row_is_none(alignment):
    with pytest.raises(ValueError, match="through other sentences"):
        cut_row(alignment, 1, Cut("source", 0, 1))


def test_segments_are_found_by_their_place():
    segments = Segments(["ab", "cdef", "gh"]).cut(1, 2).cut(2, 1).cut(0, 1)
    assert [segments[place] for place in range(len(segments))] == ["a", "b", "cd", "e", "f", "gh"]
    assert segments.text(range(1, 5)) == "b cdef"
    assert segments.text(range(3, 3)) == ""
    assert [tuple(segments.piece(place)) for place in (3, 5)] == [(1, 2, 3), (2, 0, 2)]
    with pytest.raises(IndexError):
        segments[6]
    with pytest.raises(ValueError, match="goes on in no other"):
        segments.mend(1)
    mended = segments.mend(3).mend(2).mend(0)
    assert mended == Segments(["ab", "cdef", "gh"])
