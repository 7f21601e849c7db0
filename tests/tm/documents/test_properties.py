"""Any text: extraction and rewriting reproduce the file, and what is written is what is read again."""

import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lang.errors import YuqiaoError
from tm.documents.opening import open_document

MARKDOWN = [
    *"甲乙文字，。！「」 \n\t\r*_`~[]()<>#>-+=|:!&;\\123.abX{}$^/'\"é𠮷",
    "\n\n", "  \n", "**", "```", "](", "](x)", "---", "\n- ", "\n> ", "1. ",
    "| ", "|-|", "<b>", "</b>", "<!--", "-->", "&amp;", "![", "[^1]",
]  # fmt: skip
CUES = [
    "1\n", "00:00:01,000 --> 00:00:02,000\n", "00:01.000 --> 00:02.000 x\n", "\n", "\n\n", "甲乙", "。", "，", "- ", "<i>",
    "</i>", "<v A>", "{\\an8}",
    "&amp;", "abc ", ". ", "\r\n", "WEBVTT\n", "NOTE\n", "-->", "5", "\u3000", "<", "&",
]  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=200)
SLOW = settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of files are written here, none of which must survive a loss of power."""
    monkeypatch.setattr(os, "fsync", lambda file: None)


def joined(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=60).map("".join)


def round_trip(folder: Path, name: str, source: str) -> None:
    """Identity translations reproduce the file, and every segment's own translation is read again in its place."""
    path, out = folder / name, folder / f"out-{name}"
    path.write_bytes(source.encode("utf-8"))
    for by in ("sentence", "paragraph"):
        document = open_document(path, by=by, encoding="utf-8")  # type: ignore[arg-type]
        segments = document.segments()
        document.write(out, {segment.index: segment.text for segment in segments})
        assert out.read_bytes() == path.read_bytes()
        wanted = [f"Number {segment.index} is here." for segment in segments]
        document.write(out, dict(enumerate(wanted)))
        found = [segment.text for segment in open_document(out, by="paragraph", encoding="utf-8").segments()]
        if by == "paragraph":
            assert found == wanted
        else:
            text, at = " ".join(found), 0
            for sentence in wanted:
                at = text.index(sentence, at) + len(sentence)


@SLOW
@given(TEXT | joined(MARKDOWN))
@pytest.mark.slow
def test_plain_text(tmp_path: Path, source: str) -> None:
    round_trip(tmp_path, "a.txt", source)


@SLOW
@given(joined(MARKDOWN) | TEXT)
@pytest.mark.slow
def test_markdown(tmp_path: Path, source: str) -> None:
    round_trip(tmp_path, "a.md", source)


@SLOW
@given(joined(CUES) | TEXT)
@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
@pytest.mark.slow
def test_subtitles(tmp_path: Path, name: str, source: str) -> None:
    round_trip(tmp_path, name, source)


@SLOW
@given(
    joined(
        [
            *MARKDOWN,
            "<p>",
            "</p>",
            "<td>",
            "<br>",
            "<a href='x'>",
            "</a>",
            "<img>",
            "<pre>",
            "</pre>",
            "<script>",
            "</script>",
            "&nbsp;",
        ]
    )
)
@pytest.mark.slow
def test_html(tmp_path: Path, source: str) -> None:
    round_trip(tmp_path, "a.html", source)


@SLOW
@given(joined(MARKDOWN))
@pytest.mark.parametrize("name", ["a.md", "a.html", "a.vtt"])
@pytest.mark.slow
def test_any_translation_is_read_again(tmp_path: Path, name: str, translation: str) -> None:
    text = "Z" + " ".join(translation.split()).strip() + "Z"
    source = {"a.md": "甲", "a.html": "<p>甲</p>", "a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n"}[name]
    path, out = tmp_path / name, tmp_path / f"out-{name}"
    path.write_text(source, "utf-8")
    open_document(path, by="paragraph").write(out, {0: text})
    found = [segment.text for segment in open_document(out, by="paragraph").segments()]
    if name == "a.vtt":
        # A blank between Chinese characters may become a line break, which stands for none.
        found, text = [found[0].replace(" ", "")], text.replace(" ", "")
    assert found == [text]


SAMPLE_NAMES = "speech.txt notes.md page.html report.docx figures.xlsx project-1.2.xlf project-2.1.xlf talk.srt talk.vtt".split()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, doubled or added."""
    broken = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 30])):
        at, length = chance.randrange(len(broken) + 1), chance.choice([1, 2, 8, 100])
        piece = bytes(chance.randrange(256) for _ in range(length))
        broken[at : at + chance.choice([0, length])] = chance.choice(
            [piece, b"", bytes(broken[at : at + length]) * 2, b"<", b"\0", b"&#x0;", b"]]>"]
        )
        if not broken:
            break
    return bytes(broken)


def mutated_parts(data: bytes, chance: random.Random, path: Path) -> bytes:
    """An office file one of whose parts is damaged."""
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    parts[victim] = mutated(parts[victim], chance)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path.read_bytes()


@pytest.mark.parametrize("name", SAMPLE_NAMES)
@pytest.mark.slow
def test_damaged_files_give_clear_errors_or_documents(name: str, samples: Path, tmp_path: Path) -> None:
    chance = random.Random(name)
    original = (samples / name).read_bytes()
    path = tmp_path / name
    for number in range(500):
        inside = number % 2 and name.endswith("x")
        path.write_bytes(mutated_parts(original, chance, tmp_path / "parts") if inside else mutated(original, chance))
        try:
            document = open_document(path)
            segments = document.segments()
            document.write(tmp_path / "out", {segment.index: "Some words." for segment in segments[:5]})
        except YuqiaoError as error:
            assert error.message  # noqa: PT017
