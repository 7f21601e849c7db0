"""Shapes rule out only what cannot match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.score import differing_in_numbers_only, score, segment_key
from tm.shapes import ShapeReader, ShapeWriter, shape_of

TEXT = st.text(alphabet="退稅退税離境,，.3５〇二十万國际𠀀 aé", max_size=12)


def written(folder, shapes):
    writer = ShapeWriter(folder)
    for unit_id, text in shapes:
        writer.add(unit_id, segment_key(text))
    writer.close()
    return ShapeReader(folder)


@given(st.lists(TEXT, min_size=1, max_size=8), TEXT, st.sampled_from([0.3, 0.5, 0.7, 0.9, 1.0]))
@pytest.mark.slow
def test_whatever_may_match_is_kept(tmp_path_factory, texts, query, lowest):
    reader = written(tmp_path_factory.mktemp("shapes"), enumerate(texts, start=3))
    folded = segment_key(query)
    kept = reader.near(folded, range(2, len(texts) + 5), lowest)
    stored = {unit_id: segment_key(text) for unit_id, text in enumerate(texts, start=3)}
    by_numbers = differing_in_numbers_only(folded, stored)
    for unit_id, text in stored.items():
        if score(folded, text, "zh") >= lowest or unit_id in by_numbers:
            assert unit_id in kept
    # Of unknown units nothing is said.
    assert {2, len(texts) + 3, len(texts) + 4} <= set(kept)


def test_what_is_far_is_ruled_out(tmp_path):
    reader = written(tmp_path, [(1, "推動低空經濟發展"), (2, "完善離境退稅制度"), (3, "推動低空旅遊發展")])
    assert list(reader.near(segment_key("推動低空經濟發展。"), [1, 2, 3], 0.6)) == [1, 3]


def test_the_newer_shape_of_a_unit_counts(tmp_path):
    written(tmp_path, [(1, "推動低空經濟發展"), (2, "完善離境退稅制度")])
    reader = written(tmp_path, [(1, "完善離境退稅制度")])
    assert list(reader.near(segment_key("完善離境退稅制度"), [1, 2], 0.7)) == [1, 2]
    assert list(reader.near(segment_key("推動低空經濟發展"), [1, 2], 0.7)) == []


def test_missing_and_cut_files_rule_nothing_out(tmp_path):
    assert list(ShapeReader(tmp_path).near("甲", [0, 1, 2], 0.9)) == [0, 1, 2]
    written(tmp_path, [(1, "推動低空經濟發展")])
    shapes = tmp_path / "shapes"
    shapes.write_bytes(shapes.read_bytes()[:-2])
    assert list(ShapeReader(tmp_path).near("甲", [1], 0.9)) == [1]


def test_numerals_leave_no_trace():
    assert shape_of("增長3.5%") == shape_of("增長12%")
    assert shape_of("") == b""
