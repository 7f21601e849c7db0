"""Alignment: which sentences of a Chinese and of an English document translate each other.

Two documents are aligned three times: first by lengths, numbers, Latin words, marks and concepts, then with what the
links so found teach of these documents: which English words go with which Chinese ones, how far each kind of evidence
can be trusted, how often sentences are merged or missing. No model is loaded, and nothing is kept between documents.
"""

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lang.script import has_han, is_chinese

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from tm.alignment_search import Bead, Lengths

Concepts = Sequence[Collection[int]]
"""For each sentence of a side the ids of the concepts recognised in it."""

_PASSES: Final = 3
# So many source sentences are searched at a time; of what is found all but the last ones are kept.
_WINDOW: Final = 100
_MARGIN: Final = 30
# Documents up to this size are searched whole.
_WHOLE: Final = 150
_MOST_COLUMNS: Final = 4000
_MOST_CELLS: Final = 200_000_000
_COARSE_SKIP: Final = -2.5
_COARSE_LEAST: Final = -3.0
# How many characters of English one of Chinese usually becomes, and the length of a Chinese text that says as much.
_USUAL_RATIO: Final = 3.5
_USUAL_WEIGHT: Final = 200
_SURE: Final = 0.8
_CAUTION: Final = 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """Neighbouring source sentences and the target sentences that translate them, as ranges of places; neither is empty.

    `confidence`, in [0, 1], is the chance that the sentences of the two sides belong together.
    """

    source: range
    target: range
    confidence: float


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_concepts: Concepts | None = None,
    target_concepts: Concepts | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Link]:
    """The links between the sentences of two documents, one Chinese and one English, in order, none crossing another.

    Either side may be the Chinese one. A sentence in no link has no counterpart. Concepts recognised in the sentences
    help and are not needed; where given there is one collection a sentence. `progress` is told, now and then, how many
    source sentences are settled.
    """
    if not source or not target:
        return []
    search = _Search(source, target, source_concepts, target_concepts)
    return search.links(progress or _silent)


def pairs(links: Iterable[Link], source: Sequence[str], target: Sequence[str]) -> list[tuple[str, str]]:
    """The texts that links join, source and target; the sentences of a link are joined as their language writes them."""
    return [(_joined(source, link.source), _joined(target, link.target)) for link in links]


def _joined(sentences: Sequence[str], span: range) -> str:
    text = ""
    for place in span:
        sentence = sentences[place].strip()
        blank = " " if text and sentence and not (has_han(text[-2:]) or has_han(sentence[:2])) else ""
        text += blank + sentence
    return text


def _silent(settled: int) -> None:
    pass


class _Search:
    def __init__(
        self, source: Sequence[str], target: Sequence[str], source_concepts: Concepts | None, target_concepts: Concepts | None
    ) -> None:
        from tm.alignment_evidence import Evidence, profile
        from tm.alignment_search import Habits

        self._chinese = 0 if _chinese_share(source) >= _chinese_share(target) else 1
        self._sides = [
            [
                profile(text, "zh" if side == self._chinese else "en", found)
                for text, found in zip(texts, concepts if concepts is not None else [()] * len(texts), strict=True)
            ]
            for side, (texts, concepts) in enumerate([(source, source_concepts), (target, target_concepts)])
        ]
        self._size = len(source), len(target)
        self._evidence = Evidence(*self._sides, english=1 - self._chinese)
        self._habits = Habits.usual()
        self._lengths = self._measure(range(len(source)), range(len(target)))

    def links(self, progress: Callable[[int], None]) -> list[Link]:
        """The links of the last pass."""
        beads = self._pass(self._coarse_path(), lambda settled: progress(settled // _PASSES))
        for number in range(1, _PASSES):
            path = self._path_along(beads)
            self._learn(beads)
            done = number * self._size[0]
            beads = self._pass(path, lambda settled, done=done: progress((done + settled) // _PASSES))  # type: ignore[misc]
        return [Link(bead.source, bead.target, _calibrated(bead.chance)) for bead in beads]

    def _pass(self, path: "NDArray[np.int64]", progress: Callable[[int], None]) -> "list[Bead]":
        beads: list[Bead] = []
        for settled, found in self._windows(path):
            beads += found
            progress(settled)
        return beads

    def _learn(self, beads: "list[Bead]") -> None:
        from tm.alignment_search import Habits

        self._evidence.learn([(bead.source, bead.target, bead.chance) for bead in beads])
        self._habits = Habits.seen(beads, *self._size)
        sure = [bead for bead in beads if bead.chance > _SURE]
        self._lengths = self._measure([i for bead in sure for i in bead.source], [j for bead in sure for j in bead.target])

    def _measure(self, rows: Iterable[int], columns: Iterable[int]) -> "Lengths":
        """The lengths of all sentences in English characters, by the ratio of those in rows and columns."""
        import numpy as np

        from tm.alignment_search import Lengths

        spans = (rows, columns)
        chinese = [self._sides[self._chinese][at] for at in spans[self._chinese]]
        english = [self._sides[1 - self._chinese][at] for at in spans[1 - self._chinese]]
        translated = sum(one.other for one in english) - sum(one.other for one in chinese)
        ratio = (translated + _USUAL_RATIO * _USUAL_WEIGHT) / (sum(one.han for one in chinese) + _USUAL_WEIGHT)
        ratio = min(max(ratio, 1.5), 7.0)
        # Two more, so that a mark more or less makes no short sentence long.
        source, target = (np.array([one.han * ratio + one.other + 2.0 for one in side]) for side in self._sides)
        return Lengths.of(source, target)

    def _coarse_path(self) -> "NDArray[np.int64]":
        """Roughly where in the target each source sentence is translated."""
        import numpy as np

        from tm.alignment_search import coarse_path

        rows, columns = self._size
        if rows <= _WHOLE and columns <= _MOST_COLUMNS:
            return np.full(rows + 1, columns, np.int64)

        def scores(row: int, span: range) -> "NDArray[np.float64]":
            length = self._lengths.scores(range(row, row + 1), span, (1, 1))[0]
            least: NDArray[np.float64] = np.maximum(length, _COARSE_LEAST)
            return least + self._evidence.row(row, span)

        return coarse_path(rows, columns, scores, _COARSE_SKIP, _MOST_CELLS)

    def _path_along(self, beads: "list[Bead]") -> "NDArray[np.int64]":
        import numpy as np

        rows, columns = self._size
        known = [(bead.source.start, bead.target.start) for bead in beads]
        known.append((rows, beads[-1].target.stop if beads else columns))
        path = np.interp(np.arange(rows + 1), [place[0] for place in known], [place[1] for place in known])
        return path.astype(np.int64)

    def _windows(self, path: "NDArray[np.int64]") -> "Iterator[tuple[int, list[Bead]]]":
        """The beads window by window, each with the number of source sentences settled."""
        rows, columns = self._size
        i = j = 0
        while i < rows and j < columns:
            # So much of the target before the window's first sentence is missing in the source.
            j = max(j, int(path[i]) - _MOST_COLUMNS)
            if rows - i <= _WHOLE and columns - j <= _MOST_COLUMNS:
                yield rows, self._search(range(i, rows), range(j, columns))
                return
            end = min(rows, i + _WINDOW)
            while end > i + 2 * _MARGIN and path[end] - j > _MOST_COLUMNS:
                end = max((i + end) // 2, i + 2 * _MARGIN)
            # What lies behind the path's end belongs to later sentences: it may be looked at, not taken.
            right = max(j, int(path[end]))
            found = self._search(range(i, end), range(j, min(columns, right + _MARGIN)))
            if end == rows:
                yield rows, found
                return
            kept = [bead for bead in found if bead.source.stop <= end - _MARGIN and bead.target.stop <= right]
            i, j = (kept[-1].source.stop, kept[-1].target.stop) if kept else (end - _MARGIN, j)
            yield i, kept

    def _search(self, rows: range, columns: range) -> "list[Bead]":
        import numpy as np

        from tm.alignment_search import SHAPES, best_beads

        shapes = [(a, b) for a, b in SHAPES if a <= len(rows) and b <= len(columns)]
        scores = self._evidence.window(rows, columns, shapes)
        for shape in shapes:
            scores[shape] += self._lengths.scores(rows, columns, shape) + np.log(self._habits.shapes[shape])
        return best_beads(scores, rows, columns, self._habits.skips, open_end=rows.stop < self._size[0])


def _calibrated(chance: float) -> float:
    """The search takes its evidence for independent and is too sure; this brings its log odds to what proved right."""
    chance = min(max(chance, 1e-7), 1 - 1e-7)
    return 1 / (1 + math.exp(-_CAUTION * math.log(chance / (1 - chance))))


def _chinese_share(sentences: Sequence[str]) -> float:
    return sum(map(is_chinese, sentences)) / len(sentences)
