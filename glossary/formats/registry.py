"""Which formats there are, loaded when asked for, and which one a file is in."""

from importlib import import_module
from pathlib import Path
from typing import Final, cast

from glossary.formats.entries import TermFormat
from lang.decoding import opened
from lang.errors import UnsupportedError

# In the order in which content is tried: from the most telling beginning to the least.
_CLASSES: Final = {
    "tbx": "glossary.formats.tbx:Tbx",
    "tbx-dct": "glossary.formats.tbx:TbxDct",
    "multiterm": "glossary.formats.multiterm:MultiTerm",
    "xlsx": "glossary.formats.xlsx:Xlsx",
    "utx": "glossary.formats.utx:Utx",
    "memoq": "glossary.formats.memoq:MemoqCsv",
    "skos": "glossary.formats.skos:Skos",
    "jsonl": "glossary.formats.json_lines:JsonLines",
    "omegat": "glossary.formats.omegat:OmegaT",
    "deepl": "glossary.formats.deepl:Deepl",
    "deepl-csv": "glossary.formats.deepl:DeeplCsv",
    "cedict": "glossary.formats.cedict:Cedict",
    "csv": "glossary.formats.delimited:Csv",
    "tsv": "glossary.formats.delimited:Tsv",
}
FORMAT_NAMES: Final = tuple(_CLASSES)
# Those whose columns the user can name.
_TABLES: Final = ("xlsx", "csv", "tsv")
_HEAD: Final = 20_000


def format_named(name: str) -> TermFormat:
    """The format of this name; UnsupportedError names those there are."""
    if name not in _CLASSES:
        raise UnsupportedError(f"No term format is called {name!r}.", f"Choose one of {', '.join(_CLASSES)}.")
    module, _, class_name = _CLASSES[name].partition(":")
    return cast(TermFormat, getattr(import_module(module), class_name)())


def format_of_name(path: Path) -> TermFormat:
    """The format a file's name says, for writing."""
    for name in _CLASSES:
        candidate = format_named(name)
        if path.suffix.lower() in candidate.suffixes:
            return candidate
    raise UnsupportedError(f"{path}: no term format has names like this.", f"Choose one with --format: {', '.join(_CLASSES)}.")


def format_of_content(head: bytes, path: Path, *, tables_only: bool = False) -> TermFormat:
    """The format a file's beginning shows, for reading; among tables only where the user has named the columns."""
    for name in _TABLES if tables_only else _CLASSES:
        candidate = format_named(name)
        if candidate.recognises(head, path):
            return candidate
    raise UnsupportedError(f"{path}: in none of the formats known.", f"Name it with --format: {', '.join(_CLASSES)}.")


def format_of_file(path: Path, *, tables_only: bool = False) -> TermFormat:
    """The format of an existing file; NotFoundError where it cannot be opened."""
    with opened(path) as file:
        return format_of_content(file.read(_HEAD), path, tables_only=tables_only)


def has_concepts(path: Path) -> bool:
    """Whether a file of JSON Lines holds concepts, not pairs of sentences, by its first line."""
    with opened(path) as file:
        return format_named("jsonl").recognises(file.read(_HEAD), path)
