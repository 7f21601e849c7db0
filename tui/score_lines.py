"""Scores as lines: a table of systems and metrics, bars, one segment with its faults, what differs from the reference."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content

from tui.concept_lines import paragraph
from tui.wrapping import fit, one_line

if TYPE_CHECKING:
    from scoring.evaluation import Comparison, Evaluation, Figure
    from scoring.metric import Finding, Metric
    from scoring.worst import SegmentResult

BETTER: Final = "*+"
WORSE: Final = "*-"
_NAME: Final = 24
_LONG_NAME: Final = 12
"""The list of segments has so many cells for a name."""

_WIDEST_BAR: Final = 60
_LOOKED_UP: Final = 9
"""So many findings of a segment have a digit that looks their term up."""


def figure_lines(evaluation: "Evaluation", cells: int) -> list[Content]:
    """The table, then for each metric its scores with their intervals as bars."""
    metrics = list(evaluation.metrics.values())
    compared = {(one.system, one.metric): one for one in evaluation.comparisons}
    names = shown_names(evaluation)
    longest = max(cell_len(one_line(name)) for name in names.values())
    name_cells = min(max(longest, len("system")), _NAME, max(6, cells // 3)) + 1
    lines = list(_table(evaluation, metrics, compared, name_cells, cells))
    if evaluation.comparisons and evaluation.resampling:
        first = one_line(names[evaluation.systems[0].name])
        trials = evaluation.resampling.test_trials
        said = f"{BETTER} better, {WORSE} worse than {first}: p < 0.05, paired {evaluation.resampling.test}, {trials:,} trials"
        lines += paragraph(said, cells, style=".muted")
    for metric in metrics:
        lines += [Content(""), *_metric(evaluation, metric, compared, name_cells, cells)]
    for warning in (warning for system in evaluation.systems for warning in system.warnings):
        lines += [Content(""), *paragraph(f"! {warning}", cells, style=".proposed")]
    return lines


def shown_names(evaluation: "Evaluation") -> dict[str, str]:
    """The names of the systems as tables show them: where one is long, what tells them apart."""
    from scoring.naming import distinct_parts

    names = [system.name for system in evaluation.systems]
    if max(map(cell_len, names)) <= _LONG_NAME:
        return {name: name for name in names}
    return dict(zip(names, distinct_parts(names), strict=True))


def _table(
    evaluation: "Evaluation",
    metrics: "Sequence[Metric]",
    compared: "dict[tuple[str, str], Comparison]",
    name_cells: int,
    cells: int,
) -> Iterator[Content]:
    """The scores, as many metrics side by side as there is room for, the others below."""
    column = max([len("100.00 %*+") + 1, *(len(metric.label) + 2 for metric in metrics)])
    together = max(1, (cells - name_cells) // column)
    names = shown_names(evaluation)
    for start in range(0, len(metrics), together):
        part = metrics[start : start + together]
        # The two last cells are for the marks, so that numbers stand below each other.
        heads = "".join(f"{metric.label:>{column - 2}}  " for metric in part)
        yield Content.assemble((fit("system", name_cells), ".muted"), (heads.rstrip(), ".muted"))
        for system in evaluation.systems:
            line = Content(fit(names[system.name], name_cells)).stylize(".title")
            for metric in part:
                mark = mark_of(compared.get((system.name, metric.name)), metric)
                number = f"{shown_score(system.figures[metric.name].score, metric):>{column - 2}}"
                line += Content.assemble(number, (mark.ljust(2), _mark_style(mark)))
            yield line.rstrip()


def mark_of(comparison: "Comparison | None", metric: "Metric") -> str:
    """*+ for significantly better than the first system, *- for worse, nothing where chance may explain it."""
    if comparison is None or not comparison.significant:
        return ""
    return BETTER if (comparison.result.difference > 0) != metric.lower_is_better else WORSE


def _mark_style(mark: str) -> str:
    return {BETTER: ".approved", WORSE: ".rejected"}.get(mark, "")


def shown_score(score: float, metric: "Metric") -> str:
    """A score as people read it: two decimals, shares in percent, a dash where there was nothing to score."""
    if math.isnan(score):
        return "-"
    return f"{score * metric.factor:.2f}" + (" %" if metric.scale == "ratio" else "")


def _metric(
    evaluation: "Evaluation",
    metric: "Metric",
    compared: "dict[tuple[str, str], Comparison]",
    name_cells: int,
    cells: int,
) -> Iterator[Content]:
    better = "lower" if metric.lower_is_better else "higher"
    yield Content.assemble((metric.label, ".heading"), (f"  {better} is better, 95 % intervals", ".muted")).truncate(cells)
    figures = [(system.name, system.figures[metric.name]) for system in evaluation.systems]
    names = shown_names(evaluation)
    intervals = [_interval(figure, metric) for _, figure in figures]
    interval_cells = max(map(len, intervals))
    marks = [mark_of(compared.get((name, metric.name)), metric) for name, _ in figures]
    room = min(_WIDEST_BAR, cells - name_cells - 10 - interval_cells - 6)
    highest = max((_top(figure) for _, figure in figures), default=0.0)
    for (name, figure), interval, mark in zip(figures, intervals, marks, strict=True):
        yield Content.assemble(
            fit(names[name], name_cells),
            f"{shown_score(figure.score, metric):>10}",
            (mark.ljust(2), _mark_style(mark)),
            (f"  {interval:<{interval_cells}}  ", ".muted"),
            (bar(figure, highest, room), ".accent"),
        ).rstrip()


def _interval(figure: "Figure", metric: "Metric") -> str:
    if figure.interval is None or math.isnan(figure.interval.low):
        return ""
    low, high = figure.interval.low * metric.factor, figure.interval.high * metric.factor
    return f"{low:.2f} to {high:.2f}"


def _top(figure: "Figure") -> float:
    top = figure.interval.high if figure.interval else figure.score
    return 0.0 if math.isnan(top) else top


def bar(figure: "Figure", highest: float, cells: int) -> str:
    """A score from 0: full blocks up to the low end of its interval, dark to the score, light to the high end."""
    if cells < 5 or highest <= 0 or math.isnan(figure.score):
        return ""
    low = figure.interval.low if figure.interval else figure.score
    high = figure.interval.high if figure.interval else figure.score
    ends = [round(max(0.0, end) / highest * cells) for end in (low, figure.score, high)]
    return "█" * ends[0] + "▓" * (ends[1] - ends[0]) + "░" * (ends[2] - max(ends[1], ends[0]))


def segment_line(result: "SegmentResult", evaluation: "Evaluation", cells: int) -> Content:
    """A segment in the list: how grave, its number, its system, the score it is sorted by, its translation."""
    from scoring.worst import ordering_metric

    by = ordering_metric(evaluation)
    metric = evaluation.metrics[by] if by else None
    sign, style = ("!", ".rejected") if result.grave else ("x", ".proposed") if result.faults else (" ", "")
    faults = f"{sign}{result.faults}" if result.faults else ""
    digits = len(str(len(evaluation.material)))
    several = len(evaluation.systems) > 1
    names = shown_names(evaluation)
    name = fit(names[result.system], min(12, max(cell_len(one_line(name)) for name in names.values()))) if several else ""
    score = f"{shown_score(result.scores[by], metric):>8}" if by and metric else ""
    head = Content.assemble((f"{faults:<4}", style), f"{result.index + 1:>{digits}} ", (name, ".muted"), (score, ".soft"), "  ")
    return head + Content(fit(result.text, max(0, cells - head.cell_length)))


def segment_lines(result: "SegmentResult", evaluation: "Evaluation", cells: int) -> list[Content]:
    """Everything about a segment: scores, texts with terms and numbers marked, findings, differences."""
    material, at = evaluation.material, result.index
    scores = "   ".join(
        f"{metric.label} {shown_score(result.scores[name], metric)}" for name, metric in evaluation.metrics.items()
    )
    lines = [
        Content.assemble((one_line(result.system), ".title"), (f"   segment {at + 1}", ".muted")).truncate(cells),
        *paragraph(scores, cells, style=".soft"),
    ]
    findings = listed_findings(result)
    if material.source is not None:
        spans = [finding.source for finding in findings if finding.source]
        lines += [Content(""), _heading("Source"), *paragraph(material.source[at], cells, spans=_apart(spans))]
    for number, reference in enumerate(material.references, start=1):
        heading = f"Reference {number}" if len(material.references) > 1 else "Reference"
        lines += [Content(""), _heading(heading), *paragraph(reference[at], cells)]
    spans = [finding.target for finding in findings if finding.target]
    lines += [Content(""), _heading("Translation"), *paragraph(result.text, cells, spans=_apart(spans))]
    if findings:
        lines += [Content(""), _heading("Terms and numbers")]
    terms = numbered_findings(result)
    for finding in findings:
        lines += _finding(finding, str(terms.index(finding) + 1) if finding in terms[:_LOOKED_UP] else " ", cells)
    if material.references:
        lines += [Content(""), _heading("Against the reference")]
        lines += _differences(result.text, material.references[0][at], cells, chinese=material.target == "zh")
    return lines


def listed_findings(result: "SegmentResult") -> "list[Finding]":
    """The findings of a segment in the order they are shown in: grave ones, other faults, what is right."""
    return sorted(result.findings, key=lambda finding: (not finding.grave, not finding.fault))


def numbered_findings(result: "SegmentResult") -> "list[Finding]":
    """Those whose digit looks something up: terms, since the term base has nothing on numbers."""
    return [finding for finding in listed_findings(result) if finding.source and finding.metric != "numbers"]


def _heading(text: str) -> Content:
    return Content(text).stylize(".heading")


def _apart(spans: "Sequence[tuple[int, int]]") -> list[tuple[int, int]]:
    """The spans in order, without those that overlap one before."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _finding(finding: "Finding", key: str, cells: int) -> list[Content]:
    sign, style = ("!", ".rejected") if finding.grave else ("x", ".proposed") if finding.fault else ("✓", ".approved")
    lines = paragraph(f"{finding.metric}: {finding.message}", max(8, cells - 4))
    heads = [Content.assemble((key, ".accent"), " ", (sign, style), " "), *([Content("    ")] * (len(lines) - 1))]
    return [head + line for head, line in zip(heads, lines, strict=True)]


def _differences(text: str, reference: str, cells: int, *, chinese: bool) -> list[Content]:
    """The translation with what the reference has instead: [-theirs-] {+ours+}."""
    from tm.matching import difference

    if text == reference:
        return paragraph("the same", cells, style=".muted")
    written, spans = "", []
    for edit in difference(text, reference, "zh" if chinese else "en"):
        piece = {"same": "{}", "match": "[-{}-]", "query": "{{+{}+}}"}[edit.kind].format(edit.text)
        if edit.kind != "same":
            spans.append((len(written), len(written) + len(piece)))
        written += piece
    return paragraph(written, cells, spans=_apart(spans))
