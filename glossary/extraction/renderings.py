"""Which Chinese candidate translates which English one, judged by where the words of both are aligned.

At one place of an English candidate e and one of a Chinese candidate c in the same segment, let A be the share of e's words
that c translates and B the share of c's words that translate e (function words do not count; see word_alignment for the
probabilities). F = 2AB / (A + B) is high only where c has all of e and nothing else. Over all places, as Dice's coefficient
with soft counts:

    confidence(e, c) = sum of F / (0.75 f(e) + 0.25 f(c))

A Chinese candidate that nearly always has one and the same word beside it (負債表 in 資產負債表) loses 15 % of that. The
weights are not even since one Chinese term often serves several English ones (認可機構: authorized institutions, AIs).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glossary.extraction.boundaries import content_words
from glossary.extraction.candidates import Sequences
from glossary.extraction.word_alignment import Lexicon, Segments

if TYPE_CHECKING:
    from glossary.extraction.ngrams import Floats, Ints

_ENGLISH_SHARE: Final = 0.75
_LEAST: Final = 0.15
_PIECE: Final = 0.85
# Findings are summed up whenever so many have been made: memory stays bounded.
_BATCH: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of candidates, by English candidate, the most confident first: `together` is the number of places linked."""

    english: "Ints"
    chinese: "Ints"
    confidence: "Floats"
    together: "Ints"


class _Side:
    """The candidates of one language, segment by segment."""

    def __init__(self, sequences: Sequences, segments: Segments, count: int) -> None:
        import numpy as np

        tokens = sequences.tokens
        self.sequences, self.segments = sequences, segments
        self.bounds = np.searchsorted(tokens.segments[sequences.starts], np.arange(count + 1))
        self.content = content_words(tokens).astype(float)
        # Place in the token array -> number of the word among all words (breaks left out).
        self.rank: Ints = np.cumsum(tokens.ids >= 0) - (tokens.ids >= 0)

    def spans(self, segment: int) -> "tuple[Ints, Ints, Ints]":
        """(candidate, first word, word behind the last) of each occurrence, words counted within the segment."""
        here = slice(self.bounds[segment], self.bounds[segment + 1])
        first = self.rank[self.sequences.starts[here]] - self.segments.bounds[segment]
        return self.sequences.who[here], first, first + self.sequences.spans[here]


def link(
    english: tuple[Sequences, Segments],
    chinese: tuple[Sequences, Segments],
    lexicon: Lexicon,
    count: int,
    progress: Callable[[int, int], None] | None = None,
) -> Links:
    """Pair the candidates of `count` segments; every pair linked anywhere, with its confidence."""
    import numpy as np

    sides = _Side(*english, count), _Side(*chinese, count)
    width = max(1, len(chinese[0].keys))
    sums = _Sums()
    for segment in range(count):
        keys, values = _linked(sides, lexicon, segment, width)
        sums.add(keys, values)
        if progress and segment % 200 == 0:
            progress(segment, count)
    keys, values, together = sums.total()
    of_english, of_chinese = keys // width, keys % width
    both = _ENGLISH_SHARE * english[0].counts[of_english] + (1 - _ENGLISH_SHARE) * chinese[0].counts[of_chinese]
    confidence = np.minimum(1.0, values / both)
    confidence[chinese[0].pieces[of_chinese]] *= _PIECE
    order = np.lexsort((-confidence, of_english))
    return Links(of_english[order], of_chinese[order], confidence[order], together[order])


def _linked(sides: tuple[_Side, _Side], lexicon: Lexicon, segment: int, width: int) -> "tuple[Ints, Floats]":
    """(pair, F) for each place of an English candidate in a segment and each Chinese one linked to it there."""
    import numpy as np

    (e_who, e_first, e_end), (z_who, z_first, z_end) = sides[0].spans(segment), sides[1].spans(segment)
    if not len(e_who) or not len(z_who):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    words = sides[0].segments.of(segment), sides[1].segments.of(segment)
    p, q = lexicon.posteriors(*words)
    e_content, z_content = sides[0].content[words[0]], sides[1].content[words[1]]
    rendered = _boxes(q * e_content[:, None], e_first, e_end, z_first, z_end) / _amounts(e_content, e_first, e_end)[:, None]
    explained = _boxes(p * z_content[None, :], e_first, e_end, z_first, z_end) / _amounts(z_content, z_first, z_end)[None, :]
    f = 2 * rendered * explained / (rendered + explained + 1e-9)
    rows, columns = np.nonzero(f > _LEAST)
    keys, values = e_who[rows] * width + z_who[columns], f[rows, columns]
    # A Chinese candidate may stand there twice: the better place counts.
    order = np.lexsort((values, keys, rows))
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (np.diff(keys[order]) != 0) | (np.diff(rows[order]) != 0)
    return keys[order][last], values[order][last]


def _boxes(table: "Floats", tops: "Ints", bottoms: "Ints", lefts: "Ints", rights: "Ints") -> "Floats":
    """The sums of the table's boxes, rows tops[i]:bottoms[i] by columns lefts[j]:rights[j]."""
    import numpy as np

    summed = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    summed[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    rows = summed[bottoms] - summed[tops]
    boxes: Floats = np.maximum(rows[:, rights] - rows[:, lefts], 0.0)
    return boxes


def _amounts(content: "Floats", firsts: "Ints", ends: "Ints") -> "Floats":
    """How many content words there are from each first to each end; at least half a one."""
    import numpy as np

    running = np.concatenate([[0.0], content.cumsum()])
    amounts: Floats = np.maximum(running[ends] - running[firsts], 0.5)
    return amounts


class _Sums:
    """Sums of values by key, kept small."""

    def __init__(self) -> None:
        import numpy as np

        self._keys: list[Ints] = []
        self._values: list[Floats] = []
        self._size = 0
        self._total: tuple[Ints, Floats, Ints] = (np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0, dtype=np.int64))

    def add(self, keys: "Ints", values: "Floats") -> None:
        self._keys.append(keys)
        self._values.append(values)
        self._size += len(keys)
        if self._size > _BATCH:
            self._reduce()

    def total(self) -> "tuple[Ints, Floats, Ints]":
        """(keys ascending, sums of their values, how many there were)."""
        self._reduce()
        return self._total

    def _reduce(self) -> None:
        import numpy as np

        keys, sums, counts = self._total
        added = sum(map(len, self._keys))
        keys, where = np.unique(np.concatenate([keys, *self._keys]), return_inverse=True)
        values = np.concatenate([sums, *self._values])
        numbers = np.concatenate([counts, np.ones(added, dtype=np.int64)])
        summed, counted = (np.bincount(where, weights=weights) for weights in (values, numbers))
        self._total = keys, summed.astype(np.float64), counted.astype(np.int64)
        self._keys, self._values, self._size = [], [], 0
