"""yuqiao align."""

import csv
import json
import os
import pty
import signal
import subprocess
import zipfile
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import YUQIAO

HKMA = Path(__file__).parents[2] / "../shared/data/hkma/2023.jsonl"
CHINESE = [
    "# 經濟概況",
    "第一季經濟增長5.5%。出口上升。",
    "我們要擴大內需。",
    "低空經濟發展十分迅速，目前全市企業已經超過200家，全年產值達到1,200億元。",
    "市民出行更加方便，公園增至1,320個。",
]
ENGLISH = [
    "# Economic overview",
    "The economy grew by 5.5 percent in the first quarter. Exports rose.",
    "We need to expand domestic demand.",
    "The low-altitude economy is developing rapidly. There are more than 200 enterprises, with an output of 120 billion yuan.",
    "It became easier for residents to get around, and there are now 1,320 parks.",
]


@pytest.fixture
def documents(tmp_path):
    """The same text in both languages, as Markdown."""
    paths = tmp_path / "a.zh.md", tmp_path / "a.en.md"
    for path, lines in zip(paths, (CHINESE, ENGLISH), strict=True):
        path.write_text("\n\n".join(lines), encoding="utf-8")
    return paths


def docx(path: Path, lines: list[str]) -> Path:
    """A Word document of these paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(path, "w") as file:
        types = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
        file.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{types}</Types>')
        relation = f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/>'
        file.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>')
        file.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return path


def test_two_documents_become_pairs_and_the_pairs_a_memory(yuqiao, documents, tmp_path):
    out = tmp_path / "pairs.tmx"
    report = yuqiao("align", *documents, "-o", out, "--json").json
    assert (report["zh"], report["en"], report["pairs"], report["swapped"]) == (6, 7, 6, False)
    assert report["alone"] == {"zh": [], "en": []}
    assert yuqiao("import", out, "--json").json["added"] == 6
    match = yuqiao("match", "我们要扩大内需。", "--json").json["matches"][0]
    assert match["target"] == "We need to expand domestic demand."


def test_units_of_tmx_carry_their_confidence(yuqiao, documents, tmp_path):
    out = tmp_path / "pairs.tmx"
    assert yuqiao("align", *documents, "-o", out).status == 0
    units = ET.parse(out).findall("body/tu")
    confidences = [float(unit.findtext("prop[@type='confidence']")) for unit in units]
    assert len(confidences) == 6
    assert all(0 < confidence <= 1 for confidence in confidences)


def test_word_and_web_page_with_other_paragraphs_align(yuqiao, tmp_path):
    chinese = docx(tmp_path / "a.docx", [line.lstrip("# ") for line in CHINESE])
    english = tmp_path / "a.html"
    english.write_text(f"<html><body><h1>{ENGLISH[0][2:]}</h1><p>{' '.join(ENGLISH[1:])}</p></body></html>", encoding="utf-8")
    out = tmp_path / "pairs.tsv"
    assert yuqiao("align", chinese, english, "-o", out).status == 0
    with out.open(encoding="utf-8", newline="") as file:
        pairs = {row["zh"]: row["en"] for row in csv.DictReader(file, delimiter="\t")}
    assert pairs["經濟概況"] == "Economic overview"
    assert pairs["出口上升。"] == "Exports rose."
    assert pairs["低空經濟發展十分迅速，目前全市企業已經超過200家，全年產值達到1,200億元。"] == ENGLISH[3]


def test_sentences_without_counterpart_are_named(yuqiao, documents, tmp_path):
    chinese, english = documents
    english.write_text("\n\n".join(ENGLISH[:4]), encoding="utf-8")
    run = yuqiao("align", chinese, english, "-o", tmp_path / "pairs.jsonl", "--json")
    assert run.json["alone"] == {"zh": [{"sentence": 6, "text": "市民出行更加方便，公園增至1,320個。"}], "en": []}


def test_doubtful_pairs_are_listed_and_written_for_review(yuqiao, documents, tmp_path):
    out, review = tmp_path / "pairs.csv", tmp_path / "review.csv"
    run = yuqiao("align", *documents, "-o", out, "--below", "1")
    assert "To be looked at" in run.err
    assert "我們要擴大內需。" in run.err
    run = yuqiao("align", *documents, "-o", out, "--below", "1", "--review", review, "--json")
    low = run.json["low"]
    first = low[0]
    assert (first["zh"], first["en"], first["zh_sentences"], first["en_sentences"]) == ("經濟概況", "Economic overview", [1], [1])
    assert 0 < first["confidence"] <= 1
    with review.open(encoding="utf-8-sig", newline="") as file:
        assert [row["zh"] for row in csv.DictReader(file)] == [one["zh"] for one in low]


def test_files_in_the_wrong_order_are_noticed(yuqiao, documents, tmp_path):
    chinese, english = documents
    out = tmp_path / "pairs.jsonl"
    run = yuqiao("align", english, chinese, "-o", out)
    assert run.status == 0
    assert "the other way round" in run.err
    pairs = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (pairs[0]["source"], pairs[0]["target"]) == ("經濟概況", "Economic overview")


def test_texts_that_are_no_translations_are_questioned(yuqiao, documents, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text(
        "\n".join(["The cat slept on the mat.", "Was it raining?", "Nobody (not even she) knew."] * 8), encoding="utf-8"
    )
    run = yuqiao("align", documents[0], other, "-o", tmp_path / "pairs.tmx")
    assert "translations of each other?" in run.err


def bad_inputs(folder: Path) -> dict[str, Path]:
    """Files that cannot be aligned with an English document."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "binary.docx").write_bytes(b"PK\x03\x04" + bytes(range(256)))
    (folder / "other.en.txt").write_text("It is English. It is not Chinese.", encoding="utf-8")
    names = ("missing.txt", "empty.txt", "blank.txt", "binary.txt", "binary.docx", "other.en.txt")
    return {name: folder / name for name in names}


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "blank.txt", "binary.txt", "binary.docx", "other.en.txt"])
def test_bad_input_is_refused_and_nothing_written(yuqiao, documents, tmp_path, name):
    out = tmp_path / "pairs.tmx"
    run = yuqiao("align", bad_inputs(tmp_path)[name], documents[1], "-o", out)
    assert run.status == 2
    assert name in run.err
    assert "Traceback" not in run.err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pairs.foo", "End it in .tmx"),
        ("pairs.xlsx", "Export to CSV or TMX"),
        ("nowhere/pairs.tmx", "there is no such folder"),
        ("a.en.md", "is one of the documents"),
    ],
)
def test_output_that_cannot_be_is_refused(yuqiao, documents, tmp_path, name, reason):
    run = yuqiao("align", *documents, "-o", tmp_path / name)
    assert (run.status, run.out) == (2, "")
    assert reason in run.err
    assert documents[1].read_text(encoding="utf-8").startswith(ENGLISH[0])


def read_until(terminal: int, awaited: bytes) -> bytes:
    """What a terminal shows up to a word, or to its end."""
    shown = b""
    while awaited not in shown:
        try:
            read = os.read(terminal, 4096)
        except OSError:
            break
        if not read:
            break
        shown += read
    return shown


def heed_interrupts():
    """Started in the background of a shell, tests ignore Ctrl-C, and so would what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_interruption_leaves_the_old_file(database, tmp_path):
    lines = [f"第{place}號文件說明了{place * 7}項措施的內容及其影響。" for place in range(4000)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    texts = [f"Document {place} explains the content and the effect of {place * 7} measures." for place in range(4000)]
    (tmp_path / "b.txt").write_text("\n".join(texts), encoding="utf-8")
    out = tmp_path / "pairs.tmx"
    out.write_text("as it was", encoding="utf-8")
    terminal, stderr = pty.openpty()
    command = [YUQIAO, "--db", database, "align", "a.txt", "b.txt", "-o", out]
    with subprocess.Popen(command, cwd=tmp_path, stderr=stderr, preexec_fn=heed_interrupts) as process:
        os.close(stderr)
        assert b"Aligned" in read_until(terminal, b"Aligned")
        process.send_signal(signal.SIGINT)
        said = read_until(terminal, b"Interrupted")
    os.close(terminal)
    assert process.returncode == 130
    assert b"Interrupted" in said
    assert out.read_text(encoding="utf-8") == "as it was"
    assert not [path for path in tmp_path.iterdir() if "partial" in path.name]


@pytest.mark.skipif(not HKMA.exists(), reason="the HKMA reports are not beside this checkout")
def test_a_real_report_aligns_line_by_line(yuqiao, tmp_path):
    document = json.loads(HKMA.read_text(encoding="utf-8").splitlines()[3])
    (tmp_path / "zh.txt").write_text(document["zh"], encoding="utf-8")
    (tmp_path / "en.txt").write_text(document["en"], encoding="utf-8")
    out = tmp_path / "pairs.jsonl"
    assert yuqiao("align", tmp_path / "zh.txt", tmp_path / "en.txt", "-o", out).status == 0
    lines = list(zip(document["zh"].split("\n"), document["en"].split("\n"), strict=True))
    pairs = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    right = sum(any(pair["source"][:8] in zh and pair["target"][:20] in en for zh, en in lines) for pair in pairs)
    assert right >= 0.98 * len(pairs)
