"""Excel workbooks: each worksheet a table, columns as in `tm.formats.table`."""

import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from lang.decoding import opened
from lang.errors import BadFileError, UnsupportedError
from tm.formats.entries import Entry, ReadOptions
from tm.formats.table import SAMPLE_ROWS, Row, table_of
from tm.unit import Unit

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_BATCH: Final = 500
# A workbook that grows beyond this when unpacked, and much more than text does, is not one.
_MOST_BYTES: Final = 500_000_000
_MOST_GROWTH: Final = 200
# What openpyxl raises for files that are damaged, and what lies below it; it has no exception of its own for that.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    SyntaxError,
    ArithmeticError,
    AttributeError,
    EOFError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Xlsx:
    """Office Open XML workbooks."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm")

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, or as a zip file with a workbook in it."""
        if path.suffix.lower() in self.suffixes:
            return True
        return head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"[Content_Types].xml" in head)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows of every worksheet whose columns can be told; lines are row numbers. BadFileError where there is none."""
        with opened(path) as file:
            workbook = _workbook(file, path)
            failure: BadFileError | None = None
            told = False
            for name in workbook.sheetnames:
                rows = _rows(workbook, name, path)
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


def _workbook(file: BinaryIO, path: Path) -> "Workbook":
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            packed = sum(entry.compress_size for entry in archive.infolist())
        if size > _MOST_BYTES and size > _MOST_GROWTH * packed:
            raise BadFileError(str(path), 0, f"would unpack to {size // 1_000_000} MB, which no workbook of text does")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(file, read_only=True, data_only=True)
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> BadFileError:
    said = str(error).split("\n")[0][:80]
    return BadFileError(str(path), 0, f"not a sound Excel workbook: {said}", "Save it again as .xlsx, or as CSV.")


def _rows(workbook: "Workbook", name: str, path: Path) -> Iterator[Row]:
    """The rows of a worksheet; warnings about what openpyxl cannot show are of no use here."""
    number = 0
    try:
        sheet = workbook[name]
        if not hasattr(sheet, "reset_dimensions"):
            return
        # Some programs write that a sheet has one cell only.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(values_only=True)
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, _BATCH))
            if not batch:
                return
            for cells in batch:
                number += 1
                yield Row(number, _trimmed(cells))
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _trimmed(cells: Iterable[object]) -> list[str]:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
