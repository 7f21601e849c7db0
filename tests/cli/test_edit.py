"""yuqiao add, edit, approve, reject, delete, history, undo."""


def test_add_prints_the_id(yuqiao):
    run = yuqiao("add", "夜市經濟", "night market economy; night bazaar economy", "--domain", "economy", "--note", "informal")
    assert run.status == 0
    concept_id = int(run.out)
    match = yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]
    assert match["id"] == concept_id
    assert match["en"] == ["night market economy", "night bazaar economy"]
    assert match["domain"] == "economy"


def test_add_json_tells_all(yuqiao):
    added = yuqiao("add", "夜市經濟", "night market economy", "--definition", "Trade after dark.", "--json").json
    assert added["definition"] == "Trade after dark."
    assert added["zh"] == ["夜市經濟"]


def test_add_twice_is_a_conflict_that_changes_nothing(yuqiao):
    yuqiao("add", "夜市經濟", "night market economy")
    before = yuqiao("stats", "--json").json
    run = yuqiao("add", "夜市經濟", "Night Market Economy")
    assert run.status == 2
    assert "already" in run.err
    assert yuqiao("stats", "--json").json["concepts"] == before["concepts"]


def test_languages_the_wrong_way_round(yuqiao):
    run = yuqiao("add", "night market", "夜市")
    assert run.status == 2
    assert "Chinese first" in run.err


def test_proposed_then_approved_or_rejected(yuqiao):
    concept_id = yuqiao("add", "夜市經濟", "night market economy", "--propose").out.strip()
    assert yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]["state"] == "proposed"
    assert yuqiao("approve", concept_id, "--json").json == {"approved": [int(concept_id)], "unchanged": []}
    assert yuqiao("approve", concept_id, "--json").json == {"approved": [], "unchanged": [int(concept_id)]}
    yuqiao("reject", concept_id)
    found = yuqiao("lookup", "夜市經濟", "--json").json["matches"]
    assert int(concept_id) not in [match["id"] for match in found]


def test_edit_replaces_admits_deprecates_prefers_and_removes(yuqiao):
    concept_id = yuqiao("add", "夜市經濟", "night market economy").out.strip()
    edited = yuqiao("edit", concept_id, "--admit", "night bazaar economy", "--deprecate", "dark market economy", "--json").json
    assert edited["en"] == ["night market economy", "night bazaar economy"]
    assert edited["deprecated"] == ["dark market economy"]
    edited = yuqiao("edit", concept_id, "--prefer", "night bazaar economy", "--domain", "economy", "--json").json
    assert edited["en"] == ["night bazaar economy", "night market economy"]
    assert edited["domain"] == "economy"
    edited = yuqiao("edit", concept_id, "--remove", "night market economy", "--zh", "夜市經濟; 夜市经济", "--json").json
    assert edited["en"] == ["night bazaar economy"]
    assert edited["zh"] == ["夜市經濟", "夜市经济"]
    edited = yuqiao("edit", concept_id, "--en", "after-dark economy", "--json").json
    assert edited["en"] == ["after-dark economy"]
    assert edited["deprecated"] == ["dark market economy"]


def test_edit_of_nothing_and_of_no_one(yuqiao):
    assert "nothing to change" in yuqiao("edit", "1").out
    run = yuqiao("edit", "999999", "--en", "x")
    assert run.status == 2
    assert "999999" in run.err


def test_history_shows_who_when_before_and_after(yuqiao):
    concept_id = yuqiao("add", "夜市經濟", "night market economy").out.strip()
    yuqiao("edit", concept_id, "--en", "night bazaar economy", env={"YUQIAO_USER": "reviser"})
    yuqiao("delete", concept_id)
    changes = yuqiao("history", concept_id, "--json").json["changes"]
    assert [(change["kind"], change["by"]) for change in changes] == [
        ("add", "tester"),
        ("edit", "reviser"),
        ("delete", "tester"),
    ]
    assert changes[0]["before"] is None
    assert changes[1]["before"]["terms"][1]["text"] == "night market economy"
    assert "night bazaar economy" in str(changes[1]["after"])
    assert changes[2]["after"] is None
    assert all(change["at"].endswith("+00:00") for change in changes)
    assert "night bazaar economy" in yuqiao("history", concept_id).out


def test_undo_goes_back_step_by_step_and_forward_again(yuqiao):
    concept_id = yuqiao("add", "夜市經濟", "night market economy").out.strip()
    yuqiao("edit", concept_id, "--en", "night bazaar economy")
    yuqiao("delete", concept_id)
    assert yuqiao("undo").status == 0
    assert yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]["en"] == ["night bazaar economy"]
    yuqiao("undo")
    match = yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]
    assert (match["id"], match["en"]) == (int(concept_id), ["night market economy"])
    last = yuqiao("history", "--json").json["changes"][0]
    assert last["kind"] == "undo"
    yuqiao("undo", last["id"])
    assert yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]["en"] == ["night bazaar economy"]


def test_nothing_to_undo(yuqiao):
    run = yuqiao("undo")
    assert run.status == 2
    assert "nothing to undo" in run.err
