"""Rows of a table as concepts, and concepts as rows: what CSV, TSV and Excel files have in common."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any, Final

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Status, Term, status_of
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.headers import Column, columns_of, holds_terms, no_columns
from lang.tags import tag_of_text

# A header may stand under a title and some lines about the table.
HEADER_ROWS: Final = 20
# Escapes are matched, and kept, so that what they stand before is not taken for a separator.
_ESCAPED: Final = re.compile(r"\\([;；|/\\])")
_SEPARATOR: Final = re.compile(rf"{_ESCAPED.pattern}|[;；|\n]|(?<=\s)/(?=\s)")
_TO_ESCAPE: Final = re.compile(r"[;；|\\]|(?<!\S)/(?!\S)")
_CORE_TAGS: Final = ("zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en")
_TERM_FIELDS: Final = ("part_of_speech", "note", "context", "source")


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line it begins in."""

    line: int
    cells: list[str]


def entries_of(rows: Iterator[Row], options: ReadOptions, path: str) -> Iterator[Entry]:
    """The rows of a table as concepts; BadFileError where none of the first rows names both languages."""
    if options.columns:
        headers = list(options.columns)
        columns = columns_of(headers, options)
        rest = rows
        if not holds_terms(columns):
            raise no_columns(path, headers, given=True)
    else:
        sample = list(islice(rows, HEADER_ROWS))
        at = header_row(sample, options)
        if at is None:
            raise no_columns(path, sample[0].cells if sample else [], given=False)
        headers = sample[at].cells
        columns = columns_of(headers, options)
        rest = chain(sample[at + 1 :], rows)
    for header, column in zip(headers, columns, strict=True):
        if header.strip():
            options.headers[header.strip()] = column.taken_for if column else None
    width = len(headers)
    for row in rest:
        if not any(cell.strip() for cell in row.cells):
            continue
        if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
            yield Reject(row.line, f"{len(row.cells)} columns, expected {width}")
        else:
            yield entry_of(row, columns, options)


def header_row(sample: Sequence[Row], options: ReadOptions) -> int | None:
    """Which of the first rows names the columns; None where none does."""
    return next((at for at, row in enumerate(sample) if holds_terms(columns_of(row.cells, options))), None)


def entry_of(row: Row, columns: Sequence[Column | None], options: ReadOptions) -> Entry:
    """One row as a concept, or why it is none."""
    fields: dict[str, str] = {}
    terms: list[Term] = []
    definitions: list[Property] = []
    for column, cell in zip(columns, row.cells, strict=False):
        if column is None or not cell.strip():
            continue
        if column.term_field == "definition":
            definitions.append(Property("definition", cell.strip(), "descrip", lang=column.tag))
        elif column.field:
            fields[column.field] = cell.strip()
        elif not column.term_field:
            options.saw_tag(column.written, column.tag)
            terms.extend(terms_of(cell, column.tag, column.status))
    for side in ("source", "target"):
        written, text = fields.get(f"{side}_lang", ""), fields.get(f"{side}_text", "")
        if not text:
            continue
        tag = options.tag(written)
        if tag is None:
            return Reject(row.line, f"language code {written!r} is neither Chinese nor English")
        terms.extend(terms_of(text, tag, None))
    missing = [name for code, name in (("zh", "Chinese"), ("en", "English")) if not any(t.language == code for t in terms)]
    if missing:
        return Reject(row.line, f"no {' and no '.join(missing)} term")
    made = _concept(_with_term_fields(terms, row, columns), fields, row.line, options)
    if definitions and isinstance(made, Concept):
        # English is what definitions are mostly written in; those in other languages are kept beside it.
        definitions.sort(key=lambda said: not said.lang.startswith("en"))
        if not made.definition:
            made = replace(made, definition=definitions.pop(0).value)
        made = replace(made, properties=tuple(definitions))
    return made


def _with_term_fields(terms: list[Term], row: Row, columns: Sequence[Column | None]) -> list[Term]:
    """The terms with what further columns say of those of a tag and status, one after the other."""
    for column, cell in zip(columns, row.cells, strict=False):
        if column is None or column.term_field in ("", "definition") or not cell.strip():
            continue
        places = [
            at
            for at, term in enumerate(terms)
            if column.tag in (term.lang, term.language) and column.status in (None, term.status)
        ]
        said = _split(cell)
        if len(said) != len(places):
            said = [cell.strip()]
        for at, text in zip(places, said, strict=False):
            value: Any = _syllables(text, terms[at].text) if column.term_field == "pinyin" else text
            terms[at] = replace(terms[at], **{column.term_field: value})
    return terms


def _concept(terms: list[Term], fields: dict[str, str], line: int, options: ReadOptions) -> Entry:
    state = fields.get("state", "approved").lower()
    if state not in REVIEW_STATES:
        return Reject(line, f"state {state!r} is none of {', '.join(REVIEW_STATES)}")
    status = status_of(fields["status"]) if "status" in fields else None
    if "status" in fields and status is None:
        return Reject(line, f"status {fields['status']!r} is none of {', '.join(STATUSES)}")
    placed: list[Term] = []
    seen: set[tuple[str, Status]] = set()
    for term in terms:
        first = (term.lang, term.status) not in seen
        seen.add((term.lang, term.status))
        chosen: Status = term.status
        if chosen == "preferred" and not first:
            chosen = "admitted"
        if chosen == "preferred" and status and term.language == "en":
            chosen = status
        pinyin = fields.get("pinyin", "") if term.language == "zh" and first else ""
        part = fields.get("part_of_speech", "") if term.language == "en" else ""
        context = fields.get("context", "") if not placed else ""
        placed.append(
            replace(
                term,
                status=chosen,
                part_of_speech=term.part_of_speech or part,
                pinyin=term.pinyin or _syllables(pinyin, term.text),
                context=term.context or context,
            )
        )
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


def terms_of(cell: str, tag: str, status: Status | None) -> list[Term]:
    """The terms in one cell, each once."""
    texts = dict.fromkeys(" ".join(text.split()) for text in _split(cell))
    return [Term(text, tag_of_text(tag, text), status or "preferred") for text in texts if text]


def _split(cell: str) -> list[str]:
    parts = _SEPARATOR.sub(lambda match: match.group() if match[1] else "\n", cell).split("\n")
    return [_ESCAPED.sub(r"\1", part).strip() for part in parts]


def one_line(text: str) -> str:
    """A field whose lines end in one way: the csv module leaves a carriage return unquoted, and cannot read it then."""
    return re.sub("\r\n?", "\n", text)


def _escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda match: "\\" + match.group(), text)


def rows_of(concepts: Sequence[Concept]) -> Iterator[list[str]]:
    """A header and a row for each concept: its id, fields, and columns for each language and status in use.

    What terms have of their own stands in further columns, in the order of the terms, where any term has it.
    """
    columns: dict[tuple[str, Status, str], None] = {(tag, "preferred", ""): None for tag in _CORE_TAGS}
    for term in (term for concept in concepts for term in concept.terms):
        columns[term.lang, term.status, ""] = None
        columns |= {(term.lang, term.status, name): None for name in _TERM_FIELDS if getattr(term, name)}
    ordered = sorted(
        columns, key=lambda c: (_rank(c[0]), c[0], STATUSES.index(c[1]), _TERM_FIELDS.index(c[2]) + 1 if c[2] else 0)
    )
    headers = [_header(*column) for column in ordered]
    yield ["id", "domain", "state", *headers, "definition", "note", "source"]
    for c in concepts:
        cells = [_cell(c, *column) for column in ordered]
        fields = (one_line(text) for text in (c.definition, c.note, c.source))
        yield [c.key or str(c.id or ""), one_line(c.domain), c.state, *cells, *fields]


def _header(tag: str, status: Status, name: str) -> str:
    # The status is written where another word follows too: without it the column would be that of all terms of the tag.
    words = [tag, status if status != "preferred" or name else "", name.replace("_", " ")]
    return " ".join(filter(None, words))


def _cell(concept: Concept, tag: str, status: Status, name: str) -> str:
    terms = [term for term in concept.terms if (term.lang, term.status) == (tag, status)]
    if not name:
        return "; ".join(_escape(term.text) for term in terms)
    texts = [" ".join(getattr(term, name).split()) for term in terms]
    return "; ".join(map(_escape, texts)) if any(texts) else ""


def _rank(tag: str) -> int:
    return _CORE_TAGS.index(tag) if tag in _CORE_TAGS else len(_CORE_TAGS)
