"""Number accuracy as a metric: the share of the source's quantities that a translation says, by value and unit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal

import numpy as np

from lang.quantities import Quantity
from scoring.intervals import wilson
from scoring.metric import Finding, Floats, Metric, Progress
from scoring.numbers import NumberVerdict, judge_numbers, number_statistics
from scoring.placement import corresponding_lines

_OUTCOMES: Final = ("right", "scaled", "wrong", "missing", "invented")
_DEFINITION: Final = "quantities of the source found in the translation by exact value and unit / quantities of the source"


class Numbers(Metric):
    """Right / (right + scaled + wrong + missing) over the quantities of the source; see scoring.numbers for the outcomes.

    Invented quantities are counted apart: no share of the source's can know them.
    """

    name: ClassVar = "numbers"
    label: ClassVar = "numbers"
    scale: ClassVar = "ratio"
    score_field: ClassVar = "accuracy"

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """Columns are right, total."""
        found: dict[str, Floats] = {}
        done = 0
        for system in self.material.systems:
            rows = np.zeros((len(self.material), 2))
            for index in range(len(self.material)):
                rows[index] = number_statistics(self._verdicts(system, index))
                done += 1
                if done % 200 == 0:
                    progress(done)
            found[system] = rows
        progress(done)
        return found

    def scores(self, sums: Floats) -> Floats:
        """Right / total, nan where there is no number."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)
        return found

    def signature(self) -> str:
        """What is compared, and by which version."""
        from importlib.metadata import version

        return f"src:{self.material.source_language}|by:value+unit|version:{version('yuqiao')}"

    def details(self, system: str, statistics: Floats) -> dict[str, Any]:
        """Counts of every outcome, and Wilson's interval."""
        outcomes = Counter(verdict.outcome for index in range(len(self.material)) for verdict in self._verdicts(system, index))
        hits, total = self.proportion(statistics)
        low, high = wilson(hits, total)
        counts = {outcome: outcomes[outcome] for outcome in _OUTCOMES if outcome != "right"}
        return {"hits": hits, "total": total, **counts, "wilson": [low, high], "definition": _DEFINITION}

    def proportion(self, statistics: Floats) -> tuple[int, int]:
        """(right, total)."""
        hits, total = statistics.sum(axis=0).tolist()
        return int(hits), int(total)

    def findings(self, system: str, segment: int) -> Sequence[Finding]:
        """A finding a quantity; all but the right ones are grave."""
        return [_finding(verdict) for verdict in self._verdicts(system, segment)]

    def _verdicts(self, system: str, index: int) -> tuple[NumberVerdict, ...]:
        source = self.material.source
        assert source is not None, "the numbers metric needs a source"
        return _judged(source[index], self.material.systems[system][index], self.material.source_language)


# Statistics, details, segments and gates ask for the same verdicts one after the other.
@lru_cache(maxsize=200_000)
def _judged(source: str, translation: str, language: Literal["zh", "en"]) -> tuple[NumberVerdict, ...]:
    """The verdicts of a segment; where it is a document of several lines, line by line as far as they correspond.

    In a whole document a number said elsewhere would hide the one that is missing.
    """
    if "\n" not in source:
        return tuple(judge_numbers(source, translation, language))
    found: list[NumberVerdict] = []
    for lines in corresponding_lines(source, translation):
        one = source[lines.source_start : lines.source_end]
        other = translation[lines.target_start : lines.target_end]
        for verdict in judge_numbers(one, other, language):
            moved = _moved(verdict.source, lines.source_start), _moved(verdict.target, lines.target_start)
            found.append(replace(verdict, source=moved[0], target=moved[1]))
    return tuple(found)


def _moved(quantity: Quantity | None, by: int) -> Quantity | None:
    return quantity and replace(quantity, start=quantity.start + by, end=quantity.end + by)


def _finding(verdict: NumberVerdict) -> Finding:
    source, target = verdict.source, verdict.target
    wrong = verdict.outcome != "right"
    return Finding(
        "numbers",
        verdict.outcome,
        verdict.message,
        (source.start, source.end) if source else None,
        (target.start, target.end) if target else None,
        fault=wrong,
        grave=wrong,
    )
