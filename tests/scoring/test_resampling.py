"""Intervals and significance: sacreBLEU's own p values from the same seed, in a fraction of its memory."""

import random

import numpy as np
import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.significance import PairedTest

from lang.errors import YuqiaoError
from scoring.evaluation import Resampling, evaluate
from scoring.material import Material
from scoring.registry import metric_class
from scoring.resampling import by_document, interval_of

WORDS = "grain output tax refund port rate economy talent forces growth the of and".split()


def noisy(lines: list[str], share: float, rng: random.Random) -> list[str]:
    return [" ".join(rng.choice(WORDS) if rng.random() < share else word for word in line.split()) for line in lines]


@pytest.fixture(scope="module")
def material() -> Material:
    rng = random.Random(7)
    reference = [" ".join(rng.choices(WORDS, k=rng.randrange(6, 20))) for _ in range(120)]
    systems = {"base": noisy(reference, 0.3, rng), "near": noisy(reference, 0.28, rng), "far": noisy(reference, 0.1, rng)}
    return Material(systems, [reference], None, "en", [f"d{number // 10}" for number in range(120)])


@pytest.mark.parametrize(("test", "short"), [("bootstrap", "bs"), ("randomization", "ar")])
def test_p_values_are_sacrebleus(material, test, short):
    resampling = Resampling(test, 400, 400)
    evaluation = evaluate(material, [metric_class("bleu")(material)], resampling=resampling)
    _, theirs = PairedTest(
        list(material.systems.items()), {"bleu": BLEU(tokenize="13a")}, material.references, short, n_samples=400
    )()
    ours = {one.system: one.result.p for one in evaluation.comparisons}
    expected = dict(zip(theirs["System"], theirs["BLEU"], strict=True))
    assert ours["far"] == pytest.approx(expected["far"].p_value) == pytest.approx(1 / 401)
    assert ours["near"] == pytest.approx(expected["near"].p_value, abs=0.06)
    assert [one.significant for one in evaluation.comparisons] == [False, True]


def test_intervals_are_sacrebleus(material):
    evaluation = evaluate(material, [metric_class("bleu")(material)], resampling=Resampling())
    for system in evaluation.systems:
        theirs = BLEU(tokenize="13a").corpus_score(material.systems[system.name], material.references, n_bootstrap=1000)
        figure = system.figures["bleu"]
        assert figure.interval.low < figure.score < figure.interval.high
        assert (figure.interval.high - figure.interval.low) / 2 == pytest.approx(theirs._ci, rel=1e-3)


def test_same_seed_same_figures_other_seed_others(material):
    def intervals(seed):
        found = evaluate(material, [metric_class("bleu")(material)], resampling=Resampling(seed=seed, bootstrap_trials=50))
        return [system.figures["bleu"].interval for system in found.systems]

    assert intervals(1) == intervals(1) != intervals(2)


def test_a_system_against_itself_is_not_significant(material):
    twins = Material({"a": material.systems["base"], "b": material.systems["base"]}, material.references, None, "en")
    for test in ("bootstrap", "randomization"):
        found = evaluate(twins, [metric_class("chrf")(twins)], resampling=Resampling(test, 100, 100))
        assert found.comparisons[0].result.difference == 0
        assert found.comparisons[0].result.p == 1


def test_documents_are_drawn_whole(material):
    rows = np.arange(240.0).reshape(120, 2)
    assert by_document(rows, material.documents)[0].tolist() == rows[:10].sum(axis=0).tolist()
    metric = metric_class("bleu")(material)
    by_segment = evaluate(material, [metric], resampling=Resampling(bootstrap_trials=200)).systems[0].figures["bleu"]
    by_group = (
        evaluate(material, [metric], resampling=Resampling(bootstrap_trials=200, by_document=True)).systems[0].figures["bleu"]
    )
    assert by_segment.score == by_group.score
    assert by_segment.interval != by_group.interval


def test_documents_must_be_known(material):
    unknown = Material(material.systems, material.references, None, "en")
    with pytest.raises(YuqiaoError, match="documents"):
        evaluate(unknown, [metric_class("bleu")(unknown)], resampling=Resampling(by_document=True))


def test_scores_that_are_not_there_have_no_interval():
    assert interval_of(np.array([np.nan, np.nan])) is None
    assert interval_of(np.array([np.nan, 1.0])).low == 1
