"""The search for the best alignment: how well lengths fit, and dynamic programming over beads.

A bead joins a group of neighbouring source sentences with a group of target sentences; its shape (1, 2) says that one
is joined with two. All scores are log odds: log P(group, group | translations) - log P(the same | unrelated), so that a
sentence without counterpart scores the logarithm of how often that happens, and windows can be cut anywhere.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shape = tuple[int, int]
Scores = dict[Shape, Floats]
"""For each shape (a, b), at [i, j], the score of source sentences i to i + a with target sentences j to j + b."""

_PRIORS: Final[dict[Shape, float]] = {(1, 1): 0.85, (1, 2): 0.04, (2, 1): 0.04, (2, 2): 0.005, (1, 3): 0.004, (3, 1): 0.004}
SHAPES: Final = tuple(_PRIORS)
# How often a sentence has no counterpart, before anything is known of the documents; as many beads weigh as much as it.
_SKIPPED: Final = 0.02
_BELIEF: Final = 40
_MOST_SKIPPED: Final = 0.3

# The squared logarithm of a translation's relative length is about SHARE + SHORT / length in English characters
# (measured on annual reports, news and social media); the tails are those of Student's t.
_SHARE: Final = 0.008
_SHORT: Final = 2.6
_DEGREES: Final = 6.0
_LEAST: Final = -8.0
# The odds that sentences joined in a bead are of several paragraphs, as a share of the odds for any neighbours, before
# anything is known of the documents; as many beads weigh as much as it.
_CROSSING_ODDS: Final = 0.05
_CROSSING_BELIEF: Final = 10
# A part that is missing, of one side or of both: what its beginning, and what each sentence of it scores.
_GAP_BEGINS: Final = -12.0
_GAP_GOES_ON: Final = -0.3


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths of all sentences of both sides in English characters, and how the target's spread."""

    source: Floats
    target: Floats
    mean: float
    variance: float

    @classmethod
    def of(cls, source: Floats, target: Floats) -> "Lengths":
        """The lengths with mean and variance of the target; no document is so even that its variance means nothing."""
        mean = float(target.mean())
        return cls(source, target, mean, max(float(target.var()), 0.1 * mean**2))

    def scores(self, rows: range, columns: range, shape: Shape) -> Floats:
        """Log P(target length | source length) - log P(target length) for the groups of a window."""
        source = _sums_of(self.source[rows.start : rows.stop], shape[0])[:, None]
        target = _sums_of(self.target[columns.start : columns.stop], shape[1])[None, :]
        spread = _SHARE + 2 * _SHORT / (source + target)
        fit = np.log(target / source) ** 2 / (_DEGREES * spread)
        together = _T_CONSTANT - 0.5 * np.log(spread) - (_DEGREES + 1) / 2 * np.log1p(fit)
        mean, variance = shape[1] * self.mean, shape[1] * self.variance
        width = math.log1p(variance / mean**2)
        alone = -0.5 * math.log(2 * math.pi * width) - (np.log(target) - math.log(mean) + width / 2) ** 2 / (2 * width)
        return np.asarray((together - alone).clip(_LEAST, None))


_T_CONSTANT: Final = math.lgamma((_DEGREES + 1) / 2) - math.lgamma(_DEGREES / 2) - 0.5 * math.log(_DEGREES * math.pi)


def _sums_of(lengths: Floats, size: int) -> Floats:
    return lengths if size == 1 else np.asarray(np.convolve(lengths, np.ones(size), "valid"))


@dataclass(frozen=True, slots=True)
class Habits:
    """How often beads of each shape occur, and sentences of the source and of the target that have no counterpart."""

    shapes: dict[Shape, float]
    source_skipped: float = _SKIPPED
    target_skipped: float = _SKIPPED

    @classmethod
    def usual(cls) -> "Habits":
        """What is usual, before anything is known of the documents."""
        return cls(_PRIORS)

    @classmethod
    def seen(cls, beads: "list[Bead]", source: int, target: int) -> "Habits":
        """What links of documents of so many sentences say, with the usual for a prior."""
        total = len(beads) + _BELIEF
        shapes = {
            shape: (sum(bead.shape == shape for bead in beads) + _BELIEF * prior) / total for shape, prior in _PRIORS.items()
        }
        alone = (source - sum(len(bead.source) for bead in beads), target - sum(len(bead.target) for bead in beads))
        # A sentence is one case, and a whole part that is missing is no habit.
        skipped = [min(_MOST_SKIPPED, (count + _BELIEF * _SKIPPED) / total) for count in alone]
        return cls(shapes, skipped[0], skipped[1])

    @property
    def skips(self) -> tuple[float, float]:
        """The scores of a source and of a target sentence without counterpart."""
        return math.log(self.source_skipped), math.log(self.target_skipped)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Where the paragraphs of a side begin, and what it says for sentences joined in a bead that they share one or do not.

    `begins[k]` is whether sentence k is in another paragraph than the one before. Where every sentence is, or none, that
    says nothing.
    """

    begins: NDArray[np.bool_]
    share: float
    crossing: float

    @classmethod
    def of(cls, numbers: NDArray[np.int64]) -> "Paragraphs":
        """From the paragraph number of each sentence, with what is usual for a prior."""
        begins = np.diff(numbers, prepend=numbers[:1]) != 0
        share = float(begins[1:].mean()) if len(begins) > 1 else 0.0
        odds = _CROSSING_ODDS * share / max(1 - share, 1e-9)
        return cls(begins, share, odds / (1 + odds))

    def learnt(self, groups: Iterable[range]) -> "Paragraphs":
        """With how often the joined sentences of these groups are in several paragraphs."""
        crossing = [bool(self.begins[group.start + 1 : group.stop].any()) for group in groups if len(group) > 1]
        usual = Paragraphs.of(np.cumsum(self.begins)).crossing
        seen = (sum(crossing) + _CROSSING_BELIEF * usual) / (len(crossing) + _CROSSING_BELIEF)
        return Paragraphs(self.begins, self.share, seen)

    def scores(self, span: range, size: int) -> Floats:
        """For each group of so many neighbours of a span the log odds of being joined, from their paragraphs."""
        count = len(span) - size + 1
        if size == 1 or not 0 < self.share < 1:
            return np.zeros(count)
        begins = self.begins[span.start : span.stop]
        crossing = np.any([begins[at : at + count] for at in range(1, size)], axis=0)
        share = 1 - (1 - self.share) ** (size - 1)
        there, within = math.log(self.crossing / share), math.log((1 - self.crossing) / (1 - share))
        return np.where(crossing, min(there, 0.0), max(within, 0.0))


@dataclass(frozen=True, slots=True)
class Bead:
    """Source and target sentences that belong together; `chance` is how sure the search is of it, in [0, 1]."""

    source: range
    target: range
    score: float
    chance: float = 0.0

    @property
    def shape(self) -> Shape:
        """How many sentences of each side."""
        return len(self.source), len(self.target)


def best_beads(scores: Scores, rows: range, columns: range, skips: tuple[float, float], *, open_end: bool) -> list[Bead]:
    """The beads of the best path through a window, in order; `skips` are the scores of sentences without counterpart.

    With `open_end` a path may end anywhere on the far edges: what follows the window is not known to be missing.
    """
    size = len(rows), len(columns)
    best = _trace(*_tables(scores, size, skips, np.maximum, open_end=open_end), scores, skips, open_end=open_end)
    chances = _pair_chances(scores, size, skips, open_end=open_end)
    found = []
    for bead in best:
        chance = chances[bead.source.start : bead.source.stop, bead.target.start : bead.target.stop].mean()
        source = range(rows.start + bead.source.start, rows.start + bead.source.stop)
        target = range(columns.start + bead.target.start, columns.start + bead.target.stop)
        found.append(Bead(source, target, bead.score, min(1.0, float(chance))))
    return found


def _pair_chances(scores: Scores, size: tuple[int, int], skips: tuple[float, float], *, open_end: bool) -> Floats:
    """The chance that two sentences are in one bead: the share that the paths through such beads have in all paths."""
    before, _ = _tables(scores, size, skips, np.logaddexp, open_end=open_end)
    flipped = {shape: score[::-1, ::-1] for shape, score in scores.items()}
    behind = _tables(flipped, size, skips, np.logaddexp, open_start=open_end)[0][::-1, ::-1]
    chances = np.zeros(size)
    for (a, b), score in scores.items():
        height, width = score.shape
        share = np.exp((before[:height, :width] + score + behind[a:, b:] - before[-1, -1]).clip(None, 0.0))
        for down in range(a):
            for right in range(b):
                chances[down : down + height, right : right + width] += share
    return chances


def _tables(
    scores: Scores,
    size: tuple[int, int],
    skips: tuple[float, float],
    add: np.ufunc,
    *,
    open_start: bool = False,
    open_end: bool = False,
) -> tuple[Floats, Floats]:
    """At [i, j] the best score of a path to there (`add` is maximum), or the logarithm of the sum of all (logaddexp).

    The second table is that of paths inside a gap, a missing part: it costs much to begin and little to go on with.
    """
    rows, columns = size
    table, gaps = (np.full((rows + 1, columns + 1), -np.inf) for _ in range(2))
    table[0, 0] = 0.0
    # What is skipped of the target is additive: a running maximum, or sum, over what a cell would score at column 0.
    ramp, gap_ramp = (cost * np.arange(columns + 1) for cost in (skips[1], _GAP_GOES_ON))
    for i in range(rows + 1):
        row, gap = table[i], gaps[i]
        if i:
            row[:] = table[i - 1] + skips[0]
            # Along an open edge skipping is free.
            if open_start:
                row[0] = 0.0
            if open_end:
                row[-1] = table[i - 1, -1]
        for (a, b), score in scores.items():
            if a <= i and b <= columns:
                add(row[b:], table[i - a, : columns + 1 - b] + score[i - a], out=row[b:])
        free = (open_start and i == 0) or (open_end and i == rows)
        row[:] = add.accumulate(row) if free else add.accumulate(row - ramp) + ramp
        gap[:] = row + _GAP_BEGINS
        if i:
            add(gap, gaps[i - 1] + _GAP_GOES_ON, out=gap)
        gap[:] = add.accumulate(gap - gap_ramp) + gap_ramp
        add(row, gap, out=row)
    return table, gaps


def _trace(table: Floats, gaps: Floats, scores: Scores, skips: tuple[float, float], *, open_end: bool) -> list[Bead]:
    beads: list[Bead] = []
    i, j = table.shape[0] - 1, table.shape[1] - 1
    if open_end:
        ends = int(np.argmax(table[:, -1])), int(np.argmax(table[-1]))
        i, j = (ends[0], j) if table[ends[0], -1] >= table[-1, ends[1]] else (i, ends[1])
    while i and j:
        if gaps[i, j] >= table[i, j]:
            i, j = _gap_start(gaps, i, j)
            continue
        a, b = (1, 0) if table[i - 1, j] + skips[0] >= table[i, j - 1] + skips[1] else (0, 1)
        gain = skips[b]
        best = table[i - a, j - b] + gain
        for (rows, columns), score in scores.items():
            if rows <= i and columns <= j:
                value = table[i - rows, j - columns] + score[i - rows, j - columns]
                if value >= best:
                    best, a, b, gain = value, rows, columns, float(score[i - rows, j - columns])
        i, j = i - a, j - b
        if a and b:
            beads.append(Bead(range(i, i + a), range(j, j + b), gain))
    return beads[::-1]


def _gap_start(gaps: Floats, i: int, j: int) -> tuple[int, int]:
    """Where the gap that ends at [i, j] begins; at least one sentence away."""
    before = i, j
    while i or j:
        up = gaps[i - 1, j] + _GAP_GOES_ON if i else -np.inf
        left = gaps[i, j - 1] + _GAP_GOES_ON if j else -np.inf
        # The table holds the larger of these and of a gap that begins here, up to rounding.
        if max(up, left) < gaps[i, j] - 1e-6 and (i, j) != before:
            break
        i, j = (i - 1, j) if up >= left else (i, j - 1)
    return i, j


def coarse_path(
    rows: int, columns: int, scores: Callable[[int, range], Floats], costs: tuple[float, float], most_cells: int
) -> NDArray[np.int64]:
    """For each source sentence, and for the end, the target sentence that a path of single pairs reaches it at.

    `scores(i, span)` are those of source sentence i with a span of the target. `costs` are those of the beginning of a
    gap between pairs, and of each sentence in it: pairs in a row are worth more than the same ones strewn about a much
    longer document. Where both documents are so long that the table would have more than `most_cells`, the path is kept
    near the diagonal.
    """
    begin, skip = costs
    width = min(columns + 1, max(_NARROWEST, most_cells // (rows + 1)))
    starts = np.round(np.linspace(0, columns + 1 - width, rows + 1)).astype(np.int64).tolist()
    moves = np.full((rows + 1, width), _LEFT, np.int8)
    ramp = skip * np.arange(width)
    # The best scores of paths that end with a pair, and in a gap.
    paired, gap = np.full(width, -np.inf), ramp
    for i in range(1, rows + 1):
        shift = starts[i] - starts[i - 1]
        best, up = np.full(width, -np.inf), np.full(width, -np.inf)
        np.maximum(paired[shift:] + begin, gap[shift:], out=up[: width - shift])
        moves[i, : width - shift][paired[shift:] + begin > gap[shift:]] = _UP_TO_PAIR
        moves[i, : width - shift][paired[shift:] + begin <= gap[shift:]] = _UP
        up += skip
        # A pair leads from column j - 1 of the row above to column j; `first` is the first cell that has one.
        first = 0 if shift else 1
        before = slice(first + shift - 1, width + shift - 1)
        come = np.maximum(paired[before], gap[before])
        here = slice(first, first + len(come))
        best[here] = come + scores(i - 1, range(starts[i] + first - 1, starts[i] + first - 1 + len(come)))
        moves[i, here][paired[before] >= gap[before]] |= _AFTER_PAIR
        left = np.full(width, -np.inf)
        left[1:] = best[:-1] + begin + skip
        nearest = np.maximum(up, left)
        last = np.maximum.accumulate(nearest - ramp) + ramp
        in_gap = moves[i] & ~_AFTER_PAIR
        in_gap[left > up] = _LEFT_TO_PAIR
        in_gap[last > nearest] = _LEFT
        moves[i] = (moves[i] & _AFTER_PAIR) | in_gap
        paired, gap = best, last
    return _walk_back(moves, starts, columns, in_pair=bool(paired[-1] > gap[-1]))


# How a path that is in a gap came: from the source or the target sentence before, in the gap or in a pair. A bit says
# whether the pair there would follow a pair.
_LEFT, _LEFT_TO_PAIR, _UP, _UP_TO_PAIR = range(4)
_AFTER_PAIR: Final = 4
_NARROWEST: Final = 2000


def _walk_back(moves: NDArray[np.int8], starts: list[int], columns: int, *, in_pair: bool) -> NDArray[np.int64]:
    path = np.zeros(len(moves), np.int64)
    i, j = len(moves) - 1, columns
    while i:
        move = int(moves[i, j - starts[i]])
        if in_pair:
            in_pair = bool(move & _AFTER_PAIR)
            path[i] = j
            i, j = i - 1, j - 1
            continue
        move &= ~_AFTER_PAIR
        in_pair = move in (_LEFT_TO_PAIR, _UP_TO_PAIR)
        if move in (_LEFT, _LEFT_TO_PAIR) and j > starts[i]:
            j -= 1
        else:
            path[i] = j
            i -= 1
    path[0] = j
    return path
