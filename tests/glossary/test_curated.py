"""The curated term base: its files, the program that checks them, and broken copies of them."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from glossary.curated import DATA_FOLDER, read_curated, read_file, read_readings
from glossary.keys import with_pinyin
from lang.errors import BadFileError

GOOD = """domain = "tax"

[[concept]]
id = "tax-refund"
hant = ["退稅", "稅款退還"]
hans = ["退税", "税款退还"]
tw = "退稅款"
en = "tax refund"
en_hk = "refund of duty"
en_admitted = ["refund of tax"]
en_deprecated = ["tax drawback"]
definition = "d"
note = "n"
source = "s"

[[concept]]
id = "tax-office"
hant = "稅務局"
hans = "税务局"
en = "tax office"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tax.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def check(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "scripts/check_terms.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_curated_data_is_in_order(project_root: Path) -> None:
    done = check(project_root)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert " 0 errors" in done.stdout


def test_a_good_file_is_in_order(project_root: Path, folder: Path) -> None:
    done = check(project_root, "--terms", str(folder))
    assert (done.returncode, done.stdout) == (0, "2 concepts in 1 files, 0 pairs: 0 errors, 0 warnings\n"), done.stdout


def test_each_place_may_prefer_another_of_the_same_forms(project_root: Path, folder: Path) -> None:
    path = folder / "tax.toml"
    path.write_text(GOOD.replace('hans = ["退税", "税款退还"]', 'hans = ["税款退还", "退税"]'), encoding="utf-8")
    assert check(project_root, "--terms", str(folder)).stdout.endswith("0 errors, 0 warnings\n")
    path.write_text(GOOD.replace('hans = ["退税", "税款退还"]', 'hans = ["税款退回", "退税"]'), encoding="utf-8")
    assert "not the same characters" in check(project_root, "--terms", str(folder), "--warnings").stdout


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('id = "tax-office"', 'id = "tax-refund"', "tax-refund: the id stands 2 times"),
        ('hans = "税务局"\n', "", "'tax-office' lacks hans"),
        ('en = "tax office"\n', "", "'tax-office' lacks en"),
        ('en = "tax office"', "en = []", "'tax-office' lacks en"),
        ('hant = "稅務局"', 'hant = ""', "'tax-office' lacks hant"),
        ('hans = ["退税", "税款退还"]', 'hans = "退税"', "tax-refund: hant and hans differ in number"),
        ('hant = "稅務局"\nhans = "税务局"', 'hant = "退稅"\nhans = "退税"', "退税: stands in several concepts"),
        ('en = "tax refund"', 'en = ["tax refund", "tax rebate"]', "tax-refund: not exactly one preferred English term"),
        ('en_admitted = ["refund of tax"]', 'en_admitted = ["tax refund"]', "tax-refund: tax refund stands twice"),
        ('hant = "稅務局"', 'hant = "税务局"', "wrong script"),
        ('hans = "税务局"', 'hans = "稅務局"', "wrong script"),
        ('en_hk = "refund of duty"', 'en_hk = "tax refund"', "tax-refund: tax refund stands twice"),
        ('en_hk = "refund of duty"', 'en_hk = "退稅"', "is not in its language"),
        ('en = "tax office"', 'en = "tax 局"', "is not in its language"),
        ('hant = "稅務局"', 'hant = "「稅務」局"', "stray blank"),
        ('en = "tax office"', 'en = "tax  office "', "stray blank"),
        ('en = "tax office"', 'en = "tax office; bureau"', "stray blank"),
        ('domain = "tax"', 'domain = "trade"', "tax.toml: its domain is not its name"),
        ('domain = "tax"\n', "", "needs a domain"),
        ('definition = "d"\nnote = "n"', 'note = "n"\ndefinition = "d"', "keys not in the order"),
        ('note = "n"', 'remark = "n"', "unknown keys: remark"),
        ('note = "n"', "note = n", "not a TOML file"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(project_root: Path, folder: Path, old: str, new: str, error: str) -> None:
    assert GOOD.count(old) == 1
    (folder / "tax.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    done = check(project_root, "--terms", str(folder))
    assert done.returncode == 1
    messages = [line for line in (done.stdout + done.stderr).splitlines() if line.startswith("error: ")]
    assert any(error in message for message in messages), messages


def test_every_concept_has_both_scripts_and_one_preferred_rendering() -> None:
    concepts = list(read_curated())
    assert len(concepts) > 2_000
    for concept in concepts:
        assert concept.key
        assert concept.domain
        assert {term.lang for term in concept.terms} >= {"zh-Hant-HK", "zh-Hans", "en"}
        assert [term.status for term in concept.terms if term.lang == "en"].count("preferred") == 1
    assert len({concept.key for concept in concepts}) == len(concepts)


def test_a_file_is_read_as_it_is_written(folder: Path) -> None:
    refund, office = read_file(folder / "tax.toml", {"税款退还": "shui4 kuan3 tui4 huan2"})
    assert [(term.text, term.lang, term.status) for term in refund.terms] == [
        ("退稅", "zh-Hant-HK", "preferred"),
        ("稅款退還", "zh-Hant-HK", "admitted"),
        ("退税", "zh-Hans", "preferred"),
        ("税款退还", "zh-Hans", "admitted"),
        ("退稅款", "zh-Hant-TW", "preferred"),
        ("tax refund", "en", "preferred"),
        ("refund of duty", "en-HK", "preferred"),
        ("refund of tax", "en", "admitted"),
        ("tax drawback", "en", "deprecated"),
    ]
    assert (refund.key, refund.domain, refund.definition, refund.note, refund.source) == ("tax-refund", "tax", "d", "n", "s")
    assert office.texts("zh") == ["稅務局", "税务局"]
    assert [term.pinyin for term in refund.terms[:4]] == ["", "shui4 kuan3 tui4 huan2"] * 2


def test_the_readings_that_come_with_the_terms_are_those_that_would_be_made() -> None:
    readings = read_readings()
    read = {term.text: term.pinyin for concept in read_curated() for term in concept.terms if term.pinyin}
    assert len(readings) > 2_000
    assert read
    sample = [text for text in read if zlib.crc32(text.encode()) % 20 == 0]
    assert {text: read[text] for text in sample} == {text: with_pinyin(text) for text in sample}


def test_an_undecodable_file_is_named(folder: Path) -> None:
    (folder / "tax.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFileError, match=r"tax\.toml"):
        list(read_curated(folder))


def test_the_files_lie_in_the_package(project_root: Path) -> None:
    assert project_root / "glossary" / "data" / "terms" == DATA_FOLDER
