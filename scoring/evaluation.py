"""An evaluation: every metric over every system, with intervals, comparisons with a baseline, and what led to the figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lang.errors import YuqiaoError
from scoring.material import Material, warnings_of
from scoring.metric import Floats, Metric
from scoring.resampling import (
    DEFAULT_SEED,
    TRIALS,
    Difference,
    Interval,
    Sample,
    TestName,
    bootstrap_difference,
    bootstrap_scores,
    by_document,
    interval_of,
    randomization_p,
)

SIGNIFICANT: Final = 0.05
Started = Callable[[str, int, int], None]
"""Told the label of the metric at work, how many segments of all systems are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals and p values are found; `trials` 0 leaves both out. `test` is the paired test of comparisons."""

    test: TestName = "bootstrap"
    trials: int = 0
    bootstrap_trials: int = TRIALS["bootstrap"]
    seed: int = DEFAULT_SEED
    by_document: bool = False

    @property
    def test_trials(self) -> int:
        """The trials of the test."""
        return self.trials or TRIALS[self.test]


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric's score of a system, its 95 % interval, its signature, and what else there is to say."""

    score: float
    interval: Interval | None
    signature: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SystemResult:
    """The figures of one system by metric, and what its reader should know."""

    name: str
    figures: Mapping[str, Figure]
    warnings: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against the baseline on one metric."""

    metric: str
    baseline: str
    system: str
    result: Difference

    @property
    def significant(self) -> bool:
        """Whether chance explains the difference in fewer than 5 of 100 cases."""
        return self.result.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was found. `statistics` are rows of segments by metric and system, `metrics` know what they mean."""

    material: Material
    metrics: Mapping[str, Metric]
    statistics: Mapping[str, Mapping[str, Floats]]
    systems: Sequence[SystemResult]
    comparisons: Sequence[Comparison]
    resampling: Resampling | None

    def segment_scores(self, metric: str, system: str) -> Floats:
        """The scores of single segments, nan where there is nothing to score."""
        return self.metrics[metric].segment_scores(self.statistics[metric][system])


def evaluate(
    material: Material, metrics: Sequence[Metric], *, resampling: Resampling | None = None, started: Started | None = None
) -> Evaluation:
    """Score all systems of a material. The first system is the baseline of comparisons.

    Without `resampling` there are no intervals and comparisons. YuqiaoError where documents are to be drawn and not known.
    """
    total = len(material) * len(material.systems)
    statistics: dict[str, Mapping[str, Floats]] = {}
    for metric in metrics:
        label = metric.label

        def progress(done: int, label: str = label) -> None:
            if started:
                started(label, done, total)

        progress(0)
        statistics[metric.name] = metric.statistics(progress)
    samples = [Sample(metric, _rows(statistics[metric.name], material, resampling)) for metric in metrics]
    draws: list[dict[str, Floats]] = []
    if resampling and samples:
        if started:
            started("intervals", 0, 0)
        draws = bootstrap_scores(samples, resampling.bootstrap_trials, resampling.seed)
    warnings = warnings_of(material)
    systems = [
        SystemResult(
            name,
            {
                metric.name: Figure(
                    metric.score(statistics[metric.name][name]),
                    interval_of(draws[at][name]) if draws else None,
                    metric.signature(),
                    metric.details(name, statistics[metric.name][name]),
                )
                for at, metric in enumerate(metrics)
            },
            [*warnings[name], *(said for metric in metrics for said in metric.warnings(name))],
        )
        for name in material.systems
    ]
    comparisons = list(_comparisons(samples, draws, resampling)) if resampling and draws else []
    return Evaluation(material, {m.name: m for m in metrics}, statistics, systems, comparisons, resampling)


def _rows(statistics: Mapping[str, Floats], material: Material, resampling: Resampling | None) -> Mapping[str, Floats]:
    if resampling is None or not resampling.by_document:
        return statistics
    if material.documents is None:
        raise YuqiaoError("Documents can be drawn only where they are known.", "Name them with --documents.")
    documents = material.documents
    return {name: by_document(rows, documents) for name, rows in statistics.items()}


def _comparisons(samples: Sequence[Sample], draws: Sequence[Mapping[str, Floats]], resampling: Resampling) -> list[Comparison]:
    found = []
    for sample, scores in zip(samples, draws, strict=True):
        baseline, *others = sample.rows
        for system in others:
            rows = sample.rows[baseline], sample.rows[system]
            result = bootstrap_difference(sample.metric, rows, (scores[baseline], scores[system]))
            if resampling.test == "randomization":
                p = randomization_p(sample.metric, *rows, resampling.test_trials, resampling.seed)
                result = Difference(result.difference, result.interval, p)
            found.append(Comparison(sample.metric.name, baseline, system, result))
    return found
