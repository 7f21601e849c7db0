"""CSV and TSV: columns found by their headers in any order, several renderings in one cell.

Headers are language tags in any spelling (zh, zh_TW, Simplified Chinese, en-GB), with a status behind it where it is not
`preferred` (`en admitted`, `en deprecated`); id, domain, definition, note, source, state, status, pinyin, part of speech;
or the four columns sourceLang, targetLang, sourceString, targetString. Renderings in a cell are parted by ; | or a line
break; a backslash keeps one of these as a character.

A cell that a spreadsheet would run as a formula is written with an apostrophe before it, and read without it.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import Concept
from glossary.formats.entries import Entry, ReadOptions
from glossary.formats.headers import column_of
from glossary.formats.table import Row, entries_of, rows_of
from lang.decoding import head_text, lines
from lang.errors import BadFileError

csv.field_size_limit(10_000_000)

# What a spreadsheet runs, in the widths of East Asian input too; numbers with a sign are none. A cell that begins with an
# apostrophe before one of these is given another, so that taking one away gives back what there was.
_RUN: Final = re.compile(r"""'*(?:[=@＝＠\t\r]|[+\-＋－](?!\d[\d.,]*%?$))""")
_PROTECTED: Final = re.compile(r"""'+(?:[=@＝＠\t\r]|[+\-＋－])""")


def protected(cell: str) -> str:
    """A cell as a spreadsheet shows it and does not run it."""
    return f"'{cell}" if _RUN.match(cell) or _PROTECTED.match(cell) else cell


def unprotected(cell: str) -> str:
    """A cell without the apostrophe that `protected` put before it."""
    return cell[1:] if cell.startswith("'") and _PROTECTED.match(cell) else cell


class _Delimited:
    name = ""
    suffixes: tuple[str, ...] = ()
    delimiter = ""

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name; without a known name, by a header whose columns are known."""
        if path.suffix.lower() in self.suffixes:
            return True
        first = head_text(head).lstrip().split("\n", 1)[0]
        if self.delimiter not in first:
            return False
        try:
            columns = [column_of(cell) for cell in next(csv.reader([first], delimiter=self.delimiter))]
        except csv.Error:
            return False
        return sum(column is not None for column in columns) > 1

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows as concepts; rows without both languages are rejected with their line."""
        _, rows = delimited_rows(path, options.encoding, self.delimiter)
        yield from entries_of(rows, options, str(path))

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """One row a concept: its id, fields, and a column for each language and status in use."""
        held = list(concepts)
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\n")
        writer.writerows(map(protected, row) for row in rows_of(held))
        text.detach()
        return len(held)


def delimited_rows(path: Path, encoding: str | None, delimiter: str) -> tuple[str, Iterator[Row]]:
    """The delimiter in use and the rows of a file; BadFileError, with the line, for quotation marks that do not close."""
    text = lines(path, encoding)
    start = next(text, "")
    actual = delimiter
    # The one of the file's name, unless the first line has none of it and some of another.
    if delimiter not in start:
        actual = next((other for other in "\t,;" if other in start), delimiter)

    def rows() -> Iterator[Row]:
        reader = csv.reader(chain([start], text), delimiter=actual, strict=True)
        try:
            line = 1
            for row in reader:
                yield Row(line, [unprotected(cell) for cell in row])
                line = reader.line_num + 1
        except csv.Error as error:
            raise BadFileError(str(path), reader.line_num, str(error), "Check the quotation marks around that line.") from error

    return actual, rows()


class Csv(_Delimited):
    """Comma-separated values."""

    name = "csv"
    suffixes = (".csv",)
    delimiter = ","


class Tsv(_Delimited):
    """Tab-separated values."""

    name = "tsv"
    suffixes = (".tsv", ".tab")
    delimiter = "\t"
