"""yuqiao score."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WMT22 = Path(__file__).parents[2] / "../shared/data/wmt22-enzh"
CHINESE = "我國糧食產量達到一點三萬億斤。\n推動低空經濟發展。\n"
ENGLISH = "Grain output reached 650 million metric tons.\nWe will promote the low-altitude economy.\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "ref.zh").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "ref.en").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "hyp.zh").write_text(CHINESE.replace("推動", "促進"), encoding="utf-8")
    (tmp_path / "hans.zh").write_text("我国粮食产量达到一点三万亿斤。\n推动低空经济发展。\n", encoding="utf-8")
    return tmp_path


def test_chinese_target_takes_the_chinese_tokenizer(yuqiao, files):
    system = yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--json").json["systems"][0]
    assert system["name"] == "hyp.zh"
    assert 0 < system["bleu"]["score"] < 100
    assert "tok:zh" in system["bleu"]["signature"]
    assert "asian:yes" in system["ter"]["signature"]
    assert system["chrf"]["score"] > 50


def test_english_target_takes_13a(yuqiao, files):
    found = yuqiao("score", "--ref", files / "ref.en", files / "ref.en", "--json").json
    assert found["target"] == "en"
    assert found["systems"][0]["bleu"]["score"] == pytest.approx(100)
    assert "tok:13a" in found["systems"][0]["bleu"]["signature"]
    assert found["systems"][0]["ter"]["score"] == 0


def test_direction_can_be_named(yuqiao, files):
    found = yuqiao("score", "--ref", files / "ref.en", files / "ref.en", "--from", "en", "--metrics", "bleu", "--json").json
    assert found["target"] == "zh"


def test_script_mismatch_is_told(yuqiao, files):
    run = yuqiao("score", "--ref", files / "ref.zh", files / "hans.zh", "--metrics", "chrf")
    assert "simplified" in run.err
    assert "traditional" in run.err


def test_lengths_that_differ(yuqiao, files):
    (files / "short.zh").write_text("推動低空經濟發展。\n", encoding="utf-8")
    run = yuqiao("score", "--ref", files / "ref.zh", files / "short.zh")
    assert run.status == 2
    assert "1 lines" in run.err
    assert "2" in run.err
    run = yuqiao("score", "--ref", files / "ref.zh", "--src", files / "short.zh", files / "hyp.zh")
    assert run.status == 2


def test_empty_file_and_unknown_metric(yuqiao, files):
    (files / "empty").write_text("")
    assert yuqiao("score", "--ref", files / "empty", files / "empty").status == 2
    run = yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--metrics", "rouge")
    assert run.status == 2
    assert "bleu, chrf, chrf++, ter" in run.err


def test_several_references_and_systems_of_one_name(yuqiao, files):
    (files / "a").mkdir()
    (files / "a" / "hyp.zh").write_text(CHINESE, encoding="utf-8")
    refs = ["--ref", files / "ref.zh", "--ref", files / "hyp.zh"]
    found = yuqiao("score", *refs, files / "hyp.zh", files / "a" / "hyp.zh", "--metrics", "bleu", "--json").json["systems"]
    assert [system["bleu"]["score"] for system in found] == [pytest.approx(100), pytest.approx(100)]
    assert "nrefs:2" in found[0]["bleu"]["signature"]
    assert found[0]["name"] != found[1]["name"]


def test_hypothesis_from_standard_input(yuqiao, files):
    found = yuqiao("score", "--ref", files / "ref.zh", "-", "--metrics", "bleu", "--json", stdin=CHINESE).json
    assert found["systems"][0]["bleu"]["score"] == pytest.approx(100)


@pytest.mark.skipif(not WMT22.exists(), reason="the WMT22 test set is not beside this checkout")
@pytest.mark.slow
def test_same_figures_as_the_sacrebleu_command(yuqiao):
    reference = WMT22 / "generaltest2022.en-zh.ref.A.zh"
    hypotheses = [WMT22 / f"generaltest2022.en-zh.hyp.{name}.zh" for name in ("Online-A", "Lan-Bridge")]
    ours = yuqiao("score", "--ref", reference, *hypotheses, "--metrics", "bleu,chrf", "--json").json["systems"]
    for hypothesis, system in zip(hypotheses, ours, strict=True):
        command = [sys.executable, "-m", "sacrebleu", reference, "-i", hypothesis, "-l", "en-zh", "-m", "bleu", "chrf", "-w", "4"]
        theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        for metric, figure in zip(("bleu", "chrf"), theirs, strict=True):
            assert round(system[metric]["score"], 4) == figure["score"]
            assert system[metric]["signature"] == figure["signature"]


def test_all_figures_have_intervals_and_the_second_system_is_compared(yuqiao, files):
    found = yuqiao("score", "--ref", files / "ref.zh", files / "ref.zh", files / "hyp.zh", "--json").json
    assert set(found["systems"][0]) == {"name", "bleu", "chrf", "chrf++", "ter", "warnings"}
    figure = found["systems"][1]["chrf"]
    assert figure["low"] <= figure["score"] <= figure["high"]
    assert {one["metric"] for one in found["comparisons"]} == {"bleu", "chrf", "chrf++", "ter"}
    assert all(one["baseline"] == "ref.zh" and 0 < one["p"] <= 1 for one in found["comparisons"])
    assert found["resampling"]["seed"] == 12345


def test_without_test_there_is_neither(yuqiao, files):
    found = yuqiao("score", "--ref", files / "ref.zh", files / "ref.zh", files / "hyp.zh", "--test", "none", "--json").json
    assert found["comparisons"] == []
    assert found["systems"][0]["bleu"]["low"] is None


def test_gates_fail_and_say_what(yuqiao, files):
    run = yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--metrics", "bleu,ter", "--fail-under", "bleu=99,ter=90")
    assert run.status == 1
    assert "hyp.zh: BLEU" in run.out
    assert "TER:" not in run.out
    assert yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--fail-under", "bleu=20").status == 0
    assert yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--fail-under", "bleu").status == 2
    run = yuqiao("score", "--ref", files / "ref.zh", files / "ref.zh", "--baseline", files / "hyp.zh", "--json")
    assert run.status == 0
    assert run.json["failures"] == []
    run = yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--claim", "bleu>=99.9", "--json")
    assert run.status == 1
    assert run.json["claims"][0]["verdict"] in ("not supported", "n too small")


def test_worst_segments_and_the_table_of_all(yuqiao, files):
    table = files / "out.tsv"
    run = yuqiao("score", "--ref", files / "ref.zh", files / "hyp.zh", "--segments", 1, "--tsv", table, "--json")
    (worst,) = run.json["worst"]
    assert (worst["segment"], worst["text"]) == (2, "促進低空經濟發展。")
    header, first, second = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    assert header[:4] == ["system", "segment", "bleu", "chrf"]
    assert float(first[header.index("chrf")]) == 100
    assert float(second[header.index("chrf")]) < 100


def test_the_report_holds_all_segments_and_the_verdict(yuqiao, files):
    page = files / "scores.html"
    options = ["--ref", files / "ref.zh", "--src", files / "ref.en", "--metrics", "chrf", "--fail-under", "chrf=99"]
    run = yuqiao("score", *options, files / "ref.zh", files / "hyp.zh", "--report", page)
    assert run.status == 1
    written = page.read_text(encoding="utf-8")
    assert "促進低空經濟發展。" in written
    assert run.out.splitlines()[-1].removeprefix("failed: ") in written
    for place in ("ref.en", "ref.zh", "hyp.zh"):
        assert f"<bdi>{files / place}</bdi>" in written
    again = files / "again.html"
    yuqiao("score", *options, files / "ref.zh", files / "hyp.zh", "--report", again)
    assert again.read_bytes() == page.read_bytes()
    run = yuqiao("score", *options, files / "hyp.zh", "--report", files / "nowhere" / "scores.html")
    assert run.status == 2
    assert "no such folder" in run.err


def test_exact_tests_are_sacrebleus(yuqiao, files):
    lines = [f"第{number}句講低空經濟發展。" for number in range(40)]
    (files / "r").write_text("\n".join(lines), encoding="utf-8")
    (files / "a").write_text(
        "\n".join(line.replace("講", "說", number % 3) for number, line in enumerate(lines)), encoding="utf-8"
    )
    (files / "b").write_text(
        "\n".join(line.replace("發展", "", number % 2) for number, line in enumerate(lines)), encoding="utf-8"
    )
    options = ["score", "--ref", files / "r", files / "a", files / "b", "--metrics", "bleu,chrf", "--json"]
    for test in ("bootstrap", "randomization"):
        quick, exact = (
            yuqiao(*options, "--test", test, "--trials", 200, *more).json["comparisons"] for more in ([], ["--exact"])
        )
        assert [one["p"] for one in quick] == pytest.approx([one["p"] for one in exact], abs=0.05)
        assert [one["difference"] for one in quick] == [one["difference"] for one in exact]
