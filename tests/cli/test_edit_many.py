"""Changes of many concepts chosen by a query: shown beforehand, made as one change, undone as one."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def three(yuqiao):
    """Two proposals of one domain and an approved concept of another."""
    ids = [
        yuqiao("add", "夜市經濟", "night market economy", "--domain", "nights", "--propose"),
        yuqiao("add", "夜跑經濟", "night run economy", "--domain", "nights", "--propose"),
        yuqiao("add", "晨跑經濟", "morning run economy", "--domain", "mornings"),
    ]
    return [int(run.out) for run in ids]


def domains(yuqiao, ids):
    return [yuqiao("lookup", "--id", one, "--json").json["matches"][0]["domain"] for one in ids]


def test_edit_by_query_is_one_change_and_one_undo(yuqiao, three):
    run = yuqiao("edit", "--where", "text~跑經濟 domain=nights,mornings", "--domain", "sport", "--json")
    assert run.json == {
        "query": "text~跑經濟 domain=nights,mornings",
        "matched": 2,
        "changed": three[1:],
        "dry_run": False,
    }
    assert domains(yuqiao, three) == ["nights", "sport", "sport"]
    yuqiao("undo")
    assert domains(yuqiao, three) == ["nights", "nights", "mornings"]


def test_a_dry_run_shows_the_difference_and_changes_nothing(yuqiao, three):
    changes = yuqiao("history", "--json").json
    run = yuqiao("edit", "--where", "domain=nights", "--domain", "evenings", "--dry-run")
    assert run.out.count("- domain: nights") == run.out.count("+ domain: evenings") == 2
    assert "2 of 2 concepts would change" in run.err
    run = yuqiao("reject", "--where", "domain=nights", "--dry-run", "--json")
    assert run.json == {"rejected": three[:2], "unchanged": [], "dry_run": True}
    assert yuqiao("edit", three[0], "--note", "x", "--dry-run").out.strip().endswith("+ note: x")
    assert yuqiao("history", "--json").json == changes


def test_forms_are_changed_where_a_concept_has_them(yuqiao, three):
    run = yuqiao("edit", "--where", "id=1-9999999 en~economy domain=nights", "--deprecate", "night run economy", "--json")
    assert (run.json["matched"], run.json["changed"]) == (2, [three[1]])
    run = yuqiao("edit", three[2], "--respell", "morning run economy", "morning-run economy", "--json")
    assert run.json["en"] == ["morning-run economy"]


def test_approve_reject_and_delete_by_query(yuqiao, three):
    run = yuqiao("approve", "--where", "state=proposed domain=nights", "--json")
    assert run.json == {"approved": three[:2], "unchanged": []}
    assert yuqiao("reject", "--where", "domain=nights en~run", "--reason", "no").status == 0
    run = yuqiao("delete", "--where", "state=rejected domain=nights", "--json")
    assert run.json["deleted"] == [three[1]]
    yuqiao("undo")
    assert yuqiao("history", "--json").json["changes"][0]["kind"] == "undo"
    assert domains(yuqiao, three) == ["nights", "nights", "mornings"]


@pytest.mark.parametrize("query", ["", "colour=red", "state=new", "domain", 'en~"tax', "id=x", "zh~"])
def test_a_query_that_cannot_be_read_is_bad_input(yuqiao, query):
    run = yuqiao("delete", "--where", query)
    assert run.status == 2
    assert "Traceback" not in run.err


def test_a_query_that_chooses_none_is_nothing_found(yuqiao):
    assert yuqiao("approve", "--where", "domain=no-such").status == 1
    assert yuqiao("approve").status == 2
    assert yuqiao("approve", "1", "--where", "id=1").status == 2
    assert yuqiao("edit", "--where", "id=1", "--admit", "x").status == 2
