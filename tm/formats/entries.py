"""What a reader of unit files gives and is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from tm.unit import Unit


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry that cannot be taken, its line (1-based, 0 where unknown) and why."""

    line: int
    reason: str


Entry = Unit | Reject


@dataclass(slots=True)
class ReadOptions:
    """What the user says about a file, and what the reader tells of it.

    `languages` are the tags of the first and second text of formats that name none (parallel text, headerless tables);
    `inline` says whether inline tags (placeholders, formatting) are dropped or kept as they are written. `origin` and
    `domain` are for units of which the file names none. `neighbours` fills `before` and `after` of units whose format
    is a document in its order (XLIFF, PO, parallel text). `tags` and `untranslated` are filled by the reader: language
    codes as written -> the tag they were taken for, None where they were left out; how many segments had no translation.
    """

    encoding: str | None = None
    columns: tuple[str, ...] = ()
    languages: tuple[str, str] = ("", "")
    inline: Literal["strip", "keep"] = "strip"
    origin: str = ""
    domain: str = ""
    neighbours: bool = True
    tags: dict[str, str | None] = field(default_factory=dict)
    untranslated: int = 0


class UnitFormat(Protocol):
    """A format of unit files. `name` is what --format takes."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the beginning of a file (some kilobytes) is of this format."""
        ...

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The entries of a file, streaming: memory does not grow with it. BadFileError when the file as a whole is broken."""
        ...

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:
        """Write units, return how many. UnsupportedError where the format is only read."""
        ...
