"""Text laid out in terminal cells: cut to a width, filled up to it, or broken into lines as Chinese typesetting has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len, split_graphemes

NEVER_FIRST: Final = frozenset("。，、；：？！）》”’」』】〉〕…—·％%.,;:?!)]}")
"""Characters that do not begin a line: they belong to what stands before them."""

NEVER_LAST: Final = frozenset("（《“‘「『【〈〔([{")
"""Characters that do not end a line: they belong to what follows them."""

CUT_MARK: Final = "›"
"""Stands where a text was cut. One cell in every terminal, which an ellipsis is not."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def one_line(text: str) -> str:
    """The text without line breaks, tabs and control characters: each becomes a blank."""
    return _CONTROL.sub(" ", text).replace("\n", " ").replace("\t", " ")


def cut(text: str, cells: int) -> str:
    """The longest beginning of a text that takes at most this many cells; no character is halved."""
    if cell_len(text) <= cells:
        return text
    used = end = 0
    for start, stop, width in split_graphemes(text)[0]:
        if used + width > cells:
            break
        used, end = used + width, stop
        assert start < stop
    return text[:end]


def fit(text: str, cells: int) -> str:
    """The text in exactly this many cells: cut (with a mark) or filled up with blanks."""
    text = one_line(text)
    if cell_len(text) > cells:
        text = cut(text, cells - 1) + CUT_MARK if cells > 0 else ""
    return text + " " * (cells - cell_len(text))


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What the reader takes for one character: its span in the text and its cells."""

    start: int
    end: int
    cells: int
    first: str
    last: str

    @property
    def blank(self) -> bool:
        # A blank may carry a mark that takes no cell of its own.
        return self.first.isspace() and self.last.isspace()

    @property
    def wide(self) -> bool:
        return self.cells > 1


def wrap_spans(text: str, cells: int) -> list[tuple[int, int]]:
    """The lines of a text as spans that follow each other without a gap, so nothing is lost.

    A line takes at most `cells` cells, not counting the blanks and the line break it ends in. Lines break between
    Chinese characters, after blanks and hyphens, never before NEVER_FIRST nor after NEVER_LAST; where that leaves no
    place, between any two characters. An empty text is one empty line.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        cuts = list(_line_starts(line, max(1, cells)))
        for start, following in zip(cuts, [*cuts[1:], len(line) + 1], strict=True):
            spans.append((position + start, min(position + following, len(text))))
        position = end + 1
    return spans


def wrap(text: str, cells: int) -> list[str]:
    """The lines of a text without the blanks and line breaks they end in."""
    return [text[start:end].rstrip() for start, end in wrap_spans(text, cells)]


def _line_starts(line: str, cells: int) -> Iterator[int]:
    yield 0
    clusters = [_Cluster(start, end, width, line[start], line[end - 1]) for start, end, width in split_graphemes(line)[0]]
    first = 0
    while first < len(clusters):
        following = _end_of_line(clusters, first, cells)
        if following < len(clusters):
            yield clusters[following].start
        first = following


def _end_of_line(clusters: list[_Cluster], first: int, cells: int) -> int:
    """The index of the cluster that begins the next line."""
    used = 0
    end = first
    while end < len(clusters) and (used + clusters[end].cells <= cells or clusters[end].blank):
        used += clusters[end].cells
        end += 1
    if end == len(clusters):
        return end
    for place in range(end, first, -1):
        if _may_break(clusters[place - 1], clusters[place]):
            return place
    return max(end, first + 1)


def _may_break(before: _Cluster, after: _Cluster) -> bool:
    if after.blank or after.first in NEVER_FIRST or before.last in NEVER_LAST:
        return False
    if before.last in NEVER_FIRST and after.first in NEVER_LAST:
        return True
    return before.blank or before.wide or after.wide or before.last == "-"
