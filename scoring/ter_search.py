"""The edits that make a hypothesis its reference, shifts of words among them: sacreBLEU's TER, edit for edit, faster.

sacreBLEU (after Tercom; Snover et al. 2006) runs a beam edit distance, in Python, for every shift it tries. Most of
that work cannot change the result:

- The shifts of a round are counted before any is tried: the round that reaches the limit is thrown away.
- The plain Levenshtein distance, never above the beam's, orders the shifts; those after the first one that the beam
  confirms cannot win. It costs microseconds in C++.
- The beam's own distance and alignment come from a bit-parallel matrix (Hyyrö 2003), a few operations on integers for
  each word. Where the alignment sacreBLEU would choose stays within the beam, the beam has not changed it: what lies
  outside can only cost more. Where it does not, the beam is walked cell by cell as sacreBLEU does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

MAX_SHIFT_SIZE: Final = 10
MAX_SHIFT_DISTANCE: Final = 50
MAX_SHIFT_CANDIDATES: Final = 1000
BEAM_WIDTH: Final = 25
_UNREACHABLE: Final = 1 << 60

# Minus its length, where it starts, where it goes: of two shifts that save the same, the smaller is Tercom's choice.
Shift = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Matrix:
    """The edit matrix in bits: an integer for each word of the hypothesis, in it a bit for each reference word."""

    rising: list[int] = field(default_factory=list)
    """Cells that cost one more than the cell to their left."""
    falling: list[int] = field(default_factory=list)
    """Cells that cost one less than the cell to their left."""
    sideways: list[int] = field(default_factory=list)
    """Cells best come to from above or from the left, not by a match or a substitution."""
    deepening: list[int] = field(default_factory=list)
    """Cells that cost one more than the cell above."""

    def beginning(self, rows: int) -> "_Matrix":
        """A new matrix of the first rows."""
        return _Matrix(self.rising[:rows], self.falling[:rows], self.sideways[:rows], self.deepening[:rows])


@dataclass(frozen=True, slots=True)
class _Alignment:
    """A hypothesis laid against the reference along the path sacreBLEU prefers."""

    words: str
    distance: int
    matrix: _Matrix
    targets: list[int]
    """Where words go that should come before reference word n; the last: behind all."""
    wrong_words: list[bool]
    wrong_reference_words: list[bool]


def count_edits(hypothesis: Sequence[str], reference: Sequence[str]) -> int:
    """The least insertions, deletions, substitutions and shifts found by Tercom's greedy search.

    Equal to `sacrebleu.metrics.lib_ter.translation_edit_rate(hypothesis, reference)[0]`.
    """
    if not hypothesis or not reference:
        return len(hypothesis) + len(reference)
    target = _Reference(reference, len(hypothesis))
    current = target.align(target.encode(hypothesis))
    shifts = checked = 0
    while current.distance:
        candidates, checked = target.candidates(current, checked)
        if checked >= MAX_SHIFT_CANDIDATES:
            break
        better = target.best_shift(current, candidates)
        if better is None:
            break
        current = better
        shifts += 1
    return shifts + current.distance


class _Reference:
    """A reference, and what is worked out once for all the orders of one hypothesis's words.

    Words are single characters here; all words that the reference lacks are the same one.
    """

    def __init__(self, reference: Sequence[str], hypothesis_length: int) -> None:
        self._letters: dict[str, str] = {}
        for word in reference:
            self._letters.setdefault(word, chr(len(self._letters) + 1))
        self._words = "".join(map(self._letters.__getitem__, reference))
        self._places: dict[str, list[int]] = {}
        for place, letter in enumerate(self._words):
            self._places.setdefault(letter, []).append(place)
        self._masks = {letter: sum(1 << place for place in places) for letter, places in self._places.items()}
        self._beam = _beam(hypothesis_length, len(reference))

    def encode(self, words: Sequence[str]) -> str:
        """The words as one character each."""
        return "".join([self._letters.get(word, "\0") for word in words])

    def align(self, words: str, matrix: _Matrix | None = None) -> _Alignment:
        """Align the words as the beam search would; `matrix` is of their beginning and gets the rows it lacks."""
        matrix = matrix or _Matrix()
        self._complete(matrix, words)
        distance = len(words) + matrix.rising[-1].bit_count() - matrix.falling[-1].bit_count()
        path = self._path(words, matrix.sideways, matrix.deepening)
        if path is None:
            distance, sideways, deepening = self._search_beam(words)
            path = self._path(words, sideways, deepening)
            assert path is not None
        return _Alignment(words, distance, matrix, *path)

    def _complete(self, matrix: _Matrix, words: str) -> None:
        full = (1 << len(self._words)) - 1
        done = len(matrix.rising)
        rising, falling = (matrix.rising[-1], matrix.falling[-1]) if done else (full, 0)
        masks = self._masks
        for word in words[done:]:
            equal = masks.get(word, 0)
            slanting = (((equal & rising) + rising) ^ rising) | equal | falling
            deepening = falling | (full & ~(slanting | rising))
            behind = (deepening << 1) | 1
            rising, falling = (((rising & slanting) << 1) | ~(behind | slanting)) & full, behind & slanting & full
            matrix.rising.append(rising)
            matrix.falling.append(falling)
            matrix.sideways.append(slanting & ~equal)
            matrix.deepening.append(deepening)

    def _path(self, words: str, sideways: list[int], deepening: list[int]) -> tuple[list[int], list[bool], list[bool]] | None:
        """Follow the matrix back: substitution before deletion before insertion; None where that leaves the beam."""
        reference, beam = self._words, self._beam
        row, column = len(words), len(reference)
        targets = [0] * (column + 1)
        wrong, wrong_reference = [True] * row, [True] * column
        while row and column:
            low, high = beam[row - 1]
            if not low <= column < high:
                return None
            if not sideways[row - 1] >> (column - 1) & 1:
                targets[column] = row
                row -= 1
                column -= 1
                wrong[row] = wrong_reference[column] = words[row] != reference[column]
            elif deepening[row - 1] >> (column - 1) & 1:
                row -= 1
            else:
                targets[column] = row
                column -= 1
        if row and beam[row - 1][0]:
            return None
        return targets, wrong, wrong_reference

    def _search_beam(self, words: str) -> tuple[int, list[int], list[int]]:
        """The distance within the beam; for each row, the cells that are come to sideways, and those that deepen."""
        reference = self._words
        above = list(range(len(reference) + 1))
        all_sideways, all_deepening = [], []
        for word, (low, high) in zip(words, self._beam, strict=True):
            row = [_UNREACHABLE] * len(above)
            sideways = deepening = 0
            if low == 0:
                row[0] = above[0] + 1
            for column in range(max(low, 1), high):
                cost = above[column - 1] + (reference[column - 1] != word)
                other = min(above[column], row[column - 1]) + 1
                if other < cost:
                    bit = 1 << (column - 1)
                    sideways |= bit
                    if above[column] < other:
                        deepening |= bit
                    cost = other
                row[column] = cost
            all_sideways.append(sideways)
            all_deepening.append(deepening)
            above = row
        return above[-1], all_sideways, all_deepening

    def candidates(self, current: _Alignment, checked: int) -> tuple[set[Shift], int]:
        """The shifts Tercom would try, and how many it has tried after them, with those of the rounds before.

        A shift moves words that are wrong where they are to where the reference has the same words, wrongly rendered.
        The shifts are complete only where the limit is not reached.
        """
        words, targets = current.words, current.targets
        shifts: set[Shift] = set()
        hypothesis_waits, reference_waits = _waits(current.wrong_words), _waits(current.wrong_reference_words)
        for start, word in enumerate(words):
            for place in self._places.get(word, ()):
                if abs(place - start) > MAX_SHIFT_DISTANCE:
                    continue
                # Words are not moved to within themselves.
                there = targets[place + 1]
                limit = min(MAX_SHIFT_SIZE, there - start - 1) if there > start else MAX_SHIFT_SIZE
                shortest = max(hypothesis_waits[start], reference_waits[place]) + 1
                if shortest > limit:
                    continue
                longest = self._common(words, start, place, limit)
                for length in range(shortest, longest + 1):
                    goals = set(targets[place : place + length + 1])
                    checked += len(goals)
                    if checked >= MAX_SHIFT_CANDIDATES:
                        return shifts, checked
                    shifts.update([(-length, start, goal) for goal in goals if goal != start])
        return shifts, checked

    def _common(self, words: str, start: int, place: int, limit: int) -> int:
        """The number of words that agree from here on, at most `limit`; the first does."""
        reference = self._words
        most = min(limit, len(words) - start, len(reference) - place)
        length = 1
        while length < most and words[start + length] == reference[place + length]:
            length += 1
        return length

    def best_shift(self, current: _Alignment, candidates: set[Shift]) -> _Alignment | None:
        """The alignment after the shift that saves most, None where none saves anything."""
        if not candidates:
            return None
        shifts = list(candidates)
        shifted = [_shift(current.words, shift) for shift in shifts]
        cutoff = current.distance - 1
        bounds = cdist([self._words], shifted, scorer=Levenshtein.distance, score_cutoff=cutoff, dtype=np.int32)[0]
        hopeful = np.flatnonzero(bounds <= cutoff).tolist()
        best: tuple[int, Shift] = (current.distance, (-MAX_SHIFT_SIZE - 1, 0, 0))
        aligned = None
        for bound, shift, words in sorted((int(bounds[index]), shifts[index], shifted[index]) for index in hopeful):
            if (bound, shift) > best:
                break
            candidate = self.align(words, current.matrix.beginning(min(shift[1], shift[2])))
            if (candidate.distance, shift) < best:
                best = candidate.distance, shift
                aligned = candidate
        return aligned


def _beam(rows: int, columns: int) -> list[tuple[int, int]]:
    """The columns, from and to, that sacreBLEU looks at in each row of the matrix after the first."""
    ratio = columns / rows
    width = math.ceil(ratio / 2 + BEAM_WIDTH) if ratio / 2 > BEAM_WIDTH else BEAM_WIDTH
    diagonal = [math.floor(row * ratio) for row in range(1, rows + 1)]
    beam = [(max(0, column - width), min(columns + 1, column + width)) for column in diagonal]
    beam[-1] = beam[-1][0], columns + 1
    return beam


def _waits(wrong: Sequence[bool]) -> list[int]:
    """For each word, how many right ones come before the next wrong one."""
    waits = []
    wait = MAX_SHIFT_SIZE
    for is_wrong in reversed(wrong):
        wait = 0 if is_wrong else wait + 1
        waits.append(wait)
    return waits[::-1]


def _shift(words: str, shift: Shift) -> str:
    length, start, goal = -shift[0], shift[1], shift[2]
    end = start + length
    if goal < start:
        return words[:goal] + words[start:end] + words[goal:start] + words[end:]
    if goal <= end:
        # A goal among the words themselves counts from their end.
        goal += length
    return words[:start] + words[end:goal] + words[start:end] + words[goal:]
