"""yuqiao review: what a proposal contradicts, and going through the queue."""

import pytest


@pytest.fixture
def proposal(yuqiao):
    """The id of a proposal that contradicts a curated concept."""
    added = yuqiao(
        *("add", "離境退稅", "exit tax refund", "--domain", "tax-consumption", "--note", "in a leaflet", "--propose"),
        env={"YUQIAO_USER": "Chan"},
    )
    return added.out.strip()


def test_nothing_waits_in_a_fresh_term_base(yuqiao):
    run = yuqiao("review")
    assert (run.status, run.out) == (1, "")
    assert "Nothing waits" in run.err
    assert yuqiao("review", "--json").json == {"waiting": 0, "proposals": []}


def test_the_queue_tells_all_a_reviewer_needs(yuqiao, proposal):
    run = yuqiao("review")
    assert run.status == 0
    for part in (proposal, "Chan  add", "in a leaflet", "two preferred renderings", "yuqiao merge"):
        assert part in run.out
    (listed,) = yuqiao("review", "--json").json["proposals"]
    assert (listed["id"], listed["proposed"]["by"], listed["evidence"]) == (int(proposal), "Chan", {"note": "in a leaflet"})
    assert [finding["kind"] for finding in listed["conflicts"]] == ["renderings"]


def test_the_queue_by_proposer_and_domain(yuqiao, proposal):
    assert yuqiao("review", "--from", "Chan").status == 0
    assert yuqiao("review", "--from", "Lee").status == 1
    assert yuqiao("review", "--domain", "finance").status == 1


@pytest.mark.slow
def test_each_goes_through_and_each_answer_is_a_change(yuqiao, proposal):
    second = yuqiao("add", "火星經濟學", "economy of Mars", "--propose").out.strip()
    third = yuqiao("add", "土星經濟學", "economy of Saturn", "--propose").out.strip()
    answers = "r\nno source\ne\n火星經濟學\nMartian economics\ntechnology\na\nq\n"
    run = yuqiao("review", "--each", "--by", "Lee", stdin=answers)
    assert run.status == 0
    assert f"rejected {proposal}" in run.out
    assert f"approved {second}: 火星經濟學 = Martian economics" in run.out
    assert "2 of 3" in run.err
    assert [one["id"] for one in yuqiao("review", "--json").json["proposals"]] == [int(third)]
    changes = yuqiao("history", "--limit", "3", "--json").json["changes"]
    assert [(change["kind"], change["by"], change["reason"]) for change in changes] == [
        ("approve", "Lee", ""),
        ("edit", "Lee", ""),
        ("reject", "Lee", "no source"),
    ]
    edited = yuqiao("lookup", "--id", second, "--json").json["matches"][0]
    assert (edited["domain"], edited["state"]) == ("technology", "approved")


def test_interrupted_answers_leave_the_rest_waiting(yuqiao, proposal):
    run = yuqiao("review", "--each", stdin="")
    assert run.status == 130
    assert yuqiao("review").status == 0
