"""Documents that are packages of XML parts: parts that hold a translation are written anew, the others stay byte for byte."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lxml import etree

from tm.documents.arrangement import arrange, slot_edits
from tm.documents.blocks import Block, segment
from tm.documents.document import By, Segment, WriteReport
from tm.documents.package import Package
from tm.documents.saving import write_bytes
from tm.documents.xml_parts import ElementSlot, apply_edits, serialised


class PartReader(Protocol):
    """How the text of a part is found and tidied up after it was changed."""

    def blocks(self, tree: etree._ElementTree) -> list[Block[ElementSlot]]:
        """The part's blocks; the same tree always gives the same ones."""
        ...

    def tidy(self, block: Block[ElementSlot], changed: Sequence[ElementSlot]) -> None:
        """Make a block whose slots were changed what the format wants."""
        ...

    def finish(self, tree: etree._ElementTree) -> None:
        """What is left to do when all blocks of a part are written."""
        ...


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block and where it was found: the part, and its number among that part's blocks."""

    part: str
    number: int
    block: Block[ElementSlot]


class PackageDocument:
    """A document of several parts. The blocks given are in reading order, whatever part they are in."""

    def __init__(
        self, package: Package, format_name: str, placed: Sequence[PlacedBlock], readers: Mapping[str, PartReader], by: By
    ) -> None:
        self.path = package.path
        self.format = format_name
        self._package = package
        self._readers = readers
        self._places = [(block.part, block.number) for block in placed]
        self._segmentation = segment((block.block for block in placed), by)

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
        """Write it with these segments replaced; office files have no place for what must be reviewed."""
        self._segmentation.check([*translations, *review])
        changed: dict[str, bytes] = {}
        replaced: list[int] = []
        simplified: list[int] = []
        for part, reader in self._readers.items():
            data = self._rewritten(part, reader, translations, replaced, simplified)
            if data is not None:
                changed[part] = data
        write_bytes(Path(path), self._package.bytes_with(changed))
        return WriteReport(len(replaced), tuple(sorted(simplified)))

    def _rewritten(
        self, part: str, reader: PartReader, translations: Mapping[int, str], replaced: list[int], simplified: list[int]
    ) -> bytes | None:
        """A part's new content, None where nothing changes in it."""
        wanted = [
            (number, cuts)
            for (name, number), cuts in zip(self._places, self._segmentation.cuts, strict=True)
            if name == part and any(cut.index in translations for cut in cuts)
        ]
        if not wanted:
            return None
        tree = self._package.tree(part)
        blocks = reader.blocks(tree)
        before = len(replaced)
        for number, cuts in wanted:
            arrangement = arrange(blocks[number], cuts, translations)
            if arrangement.replaced:
                reader.tidy(blocks[number], apply_edits(blocks[number], slot_edits(blocks[number], arrangement)))
                replaced.extend(arrangement.replaced)
                simplified.extend(arrangement.simplified)
        if len(replaced) == before:
            return None
        reader.finish(tree)
        return serialised(tree, self._package.read(part))
