"""What holds for the language functions whatever the text."""

import codecs
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lang.conversion import DISPLAY_SCRIPTS, convert
from lang.encoding import decode
from lang.errors import YuqiaoError
from lang.fold import Folded, Squeezed, fold, fold_tracked, squeeze, term_key
from lang.inflection import english_key, loose_forms, word_key, words
from lang.pinyin import initials_key, letters_key, parse_query, read_syllables, split_syllables, toned_key, tones_of, with_marks
from lang.script import detect_script, script_counts
from lang.sentences import split_sentences
from lang.tags import language, normalise_tag, tag_of_text

# What the code treats specially, thick among ordinary letters, and all of Unicode now and then.
_SPECIAL = (
    "離境退稅经济后後着「」『』《》“”‘’'\" \u3000\n\r\t.。！？!?…，,;:()（）"
    "aAbézZ09５Ａ㎡ﬁ\u0301\u200b\ufe0f\U000e0100\ufdd0𠮷-—•ßİΣ"
)
special = st.text(st.sampled_from(_SPECIAL), max_size=40)
anything = st.one_of(special, st.text(max_size=40), st.text(st.characters(exclude_categories=()), max_size=20))
encodable = st.one_of(special, st.text(max_size=40))
english = st.text(st.sampled_from("abcdeginorstuy's"), min_size=1, max_size=12)


@given(anything)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_tracked(text).text == fold(text)


@given(anything)
def test_spans_of_folded_text_are_monotone_and_hold_what_was_folded(text: str) -> None:
    _check_spans(text, fold_tracked(text))


@given(anything)
def test_spans_of_squeezed_text_are_monotone_and_hold_what_was_folded(text: str) -> None:
    _check_spans(text, squeeze(fold_tracked(text)))


def _check_spans(text: str, keyed: Folded | Squeezed) -> None:
    spans = [keyed.span(index, index + 1) for index in range(len(keyed.text))]
    for char, (start, end) in zip(keyed.text, spans, strict=True):
        assert 0 <= start < end <= len(text)
        assert char in fold(text[start:end])
    for (start, end), (later_start, later_end) in pairwise(spans):
        assert start <= later_start
        assert end <= later_end


@given(special, st.data())
def test_a_span_holds_its_piece(text: str, data: st.DataObject) -> None:
    for keyed in (fold_tracked(text), squeeze(fold_tracked(text))):
        if not keyed.text:
            continue
        start = data.draw(st.integers(0, len(keyed.text) - 1))
        end = data.draw(st.integers(start + 1, len(keyed.text)))
        first, last = keyed.span(start, end)
        original = fold_tracked(text[first:last])
        piece = keyed.text[start:end]
        if isinstance(keyed, Folded):
            assert piece in original.text
        else:
            # Cut from its surroundings a quotation mark or blank at the edge may be loose that was not.
            assert _bare(piece) in _bare(squeeze(original).text)


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("'", "")


@given(anything)
@example('a " b')
@example("中「 a")
@example("a' '中")
def test_squeezing_twice_is_squeezing_once(text: str) -> None:
    squeezed = squeeze(fold_tracked(text)).text
    assert squeeze(fold_tracked(squeezed)).text == squeezed
    assert term_key(term_key(text)) == term_key(text)
    assert squeezed.strip() == term_key(text) or term_key(text) == term_key(squeezed)


@given(anything)
def test_a_term_key_is_the_same_for_both_scripts_of_it(text: str) -> None:
    assert term_key(fold(text)) == term_key(text)
    assert term_key(f"「{text}」") == term_key(text)


@given(anything)
@example("“a。" * 30)
@example("(.")
def test_splitting_loses_nothing(text: str) -> None:
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(pieces)


@given(anything, anything)
def test_a_line_break_always_ends_a_sentence(one: str, other: str) -> None:
    pieces = split_sentences(f"{one}x\ny{other}")
    assert any(piece.endswith("x\n") for piece in pieces)


@given(english)
def test_the_word_key_of_a_word_key_is_itself(word: str) -> None:
    for found in words(fold(word)):
        key = word_key(found.text)
        assert key
        assert word_key(key) == key


@given(anything)
def test_words_are_where_they_say(text: str) -> None:
    folded = fold(text)
    found = words(folded)
    assert [folded[word.start : word.end] for word in found] == [word.text for word in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert len([form for form in loose_forms(folded) if form not in (",", "|")]) == len(found)
    assert english_key(text) == english_key(folded)


@given(anything)
def test_a_tag_is_ours_or_none(written: str) -> None:
    tag = normalise_tag(written)
    if tag is not None:
        assert normalise_tag(tag) == tag
        assert language(tag) == tag[:2]
        assert tag_of_text(tag, written).startswith(tag)


@given(
    st.lists(st.sampled_from("zh en cmn hans Hant CN tw HK us chinese Simplified (Taiwan) 中文 简体 香港 x".split()), max_size=4)
)
def test_tags_put_together_at_random_are_ours_or_none(parts: list[str]) -> None:
    for joint in "-_ ":
        tag = normalise_tag(joint.join(parts))
        assert tag is None or normalise_tag(tag) == tag


@given(st.one_of(anything, st.text(st.sampled_from("dikongjzhüv:12345 'āáǎàǖ5gG"), max_size=30)))
def test_any_query_is_pinyin_or_none(query: str) -> None:
    found = parse_query(query)
    if found is not None:
        assert found.letters
        assert " " not in found.letters
        assert set(found.tones) <= set("12345")
    for syllable in split_syllables(query):
        assert syllable.strip()


@given(anything)
def test_any_text_can_be_read(text: str) -> None:
    syllables = read_syllables(text)
    assert all(syllables)
    toned = toned_key(syllables)
    assert toned.split() == syllables
    assert len(tones_of(toned)) <= len(syllables)
    assert len(with_marks(toned).split()) == len(syllables)
    assert len(initials_key(syllables)) <= len(letters_key(syllables))


@given(anything)
def test_scripts_and_forms(text: str) -> None:
    assert detect_script(text) in ("Hans", "Hant", "mixed", "common")
    assert sum(script_counts(text)) <= len(text)
    for to in DISPLAY_SCRIPTS:
        assert isinstance(convert(text, to), str)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@given(encodable)
def test_decoding_in_the_encoding_it_was_encoded_in_is_the_text(encoding: str, text: str) -> None:
    text = text.replace("\0", "").lstrip("\ufeff")
    data = text.encode(encoding)
    # Without a mark, bytes that happen to begin like one are taken for it.
    if encoding.startswith(("utf-16-", "gb")) and data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    assert decode(data, "x", encoding) == text


@given(encodable)
def test_text_in_utf_8_or_behind_a_mark_needs_no_name(text: str) -> None:
    text = text.replace("\0", "").lstrip("\ufeff")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding), "x") == text


@given(st.one_of(st.binary(max_size=60), special.map(str.encode)), st.binary(max_size=4))
def test_any_bytes_are_text_or_refused(data: bytes, more: bytes) -> None:
    try:
        text = decode(data + more, "x")
    except YuqiaoError:
        return
    assert "\0" not in text
