"""Files of every encoding Chinese is kept in are read, or refused with the line that is to blame."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lang.encoding import decode, detect, read_text
from lang.errors import BadFileError, NotFoundError, UnsupportedError


def _encodable(lines: list[str], encoding: str) -> str:
    kept = []
    for line in lines:
        try:
            line.encode(encoding)
        except UnicodeEncodeError:
            continue
        kept.append(line)
    return "\n".join(kept) + "\n"


@pytest.fixture(scope="module")
def texts(laws: list[str], news_cn: list[str], news_tw: list[str], reports: list[tuple[str, str]]) -> dict[str, list[str]]:
    hong_kong = [line for chinese, _ in reports for line in chinese.split("\n") if line]
    return {"laws": laws, "mainland news": news_cn, "Taiwan news": news_tw, "Hong Kong reports": hong_kong}


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk", "big5", "big5hkscs"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_real_texts_are_read_in_every_encoding(texts: dict[str, list[str]], encoding: str) -> None:
    for name, lines in texts.items():
        text = _encodable(lines, encoding)
        assert decode(text.encode(encoding), name) == text, name


def test_real_texts_with_a_byte_order_mark_behind_a_named_encoding(texts: dict[str, list[str]]) -> None:
    text = "\n".join(texts["laws"][:50])
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        data = ("\ufeff" + text).encode(encoding)
        assert decode(data, "x", encoding) == text
        assert decode(data, "x") == text


@pytest.mark.parametrize(("encoding", "share"), [("utf-16-le", 0.005), ("utf-16-be", 0.005), ("gb18030", 0.005), ("big5", 0.02)])
def test_single_lines_are_read_too(
    texts: dict[str, list[str]], encoding: str, share: float, report: Callable[[str], None]
) -> None:
    total = wrong = 0
    for name, lines in texts.items():
        if encoding == "big5" and name in ("laws", "mainland news"):
            continue
        for line in lines[:500]:
            try:
                data = f"{line}\n".encode(encoding)
            except UnicodeEncodeError:
                continue
            total += 1
            try:
                wrong += decode(data, name) != f"{line}\n"
            except BadFileError:
                wrong += 1
    report(f"{encoding}: {wrong} of {total} single lines read wrongly")
    assert wrong <= share * total


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8", "utf-16-le", "utf-16-be"])
def test_a_term_list_of_one_line(encoding: str) -> None:
    text = "離境退稅,departure tax refund\n"
    assert decode(text.encode(encoding), "x") == text


def test_characters_beyond_the_basic_plane() -> None:
    text = "𠮷野家，術語\n"
    for encoding in ("utf-8", "utf-16", "gb18030"):
        assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"abc", "utf-8"),
        (b"\xef\xbb\xbfabc", "utf-8-sig"),
        (b"\xff\xfea\0", "utf-16"),
        (b"\xfe\xff\0a", "utf-16"),
        ("a,b\n".encode("utf-16-le"), "utf-16-le"),
        ("a,b\n".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_detect(data: bytes, encoding: str) -> None:
    assert detect(data) == encoding


def test_line_ends_are_kept() -> None:
    assert decode("稅\r\n制\r".encode(), "x") == "稅\r\n制\r"


def test_nul_names_its_line() -> None:
    with pytest.raises(BadFileError, match=r"terms\.csv:3: holds NUL") as caught:
        decode(b"a\nb\nc\0d\ne\n", "terms.csv")
    assert caught.value.line == 3


def test_nul_in_utf_16_names_its_line() -> None:
    with pytest.raises(BadFileError) as caught:
        decode("稅\n制\n\0\n".encode("utf-16"), "x")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"ok\nbad \xff\xfe\n", 2),
        (b"\xff", 1),
        (b"a\nb\n\xe4\xb8", 3),
        ("稅制改革，經濟發展\n".encode() + b"\xe4\xb8\n" + "經濟發展\n".encode(), 2),
        ("經濟的發展和社會的進步\n".encode() * 4 + b"\x80\n" + "經濟的發展\n".encode(), 5),
    ],
)
def test_broken_bytes_name_their_line(data: bytes, line: int) -> None:
    with pytest.raises(BadFileError) as caught:
        decode(data, "terms.csv")
    assert caught.value.line == line
    assert f"terms.csv:{line}: not readable as utf-8" in str(caught.value)
    assert "--encoding" in caught.value.hint


def test_one_broken_byte_in_real_text_is_found(laws: list[str]) -> None:
    data = "\n".join(laws[:200]).encode()
    for at in range(7, len(data), len(data) // 50):
        broken = data[:at] + b"\xff" + data[at + 1 :]
        with pytest.raises(BadFileError) as caught:
            decode(broken, "x")
        assert caught.value.line == broken.count(b"\n", 0, at) + 1


def test_a_broken_utf_16_file_names_its_line() -> None:
    # 上 and 一 hold bytes that look like a line feed or a NUL.
    data = "上一次上海\n上一次\n上".encode("utf-16") + b"\x0a"
    with pytest.raises(BadFileError) as caught:
        decode(data, "x")
    assert caught.value.line == 3


def test_the_wrong_named_encoding_is_refused_with_the_line() -> None:
    with pytest.raises(BadFileError, match=r"x:2: not readable as utf-8") as caught:
        decode("a\n稅\n".encode("big5"), "x", "utf-8")
    assert caught.value.line == 2


@pytest.mark.parametrize("encoding", ["utf-16", "UTF16", "utf_16"])
def test_utf_16_without_mark_is_read_either_way_round(encoding: str) -> None:
    text = "經濟,economy\n"
    assert decode(text.encode("utf-16-be"), "x", encoding) == text
    assert decode(text.encode("utf-16-le"), "x", encoding) == text


@pytest.mark.parametrize("encoding", ["nope", "", "hex", "rot13", "base64"])
def test_an_unknown_encoding_is_refused(encoding: str) -> None:
    if not encoding:
        assert decode("稅".encode(), "x", encoding) == "稅"
        return
    with pytest.raises(UnsupportedError, match=encoding):
        decode(b"a", "x", encoding)


def test_read_text(tmp_path: Path) -> None:
    path = tmp_path / "術語.txt"
    path.write_bytes("離境退稅\n".encode("utf-16"))
    assert read_text(path) == "離境退稅\n"
    assert read_text(str(path), "utf-16") == "離境退稅\n"


def test_a_missing_file_or_a_folder_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        read_text(tmp_path / "nowhere.txt")
    with pytest.raises(NotFoundError):
        read_text(tmp_path)
