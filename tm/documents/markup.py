"""Blocks of text files put together as a reader comes upon text and markup."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from tm.documents.blocks import line_joint
from tm.documents.document import Kind
from tm.documents.text_document import MarkupPair, SourceSlot, TextBlock

# Text that stands for itself, an entity, blank space that is shown as one blank.
_HTML_TEXT: Final = re.compile(
    r"(?P<plain>[^ \t\r\n\f&]+(?:[ ][^ \t\r\n\f&]+)*)"
    r"|(?P<entity>&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?)"
    r"|(?P<blank>[ \t\r\n\f]+)|(?P<ampersand>&)"
)


@dataclass(slots=True)
class _Open:
    name: str
    span: tuple[int, int]
    text_start: int
    number: int


@dataclass(slots=True)
class BlockBuilder:
    """The block being read: slots, the markup open around the next one, and what is no text.

    Blank space at the ends of a block and a second blank in a row are left out: they are not shown.
    """

    kind: Kind = "paragraph"
    place: str = ""
    slots: list[SourceSlot] = field(default_factory=list)
    pairs: list[MarkupPair] = field(default_factory=list)
    fixtures: list[int] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _length: int = 0
    _numbers: int = 0

    def add(self, text: str, start: int, end: int, *, literal: bool = False) -> None:
        """Text, and where it stands in the source."""
        style = tuple(mark.number for mark in self._open)
        self.slots.append(SourceSlot(text, style, start, end, literal))
        self._length += len(text)

    def open(self, name: str, start: int, end: int) -> None:
        """An opening mark."""
        self._numbers += 1
        self._open.append(_Open(name, (start, end), self._length, self._numbers))

    def close(self, name: str, start: int, end: int) -> None:
        """A closing mark; marks inside it that were left open stay as they are, one without an opening mark too."""
        at = next((at for at in range(len(self._open) - 1, -1, -1) if self._open[at].name == name), None)
        if at is None:
            self.fix()
            return
        mark = self._open[at]
        del self._open[at:]
        self.pairs.append(MarkupPair(mark.span, (start, end), mark.text_start, self._length))

    def fix(self) -> None:
        """Something that is no text and stays: an image, a comment."""
        self.fixtures.append(self._length)

    def add_html(self, source: str, start: int, end: int) -> None:
        """Text as HTML has it: entities, and any blank space as one blank."""
        for match in _HTML_TEXT.finditer(source, start, end):
            written = match.group()
            if match.lastgroup == "blank":
                self.add_blank(written, source[match.end() : match.end() + 1], match.start(), match.end())
            else:
                self.add(unescape(written) if match.lastgroup == "entity" else written, *match.span())

    def add_blank(self, written: str, after: str, start: int, end: int) -> None:
        """Blank space between words; a line break between Chinese characters stands for nothing."""
        before = next((slot.text for slot in reversed(self.slots) if slot.text), "")
        if before and before[-1] not in " \n":
            self.add(line_joint(before, after) if "\n" in written else " ", start, end)

    def build(self) -> TextBlock | None:
        """The block, unless there is no text in it. What opened and did not close is no pair."""
        while self.slots and not self.slots[-1].text.strip(" \n"):
            self._length -= len(self.slots.pop().text)
        if not self.slots:
            return None
        length = self._length
        fixtures = [at for at in self.fixtures if at <= length]
        pairs = [MarkupPair(mark.opening, mark.closing, min(mark.start, length), min(mark.end, length)) for mark in self.pairs]
        return TextBlock(self.slots, self.kind, self.place, fixtures, pairs=pairs)
