"""CSV and TSV: columns found by their headers in any order, several renderings in one cell.

Headers are language tags in any spelling (zh, zh_TW, Simplified Chinese, en-GB), with a status behind it where it is not
`preferred` (`en admitted`, `en deprecated`); id, domain, definition, note, source, state, status, pinyin, part of speech;
or the four columns sourceLang, targetLang, sourceString, targetString. Renderings in a cell are parted by ; | or a line
break; a backslash keeps one of these as a character.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Status, Term, status_of
from glossary.formats.entries import Entry, ReadOptions, Reject
from lang.decoding import head_text, lines
from lang.errors import BadFileError
from lang.tags import normalise_tag, tag_of_text

csv.field_size_limit(10_000_000)

_FIELDS: Final = {
    "id": "id",
    "key": "id",
    "stringid": "id",
    "domain": "domain",
    "subject": "domain",
    "subject field": "domain",
    "subjectfield": "domain",
    "category": "domain",
    "领域": "domain",
    "領域": "domain",
    "definition": "definition",
    "description": "definition",
    "定义": "definition",
    "定義": "definition",
    "note": "note",
    "notes": "note",
    "comment": "note",
    "comments": "note",
    "备注": "note",
    "備註": "note",
    "source": "source",
    "reference": "source",
    "来源": "source",
    "來源": "source",
    "state": "state",
    "status": "status",
    "pinyin": "pinyin",
    "拼音": "pinyin",
    "pos": "part_of_speech",
    "part of speech": "part_of_speech",
    "partofspeech": "part_of_speech",
    "sourcelang": "source_lang",
    "targetlang": "target_lang",
    "sourcestring": "source_text",
    "targetstring": "target_text",
    "source term": "source_text",
    "target term": "target_text",
}
# Escapes are matched, and kept, so that what they stand before is not taken for a separator.
_ESCAPED: Final = re.compile(r"\\([;；|/\\])")
_SEPARATOR: Final = re.compile(rf"{_ESCAPED.pattern}|[;；|\n]|(?<=\s)/(?=\s)")
_TO_ESCAPE: Final = re.compile(r"[;；|\\]|(?<!\S)/(?!\S)")
_CORE_TAGS: Final = ("zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: a field's name, or terms of a tag with a status."""

    field: str = ""
    tag: str = ""
    written: str = ""
    status: Status | None = None


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
            columns = [_column(cell) for cell in next(csv.reader([first], delimiter=self.delimiter))]
        except csv.Error:
            return False
        return sum(column is not None for column in columns) > 1

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The rows as concepts; rows without both languages are rejected with their line."""
        text = lines(path, options.encoding)
        start = next(text, "")
        reader = csv.reader(chain([start], text), delimiter=self._actual_delimiter(start), strict=True)
        try:
            first = list(options.columns) or next(reader, [])
            columns = _columns(first, str(path), given=bool(options.columns))
            width = len(first)
            line = reader.line_num + 1
            for row in reader:
                at, line = line, reader.line_num + 1
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) > width and any(cell.strip() for cell in row[width:]):
                    yield Reject(at, f"{len(row)} columns, expected {width}")
                    continue
                yield _entry(row, columns, at, options)
        except csv.Error as error:
            raise BadFileError(str(path), reader.line_num, str(error), "Check the quotation marks around that line.") from error

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """One row a concept: its id, fields, and a column for each language and status in use."""
        held = list(concepts)
        columns: dict[tuple[str, Status], None] = {(tag, "preferred"): None for tag in _CORE_TAGS}
        columns |= {(term.lang, term.status): None for concept in held for term in concept.terms}
        ordered = sorted(columns, key=lambda c: (_rank(c[0]), c[0], STATUSES.index(c[1])))
        headers = [tag if status == "preferred" else f"{tag} {status}" for tag, status in ordered]
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\n")
        writer.writerow(["id", "domain", "state", *headers, "definition", "note", "source"])
        for c in held:
            cells = ["; ".join(_escape(t.text) for t in c.terms if (t.lang, t.status) == column) for column in ordered]
            fields = (_lines(text) for text in (c.definition, c.note, c.source))
            writer.writerow([c.key or c.id or "", _lines(c.domain), c.state, *cells, *fields])
        text.detach()
        return len(held)

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
    """Tab-separated values."""

    name = "tsv"
    suffixes = (".tsv", ".tab")
    delimiter = "\t"


def _rank(tag: str) -> int:
    return _CORE_TAGS.index(tag) if tag in _CORE_TAGS else len(_CORE_TAGS)


def _column(header: str) -> _Column | None:
    name = header.strip().lstrip("\ufeff").strip()
    plain = re.sub(r"[\s_]+", " ", name).lower()
    if plain in _FIELDS:
        return _Column(field=_FIELDS[plain])
    words = plain.rsplit(" ", 1)
    status = status_of(words[1]) if len(words) == 2 else None
    written = name[: -len(words[1])].strip(" _") if status else name
    tag = normalise_tag(written)
    return _Column(tag=tag, written=written, status=status) if tag else None


def _columns(headers: list[str], path: str, *, given: bool) -> list[_Column | None]:
    columns = [_column(header) for header in headers]
    fields = {column.field for column in columns if column}
    tags = {column.tag[:2] for column in columns if column and column.tag}
    if not {"source_text", "target_text"} <= fields and tags != {"zh", "en"}:
        seen = ", ".join(repr(header.strip()[:20]) for header in headers[:8])
        raise BadFileError(
            path,
            0 if given else 1,
            f"the header names no column of Chinese and one of English (it has {seen})",
            "Name them in the first line (zh,en) or with --columns zh,en.",
        )
    return columns


def _entry(row: list[str], columns: list[_Column | None], line: int, options: ReadOptions) -> Entry:
    fields: dict[str, str] = {}
    terms: list[Term] = []
    for column, cell in zip(columns, row, strict=False):
        if column is None or not cell.strip():
            continue
        if column.field:
            fields[column.field] = cell.strip()
        else:
            options.saw_tag(column.written, column.tag)
            terms.extend(_terms(cell, column.tag, column.status))
    for side in ("source", "target"):
        written, text = fields.get(f"{side}_lang", ""), fields.get(f"{side}_text", "")
        if not text:
            continue
        tag = normalise_tag(written) if written else None
        options.saw_tag(written, tag)
        if tag is None:
            return Reject(line, f"language code {written!r} is neither Chinese nor English")
        terms.extend(_terms(text, tag, None))
    missing = [name for code, name in (("zh", "Chinese"), ("en", "English")) if not any(t.language == code for t in terms)]
    if missing:
        return Reject(line, f"no {' and no '.join(missing)} term")
    return _concept(terms, fields, line, options)


def _concept(terms: list[Term], fields: dict[str, str], line: int, options: ReadOptions) -> Entry:
    state = fields.get("state", "approved").lower()
    if state not in REVIEW_STATES:
        return Reject(line, f"state {state!r} is none of {', '.join(REVIEW_STATES)}")
    status = status_of(fields["status"]) if "status" in fields else None
    if "status" in fields and status is None:
        return Reject(line, f"status {fields['status']!r} is none of {', '.join(STATUSES)}")
    placed: list[Term] = []
    for term in terms:
        first = not any(
            other.language == term.language and other.lang == term.lang and other.status == term.status for other in placed
        )
        chosen: Status = term.status
        if chosen == "preferred" and not first:
            chosen = "admitted"
        if chosen == "preferred" and status and term.language == "en":
            chosen = status
        pinyin = fields.get("pinyin", "") if term.language == "zh" and first else ""
        part = fields.get("part_of_speech", "") if term.language == "en" else ""
        placed.append(Term(term.text, term.lang, chosen, part, _syllables(pinyin, term.text), term.note))
    concept = Concept(
        (),
        domain=fields.get("domain", options.domain),
        definition=fields.get("definition", ""),
        note=fields.get("note", ""),
        source=fields.get("source", ""),
        state=state,
        key=fields.get("id", ""),
    )
    return concept.with_terms(placed)


def _syllables(pinyin: str, text: str) -> str:
    """Pinyin as written in a file, if it has tones and a syllable for each character; otherwise it is derived anew."""
    if not pinyin:
        return ""
    from lang.pinyin import split_syllables, toned_key

    syllables = split_syllables(pinyin)
    toned = all(syllable[-1] in "12345" for syllable in syllables)
    return toned_key(syllables) if toned and len(syllables) == len(text) else ""


def _terms(cell: str, tag: str, status: Status | None) -> list[Term]:
    parts = _SEPARATOR.sub(lambda match: match.group() if match[1] else "\n", cell).split("\n")
    texts = dict.fromkeys(" ".join(_ESCAPED.sub(r"\1", part).split()) for part in parts)
    return [Term(text, tag_of_text(tag, text), status or "preferred") for text in texts if text]


def _lines(text: str) -> str:
    """A field whose lines end in one way: the csv module leaves a carriage return unquoted, and cannot read it then."""
    return re.sub("\r\n?", "\n", text)


def _escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: "\\" + match.group(), text)
