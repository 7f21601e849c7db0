"""yuqiao interpret report, as a user runs it."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Run

DATA = Path(__file__).parents[1] / "data" / "interpret"


def test_report_puts_sessions_side_by_side(yuqiao: Callable[..., Run]) -> None:
    run = yuqiao("interpret", "report", DATA / "llm.jsonl", DATA / "memory.jsonl", "--ref", DATA / "reference.en.txt")
    assert run.status == 0
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in run.out.splitlines()}
    assert rows["engine"] == ["openai", "memory"]
    assert rows["terms"][0].startswith("100.00 % (67.56–100.00) n=8")
    assert rows["transcript to final text, p50/p95/p99"] == ["337 ms / 385 ms / 385 ms n=6", "49 ms / 91 ms / 91 ms n=5"]
    assert "1 empty line" in run.err


def test_report_judges_claims_by_its_status(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    log = DATA / "llm.jsonl"
    run = yuqiao("interpret", "report", log, "--claim", "final.p50<=0.5s", "--claim", "terms>=98.6", "--json")
    assert run.status == 1
    assert [one["verdict"] for one in run.json["claims"]] == ["supported", "n too small"]
    supported = yuqiao("interpret", "report", log, "--claim", "final.p50<=0.5s", "--report", tmp_path / "report.html")
    assert supported.status == 0
    assert "transcript to final text" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_report_measures_what_interpret_wrote(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    speech = "今年我市將擴大離境退稅。\n低空經濟達到2,236.6億元。\n"
    live = yuqiao("interpret", "-", "--log", tmp_path / "log.jsonl", stdin=speech)
    assert live.status == 0
    run = yuqiao("interpret", "report", tmp_path / "log.jsonl", "--simuleval", tmp_path / "instances.log", "--json")
    (system,) = run.json["systems"]
    assert (system["segments"], system["source"]) == (2, "zh")
    assert system["clocks"]["prompt"]["n"] == 2
    written = [json.loads(line) for line in (tmp_path / "instances.log").read_text(encoding="utf-8").splitlines()]
    assert [one["index"] for one in written] == [0, 1]


def test_report_refuses_what_does_not_go_together(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    log = DATA / "llm.jsonl"
    two = yuqiao("interpret", "report", log, DATA / "memory.jsonl", "--simuleval", tmp_path / "out")
    assert two.status == 2
    assert "Name one log" in two.err
    (tmp_path / "ref.txt").write_text("One line.\n", encoding="utf-8")
    short = yuqiao("interpret", "report", log, "--ref", tmp_path / "ref.txt")
    assert short.status == 2
    assert "1 lines" in short.err or "1 line" in short.err
    claim = yuqiao("interpret", "report", log, "--claim", "fast")
    assert claim.status == 2
    assert "final<=0.5s" in claim.err
