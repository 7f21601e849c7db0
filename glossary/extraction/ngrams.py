"""Repeated sequences of tokens, counted level by level: one engine for Chinese characters and English words.

A sequence of n tokens is looked at only where both sequences of n - 1 tokens inside it are repeated often enough, so the
work shrinks with n. All of it runs on numpy arrays; memory is some 50 bytes a token.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]

BREAK: Final = -1
"""The token that stands between segments, and for punctuation inside them: no sequence goes across it."""


@dataclass(frozen=True, slots=True)
class Level:
    """The repeated sequences of one length.

    `starts` are the positions where one begins, ascending; `labels[i]` names the sequence at starts[i] (0 .. its number);
    `counts[label]` is how often it occurs and `firsts[label]` the first place where it does.
    """

    length: int
    starts: "Ints"
    labels: "Ints"
    counts: "Ints"
    firsts: "Ints"


def repeated_sequences(tokens: "Ints", *, longest: int, least: int) -> list[Level]:
    """The sequences of 1 to `longest` tokens that occur at least `least` times, without breaks in them."""
    import numpy as np

    starts = np.flatnonzero(tokens >= 0)
    keys = tokens[starts]
    levels: list[Level] = []
    for length in range(1, longest + 1):
        level = _level(length, starts, keys, least)
        if not len(level.starts):
            break
        levels.append(level)
        # The next length begins where this one stands at a place and at the place after it.
        followed = np.flatnonzero(np.diff(level.starts) == 1)
        starts = level.starts[followed]
        keys = level.labels[followed] * (len(level.counts) + 1) + level.labels[followed + 1]
    return levels


def _level(length: int, starts: "Ints", keys: "Ints", least: int) -> Level:
    import numpy as np

    _, labels, counts = np.unique(keys, return_inverse=True, return_counts=True)
    frequent = counts >= least
    kept = frequent[labels] if len(labels) else np.zeros(0, dtype=bool)
    renumbered = np.cumsum(frequent) - 1
    starts, labels = starts[kept], renumbered[labels[kept]]
    counts = counts[frequent]
    firsts = np.full(len(counts), -1, dtype=np.int64)
    # Written from the back, so that the first place stays.
    firsts[labels[::-1]] = starts[::-1]
    return Level(length, starts, labels, counts, firsts)


def held(level: Level, tokens: "Ints", loose: "Flags", *, after: bool) -> "Floats":
    """For each sequence the share of its places (0 to 1) where one and the same word stands next to it, on one side.

    Words in `loose` (function words, which belong to no term) and breaks do not hold it. A sequence that is held, as
    "負債表" is by the "資產" before it, is a piece of a longer one (accessor variety: Feng et al. 2004).
    """
    import numpy as np

    places = level.starts + level.length if after else level.starts - 1
    neighbours = tokens[np.clip(places, 0, len(tokens) - 1)]
    real = neighbours >= 0
    real[real] = ~loose[neighbours[real]]
    width = len(loose) + 1
    pairs, counts = np.unique(level.labels[real] * width + neighbours[real], return_counts=True)
    most = np.zeros(len(level.counts))
    np.maximum.at(most, pairs // width, counts)
    return most / np.maximum(level.counts, 1)


def nesting(levels: list[Level], candidates: "list[Flags]", length: int) -> "tuple[list[Floats], list[Ints]]":
    """For each sequence of each level: how often it occurs within longer candidates, and in how many of them.

    `candidates[k]` says which sequences of levels[k] are candidates, `length` is the number of tokens of the text. The sums
    are those of the C-value: the total frequency of the longer candidates that hold the sequence, each counted once.
    """
    import numpy as np

    sums = [np.zeros(len(level.counts)) for level in levels]
    holders = [np.zeros(len(level.counts), dtype=np.int64) for level in levels]
    at = np.full(length + 1, -1, dtype=np.int64)
    for short, level in enumerate(levels):
        at[:] = -1
        at[level.starts] = level.labels
        for longer, chosen in zip(levels[short + 1 :], candidates[short + 1 :], strict=True):
            places, counts = longer.firsts[chosen], longer.counts[chosen]
            if not len(places):
                continue
            # One candidate may hold the same sequence twice (bank to bank lending); it counts once.
            shifts = range(longer.length - level.length + 1)
            held = np.concatenate([at[places + shift] for shift in shifts])
            owner = np.tile(np.arange(len(places)), len(shifts))
            pairs = np.unique(held * len(places) + owner)
            inner, outer = pairs // len(places), pairs % len(places)
            np.add.at(sums[short], inner, counts[outer])
            np.add.at(holders[short], inner, 1)
    return sums, holders
