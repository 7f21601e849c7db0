"""Excel workbooks as rows of text, streaming; damaged and hostile ones refused."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from lang.errors import BadFileError

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_BATCH: Final = 500
# A workbook that grows beyond this when unpacked, and much more than text does, is not one.
_MOST_BYTES: Final = 500_000_000
_MOST_GROWTH: Final = 200
# What Excel itself can hold; a damaged file may say that its next row is the two thousand millionth.
_MOST_ROWS: Final = 1_048_576
_CHUNK: Final = 1 << 18
_MERGED: Final = re.compile(rb"""mergeCell\s[^>]{0,80}?ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")
# What openpyxl raises for files that are damaged, and what lies below it; it has no exception of its own for that.
DAMAGE: Final = (
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
    AssertionError,
    OSError,
)


def is_workbook(head: bytes) -> bool:
    """Whether the beginning of a file is that of a zip file with a workbook in it."""
    return head.startswith(b"PK\x03\x04") and (b"xl/" in head or b"[Content_Types].xml" in head)


def open_workbook(file: BinaryIO, path: Path) -> "Workbook":
    """A workbook for reading, with the values that its formulas had when it was saved. BadFileError for a damaged one."""
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
    except DAMAGE as error:
        raise _damaged(path, error) from error


def sheet_rows(workbook: "Workbook", name: str, path: Path, *, merged: bool = False) -> Iterator[list[str]]:
    """The rows of a worksheet as texts, empty cells at the end left out; none for a sheet of charts.

    With `merged`, a cell merged over several rows stands in each of them.
    """
    try:
        sheet = workbook[name]
        if not hasattr(sheet, "reset_dimensions"):
            return
        # Some programs write that a sheet has one cell only.
        sheet.reset_dimensions()
        spans = _spans(workbook, name) if merged else {}
        rows = sheet.iter_rows(values_only=True)
        number = 0
        held: dict[int, tuple[int, str]] = {}
        while True:
            # openpyxl warns of what it cannot show: of no use here.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, _BATCH))
            if not batch:
                return
            for cells in batch:
                number += 1
                yield _spanned(_trimmed(cells), number, spans, held)
            if number > _MOST_ROWS:
                raise BadFileError(str(path), 0, "has more rows than a worksheet can have")
    except DAMAGE as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> BadFileError:
    said = str(error).split("\n")[0][:80]
    return BadFileError(str(path), 0, f"not a sound Excel workbook: {said}", "Save it again as .xlsx, or as CSV.")


def _spans(workbook: "Workbook", name: str) -> dict[int, list[tuple[int, int]]]:
    """Row a merged cell begins in -> its column (from 0) and its last row. Read-only workbooks keep these to themselves."""
    from openpyxl.utils import column_index_from_string

    found: dict[int, list[tuple[int, int]]] = {}
    sheet: Any = workbook[name]
    before = b""
    with sheet._get_source() as source:
        while piece := source.read(_CHUNK):
            data = before + piece
            end = data.rfind(b"<")
            before = data[end:] if end >= 0 and len(data) - end < _CHUNK else b""
            for match in _MERGED.finditer(data[:end] if end >= 0 else data):
                first, last = int(match[2]), int(match[3])
                if last > first:
                    found.setdefault(first, []).append((column_index_from_string(match[1].decode()) - 1, last))
    return found


def _spanned(
    cells: list[str], number: int, spans: dict[int, list[tuple[int, int]]], held: dict[int, tuple[int, str]]
) -> list[str]:
    """A row with the texts of merged cells that began above it; `held` (column -> last row, text) is kept up."""
    for column, (last, text) in list(held.items()):
        if number > last:
            del held[column]
        elif text:
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or text
    for column, last in spans.get(number, ()):
        if column < len(cells):
            held[column] = (last, cells[column])
    return cells


def _trimmed(cells: Iterable[object]) -> list[str]:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
