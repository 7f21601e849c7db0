"""yuqiao match."""

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


def test_nothing_found_and_bad_usage(yuqiao):
    run = yuqiao("match", "這一行沒有任何相似之處，絕對沒有。", "--json")
    assert (run.status, run.json["matches"]) == (1, [])
    assert yuqiao("match").status == 2
    assert yuqiao("match", "a", "--file", "b").status == 2
    assert yuqiao("match", "--file", "nowhere.txt").status == 2
