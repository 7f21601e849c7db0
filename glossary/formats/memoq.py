"""memoQ's term bases as CSV: a line an entry; each language has a definition, then columns for each of its terms.

The columns are Entry_ID, Entry_Subject, Entry_Domain ..., Entry_Note, then for each language `English_United_States_Def`,
and once for each term `English_United_States`, `Term_Info`, `Term_Example`.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import STATUSES, Concept, Property, Status, Term
from glossary.formats.delimited import delimited_rows, protected
from glossary.formats.entries import Entry, ReadOptions, Reject, header_key
from glossary.formats.table import Row, one_line
from lang.decoding import head_text
from lang.errors import BadFileError
from lang.tags import tag_of_text

_HEAD: Final = re.compile(r'\s*"?Entry_(?:ID|Subject|Domain)"?\s*[,;\t]')
_NAMES: Final = {
    "zh": "Chinese",
    "zh-Hans": "Chinese_PRC",
    "zh-Hans-SG": "Chinese_Singapore",
    "zh-Hant": "Chinese_Traditional",
    "zh-Hant-TW": "Chinese_Taiwan",
    "zh-Hant-HK": "Chinese_Hong_Kong_S.A.R.",
    "zh-Hant-MO": "Chinese_Macao_S.A.R.",
    "en": "English",
    "en-US": "English_United_States",
    "en-GB": "English_United_Kingdom",
}
_ENTRY: Final = (
    *("Entry_ID", "Entry_Subject", "Entry_Domain", "Entry_ClientID", "Entry_ProjectID", "Entry_Created", "Entry_Creator"),
    *("Entry_LastModified", "Entry_Modifier", "Entry_Note"),
)
_KEPT: Final = frozenset(_ENTRY) - {"Entry_ID", "Entry_Domain", "Entry_Note"}
_USUAL_INFO: Final = "CasePermissive;HalfPrefix"
_FORBIDDEN: Final = "Forbidden"


@dataclass(slots=True)
class _TermColumns:
    """Where one term of a language stands, -1 where there is no such column."""

    tag: str
    text: int
    info: int = -1
    example: int = -1


@dataclass(slots=True)
class _Layout:
    """What the columns of a file hold."""

    entry: dict[str, int]
    terms: list[_TermColumns]
    definitions: dict[str, int]
    width: int


class MemoqCsv:
    """memoQ's CSV, with any of its delimiters."""

    name = "memoq"
    suffixes: tuple[str, ...] = ()

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - named .csv as others are
        """By its first column."""
        return bool(_HEAD.match(head_text(head)))

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A concept a line. BadFileError where the header is not memoQ's."""
        _, rows = delimited_rows(path, options.encoding, ",")
        header = next(rows, Row(1, []))
        layout = _layout(header.cells, options)
        if not layout.entry or not layout.terms:
            reason = "no header of memoQ: Entry_ID ... and a column for each language"
            raise BadFileError(str(path), 1, reason, "Check --format.")
        for row in rows:
            if any(cell.strip() for cell in row.cells):
                yield _entry(row, layout, options)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """All languages, as many columns of each as the concept with the most terms of it needs."""
        held = list(concepts)
        widths: dict[str, int] = {}
        for concept in held:
            for tag, terms in groupby(sorted(term.lang for term in concept.terms)):
                widths[tag] = max(widths.get(tag, 0), len(list(terms)))
        tags = sorted(widths, key=lambda tag: (list(_NAMES).index(tag) if tag in _NAMES else len(_NAMES), tag))
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        header = list(_ENTRY)
        for tag in tags:
            name = _NAMES.get(tag, tag)
            header += [f"{name}_Def", *(name, "Term_Info", "Term_Example") * widths[tag]]
        writer.writerow(header)
        for number, concept in enumerate(held):
            writer.writerow([protected(one_line(cell)) for cell in _cells(concept, number, tags, widths)])
        text.detach()
        return len(held)


def _layout(headers: Sequence[str], options: ReadOptions) -> _Layout:
    layout = _Layout({}, [], {}, len(headers))
    for at, written in enumerate(headers):
        header = written.strip()
        taken_for: str | None = None
        if header in _ENTRY:
            layout.entry[header] = at
            taken_for = {"Entry_ID": "id", "Entry_Domain": "domain", "Entry_Note": "note"}.get(header, "property")
        elif header == "Term_Info" and layout.terms:
            layout.terms[-1].info = at
            taken_for = "status"
        elif header == "Term_Example" and layout.terms:
            layout.terms[-1].example = at
            taken_for = "context"
        elif options.mapping.get(header_key(header)) != "":
            base = header.removesuffix("_Def")
            tag = options.tag(base)
            if tag and base != header:
                layout.definitions[tag] = at
                taken_for = f"{tag} definition"
            elif tag:
                layout.terms.append(_TermColumns(tag, at))
                taken_for = tag
        if header:
            options.headers[header] = taken_for
    return layout


def _entry(row: Row, layout: _Layout, options: ReadOptions) -> Entry:
    cells = row.cells
    if len(cells) > layout.width and any(cell.strip() for cell in cells[layout.width :]):
        return Reject(row.line, f"{len(cells)} columns, expected {layout.width}")

    def cell(at: int) -> str:
        return cells[at].strip() if 0 <= at < len(cells) else ""

    terms: list[Term] = []
    for place in layout.terms:
        text = " ".join(cell(place.text).split())
        if text:
            info = cell(place.info)
            parts = [part for part in info.split(";") if part]
            forbidden = any(part.casefold() == _FORBIDDEN.casefold() for part in parts)
            rest = ";".join(part for part in parts if part.casefold() != _FORBIDDEN.casefold())
            status: Status = "preferred"
            if forbidden:
                status = "deprecated"
            elif any((term.lang, term.status) == (tag_of_text(place.tag, text), "preferred") for term in terms):
                status = "admitted"
            kept = (Property("Term_Info", rest, "termNote"),) if rest not in ("", _USUAL_INFO) else ()
            terms.append(Term(text, tag_of_text(place.tag, text), status, context=cell(place.example), properties=kept))
    missing = [name for code, name in (("zh", "Chinese"), ("en", "English")) if not any(t.language == code for t in terms)]
    if missing:
        return Reject(row.line, f"no {' and no '.join(missing)} term")
    said = {name: cell(at) for name, at in layout.entry.items() if cell(at)}
    properties = [Property(name, said[name], "admin") for name in _ENTRY if name in _KEPT and name in said]
    definitions = sorted(
        ((tag, cell(at)) for tag, at in layout.definitions.items() if cell(at)), key=lambda pair: not pair[0].startswith("en")
    )
    properties += [Property("definition", text, "descrip", lang=tag) for tag, text in definitions[1:]]
    concept = Concept(
        (),
        domain=said.get("Entry_Domain", options.domain),
        definition=definitions[0][1] if definitions else "",
        note=said.get("Entry_Note", ""),
        key=said.get("Entry_ID", ""),
        properties=tuple(properties),
    )
    return concept.with_terms(terms)


def _cells(concept: Concept, number: int, tags: Sequence[str], widths: dict[str, int]) -> Iterator[str]:
    kept = {said.name: said.value for said in concept.properties}
    for name in _ENTRY:
        own = {"Entry_ID": str(concept.id or number), "Entry_Domain": concept.domain, "Entry_Note": concept.note}
        yield own.get(name, kept.get(name, ""))
    other = {said.lang: said.value for said in concept.properties if said.name == "definition" and said.lang}
    # The definition goes with the first English of the concept, or with the first language there is.
    present = [tag for tag in tags if any(term.lang == tag for term in concept.terms)]
    home = next((tag for tag in present if tag.startswith("en")), present[0] if present else "")
    for tag in tags:
        yield concept.definition if tag == home and concept.definition else other.get(tag, "")
        terms = sorted((t for t in concept.terms if t.lang == tag), key=lambda t: STATUSES.index(t.status))
        for term in terms:
            info = next((said.value for said in term.properties if said.name == "Term_Info"), _USUAL_INFO)
            yield term.text
            yield f"{info};{_FORBIDDEN}" if term.status == "deprecated" else info
            yield term.context
        yield from [""] * (3 * (widths[tag] - len(terms)))
