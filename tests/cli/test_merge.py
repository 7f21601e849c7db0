"""yuqiao merge, and the ways by which what was merged is still found."""

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def two(yuqiao):
    """Two concepts that are one."""
    first = yuqiao("add", "夜市經濟", "night market economy", "--domain", "economy").out.strip()
    second = yuqiao("add", "夜间经济", "night-time economy", "--domain", "trade").out.strip()
    return first, second


def test_merge_prints_the_concept_and_the_contradictions(yuqiao, two):
    first, second = two
    run = yuqiao("merge", first, second)
    assert run.status == 0
    assert run.out.strip() == f"{first}: 夜市經濟 / 夜间经济 = night market economy; night-time economy"
    assert "'economy' stays" in run.err


def test_merged_ids_are_found_by_lookup_history_and_edit(yuqiao, two):
    first, second = two
    merged = yuqiao("merge", first, second, "--json").json
    assert (merged["id"], merged["merged"]) == (int(first), [int(second)])
    assert yuqiao("lookup", "--id", second, "--json").json["matches"][0]["id"] == int(first)
    history = yuqiao("history", second, "--json").json
    assert history["merged_into"] == int(first)
    assert [change["kind"] for change in history["changes"]] == ["add", "merge", "add", "merge"]
    assert yuqiao("edit", second, "--note", "seen", "--json").json["id"] == int(first)


def test_undo_brings_both_back(yuqiao, two):
    first, second = two
    yuqiao("merge", first, second)
    yuqiao("undo")
    assert yuqiao("lookup", "--id", second, "--json").json["matches"][0]["en"] == ["night-time economy"]
    assert yuqiao("lookup", "--id", first, "--json").json["matches"][0]["en"] == ["night market economy"]


@pytest.mark.parametrize("others", [["999999"], ["no-such-identifier"], ["{first}"]])
def test_what_cannot_be_merged_is_bad_input(yuqiao, two, others):
    changes = yuqiao("history", "--json").json
    run = yuqiao("merge", two[0], *(other.format(first=two[0]) for other in others))
    assert run.status == 2
    assert yuqiao("history", "--json").json == changes


def test_lookup_wants_a_text_or_an_id(yuqiao):
    assert yuqiao("lookup").status == 2
    assert yuqiao("lookup", "稅", "--id", "1").status == 2
