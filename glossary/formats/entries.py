"""What a reader of term files gives: concepts and rejects, and the languages it met."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TextIO

from glossary.concept import Concept


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry that cannot be taken, its line (1-based) and why."""

    line: int
    reason: str


Entry = Concept | Reject


@dataclass(slots=True)
class ReadOptions:
    """What the user says about a file: its encoding, its columns in order, and the domain for concepts without one.

    `tags` is filled by the reader: language codes as written -> (tag they were taken for, how many times).
    """

    encoding: str | None = None
    columns: tuple[str, ...] = ()
    domain: str = ""
    tags: dict[str, str | None] = field(default_factory=dict)
    tag_counts: Counter[str] = field(default_factory=Counter)

    def saw_tag(self, written: str, taken_for: str | None) -> None:
        """Note a language code for the report."""
        self.tags[written] = taken_for
        self.tag_counts[written] += 1


class TermFormat(Protocol):
    """A format of term files. `name` is what --format takes."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, head: str, path: Path) -> bool:
        """Whether the beginning of a file (decoded, up to some kilobytes) is of this format."""
        ...

    def read(self, text: str, path: str, options: ReadOptions) -> Iterator[Entry]:
        """The entries of a file. BadFileError when the file as a whole is not of this format."""
        ...

    def write(self, concepts: Iterable[Concept], file: TextIO) -> int:
        """Write concepts, return how many. UnsupportedError where the format is only read."""
        ...
