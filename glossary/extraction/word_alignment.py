"""Which word of a sentence translates which word of its partner: translation probabilities learnt from aligned segments.

IBM model 1 (Brown et al. 1993) in both directions with a prior that falls off exponentially from the diagonal (Dyer et al.
2013), and in its later rounds with counts taken from what both directions agree on (Liang et al. 2006: alignment by
agreement; here the geometric mean of the two posteriors). A word that is written the same on both sides (HKMA, 2019)
has a bonus throughout.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from glossary.extraction.ngrams import Flags, Ints

    Table = npt.NDArray[np.float64]

ROUNDS: Final = 6
_AGREEING_FROM: Final = 3
_SLOPE: Final = 4.0
_NULL: Final = 0.05
_COGNATE: Final = 30.0
CELLS: Final = 8_000_000
"""How many pairs of words training looks at, at most: then it takes every second segment, every third ... Some 20 bytes each."""
_LONGEST: Final = 150_000
_UNSEEN: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Segments:
    """The words of one side, segment by segment: those of segment s are ids[bounds[s]:bounds[s + 1]], at these places."""

    ids: "Ints"
    bounds: "Ints"
    places: "Ints"

    def of(self, segment: int) -> "Ints":
        """The words of a segment."""
        return self.ids[self.bounds[segment] : self.bounds[segment + 1]]


def segments_of(ids: "Ints", segments: "Ints", count: int) -> Segments:
    """The words (not the breaks) of a token array, by segment."""
    import numpy as np

    places = np.flatnonzero(ids >= 0)
    return Segments(ids[places], np.searchsorted(segments[places], np.arange(count + 1)), places)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Translation probabilities: `forward` of a Chinese word given an English one, `backward` the other way round.

    They stand at the pairs in `keys` (English word * `width` + Chinese word), ascending; `null` is the probability of a
    Chinese word that translates nothing.
    """

    width: int
    keys: "Ints"
    forward: "Table"
    backward: "Table"
    null: "Table"

    def posteriors(self, english: "Ints", chinese: "Ints") -> "tuple[Table, Table]":
        """(P, Q), English by Chinese words: P[i, j] that j translates i and no other word, Q[i, j] that i is translated by j.

        The columns of P sum up to 1 at most, the rows of Q to 1.
        """
        import numpy as np

        wanted = english[:, None] * self.width + chinese[None, :]
        found = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        seen = self.keys[found] == wanted
        forward = np.where(seen, self.forward[found], _UNSEEN)
        backward = np.where(seen, self.backward[found], _UNSEEN)
        return _posteriors(forward, backward, self.null[chinese])


def learn(
    english: Segments,
    chinese: Segments,
    cognates: "Sequence[tuple[int, int]]",
    sizes: tuple[int, int],
    progress: Callable[[int, int], None] | None = None,
) -> Lexicon:
    """Learn a lexicon from segments that are translations of each other.

    `cognates` are pairs of words (English, Chinese) that are written the same, `sizes` the numbers of words there are.
    """
    import numpy as np

    chosen = list(_chosen(english, chinese))
    width = sizes[1]
    cells = [(english.of(s)[:, None] * width + chinese.of(s)[None, :]).ravel() for s in chosen]
    if not cells:
        none = np.zeros(1)
        return Lexicon(width, np.zeros(1, dtype=np.int64), none, none, np.zeros(width))
    keys, where = np.unique(np.concatenate(cells), return_inverse=True)
    where = where.astype(np.int32)
    lengths = [len(cell) for cell in cells]
    ends = np.cumsum(lengths)
    del cells
    same = np.isin(keys, np.array([e * width + z for e, z in cognates], dtype=np.int64))
    forward = np.where(same, _COGNATE, 1.0)
    lexicon = Lexicon(width, keys, forward, forward.copy(), np.ones(width))
    training = [(chinese.of(segment), where[end - size : end]) for segment, size, end in zip(chosen, lengths, ends, strict=True)]
    for turn in range(ROUNDS):
        lexicon = _improved(lexicon, training, turn, same)
        if progress:
            progress(turn + 1, ROUNDS)
    return lexicon


def _chosen(english: Segments, chinese: Segments) -> Iterator[int]:
    """The segments to learn from: neither empty nor endless, and spread over the text where there are too many."""
    import numpy as np

    sizes = np.diff(english.bounds) * np.diff(chinese.bounds)
    fit = np.flatnonzero((sizes > 0) & (sizes <= _LONGEST))
    step = max(1, -(-int(sizes[fit].sum()) // CELLS))
    yield from (int(s) for s in fit[::step])


def _improved(lexicon: Lexicon, training: "list[tuple[Ints, Ints]]", turn: int, cognates: "Flags") -> Lexicon:
    """One round of expectation and maximisation over (Chinese words, places of the pairs of words in the lexicon)."""
    import numpy as np

    forward, backward = np.zeros(len(lexicon.keys)), np.zeros(len(lexicon.keys))
    null = np.zeros(lexicon.width)
    for words, cell in training:
        shape = (-1, len(words))
        p, q = _posteriors(
            lexicon.forward[cell].reshape(shape), lexicon.backward[cell].reshape(shape), lexicon.null[words], flat=turn == 0
        )
        np.add.at(null, words, np.maximum(0, 1 - p.sum(axis=0)))
        if turn >= _AGREEING_FROM:
            p = q = np.sqrt(p * q)
        np.add.at(forward, cell, p.ravel())
        np.add.at(backward, cell, q.ravel())
    of_english, of_chinese = lexicon.keys // lexicon.width, lexicon.keys % lexicon.width
    forward /= np.maximum(np.bincount(of_english, weights=forward), _UNSEEN)[of_english]
    backward /= np.maximum(np.bincount(of_chinese, weights=backward), _UNSEEN)[of_chinese]
    forward[cognates] *= _COGNATE
    backward[cognates] *= _COGNATE
    return Lexicon(lexicon.width, lexicon.keys, forward, backward, null / max(null.sum(), _UNSEEN))


def _posteriors(forward: "Table", backward: "Table", null: "Table", *, flat: bool = False) -> "tuple[Table, Table]":
    import numpy as np

    near = np.ones(forward.shape) if flat else _diagonal(*forward.shape)
    p = forward * (near / near.sum(axis=0)) * (1 - _NULL)
    p /= p.sum(axis=0) + _NULL * null + 1e-12
    q = backward * near
    q /= q.sum(axis=1, keepdims=True) + 1e-12
    return p, q


@lru_cache(maxsize=2_000)
def _diagonal(rows: int, columns: int) -> "Table":
    import numpy as np

    down, across = (np.arange(rows) + 0.5) / rows, (np.arange(columns) + 0.5) / columns
    return np.exp(-_SLOPE * np.abs(down[:, None] - across[None, :]))
