"""yuqiao conflicts: what it finds, that the command it names settles it, and what is accepted."""

import shlex

import pytest

pytestmark = pytest.mark.slow


def found(yuqiao, *kinds):
    run = yuqiao("conflicts", "--json", *(part for kind in kinds for part in ("--kind", kind)))
    assert run.status == (0 if run.json["findings"] else 1)
    return run.json["findings"]


@pytest.fixture
def twice(yuqiao):
    """One concept added twice, in either script."""
    first = yuqiao("add", "夜市經濟", "night market economy", "--domain", "economy").out.strip()
    second = yuqiao("add", "夜市经济", "night bazaar economy; night market economies", "--domain", "economy").out.strip()
    return [int(first), int(second)]


def test_the_curated_terms_have_nothing_unexplained(yuqiao):
    run = yuqiao("conflicts", "--json")
    assert run.json == {"counts": {"error": 0, "warning": 0, "note": 0}, "findings": []}
    assert run.status == 1


def test_a_finding_names_concepts_reason_and_the_command_that_settles_it(yuqiao, twice):
    (finding,) = found(yuqiao, "same", "renderings")
    assert (finding["kind"], finding["severity"], finding["concepts"]) == ("same", "error", twice)
    assert "night market economy" in finding["reason"]
    program, *command = shlex.split(finding["command"])
    assert program == "yuqiao"
    assert yuqiao(*command).status == 0
    assert found(yuqiao) == []


def test_what_was_accepted_is_listed_with_its_reason_and_shows_again_when_asked(yuqiao, twice):
    (finding,) = found(yuqiao)
    assert yuqiao("conflicts", "--accept", finding["name"], "--reason", "two laws").status == 0
    assert found(yuqiao) == []
    (accepted,) = yuqiao("conflicts", "--accepted", "--json").json["accepted"]
    assert (accepted["name"], accepted["reason"]) == (finding["name"], "two laws")
    assert yuqiao("history", "--json").json["changes"][0]["reason"] == "two laws"
    yuqiao("conflicts", "--unaccept", finding["name"])
    assert found(yuqiao) == [finding]
    yuqiao("undo")
    assert found(yuqiao) == []
    assert yuqiao("conflicts", "--accept", "00000000").status == 2


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("夜跑中心", "night running centre"), ("夜跑中心", "night-running center"), "spelling"),
        (("夜跑中心", "night running centre"), ("夜跑中心", "after-dark hub"), "renderings"),
        (("夜跑中心計劃", "scheme for runners"), ("夜跑中心", "after-dark hub"), "contained"),
    ],
)
def test_kinds_between_two_concepts(yuqiao, first, second, kind):
    for given in (first, second):
        assert yuqiao("add", *given, "--domain", "sport").status == 0
    assert kind in [finding["kind"] for finding in found(yuqiao)]


def test_kinds_within_a_concept(yuqiao):
    concept = int(yuqiao("add", "夜跑經濟; 夜跑经挤", "night run economy").out)
    assert [(finding["kind"], finding["concepts"]) for finding in found(yuqiao)] == [("script", [concept])]


def test_text_shows_reason_concepts_and_both_commands(yuqiao, twice):
    run = yuqiao("conflicts")
    (finding,) = found(yuqiao)
    assert run.status == 0
    for part in (finding["reason"], f"{twice[1]}: 夜市经济", finding["command"], f"--accept {finding['name']}"):
        assert part in run.out
    assert "1 errors" in run.err


def test_the_command_for_a_misspelt_form_mends_it(yuqiao):
    yuqiao("add", "髮展中心; 发展中心", "development center")
    (finding,) = found(yuqiao, "script")
    yuqiao(*shlex.split(finding["command"])[1:])
    assert yuqiao("lookup", "發展中心", "--json").json["matches"][0]["zh"] == ["發展中心", "发展中心"]
    assert found(yuqiao, "script") == []


def test_of_one_domain_and_the_worst_only(yuqiao, twice):
    yuqiao("add", "夜跑中心", "night running centre")
    yuqiao("add", "夜跑中心", "after-dark hub")
    assert found(yuqiao)[0]["concepts"] == twice
    assert yuqiao("conflicts", "--domain", "finance", "--json").json["findings"] == []
    assert len(yuqiao("conflicts", "--domain", "economy", "--json").json["findings"]) == 1
    limited = yuqiao("conflicts", "--limit", "1", "--json").json
    assert [finding["concepts"] for finding in limited["findings"]] == [twice]
    assert sum(limited["counts"].values()) == 2


def test_accepting_needs_a_reason(yuqiao, twice):
    (finding,) = found(yuqiao)
    run = yuqiao("conflicts", "--accept", finding["name"])
    assert run.status == 2
    assert "--reason" in run.err
    assert found(yuqiao) == [finding]


def test_unused_terms_are_those_in_no_pair_and_no_text(yuqiao, tmp_path):
    concept = int(yuqiao("add", "火星經濟學", "Martian economics").out)
    text = tmp_path / "speech.txt"
    text.write_text("我們研究火星經濟學。\n", encoding="utf-8")

    def unused(*options):
        run = yuqiao("conflicts", "--kind", "unused", "--limit", "50000", *options, "--json").json
        return {finding["concepts"][0] for finding in run["findings"]}

    without, with_text = unused(), unused("--text", text)
    assert concept in without
    assert without - with_text == {concept}
