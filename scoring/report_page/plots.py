"""Plots as inline SVG: scores with their intervals, how segment scores are spread, and where a system wins or loses.

All are 360 units wide, so that they read at the width of a phone. Colours come from the page's style; what a colour says is
said by form (hollow, hatched) or words as well.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.evaluation import Comparison, Evaluation
from scoring.metric import Floats, Metric
from scoring.report_page.markup import element, text
from scoring.resampling import Interval

WIDTH: Final = 360
_ROW: Final = 40
_BARS: Final = 44
_AXIS: Final = 22
# A change of a segment's score below this is none.
_SAME: Final = 0.005
_NAME_CELLS: Final = 30


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores from `low` to `high` over the width of a plot, with round numbers to be marked on the axis."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def x(self, score: float) -> float:
        """The place of a score, in units of the plot."""
        return round(4 + (score - self.low) / (self.high - self.low) * (WIDTH - 8), 1)


def round_step(width: float, parts: int) -> float:
    """The step of 1, 2 or 5 times a power of ten that divides a width into at most `parts`."""
    least = width / parts
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def scale_of(scores: Sequence[float]) -> Scale:
    """A scale that holds all scores, with room at both ends."""
    low, high = min(scores), max(scores)
    room = (high - low) * 0.06 or max(abs(high) * 0.02, 0.5)
    low, high = low - room, high + room
    step = round_step(high - low, 5)
    first, last = math.ceil(low / step), math.floor(high / step)
    return Scale(low, high, tuple(float(f"{number * step:.9g}") for number in range(first, last + 1)))


def interval_plot(metric: Metric, evaluation: Evaluation) -> str:
    """A row a system: its score as a dot, filled where it differs significantly from the first system's, and its interval."""
    figures = [(system.name, system.figures[metric.name]) for system in evaluation.systems]
    bounds = [
        value * metric.factor
        for _, figure in figures
        for value in (figure.score, *((figure.interval.low, figure.interval.high) if figure.interval else ()))
    ]
    known = [value for value in bounds if not math.isnan(value)]
    if not known:
        return ""
    scale = scale_of(known)
    compared = {one.system: one for one in evaluation.comparisons if one.metric == metric.name}
    height = _ROW * len(figures) + _AXIS
    parts = list(_grid(scale, height))
    first = figures[0][1].score * metric.factor
    if len(figures) > 1 and not math.isnan(first):
        parts.append(_line(scale.x(first), 14, scale.x(first), height - _AXIS, "first"))
    for row, (name, figure) in enumerate(figures):
        top = row * _ROW
        score = figure.score * metric.factor
        parts.append(_name(name, top + 13))
        parts.append(_words(shown(figure.score, metric), WIDTH - 4, top + 13, "value", anchor="end"))
        if math.isnan(score):
            continue
        title = element("title", text(_sentence(name, score, figure.interval, metric)))
        drawn = ""
        if figure.interval:
            low, high = (scale.x(bound * metric.factor) for bound in (figure.interval.low, figure.interval.high))
            drawn = _line(low, top + 27, high, top + 27, "interval")
            drawn += _line(low, top + 23, low, top + 31, "interval") + _line(high, top + 23, high, top + 31, "interval")
        one = compared.get(name)
        dot = element("circle", cx=scale.x(score), cy=top + 27, r=5, class_=_dot(one, first_row=row == 0))
        parts.append(element("g", title, drawn, dot))
    return _svg(parts, height, f"{metric.label} of each system with its 95 % interval")


def _sentence(name: str, score: float, interval: Interval | None, metric: Metric) -> str:
    """What a row of the plot shows, in words."""
    said = f"{name}: {metric.label} {score:.2f}"
    if interval is None:
        return said
    return f"{said}, 95 % interval {interval.low * metric.factor:.2f} to {interval.high * metric.factor:.2f}"


def shown(score: float, metric: Metric) -> str:
    """A score as people read it, a dash where nothing was there to be scored."""
    if math.isnan(score):
        return "–"
    return f"{score * metric.factor:.2f}" + (" %" if metric.factor == 100 else "")


def _dot(one: Comparison | None, *, first_row: bool) -> str:
    return "dot base" if first_row else "dot sure" if one and one.significant else "dot"


def spread_plot(metric: Metric, evaluation: Evaluation) -> str:
    """A histogram a system of the scores of its segments."""
    own = [(system.name, _known(evaluation.segment_scores(metric.name, system.name), metric)) for system in evaluation.systems]
    scores = np.concatenate([found for _, found in own])
    if not len(scores):
        return ""
    edges, above = _buckets(scores, metric)
    last = len(edges) - 2
    counts = [np.histogram(np.minimum(found, edges[-1]), edges)[0] for _, found in own]
    most = max(int(count.max()) for count in counts) or 1
    scale = Scale(edges[0], edges[-1], tuple(edges[:: 2 if len(edges) > 7 else 1]))
    parts: list[str] = []
    row = _BARS + 24
    for number, ((name, found), count) in enumerate(zip(own, counts, strict=True)):
        base = number * row + row - 4
        middle = f"median {np.median(found):.1f}, n = {len(found):,}" if len(found) else "nothing to score"
        parts += [_name(name, number * row + 13), _words(middle, WIDTH - 4, number * row + 13, "value", anchor="end")]
        for at, size in enumerate(count.tolist()):
            end = "or more" if above and at == last else f"to {edges[at + 1]:g}"
            said = f"{name}: {size:,} segments at {edges[at]:g} {end}"
            parts.append(_bar((scale.x(edges[at]), scale.x(edges[at + 1])), base, _BARS * size / most, "bar", said))
        parts.append(_line(4, base, WIDTH - 4, base, "axis"))
    height = row * len(own) + _AXIS
    parts += _labels(scale, height, {edges[-1]: f"≥ {edges[-2]:g}"} if above else {})
    return _svg(parts, height, f"How the {metric.label} of segments is spread, for each system")


def change_plot(metric: Metric, evaluation: Evaluation) -> str:
    """How many segments each system translates better (solid bars) and worse (hatched ones) than the first, by how much."""
    first, *others = evaluation.systems
    baseline = evaluation.segment_scores(metric.name, first.name)
    sign = -metric.factor if metric.lower_is_better else metric.factor
    changes = []
    for system in others:
        change = (evaluation.segment_scores(metric.name, system.name) - baseline) * sign
        changes.append((system.name, change[~np.isnan(change)]))
    sizes = np.abs(np.concatenate([change for _, change in changes])) if changes else np.array([])
    if not len(sizes):
        return ""
    step = round_step(max(float(np.quantile(sizes, 0.95)), 0.05), 6)
    each = min(max(math.ceil(float(sizes.max()) / step - 1e-9), 2), 7)
    reach = each * step
    edges = [number * step for number in range(-each, each + 1)]
    counts = [np.histogram(np.clip(change[np.abs(change) > _SAME], -reach, reach), edges)[0] for _, change in changes]
    most = max(int(count.max()) for count in counts) or 1
    scale = Scale(
        -reach, reach, tuple(number * step for number in range(-each, each + 1) if number % (3 if each > 5 else 2) == 0)
    )
    parts: list[str] = []
    row = _BARS + 38
    for number, ((name, change), count) in enumerate(zip(changes, counts, strict=True)):
        top, base = number * row, number * row + row - 4
        better, worse = int((change > _SAME).sum()), int((change < -_SAME).sum())
        said = f"{better:,} better, {len(change) - better - worse:,} same, {worse:,} worse"
        parts += [_name(f"{name} against {first.name}", top + 13), _words(said, 4, top + 28, "value")]
        for at, size in enumerate(count.tolist()):
            kind = "bar worse" if edges[at] < 0 else "bar"
            title = f"{name}: {size:,} segments changed by {edges[at]:+g} to {edges[at + 1]:+g}"
            parts.append(_bar((scale.x(edges[at]), scale.x(edges[at + 1])), base, _BARS * size / most, kind, title))
        parts += [_line(4, base, WIDTH - 4, base, "axis"), _line(scale.x(0), base - _BARS, scale.x(0), base, "axis")]
    height = row * len(changes) + _AXIS
    parts += _labels(scale, height, {tick: f"{tick:+g}" for tick in scale.ticks if abs(tick) > step / 2})
    return _svg(parts, height, f"Where systems win and lose against {first.name}, by {metric.label} of segments")


def _known(scores: Floats, metric: Metric) -> Floats:
    found: Floats = scores[~np.isnan(scores)] * metric.factor
    return found


def _buckets(scores: Floats, metric: Metric) -> tuple[list[float], bool]:
    """The edges of buckets, and whether the last one holds everything above: tens of points or percent, else round numbers."""
    low, high = float(scores.min()), float(scores.max())
    if low >= 0 and (metric.factor == 100 or high > 2):
        over = high > 100 + 1e-9
        return [10.0 * number for number in range(12 if over else 11)], over
    step = round_step(high - low or 1, 10)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    return [float(f"{number * step:.9g}") for number in range(first, last + 1)], False


def _grid(scale: Scale, height: int) -> Iterator[str]:
    for tick in scale.ticks:
        yield _line(scale.x(tick), 0, scale.x(tick), height - _AXIS, "grid")
    yield from _labels(scale, height, {})


def _labels(scale: Scale, height: int, others: dict[float, str]) -> Iterator[str]:
    """The numbers below an axis; `others` are words for single ticks."""
    for tick in scale.ticks:
        x = scale.x(tick)
        anchor = "start" if x < 14 else "end" if x > WIDTH - 14 else "middle"
        yield _words(others.get(tick, f"{tick:g}"), x, height - 7, "tick", anchor=anchor)


def _bar(sides: tuple[float, float], base: float, size: float, kind: str, title: str) -> str:
    if not size:
        return ""
    size = max(round(size, 1), 1)
    return element(
        "rect",
        element("title", text(title)),
        x=round(sides[0] + 0.75, 1),
        y=round(base - size, 1),
        width=round(sides[1] - sides[0] - 1.5, 1),
        height=size,
        class_=kind,
    )


def _line(left: float, top: float, right: float, bottom: float, kind: str) -> str:
    return element("line", x1=left, y1=top, x2=right, y2=bottom, class_=kind)


def _words(words: str, x: float, y: float, kind: str, *, anchor: str | None = None) -> str:
    return element("text", text(words), x=x, y=y, class_=kind, text_anchor=anchor)


def _name(name: str, y: float) -> str:
    """A name, its middle left out where it is long: systems' names often differ at the end."""
    from rich.cells import cell_len, chop_cells

    shown_name = name
    if cell_len(name) > _NAME_CELLS:
        start, end = chop_cells(name, 12)[0], chop_cells(name[::-1], _NAME_CELLS - 13)[0][::-1]
        shown_name = f"{start}…{end}"
    return element("text", element("title", text(name)), text(shown_name), x=4, y=y, class_="name")


def _svg(parts: Sequence[str], height: float, label: str) -> str:
    return element("svg", *parts, viewBox=f"0 0 {WIDTH} {height:g}", role="img", aria_label=label, class_="plot")
