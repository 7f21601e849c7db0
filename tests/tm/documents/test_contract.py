"""What every format of documents keeps to, tried on a small real document of each."""

from pathlib import Path

import pytest

from lang.errors import NotFoundError, YuqiaoError
from tm.documents.document import Document
from tm.documents.opening import open_document

NAMES = "speech.txt notes.md page.html report.docx figures.xlsx project-1.2.xlf project-2.1.xlf talk.srt talk.vtt".split()


@pytest.fixture(params=NAMES)
def document(request: pytest.FixtureRequest, samples: Path) -> Document:
    return open_document(samples / request.param)


def results(path: Path) -> list[str]:
    """What a written document says: its targets where it has such, else its segments."""
    document = open_document(path)
    return [segment.target if document.format == "xliff" else segment.text for segment in document.segments()]


def test_segments_are_numbered_in_order_and_have_no_blanks_around_them(document: Document) -> None:
    segments = document.segments()
    assert segments
    assert [segment.index for segment in segments] == list(range(len(segments)))
    assert all(segment.text == segment.text.strip() and segment.text for segment in segments)
    assert [segment.paragraph for segment in segments] == sorted(segment.paragraph for segment in segments)


def test_written_without_translations_it_is_the_same_file(document: Document, tmp_path: Path) -> None:
    out = tmp_path / document.path.name
    assert document.write(out, {}).replaced == 0
    assert out.read_bytes() == document.path.read_bytes()


def test_translations_equal_to_the_segments_change_nothing(document: Document, tmp_path: Path) -> None:
    if document.format == "xliff":
        pytest.skip("a target equal to its source is a translation")
    out = tmp_path / document.path.name
    assert document.write(out, {segment.index: segment.text for segment in document.segments()}).replaced == 0
    assert out.read_bytes() == document.path.read_bytes()


def test_empty_translations_change_nothing(document: Document, tmp_path: Path) -> None:
    out = tmp_path / document.path.name
    document.write(out, {segment.index: " " for segment in document.segments()})
    assert out.read_bytes() == document.path.read_bytes()


@pytest.mark.parametrize("by", ["sentence", "paragraph"])
def test_all_translations_stand_in_their_places(document: Document, by: str, tmp_path: Path) -> None:
    document = open_document(document.path, by=by)  # type: ignore[arg-type]
    wanted = {segment.index: f"This is number {segment.index}." for segment in document.segments()}
    out = tmp_path / document.path.name
    assert document.write(out, wanted).replaced == len(wanted)
    assert results(out) == list(wanted.values())


def test_chinese_translations_stand_in_their_places(document: Document, tmp_path: Path) -> None:
    wanted = {segment.index: f"這是第{segment.index}句，𠮷也在內。" for segment in document.segments()}
    out = tmp_path / document.path.name
    document.write(out, wanted)
    assert results(out) == list(wanted.values())


def test_markup_in_translations_is_text(document: Document, tmp_path: Path) -> None:
    nasty = "A<b> &amp; *c* _d_ [e](f) `g` | $h$ 1. \\i ]] --> <!-- {x} # end."
    out = tmp_path / document.path.name
    document.write(out, {segment.index: nasty for segment in document.segments()})
    # SubRip has no way to write <b> as text.
    expected = nasty.replace("<b>", "") if document.format == "srt" else nasty
    assert all(text == expected for text in results(out))


def test_one_translation_leaves_the_other_segments(document: Document, tmp_path: Path) -> None:
    before = [segment.target if document.format == "xliff" else segment.text for segment in document.segments()]
    out = tmp_path / document.path.name
    for index in range(len(before)):
        document.write(out, {index: "Only this one."})
        assert results(out) == [*before[:index], "Only this one.", *before[index + 1 :]]


def test_control_characters_and_line_breaks_do_no_harm(document: Document, tmp_path: Path) -> None:
    out = tmp_path / document.path.name
    document.write(out, {segment.index: "one\x00\x1b\r\ntwo\ud800" for segment in document.segments()})
    assert "".join(results(out)).replace("one", "").replace("two", "").strip(" \n") == "" * len(document.segments())


def test_unknown_segments_are_refused(document: Document, tmp_path: Path) -> None:
    out = tmp_path / document.path.name
    for index in (-1, len(document.segments())):
        with pytest.raises(NotFoundError, match=f"no segment {index}"):
            document.write(out, {index: "x"})
    assert not out.exists()


def test_a_failed_write_leaves_what_was_there(document: Document, tmp_path: Path) -> None:
    with pytest.raises(YuqiaoError, match="cannot be written"):
        document.write(tmp_path / "missing" / "out", {0: "x"})
    assert list(tmp_path.iterdir()) == []


def test_the_input_is_replaced_only_when_named(document: Document, tmp_path: Path) -> None:
    path = tmp_path / document.path.name
    path.write_bytes(document.path.read_bytes())
    original = path.read_bytes()
    document = open_document(path)
    document.write(tmp_path / "other", {0: "Changed."})
    assert path.read_bytes() == original
    document.write(path, {0: "Changed."})
    assert results(path)[0] == "Changed."
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted([path.name, "other"])


def test_writing_twice_gives_the_same(document: Document, tmp_path: Path) -> None:
    wanted = {segment.index: f"Number {segment.index}" for segment in document.segments()}
    document.write(tmp_path / "first", wanted)
    document.write(tmp_path / "second", wanted)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
