"""Segments read from the files evaluators have: plain text, a column, a field, a bilingual file, packed or not.

A place is FILE, FILE#COLUMN for CSV and TSV (a name of the header, or a number from 1), FILE#FIELD for JSON Lines, or - for
standard input. gz, xz and bz2 are unpacked. XLIFF and TMX give their targets, or their sources where the source is asked for.
"""

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from lang.encoding import decode
from lang.errors import BadFileError, NotFoundError, YuqiaoError

Side = Literal["source", "target"]

_PACKED: Final = {".gz": "gzip", ".xz": "lzma", ".bz2": "bz2"}
_DELIMITERS: Final = {".tsv": "\t", ".tab": "\t", ".csv": ","}
_FIELD_SIZE: Final = 200_000_000


def read_segments(place: str, *, side: Side = "target") -> list[str]:
    """The segments of a place, as many as it has; blank ones count.

    NotFoundError for a file that cannot be opened, BadFileError (with the line) for one that is not what it should be.
    """
    path, part = split_place(place)
    suffix = _suffix(path)
    if suffix in (".jsonl", ".ndjson"):
        return [_text(value, path, line) for line, value in read_field(place)]
    if suffix in (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".tmx"):
        if part:
            raise YuqiaoError(f"{place}: {suffix[1:].upper()} has no columns.", "Leave out what follows #.")
        return _bilingual(Path(path), suffix, side)
    if part:
        return _column(path, part, _DELIMITERS.get(suffix, "\t"))
    return _lines(_read(path))


def read_field(place: str) -> Iterator[tuple[int, Any]]:
    """(line, value) of a field of each object of a JSON Lines file; without #FIELD the objects themselves."""
    path, field = split_place(place)
    for number, line in enumerate(_lines(_read(path)), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError as error:
            raise BadFileError(path, number, f"not JSON ({error})", "Each line must be one JSON object.") from error
        if not field:
            yield number, value
            continue
        if not isinstance(value, dict) or field not in value:
            known = ", ".join(map(str, list(value)[:10])) if isinstance(value, dict) else "no object"
            raise BadFileError(path, number, f"has no field {field!r}", f"It has: {known}.")
        yield number, value[field]


def split_place(place: str) -> tuple[str, str]:
    """The file and what follows its last #; a file whose own name has a # is taken as it is."""
    path, mark, part = place.rpartition("#")
    if not mark or Path(place).exists():
        return place, ""
    return path, part


def _suffix(path: str) -> str:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _read(path: str) -> str:
    if path == "-":
        return decode(sys.stdin.buffer.read(), "standard input")
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    module = _PACKED.get(Path(path).suffix.lower())
    if module:
        from importlib import import_module

        try:
            data = import_module(module).decompress(data)
        # zlib's and lzma's errors are subclasses of Exception only.
        except (OSError, EOFError, ValueError, import_module("zlib").error, import_module("lzma").LZMAError) as error:
            raise BadFileError(path, 0, f"cannot be unpacked ({error})", "Is it damaged, or cut off?") from error
    return decode(data, path)


def _lines(text: str) -> list[str]:
    # Only line feeds part segments: U+2028 or a form feed inside one must not shift all that follow.
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def _text(value: object, path: str, line: int) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise BadFileError(path, line, f"holds a {type(value).__name__} where text was expected", "Name a field that is text.")


def _column(path: str, column: str, delimiter: str) -> list[str]:
    csv.field_size_limit(_FIELD_SIZE)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE
    reader = csv.reader(io.StringIO(_read(path), newline=""), delimiter=delimiter, quoting=quoting)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise BadFileError(path, reader.line_num, str(error), "Is it a table?") from error
    if not rows:
        raise BadFileError(path, 0, "is empty", "There is nothing to score.")
    at, body = _place_of(path, column, rows)
    found = []
    for number, row in body:
        # A blank line is a row whose fields are empty.
        if row and at >= len(row):
            raise BadFileError(path, number, f"has {len(row)} columns, column {column} was asked for", "Check the separator.")
        found.append(row[at] if row else "")
    return found


def _place_of(path: str, column: str, rows: list[list[str]]) -> tuple[int, Sequence[tuple[int, list[str]]]]:
    numbered = list(enumerate(rows, start=1))
    header = [cell.strip().lstrip("\ufeff") for cell in rows[0]]
    if column in header:
        return header.index(column), numbered[1:]
    if column.isdigit() and int(column) >= 1:
        return int(column) - 1, numbered
    raise BadFileError(path, 1, f"has no column {column!r}", f"It has: {', '.join(header[:10])}.")


def _bilingual(path: Path, suffix: str, side: Side) -> list[str]:
    if suffix == ".tmx":
        from tm.formats.entries import ReadOptions
        from tm.formats.registry import format_named
        from tm.unit import Unit

        units = [entry for entry in format_named("tmx").read(path, ReadOptions()) if isinstance(entry, Unit)]
        return [unit.source if side == "source" else unit.target for unit in units]
    from tm.documents.opening import open_document

    return [segment.text if side == "source" else segment.target for segment in open_document(path).segments()]
