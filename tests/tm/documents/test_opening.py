"""Which format a file is in, and what is said of files in none."""

from pathlib import Path

import pytest

from lang.errors import BadFileError, NotFoundError, UnsupportedError
from tm.documents.opening import FORMAT_NAMES, open_document


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.TXT", "甲", "txt"),
        ("a.markdown", "甲", "md"),
        ("a.htm", "甲", "html"),
        ("a", "甲", "txt"),
        ("speech.zh", "推動發展。", "txt"),
        ("a.xml", "<?xml version='1.0'?><xliff version='1.2'/>", "xliff"),
        ("a.sub", "1\r\n00:00:01,000 --> 00:00:02,000\r\n甲", "srt"),
        ("a.dat", "\ufeffWEBVTT\n", "vtt"),
        ("a.dat", "<!-- x -->\n<!DOCTYPE html><p>甲", "html"),
    ],
)
def test_format_from_name_and_content(name: str, content: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, "utf-8", newline="")
    assert open_document(tmp_path / name).format == expected


def test_office_files_without_suffix(samples: Path, tmp_path: Path) -> None:
    for name, expected in [("report.docx", "docx"), ("figures.xlsx", "xlsx")]:
        (tmp_path / "unnamed").write_bytes((samples / name).read_bytes())
        assert open_document(tmp_path / "unnamed").format == expected


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.7"), ("a.doc", b"\xd0\xcf\x11\xe0"), ("a.bin", b"\0\1\2"), ("a.zip", b"PK\x03\x04")]
)
def test_other_formats_are_named_as_unsupported(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnsupportedError) as caught:
        open_document(tmp_path / name)
    assert all(known in str(caught.value) for known in FORMAT_NAMES)


def test_an_unknown_format_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="'pages'"):
        open_document(tmp_path / "a.txt", format_name="pages")


@pytest.mark.parametrize("name", [f"missing.{name}" for name in FORMAT_NAMES] + ["missing", "a\0b", "a\0b.txt"])
def test_missing_files(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        open_document(tmp_path / name)


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        open_document(tmp_path)


def test_text_that_is_none_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\ntwo\0three")
    with pytest.raises(BadFileError, match=r"a\.txt:2: holds NUL"):
        open_document(tmp_path / "a.txt")
