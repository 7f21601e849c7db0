"""yuqiao tm show, list, add, edit, delete, history of a pair."""

import pytest

from tm.curated import read_curated

SOURCE, TARGET = "本公司將於下季擴建廠房。", "The company will expand its plant next quarter."
FULL = {
    "source_lang": "zh-Hant-HK",
    "target_lang": "en-GB",
    "origin": "contracts",
    "domain": "plant-building",
    "author": "li",
    "state": "draft",
    "before": "前一句。",
    "after": "後一句。",
    "properties": [["client", "ABC"], ["x-note", "check = again"]],
}


@pytest.fixture
def added(yuqiao):
    """The number of a pair with every field filled."""
    options = ["--from", "zh-HK", "--to", "en-GB", "--origin", "contracts", "--domain", "plant-building", "--author", "li"]
    options += ["--state", "draft", "--before", "前一句。", "--after", "後一句。"]
    options += ["--property", "client=ABC", "--property", "x-note=check = again"]
    run = yuqiao("tm", "add", SOURCE, TARGET, *options)
    assert run.status == 0
    return int(run.out)


def test_every_field_is_shown_kept_by_an_edit_and_exported(yuqiao, added, tmp_path):
    shown = yuqiao("tm", "show", added, "--json").json
    assert {name: shown[name] for name in FULL} == FULL
    assert (shown["source"], shown["target"], shown["origins"]) == (SOURCE, TARGET, ["contracts"])
    edited = yuqiao("tm", "edit", added, "--target", "We will expand our plant next quarter.", "--json").json
    assert {name: edited[name] for name in FULL} == FULL
    assert edited["changed"]
    assert edited["created"] == shown["created"]
    out = tmp_path / "out.tmx"
    assert yuqiao("export", out).status == 0
    yuqiao("tm", "delete", added)
    assert yuqiao("import", out, "--json").json["added"] == 1
    back = yuqiao("tm", "list", "--origin", "contracts", "--json").json["units"][0]
    assert {name: back[name] for name in FULL if name != "properties"} == {n: v for n, v in FULL.items() if n != "properties"}
    assert {tuple(pair) for pair in FULL["properties"]} <= {tuple(pair) for pair in back["properties"]}
    assert (back["created"], back["changed"]) == (edited["created"], edited["changed"])
    for text in (SOURCE, "en-GB", "ABC", "前一句。"):
        assert text in yuqiao("tm", "show", back["id"]).out


def test_languages_are_found_by_the_texts_and_the_user_is_the_author(yuqiao):
    pair = yuqiao("tm", "add", "The plant is new.", "这家工厂设备很新，产量也很大。", "--json").json
    assert (pair["source_lang"], pair["target_lang"], pair["author"], pair["origin"]) == ("en", "zh-Hans", "tester", "own")
    assert yuqiao("match", "這家工廠設備很新，產量也很大。", "--json").json["matches"][0]["id"] == pair["id"]


def test_properties_are_set_and_dropped_by_name(yuqiao, added):
    edited = yuqiao("tm", "edit", added, "--property", "client=", "--property", "x-note=done", "--domain", "", "--json").json
    assert (edited["properties"], edited["domain"]) == ([["x-note", "done"]], "")
    assert "nothing to change" in yuqiao("tm", "edit", added, "--property", "x-note=done").out


IMPOSSIBLE = [
    (["tm", "add", SOURCE, TARGET, "--from", "zh-HK", "--to", "en-GB"], "already"),
    (["tm", "add", "廠房", " "], "both sides"),
    (["tm", "add", "plant", "works"], "Chinese and English"),
    (["tm", "add", "廠房", "plant", "--from", "klingon"], "klingon"),
    (["tm", "add", "廠房", "plant", "--property", "client"], "NAME=VALUE"),
    (["tm", "edit", "999999", "--source", "廠房"], "999999"),
    (["tm", "show", "999999"], "999999"),
    (["tm", "delete", "1", "999999"], "999999"),
    (["tm", "history", "999999"], "999999"),
    (["tm", "list", "--since", "yesterday"], "yesterday"),
    (["tm", "undo", "999999"], "999999"),
]


def test_what_cannot_be_done_says_why_and_changes_nothing(yuqiao, added):
    before = yuqiao("tm", "history", "--json").json
    for arguments, said in IMPOSSIBLE:
        run = yuqiao(*arguments)
        assert (run.status, run.out) == (2, ""), arguments
        assert said in run.err, arguments
    assert yuqiao("tm", "history", "--json").json == before


def test_an_edit_that_would_make_a_double_is_refused(yuqiao, added):
    other = yuqiao("tm", "add", "另一句。", TARGET, "--from", "zh-HK", "--to", "en-GB").out.strip()
    run = yuqiao("tm", "edit", other, "--source", SOURCE)
    assert (run.status, "already" in run.err) == (2, True)


def test_history_of_a_pair_with_undo_and_undo_of_the_undo(yuqiao, added):
    yuqiao("tm", "edit", added, "--state", "reviewed")
    edit = yuqiao("tm", "history", "--limit", "1", "--json").json["changes"][0]["id"]
    assert yuqiao("tm", "undo", "--json").json["id"] == edit
    assert yuqiao("tm", "show", added, "--json").json["state"] == "draft"
    undo = yuqiao("tm", "history", "--limit", "1", "--json").json["changes"][0]["id"]
    assert yuqiao("tm", "undo", undo).status == 0
    assert yuqiao("tm", "show", added, "--json").json["state"] == "reviewed"
    changes = yuqiao("tm", "history", added, "--json").json["changes"]
    assert [change["kind"] for change in changes] == ["add", "edit", "undo", "redo"]
    states = [(c["before"] and c["before"]["state"], c["after"]["state"]) for c in changes]
    assert states == [(None, "draft"), ("draft", "reviewed"), ("reviewed", "draft"), ("draft", "reviewed")]
    out = yuqiao("tm", "history", added).out
    assert "- state: draft" in out
    assert "+ state: reviewed" in out


def test_deleted_pairs_come_back_with_their_numbers(yuqiao, added):
    shown = yuqiao("tm", "show", added, "--json").json
    assert yuqiao("tm", "delete", added, 1, "--json").json == {"deleted": [added, 1]}
    assert yuqiao("tm", "show", added).status == 2
    assert yuqiao("tm", "history", added, "--json").json["changes"][-1]["after"] is None
    yuqiao("tm", "undo")
    assert yuqiao("tm", "show", added, "--json").json == shown


def test_listing_by_fields_and_pages(yuqiao, added):
    for options in (["--origin", "contracts"], ["--state", "draft"], ["--author", "li"], ["--domain", "plant-building"]):
        found = yuqiao("tm", "list", *options, "--json").json
        assert (found["total"], [unit["id"] for unit in found["units"]]) == (1, [added])
    whole = yuqiao("tm", "list", "--limit", "5000", "--json").json
    assert whole["total"] == len(whole["units"]) == len(list(read_curated())) + 1
    page = yuqiao("tm", "list", "--limit", "5", "--offset", "100", "--json").json
    assert page["units"] == whole["units"][100:105]
    assert yuqiao("tm", "list", "--until", "2001-12-31").status == 1
    day = whole["units"][-1]["created"][:10]
    assert yuqiao("tm", "list", "--since", day, "--until", day, "--json").json["total"] >= 1
    run = yuqiao("tm", "list", "--limit", "2", "--origin", "yuqiao")
    assert [line.split("\t")[0] for line in run.out.splitlines()] == ["1", "2"]
    assert "--offset 2" in run.err
