"""Term accuracy and the WMT25 rate as metrics, and the command over them."""

import json

import pytest

from lang.errors import UnsupportedError
from scoring.evaluation import Resampling, evaluate
from scoring.expected_terms import DictionaryTerms
from scoring.material import Material
from scoring.registry import metric_class
from scoring.worst import segment_results

SOURCE = ["推廣離境退稅。", "低空經濟與離境退稅。", "推動發展。"]
GOOD = ["Departure tax refunds will be promoted.", "The low-altitude economy and the departure tax refund.", "We develop."]
POOR = ["Exit tax will be promoted.", "The low altitude economy and tax refund.", "We develop."]
TERMS = {"離境退稅": ["departure tax refund", "tax refund"], "低空經濟": "low-altitude economy"}


@pytest.fixture
def material():
    return Material({"good": GOOD, "poor": POOR}, [GOOD], SOURCE, "en", terms=DictionaryTerms([TERMS] * 3))


def figures(material, name):
    evaluation = evaluate(material, [metric_class(name)(material)], resampling=Resampling(bootstrap_trials=50))
    return {system.name: system.figures[name] for system in evaluation.systems}, evaluation


def test_accuracy_with_its_parts(material):
    found, _ = figures(material, "terms")
    good, poor = found["good"], found["poor"]
    assert (good.score, good.details["hits"], good.details["total"]) == (1, 3, 3)
    assert good.details["strict"] == pytest.approx(2 / 3)
    assert (poor.details["hits"], poor.details["missed"]) == (2, 1)
    assert poor.details["strict"] == 0
    assert poor.details["accepted"] == pytest.approx(1 / 3)
    missed = poor.details["terms"][0]
    assert (missed["source"], missed["missed_in"]) == ("離境退稅", [1])
    assert poor.interval.low <= poor.score <= poor.interval.high
    assert "longest match" in poor.details["definition"]


def test_findings_point_at_the_words(material):
    _, evaluation = figures(material, "terms")
    second = segment_results(evaluation, "poor")[1]
    assert [finding.outcome for finding in second.findings] == ["lenient", "admitted"]
    assert [second.text[slice(*finding.target)] for finding in second.findings] == ["low altitude economy", "tax refund"]
    first = segment_results(evaluation, "poor")[0]
    assert [finding.outcome for finding in first.findings if finding.fault] == ["missed"]


def test_a_glossary_appended_is_exposed_and_not_rewarded(material):
    everything = " departure tax refund, low-altitude economy, departure tax refund, low-altitude economy"
    stuffed = Material({"stuffed": [text + everything for text in POOR]}, [GOOD], SOURCE, "en", terms=material.terms)
    plain, _ = figures(material, "terms")
    found, evaluation = figures(stuffed, "terms")
    assert found["stuffed"].details["over_used"] > 0
    assert found["stuffed"].score <= plain["poor"].score
    assert evaluation.systems[0].warnings
    rate, _ = figures(stuffed, "wmt25-terms")
    assert rate["stuffed"].score == 1


def test_wmt25_rate_counts_entries_of_the_reference(material):
    found, _ = figures(material, "wmt25-terms")
    assert found["good"].details["total"] == 3
    assert found["good"].score == 1
    assert found["poor"].score == pytest.approx(1 / 3)


def test_wmt25_needs_dictionaries(material, seeded_workspace):
    from scoring.expected_terms import GlossaryTerms

    other = Material(material.systems, [GOOD], SOURCE, "en", terms=GlossaryTerms(seeded_workspace.glossary, "en"))
    with pytest.raises(UnsupportedError, match="dictionary"):
        metric_class("wmt25-terms")(other)


@pytest.mark.slow
def test_published_figures_of_the_task(shared_data):
    """Five systems, five years, one document a segment: success rate, BLEU and chrF++ as published."""
    folder = shared_data("hkma")
    published = json.loads((folder / "published_scores.json").read_text(encoding="utf-8"))["proper"]

    def lines(pattern):
        files = (path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
        return [json.loads(line) for text in files for line in text.splitlines()]

    documents = lines("20*.jsonl")
    systems = {name: [one["zh"] for one in lines(f"systems/{name}.proper.*.jsonl")] for name in published}
    material = Material(
        systems,
        [[one["zh"] for one in documents]],
        [one["en"] for one in documents],
        "zh",
        terms=DictionaryTerms([one["terms"] for one in documents]),
    )
    metrics = [metric_class(name)(material) for name in ("bleu", "chrf++", "wmt25-terms")]
    for system in evaluate(material, metrics).systems:
        expected = published[system.name]
        assert system.figures["bleu"].score == pytest.approx(expected["bleu4"], abs=1e-4)
        assert system.figures["chrf++"].score == pytest.approx(expected["chrf2++"], abs=1e-4)
        assert system.figures["wmt25-terms"].score == pytest.approx(expected["proper_term_success_rate"], abs=1e-6)
