"""Excel workbooks: every sheet that holds terms, its header found under titles, columns as in CSV files."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import Concept
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.headers import no_columns
from glossary.formats.table import HEADER_ROWS, Row, entries_of, header_row, rows_of
from lang.decoding import opened
from lang.errors import BadFileError, UnsupportedError
from lang.workbook import is_workbook, open_workbook, sheet_rows

_LONGEST_CELL: Final = 32_767
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Xlsx:
    """Office Open XML workbooks. Lines are row numbers; of formulas the value they had is read."""

    name = "xlsx"
    suffixes = (".xlsx", ".xlsm")

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, or as a zip file with a workbook in it."""
        return path.suffix.lower() in self.suffixes or is_workbook(head)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows of every sheet with a header of both languages; the others are named. BadFileError where there is none."""
        with opened(path) as file:
            workbook = open_workbook(file, path)
            first: list[str] | None = None
            told = False
            for name in workbook.sheetnames:
                numbered = enumerate(sheet_rows(workbook, name, path, merged=True), start=1)
                rows = (Row(number, cells) for number, cells in numbered)
                sample = list(islice(rows, HEADER_ROWS))
                if not any(row.cells for row in sample):
                    continue
                if not options.columns and header_row(sample, options) is None:
                    first = first or next(row.cells for row in sample if row.cells)
                    options.passed_over.append(f"sheet {name!r}: no header of Chinese and English")
                    continue
                told = True
                for entry in entries_of(chain(sample, rows), options, str(path)):
                    # A row's number alone does not say where it is in a workbook of several sheets.
                    several = len(workbook.sheetnames) > 1 and isinstance(entry, Reject)
                    yield (
                        Reject(entry.line, f"sheet {name!r}: {entry.reason}") if several and isinstance(entry, Reject) else entry
                    )
            if not told:
                raise no_columns(str(path), first, given=False) if first else BadFileError(str(path), 0, "is empty")

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """One sheet of texts: nothing in it is a formula. UnsupportedError for a text longer than a cell may be."""
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        held = list(concepts)
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet("Terms")
        sheet.freeze_panes = "A2"
        for row in rows_of(held):
            cells = []
            for text in row:
                if len(text) > _LONGEST_CELL:
                    reason = f"Concept {row[0]} has a text of {len(text):,} characters, more than a cell of Excel holds."
                    raise UnsupportedError(reason, "Export to CSV or JSON Lines.")
                cell = WriteOnlyCell(sheet, None)
                if text:
                    cell.value = _ILLEGAL.sub("\ufffd", text)
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
        workbook.save(file)
        return len(held)
