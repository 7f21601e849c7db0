"""What the columns of a table hold: found by a header, named by the user, or by the look of the rows.

Headers are language tags in any spelling (zh, zh_TW, Simplified Chinese, en-GB), source and target, and the fields of
units (domain, author, created, ...); any other column is kept as a property of each unit.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lang.errors import BadFileError
from lang.script import has_han, is_chinese
from lang.tags import language, normalise_tag
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.fields import field_named
from tm.formats.pairing import Tags
from tm.formats.record import entries_of

SAMPLE_ROWS: Final = 50
_ENOUGH: Final = 0.7


@dataclass(frozen=True, slots=True)
class Row:
    """A row, the line it begins on, and why it cannot be read, where it cannot."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: a text in a language, a field, or what is kept under its own name."""

    written: str
    tag: str | None = None
    field: str | None = None


class Table:
    """The columns of one table."""

    def __init__(self, columns: Sequence[_Column], options: ReadOptions, tags: Tags) -> None:
        self._options = options
        self._tags = tags
        self._width = len(columns)
        self._texts = [(index, column.written) for index, column in enumerate(columns) if column.tag]
        self._fields = [(index, column.field) for index, column in enumerate(columns) if column.field]
        self._others = [(index, c.written) for index, c in enumerate(columns) if c.written and not c.tag and not c.field]
        if self._texts:
            # Where languages have columns of their own, `source` is where a text is from.
            self._others.extend((index, columns[index].written) for index, name in self._fields if name in ("source", "target"))
            self._fields = [(index, name) for index, name in self._fields if name not in ("source", "target")]

    def entries(self, row: Row) -> Iterator[Entry]:
        """The units of a row, or a Reject; nothing for a blank row."""
        cells = row.cells
        if row.problem:
            yield Reject(row.line, row.problem)
            return
        if not any(cell.strip() for cell in cells):
            return
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            yield Reject(row.line, f"{len(cells)} columns, expected {self._width}")
            return
        cells = cells + [""] * (self._width - len(cells))
        values = {name: cells[index].strip() for index, name in self._fields if cells[index].strip()}
        texts = [(written, cells[index]) for index, written in self._texts]
        filled = [text for text in texts if text[1].strip()]
        languages = {language(tag) for tag in (self._tags.of(written) for written, _ in filled) if tag}
        # Several varieties may have a column each; only when one of them is filled the others can be left out.
        texts = filled if len(languages) == 2 else texts
        properties = [(name, cells[index].strip()) for index, name in self._others if cells[index].strip()]
        properties.extend(_own_properties(values.pop("properties", "")))
        yield from entries_of(texts, values, properties, line=row.line, tags=self._tags, options=self._options)


def table_of(rows: Sequence[Row], options: ReadOptions, path: str) -> tuple[Table, int]:
    """The columns that the first rows of a table show, and how many of these rows are its header.

    By `options.columns`; by the first row that names a Chinese and an English column, or source and target; by
    `options.languages` for the first two columns; by the one Chinese and the one English column of the rows.
    BadFileError where none of these tells.
    """
    tags = Tags(options)
    if options.columns:
        named = _named(options.columns)
        if not _tells(named):
            raise _unnamed(path, 0, options.columns)
        return Table(named, options, tags), 0
    for number, row in enumerate(rows[:10], start=1):
        named = _named(row.cells)
        if _tells(named):
            return Table(named, options, tags), number
    if all(options.languages):
        source, target = options.languages
        wide = max((len(row.cells) for row in rows), default=2)
        unnamed = [_Column("")] * (wide - 2)
        return Table([_Column(source, field="source"), _Column(target, field="target"), *unnamed], options, tags), 0
    guessed = _guessed(rows)
    if guessed is None:
        first = next((row for row in rows if any(cell.strip() for cell in row.cells)), Row(1, []))
        raise _unnamed(path, first.line, first.cells)
    columns, header = guessed
    return Table(columns, options, tags), header


def _unnamed(path: str, line: int, cells: Sequence[str]) -> BadFileError:
    seen = ", ".join(repr(cell.strip()[:20]) for cell in cells[:8])
    return BadFileError(
        path,
        line,
        f"the header names no column of Chinese and one of English (it has {seen})",
        "Name them in the first line (zh,en) or with --columns zh,en.",
    )


def _named(headers: Sequence[str]) -> list[_Column]:
    columns: list[_Column] = []
    seen: set[str] = set()
    for header in headers:
        written = header.strip().lstrip("\ufeff").strip()
        name = field_named(written)
        tag = normalise_tag(written) if written and name is None and len(written) <= 60 else None
        # The second column of a name is something else about it.
        if (name or tag or "") in seen:
            name = tag = None
        seen.update(found for found in (name, tag) if found)
        columns.append(_Column(written, tag, name))
    return columns


def _tells(columns: Sequence[_Column]) -> bool:
    languages = {language(column.tag) for column in columns if column.tag}
    return len(languages) == 2 or {"source", "target"} <= {column.field for column in columns}


def _guessed(rows: Sequence[Row]) -> tuple[list[_Column], int] | None:
    """The only column of Chinese and the wordiest other one, if the rows agree on them; and how many rows are a header."""
    filled = [row for row in rows if sum(bool(cell.strip()) for cell in row.cells) > 1]
    if not filled or any(column.tag or column.field for column in _named(filled[0].cells)):
        # A header that names too little is not passed over: what its columns are, the user should say.
        return None
    body = filled[1:] or filled
    wide = max(len(row.cells) for row in body)
    columns = [[row.cells[index] if index < len(row.cells) else "" for row in body] for index in range(wide)]
    chinese = [index for index, cells in enumerate(columns) if _share(is_chinese(cell) for cell in cells) >= _ENOUGH]
    latin = [index for index, cells in enumerate(columns) if _share(_is_latin(cell) for cell in cells) >= _ENOUGH]
    if len(chinese) != 1 or not latin:
        return None
    english = max(latin, key=lambda index: sum(map(len, columns[index])))
    found = [_Column("")] * wide
    found[chinese[0]], found[english] = _Column("zh", tag="zh"), _Column("en", tag="en")
    first = filled[0]
    is_header = len(filled) > 1 and not (
        len(first.cells) > max(chinese[0], english) and is_chinese(first.cells[chinese[0]]) and _is_latin(first.cells[english])
    )
    return found, rows.index(first) + 1 if is_header else 0


def _is_latin(text: str) -> bool:
    return not has_han(text) and any("a" <= char <= "z" for char in text.lower())


def _share(answers: Iterator[bool]) -> float:
    known = list(answers)
    return sum(known) / len(known)


def _own_properties(cell: str) -> list[tuple[str, str]]:
    """The properties column as it is written here: JSON, a list of pairs. Anything else is kept as it stands."""
    if not cell:
        return []
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in found
    ):
        return [(name, value) for name, value in found]
    return [("properties", cell)]
