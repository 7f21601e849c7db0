"""yuqiao extract."""

import csv
import json

import pytest

from tests.glossary import test_extraction, test_extraction_pairs

pytestmark = pytest.mark.slow

# Terms that the curated term base does not have.
_UNKNOWN = {
    "stored value facility": "lantern festival levy",
    "儲值支付工具": "燈節徵費",
    "liquidity coverage ratio": "pearl harvest index",
    "流動性覆蓋比率": "珍珠收成指數",
}


def unknown(text: str) -> str:
    for known, other in _UNKNOWN.items():
        text = text.replace(known, other)
    return text


CHINESE = [unknown(text) for text in test_extraction.CHINESE]
ENGLISH = [unknown(text) for text in test_extraction.ENGLISH]
PAIRS = [(unknown(english), unknown(chinese)) for english, chinese in test_extraction_pairs.PAIRS]


@pytest.fixture
def english_file(tmp_path):
    path = tmp_path / "report.en.md"
    path.write_text("\n\n".join(ENGLISH), encoding="utf-8")
    return path


@pytest.fixture
def pairs_file(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(["en\tzh", *("\t".join(pair) for pair in PAIRS)]), encoding="utf-8")
    return path


def test_a_text_gives_candidates_with_their_places(yuqiao, english_file):
    done = yuqiao("extract", english_file, "--json")
    report = json.loads(done.out)
    assert done.status == 0
    by_text = {one["en"]: one for one in report["candidates"]}
    facility = by_text["lantern festival levy"]
    assert (facility["zh"], facility["frequency"], facility["confidence"]) == ("", 3, None)
    context = facility["contexts"][0]
    assert context["document"] == "report.en.md"
    assert context["text"][context["start"] : context["end"]] == "lantern festival levy"


def test_chinese_texts_are_told_by_themselves(yuqiao, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(CHINESE), encoding="utf-8")
    done = yuqiao("extract", path)
    assert "珍珠收成指數\t3\t2" in done.out
    assert "candidates from" in done.err


def test_texts_of_two_languages_are_refused(yuqiao, english_file, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\n".join(CHINESE), encoding="utf-8")
    done = yuqiao("extract", english_file, path)
    assert done.status == 2
    assert "a.txt is Chinese, report.en.md is English" in done.err


def test_pairs_of_the_memory_are_chosen_by_origin(yuqiao, pairs_file):
    assert yuqiao("import", pairs_file, "--as", "memory").status == 0
    report = yuqiao("extract", "--pairs", "--origin", "pairs", "--json").json
    assert report["segments"] == len(PAIRS)
    assert {one["en"]: one["zh"] for one in report["candidates"]}["lantern festival levy"] == "燈節徵費"


def test_parallel_texts_are_pairs_line_by_line(yuqiao, tmp_path):
    chinese, english = tmp_path / "zh.txt", tmp_path / "en.txt"
    chinese.write_text("\n".join(pair[1] for pair in PAIRS), encoding="utf-8")
    english.write_text("\n".join(pair[0] for pair in PAIRS), encoding="utf-8")
    done = yuqiao("extract", "--pairs", "--format", "parallel", chinese, english)
    assert "pearl harvest index\t珍珠收成指數\t" in done.out
    refused = yuqiao("extract", "--pairs", chinese, english)
    assert refused.status == 2
    assert "--format parallel" in refused.err


def test_proposals_are_one_change_that_one_undo_takes_back(yuqiao, pairs_file):
    done = yuqiao("extract", "--pairs", pairs_file, "--propose", "3", "--into", "finance", "--json")
    report = json.loads(done.out)
    first = report["candidates"][0]
    assert report["proposed"] == min(3, len(report["candidates"]))
    match = yuqiao("lookup", first["en"], "--json").json["matches"][0]
    assert (match["zh"], match["state"], match["domain"]) == ([first["zh"]], "proposed", "finance")
    # What is proposed is known from now on.
    again = yuqiao("extract", "--pairs", pairs_file, "--json").json
    assert first["en"] not in {one["en"] for one in again["candidates"]}
    assert yuqiao("undo").status == 0
    restored = yuqiao("extract", "--pairs", pairs_file, "--json").json
    assert {one["en"] for one in restored["candidates"]} == {one["en"] for one in report["candidates"]}


def test_a_text_without_translation_can_be_proposed(yuqiao, english_file):
    report = yuqiao("extract", english_file, "--propose", "1", "--json").json
    match = yuqiao("lookup", report["candidates"][0]["en"], "--json").json["matches"][0]
    assert (match["zh"], match["state"]) == ([], "proposed")


def test_a_table_can_be_written_and_imported(yuqiao, pairs_file, tmp_path):
    table = tmp_path / "out.csv"
    assert yuqiao("extract", "--pairs", pairs_file, "-o", table).status == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["en"]: row["zh"] for row in rows}["lantern festival levy"] == "燈節徵費"
    imported = yuqiao("import", table, "--json").json
    assert imported["added"] + imported["updated"] + imported["skipped"] == len(rows)


def test_known_terms_are_shown_only_when_asked_for(yuqiao, pairs_file):
    yuqiao("add", "燈節徵費", "lantern festival levies")
    assert "lantern festival levy\t" not in yuqiao("extract", "--pairs", pairs_file).out
    assert "lantern festival levy\t燈節徵費" in yuqiao("extract", "--pairs", pairs_file, "--with-known").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name texts"),
        (["none.txt"], "none.txt"),
        (["--pairs", "--since", "tomorrow"], "is no date"),
        (["x.md", "--min", "1"], "--min"),
    ],
)
def test_bad_usage_is_told(yuqiao, arguments, message):
    done = yuqiao("extract", *arguments)
    assert done.status == 2
    assert message in done.err
    assert "an error of ours" not in done.err


def test_the_output_may_not_be_an_input(yuqiao, english_file):
    before = english_file.read_bytes()
    assert yuqiao("extract", english_file, "-o", english_file).status == 2
    assert english_file.read_bytes() == before


def test_a_text_without_repetition_has_nothing(yuqiao, tmp_path):
    path = tmp_path / "short.txt"
    path.write_text("One sentence.", encoding="utf-8")
    done = yuqiao("extract", path, "--json")
    assert done.status == 1
    assert json.loads(done.out)["candidates"] == []
