"""Where in a translation the rendering of a term may stand, so that a glossary appended to it renders nothing.

Whole documents given as one segment are judged line by line; a text longer than any translation could be counts only as far
as one could reach; and a list of terms at either end of a text that the source does not have is none of the translation.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lang.script import is_chinese

# A translation from English has about 0.3 times as many characters in Chinese, one from Chinese about 3.3 times as many in
# English; more than twice that, and what short texts vary by, is no translation any more.
_LONGEST: Final = {True: (0.75, 60), False: (8.0, 200)}
_LEAST_IN_LIST: Final = 3
_BETWEEN: Final = re.compile(r"(?:[\s、,，;；.。/|·•:：()（）「」《》\"'\-–—*#\[\]]|和|及|與|与|and\b|or\b)*")
_SENTENCE_END: Final = re.compile(r"(?:[。.!?！？…]['\"”’」』）)]?\s*|\n\s*)$")

# Links of documents less sure than this are taken together with their neighbours.
_SURE: Final = 0.4
# How many lines of a text may be blank where the other's are not.
_ODD: Final = 0.02

Span = tuple[int, int]
Place = tuple[int, int]
"""A position in a text and the number of the concept that stands there."""
_Side = tuple[str, list[Span], Sequence[Place]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a source and of its translation that belong together: spans of the two texts. Either may be empty."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int


def corresponding_lines(
    source: str, target: str, concepts: Callable[[], tuple[Sequence[Place], Sequence[Place]]] | None = None
) -> list[Lines]:
    """The parts of a segment to judge by themselves, all of both texts in them: one, unless both texts have several lines.

    Texts of as many lines, without or with blank ones, go line by line; others are aligned as documents are, with the help of
    the places of concepts in both texts, where `concepts` gives them; lines in no link belong to those without link beside them.
    """
    if "\n" not in source or "\n" not in target:
        return [Lines(0, len(source), 0, len(target))]
    all_ours, all_theirs = list(_lines(source)), list(_lines(target))
    ours, theirs = [span for span in all_ours if span[0] < span[1]], [span for span in all_theirs if span[0] < span[1]]
    if not ours or not theirs:
        return [Lines(0, len(source), 0, len(target))]
    if len(ours) == len(theirs):
        return [Lines(*one, *other) for one, other in zip(ours, theirs, strict=True)]
    if len(all_ours) == len(all_theirs):
        lines = [Lines(*one, *other) for one, other in zip(all_ours, all_theirs, strict=True)]
        # As many lines by chance would have their blank ones elsewhere.
        odd = sum((part.source_start == part.source_end) != (part.target_start == part.target_end) for part in lines)
        if odd <= _ODD * len(lines):
            return lines
    in_source, in_target = concepts() if concepts else ((), ())
    return list(_aligned((source, ours, in_source), (target, theirs, in_target)))


def _lines(text: str) -> Iterator[Span]:
    """The spans of the lines, empty ones of those that are blank."""
    start = 0
    for line in text.split("\n"):
        yield start, start + (len(line) if line.strip() else 0)
        start += len(line) + 1


def _aligned(source: _Side, target: _Side) -> Iterator[Lines]:
    from tm.alignment import align

    links = align(
        [source[0][slice(*span)] for span in source[1]],
        [target[0][slice(*span)] for span in target[1]],
        source_concepts=_by_line(source[1], source[2]),
        target_concepts=_by_line(target[1], target[2]),
    )
    one = other = 0
    for link in links:
        if link.confidence < _SURE:
            continue
        yield from _joined(source[1][one : link.source.start], target[1][other : link.target.start])
        one, other = link.source.stop, link.target.stop
        yield from _joined(source[1][link.source.start : one], target[1][link.target.start : other])
    yield from _joined(source[1][one:], target[1][other:])


def _joined(ours: list[Span], theirs: list[Span]) -> Iterator[Lines]:
    if ours or theirs:
        yield Lines(*(ours[0][0], ours[-1][1]) if ours else (0, 0), *(theirs[0][0], theirs[-1][1]) if theirs else (0, 0))


def _by_line(lines: list[Span], places: Sequence[Place]) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in lines]
    starts = [start for start, _ in lines]
    for position, concept in places:
        found[bisect_right(starts, position) - 1].append(concept)
    return found


def plausible_length(source: str, target: str) -> int:
    """How many characters of a text can be a translation of the source: all of it, but for far too long ones."""
    factor, base = _LONGEST[is_chinese(target)]
    return min(len(target), max(int(factor * len(source)) + base, 0))


def list_at_end(places: Sequence[Span], text: str, is_spare: Callable[[int], bool], source_list: Callable[[], int]) -> range:
    """Which of the places, in order, make a list of terms that does not belong to the translation.

    It has three or more, with nothing but separators between them and to the text's end or its beginning, is longer than any
    list of terms in the source (`source_list()` of them), and repeats a term rendered elsewhere (`is_spare`) or stands behind
    the end of a sentence.
    """
    for run in (_run_at_end(places, text), _run_at_beginning(places, text)):
        if len(run) < _LEAST_IN_LIST:
            continue
        before = text[: places[run.start][0]]
        if (any(map(is_spare, run)) or _SENTENCE_END.search(before)) and source_list() < len(run) - 1:
            return run
    return range(0)


def longest_list(places: Sequence[Span], text: str) -> int:
    """How many places at most follow each other with nothing but separators between them."""
    longest = length = 0
    for place, (start, _) in enumerate(places):
        joined = place > 0 and only_separators(text, places[place - 1][1], start)
        length = length + 1 if joined else 1
        longest = max(longest, length)
    return longest


def _run_at_end(places: Sequence[Span], text: str) -> range:
    first, reached = len(places), len(text)
    while first > 0 and only_separators(text, places[first - 1][1], reached):
        first -= 1
        reached = places[first][0]
    return range(first, len(places))


def _run_at_beginning(places: Sequence[Span], text: str) -> range:
    last, reached = 0, 0
    while last < len(places) and only_separators(text, reached, places[last][0]):
        reached = places[last][1]
        last += 1
    return range(last)


def only_separators(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is nothing but blanks, punctuation and words for "and" and "or"."""
    return _BETWEEN.fullmatch(text, start, end) is not None
