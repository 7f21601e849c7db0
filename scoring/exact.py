"""The paired tests of sacreBLEU itself, trial by trial, for papers that must quote its p values to the last digit.

They copy the statistics of every trial: 36 seconds and 1.3 GB for two systems of 20,000 segments, where scoring.resampling
takes a second. Statistics are ours (they are sacreBLEU's, and TER's come faster); the tests and formulas are its own.
"""

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

from scoring.evaluation import Comparison, Evaluation, Resampling
from scoring.metric import Floats
from scoring.resampling import Difference
from scoring.sacrebleu_metrics import EngineMetric


class _Counted:
    """A metric of sacreBLEU that has its statistics already: "hypotheses" are the names of systems."""

    def __init__(self, metric: EngineMetric, rows: Mapping[str, Floats]) -> None:
        self._engine = metric.engine
        self._rows = rows

    def _extract_corpus_statistics(self, hypotheses: Sequence[str], references: object) -> list[list[float]]:
        del references
        found: list[list[float]] = self._rows[hypotheses[0]].tolist()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


class _Name(list[str]):
    """Stands for a system's hypotheses: its first item is the system's name, its length theirs."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__([name])
        self._size = size

    def __len__(self) -> int:
        return self._size


def exact_comparisons(evaluation: Evaluation, resampling: Resampling) -> list[Comparison]:
    """The comparisons with sacreBLEU's p values for its metrics; those of other metrics as they are."""
    from sacrebleu.significance import PairedTest

    theirs: dict[tuple[str, str], float] = {}
    size = len(evaluation.material)
    names = list(evaluation.material.systems)
    short = "bs" if resampling.test == "bootstrap" else "ar"
    for name, metric in evaluation.metrics.items():
        if not isinstance(metric, EngineMetric) or len(names) < 2:
            continue
        before = os.environ.get("SACREBLEU_SEED")
        os.environ["SACREBLEU_SEED"] = str(resampling.seed)
        try:
            test = PairedTest(
                [(system, _Name(system, size)) for system in names],
                {name: cast(Any, _Counted(metric, evaluation.statistics[name]))},
                None,
                short,
                n_samples=resampling.test_trials,
            )
            _, found = test()
        finally:
            if before is None:
                del os.environ["SACREBLEU_SEED"]
            else:
                os.environ["SACREBLEU_SEED"] = before
        (results,) = (cast(list[Any], found[key]) for key in found if key != "System")
        theirs.update(((name, system), result.p_value) for system, result in zip(names[1:], results[1:], strict=True))
    return [
        Comparison(
            one.metric,
            one.baseline,
            one.system,
            Difference(one.result.difference, one.result.interval, theirs.get((one.metric, one.system), one.result.p)),
        )
        for one in evaluation.comparisons
    ]
