"""yuqiao score."""

import math
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note, stages
from lang.errors import UnsupportedError, YuqiaoError

if TYPE_CHECKING:
    from scoring.evaluation import Comparison, Evaluation, Figure, Resampling, SystemResult
    from scoring.material import Language, Material
    from scoring.metric import Metric


@click.command("score")
@click.argument("hypotheses", metavar="HYP...", nargs=-1, required=True)
@click.option("--ref", "references", metavar="FILE", multiple=True, help="The reference; may be given several times.")
@click.option("--src", "source", metavar="FILE", help="The source; terms and numbers are judged against it.")
@click.option("--from", "from_language", type=click.Choice(["zh", "en"]), help="The language translated from; else by the text.")
@click.option(
    "--metrics", metavar="NAMES", help="Which figures, parted by commas; default: all that references and source allow."
)
@click.option(
    "--documents", metavar="FILE", help="The document each segment is of, one name a line; intervals then draw documents."
)
@click.option("--script", type=click.Choice(["keep", "fold"]), default="keep", help="fold: score blind to the Chinese script.")
@click.option(
    "--test",
    type=click.Choice(["bootstrap", "randomization", "none"]),
    default="bootstrap",
    show_default=True,
    help="The paired test of each system against the first; none leaves out intervals too.",
)
@click.option("--trials", type=click.IntRange(10, 1_000_000), help="Trials of the test; default 1,000 or, randomized, 10,000.")
@click.option("--seed", type=click.IntRange(0), default=12345, show_default=True, help="Of the random numbers.")
@json_option
def score_command(
    hypotheses: tuple[str, ...],
    references: tuple[str, ...],
    source: str | None,
    from_language: "Language | None",
    metrics: str | None,
    documents: str | None,
    script: str,
    test: str,
    trials: int | None,
    seed: int,
    *,
    as_json: bool,
) -> None:
    """Score translations, one segment a line: BLEU, chrF, chrF++, TER as sacreBLEU computes them, with 95 % intervals.

    The target's language chooses the tokenizer; every figure has its signature. Files are plain text, FILE.tsv#COLUMN,
    FILE.jsonl#FIELD, TMX or XLIFF, also packed (gz, xz); - is standard input. Of several systems the first is the baseline.

    \b
    Examples:
      yuqiao score --ref reference.en.txt system1.en.txt system2.en.txt
      yuqiao score --ref news.jsonl#ref --src news.jsonl#src news.jsonl#mt --metrics bleu,terms --json
    """
    from scoring.evaluation import evaluate

    material = _material(hypotheses, references, source, documents, from_language)
    if script == "fold":
        from scoring.material import in_one_script

        material = in_one_script(material)
    chosen = _metrics(metrics, material)
    with stages() as started:
        evaluation = evaluate(material, chosen, resampling=_resampling(test, trials, seed, material), started=started)
    for system in evaluation.systems:
        for warning in system.warnings:
            note(f"warning: {warning}")
    if as_json:
        emit_json(_json(evaluation))
    else:
        _print(evaluation)


def _material(
    hypotheses: Sequence[str],
    references: Sequence[str],
    source: str | None,
    documents: str | None,
    from_language: "Language | None",
) -> "Material":
    from scoring.material import Material, checked, language_of
    from scoring.naming import system_names
    from scoring.segment_files import read_segments

    places = [*hypotheses, *references, source, documents]
    if places.count("-") > 1:
        raise YuqiaoError("Standard input can be read once only.", "Give - for one of the files.")
    streams = [read_segments(place) for place in references]
    systems = {name: read_segments(place) for name, place in zip(system_names(hypotheses), hypotheses, strict=True)}
    target: Language
    if from_language:
        target = "en" if from_language == "zh" else "zh"
    else:
        target = language_of(streams[0] if streams else next(iter(systems.values())))
    return checked(
        Material(
            systems,
            streams,
            read_segments(source, side="source") if source else None,
            target,
            read_segments(documents) if documents else None,
        )
    )


def _metrics(names: str | None, material: "Material") -> "list[Metric]":
    from scoring.registry import NEED_REFERENCE, NEED_SOURCE, metric_class, metric_names, unknown, usual_metrics

    if names is None:
        chosen = usual_metrics(references=bool(material.references), source=material.source is not None)
    else:
        chosen = list(dict.fromkeys(name.strip().lower() for name in names.split(",") if name.strip()))
    odd = unknown(chosen)
    if odd or (names is not None and not chosen):
        raise UnsupportedError(
            f"No metric is called {', '.join(odd) or repr(names)}.", f"Choose among {', '.join(metric_names())}."
        )
    if not chosen:
        raise YuqiaoError("There is nothing to score against.", "Give a reference with --ref, or the source with --src.")
    for name in chosen:
        if name in NEED_REFERENCE and not material.references:
            raise YuqiaoError(f"{name} needs a reference.", "Give one with --ref.")
        if name in NEED_SOURCE and material.source is None:
            raise YuqiaoError(f"{name} needs the source.", "Give it with --src.")
    return [metric_class(name)(material) for name in chosen]


def _resampling(test: str, trials: int | None, seed: int, material: "Material") -> "Resampling | None":
    from scoring.evaluation import Resampling

    if test == "none":
        return None
    by_document = material.documents is not None
    if test == "randomization":
        return Resampling("randomization", trials or 0, seed=seed, by_document=by_document)
    return Resampling("bootstrap", trials or 0, trials or Resampling().bootstrap_trials, seed, by_document)


def _json(evaluation: "Evaluation") -> dict[str, object]:
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


def _print(evaluation: "Evaluation") -> None:
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
    factor = 100 if metric.scale == "ratio" else 1
    text = f"{figure.score * factor:.2f}" + (" %" if metric.scale == "ratio" else "")
    if figure.interval:
        text += f" ±{(figure.interval.high - figure.interval.low) * factor / 2:.2f}"
    return text + ("*" if comparison and comparison.significant else "")
