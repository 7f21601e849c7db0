"""A scoring as the score screen asks for it: on a thread, telling how far it is, stopped where the user wants."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lang.errors import YuqiaoError
from tui.cancellation import Cancellation

if TYPE_CHECKING:
    from scoring.evaluation import Evaluation
    from scoring.request import Request
    from scoring.worst import SegmentResult

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class ScoreRun:
    """What came of it: the figures, all segments by system, and those of all systems together, worst first."""

    request: "Request"
    evaluation: "Evaluation"
    results: "dict[str, list[SegmentResult]]"
    worst: "tuple[SegmentResult, ...]"


def places(typed: str) -> list[str]:
    """The places typed into a field, parted by semicolons of either width; a leading ~ is the user's folder."""
    parts = (part.strip() for part in typed.replace("；", ";").split(";"))
    return [str(Path(part).expanduser()) for part in parts if part]


def request_of(source: str, references: str, candidates: str) -> "Request":
    """What the three fields ask for; YuqiaoError where they do not ask for anything."""
    from scoring.request import Request

    hypotheses = places(candidates)
    if not hypotheses:
        raise YuqiaoError("There is no candidate to score.", "Name the file of a translation; several are parted by ;")
    named = places(source)
    if len(named) > 1:
        raise YuqiaoError("There can be one source only.", "Leave one file in the field.")
    return Request(hypotheses, places(references), named[0] if named else None)


def score(request: "Request", database: Path, told: Told, cancellation: Cancellation) -> ScoreRun:
    """Score as `yuqiao score` does with its usual metrics and test. SupersededError where the user stopped it."""
    from scoring.evaluation import Resampling, evaluate
    from scoring.registry import metric_class
    from scoring.request import all_segment_results, expected_terms, wanted_metrics
    from scoring.worst import worst_first

    def started(label: str, done: int, total: int) -> None:
        cancellation.check()
        told(label, done, total)

    started("Reading files", 0, 0)
    material = request.material()
    names = wanted_metrics(None, material)
    with expected_terms(str(database), None, names, material, text_by_text=True) as expected:
        material = replace(material, terms=expected)
        metrics = [metric_class(name)(material) for name in names]
        evaluation = evaluate(material, metrics, resampling=Resampling("bootstrap"), started=started)
    started("Sorting segments", 0, 0)
    results = all_segment_results(evaluation)
    every = [result for own in results.values() for result in own]
    return ScoreRun(request, evaluation, results, tuple(worst_first(every, evaluation)))


def save_report(run: ScoreRun, path: Path) -> None:
    """Write the page that `yuqiao score --report` writes."""
    from scoring.report import TITLE, Occasion
    from scoring.request import write_report

    if not path.absolute().parent.is_dir():
        raise YuqiaoError(f"{path}: there is no such folder.", "Make it first, or choose another place.")
    title = f"{TITLE}: {', '.join(run.evaluation.material.systems)}"
    write_report(path, run.evaluation, run.results, Occasion(title, run.request.files()))
