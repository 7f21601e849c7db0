"""yuqiao score."""

import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from cli.options import json_option
from cli.output import emit, emit_json, note, stages, styled
from lang.errors import UnsupportedError, YuqiaoError

if TYPE_CHECKING:
    from scoring.evaluation import Evaluation, Resampling
    from scoring.expected_terms import ExpectedTerms
    from scoring.gate import Claim, ClaimResult, Floor
    from scoring.material import Language, Material
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
    script: str,
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

    if baseline:
        hypotheses = (baseline, *hypotheses)
        if test == "none":
            raise YuqiaoError("A baseline needs a test.", "Leave out --test none.")
    _check_folders(tsv, report)
    material = _material(hypotheses, references, source, documents, from_language, script)
    names = _metric_names(metrics, material)
    floors = parse_floors(fail_under, names) if fail_under else []
    asked = [parse_claim(claim, names) for claim in claims]
    with _expected_terms(db, terms, names, material) as expected:
        material = replace(material, terms=expected)
        evaluation = _evaluated(material, names, _resampling(test, trials, seed, material), exact=exact)
    results = _results(evaluation) if segments or tsv or report else {}
    if tsv:
        write_table(tsv, [result for own in results.values() for result in own], evaluation)
    verdict = _Verdict.of(evaluation, floors, asked, compared=baseline is not None)
    if report:
        files = _files(material, hypotheses, references, source, documents)
        _write_report(report, evaluation, results, verdict, files, gated=bool(fail_under or baseline))
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


def _results(evaluation: "Evaluation") -> "dict[str, list[SegmentResult]]":
    from scoring.worst import segment_results

    return {system: segment_results(evaluation, system) for system in evaluation.material.systems}


def _chosen(
    evaluation: "Evaluation", results: "dict[str, list[SegmentResult]]", wanted: int, order: Literal["worst", "loss"]
) -> "list[SegmentResult]":
    """The segments to be shown of each system."""
    from scoring.worst import losses_first, worst_first

    shown: list[SegmentResult] = []
    for own in results.values():
        shown += (worst_first(own, evaluation) if order == "worst" else losses_first(own))[:wanted]
    return shown


def _files(
    material: "Material", hypotheses: Sequence[str], references: Sequence[str], source: str | None, documents: str | None
) -> list[tuple[str, str]]:
    """What each file is, and its place."""
    found = [("source", source)] if source else []
    found += [("reference", place) for place in references]
    found += [("documents", documents)] if documents else []
    return found + list(zip(material.systems, hypotheses, strict=True))


def _write_report(
    path: Path,
    evaluation: "Evaluation",
    results: "dict[str, list[SegmentResult]]",
    verdict: "_Verdict",
    files: list[tuple[str, str]],
    *,
    gated: bool,
) -> None:
    from scoring.report import TITLE, Occasion, report_page
    from tm.documents.saving import write_bytes

    title = f"{TITLE}: {', '.join(evaluation.material.systems)}"
    page = report_page(evaluation, results, Occasion(title, files, verdict.failures, verdict.claims, gated))
    write_bytes(path, page.encode())


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


def _material(
    hypotheses: Sequence[str],
    references: Sequence[str],
    source: str | None,
    documents: str | None,
    from_language: "Language | None",
    script: str,
) -> "Material":
    from scoring.material import Material, checked, in_one_script, language_of
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
    sources = read_segments(source, side="source") if source else None
    material = checked(Material(systems, streams, sources, target, read_segments(documents) if documents else None))
    return in_one_script(material) if script == "fold" else material


@contextmanager
def _expected_terms(
    db: str | None, terms: str | None, names: Sequence[str], material: "Material"
) -> "Iterator[ExpectedTerms | None]":
    """The terms asked for, those of the term base where none are, None where no metric wants any."""
    from scoring.registry import NEED_TERMS

    if NEED_TERMS.isdisjoint(names):
        yield None
        return
    from scoring.expected_terms import DictionaryTerms, GlossaryTerms, read_dictionaries, term_file
    from scoring.segment_files import split_place
    from workspace.workspace import Workspace

    if terms is None:
        with Workspace.open(db) as workspace:
            yield GlossaryTerms(workspace.glossary, material.target)
        return
    path, field = split_place(terms)
    expected = read_dictionaries(Path(path), field) if field else term_file(Path(path), material.target)
    if isinstance(expected, DictionaryTerms) and len(expected.dictionaries) != len(material):
        raise YuqiaoError(
            f"{path} has {len(expected.dictionaries):,} dictionaries for {len(material):,} segments.",
            "Line n must be for segment n.",
        )
    yield expected


def _metric_names(names: str | None, material: "Material") -> list[str]:
    from scoring.registry import NEED_REFERENCE, NEED_SOURCE, metric_names, unknown, usual_metrics

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
    return chosen


def _resampling(test: str, trials: int | None, seed: int, material: "Material") -> "Resampling | None":
    from scoring.evaluation import Resampling

    if test == "none":
        return None
    by_document = material.documents is not None
    if test == "randomization":
        return Resampling("randomization", trials or 0, seed=seed, by_document=by_document)
    return Resampling("bootstrap", trials or 0, trials or Resampling().bootstrap_trials, seed, by_document)
