"""Plain text: a paragraph a line."""

import re
from pathlib import Path
from typing import Final

from tm.documents.document import By
from tm.documents.text_document import SourceSlot, TextBlock, TextDocument, read_encoded

_LINE: Final = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")


class Plain:
    """The format of plain text files."""

    name = "txt"

    def blocks(self, text: str) -> list[TextBlock]:
        """A block a line that is not empty."""
        return [TextBlock([SourceSlot(line.group(), (), *line.span())]) for line in _LINE.finditer(text)]

    def escaped(self, text: str, slot: SourceSlot, block: TextBlock) -> str:  # noqa: ARG002
        """A translation on one line."""
        return text.replace("\n", " ")

    def finished(self, source: str, block: TextBlock) -> str:  # noqa: ARG002
        """Nothing more to do."""
        return source


def open_plain(path: Path, by: By, encoding: str | None) -> TextDocument:
    """A plain text file."""
    return TextDocument(path, read_encoded(path, encoding), Plain(), by)
