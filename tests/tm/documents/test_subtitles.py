"""Subtitles: cues, speakers, lines."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.documents.blocks import is_wide
from tm.documents.document import Document
from tm.documents.line_wrapping import balanced_lines

Opened = Callable[..., Document]
Rewritten = Callable[..., str]
CUE = "1\n00:00:01,000 --> 00:00:04,000\n{}\n"


def cells(text: str) -> int:
    return sum(2 if is_wide(char) else 1 for char in text)


def test_lines_of_a_cue_are_one_text(opened: Opened) -> None:
    segments = opened("a.srt", CUE.format("各位代表，我代表\n市政府。\nThe end\nis near.")).segments()
    assert [segment.text for segment in segments] == ["各位代表，我代表市政府。", "The end is near."]
    assert segments[0].place == "00:00:01,000"


def test_speakers_are_apart_and_keep_their_dashes(rewritten: Rewritten) -> None:
    source = CUE.format("- 你好。\n- 再見。")
    assert rewritten("a.srt", source, {"再見。": "Bye."}) == CUE.format("- 你好。\n- Bye.")


def test_negative_numbers_are_no_speakers(opened: Opened) -> None:
    assert [segment.text for segment in opened("a.srt", CUE.format("-5 度\n以下")).segments()] == ["-5 度以下"]


def test_translations_are_wrapped(rewritten: Rewritten) -> None:
    english = "The government will promote the development of the low-altitude economy."
    assert rewritten("a.srt", CUE.format("短句。"), {"短句。": english}) == CUE.format(
        "The government will promote the\ndevelopment of the low-altitude economy."
    )


def test_chinese_is_wrapped_by_cells_without_marks_first(rewritten: Rewritten) -> None:
    chinese = "政府會繼續推動低空經濟的發展，並且支持企業在全市各區開展試點工作，讓市民受惠。"
    lines = rewritten("a.srt", CUE.format("Short."), {"Short.": chinese}).splitlines()[2:]
    assert "".join(lines) == chinese
    assert len(lines) == 2
    assert all(cells(line) <= 40 and line[0] not in "，。" for line in lines)


def test_tags_around_a_whole_cue_stay(rewritten: Rewritten) -> None:
    assert rewritten("a.srt", CUE.format("<i>你好。</i>"), {"你好。": "Hello."}) == CUE.format("<i>Hello.</i>")
    assert rewritten("b.srt", CUE.format("{\\an8}你好。"), {"你好。": "Hello."}) == CUE.format("{\\an8}Hello.")


def test_untouched_cues_keep_their_lines(rewritten: Rewritten) -> None:
    source = CUE.format("甲\n乙丙") + "\n" + CUE.format("丁")
    assert rewritten("a.srt", source, {"丁": "D"}) == CUE.format("甲\n乙丙") + "\n" + CUE.format("D")


def test_webvtt_keeps_notes_styles_and_settings(rewritten: Rewritten) -> None:
    source = "WEBVTT\r\n\r\nNOTE 甲\r\n\r\nSTYLE\r\n::cue{}\r\n\r\nid\r\n00:01.000 --> 00:02.000 align:start\r\n"
    source += "<v 主席>好 &amp; 對\r\n"
    assert rewritten("a.vtt", source, {"好 & 對": "a < b"}) == source.replace("好 &amp; 對", "a &lt; b")


@pytest.mark.parametrize("separator", [".", ","])
def test_hours_may_be_missing_or_long(separator: str, opened: Opened) -> None:
    document = opened(
        "a.vtt", f"WEBVTT\n\n100:00:01{separator}000 --> 100:00:02{separator}000\n甲\n\n00:01.000 --> 00:02.000\n乙\n"
    )
    assert [segment.text for segment in document.segments()] == ["甲", "乙"]


MARK = re.compile(r"</?i>|&\w+;")


@given(st.text(st.sampled_from("中文字，。（）「」 abcdefg-—.,<i>&;é😀𠮷\u3000"), max_size=120), st.integers(2, 50))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    text = text.strip(" ")
    lines = balanced_lines(text, width, MARK)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line == line.strip(" ") for line in lines)


@given(st.text(st.sampled_from("中文字"), min_size=1, max_size=120), st.integers(2, 50))
def test_chinese_lines_are_within_the_width_and_as_few_as_can_be(text: str, width: int) -> None:
    lines = balanced_lines(text, width, MARK)
    assert all(cells(line) <= width for line in lines)
    assert len(lines) == -(-len(text) // (width // 2))
