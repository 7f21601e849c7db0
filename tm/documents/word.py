"""Word documents (docx): body, tables, text boxes, headers, footers, footnotes and endnotes.

Read and written as XML, because what a library does not know it loses. A translated sentence takes the formatting of its
first run (of the first that is no link and no field), unless the words that differ stand in the translation as they are.
Deleted text of tracked changes, comments, drawings, formulas, field codes and document properties are left alone.
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

from tm.documents.blocks import Block
from tm.documents.document import By, Kind
from tm.documents.package import Package
from tm.documents.package_document import PackageDocument, PlacedBlock
from tm.documents.xml_parts import XML_SPACE, ElementSlot, local_name, style_key, walk

_CLOSED: Final = frozenset(
    "txbxContent pPr rPr del moveFrom rt drawing pict object oMath oMathPara instrText delText AlternateContent".split()
)
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_FIXTURES: Final = frozenset(
    "drawing pict object oMath oMathPara AlternateContent footnoteReference endnoteReference sym".split()
)
_WRAPPERS: Final = frozenset("hyperlink smartTag ins fldSimple customXml".split())
_HEADING_NAME: Final = re.compile(r"(?i)(?:heading \d|title|subtitle)$")
_NOISE: Final = frozenset("lang noProof".split())
_PART_KINDS: Final[dict[str, Kind]] = {"footnotes": "note", "endnotes": "note", "header": "header", "footer": "footer"}
_STYLE_DEPTH: Final = 12


@dataclass(slots=True)
class _Field:
    """A field of a paragraph (a page number, a reference): its runs and the elements that show its result."""

    runs: list[etree._Element] = field(default_factory=list)
    shown: list[etree._Element] = field(default_factory=list)
    complete: bool = False


@dataclass(slots=True)
class _ParagraphBlock(Block[ElementSlot]):
    """A paragraph, with the fields in it."""

    fields: list[_Field] = field(default_factory=list)


@dataclass(slots=True)
class _ParagraphReader:
    """The slots of one paragraph."""

    slots: list[ElementSlot] = field(default_factory=list)
    fixtures: list[int] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    _open: list[_Field] = field(default_factory=list)
    _around: list[Hashable] = field(default_factory=list)
    _format: Hashable = ()
    _length: int = 0
    _in_fields: list[tuple[ElementSlot, _Field]] = field(default_factory=list)

    def read(self, paragraph: etree._Element) -> None:
        for event, element in walk(paragraph, _CLOSED):
            name = local_name(element)
            if name in {"hyperlink", "fldSimple"}:
                if event == "start":
                    self._around.append((name, len(self.slots)))
                else:
                    self._around.pop()
            elif event == "start":
                self._begin(name, element)
        for slot, shown in self._in_fields:
            if shown.complete:
                slot.style = (*slot.style, ("field", id(shown)))

    def _begin(self, name: str, element: etree._Element) -> None:
        if name == "r":
            self._format = _format_key(element)
            for around in self._open:
                around.runs.append(element)
        elif name == "fldChar":
            self._field_mark(element)
        elif name == "t":
            self._add(element.text or "", element)
        elif name in _CHARACTERS and not _is_page_break(element):
            self._add(_CHARACTERS[name], element, whole=True)
        elif name in _FIXTURES or name == "br":
            self.fixtures.append(self._length)

    def _add(self, text: str, element: etree._Element, *, whole: bool = False) -> None:
        slot = ElementSlot(text, (self._format, *self._around), element, "whole" if whole else "text")
        self.slots.append(slot)
        self._length += len(text)
        if self._open:
            self._open[0].shown.append(element)
            self._in_fields.append((slot, self._open[0]))

    def _field_mark(self, element: etree._Element) -> None:
        kind = _attribute(element, "fldCharType")
        if kind == "begin":
            begun = _Field()
            run = element.getparent()
            if run is not None:
                begun.runs.append(run)
            self._open.append(begun)
            self.fields.append(begun)
        elif kind == "end" and self._open:
            self._open.pop().complete = True


def _attribute(element: etree._Element | None, name: str) -> str:
    """An attribute in the element's own namespace, which has two spellings, strict and transitional."""
    return "" if element is None else str(element.get(f"{{{etree.QName(element).namespace}}}{name}", ""))


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return None if element is None else element.find(f"{{*}}{name}")


def _is_page_break(element: etree._Element) -> bool:
    return _attribute(element, "type") in {"page", "column"}


def _format_key(run: etree._Element) -> Hashable:
    """A run's formatting without what is not seen: proofing languages, and which font a shared character takes."""
    properties = _child(run, "rPr")
    if properties is None:
        return frozenset()
    return frozenset(style_key(child) for child in properties if local_name(child) not in _NOISE and not _is_font_hint(child))


def _is_font_hint(element: etree._Element) -> bool:
    return local_name(element) == "rFonts" and all(name.endswith("}hint") for name in map(str, element.attrib))


class _WordPart:
    """The text of one part; `kind` is that of all its paragraphs, where the part decides."""

    def __init__(self, headings: frozenset[str], kind: Kind | None) -> None:
        self._headings = headings
        self._kind = kind
        self._mirrors: list[tuple[etree._Element, etree._Element]] = []

    def blocks(self, tree: etree._ElementTree) -> list[Block[ElementSlot]]:
        """A block a paragraph."""
        self._mirrors = list(_mirrors(tree))
        return list(self._blocks(tree))

    def _blocks(self, tree: etree._ElementTree) -> Iterator[Block[ElementSlot]]:
        for paragraph in tree.getroot().iter("{*}p"):
            around = [local_name(element) for element in paragraph.iterancestors()]
            # Drawing and mathematics have paragraphs of their own, old programs a copy of each text box.
            if etree.QName(paragraph).namespace != etree.QName(tree.getroot()).namespace or "Fallback" in around:
                continue
            reader = _ParagraphReader()
            reader.read(paragraph)
            if reader.slots:
                kind = self._kind or self._paragraph_kind(paragraph, around)
                yield _ParagraphBlock(reader.slots, kind, fixtures=reader.fixtures, fields=reader.fields)

    def _paragraph_kind(self, paragraph: etree._Element, around: Sequence[str]) -> Kind:
        properties = _child(paragraph, "pPr")
        style = _attribute(_child(properties, "pStyle"), "val")
        if style in self._headings or _child(properties, "outlineLvl") is not None:
            return "heading"
        if "tc" in around:
            return "cell"
        listed = _child(properties, "numPr") is not None or style.lower().startswith("list")
        return "list item" if listed else "paragraph"

    def tidy(self, block: Block[ElementSlot], changed: Sequence[ElementSlot]) -> None:
        """Remove runs, links and fields that show nothing any more; write line breaks and tabs as Word does."""
        assert isinstance(block, _ParagraphBlock)
        for shown in block.fields:
            if shown.complete and shown.shown and not any(_shows(element) for element in shown.shown):
                for run in shown.runs:
                    _remove(run)
        for slot in changed:
            assert slot.element is not None
            if slot.part == "whole":
                continue
            if slot.element.text:
                _spell_out(slot.element)
            else:
                _remove_run_of(slot.element)

    def finish(self, tree: etree._ElementTree) -> None:  # noqa: ARG002
        """Give old programs the text boxes that new ones see."""
        for written, copied in self._mirrors:
            if _shown_text(written) != _shown_text(copied):
                copied[:] = [deepcopy(child) for child in written]


def _shows(element: etree._Element) -> bool:
    return element.getparent() is not None and (local_name(element) != "t" or bool(element.text))


def _shown_text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter("{*}t"))


def _mirrors(tree: etree._ElementTree) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Text boxes and their copies for old programs."""
    for alternatives in tree.getroot().iter("{*}AlternateContent"):
        new, old = _child(alternatives, "Choice"), _child(alternatives, "Fallback")
        if new is None or old is None:
            continue
        boxes, copies = list(new.iter("{*}txbxContent")), list(old.iter("{*}txbxContent"))
        if len(boxes) == len(copies) == 1 and _shown_text(boxes[0]) == _shown_text(copies[0]):
            yield boxes[0], copies[0]


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _remove_run_of(text: etree._Element) -> None:
    """Remove an empty text, then its run, then the link around it, each where nothing else is in it."""
    run = text.getparent()
    _remove(text)
    while run is not None and all(local_name(child) == "rPr" for child in run):
        around = run.getparent()
        if local_name(run) != "r" and local_name(run) not in _WRAPPERS:
            return
        _remove(run)
        run = around


def _spell_out(element: etree._Element) -> None:
    """Write the line breaks and tabs of a text as elements, and keep the blanks at its ends."""
    written = element.text or ""
    namespace = etree.QName(element).namespace
    pieces = re.split(r"([\n\t])", written)
    element.text = pieces[0]
    last = element
    for piece in pieces[1:]:
        if not piece:
            continue
        added = etree.Element(f"{{{namespace}}}{'br' if piece == chr(10) else 'tab' if piece == chr(9) else 't'}")
        if piece not in "\n\t":
            added.text = piece
            added.set(XML_SPACE, "preserve")
        last.addnext(added)
        last = added
    if element.text != (element.text or "").strip():
        element.set(XML_SPACE, "preserve")


def _headings(package: Package, part: str | None) -> frozenset[str]:
    """The ids of the paragraph styles that make a heading, directly or through the style they are based on."""
    if part is None or part not in package:
        return frozenset()
    based: dict[str, str] = {}
    headings: set[str] = set()
    for style in package.tree(part).getroot().iter("{*}style"):
        name = _attribute(style, "styleId")
        based[name] = _attribute(_child(style, "basedOn"), "val")
        level = _child(_child(style, "pPr"), "outlineLvl")
        if level is not None or _HEADING_NAME.match(_attribute(_child(style, "name"), "val")):
            headings.add(name)
    return frozenset(name for name in based if any(ancestor in headings for ancestor in _ancestry(name, based)))


def _ancestry(name: str, based: dict[str, str]) -> Iterator[str]:
    for _ in range(_STYLE_DEPTH):
        yield name
        name = based.get(name, "")


def open_word(path: Path, by: By, encoding: str | None) -> PackageDocument:  # noqa: ARG001
    """A Word document."""
    package = Package.open(path, "Word document")
    main = package.main_part()
    relations = package.relations(main)
    headings = _headings(package, next((target for kind, target in relations.values() if kind == "styles"), None))
    readers = {main: _WordPart(headings, None)}
    for kind in _PART_KINDS:
        for name in sorted({target for found, target in relations.values() if found == kind and target in package}):
            readers.setdefault(name, _WordPart(headings, _PART_KINDS[kind]))
    if local_name(package.tree(main).getroot()) != "document":
        raise package.no_document()
    placed = [
        PlacedBlock(name, number, block)
        for name, reader in readers.items()
        for number, block in enumerate(reader.blocks(package.tree(name)))
    ]
    return PackageDocument(package, "docx", placed, readers, by)
