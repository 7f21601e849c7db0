"""Claims on a session, such as terms>=98.6 or final<=0.5s, and whether the data support them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from interpret.measurement.clocks import CLOCKS, PERCENTILES, ClockName
from interpret.measurement.measures import LAGS, METRICS, LagName, Measures
from lang.errors import UnsupportedError
from scoring.gate import Claim, ClaimResult, Verdict, judge, parse_claim
from scoring.intervals import wilson
from scoring.resampling import DEFAULT_SEED, TRIALS

_TIME: Final = re.compile(r"\s*(\w+)(?:\.p(\d+))?\s*(?:<=|≤)\s*([0-9]+(?:\.[0-9]+)?)\s*(ms|s)\s*", re.IGNORECASE)
_USUAL: Final = 95
_ADVICE: Final = (
    f"Write it like 'terms>=98.6', 'final<=0.5s', 'first.p99<=800ms' or 'laal<=2.5s'. Figures: {', '.join(METRICS)};"
    f" clocks: {', '.join(CLOCKS)}, each with .p50, .p95 (taken if none is named) or .p99; lagging: {', '.join(LAGS)}."
)


@dataclass(frozen=True, slots=True)
class TimeClaim:
    """A clock's percentile, or the mean lagging where `percentile` is 0, is at most so many milliseconds."""

    name: ClockName | LagName
    percentile: int
    most_ms: float

    def __str__(self) -> str:
        asked = f".p{self.percentile}" if self.percentile else ""
        return f"{self.name}{asked} <= {self.most_ms / 1000:g} s"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the data say of a claim on one recording. Times are seconds, shares percent; None where nothing was measured."""

    claim: str
    system: str
    verdict: Verdict
    seen: float | None
    low: float | None
    high: float | None
    n: int
    message: str


def parse(text: str) -> Claim | TimeClaim:
    """A claim as it is written; UnsupportedError for one that is not understood."""
    match = _TIME.fullmatch(text)
    if match is None:
        try:
            return parse_claim(text, METRICS)
        except UnsupportedError as error:
            raise UnsupportedError(error.message, _ADVICE) from error
    name, share = match[1].lower(), int(match[2] or 0)
    most_ms = float(match[3]) * (1 if match[4].lower() == "ms" else 1000)
    for clock in CLOCKS:
        if clock == name and (share or _USUAL) in PERCENTILES:
            return TimeClaim(clock, share or _USUAL, most_ms)
    for lag in LAGS:
        if lag == name and not share:
            return TimeClaim(lag, 0, most_ms)
    raise UnsupportedError(f"{text!r} is no claim.", _ADVICE)


def judge_claim(claim: Claim | TimeClaim, measured: Sequence[Measures]) -> list[Judgement]:
    """What the data say of a claim on each recording; a figure that is absent supports nothing.

    A figure is judged by its interval as in scoring.gate. That p95 of a clock is at most T means that 95 of 100 outputs come
    within T: the share of those that did is judged by Wilson's interval. The mean lagging is judged by its bootstrap interval
    over sentences.
    """
    return [_judged(claim, one) for one in measured]


def _judged(claim: Claim | TimeClaim, one: Measures) -> Judgement:
    if isinstance(claim, Claim):
        return _figure(claim, one)
    for clock in CLOCKS:
        if claim.name == clock:
            return _clock(claim, one, clock)
    return _lagging(claim, one)


def _figure(claim: Claim, one: Measures) -> Judgement:
    if one.evaluation is None or one.system is None or claim.metric not in one.system.figures:
        return _absent(str(claim), one, one.absent.get(claim.metric, "nothing to score"))
    found: ClaimResult = next(result for result in judge(claim, one.evaluation) if result.system == one.name)
    if math.isnan(found.score):
        return _absent(str(claim), one, "nothing there to be scored")
    n = found.n if found.n is not None else len(one.recording.outputs)
    return Judgement(str(claim), one.name, found.verdict, found.score, found.low, found.high, n, found.message)


def _clock(claim: TimeClaim, one: Measures, name: ClockName) -> Judgement:
    clock = one.clocks[name]
    seen = clock.percentile_ms(claim.percentile)
    if seen is None:
        return _absent(str(claim), one, clock.absent)
    n = len(clock.times_ms)
    within = sum(time <= claim.most_ms for time in clock.times_ms)
    low, high = (100 * bound for bound in wilson(within, n))
    verdict: Verdict = "n too small"
    if low >= claim.percentile:
        verdict = "supported"
    elif high < claim.percentile:
        verdict = "not supported"
    message = (
        f"{one.name}: claim {claim} ({CLOCKS[name]}) is {_words(verdict)}: p{claim.percentile} is {seen / 1000:.3f} s,"
        f" {100 * within / n:.1f} % within, 95 % interval {low:.1f} to {high:.1f} %, n = {n:,}."
    )
    return Judgement(str(claim), one.name, verdict, seen / 1000, low, high, n, message)


def _lagging(claim: TimeClaim, one: Measures) -> Judgement:
    name: LagName = next(lag for lag in LAGS if lag == claim.name)
    lagging = one.lagging
    if lagging is None or lagging.unit != "ms":
        why = one.absent.get("lagging", "the source is text, whose lagging is counted in tokens")
        return _absent(str(claim), one, why)
    # What people wait for has the time of computing in it.
    values = lagging.aware.get(name) or lagging.sentences[name]
    mean, low, high = _mean_interval(values)
    verdict: Verdict = "n too small"
    if len(values) > 1 and high <= claim.most_ms:
        verdict = "supported"
    elif len(values) > 1 and low > claim.most_ms:
        verdict = "not supported"
    message = (
        f"{one.name}: claim {claim} is {_words(verdict)}: {mean / 1000:.3f} s seen, 95 % interval {low / 1000:.3f} to"
        f" {high / 1000:.3f} s, n = {len(values):,}."
    )
    return Judgement(str(claim), one.name, verdict, mean / 1000, low / 1000, high / 1000, len(values), message)


def _mean_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """The mean and the bounds that 95 % of its bootstrap lie within."""
    every = np.array(values, np.float64)
    random = np.random.default_rng(DEFAULT_SEED)
    draws = [float(random.choice(every, every.size).mean()) for _ in range(TRIALS["bootstrap"])]
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(every.mean()), float(low), float(high)


def _absent(claim: str, one: Measures, why: str) -> Judgement:
    message = f"{one.name}: claim {claim} is not supported: {why}."
    return Judgement(claim, one.name, "not supported", None, None, None, 0, message)


def _words(verdict: Verdict) -> str:
    return "undecided, n too small" if verdict == "n too small" else verdict
