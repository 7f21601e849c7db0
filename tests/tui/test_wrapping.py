"""Cutting, filling up and wrapping text by terminal cells."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.wrapping import NEVER_FIRST, NEVER_LAST, cut, fit, wrap, wrap_spans

EXAMPLES = settings(max_examples=60)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("政府工作報告，。、；：？！「」『』（）《》“”…— \n-abc,.12%[]"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=80,
)
CHINESE = st.text(st.sampled_from("政府工作報告離境退稅，。、；：？！）》”（《“"), max_size=60)
WIDTHS = st.integers(min_value=2, max_value=40)


@EXAMPLES
@given(TEXTS, WIDTHS)
def test_wrapping_loses_nothing(text, cells):
    spans = wrap_spans(text, cells)
    assert "".join(text[start:end] for start, end in spans) == text
    assert spans[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(spans))


@EXAMPLES
@given(TEXTS, WIDTHS)
def test_lines_fit(text, cells):
    assert all(cell_len(line) <= cells for line in wrap(text, cells))


@EXAMPLES
@given(TEXTS, st.integers(min_value=0, max_value=40))
def test_fit_takes_exactly_the_cells_asked_for(text, cells):
    assert cell_len(fit(text, cells)) == cells


@EXAMPLES
@given(TEXTS, st.integers(min_value=0, max_value=40))
def test_cut_is_the_longest_beginning_that_fits(text, cells):
    short = cut(text, cells)
    assert text.startswith(short)
    assert cell_len(short) <= cells


@EXAMPLES
@given(CHINESE, st.integers(min_value=8, max_value=40))
def test_punctuation_stays_with_its_text(text, cells):
    """Wherever a line could have ended one character earlier, it does not break at a forbidden place."""
    lines = wrap(text, cells)
    for before, after in pairwise(lines):
        forbidden = after[:1] in NEVER_FIRST or before[-1:] in NEVER_LAST
        # Only a line with no permitted place at all may break anywhere.
        places = range(1, len(before) + 1)
        permitted = any((before + after)[i] not in NEVER_FIRST and (before + after)[i - 1] not in NEVER_LAST for i in places)
        assert not forbidden or not permitted


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("一””””””“二", 8, ["一””””””", "“二"]),
        ("", 10, [""]),
        ("發展低空經濟，推動高質量發展。", 12, ["發展低空經", "濟，推動高質", "量發展。"]),
        ("他說：“好。”", 8, ["他說：", "“好。”"]),
        ("推進《規劃》", 6, ["推進", "《規", "劃》"]),
        ("the low-altitude economy", 10, ["the low-", "altitude", "economy"]),
        ("增長2.1倍", 6, ["增長", "2.1倍"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一\n\n二", 10, ["一", "", "二"]),
    ],
)
def test_wrap(text, cells, lines):
    assert wrap(text, cells) == lines


def test_cut_never_halves_a_character():
    assert cut("離境退稅", 5) == "離境"
    assert fit("離境退稅", 6) == "離境› "
