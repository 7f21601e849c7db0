"""XML read without network, entities or document types, and text put into its elements."""

import io
import re
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from lxml import etree

from lang.errors import BadFileError
from tm.documents.arrangement import SlotEdit
from tm.documents.blocks import Block, Slot

_BROKEN: Final = (etree.XMLSyntaxError, ValueError, LookupError)
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_DECLARATION: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml\s[^>]*\?>\s*")
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_PROLOGUE: Final = re.compile(
    r"\A\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE(?P<rest>(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+)(?P<subset>\[)?", re.DOTALL
)
# Encodings in which a document type is sure to be seen before the document is parsed.
_TRANSPARENT: Final = re.compile(rb"(?i)\A(?:utf-8|us-ascii|ascii|iso-8859-\d+|windows-\d+|gb2312|gbk|gb18030|big5)\Z")


def parse(data: bytes, path: str, part: str = "") -> etree._ElementTree:
    """The tree of an XML file (or of a part of one); BadFileError with the line where it is broken or not to be trusted."""
    place = f"{path} ({part})" if part else path
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=_harmless(data, place, any_type=not part),
        strip_cdata=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except _BROKEN as error:
        raise _bad_file(place, error) from error
    tree = root.getroottree()
    types: Any = tree.docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        raise BadFileError(place, 0, "declares entities, which may hide anything", "Remove its <!DOCTYPE ...>.")
    return tree


def stream(data: bytes, path: str, part: str, name: str) -> Iterator[etree._Element]:
    """The elements of this local name in a part, one after the other; what was read is forgotten."""
    place = f"{path} ({part})"
    huge = _harmless(data, place, any_type=False)
    try:
        events = etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=f"{{*}}{name}",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=huge,
        )
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except _BROKEN as error:
        raise _bad_file(place, error) from error


def _harmless(data: bytes, place: str, *, any_type: bool) -> bool:
    """Whether a document may be as large as it likes. BadFileError for one with a document type of its own.

    Entities are what makes huge documents dangerous; without them only the length of texts is in question.
    """
    declared = _declared_encoding(data)
    wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:4]
    found = _PROLOGUE.match(data.decode("utf-16", "replace") if wide else data.decode("latin-1"))
    if found and (found["subset"] or not any_type):
        raise BadFileError(place, 0, "declares a document type of its own, which may hide anything", "Remove its <!DOCTYPE ...>.")
    return not wide and bool(_TRANSPARENT.match(declared or b"utf-8"))


def _bad_file(place: str, error: Exception) -> BadFileError:
    if isinstance(error, etree.XMLSyntaxError):
        reason = (error.msg or "it cannot be parsed").split(" (")[0]
        return BadFileError(place, error.lineno or 0, f"is no well-formed XML: {reason}", "Repair it, or save it anew.")
    return BadFileError(place, 0, f"cannot be read as XML: {error}")


def _declared_encoding(data: bytes) -> bytes | None:
    declaration = _DECLARATION.match(data[:1000])
    found = _ENCODING.search(declaration.group()) if declaration else None
    return found[1] if found else None


def serialised(tree: etree._ElementTree, original: bytes) -> bytes:
    """A changed tree as bytes, with the encoding and the declaration of the original."""
    declaration = _DECLARATION.match(original[:1000])
    encoding = tree.docinfo.encoding or "UTF-8"
    if declaration:
        return declaration.group() + _written(tree, encoding) + _tail(original)
    mark = b"\xef\xbb\xbf" if original.startswith(b"\xef\xbb\xbf") else b""
    wide = encoding.lower().startswith("utf-16")
    if wide:
        return _written(tree, "UTF-16", declare=True)
    return mark + _written(tree, encoding) + _tail(original)


def _written(tree: etree._ElementTree, encoding: str, *, declare: bool = False) -> bytes:
    return cast(bytes, etree.tostring(tree, encoding=encoding, xml_declaration=declare))


def _tail(original: bytes) -> bytes:
    return original[len(original.rstrip()) :]


@dataclass(slots=True)
class ElementSlot(Slot):
    """Text of an element: its own, the text behind it, or what the element as a whole stands for (a tab, a line break).

    `at` is where it begins in the text of the element, where that is cut into several slots.
    """

    element: etree._Element | None = None
    part: Literal["text", "tail", "whole"] = "text"
    at: int = 0


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def walk(root: etree._Element, closed: Collection[str] = ()) -> Iterator[tuple[Literal["start", "end"], etree._Element]]:
    """The descendants of an element as they begin and end, without what is inside those whose names are `closed`.

    It goes as deep as a document does, which recursion cannot.
    """
    pending: list[Iterator[etree._Element]] = [iter(root)]
    opened: list[etree._Element] = []
    while pending:
        child = next(pending[-1], None)
        if child is not None:
            yield "start", child
            opened.append(child)
            pending.append(iter(()) if local_name(child) in closed else iter(child))
        else:
            pending.pop()
            if opened:
                yield "end", opened.pop()


def apply_edits(block: Block[ElementSlot], edits: Sequence[SlotEdit]) -> list[ElementSlot]:
    """Make these changes in the tree; the slots that were changed."""
    changed: dict[int, ElementSlot] = {}
    for edit in reversed(edits):
        slot = block.slots[edit.slot]
        element = slot.element
        assert element is not None
        changed[edit.slot] = slot
        if slot.part == "whole":
            _replace_whole(element, edit)
            continue
        old = (element.text if slot.part == "text" else element.tail) or ""
        new = old[: slot.at + edit.start] + edit.text + old[slot.at + edit.end :]
        if slot.part == "text":
            element.text = new
        else:
            element.tail = new
    return [changed[index] for index in sorted(changed)]


def _replace_whole(element: etree._Element, edit: SlotEdit) -> None:
    """Put text behind an element that stands for a character, or in its place."""
    if edit.start == edit.end or edit.text:
        written = etree.Element(f"{{{etree.QName(element).namespace}}}t")
        written.text = edit.text
        (element.addnext if edit.start else element.addprevious)(written)
    parent = element.getparent()
    if edit.start < edit.end and parent is not None:
        parent.remove(element)


def style_key(element: etree._Element | None) -> Hashable:
    """A value that is equal for elements that say the same."""
    return b"" if element is None else etree.tostring(element, with_tail=False)
