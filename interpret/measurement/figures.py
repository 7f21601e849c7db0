"""The measures of recordings for JSON and for tables: names of columns, cells, units."""

import math
from collections.abc import Sequence
from typing import Any

from interpret.measurement.claims import Judgement
from interpret.measurement.clocks import CLOCKS, PERCENTILES, Clock
from interpret.measurement.measures import LAGS, METRICS, Measures
from scoring.evaluation import Comparison, Figure
from scoring.metric import Metric
from scoring.registry import metric_class


def report_json(measured: Sequence[Measures], judgements: Sequence[Judgement] = ()) -> dict[str, Any]:
    """All of it as one object. Times are milliseconds; shares are between 0 and 1; what is absent says why."""
    comparisons = {id(one.evaluation): one.evaluation.comparisons for one in measured if one.evaluation}
    return {
        "systems": [_system_json(one) for one in measured],
        "comparisons": [_comparison_json(one) for found in comparisons.values() for one in found],
        "claims": [_claim_json(one) for one in judgements],
    }


def _system_json(one: Measures) -> dict[str, Any]:
    recording = one.recording
    return {
        "name": one.name,
        "file": str(recording.path),
        "engine": recording.engine,
        "source": recording.source_language,
        "target": recording.target,
        "segments": len(recording.outputs),
        "outputs": dict(one.kinds),
        "patched": one.patched,
        "asked_again": one.asked_again,
        **{name: _figure_json(one, name) for name in METRICS},
        "clocks": {name: _clock_json(clock) for name, clock in one.clocks.items()},
        "lagging": _lagging_json(one),
        "erasure": _erasure_json(one),
        "warnings": one.warnings,
    }


def _figure_json(one: Measures, name: str) -> dict[str, Any]:
    found = figure_of(one, name)
    if found is None:
        return {"absent": one.absent.get(name, "nothing to score")}
    figure, metric = found
    interval = figure.interval
    return {
        metric.score_field: _known(figure.score),
        "low": interval and _known(interval.low),
        "high": interval and _known(interval.high),
        "n": counted(one, name),
        "signature": figure.signature,
        **figure.details,
    }


def figure_of(one: Measures, name: str) -> tuple[Figure, Metric] | None:
    """A metric's figure of a recording, and the metric; None where there is none."""
    if one.evaluation is None or one.system is None or name not in one.system.figures:
        return None
    return one.system.figures[name], one.evaluation.metrics[name]


def counted(one: Measures, name: str) -> int:
    """How many things a figure counts: term occurrences, numbers, segments."""
    assert one.evaluation is not None, "only figures that are there count anything"
    proportion = one.evaluation.metrics[name].proportion(one.evaluation.statistics[name][one.name])
    return proportion[1] if proportion else len(one.recording.outputs)


def _clock_json(clock: Clock) -> dict[str, Any]:
    found: dict[str, Any] = {"what": CLOCKS[clock.name], "n": len(clock.times_ms)}
    if clock.absent:
        return {**found, "absent": clock.absent}
    return {**found, **{f"p{share}": clock.percentile_ms(share) for share in PERCENTILES}}


def _lagging_json(one: Measures) -> dict[str, Any]:
    lagging = one.lagging
    if lagging is None:
        return {"absent": one.absent["lagging"]}
    return {
        "unit": lagging.unit,
        "target_length": lagging.target_length,
        "n": len(lagging.sentences["al"]),
        **{name: lagging.mean(name) for name in LAGS},
        **{f"{name}_ca": lagging.mean(name, aware=True) for name in LAGS},
    }


def _erasure_json(one: Measures) -> dict[str, Any]:
    erasure = one.erasure
    if erasure is None:
        return {"absent": one.absent["erasure"]}
    return {
        "normalised": erasure.normalised,
        "erased": erasure.erased,
        "final": erasure.final,
        "segments": erasure.segments,
        "revised": erasure.revised,
    }


def _comparison_json(one: Comparison) -> dict[str, Any]:
    return {
        "metric": one.metric,
        "baseline": one.baseline,
        "system": one.system,
        "difference": _known(one.result.difference),
        "p": one.result.p,
        "significant": one.significant,
    }


def _claim_json(one: Judgement) -> dict[str, Any]:
    return {
        "claim": one.claim,
        "system": one.system,
        "verdict": one.verdict,
        "seen": one.seen,
        "low": one.low,
        "high": one.high if one.high is None or math.isfinite(one.high) else None,
        "n": one.n,
        "message": one.message,
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


Row = tuple[str, list[str]]
"""What a row says, and a cell for each recording."""


def quality_rows(measured: Sequence[Measures]) -> list[Row]:
    """A row a metric: score, 95 % interval and n; an asterisk where a recording differs from the first of its source.

    The interval of a share is the bootstrap's widened to Wilson's, as claims are judged: seven hits of seven prove little.
    """
    return [(metric_class(name).label, [_quality(one, name) for one in measured]) for name in METRICS]


def _quality(one: Measures, name: str) -> str:
    found = figure_of(one, name)
    if found is None:
        return f"absent: {one.absent.get(name, 'nothing to score')}"
    figure, metric = found
    if math.isnan(figure.score):
        return "absent: nothing there to be scored"
    text = f"{figure.score * metric.factor:.2f}" + (" %" if metric.scale == "ratio" else "")
    bounds = [(figure.interval.low, figure.interval.high)] if figure.interval else []
    wide = figure.details.get("wilson")
    bounds += [(wide[0], wide[1])] if wide else []
    if bounds:
        low, high = min(low for low, _ in bounds), max(high for _, high in bounds)
        text += f" ({low * metric.factor:.2f}–{high * metric.factor:.2f})"
    starred = one.evaluation and any(
        other.significant for other in one.evaluation.comparisons if (other.system, other.metric) == (one.name, name)
    )
    return f"{text}{'*' if starred else ''} n={counted(one, name):,}"


def clock_rows(measured: Sequence[Measures]) -> list[Row]:
    """A row a clock: p50, p95, p99 and n."""
    return [(label, [_times(one.clocks[name]) for one in measured]) for name, label in CLOCKS.items()]


def _times(clock: Clock) -> str:
    if clock.absent:
        return f"absent: {clock.absent}"
    shown = " / ".join(milliseconds(clock.percentile_ms(share) or 0.0) for share in PERCENTILES)
    return f"{shown} n={len(clock.times_ms):,}"


def lagging_rows(measured: Sequence[Measures]) -> list[Row]:
    """A row each for AL, LAAL, ATD, and the same with the time of computing."""
    rows: list[Row] = []
    for aware in (False, True):
        for name in LAGS:
            label = name.upper() + (", computing included" if aware else "")
            rows.append((label, [_lag(one, name, aware=aware) for one in measured]))
    return rows


def _lag(one: Measures, name: Any, *, aware: bool) -> str:
    if one.lagging is None:
        return f"absent: {one.absent['lagging']}"
    mean = one.lagging.mean(name, aware=aware)
    if mean is None:
        return "absent: no wall clock ran" if one.lagging.unit == "ms" else "absent: the source is text"
    n = len((one.lagging.aware if aware else one.lagging.sentences)[name])
    return f"{milliseconds(mean) if one.lagging.unit == 'ms' else f'{mean:.2f} tokens'} n={n:,}"


def erasure_rows(measured: Sequence[Measures]) -> list[Row]:
    """The row of normalised erasure."""
    cells = []
    for one in measured:
        if one.erasure is None:
            cells.append(f"absent: {one.absent['erasure']}")
        elif one.erasure.normalised is None or not one.erasure.revised:
            cells.append("absent: no segment was revised")
        else:
            cells.append(f"{one.erasure.normalised:.3f} n={one.erasure.segments:,}")
    return [("normalised erasure", cells)]


def output_rows(measured: Sequence[Measures]) -> list[Row]:
    """Segments, and outputs by what they were."""
    rows = [("engine", [one.recording.engine for one in measured])]
    rows.append(("segments", [f"{len(one.recording.outputs):,}" for one in measured]))
    kinds = sorted({kind for one in measured for kind in one.kinds})
    rows += [(f"outputs: {kind}", [f"{one.kinds.get(kind, 0):,}" for one in measured]) for kind in kinds]
    for label, values in (("patched", [m.patched for m in measured]), ("asked again", [m.asked_again for m in measured])):
        if any(values):
            rows.append((label, [f"{value:,}" for value in values]))
    return rows


def milliseconds(value: float) -> str:
    """A time as people read it: 4.1 ms, 850 ms, 2.35 s."""
    if abs(value) < 10:
        return f"{value:.1f} ms"
    return f"{value:.0f} ms" if abs(value) < 1000 else f"{value / 1000:.2f} s"
