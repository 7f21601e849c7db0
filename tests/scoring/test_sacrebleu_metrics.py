"""BLEU, chrF, chrF++ and TER: sacreBLEU's figures, whatever is summed and however."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from scoring import sacrebleu_metrics
from scoring.material import Material, in_one_script
from scoring.registry import metric_class

WORDS = st.text(alphabet="ab 。低空1,", max_size=12)
LINES = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6)


def silent(done):
    pass


@given(LINES, st.sampled_from(["bleu", "chrf", "chrf++", "ter"]), st.sampled_from(["zh", "en"]))
def test_many_sums_at_once_give_what_sacrebleu_gives(lines, name, target):
    hypothesis, first, second = (list(column) for column in zip(*lines, strict=True))
    metric = metric_class(name)(Material({"a": hypothesis}, [first, second], None, target))
    rows = metric.statistics(silent)["a"]
    engine = {
        "bleu": BLEU(tokenize="zh" if target == "zh" else "13a"),
        "chrf": CHRF(),
        "chrf++": CHRF(word_order=2),
        "ter": TER(normalized=target == "zh", asian_support=target == "zh"),
    }[name]
    theirs = engine.corpus_score(hypothesis, [first, second])
    assert metric.signature() == str(engine.get_signature())
    assert metric.score(rows) == theirs.score
    assert metric.scores(rows.sum(axis=0)) == pytest.approx(theirs.score, abs=1e-9)


@given(LINES)
def test_segment_bleu_has_the_effective_order(lines):
    hypothesis, reference, _ = (list(column) for column in zip(*lines, strict=True))
    metric = metric_class("bleu")(Material({"a": hypothesis}, [reference], None, "en"))
    ours = metric.segment_scores(metric.statistics(silent)["a"])
    engine = BLEU(tokenize="13a", effective_order=True)
    theirs = [engine.sentence_score(one, [other]).score for one, other in zip(hypothesis, reference, strict=True)]
    assert list(ours) == pytest.approx(theirs, abs=1e-9)


def test_parts_change_nothing(material, monkeypatch):
    whole = metric_class("chrf")(material).statistics(silent)
    monkeypatch.setattr(sacrebleu_metrics, "_CHUNK", 3)
    parts = metric_class("chrf")(material).statistics(silent)
    assert all(np.array_equal(whole[name], parts[name]) for name in material.systems)


@pytest.mark.parametrize("name", ["bleu", "ter"])
def test_progress_ends_with_all_segments(material, name):
    told = []
    metric_class(name)(material).statistics(told.append)
    assert told[-1] == 8


def test_script_blind_scores_say_so():
    material = Material({"a": ["推动低空经济发展。"]}, [["推動低空經濟發展。"]], None, "zh")
    metric = metric_class("bleu")(material)
    assert metric.score(metric.statistics(silent)["a"]) < 60
    metric = metric_class("bleu")(in_one_script(material))
    assert metric.score(metric.statistics(silent)["a"]) == pytest.approx(100)
    assert "norm:script" in metric.signature()
