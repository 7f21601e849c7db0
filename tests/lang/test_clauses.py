"""Where sentences may be cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang.clauses import clause_ends, word_ends


def pieces(text, places):
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深化改革，擴大開放；穩中求進。", ["深化改革，", "擴大開放；", "穩中求進。"]),
        ("產值3.68萬億元、增長5.8%，居首。", ["產值3.68萬億元、增長5.8%，", "居首。"]),
        ("會議10：30開始，1，280人出席。", ["會議10：30開始，", "1，280人出席。"]),
        ("他說：「好。」大家——都同意。", ["他說：", "「好。」", "大家——", "都同意。"]),
        (
            "Exports rose 1,280.5 per cent, but (as planned;) imports fell.",
            ["Exports rose 1,280.5 per cent, ", "but (as planned;) ", "imports fell."],
        ),
        (
            'Growth - as planned - was 3.5:1. "Good," he said.',
            ["Growth - ", "as planned - ", "was 3.5:1. ", '"Good," ', "he said."],
        ),
        ("沒有", ["沒有"]),
        ("，", ["，"]),
        ("", [""]),
    ],
)
def test_clauses_end_behind_their_marks(text, expected):
    assert pieces(text, clause_ends(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("深圳「十五五」規劃。", ["深", "圳", "「十", "五", "五」", "規", "劃。"]),
        ("增長5.8%，達1,200億元", ["增", "長", "5.8%，", "達", "1,200", "億", "元"]),
        ("We'll see (or not) the city's 3.5.", ["We'll ", "see ", "(or ", "not) ", "the ", "city's ", "3.5."]),
        ('He said "go on" twice.', ["He ", "said ", '"go ', 'on" ', "twice."]),
        ("𠮷野家、葛\U000e0100城", ["𠮷", "野", "家、", "葛\U000e0100", "城"]),
        ("cafe\u0301 au lait", ["cafe\u0301 ", "au ", "lait"]),
        ("低空經濟LAE的GDP", ["低", "空", "經", "濟", "LAE", "的", "GDP"]),
    ],
)
def test_words_end_behind_their_marks_and_blanks(text, expected):
    assert pieces(text, word_ends(text)) == expected


TEXTS = st.text(st.sampled_from("深圳，。；：「」（）——…1,.5%a b-'\"’()\u0301\U000e0100𠮷\n\u3000、"), max_size=40)


@given(TEXTS)
def test_both_parts_have_something_in_them(text):
    words = word_ends(text)
    assert words == sorted(set(words))
    assert set(clause_ends(text)) <= set(words)
    for place in words:
        assert text[:place].strip()
        assert text[place:].strip()
        assert not text[place].isspace()
        assert text[place] not in "\u0301\U000e0100"
