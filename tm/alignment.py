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

    from tm.alignment_evidence import Profile
    from tm.alignment_search import Bead, Lengths

    Places = NDArray[np.int64]

Concepts = Sequence[Collection[int]]
"""For each sentence of a side the ids of the concepts recognised in it."""

_PASSES: Final = 3
# So many source sentences are searched at a time, more where a part is missing; of what is found all but the last ones
# are kept.
_WINDOW: Final = 120
_WIDEST_WINDOW: Final = 480
_MARGIN: Final = 40
# Documents up to this size are searched whole.
_WHOLE: Final = 160
_MOST_COLUMNS: Final = 1000
_MOST_CELLS: Final = 200_000_000
# Sentences farther than this from anything with a counterpart are a part that is missing on the other side.
_REACH: Final = 100
# What a gap between the pairs of a coarse path costs to begin, and for each sentence in it.
_COARSE_GAP: Final = (-8.0, -2.5)
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
    source_paragraphs: Sequence[int] | None = None,
    target_paragraphs: Sequence[int] | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Link]:
    """The links between the sentences of two documents, one Chinese and one English, in order, none crossing another.

    Either side may be the Chinese one. A sentence in no link has no counterpart. Concepts recognised in the sentences
    help and are not needed; where given there is one collection a sentence. So do the numbers of the paragraphs that the
    sentences stand in: sentences of one paragraph are rather translated together. `progress` is told, now and then, how many
    source sentences are settled.
    """
    if not source or not target:
        return []
    chinese = 0 if _chinese_share(source) >= _chinese_share(target) else 1
    sides = [
        _profiles(source, chinese == 0, source_concepts),
        _profiles(target, chinese == 1, target_concepts),
    ]
    paragraphs = [
        _paragraphs(given, len(side)) for given, side in zip((source_paragraphs, target_paragraphs), sides, strict=True)
    ]
    search = _Search(sides, paragraphs, chinese)
    path = search.coarse_path()
    if search.is_small:
        return search.links(path, progress or _silent)
    kept = _near(path, len(source), len(target))
    if len(kept[0]) == len(source) and len(kept[1]) == len(target):
        return search.links(path, progress or _silent)
    return _links_within(sides, paragraphs, chinese, kept, progress or _silent)


def joined(sentences: Sequence[str], span: range) -> str:
    """The sentences at these places as one text, with a blank between them where their language writes one."""
    text = ""
    for place in span:
        sentence = sentences[place].strip()
        blank = " " if text and sentence and not (has_han(text[-2:]) or has_han(sentence[:2])) else ""
        text += blank + sentence
    return text


def _silent(settled: int) -> None:
    pass


def _profiles(sentences: Sequence[str], chinese: bool, concepts: Concepts | None) -> "list[Profile]":
    from tm.alignment_evidence import profile

    found = concepts if concepts is not None else [()] * len(sentences)
    return [profile(text, "zh" if chinese else "en", ids) for text, ids in zip(sentences, found, strict=True)]


def _paragraphs(given: Sequence[int] | None, size: int) -> "Places":
    import numpy as np

    if given is not None and len(given) != size:
        raise ValueError(f"{len(given)} paragraph numbers for {size} sentences")
    return np.zeros(size, np.int64) if given is None else np.asarray(given, np.int64)


def _near(path: "Places", rows: int, columns: int) -> "list[Places]":
    """The places of both sides that are in reach of a pair on the path, in order."""
    import numpy as np

    paired = np.flatnonzero(np.diff(path) > 0)
    near = []
    for at, size in ((paired, rows), (path[paired + 1] - 1, columns)):
        # At each place how many more stretches begin than have ended.
        edges = np.zeros(size + 1, np.int64)
        np.add.at(edges, (at - _REACH).clip(0), 1)
        np.add.at(edges, (at + _REACH + 1).clip(None, size), -1)
        near.append(np.flatnonzero(np.cumsum(edges[:size]) > 0))
    return near


def _links_within(
    sides: "list[list[Profile]]",
    paragraphs: "list[Places]",
    chinese: int,
    kept: "list[Places]",
    progress: Callable[[int], None],
) -> list[Link]:
    """The links between the sentences at the places kept, none over sentences between which some were left out."""
    if not len(kept[0]) or not len(kept[1]):
        return []
    search = _Search(
        [[side[at] for at in places.tolist()] for side, places in zip(sides, kept, strict=True)],
        [numbers[places] for numbers, places in zip(paragraphs, kept, strict=True)],
        chinese,
    )
    links = []
    for link in search.links(search.coarse_path(), lambda settled: progress(int(kept[0][settled - 1]) + 1 if settled else 0)):
        source, target = (
            range(int(places[span.start]), int(places[span.stop - 1]) + 1)
            for places, span in zip(kept, (link.source, link.target), strict=True)
        )
        if len(source) == len(link.source) and len(target) == len(link.target):
            links.append(Link(source, target, link.confidence))
    progress(len(sides[0]))
    return links


class _Search:
    def __init__(self, sides: "list[list[Profile]]", paragraphs: "list[Places]", chinese: int) -> None:
        from tm.alignment_evidence import Evidence
        from tm.alignment_search import Habits, Paragraphs

        self._chinese = chinese
        self._sides = sides
        self._size = len(sides[0]), len(sides[1])
        self._evidence = Evidence(sides[0], sides[1], english=1 - chinese)
        self._habits = Habits.usual()
        self._paragraphs = [Paragraphs.of(numbers) for numbers in paragraphs]
        self._lengths = self._measure(range(self._size[0]), range(self._size[1]))

    @property
    def is_small(self) -> bool:
        """Whether the documents are searched whole."""
        return self._size[0] <= _WHOLE and self._size[1] <= _MOST_COLUMNS

    def links(self, path: "Places", progress: Callable[[int], None]) -> list[Link]:
        """The links of the last pass; the first one follows `path`."""
        beads = self._pass(path, lambda settled: progress(settled // _PASSES))
        for number in range(1, _PASSES):
            path = self._path_along(beads)
            self._learn(beads)
            done = number * self._size[0]
            beads = self._pass(path, lambda settled, done=done: progress((done + settled) // _PASSES))  # type: ignore[misc]
        return [Link(bead.source, bead.target, _calibrated(bead.chance)) for bead in beads]

    def _pass(self, path: "Places", progress: Callable[[int], None]) -> "list[Bead]":
        beads: list[Bead] = []
        for settled, found in self._windows(path):
            beads += found
            progress(settled)
        return beads

    def _learn(self, beads: "list[Bead]") -> None:
        from tm.alignment_search import Habits

        self._evidence.learn([(bead.source, bead.target, bead.chance) for bead in beads])
        self._habits = Habits.seen(beads, *self._size)
        self._paragraphs = [
            one.learnt(spans)
            for one, spans in zip(
                self._paragraphs, ([bead.source for bead in beads], [bead.target for bead in beads]), strict=True
            )
        ]
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

    def coarse_path(self) -> "Places":
        """Roughly where in the target each source sentence is translated; of no meaning for small documents."""
        import numpy as np

        from tm.alignment_search import coarse_path

        rows, columns = self._size
        if self.is_small:
            return np.full(rows + 1, columns, np.int64)

        def scores(row: int, span: range) -> "NDArray[np.float64]":
            length = self._lengths.scores(range(row, row + 1), span, (1, 1))[0]
            least: NDArray[np.float64] = np.maximum(length, _COARSE_LEAST)
            return least + self._evidence.row(row, span)

        return coarse_path(rows, columns, scores, _COARSE_GAP, _MOST_CELLS)

    def _path_along(self, beads: "list[Bead]") -> "Places":
        import numpy as np

        rows, columns = self._size
        known = {0: 0}
        for bead in beads:
            known[bead.source.start] = bead.target.start
            known[bead.source.stop] = bead.target.stop
        known[rows] = max(known.get(rows, 0), columns if not beads else beads[-1].target.stop)
        return np.interp(np.arange(rows + 1), list(known), list(known.values())).astype(np.int64)

    def _windows(self, path: "Places") -> "Iterator[tuple[int, list[Bead]]]":
        """The beads window by window, each with the number of source sentences settled."""
        rows, columns = self._size
        i = j = 0
        while i < rows and j < columns:
            if rows - i <= _WHOLE and columns - j <= _MOST_COLUMNS:
                yield rows, self._search(range(i, rows), range(j, columns))
                return
            end = self._window_end(i, path)
            # The path is right but for a few sentences: that many of the window's last are left to the next one.
            right = columns if end == rows else int(path[end])
            found = self._search(range(i, end), range(j, right)) if right > j else []
            if end == rows:
                yield rows, found
                return
            kept = [bead for bead in found if bead.source.stop <= end - _MARGIN]
            i, j = (kept[-1].source.stop, kept[-1].target.stop) if kept else (end - _MARGIN, j)
            yield i, kept

    def _window_end(self, start: int, path: "Places") -> int:
        """Where the window that starts at this source sentence ends: not within a part that the target lacks."""
        rows = self._size[0]
        end = start + _WINDOW
        while end < min(rows, start + _WIDEST_WINDOW) and path[end] - path[end - _MARGIN] < _MARGIN // 2:
            end += _MARGIN // 2
        return min(rows, end)

    def _search(self, rows: range, columns: range) -> "list[Bead]":
        import numpy as np

        from tm.alignment_search import SHAPES, best_beads

        shapes = [(a, b) for a, b in SHAPES if a <= len(rows) and b <= len(columns)]
        scores = self._evidence.window(rows, columns, shapes)
        for shape in shapes:
            scores[shape] += self._lengths.scores(rows, columns, shape) + np.log(self._habits.shapes[shape])
            scores[shape] += self._paragraphs[0].scores(rows, shape[0])[:, None] + self._paragraphs[1].scores(columns, shape[1])
        return best_beads(scores, rows, columns, self._habits.skips, open_end=rows.stop < self._size[0])


def _calibrated(chance: float) -> float:
    """The search takes its evidence for independent and is too sure; this brings its log odds to what proved right."""
    chance = min(max(chance, 1e-7), 1 - 1e-7)
    return 1 / (1 + math.exp(-_CAUTION * math.log(chance / (1 - chance))))


def _chinese_share(sentences: Sequence[str]) -> float:
    return sum(map(is_chinese, sentences)) / len(sentences)
