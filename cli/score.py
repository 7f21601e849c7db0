"""yuqiao score."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, stages, styled
from lang.errors import YuqiaoError

if TYPE_CHECKING:
    from scoring.evaluation import Evaluation, Resampling
    from scoring.gate import Claim, ClaimResult, Floor
    from scoring.material import Language, Material
    from scoring.report import Occasion
    from scoring.request import Request
    from scoring.worst import SegmentResult


@click.command("score")
@click.argument("hypotheses", metavar="HYP...", nargs=-1, required=True)
@click.option("--ref", "references", metavar="FILE", multiple=True, help="The reference; may be given several times.")
@click.option("--src", "source", metavar="FILE", help="The source; terms and numbers are judged against it.")
@click.option("--from", "from_language", type=click.Choice(["zh", "en"]), help="The language translated from; else by the text.")
@click.option(
    "--metrics", metavar="NAMES", help="Which figures, parted by commas; default: all that references and source allow."
)
@click.option("--terms", metavar="FILE", help="Terms to expect: a glossary, or FILE.jsonl#FIELD, a dictionary for each segment.")
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
@click.option("--exact", is_flag=True, help="Take sacreBLEU's own, slow tests for its metrics, to the last digit.")
@click.option("--segments", metavar="N", type=click.IntRange(1), help="Show the N worst segments of each system.")
@click.option(
    "--order",
    type=click.Choice(["worst", "loss"]),
    default="worst",
    show_default=True,
    help="Of segments: worst first, or what loses most against the first system.",
)
@click.option("--tsv", type=click.Path(path_type=Path), help="Write all segments with scores and faults as a table.")
@click.option("--report", type=click.Path(path_type=Path), help="Write all of it as one HTML page, segments included.")
@click.option("--fail-under", metavar="FIGURES", help="End with status 1 unless every system reaches, say, terms=98.6,bleu=30.")
@click.option(
    "--baseline",
    metavar="FILE",
    help="An earlier translation: status 1 on a significant loss, a new wrong number or forbidden term.",
)
@click.option("--claim", "claims", metavar="CLAIM", multiple=True, help="Say whether the data support, say, 'terms>=98.6'.")
@json_option
@click.pass_obj
def score_command(
    db: str | None,
    hypotheses: tuple[str, ...],
    references: tuple[str, ...],
    source: str | None,
    from_language: "Language | None",
    metrics: str | None,
    terms: str | None,
    documents: str | None,
    script: Literal["keep", "fold"],
    test: str,
    trials: int | None,
    seed: int,
    segments: int | None,
    order: Literal["worst", "loss"],
    tsv: Path | None,
    report: Path | None,
    fail_under: str | None,
    baseline: str | None,
    claims: tuple[str, ...],
    *,
    exact: bool,
    as_json: bool,
) -> None:
    """Score translations, one segment a line: BLEU, chrF, chrF++, TER as sacreBLEU computes them, with 95 % intervals.

    The target's language chooses the tokenizer; every figure has its signature. Files are plain text, FILE.tsv#COLUMN,
    FILE.jsonl#FIELD, TMX or XLIFF, also packed (gz, xz); - is standard input. Of several systems the first is the baseline.

    \b
    Examples:
      yuqiao score --ref reference.en.txt system1.en.txt system2.en.txt
      yuqiao score --ref news.jsonl#ref --src news.jsonl#src news.jsonl#mt --metrics bleu,terms --json
      yuqiao score --ref ref.en.txt --src speech.zh.txt a.en.txt b.en.txt --report scores.html
    """
    from cli.score_output import evaluation_json, print_evaluation, print_segments, segments_json, write_table
    from scoring.gate import parse_claim, parse_floors
    from scoring.request import Request, all_segment_results, expected_terms, wanted_metrics, write_report

    if baseline:
        hypotheses = (baseline, *hypotheses)
        if test == "none":
            raise YuqiaoError("A baseline needs a test.", "Leave out --test none.")
    _check_folders(tsv, report)
    request = Request(hypotheses, references, source, documents, from_language, script)
    material = request.material()
    names = wanted_metrics(metrics, material)
    floors = parse_floors(fail_under, names) if fail_under else []
    asked = [parse_claim(claim, names) for claim in claims]
    with expected_terms(db, terms, names, material) as expected:
        material = replace(material, terms=expected)
        evaluation = _evaluated(material, names, _resampling(test, trials, seed, material), exact=exact)
    results = all_segment_results(evaluation) if segments or tsv or report else {}
    if tsv:
        write_table(tsv, [result for own in results.values() for result in own], evaluation)
    verdict = _Verdict.of(evaluation, floors, asked, compared=baseline is not None)
    if report:
        write_report(report, evaluation, results, _occasion(evaluation, request, verdict, gated=bool(fail_under or baseline)))
    for warning in (warning for system in evaluation.systems for warning in system.warnings):
        note(f"warning: {warning}")
    shown = _chosen(evaluation, results, segments, order) if segments else []
    if as_json:
        worst = {"worst": segments_json(shown, evaluation)} if segments else {}
        emit_json({**evaluation_json(evaluation), **verdict.json(), **worst})
    else:
        print_evaluation(evaluation)
        print_segments(shown, evaluation)
        verdict.print()
    sys.exit(0 if verdict.passed else 1)


def _check_folders(*places: Path | None) -> None:
    """YuqiaoError where a file's folder is not there: nobody wants to learn it after minutes of scoring."""
    for place in places:
        if place and not place.absolute().parent.is_dir():
            raise YuqiaoError(f"{place}: there is no such folder.", "Make it first, or choose another place.")


def _evaluated(material: "Material", names: Sequence[str], resampling: "Resampling | None", *, exact: bool) -> "Evaluation":
    from scoring.evaluation import evaluate
    from scoring.registry import metric_class

    metrics = [metric_class(name)(material) for name in names]
    with stages() as started:
        evaluation = evaluate(material, metrics, resampling=resampling, started=started)
        if not (exact and resampling):
            return evaluation
        from scoring.exact import exact_comparisons

        return replace(evaluation, comparisons=exact_comparisons(evaluation, resampling))


def _chosen(
    evaluation: "Evaluation", results: "dict[str, list[SegmentResult]]", wanted: int, order: Literal["worst", "loss"]
) -> "list[SegmentResult]":
    """The segments to be shown of each system."""
    from scoring.worst import losses_first, worst_first

    shown: list[SegmentResult] = []
    for own in results.values():
        shown += (worst_first(own, evaluation) if order == "worst" else losses_first(own))[:wanted]
    return shown


def _occasion(evaluation: "Evaluation", request: "Request", verdict: "_Verdict", *, gated: bool) -> "Occasion":
    from scoring.report import TITLE, Occasion

    title = f"{TITLE}: {', '.join(evaluation.material.systems)}"
    return Occasion(title, request.files(), verdict.failures, verdict.claims, gated)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What gates and claims came to."""

    failures: list[str]
    claims: "list[ClaimResult]"

    @classmethod
    def of(cls, evaluation: "Evaluation", floors: "Sequence[Floor]", claims: "Sequence[Claim]", *, compared: bool) -> "_Verdict":
        from scoring.gate import below, judge, losses

        # The baseline is there to be compared with; it need not reach anything itself.
        own = replace(evaluation, systems=evaluation.systems[1:]) if compared else evaluation
        failures = below(floors, own) + (losses(evaluation) if compared else [])
        return cls(failures, [result for claim in claims for result in judge(claim, own)])

    @property
    def passed(self) -> bool:
        return not self.failures and all(claim.verdict == "supported" for claim in self.claims)

    def json(self) -> dict[str, object]:
        claims = [
            {
                "claim": str(one.claim),
                "system": one.system,
                "verdict": one.verdict,
                "score": one.score,
                "low": one.low,
                "high": one.high if math.isfinite(one.high) else None,
                "n": one.n,
            }
            for one in self.claims
        ]
        return {"failures": self.failures, "claims": claims}

    def print(self) -> None:
        for failure in self.failures:
            emit(styled("failed: ", "red") + failure)
        for one in self.claims:
            emit(one.message)


def _resampling(test: str, trials: int | None, seed: int, material: "Material") -> "Resampling | None":
    from scoring.evaluation import Resampling

    if test == "none":
        return None
    by_document = material.documents is not None
    if test == "randomization":
        return Resampling("randomization", trials or 0, seed=seed, by_document=by_document)
    return Resampling("bootstrap", trials or 0, trials or Resampling().bootstrap_trials, seed, by_document)
