"""What a reader of term files gives: concepts and rejects, and the languages it met."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from glossary.concept import Concept
from lang.languages import tag_of_name
from lang.tags import any_tag


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

    `mapping` says what headers and language codes stand for, by their folded spelling (see header_key): a tag, the name of
    a field, or nothing for what is to be left out.

    Filled by the reader: `tags`, language codes as written -> the tag they were taken for, and how many times (`tag_counts`);
    `headers`, columns as written -> what they were taken for (None: left out); `breaches`, what is against the format's rules
    in entries that were taken; `passed_over`, parts of the file that were not read, and why.
    """

    encoding: str | None = None
    columns: tuple[str, ...] = ()
    domain: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str | None] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    tags: dict[str, str | None] = field(default_factory=dict)
    tag_counts: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)

    def saw_tag(self, written: str, taken_for: str | None) -> None:
        """Note a language code for the report."""
        self.tags[written] = taken_for
        self.tag_counts[written] += 1

    def tag(self, written: str) -> str | None:
        """The tag a language code stands for, by the user's mapping or by itself, noted for the report."""
        mapped = self.mapping.get(header_key(written))
        code = written if mapped is None else mapped
        taken_for = tag_of_name(code) or any_tag(code)
        self.saw_tag(written, taken_for)
        return taken_for


def header_key(written: str) -> str:
    """A header or language code as the user's mapping knows it: whatever the case, blanks and underscores."""
    return " ".join(written.replace("_", " ").split()).casefold()


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


@runtime_checkable
class OneWayFormat(Protocol):
    """A format whose files hold one language pair in one direction: `source` and `target` are the tags that are written.

    `left_out` says, after writing, why phrases were not written and how many.
    """

    source: str
    target: str
    left_out: Counter[str]
