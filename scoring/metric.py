"""What a metric is: statistics of segments that add up, and a score computed from their sums.

BLEU is computed from n-gram counts, TER from edits and lengths, term accuracy from hits and occurrences: each is a function
of a sum over segments. So confidence intervals and significance tests need the statistics once, then only sums with weights.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.material import Material

Floats = NDArray[np.float64]
Progress = Callable[[int], None]
"""Told now and then how many segments of all systems together are done."""


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a metric saw in one segment: a term used or missed, a number right or wrong.

    `outcome` is the metric's own word for it, `message` a sentence for people. Spans are places in source and translation,
    None where it has none. `grave` marks what no translation may have: a wrong number, a term of the list "do not use".
    `fault` marks what counts against the translation at all.
    """

    metric: str
    outcome: str
    message: str
    source: Span | None = None
    target: Span | None = None
    fault: bool = True
    grave: bool = False


class Metric(ABC):
    """One metric over one material.

    `name` is what --metrics takes and JSON shows, `label` what tables show. `scale` says what scores are: "points" (BLEU,
    chrF: 0 to 100, TER: edits per 100 words, may exceed 100) or "ratio" (0 to 1, shown as a percentage). `score_field` is what
    JSON calls the score.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    scale: ClassVar[Literal["points", "ratio"]] = "points"
    lower_is_better: ClassVar[bool] = False
    score_field: ClassVar[str] = "score"

    def __init__(self, material: Material) -> None:
        self.material = material

    @property
    def factor(self) -> int:
        """What a score is multiplied by where people read it: shares are shown in percent."""
        return 100 if self.scale == "ratio" else 1

    @abstractmethod
    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """System -> its statistics, one row a segment, of which sums make sense."""

    @abstractmethod
    def scores(self, sums: Floats) -> Floats:
        """The scores of sums of rows: (..., columns) -> (...); nan where nothing was there to be scored."""

    @abstractmethod
    def signature(self) -> str:
        """What reproduces the figure: version, tokenizer, options, definition."""

    def score(self, statistics: Floats) -> float:
        """The score of a whole system."""
        return float(self.scores(statistics.sum(axis=0)))

    def segment_scores(self, statistics: Floats) -> Floats:
        """The score of each segment by itself; nan where a segment has nothing to be scored (no term, no number)."""
        return self.scores(statistics)

    def details(self, system: str, statistics: Floats) -> dict[str, Any]:
        """What JSON says of a system beside score, interval and signature: counts, definition, parts. Called last."""
        del system, statistics
        return {}

    def warnings(self, system: str) -> Sequence[str]:
        """What the reader of a system's score must know of it. Called after `statistics`."""
        del system
        return ()

    def proportion(self, statistics: Floats) -> tuple[int, int] | None:
        """(hits, total) where the score is a share of things counted, so that a claim can ask whether there were enough."""
        del statistics
        return None

    def findings(self, system: str, segment: int) -> Sequence[Finding]:
        """What the metric saw in one segment (counted from 0) of a system, in the order of the source."""
        del system, segment
        return ()
