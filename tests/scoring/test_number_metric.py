"""Number accuracy as a metric, and COMET where it is and where it is not."""

import sys
from types import ModuleType

import pytest

from lang.errors import UnsupportedError
from scoring.evaluation import Resampling, evaluate
from scoring.material import Material
from scoring.registry import metric_class
from scoring.worst import segment_results, worst_first

SOURCE = ["投資2,236.6億元。", "共2.6萬家，佔六成。", "推動發展。"]
RIGHT = ["RMB 223.66 billion was invested.", "There are 26,000 of them, 60 percent.", "We promote growth."]
WRONG = ["RMB 2,236.6 billion was invested.", "There are 26,000 of them, 70 percent.", "We promote 5 growths."]


@pytest.fixture(scope="module")
def evaluation():
    material = Material({"right": RIGHT, "wrong": WRONG}, [], SOURCE, "en")
    return evaluate(material, [metric_class("numbers")(material)], resampling=Resampling(bootstrap_trials=50))


def test_share_and_counts(evaluation):
    right, wrong = (system.figures["numbers"] for system in evaluation.systems)
    assert right.score == 1
    assert wrong.score == pytest.approx(1 / 3)
    assert (wrong.details["hits"], wrong.details["total"]) == (1, 3)
    assert {name: wrong.details[name] for name in ("scaled", "wrong", "missing", "invented")} == {
        "scaled": 1,
        "wrong": 1,
        "missing": 0,
        "invented": 1,
    }
    assert wrong.details["wilson"][0] < 1 / 3 < wrong.details["wilson"][1]


def test_segments_say_what_is_wrong(evaluation):
    first, *_ = worst_first(segment_results(evaluation, "wrong"), evaluation)
    (finding,) = (finding for finding in first.findings if finding.outcome == "scaled")
    assert "10 times too large" in finding.message
    assert finding.grave
    assert SOURCE[0][slice(*finding.source)] == "2,236.6億元"
    assert WRONG[0][slice(*finding.target)] == "RMB 2,236.6 billion"
    assert not any(result.faults for result in segment_results(evaluation, "right"))


def test_comet_that_is_not_installed_is_explained(monkeypatch, material):
    monkeypatch.setitem(sys.modules, "comet", None)
    with pytest.raises(UnsupportedError, match=r"pip install .*yuqiao\[comet\]"):
        metric_class("comet")(material).statistics(lambda done: None)


def test_comet_is_asked_for_all_segments(monkeypatch):
    asked = []

    class Model:
        def predict(self, data, **options):
            asked.extend(data)
            return {"scores": [0.5 + 0.1 * at for at in range(len(data))]}

    package = ModuleType("comet")
    package.download_model = lambda name: name
    package.load_from_checkpoint = lambda path: Model()
    monkeypatch.setitem(sys.modules, "comet", package)
    material = Material({"a": RIGHT}, [WRONG], SOURCE, "en")
    (system,) = evaluate(material, [metric_class("comet")(material)]).systems
    assert system.figures["comet"].score == pytest.approx(0.6)
    assert asked[0] == {"src": SOURCE[0], "mt": RIGHT[0], "ref": WRONG[0]}
