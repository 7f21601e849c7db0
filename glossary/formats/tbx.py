"""TBX (ISO 30042), the exchange format of term bases: the third edition (tbx) and the second (martif) read, the third written.

Files of the third edition name their data categories in attributes (DCA) or by elements (DCT); both are read and written.
What breaks the core structure or the rules of the dialect a file names is reported with its line; see docs/exchange.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from glossary.concept import Concept, Property
from glossary.formats.entries import Entry, ReadOptions
from glossary.formats.tbx_reading import EntryReader, FileFacts
from glossary.formats.tbx_rules import CHILDREN
from glossary.formats.tbx_writing import MADE_BY, NOT_INCLUDED, write_tbx
from lang.decoding import opened
from lang.xml_stream import elements, local_name, root_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOTS: Final = ("tbx", "martif")
_ENTRIES: Final = ("conceptEntry", "termEntry")
_CHUNK: Final = 1 << 20
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class Tbx:
    """Read in any edition and style, written as TBX-Basic with its data categories in attributes."""

    name = "tbx"
    suffixes: tuple[str, ...] = (".tbx",)
    style: Literal["dca", "dct"] = "dca"

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name or its root element."""
        return path.suffix.lower() in self.suffixes or root_name(head) in _ROOTS

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The concepts, streaming. BadFileError for a file that is not well-formed, has another root or declares entities."""
        people = _people(path, options.encoding)
        reader = EntryReader(options, FileFacts())
        begun = False
        for element in elements(path, _ROOTS, [*_ENTRIES, "body", "text", *_ROOTS], options.encoding):
            name = local_name(str(element.tag))
            if not begun:
                begun = True
                root = element.getroottree().getroot()
                reader = EntryReader(options, replace(_facts(root), people=people))
                _check_beginning(root, reader)
            _check_before(element, reader)
            if name in _ENTRIES:
                yield reader.entry(element)
            elif not reader.second_edition:
                reader.check_children(element, name)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """TBX-Basic in UTF-8, streaming. Characters that XML forbids become U+FFFD."""
        return write_tbx(concepts, file, self.style)


class TbxDct(Tbx):
    """The same, written with a tag for each data category. Files of both styles are read under the other name."""

    name = "tbx-dct"
    suffixes = ()
    style = "dct"

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - never asked for by content
        """Never: reading is the same for both."""
        return False


def _facts(root: "_Element") -> FileFacts:
    """What the beginning of a file says of all of it."""
    namespace = str(root.tag)[1:].partition("}")[0] if str(root.tag).startswith("{") else ""
    return FileFacts(
        dialect=str(root.get("type") or ""),
        namespace=namespace,
        style=str(root.get("style") or ""),
        ours=any((said.text or "").startswith(MADE_BY) for said in root.iter("{*}p")),
        second_edition=local_name(str(root.tag)) == "martif",
    )


def _check_beginning(root: "_Element", reader: EntryReader) -> None:
    """Note what is missing from the root element and what is wrong in the header."""
    if local_name(str(root.tag)) == "martif":
        return
    for attribute in ("type", "style", _XML_LANG):
        if not root.get(attribute):
            reader.breach(root, f"<tbx> has no {attribute.replace(_XML_LANG, 'xml:lang')}")
    header = next(iter(root.iterchildren("{*}tbxHeader")), None)
    if header is None:
        reader.breach(root, "<tbx> has no <tbxHeader>")
        return
    if not any(True for _ in header.iter("{*}sourceDesc")):
        reader.breach(header, "<tbxHeader> has no <sourceDesc>")
    for element in header.iter():
        name = reader.name(element)
        if name in CHILDREN:
            reader.check_children(element, name)


def _check_before(element: "_Element", reader: EntryReader) -> None:
    """Note what stands before an element and is not allowed there: what comes between two entries is forgotten then."""
    parent = element.getparent()
    if parent is None or reader.second_edition or reader.name(parent) not in CHILDREN:
        return
    allowed = CHILDREN[reader.name(parent)]
    for sibling in element.itersiblings(preceding=True):
        if reader.name(sibling) not in allowed:
            reader.breach(sibling, f"<{reader.name(sibling)}> is not allowed in <{reader.name(parent)}>; left out")
        if sibling.tail and not sibling.tail.isspace():
            reader.breach(sibling, f"text stands in <{reader.name(parent)}>, outside of any element of its own; left out")


def _people(path: Path, encoding: str | None) -> dict[str, tuple[Property, ...]]:
    """Whom the identifiers of the back matter stand for. It follows the entries, so that it is read first by itself."""
    if not _mentions(path, "refObject"):
        return {}
    found: dict[str, tuple[Property, ...]] = {}
    for element in elements(path, _ROOTS, [*_ENTRIES, "refObject"], encoding):
        section = element.getparent()
        included = section is None or section.get("type") != NOT_INCLUDED
        if local_name(str(element.tag)) == "refObject" and element.get("id") and included:
            items = ((str(item.get("type") or ""), " ".join((item.text or "").split())) for item in element.iter("{*}item"))
            found[str(element.get("id"))] = tuple(Property(kind, text, "item") for kind, text in items if kind and text)
    return found


def _mentions(path: Path, word: str) -> bool:
    """Whether a file holds a word in any of the encodings that XML is written in."""
    forms = [word.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
    before = b""
    with opened(path) as file:
        while piece := file.read(_CHUNK):
            if any(form in before + piece for form in forms):
                return True
            before = piece[-64:]
    return False
