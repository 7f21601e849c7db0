"""Which unit formats there are, loaded when asked for, and which one a file is in."""

from importlib import import_module
from pathlib import Path
from typing import Final, cast

from lang.errors import NotFoundError, UnsupportedError
from tm.formats.entries import UnitFormat

# In the order in which content is tried: from the most telling beginning to the least.
_CLASSES: Final = {
    "tmx": "tm.formats.tmx:Tmx",
    "xliff": "tm.formats.xliff:Xliff",
    "xlsx": "tm.formats.xlsx:Xlsx",
    "po": "tm.formats.po:Po",
    "jsonl": "tm.formats.json_lines:JsonLines",
    "csv": "tm.formats.delimited:Csv",
    "tsv": "tm.formats.delimited:Tsv",
}
FORMAT_NAMES: Final = tuple(_CLASSES)
_HEAD: Final = 20_000


def format_named(name: str) -> UnitFormat:
    """The format of this name; UnsupportedError names those there are."""
    if name not in _CLASSES:
        raise UnsupportedError(f"No memory format is called {name!r}.", f"Choose one of {', '.join(_CLASSES)}.")
    module, _, class_name = _CLASSES[name].partition(":")
    return cast(UnitFormat, getattr(import_module(module), class_name)())


def format_of_name(path: Path) -> UnitFormat:
    """The format a file's name says, for writing."""
    for name in _CLASSES:
        candidate = format_named(name)
        if path.suffix.lower() in candidate.suffixes:
            return candidate
    hint = f"Choose one with --format: {', '.join(_CLASSES)}."
    raise UnsupportedError(f"{path}: no memory format has names like this.", hint)


def format_of_content(head: bytes, path: Path) -> UnitFormat:
    """The format a file's beginning shows, for reading."""
    for name in _CLASSES:
        candidate = format_named(name)
        if candidate.recognises(head, path):
            return candidate
    raise UnsupportedError(f"{path}: in none of the formats known.", f"Name it with --format: {', '.join(_CLASSES)}.")


def format_of_file(path: Path) -> UnitFormat:
    """The format of an existing file; NotFoundError where it cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    return format_of_content(head, path)
