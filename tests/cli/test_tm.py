"""yuqiao tm."""

import pytest

from tm.curated import read_curated

TABLE = "zh\ten\n投資2,236.6億元。\tInvestment of RMB 2,236.6 billion.\n我們要擴大內需。\tWe need to expand domestic demand.\n"


@pytest.fixture
def filled(yuqiao, tmp_path):
    table = tmp_path / "reports.tsv"
    table.write_text(TABLE, encoding="utf-8")
    assert yuqiao("import", "--as", "memory", table).status == 0
    return yuqiao


def test_a_slip_of_ten_is_found_removed_and_brought_back(filled):
    (found,) = filled("tm", "clean", "--origin", "reports", "--json").json_lines
    assert found["reasons"] == ["numbers"]
    run = filled("tm", "clean", "--origin", "reports", "--remove")
    assert (run.status, "deleted" in run.err) == (0, True)
    assert filled("tm", "clean", "--origin", "reports").status == 1
    assert filled("match", "投資2,236.6億元。", "--json").status == 1
    assert "clean" in filled("tm", "undo").out
    assert filled("match", "投資2,236.6億元。", "--json").json["matches"][0]["score"] == 1.0


def test_clean_counts_by_reason_and_takes_filters(filled):
    filled("tm", "add", "銷售1,280家。", "Sold by 1,290 shops.", "--state", "draft")
    run = filled("tm", "clean")
    assert "2 suspicious pairs (numbers 2)" in run.err
    assert run.out.count("the quantities differ") == 2
    assert len(filled("tm", "clean", "--state", "draft", "--json").json_lines) == 1
    assert filled("tm", "clean", "--check", "damage").status == 1


def test_origins_penalty_and_history(filled):
    assert {one["name"]: one["units"] for one in filled("tm", "origins", "--json").json["origins"]}["reports"] == 2
    assert filled("tm", "penalty", "reports", "10").status == 0
    assert filled("match", "我們要擴大內需。", "--json").json["matches"][0]["score"] == 0.9
    assert filled("tm", "penalty", "nowhere", "10").status == 2
    changes = filled("tm", "history", "--json").json["changes"]
    assert [(change["kind"], change["units"]) for change in changes] == [("import", 2), ("seed", len(list(read_curated())))]


@pytest.mark.parametrize("command", "origins penalty history undo clean show list add edit delete".split())
def test_help_shows_two_examples(yuqiao, command):
    out = yuqiao("tm", command, "--help").out
    assert sum("yuqiao tm" in line for line in out.split("Examples:\n")[1].splitlines()) >= 2
