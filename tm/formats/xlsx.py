"""Excel workbooks: each worksheet a table, columns as in `tm.formats.table`."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from lang.decoding import opened
from lang.errors import BadFileError, UnsupportedError
from lang.workbook import is_workbook, open_workbook, sheet_rows
from tm.formats.entries import Entry, ReadOptions
from tm.formats.table import SAMPLE_ROWS, Row, table_of
from tm.unit import Unit


class Xlsx:
    """Office Open XML workbooks."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm")

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, or as a zip file with a workbook in it."""
        return path.suffix.lower() in self.suffixes or is_workbook(head)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows of every worksheet whose columns can be told; lines are row numbers. BadFileError where there is none."""
        with opened(path) as file:
            workbook = open_workbook(file, path)
            failure: BadFileError | None = None
            told = False
            for name in workbook.sheetnames:
                rows = (Row(number, cells) for number, cells in enumerate(sheet_rows(workbook, name, path), start=1))
                sample = list(islice(rows, SAMPLE_ROWS))
                if not sample:
                    continue
                try:
                    table, header = table_of(sample, options, str(path))
                except BadFileError as error:
                    failure = failure or error
                    continue
                told = True
                for row in chain(sample[header:], rows):
                    yield from table.entries(row)
            if not told:
                raise failure or BadFileError(str(path), 0, "is empty")

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:  # noqa: ARG002 - refused whatever is given
        """Not written: CSV opens in Excel as well, and holds more than a million rows."""
        raise UnsupportedError("Excel workbooks are read, not written, as memories.", "Export to CSV or TMX.")
