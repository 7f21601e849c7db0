"""yuqiao match."""

import json
import subprocess
import sys
from pathlib import Path

YUQIAO = Path(sys.executable).with_name("yuqiao")

SENTENCE = "離境退稅商店總數增至1,280家，較上年末翻了一番多。"


def test_match_json_has_the_promised_fields(yuqiao):
    found = yuqiao("match", SENTENCE, "--json").json
    assert found["query"] == SENTENCE
    first = found["matches"][0]
    assert {"id", "score", "kind", "source", "target", "origin"} <= first.keys()
    assert (first["kind"], first["score"], first["origin"]) == ("exact", 1.0, "yuqiao")


def test_match_of_the_other_script_and_other_numbers(yuqiao):
    found = yuqiao("match", "离境退税商店总数增至1,380家，较上年末翻了一番多。", "--json").json
    match = found["matches"][0]
    assert match["other_script"]
    assert match["numbers_differ"]
    assert 0.9 < match["score"] < 1
    pieces = match["difference"]
    # What is the same is shown as the query writes it, what is only in the match as the match does.
    assert "".join(text for kind, text in pieces if kind != "match") == found["query"]
    assert [text for kind, text in pieces if kind != "same"] == ["2", "3"]


def test_match_from_english(yuqiao):
    english = yuqiao("match", SENTENCE, "--json").json["matches"][0]["target"]
    first = yuqiao("match", english, "--from", "en", "--json").json["matches"][0]
    assert (first["target"], first["kind"]) == (SENTENCE, "exact")


def test_match_every_line_of_a_file(yuqiao, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text(f"{SENTENCE}\n\n這一行沒有任何相似之處，絕對沒有。\n", encoding="utf-8")
    lines = yuqiao("match", "--file", text, "--json").json_lines
    assert [len(line["matches"]) > 0 for line in lines] == [True, False]
    assert "100%" in yuqiao("match", "--file", "-", stdin=SENTENCE).out


def test_lines_of_a_file_come_with_their_neighbours_and_numbers(yuqiao, tmp_path):
    yuqiao("tm", "add", "其他事項。", "Other matters.", "--before", "報告完畢。", "--after", "散會。")
    text = "報告完畢。\n\n其他事項。\r\n散會。\n"
    (tmp_path / "minutes.txt").write_text(text, encoding="utf-8-sig")
    lines = yuqiao("match", "--file", "minutes.txt", "--json").json_lines
    assert lines == yuqiao("match", "--file", "-", "--json", stdin=text).json_lines
    assert [line["line"] for line in lines] == [1, 3, 4]
    assert [line["query"] for line in lines] == ["報告完畢。", "其他事項。", "散會。"]
    assert [match["kind"] for line in lines for match in line["matches"]] == ["context"]
    assert yuqiao("match", "其他事項。", "--json").json["matches"][0]["kind"] == "exact"
    assert yuqiao("match", "--file", "-", "--json", stdin=text.encode("gb18030")).status == 2
    assert yuqiao("match", "--file", "-", "--encoding", "gb18030", "--json", stdin=text.encode("gb18030")).json_lines == lines


def test_standard_input_is_answered_line_by_line(database):
    """Each line is answered as soon as the next is there, before the input ends."""
    process = subprocess.Popen(
        [YUQIAO, "--db", database, "match", "--file", "-", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{SENTENCE}\n第二句。\n".encode())
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["query"] == SENTENCE
    out, _ = process.communicate()
    assert json.loads(out)["query"] == "第二句。"


def test_a_short_text_without_a_match_finds_the_sentences_that_use_it(yuqiao):
    run = yuqiao("match", "離境退", "--json")
    assert (run.status, run.json["matches"], run.json["fragments"]) == (1, [], [])
    for use in run.json["concordance"]:
        assert [use["source"][span["start"] : span["end"]] for span in use["source_spans"]] == ["離境退"]
    assert run.json["concordance"]
    assert "used in" in yuqiao("match", "離境退").out


def test_parts_say_where_they_stand_in_the_text(yuqiao):
    query = " 　这一天，離境退税商店總數穩定不變，沒有別的消息可以告訴各位讀者朋友"
    found = yuqiao("match", query, "--json").json
    assert (found["matches"], found["concordance"]) == ([], [])
    (part,) = [one for one in found["fragments"] if "商店" in one["text"]]
    assert part["text"] == query[part["start"] : part["end"]] == "離境退税商店總數"
    assert [part["source"][span["start"] : span["end"]] for span in part["source_spans"]] == ["離境退稅商店總數"]
    english = yuqiao("match", "Nobody knew the number of  Departure tax refund stores by then, alas, poor them", "--json").json
    part = english["fragments"][0]
    assert english["query"][part["start"] : part["end"]] == part["text"] == "the number of  Departure tax refund stores"


def test_nothing_found_and_bad_usage(yuqiao):
    run = yuqiao("match", "這一行沒有任何相似之處，絕對沒有。", "--json")
    assert (run.status, run.json["matches"]) == (1, [])
    assert yuqiao("match").status == 2
    assert yuqiao("match", "a", "--file", "b").status == 2
    assert yuqiao("match", "--file", "nowhere.txt").status == 2
