"""yuqiao lookup."""

import json

import pytest


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("離境退稅", "exact"),
        ("离境退税", "exact"),
        ("lijingtuishui", "pinyin"),
        ("li2 jing4 tui4 shui4", "pinyin"),
        ("ljts", "pinyin"),
        ("departure tax refunds", "inflection"),
        ("departure tax refund", "exact"),
        ("離境退説", "fuzzy"),
    ],
)
def test_any_query_finds_the_term_first(yuqiao, query, kind):
    run = yuqiao("lookup", query, "--json")
    assert run.status == 0
    first = run.json["matches"][0]
    assert first["en"][0] == "departure tax refund"
    assert first["zh"][:2] == ["離境退稅", "离境退税"]
    assert first["match"] == kind


def test_json_has_the_promised_fields(yuqiao):
    found = yuqiao("lookup", "低空經濟", "--json").json
    assert found["query"] == "低空經濟"
    first = found["matches"][0]
    assert {"id", "zh", "en", "status", "state", "domain", "match", "score"} <= first.keys()
    assert first["status"] == "preferred"
    assert first["state"] == "approved"
    assert isinstance(first["id"], int)
    assert first["score"] == 1.0


def test_nothing_found_is_status_one_with_empty_matches(yuqiao):
    run = yuqiao("lookup", "絕無此詞語", "--json")
    assert run.status == 1
    assert run.json == {"query": "絕無此詞語", "matches": []}


def test_words_need_no_quotes(yuqiao):
    assert yuqiao("lookup", "low-altitude", "economy", "--json").json["matches"][0]["zh"][0] == "低空經濟"


def test_limit_and_domain(yuqiao):
    assert len(yuqiao("lookup", "經濟", "--limit", "3", "--json").json["matches"]) == 3
    matches = yuqiao("lookup", "經濟", "--domain", "industry", "--json").json["matches"]
    assert matches
    assert {match["domain"] for match in matches} == {"industry"}


@pytest.mark.parametrize(("script", "written"), [("mainland", "离境退税"), ("hk", "離境退稅"), ("tw", "離境退稅")])
def test_script_shows_one_form(yuqiao, script, written):
    assert yuqiao("lookup", "ljts", "--script", script, "--json").json["matches"][0]["zh"] == [written]
    in_environment = yuqiao("lookup", "ljts", "--json", env={"YUQIAO_SCRIPT": script})
    assert in_environment.json["matches"][0]["zh"] == [written]


def test_unknown_script_in_the_environment_is_named(yuqiao):
    run = yuqiao("lookup", "ljts", env={"YUQIAO_SCRIPT": "klingon"})
    assert run.status == 2
    assert "YUQIAO_SCRIPT" in run.err


def test_piped_output_is_tab_separated_and_plain(yuqiao):
    run = yuqiao("lookup", "離境退稅", env={"FORCE_COLOR": "1"})
    cells = run.out.splitlines()[0].split("\t")
    assert cells[1] == "離境退稅 / 离境退税"
    assert "\x1b" not in run.out


def test_added_term_is_found_in_the_other_script(yuqiao):
    added = yuqiao("add", "試驗詞條", "trial entry", "--status", "admitted")
    assert added.status == 0
    match = yuqiao("lookup", "试验词条", "--json").json["matches"][0]
    assert match["id"] == int(added.out)
    assert (match["match"], match["status"]) == ("script", "admitted")


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "%", "*", "[/]", "AND", "a" * 5000, "😀", "'; DROP TABLE concept; --", "NEAR(", "\\"]
)
def test_odd_queries_end_in_words(yuqiao, query):
    run = yuqiao("lookup", query, "--json")
    assert run.status in (0, 1)
    assert "matches" in json.loads(run.out)
    assert "Traceback" not in run.err
