"""Documents that are text: parts of the source are replaced, every other character stays what it was."""

import codecs
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final, Protocol

from lang.encoding import decode, detect
from lang.errors import UnsupportedError
from tm.documents.arrangement import SlotEdit, arrange, slot_edits
from tm.documents.blocks import Block, Slot, segment
from tm.documents.document import By, Segment, WriteReport
from tm.documents.saving import read_bytes, write_bytes

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

Change = tuple[int, int, str]
"""A piece of the source, from start to end, and what takes its place."""


@dataclass(slots=True)
class SourceSlot(Slot):
    """Text and where it stands in the source. Where the lengths differ (an entity, an escape) it is replaced as a whole.

    `literal` text is written as it is, without escapes: code, addresses.
    """

    start: int = 0
    end: int = 0
    literal: bool = False

    def source_span(self, edit: SlotEdit) -> tuple[int, int]:
        """The part of the source that a change of this slot replaces."""
        if self.end - self.start != len(self.text):
            if edit.start == edit.end and self.text:
                place = self.end if edit.start else self.start
                return place, place
            return self.start, self.end
        return self.start + edit.start, self.start + edit.end


@dataclass(frozen=True, slots=True)
class MarkupPair:
    """An opening and a closing mark (spans of the source) and the piece of the block's text between them."""

    opening: tuple[int, int]
    closing: tuple[int, int]
    start: int
    end: int


@dataclass(slots=True)
class TextBlock(Block[SourceSlot]):
    """A block of a text file with the markup in it. `in_mark` says that it stands within a mark, as an attribute does."""

    in_mark: bool = False
    pairs: list[MarkupPair] = field(default_factory=list)

    @property
    def source_start(self) -> int:
        """Where it begins in the source, the markup around its text included."""
        return min([self.slots[0].start, *(pair.opening[0] for pair in self.pairs)])

    @property
    def source_end(self) -> int:
        """Where it ends in the source, the markup around its text included."""
        return max([self.slots[-1].end, *(pair.closing[1] for pair in self.pairs)])


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A file's text, and all it takes to make the same bytes of it again."""

    text: str
    encoding: str
    bom: bytes = b""

    def encoded(self, text: str, path: Path, errors: str = "strict") -> bytes:
        """Another text in the same encoding; UnsupportedError names the character that has no place in it."""
        try:
            return self.bom + text.encode(self.encoding, errors)
        except UnicodeEncodeError as error:
            raise UnsupportedError(
                f"{path}: {text[error.start]!r} cannot be written in {self.encoding}, the document's encoding.",
                "Save the document as UTF-8 first.",
            ) from error


def read_encoded(path: Path, encoding: str | None = None) -> EncodedText:
    """A file's text, its encoding found out unless it is named."""
    return encoded_text(read_bytes(path), path, encoding)


def encoded_text(data: bytes, path: Path, encoding: str | None = None) -> EncodedText:
    """The text of a file's bytes, its encoding found out unless it is named."""
    for bom, name in _BOMS:
        if data.startswith(bom) and (encoding is None or codecs_agree(encoding, name)):
            return EncodedText(decode(data[len(bom) :], str(path), name), name, bom)
    name = encoding or detect(data)
    text = decode(data, str(path), name)
    if name.lower().replace("_", "-") in {"utf-16", "utf-32"}:
        name = next((found for found in (f"{name}-le", f"{name}-be") if text.encode(found) == data), name)
    return EncodedText(text, name)


def codecs_agree(named: str, found: str) -> bool:
    """Whether an encoding named by the user is the one a byte order mark shows: utf-16 is either order."""
    try:
        name = codecs.lookup(named).name
    except LookupError:
        return False
    return found.startswith(name.removesuffix("-sig"))


class TextFormat(Protocol):
    """How a format of text files is read and written."""

    name: str

    def blocks(self, text: str) -> list[TextBlock]:
        """The blocks of a source text, in order."""
        ...

    def escaped(self, text: str, slot: SourceSlot, block: TextBlock) -> str:
        """Plain text as it is written in the source, in place of text of this slot."""
        ...

    def finished(self, source: str, block: TextBlock) -> str:
        """The new source of a block, laid out as the format wants it."""
        ...


class TextDocument:
    """A document whose source is one text."""

    def __init__(
        self, path: Path, source: EncodedText, form: TextFormat, by: By, *, on_missing_character: str = "strict"
    ) -> None:
        self.path = path
        self.format = form.name
        self._source = source
        self._form = form
        self._errors = on_missing_character
        self._blocks = [block for block in form.blocks(source.text) if block.slots]
        self._segmentation = segment(self._blocks, by)

    def segments(self) -> list[Segment]:
        """Its segments in reading order."""
        return list(self._segmentation.segments)

    def write(
        self,
        path: Path | str,
        translations: Mapping[int, str],
        *,
        review: Collection[int] = (),
        target_lang: str = "",  # noqa: ARG002
    ) -> WriteReport:
        """Write it with these segments replaced; text has no place for what must be reviewed."""
        self._segmentation.check([*translations, *review])
        source = self._source.text
        pieces: list[str] = []
        replaced: list[int] = []
        simplified: list[int] = []
        written: list[tuple[TextBlock, list[SlotEdit]]] = []
        in_marks: list[Change] = []
        for block, cuts in zip(self._blocks, self._segmentation.cuts, strict=True):
            arrangement = arrange(block, cuts, translations)
            if not arrangement.replaced:
                continue
            replaced.extend(arrangement.replaced)
            simplified.extend(arrangement.simplified)
            edits = slot_edits(block, arrangement)
            if block.in_mark:
                in_marks += self._changes(block, edits)
            else:
                written.append((block, edits))
        done = 0
        for block, edits in written:
            start, end = block.source_start, block.source_end
            pieces.append(spliced(source, done, start, _between(in_marks, done, start)))
            changes = self._changes(block, edits) + _between(in_marks, start, end)
            pieces.append(self._form.finished(spliced(source, start, end, changes), block))
            done = end
        pieces.append(spliced(source, done, len(source), _between(in_marks, done, len(source))))
        target = Path(path)
        write_bytes(target, self._source.encoded("".join(pieces), target, self._errors))
        return WriteReport(len(replaced), tuple(simplified))

    def _changes(self, block: TextBlock, edits: Sequence[SlotEdit]) -> list[Change]:
        changes: list[Change] = []
        for edit in edits:
            slot = block.slots[edit.slot]
            text = self._form.escaped(edit.text, slot, block) if edit.text else ""
            changes.append((*slot.source_span(edit), text))
        for pair in _emptied(block, edits):
            changes += [(*pair.opening, ""), (*pair.closing, "")]
        return changes


def _between(changes: Sequence[Change], start: int, end: int) -> list[Change]:
    """The changes within a piece of the source."""
    return [change for change in changes if start <= change[0] and change[1] <= end]


def _emptied(block: TextBlock, edits: Sequence[SlotEdit]) -> list[MarkupPair]:
    """The pairs of marks that have no text between them any more."""
    if not block.pairs:
        return []
    remaining = [1] * len(block.text)
    for edit in edits:
        first = block.offsets[edit.slot] + edit.start
        remaining[first : first + edit.end - edit.start] = [0] * (edit.end - edit.start)
        if edit.text and first < len(remaining):
            remaining[first] = 1
    before = [0, *accumulate(remaining)]
    return [pair for pair in block.pairs if pair.start < pair.end and before[pair.start] == before[pair.end]]


def spliced(source: str, start: int, end: int, changes: Sequence[Change]) -> str:
    """A piece of the source with changes made; a change within what an earlier one takes away is left out."""
    pieces: list[str] = []
    for first, last, text in sorted(changes, key=lambda change: change[:2]):
        if first < start and last < start:
            continue
        pieces += [source[start:first], text]
        start = max(start, last)
    pieces.append(source[start:end])
    return "".join(pieces)
