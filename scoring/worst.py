"""Where a translation is wrong: its segments, worst first, and where one system loses most against another.

Wrong numbers and forbidden terms come first, whatever BLEU says of them (it hardly sees them); then missed terms; then the
first overall score there is.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from scoring.evaluation import Evaluation
from scoring.metric import Finding

# The metric that orders segments of equal faults: steadiest for single segments first.
_ORDER: Final = ("chrf", "chrf++", "bleu", "ter", "terms", "numbers")


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """One segment of one system: its place (from 0), scores by metric (nan where there is nothing to score), findings.

    `change` is the score of the ordering metric minus the baseline's, positive where the system is better; None for the
    baseline itself.
    """

    index: int
    system: str
    text: str
    scores: dict[str, float]
    findings: tuple[Finding, ...]
    change: float | None = None

    @property
    def grave(self) -> int:
        """How many wrong numbers and forbidden terms it has."""
        return sum(finding.grave for finding in self.findings)

    @property
    def faults(self) -> int:
        """How many findings count against it."""
        return sum(finding.fault for finding in self.findings)


def ordering_metric(evaluation: Evaluation) -> str | None:
    """The metric by which segments of equal faults are ordered."""
    named = [name for name in _ORDER if name in evaluation.metrics]
    return named[0] if named else next(iter(evaluation.metrics), None)


def segment_results(evaluation: Evaluation, system: str) -> list[SegmentResult]:
    """All segments of a system, in their order."""
    metrics = evaluation.metrics
    scores = {name: evaluation.segment_scores(name, system).tolist() for name in metrics}
    by = ordering_metric(evaluation)
    baseline = next(iter(evaluation.material.systems))
    before = evaluation.segment_scores(by, baseline).tolist() if by and system != baseline else None
    sign = -1 if by and metrics[by].lower_is_better else 1
    found = []
    for index, text in enumerate(evaluation.material.systems[system]):
        findings = tuple(finding for metric in metrics.values() for finding in metric.findings(system, index))
        change = sign * (scores[by][index] - before[index]) if by and before else None
        found.append(SegmentResult(index, system, text, {name: scores[name][index] for name in metrics}, findings, change))
    return found


def worst_first(results: Iterable[SegmentResult], evaluation: Evaluation) -> list[SegmentResult]:
    """Most harmful first: grave faults, other faults, then the lowest score."""
    by = ordering_metric(evaluation)
    sign = -1 if by and evaluation.metrics[by].lower_is_better else 1

    def harm(result: SegmentResult) -> tuple[float, float, float, int]:
        score = result.scores[by] if by else 0.0
        return -result.grave, -result.faults, math.inf if math.isnan(score) else sign * score, result.index

    return sorted(results, key=harm)


def losses_first(results: Sequence[SegmentResult]) -> list[SegmentResult]:
    """Those that lose most against the baseline first; of systems that are the baseline none."""
    compared = [result for result in results if result.change is not None and not math.isnan(result.change)]
    return sorted(compared, key=lambda result: (result.change or 0.0, result.index))
