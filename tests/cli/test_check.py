"""yuqiao check."""

import json

import pytest


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.zh").write_text("推廣離境退稅。\n投資2,236.6億元。\n推動經濟發展。\n", encoding="utf-8")
    (tmp_path / "a.en").write_text(
        "Exit tax return will be promoted.\nRMB 2,236.6 billion was invested.\nWe will  promote growth.\n", encoding="utf-8"
    )
    return tmp_path / "a.zh", tmp_path / "a.en"


def test_issues_are_listed_as_compilers_do(yuqiao, files):
    run = yuqiao("check", *files)
    assert run.status == 1
    lines = run.out.splitlines()
    assert lines[0].startswith(f"{files[1]}:1:1: error term-deprecated: Exit tax return")
    assert ":2:1: error number-scaled:" in lines[1]
    assert ":3:8: note double-space:" in lines[2]
    assert "3 pairs: 2 errors, 0 warnings, 1 note" in run.err


def test_json(yuqiao, files):
    found = yuqiao("check", *files, "--json").json
    assert found["counts"] == {"error": 2, "warning": 0, "note": 1}
    assert found["rules"]["number-scaled"] == 1
    issue = found["issues"][0]
    assert (issue["rule"], issue["line"], issue["suggestion"]) == ("term-deprecated", 1, "departure tax refund")
    assert issue["target"][issue["start"] : issue["end"]] == "Exit tax return"


def test_rules_can_be_chosen_and_issues_accepted(yuqiao, files, tmp_path):
    assert yuqiao("check", *files, "--only", "double-space").status == 0
    assert yuqiao("check", *files, "--only", "double-space", "--fail-on", "note").status == 1
    assert yuqiao("check", *files, "--fail-on", "never").status == 0
    run = yuqiao("check", *files, "--ignore", "number-scaled,term-deprecated", "--severity", "warning")
    assert (run.status, run.out) == (0, "")
    assert yuqiao("check", *files, "--ignore", "nonsense").status == 2
    issues = yuqiao("check", *files, "--json").json["issues"]
    accepted = tmp_path / "accepted"
    accepted.write_text("".join(f"{issue['fingerprint']}  # {issue['rule']}\n" for issue in issues), encoding="utf-8")
    assert yuqiao("check", *files, "--accepted", accepted).out == ""


def test_a_glossary_of_its_own(yuqiao, files, tmp_path):
    (tmp_path / "t.csv").write_text("zh,en\n經濟發展,economic development\n", encoding="utf-8")
    run = yuqiao("check", *files, "--terms", tmp_path / "t.csv", "--only", "term-missed", "--json")
    assert [issue["line"] for issue in run.json["issues"]] == [3]


def test_sarif(yuqiao, files):
    report = json.loads(yuqiao("check", *files, "--sarif").out)
    assert report["version"] == "2.1.0"
    assert len(report["runs"][0]["results"]) == 3


def test_bad_use(yuqiao, files, tmp_path):
    assert yuqiao("check", files[0]).status == 2
    assert yuqiao("check").status == 2
    run = yuqiao("check", files[0], tmp_path / "none.en")
    assert run.status == 2
    assert "none.en" in run.err


def test_rules_are_listed(yuqiao):
    assert "number-scaled" in yuqiao("check", "--rules").out
