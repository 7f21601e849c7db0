"""Streams of recognisers: samples of our own in the form of each give the same two sentences."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interpret.hypothesis import Hypothesis
from interpret.sources.pieces import pieces_of
from interpret.sources.reading import NAMES, hypotheses_of
from lang.errors import UnsupportedError

SAMPLES = Path(__file__).parents[1] / "data" / "transcripts"
SENTENCES = ["深圳將培育低空經濟。", "去年進出口總額為2,236.6億元。"]
ALL = sorted(path.name for path in SAMPLES.iterdir())
PARTIAL = [name for name in ALL if not name.startswith(("plain", "whisper_cpp_vad"))]


def heard(data: bytes, size: int = 1 << 16) -> list[Hypothesis]:
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    ticks = itertools.count()
    return list(hypotheses_of(chunks, clock=lambda: next(ticks)))


def settled(hypotheses: list[Hypothesis]) -> list[str]:
    """What stands in the end, segment by segment, without those taken back."""
    last = {one.segment: one for one in hypotheses}
    assert all(one.final for one in last.values())
    return [last[segment].text for segment in sorted(last) if last[segment].text]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_the_sentences_are_the_same_whoever_heard_them(name: str, size: int) -> None:
    assert settled(heard((SAMPLES / name).read_bytes(), size)) == SENTENCES


@pytest.mark.parametrize("name", ALL)
def test_revisions_count_up_and_the_confirmed_part_is_within_the_text(name: str) -> None:
    seen: dict[int, int] = {}
    for one in heard((SAMPLES / name).read_bytes()):
        assert one.revision == seen.get(one.segment, -1) + 1
        assert 0 <= one.stable <= len(one.text)
        seen[one.segment] = one.revision
    assert sorted(seen) == list(range(len(seen)))


@pytest.mark.parametrize("name", PARTIAL)
def test_what_is_not_finished_comes_before_what_is(name: str) -> None:
    hypotheses = heard((SAMPLES / name).read_bytes())
    first = [one for one in hypotheses if one.segment == 0]
    assert not first[0].final
    assert SENTENCES[0].startswith(first[0].text)
    assert first[-1].final


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("whisper_cpp") or name == "plain.txt"])
def test_line_ends_of_windows_make_no_difference(name: str) -> None:
    data = (SAMPLES / name).read_bytes().replace(b"\n", b"\r\n")
    assert settled(heard(data)) == SENTENCES


def test_times_are_those_of_the_recogniser() -> None:
    vad = heard((SAMPLES / "whisper_cpp_vad.txt").read_bytes())
    assert [one.spoken_ms for one in vad] == [(0.0, 2000.0), (3500.0, 6500.0)]
    streaming = heard((SAMPLES / "whisper_streaming.txt").read_bytes())
    assert [(one.spoken_ms, one.emitted_ms) for one in streaming if one.final] == [((0, 2100), 2300), ((2100, 4500), 4600.2)]
    funasr = heard((SAMPLES / "funasr.jsonl").read_bytes())
    assert [one.spoken_ms for one in funasr if one.final] == [(100, 2100), (2500, 4500)]


def test_a_recogniser_can_be_named_and_an_unknown_one_is_told() -> None:
    data = (SAMPLES / "sherpa_onnx.jsonl").read_bytes()
    assert settled(list(hypotheses_of([data], recogniser="sherpa-onnx"))) == SENTENCES
    assert "plain" in NAMES
    with pytest.raises(UnsupportedError, match="no recogniser"):
        list(hypotheses_of([data], recogniser="radio"))


def test_text_that_is_taken_back_beyond_a_sentence_is_withdrawn() -> None:
    rows = '{"new": "一。二。", "deleted": ""}\n{"new": "", "deleted": "二。"}\n'
    hypotheses = heard(rows.encode())
    assert [(one.segment, one.text) for one in hypotheses] == [(0, "一。"), (1, "二。"), (1, "")]
    assert settled(hypotheses) == ["一。"]


@given(st.binary(max_size=200), st.integers(1, 20))
def test_whatever_comes_is_read_without_an_error(data: bytes, size: int) -> None:
    for one in heard(data, size):
        assert 0 <= one.stable <= len(one.text)


@given(st.sampled_from(ALL), st.binary(max_size=30), st.integers(0, 400))
def test_a_damaged_stream_is_read_without_an_error(name: str, noise: bytes, at: int) -> None:
    data = (SAMPLES / name).read_bytes()
    for one in heard(data[:at] + noise + data[at:]):
        assert 0 <= one.stable <= len(one.text)


@given(st.text(alphabet="一二a \n\r", max_size=60), st.integers(1, 9))
def test_pieces_lose_nothing_however_the_stream_is_cut(text: str, size: int) -> None:
    data = text.encode()
    cut = [data[at : at + size] for at in range(0, len(data), size)]
    whole = [(piece.text, piece.end) for piece in pieces_of([data]) if piece.end != "open"]
    assert [(piece.text, piece.end) for piece in pieces_of(cut) if piece.end != "open"] == whole
    assert "".join(piece for piece, _ in whole) == text.replace("\r", "").replace("\n", "")
