"""yuqiao review, and approving and rejecting with who and why."""

import pytest


@pytest.fixture
def proposal(yuqiao):
    """A term that waits, with its evidence."""
    given = ["--propose", "--domain", "economy", "--source", "a speech", "--note", "informal"]
    return yuqiao("add", "夜市經濟", "night market economy", *given, env={"YUQIAO_USER": "translator"}).out.strip()


def test_review_shows_evidence_who_and_when(yuqiao, proposal):
    queue = yuqiao("review", "--json").json
    assert queue["waiting"] == 1
    (waiting,) = queue["proposals"]
    assert (waiting["id"], waiting["proposed"]["by"]) == (int(proposal), "translator")
    assert waiting["evidence"] == {"note": "informal", "source": "a speech"}
    text = yuqiao("review").out
    assert f"{proposal}: 夜市經濟 = night market economy  [economy]" in text
    assert all(said in text for said in ("a speech", "informal", "translator", waiting["proposed"]["at"]))


def test_review_tells_what_the_term_base_has_with_the_same_chinese(yuqiao):
    yuqiao("add", "離境退稅", "exit rebate", "--propose")
    (waiting,) = yuqiao("review", "--json").json["proposals"]
    (other,) = waiting["alike"]
    assert other["en"][0] == "departure tax refund"
    assert f"the term base has {other['id']}: 離境退稅" in yuqiao("review").out


def test_review_of_an_import_names_the_import(yuqiao, tmp_path):
    path = tmp_path / "new.csv"
    path.write_text("zh,en\n夜市經濟,night market economy\n夜跑經濟,night run economy\n", encoding="utf-8")
    assert yuqiao("import", "--propose", path).status == 0
    queue = yuqiao("review", "--limit", 1, "--json").json
    assert (queue["waiting"], len(queue["proposals"])) == (2, 1)
    assert "new.csv" in queue["proposals"][0]["proposed"]["what"]
    assert yuqiao("review", "--domain", "economy").status == 1


def test_the_reviewer_and_the_reason_are_in_the_history(yuqiao, proposal):
    assert yuqiao("reject", proposal, "--reason", "no such usage", "--by", "reviewer").status == 0
    last = yuqiao("history", proposal, "--json").json["changes"][-1]
    assert (last["kind"], last["by"], last["reason"]) == ("reject", "reviewer", "no such usage")
    assert "no such usage" in yuqiao("history").out
    assert "reviewer" in yuqiao("history", proposal).out
    assert yuqiao("review").status == 1


def test_approved_look_ups_and_terms_leave_proposals_out(yuqiao, proposal):
    assert yuqiao("lookup", "夜市經濟", "--json").json["matches"][0]["id"] == int(proposal)
    found = yuqiao("lookup", "夜市經濟", "--approved", "--json").json["matches"]
    assert int(proposal) not in [match["id"] for match in found]
    assert "(proposed)" in yuqiao("terms", "-", stdin="發展夜市經濟").out
    assert "night market economy" not in yuqiao("terms", "-", "--approved", stdin="發展夜市經濟").out
