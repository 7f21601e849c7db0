"""The text of slides: PowerPoint's pptx, slide by slide in the order they are shown, with the speaker's notes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tm.documents.package import Package
from tm.documents.xml_parts import local_name

if TYPE_CHECKING:
    from lxml import etree

_KIND: Final = "PowerPoint presentation"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def slide_paragraphs(path: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of each paragraph with text: a slide's own, in the file's order, then its notes.

    NotFoundError where the file cannot be opened, BadFileError where it is no presentation, broken or protected.
    """
    package = Package.open(path, _KIND)
    main = package.main_part()
    root = package.tree(main).getroot()
    if local_name(root) != "presentation":
        raise package.no_document()
    relations = package.relations(main)
    shown = [element.get(_ID, "") for element in root.iter() if local_name(element) == "sldId"]
    for number, identifier in enumerate(shown, start=1):
        name = relations.get(identifier, ("", ""))[1]
        if name not in package:
            continue
        yield from ((f"slide {number}", text) for text in _paragraphs(package.tree(name).getroot()))
        for kind, notes in package.relations(name).values():
            if kind == "notesSlide" and notes in package:
                yield from ((f"notes {number}", text) for text in _paragraphs(package.tree(notes).getroot()))


def _paragraphs(root: "etree._Element") -> Iterator[str]:
    """The texts of a:p elements: runs joined, line breaks as blanks; fields, such as the slide's number, left out."""
    for paragraph in root.iter():
        if local_name(paragraph) != "p":
            continue
        parts: list[str] = []
        for run in paragraph:
            name = local_name(run)
            if name == "r":
                parts += [part.text or "" for part in run if local_name(part) == "t"]
            elif name == "br":
                parts.append(" ")
        text = "".join(parts).strip()
        if text:
            yield text
