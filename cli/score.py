"""yuqiao score."""

import sys
from pathlib import Path

import click

from cli.options import json_option
from cli.output import emit, emit_json, emit_table, note
from lang.encoding import read_text
from lang.errors import UnsupportedError
from scoring.metrics import METRICS, Language, SystemScores, score_system, target_language
from scoring.naming import system_names

_LABELS = {"bleu": "BLEU", "chrf": "chrF", "ter": "TER"}


@click.command("score")
@click.argument("hypotheses", metavar="HYP...", nargs=-1, required=True)
@click.option("--ref", "references", multiple=True, required=True, help="The reference; may be given several times.")
@click.option("--src", "source", help="The source; it tells the direction where --from does not.")
@click.option("--from", "from_language", type=click.Choice(["zh", "en"]), help="The language translated from.")
@click.option("--metrics", default=",".join(METRICS), show_default=True, help="Which figures, parted by commas.")
@json_option
def score_command(
    hypotheses: tuple[str, ...],
    references: tuple[str, ...],
    source: str | None,
    from_language: Language | None,
    metrics: str,
    *,
    as_json: bool,
) -> None:
    """Score translations against references, one segment a line: BLEU, chrF, TER, as sacreBLEU computes them.

    The target's language chooses the tokenizer; every figure has sacreBLEU's signature.

    \b
    Examples:
      yuqiao score --ref reference.en.txt system1.en.txt system2.en.txt
      yuqiao score --ref reference.zh.txt --metrics bleu,chrf output.zh.txt --json
    """
    chosen = [name.strip().lower() for name in metrics.split(",") if name.strip()]
    unknown = [name for name in chosen if name not in METRICS]
    if unknown or not chosen:
        raise UnsupportedError(f"No metric is called {', '.join(unknown) or metrics!r}.", f"Choose among {', '.join(METRICS)}.")
    streams = [_lines(path) for path in references]
    if source is not None:
        _same_length(source, _lines(source), references[0], streams[0])
    target: Language = {"zh": "en", "en": "zh"}[from_language] if from_language else target_language(streams)  # type: ignore[assignment]
    systems: list[SystemScores] = []
    for name, path in zip(system_names(hypotheses), hypotheses, strict=True):
        lines = _lines(path)
        systems.append(
            score_system(name, lines, streams, target=target, metrics=chosen, started=lambda m, n=name: _progress(n, m))  # type: ignore[misc]
        )
    for system in systems:
        for warning in system.warnings:
            note(f"warning: {warning}")
    if as_json:
        emit_json({"target": target, "segments": len(streams[0]), "systems": [_json(system) for system in systems]})
    else:
        _print(systems, chosen)


def _lines(path: str) -> list[str]:
    if path == "-":
        from lang.encoding import decode

        text = decode(sys.stdin.buffer.read(), "standard input")
    else:
        text = read_text(Path(path))
    # Only line feeds part segments: U+2028 or a form feed inside one must not shift all that follow.
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def _same_length(name: str, lines: list[str], other: str, others: list[str]) -> None:
    if len(lines) != len(others):
        from lang.errors import YuqiaoError

        raise YuqiaoError(
            f"{name} has {len(lines)} lines, {other} has {len(others)}.", "Line n of each must be the same segment."
        )


def _progress(system: str, metric: str) -> None:
    if sys.stderr.isatty():
        note(f"{system}: {_LABELS[metric]} ...")


def _json(system: SystemScores) -> dict[str, object]:
    figures = {name: {"score": score.score, "signature": score.signature} for name, score in system.scores.items()}
    return {"name": system.name, **figures, "warnings": system.warnings}


def _print(systems: list[SystemScores], metrics: list[str]) -> None:
    rows = [[system.name, *(f"{system.scores[name].score:.2f}" for name in metrics)] for system in systems]
    emit_table(["system", *(_LABELS[name] for name in metrics)], rows, right=range(1, len(metrics) + 1))
    if sys.stdout.isatty():
        emit()
        for name in metrics:
            emit(f"{_LABELS[name]}: {systems[0].scores[name].signature}")
    else:
        for name in metrics:
            note(f"{_LABELS[name]}: {systems[0].scores[name].signature}")
