"""What a reader of term files gives: concepts and rejects, and the languages it met."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from glossary.concept import Concept


@dataclass(frozen=True, slots=True)
class Reject:
    """An entry that cannot be taken, its line (1-based, 0 where unknown) and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Breach:
    """What breaks a rule of the format and keeps nothing from being taken, its line (1-based, 0 where unknown) and the rule."""

    line: int
    rule: str


Entry = Concept | Reject


@dataclass(slots=True)
class ReadOptions:
    """What the user says about a file: its encoding, its columns in order, and the domain for concepts without one.

    Filled by the reader: `tags`, language codes as written -> the tag they were taken for, and how many times (`tag_counts`);
    `breaches`, what is against the format's rules in entries that were taken.
    """

    encoding: str | None = None
    columns: tuple[str, ...] = ()
    domain: str = ""
    tags: dict[str, str | None] = field(default_factory=dict)
    tag_counts: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)

    def saw_tag(self, written: str, taken_for: str | None) -> None:
        """Note a language code for the report."""
        self.tags[written] = taken_for
        self.tag_counts[written] += 1


class TermFormat(Protocol):
    """A format of term files. `name` is what --format takes."""

    name: str
    suffixes: tuple[str, ...]

    def recognises(self, head: bytes, path: Path) -> bool:
        """Whether the beginning of a file (some kilobytes) is of this format."""
        ...

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The entries of a file, streaming: memory does not grow with it. BadFileError when the file as a whole is broken."""
        ...

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """Write concepts, return how many. UnsupportedError where the format is only read."""
        ...
