"""The text of a paragraph, cell or cue as slots that know their formatting, and the segments it is cut into."""

import re
from bisect import bisect_right
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, Generic, TypeVar
from unicodedata import east_asian_width

from lang.errors import NotFoundError
from lang.script import is_chinese
from lang.sentences import split_sentences
from tm.documents.document import By, Kind, Segment

Span = tuple[int, int]
"""Start and end of a piece of a block's text."""


@dataclass(slots=True)
class Slot:
    """A run of text within a block. `style` lists the inline markup around it, outermost first."""

    text: str
    style: tuple[Hashable, ...] = ()


AnySlot = TypeVar("AnySlot", bound=Slot)


@dataclass(slots=True)
class Block(Generic[AnySlot]):
    """A paragraph, cell or cue. `fixtures` are offsets of its text where something stands that is no text: an image, a note."""

    slots: list[AnySlot]
    kind: Kind = "paragraph"
    place: str = ""
    fixtures: list[int] = field(default_factory=list)
    text: str = ""
    offsets: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.text or "".join(slot.text for slot in self.slots)
        self.offsets = [0, *accumulate(len(slot.text) for slot in self.slots)]

    def said(self, start: int, end: int) -> str:
        """A piece of the text; where something that is no text stands between two blanks, with one of them."""
        pieces: list[str] = []
        for offset in self.fixtures:
            if start < offset < end and self.text[offset - 1 : offset + 1] == "  ":
                pieces.append(self.text[start:offset])
                start = offset + 1
        return "".join((*pieces, self.text[start:end]))

    def slot_at(self, offset: int) -> int:
        """The index of the slot that holds the character at this offset."""
        return bisect_right(self.offsets, offset) - 1

    def overlapping(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The slots that share characters with a piece of the text: index, and start and end within the slot."""
        for index in range(self.slot_at(start), len(self.slots)):
            first = self.offsets[index]
            if first >= end:
                return
            last = self.offsets[index + 1]
            if last > start and last > first:
                yield index, max(start, first) - first, min(end, last) - first


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment's place in its block."""

    index: int
    start: int
    end: int


@dataclass(slots=True)
class Segmentation:
    """The segments of a document, and for each of its blocks where they stand."""

    segments: list[Segment] = field(default_factory=list)
    cuts: list[list[Cut]] = field(default_factory=list)

    def check(self, indices: Collection[int]) -> None:
        """NotFoundError for an index that is no segment's."""
        for index in indices:
            if not 0 <= index < len(self.segments):
                raise NotFoundError(f"There is no segment {index}: the document has {len(self.segments)}.")


def segment(blocks: Iterable[Block[AnySlot]], by: By) -> Segmentation:
    """Cut blocks into segments."""
    result = Segmentation()
    paragraph = 0
    for block in blocks:
        cuts = []
        spans = text_spans(block.text, by)
        paragraph += bool(spans)
        for start, end in spans:
            cuts.append(Cut(len(result.segments), start, end))
            text = block.said(start, end)
            result.segments.append(Segment(len(result.segments), text, paragraph, block.kind, place=block.place))
        result.cuts.append(cuts)
    return result


_BETWEEN_TABS: Final = re.compile(r"[^\t]+")


def text_spans(text: str, by: By) -> list[Span]:
    """Where the segments of a text stand, without the blanks around them. What has no letter and no digit is none.

    Tabs part segments as line breaks do: they set numbers, columns and page numbers apart from what is said.
    """
    if by == "paragraph":
        pieces: Sequence[Span] = [(0, len(text))]
    else:
        ends = list(accumulate(len(sentence) for sentence in split_sentences(text)))
        sentences = zip([0, *ends], ends, strict=False)
        pieces = [found.span() for start, end in sentences for found in _BETWEEN_TABS.finditer(text, start, end)]
    return [span for start, end in pieces if (span := _without_blanks(text, start, end))]


def _without_blanks(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    if not any(char.isalnum() for char in piece):
        return None
    stripped = piece.strip()
    start += piece.index(stripped)
    return start, start + len(stripped)


def is_wide(char: str) -> bool:
    """Whether a character is written as wide as a Chinese one, its own punctuation included."""
    return east_asian_width(char) in "WF"


def line_joint(before: str, after: str) -> str:
    """What a line break inside a sentence stands for: nothing between Chinese characters, a blank otherwise."""
    return "" if before and after and is_wide(before[-1]) and is_wide(after[0]) else " "


def sentence_joint(before: str, after: str) -> str:
    """What stands between two sentences: nothing behind a Chinese mark or between Chinese sentences, a blank otherwise."""
    if is_wide(before[-1]) or (is_chinese(before) and is_chinese(after)):
        return ""
    return " "
