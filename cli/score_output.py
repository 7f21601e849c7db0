"""What `yuqiao score` says of an evaluation: JSON, tables, segments, TSV."""

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import emit, emit_table, note, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring.evaluation import Comparison, Evaluation, Figure, SystemResult
    from scoring.metric import Finding, Metric
    from scoring.worst import SegmentResult


def evaluation_json(evaluation: "Evaluation") -> dict[str, object]:
    """The whole evaluation but for its segments, as --json prints it."""
    resampling = evaluation.resampling
    return {
        "target": evaluation.material.target,
        "segments": len(evaluation.material),
        "systems": [_system_json(system, evaluation) for system in evaluation.systems],
        "comparisons": [_comparison_json(one) for one in evaluation.comparisons],
        "resampling": resampling
        and {
            "test": resampling.test,
            "trials": resampling.test_trials,
            "bootstrap_trials": resampling.bootstrap_trials,
            "seed": resampling.seed,
            "unit": "document" if resampling.by_document else "segment",
        },
    }


def _system_json(system: "SystemResult", evaluation: "Evaluation") -> dict[str, object]:
    figures = {name: _figure_json(figure, evaluation.metrics[name]) for name, figure in system.figures.items()}
    return {"name": system.name, **figures, "warnings": list(system.warnings)}


def _figure_json(figure: "Figure", metric: "Metric") -> dict[str, Any]:
    interval = figure.interval
    return {
        metric.score_field: _number(figure.score),
        "low": interval and _number(interval.low),
        "high": interval and _number(interval.high),
        "signature": figure.signature,
        **figure.details,
    }


def _comparison_json(one: "Comparison") -> dict[str, object]:
    interval = one.result.interval
    return {
        "metric": one.metric,
        "baseline": one.baseline,
        "system": one.system,
        "difference": _number(one.result.difference),
        "low": interval and _number(interval.low),
        "high": interval and _number(interval.high),
        "p": one.result.p,
        "significant": one.significant,
    }


def _number(value: float) -> float | None:
    """JSON knows no nan: nothing to be scored is null."""
    return None if math.isnan(value) else value


def print_evaluation(evaluation: "Evaluation") -> None:
    """A row a system, and below it signatures and what the marks mean; piped, these go to stderr."""
    metrics = list(evaluation.metrics.values())
    significance = {(one.system, one.metric): one for one in evaluation.comparisons}
    rows = []
    for system in evaluation.systems:
        cells = [_cell(system.figures[m.name], m, significance.get((system.name, m.name))) for m in metrics]
        rows.append([system.name, *cells])
    emit_table(["system", *(metric.label for metric in metrics)], rows, right=range(1, len(metrics) + 1))
    say = emit if sys.stdout.isatty() else note
    say("")
    for metric in metrics:
        say(f"{metric.label}: {metric.signature()}")
    if evaluation.resampling:
        resampling = evaluation.resampling
        unit = "documents" if resampling.by_document else "segments"
        say(f"± half the 95 % interval over {resampling.bootstrap_trials:,} draws of {unit}, seed {resampling.seed}")
        if evaluation.comparisons:
            baseline, trials = evaluation.systems[0].name, f"{resampling.test_trials:,} trials"
            say(f"* differs from {baseline}: p < 0.05, paired {resampling.test}, {trials}")


def _cell(figure: "Figure", metric: "Metric", comparison: "Comparison | None") -> str:
    if math.isnan(figure.score):
        return "-"
    factor = metric.factor
    text = f"{figure.score * factor:.2f}" + (" %" if metric.scale == "ratio" else "")
    if figure.interval:
        text += f" ±{(figure.interval.high - figure.interval.low) * factor / 2:.2f}"
    return text + ("*" if comparison and comparison.significant else "")


# Segments


def segments_json(results: "Sequence[SegmentResult]", evaluation: "Evaluation") -> list[dict[str, object]]:
    """Segments for JSON: line numbers count from 1, scores that are not there are null."""
    return [
        {
            "segment": result.index + 1,
            "system": result.system,
            **_texts(result, evaluation),
            "scores": {name: _number(score) for name, score in result.scores.items()},
            "change": None if result.change is None else _number(result.change),
            "findings": [_finding_json(finding) for finding in result.findings],
        }
        for result in results
    ]


def _texts(result: "SegmentResult", evaluation: "Evaluation") -> dict[str, object]:
    material, index = evaluation.material, result.index
    texts: dict[str, object] = {"text": result.text}
    if material.source is not None:
        texts["source"] = material.source[index]
    if material.references:
        texts["references"] = [reference[index] for reference in material.references]
    if material.documents is not None:
        texts["document"] = material.documents[index]
    return texts


def _finding_json(finding: "Finding") -> dict[str, object]:
    def span(place: tuple[int, int] | None) -> dict[str, int] | None:
        return None if place is None else {"start": place[0], "end": place[1]}

    return {
        "metric": finding.metric,
        "outcome": finding.outcome,
        "message": finding.message,
        "source": span(finding.source),
        "target": span(finding.target),
        "fault": finding.fault,
        "grave": finding.grave,
    }


def print_segments(results: "Sequence[SegmentResult]", evaluation: "Evaluation") -> None:
    """Segments for reading: source, references, translation, and what is wrong with it."""
    metrics = evaluation.metrics
    for result in results:
        scores = [f"{metrics[name].label} {_shown(score, metrics[name])}" for name, score in result.scores.items()]
        change = "" if result.change is None or math.isnan(result.change) else f", change {result.change:+.2f}"
        emit()
        emit(styled(f"{result.system}, segment {result.index + 1}: {', '.join(scores)}{change}", "bold"))
        material = evaluation.material
        if material.source is not None:
            emit(f"  source: {material.source[result.index]}")
        for reference in material.references:
            emit(f"  reference: {reference[result.index]}")
        emit(f"  translation: {result.text}")
        for finding in result.findings:
            if finding.fault:
                emit("  " + styled(f"{finding.metric}: {finding.message}", "red" if finding.grave else "yellow"))


def _shown(score: float, metric: "Metric") -> str:
    return "-" if math.isnan(score) else f"{score * metric.factor:.2f}"


def write_table(path: Path, results: "Sequence[SegmentResult]", evaluation: "Evaluation") -> None:
    """All segments of all systems as TSV, for spreadsheets and scripts; tabs and line ends inside texts become blanks."""
    from tm.documents.saving import write_bytes

    names = list(evaluation.metrics)
    header = ["system", "segment", *names, "change", "faults", "findings", "text"]
    rows = [header]
    for result in results:
        scores = ["" if math.isnan(result.scores[name]) else f"{result.scores[name]:.6g}" for name in names]
        change = "" if result.change is None or math.isnan(result.change) else f"{result.change:.6g}"
        said = "; ".join(finding.message for finding in result.findings if finding.fault)
        rows.append([result.system, str(result.index + 1), *scores, change, str(result.faults), said, result.text])
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    write_bytes(path, "".join(line + "\n" for line in lines).encode())
