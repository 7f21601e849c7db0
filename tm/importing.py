"""Files of units on their way into the memory: a stream for each, and a report of what became of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Final

from lang.errors import UnsupportedError
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.registry import format_named, format_of_file
from tm.unit import Unit

PARALLEL: Final = "parallel"
"""The name of what takes two files, Chinese and English, whose lines are translations of each other."""


@dataclass(slots=True)
class UnitImportReport:
    """What an import did with one file. `tags` maps language codes as written to the tags they were taken for."""

    file: str
    format: str
    read: int = 0
    added: int = 0
    updated: int = 0
    skipped: int = 0
    untranslated: int = 0
    rejects: list[Reject] = field(default_factory=list)
    tags: dict[str, str | None] = field(default_factory=dict)
    change_id: int | None = None

    @property
    def rejected(self) -> int:
        """How many entries could not be taken."""
        return len(self.rejects)


class UnitFile:
    """One file of units (or two, of parallel text): a stream, and a report that grows as the stream is read.

    BadFileError may come while reading.
    """

    def __init__(
        self, path: Path, read: Callable[[ReadOptions], Iterator[Entry]], format_name: str, options: ReadOptions
    ) -> None:
        self._path = path
        self._read = read
        self._options = options
        self.report = UnitImportReport(str(path), format_name)

    def units(self) -> Iterator[Unit]:
        """The units in order; the name of the file is the origin of units that name none."""
        report = self.report
        options = replace(self._options, origin=self._options.origin or self._path.stem, tags=report.tags, untranslated=0)
        for entry in self._read(options):
            report.read += 1
            if isinstance(entry, Reject):
                report.rejects.append(entry)
            else:
                yield entry
        report.untranslated = options.untranslated


def unit_files(paths: Sequence[Path], options: ReadOptions, format_name: str | None) -> list[UnitFile]:
    """The files to be read, in the format named or the one each shows; with PARALLEL two files are one.

    NotFoundError for a file that cannot be opened, UnsupportedError for one in no format known.
    """
    if format_name == PARALLEL:
        return _parallel_files(paths, options)
    files: list[UnitFile] = []
    for path in paths:
        found = format_named(format_name) if format_name else format_of_file(path)
        files.append(UnitFile(path, partial(found.read, path), found.name, options))
    return files


def _parallel_files(paths: Sequence[Path], options: ReadOptions) -> list[UnitFile]:
    from tm.formats.parallel import read_parallel

    if len(paths) % 2:
        hint = "Give the Chinese file, then the English one."
        raise UnsupportedError(f"Parallel text is pairs of files, not {len(paths)}.", hint)
    pairs = zip(paths[::2], paths[1::2], strict=True)
    # The columns name the languages more exactly, as they do in tables.
    named = replace(options, languages=(options.columns[0], options.columns[1])) if len(options.columns) == 2 else options
    return [UnitFile(chinese, partial(read_parallel, chinese, english), PARALLEL, named) for chinese, english in pairs]
