"""Gates: does a system reach figures asked for, is it worse than a baseline, and do the data support a claim."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from lang.errors import UnsupportedError
from scoring.evaluation import Evaluation, Figure
from scoring.intervals import wilson
from scoring.metric import Finding, Metric

Verdict = Literal["supported", "not supported", "n too small"]
Relation = Literal[">=", "<="]

_CLAIM: Final = re.compile(r"\s*([\w+-]+)\s*(>=|<=|≥|≤)\s*([0-9]+(?:\.[0-9]+)?)\s*%?\s*(?:ci95)?\s*")
_FLOOR: Final = re.compile(r"\s*([\w+-]+)\s*=\s*([0-9]+(?:\.[0-9]+)?)\s*%?\s*")


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure a system must reach, as tables show it (shares in percent); for TER the figure it must not exceed."""

    metric: str
    figure: float


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement on a metric, such as terms >= 98.6 (shares in percent)."""

    metric: str
    relation: Relation
    figure: float

    def __str__(self) -> str:
        return f"{self.metric} {self.relation} {self.figure:g}"


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """What the data say of a claim: the score seen, its 95 % bounds, both as tables show them, and `n` things counted."""

    claim: Claim
    system: str
    verdict: Verdict
    score: float
    low: float
    high: float
    n: int | None

    @property
    def message(self) -> str:
        """The verdict as a sentence."""
        counted = f", n = {self.n:,}" if self.n is not None else ""
        return (
            f"{self.system}: claim {self.claim} is {self.verdict if self.verdict != 'n too small' else 'undecided, n too small'}:"
            f" {self.score:.2f} seen, 95 % interval {self.low:.2f} to {self.high:.2f}{counted}."
        )


def parse_floors(text: str, metrics: Sequence[str]) -> list[Floor]:
    """`terms=98.6,bleu=30`; UnsupportedError for what is not of that form, or a metric that is not scored."""
    found = []
    for part in text.split(","):
        match = _FLOOR.fullmatch(part)
        if not match:
            raise UnsupportedError(f"{part.strip()!r} is no gate.", "Write it like terms=98.6,bleu=30.")
        found.append(Floor(_scored(match[1], metrics), float(match[2])))
    return found


def parse_claim(text: str, metrics: Sequence[str]) -> Claim:
    """`terms>=98.6`; UnsupportedError for what is not of that form, or a metric that is not scored."""
    match = _CLAIM.fullmatch(text)
    if not match:
        raise UnsupportedError(f"{text!r} is no claim.", "Write it like 'terms>=98.6'.")
    relation: Relation = ">=" if match[2] in (">=", "≥") else "<="
    return Claim(_scored(match[1], metrics), relation, float(match[3]))


def _scored(name: str, metrics: Sequence[str]) -> str:
    if name.lower() not in metrics:
        raise UnsupportedError(f"{name!r} is not among the figures scored.", f"Those are: {', '.join(metrics)}.")
    return name.lower()


def below(floors: Sequence[Floor], evaluation: Evaluation) -> list[str]:
    """A sentence for each system and figure that falls short. What cannot be scored falls short of everything."""
    found = []
    for system in evaluation.systems:
        for floor in floors:
            metric = evaluation.metrics[floor.metric]
            score = system.figures[floor.metric].score * metric.factor
            short = score > floor.figure if metric.lower_is_better else not score >= floor.figure
            if short or math.isnan(score):
                word = "above" if metric.lower_is_better else "below"
                seen = "nothing there to be scored" if math.isnan(score) else f"{score:.2f} is {word} {floor.figure:g}"
                found.append(f"{system.name}: {metric.label}: {seen}.")
    return found


def losses(evaluation: Evaluation) -> list[str]:
    """A sentence for each way a system is worse than the baseline: a significant loss, a grave fault it did not have."""
    found = []
    for one in evaluation.comparisons:
        metric = evaluation.metrics[one.metric]
        worse = one.result.difference > 0 if metric.lower_is_better else one.result.difference < 0
        if worse and one.significant:
            by = abs(one.result.difference) * metric.factor
            found.append(f"{one.system}: {metric.label} is {by:.2f} worse than {one.baseline}'s (p = {one.result.p:.4f}).")
    baseline, *others = evaluation.material.systems
    for system in others:
        for index in range(len(evaluation.material)):
            known = Counter(_name(finding) for finding in _grave(evaluation, baseline, index))
            for finding in _grave(evaluation, system, index):
                if known[_name(finding)]:
                    known[_name(finding)] -= 1
                else:
                    found.append(f"{system}: segment {index + 1}, new: {finding.message}")
    return found


def _grave(evaluation: Evaluation, system: str, index: int) -> list[Finding]:
    found = [finding for metric in evaluation.metrics.values() for finding in metric.findings(system, index)]
    return [finding for finding in found if finding.grave]


def _name(finding: Finding) -> tuple[str, object]:
    """What makes a fault the same fault in another translation: what of the source it is about, or the words of it."""
    return finding.metric, finding.source if finding.source is not None else finding.message


def judge(claim: Claim, evaluation: Evaluation) -> list[ClaimResult]:
    """What the data say of a claim on each system.

    The bounds are those of the bootstrap, which knows that segments differ; for shares widened to Wilson's, which knows that
    few cases prove little even when all are right. Supported: the whole interval is on the claim's side; not supported: the
    whole of it is on the other; else there are too few cases to tell.
    """
    metric = evaluation.metrics[claim.metric]
    return [_judged(claim, system.name, system.figures[claim.metric], metric, evaluation) for system in evaluation.systems]


def _judged(claim: Claim, system: str, figure: Figure, metric: Metric, evaluation: Evaluation) -> ClaimResult:
    bounds = [] if figure.interval is None else [(figure.interval.low, figure.interval.high)]
    counted = metric.proportion(evaluation.statistics[claim.metric][system])
    if counted is not None and counted[1]:
        bounds.append(wilson(*counted))
    n = None if counted is None else counted[1]
    if not bounds or math.isnan(figure.score):
        return ClaimResult(claim, system, "n too small", figure.score * metric.factor, 0.0, math.inf, n)
    low = min(bound[0] for bound in bounds) * metric.factor
    high = max(bound[1] for bound in bounds) * metric.factor
    inside, outside = (low, high) if claim.relation == ">=" else (-high, -low)
    goal = claim.figure if claim.relation == ">=" else -claim.figure
    verdict: Verdict = "supported" if inside >= goal else "not supported" if outside < goal else "n too small"
    return ClaimResult(claim, system, verdict, figure.score * metric.factor, low, high, n)
