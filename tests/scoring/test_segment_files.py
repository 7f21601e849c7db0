"""Segments from every kind of file, and what is said of those that are none."""

import gzip
import lzma
import random

import pytest

from lang.errors import BadFileError, NotFoundError, YuqiaoError
from scoring.segment_files import read_field, read_segments, split_place


@pytest.fixture
def write(tmp_path):
    def written(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return written


@pytest.mark.parametrize("content", ["甲\n乙\n", "甲\r\n乙\r\n", "\ufeff甲\n乙", "甲\n乙\n".encode("gb18030") * 1])
def test_plain_text(write, content):
    assert read_segments(write("a.txt", content)) == ["甲", "乙"]


def test_only_line_feeds_part_segments_and_blank_ones_count(write):
    assert read_segments(write("a.txt", "one\u2028still one\n\n\x0cthree\n\n")) == ["one\u2028still one", "", "\x0cthree", ""]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed(write, suffix, pack):
    assert read_segments(write("a.txt" + suffix, pack("甲\n乙\n".encode()))) == ["甲", "乙"]
    assert read_segments(write("a.tsv" + suffix, pack("x\ty\n1\t甲\n".encode())) + "#y") == ["甲"]
    with pytest.raises(BadFileError, match="unpacked"):
        read_segments(write("b.txt" + suffix, pack("甲\n乙\n".encode() * 50)[:-9]))


def test_columns_by_name_and_by_number(write):
    table = write("a.tsv", 'src\tmt\n甲\the said "no\n乙\t\n')
    assert read_segments(table + "#mt") == ['he said "no', ""]
    assert read_segments(table + "#1") == ["src", "甲", "乙"]
    assert read_segments(write("a.csv", 'src,mt\n"甲,乙","two\nlines"\n') + "#mt") == ["two\nlines"]


def test_column_that_is_not_there(write):
    table = write("a.tsv", "src\tmt\n甲\n")
    with pytest.raises(BadFileError, match=r"no column 'x'.*src, mt"):
        read_segments(table + "#x")
    with pytest.raises(BadFileError, match=":2: has 1 columns"):
        read_segments(table + "#mt")


def test_fields_of_json_lines(write):
    place = write("a.jsonl", '{"zh": "甲\\n乙", "n": 1, "t": {"a": ["b"]}}\n{"zh": null, "n": 2, "t": {}}\n')
    assert read_segments(place + "#zh") == ["甲\n乙", ""]
    assert [value for _, value in read_field(place + "#t")] == [{"a": ["b"]}, {}]
    with pytest.raises(BadFileError, match=":1: holds a int"):
        read_segments(place + "#n")
    with pytest.raises(BadFileError, match=r":1: has no field 'x'.*zh, n, t"):
        read_segments(place + "#x")
    with pytest.raises(BadFileError, match=":1: not JSON"):
        read_segments(write("b.jsonl", "{") + "#x")


def test_bilingual_files_give_target_or_source(write):
    unit = '<trans-unit id="{}"><source>{}</source>{}</trans-unit>'
    body = unit.format(1, "甲。", "<target>One.</target>") + unit.format(2, "乙。", "")
    xliff = write(
        "a.xlf",
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="zh"'
        f' target-language="en" datatype="plaintext"><body>{body}</body></file></xliff>',
    )
    assert read_segments(xliff, side="source") == ["甲。", "乙。"]
    assert read_segments(xliff) == ["One.", ""]


def test_a_name_with_the_mark_in_it(write):
    place = write("a#b.txt", "甲\n")
    assert split_place(place) == (place, "")
    assert read_segments(place) == ["甲"]


def test_missing_file():
    with pytest.raises(NotFoundError):
        read_segments("/nowhere/a.txt")


def test_damaged_files_are_refused_in_words(write):
    """Whatever the bytes, the answer is segments or a message."""
    rng = random.Random(3)
    whole = {
        "a.tsv#mt": "src\tmt\n甲\t一\n".encode() * 20,
        "a.csv#mt": 'src,mt\n"甲",一\n'.encode() * 20,
        "a.jsonl#zh": '{"zh": "甲"}\n'.encode() * 20,
        "a.txt": "甲乙丙\n".encode("utf-16") * 20,
        "a.txt.gz": gzip.compress("甲乙丙\n".encode() * 200),
        "a.txt.xz": lzma.compress("甲乙丙\n".encode() * 200),
        "a.tmx": b'<tmx version="1.4"><header/><body><tu><tuv xml:lang="zh"><seg>x</seg></tuv></tu></body></tmx>',
    }
    refused = 0
    for _ in range(400):
        name, data = rng.choice(list(whole.items()))
        damaged = bytearray(data)
        for _ in range(rng.randrange(1, 8)):
            at = rng.randrange(len(damaged))
            damaged[at : at + rng.randrange(3)] = rng.randbytes(rng.randrange(4))
        place, _, part = name.partition("#")
        path = write(place, bytes(damaged[: rng.randrange(1, len(damaged) + 1)]))
        try:
            said = "".join(read_segments(path + (f"#{part}" if part else "")))
        except YuqiaoError as error:
            refused += 1
            said = str(error) if path in str(error) else ""
            assert said, "the message must name the file"
        assert isinstance(said, str)
    assert 50 < refused < 400
