"""Gates, baselines and claims."""

from dataclasses import replace
from typing import ClassVar

import numpy as np
import pytest

from lang.errors import UnsupportedError
from scoring.evaluation import Resampling, evaluate
from scoring.gate import below, judge, losses, parse_claim, parse_floors
from scoring.material import Material
from scoring.metric import Finding, Metric
from scoring.registry import metric_class
from scoring.worst import losses_first, segment_results, worst_first


class Share(Metric):
    """How many segments say yes; "no" is a fault, "never" a grave one."""

    name: ClassVar = "share"
    label: ClassVar = "Share"
    scale: ClassVar = "ratio"

    def statistics(self, progress):
        return {name: np.array([[text == "yes", 1.0] for text in texts]) for name, texts in self.material.systems.items()}

    def scores(self, sums):
        return sums[..., 0] / sums[..., 1]

    def signature(self):
        return "share"

    def proportion(self, statistics):
        return int(statistics[:, 0].sum()), len(statistics)

    def findings(self, system, segment):
        text = self.material.systems[system][segment]
        return [] if text == "yes" else [Finding("share", text, f"says {text}", (0, 1), grave=text == "never")]


def evaluation_of(**systems):
    material = Material(systems, [], None, "en")
    return evaluate(material, [Share(material)], resampling=Resampling(bootstrap_trials=200))


def test_floors(material):
    metrics = [metric_class("bleu")(material), metric_class("ter")(material)]
    evaluation = evaluate(material, metrics)
    assert below(parse_floors("bleu=1, ter=200", ["bleu", "ter"]), evaluation) == []
    short = below(parse_floors("bleu=60,ter=30", ["bleu", "ter"]), evaluation)
    assert [line.split(":")[0] for line in short] == ["poor", "poor"]
    assert "below 60" in short[0]
    assert "above 30" in short[1]


@pytest.mark.parametrize("text", ["bleu", "bleu=x", "comet=3", "bleu>3"])
def test_floors_that_make_no_sense(text):
    with pytest.raises(UnsupportedError):
        parse_floors(text, ["bleu"])


@pytest.mark.parametrize("text", ["terms>=98.6", "terms >= 98.6 %", "TERMS≥98.6 ci95"])
def test_claims_are_read(text):
    assert str(parse_claim(text, ["terms"])) == "terms >= 98.6"


@pytest.mark.parametrize("text", ["terms=98.6", "98.6", "bleu>=3"])
def test_claims_that_make_no_sense(text):
    with pytest.raises(UnsupportedError):
        parse_claim(text, ["terms"])


@pytest.mark.parametrize(
    ("right", "wrong", "verdict"),
    [(2000, 2, "supported"), (400, 60, "not supported"), (60, 1, "n too small"), (3, 0, "n too small")],
)
def test_claims_are_judged_by_their_interval(right, wrong, verdict):
    (result,) = judge(parse_claim("share>=98.6", ["share"]), evaluation_of(a=["yes"] * right + ["no"] * wrong))
    assert result.verdict == verdict
    assert result.n == right + wrong
    assert result.low <= result.score <= result.high
    assert f"n = {right + wrong:,}" in result.message


def test_claims_of_little():
    (result,) = judge(parse_claim("share<=20", ["share"]), evaluation_of(a=["no"] * 300 + ["yes"] * 10))
    assert result.verdict == "supported"


def test_a_significant_loss_and_new_grave_faults_fail():
    old = ["yes"] * 100
    assert losses(evaluation_of(old=old, new=old)) == []
    assert losses(evaluation_of(old=old, new=["no", *old[1:]])) == []
    (loss,) = losses(evaluation_of(old=old, new=["no"] * 20 + old[20:]))
    assert "20.00 worse than old's" in loss
    (new,) = losses(evaluation_of(old=["never", *old[1:]], new=["never", "never", *old[2:]]))
    assert "segment 2, new: says never" in new


def test_segments_worst_first_and_by_loss():
    evaluation = evaluation_of(old=["yes", "yes", "no", "yes"], new=["yes", "no", "yes", "never"])
    results = segment_results(evaluation, "new")
    assert [result.index for result in worst_first(results, evaluation)] == [3, 1, 0, 2]
    assert [result.change for result in losses_first(results)] == [-1, -1, 0, 1]
    assert all(result.change is None for result in segment_results(evaluation, "old"))


def test_nothing_to_be_scored_falls_short():
    evaluation = evaluation_of(a=["yes"])
    nothing = replace(
        evaluation.systems[0], figures={"share": replace(evaluation.systems[0].figures["share"], score=float("nan"))}
    )
    (said,) = below(parse_floors("share=0", ["share"]), replace(evaluation, systems=[nothing]))
    assert "nothing" in said
