"""CSV and TSV: one pair of texts a row, columns as in `tm.formats.table`.

Written are zh and en, source_lang and target_lang (the exact tags; the first says which is the source), the unit's
fields, and its properties as JSON.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from lang.decoding import head_text, lines
from lang.errors import BadFileError
from lang.tags import language
from tm.formats.entries import Entry, ReadOptions
from tm.formats.record import WRITTEN_FIELDS
from tm.formats.table import SAMPLE_ROWS, Row, table_of
from tm.unit import Unit

csv.field_size_limit(10_000_000)

# How far the end of a quoted cell is looked for: further on, the quotation mark is taken for a stray one.
_MOST_LINES: Final = 2_000
_MOST_TRIES: Final = 3
_HEADER: Final = ("zh", "en", "source_lang", "target_lang", *WRITTEN_FIELDS, "properties")
_BATCH: Final = 1_000


class _Delimited:
    name = ""
    suffixes: tuple[str, ...] = ()
    delimiter = ""
    raw_quotes = False

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name; without a known name, by columns that can be told."""
        if path.suffix.lower() in self.suffixes:
            return True
        text = io.StringIO(head_text(head), newline="")
        rows = list(islice(_rows(text, self.delimiter, raw=self.raw_quotes), 10))
        if not rows or len(rows[0].cells) < 2:
            return False
        try:
            table_of(rows, ReadOptions(), str(path))
        except BadFileError:
            return False
        return True

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows as units; rows without both languages, or with quotation marks that do not close, are rejected."""
        text = lines(path, options.encoding)
        first = list(islice(text, 1))
        delimiter = self._actual_delimiter(first[0] if first else "")
        rows = _rows(chain(first, text), delimiter, raw=self.raw_quotes)
        sample = list(islice(rows, SAMPLE_ROWS))
        if not sample:
            raise BadFileError(str(path), 0, "is empty")
        table, header = table_of(sample, options, str(path))
        for row in chain(sample[header:], rows):
            yield from table.entries(row)

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:
        """A header and one row a unit, in UTF-8, streaming."""
        remaining = iter(units)
        count = 0
        file.write(self._line(_HEADER).encode())
        while batch := list(islice(remaining, _BATCH)):
            file.write("".join(self._line(_cells(unit)) for unit in batch).encode("utf-8", "replace"))
            count += len(batch)
        return count

    def _line(self, cells: Iterable[str]) -> str:
        """The csv module leaves a carriage return unquoted, so cells are quoted here."""
        special = re.compile(f'[\r\n"{self.delimiter}]')
        return self.delimiter.join(_quoted(cell) if special.search(cell) else cell for cell in cells) + "\n"

    def _actual_delimiter(self, first: str) -> str:
        """The delimiter of the name, unless the first line has none of it and some of another."""
        if self.delimiter in first:
            return self.delimiter
        return next((other for other in "\t,;" if other in first), self.delimiter)


class Csv(_Delimited):
    """Comma-separated values."""

    name = "csv"
    suffixes = (".csv",)
    delimiter = ","


class Tsv(_Delimited):
    """Tab-separated values, with cells quoted as in CSV or not quoted at all."""

    name = "tsv"
    suffixes = (".tsv", ".tab")
    delimiter = "\t"
    raw_quotes = True


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


def _cells(unit: Unit) -> list[str]:
    texts = [unit.source, unit.target]
    if language(unit.source_lang) == "en":
        texts.reverse()
    fields = (str(getattr(unit, name)) for name in WRITTEN_FIELDS)
    properties = json.dumps(unit.properties, ensure_ascii=False) if unit.properties else ""
    return [*texts, unit.source_lang, unit.target_lang, *fields, properties]


def _rows(text: Iterable[str], delimiter: str, *, raw: bool) -> Iterator[Row]:
    """The rows of a table, each with its first line's number.

    A row goes on over line ends within a quoted cell. Where its quotation marks do not come out, it is that line
    alone: `raw` takes them for part of the text then, else the row is given with its problem.
    """
    source = iter(text)
    # A cell that begins with a quotation mark is the only place where the csv module treats one as more than text.
    opening = re.compile(f'(?:^|{delimiter})"')
    ahead: list[str] = []
    number = 1
    joints = 0
    while True:
        line = ahead.pop(0) if ahead else next(source, None)
        if line is None:
            return
        joints = joints or line.count(delimiter)
        if '"' not in line or not opening.search(line):
            yield Row(number, line.rstrip("\r\n").split(delimiter))
            number += 1
            continue
        cells, used = _quoted_row(line, ahead, source, delimiter)
        # Stray marks on two lines may look like one cell of both; lines that are whole rows by themselves tell.
        whole = raw and used and all(each.count(delimiter) == joints for each in (line, *ahead[:used]))
        if cells is None or whole:
            bare = line.rstrip("\r\n").split(delimiter)
            yield Row(number, bare) if raw else Row(number, bare, "its quotation marks do not come out")
            number += 1
            continue
        yield Row(number, cells)
        del ahead[:used]
        number += 1 + used


def _quoted_row(line: str, ahead: list[str], source: Iterator[str], delimiter: str) -> tuple[list[str] | None, int]:
    """The cells of a row that begins with this line and how many further lines it takes; None where it cannot be told."""
    cells, is_open = _parsed(line, delimiter)
    if cells is not None or not is_open:
        return cells, 0
    parts = [line]
    tries = 0
    for used in range(1, _MOST_LINES):
        if len(ahead) < used:
            further = next(source, None)
            if further is None:
                break
            ahead.append(further)
        parts.append(ahead[used - 1])
        # An open cell can only end on a line with an odd number of quotation marks.
        if ahead[used - 1].count('"') % 2 == 0:
            continue
        cells, is_open = _parsed("".join(parts), delimiter)
        tries += 1
        if cells is not None:
            return cells, used
        if not is_open or tries == _MOST_TRIES:
            break
    return None, 0


def _parsed(text: str, delimiter: str) -> tuple[list[str] | None, bool]:
    """The cells of one row, or None and whether it is a quoted cell that does not end."""
    reader = csv.reader([text], delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        return None, "unexpected end" in str(error)
    return (rows[0] if len(rows) == 1 else None), False
