"""Files of units on their way into the memory: a stream for each, and a report of what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tm.formats.entries import ReadOptions, Reject, UnitFormat
from tm.formats.registry import format_named, format_of_file
from tm.unit import Unit


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
    """One file of units: a stream, and a report that grows as the stream is read.

    NotFoundError and UnsupportedError come at once, BadFileError may come while reading.
    """

    def __init__(self, path: Path, options: ReadOptions, format_name: str | None) -> None:
        self._path = path
        self._format: UnitFormat = format_named(format_name) if format_name else format_of_file(path)
        self._options = options
        self.report = UnitImportReport(str(path), self._format.name)

    def units(self) -> Iterator[Unit]:
        """The units in order; the name of the file is the origin of units that name none."""
        report = self.report
        options = replace(self._options, origin=self._options.origin or self._path.stem, tags=report.tags, untranslated=0)
        for entry in self._format.read(self._path, options):
            report.read += 1
            if isinstance(entry, Reject):
                report.rejects.append(entry)
            else:
                yield entry
        report.untranslated = options.untranslated
