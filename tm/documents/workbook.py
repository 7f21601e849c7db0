"""Excel workbooks (xlsx): the text of cells.

Numbers, dates, formulas and their results are untouched, and so are sheet names, comments, charts and text boxes. A text
that stands in several cells is one segment, placed where it comes first. The header cells of tables are left alone: Excel
takes a workbook for damaged when they differ from the names of the table's columns, which formulas use.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from tm.documents.blocks import Block
from tm.documents.document import By
from tm.documents.package import Package
from tm.documents.package_document import PackageDocument, PlacedBlock
from tm.documents.xml_parts import XML_SPACE, ElementSlot, local_name, stream, style_key

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})\Z")
_ESCAPED: Final = re.compile(r"_x(?:000[dD]|0009)_")


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row, from one column to another."""

    row: int
    first: int
    last: int

    def holds(self, row: int, column: int) -> bool:
        return row == self.row and self.first <= column <= self.last


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    headers: tuple[_Cells, ...]


class _Strings:
    """The texts of a part: the items of the shared strings, or the cells of a sheet that hold their text themselves."""

    def __init__(self, item: str) -> None:
        self._item = item

    def blocks(self, tree: etree._ElementTree) -> list[Block[ElementSlot]]:
        """A block a text."""
        return [_block(item) for item in tree.getroot().iter(f"{{*}}{self._item}")]

    def tidy(self, block: Block[ElementSlot], changed: Sequence[ElementSlot]) -> None:
        """Drop empty runs and readings, keep the blanks at the ends of texts."""
        assert block.slots[0].element is not None
        item = block.slots[0].element.getparent()
        if item is not None and local_name(item) == "r":
            item = item.getparent()
        for slot in changed:
            _tidy_text(slot.element, item)
        if item is not None:
            for reading in [child for child in item if local_name(child) in {"rPh", "phoneticPr"}]:
                item.remove(reading)

    def finish(self, tree: etree._ElementTree) -> None:
        """Nothing is left to do."""


def _tidy_text(text: etree._Element | None, item: etree._Element | None) -> None:
    if text is None:
        return
    run = text.getparent()
    if not text.text and item is not None and run is not None and run is not item:
        item.remove(run)
    elif text.text != (text.text or "").strip():
        text.set(XML_SPACE, "preserve")


def _block(item: etree._Element) -> Block[ElementSlot]:
    """The block of a text: one slot, or one a run of its own formatting."""
    slots = []
    for child in item:
        if local_name(child) == "t":
            slots.append(ElementSlot(_readable(child.text), (b"",), child))
        elif local_name(child) == "r":
            style = style_key(child.find("{*}rPr"))
            slots += [ElementSlot(_readable(text.text), (style,), text) for text in child.findall("{*}t")]
    return Block(slots, "cell")


def _readable(text: str | None) -> str:
    """A text with blanks where Excel writes a carriage return or tab as a code; as long as before."""
    return _ESCAPED.sub(lambda match: " " * len(match.group()), text or "")


def _position(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell's name: B3 is 3, 2."""
    match = _REFERENCE.match(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _sheets(package: Package, main: str) -> Iterator[_Sheet]:
    relations = package.relations(main)
    for sheet in package.tree(main).getroot().iter("{*}sheet"):
        id_name = next((str(name) for name in sheet.attrib if str(name).endswith("}id")), "")
        kind, part = relations.get(str(sheet.get(id_name, "")), ("", ""))
        if kind == "worksheet" and part in package:
            yield _Sheet(str(sheet.get("name", "")), part, tuple(_headers(package, part)))


def _headers(package: Package, sheet: str) -> Iterator[_Cells]:
    """The header cells of a sheet's tables."""
    for kind, part in package.relations(sheet).values():
        if kind != "table" or part not in package:
            continue
        table = package.tree(part).getroot()
        first, _, last = str(table.get("ref", "")).partition(":")
        start, end = _position(first), _position(last or first)
        if start and end and table.get("headerRowCount") != "0":
            yield _Cells(start[0], start[1], end[1])


@dataclass(slots=True)
class _Found:
    """The blocks of a workbook as its cells are gone through."""

    package: Package
    strings_part: str
    strings: list[Block[ElementSlot]]
    placed: list[PlacedBlock] = field(default_factory=list)
    headers: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    inline_sheets: list[str] = field(default_factory=list)

    def go_through(self, sheet: _Sheet) -> None:
        inline = 0
        for cell in stream(self.package.read(sheet.part), str(self.package.path), sheet.part, "c"):
            reference = str(cell.get("r", ""))
            position = _position(reference)
            is_header = position is not None and any(cells.holds(*position) for cells in sheet.headers)
            place = f"{sheet.name}!{reference}"
            kind = cell.get("t")
            held = cell.find("{*}is")
            if held is not None:
                if kind == "inlineStr" and not is_header:
                    self._take_inline(sheet.part, inline, held, place)
                inline += 1
            elif kind == "s" and cell.find("{*}f") is None:
                self._take_shared(cell.findtext("{*}v"), place, is_header=is_header)

    def _take_inline(self, part: str, number: int, held: etree._Element, place: str) -> None:
        block = _block(held)
        for slot in block.slots:
            slot.element = None
        block.place = place
        self.placed.append(PlacedBlock(part, number, block))
        if part not in self.inline_sheets:
            self.inline_sheets.append(part)

    def _take_shared(self, written: str | None, place: str, *, is_header: bool) -> None:
        number = int(written) if written and written.strip().isdecimal() else -1
        if not 0 <= number < len(self.strings):
            return
        if is_header:
            self.headers.add(number)
        elif number not in self.seen:
            self.seen.add(number)
            self.strings[number].place = place
            self.placed.append(PlacedBlock(self.strings_part, number, self.strings[number]))


def open_workbook(path: Path, by: By, encoding: str | None) -> PackageDocument:  # noqa: ARG001
    """An Excel workbook."""
    package = Package.open(path, "Excel workbook")
    main = package.main_part()
    if local_name(package.tree(main).getroot()) != "workbook":
        raise package.no_document()
    part = next((target for kind, target in package.relations(main).values() if kind == "sharedStrings"), "")
    shared = _Strings("si")
    found = _Found(package, part, shared.blocks(package.tree(part)) if part in package else [])
    for sheet in _sheets(package, main):
        found.go_through(sheet)
    placed = [block for block in found.placed if block.part != part or block.number not in found.headers]
    readers = {part: shared, **{sheet: _Strings("is") for sheet in found.inline_sheets}}
    return PackageDocument(package, "xlsx", placed, readers, by)
