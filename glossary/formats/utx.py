"""UTX (Universal Terminology eXchange of AAMT): a tab-separated file under a header of lines that begin with #.

The last of these lines names the columns: `src tgt src:pos ...`, or `term:en term:ja` where there are several languages. Lines
with one concept ID are one concept. The statuses are approved, provisional, non-standard and forbidden.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from glossary.concept import STATUSES, Concept, ReviewState, Status, Term, status_of
from glossary.formats.entries import Entry, ReadOptions, Reject, header_key
from lang.decoding import head_text, lines
from lang.errors import BadFileError
from lang.languages import tag_of_name
from lang.tags import tag_of_text

_FIRST: Final = re.compile(r"\s*#\s*UTX(?:-S(?:imple)?)?\s*\d", re.IGNORECASE)
_LANGUAGES: Final = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)/([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)?")
_STATUSES: Final[dict[str, Status]] = {
    "approved": "preferred",
    "provisional": "preferred",
    "non-standard": "admitted",
    "forbidden": "deprecated",
    "rejected": "deprecated",
    "obsolete": "deprecated",
}
_WRITTEN: Final[dict[Status, str]] = {"preferred": "approved", "admitted": "non-standard", "deprecated": "forbidden"}
_FIELDS: Final = {
    **dict.fromkeys(("concept id", "conceptid", "id"), "key"),
    **dict.fromkeys(("domain", "subject field", "subject"), "domain"),
    **dict.fromkeys(("definition", "description"), "definition"),
    **dict.fromkeys(("comment", "note", "remark"), "note"),
    **dict.fromkeys(("reference", "source"), "source"),
    **dict.fromkeys(("term status", "status"), "status"),
    "state": "state",
}
_TERM_FIELDS: Final = {
    "pos": "part_of_speech",
    "comment": "note",
    "note": "note",
    "context": "context",
    "example": "context",
    "source": "source",
    "reference": "source",
    "pinyin": "pinyin",
    "status": "status",
    "term status": "status",
    "lang": "lang",
}
_COLUMNS: Final = (
    *("src", "tgt", "src:pos", "tgt:pos", "term status", "concept ID", "src:lang", "tgt:lang", "src:status", "tgt:status"),
    *("src:note", "tgt:note", "src:context", "tgt:context", "src:source", "tgt:source", "src:pinyin"),
    *("domain", "definition", "comment", "source", "state"),
)
_OF_TERMS: Final = ("note", "context", "source")


@dataclass(slots=True)
class _Gathered:
    """What lines have said of one concept so far."""

    line: int
    terms: list[Term] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Column:
    side: str = ""
    """What tells the term it is about: src, tgt, or a language."""

    name: str = ""
    """A field of the concept or of the term; `text` for the term itself."""


class Utx:
    """UTX 1.0 to 1.20. Files with concept IDs are held in memory, for the lines of a concept may stand apart."""

    name = "utx"
    suffixes = (".utx",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name or its first line."""
        return path.suffix.lower() in self.suffixes or bool(_FIRST.match(head_text(head)))

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The concepts. BadFileError where the header does not name the columns of terms."""
        languages: dict[str, str] = {}
        columns: list[_Column | None] = []
        held: dict[str, _Gathered] = {}
        for number, line in enumerate(lines(path, options.encoding), start=1):
            plain = line.rstrip("\r\n")
            if plain.startswith("#"):
                _header(plain, languages, columns, options)
                continue
            if not plain.strip():
                continue
            if not any(column and column.name == "text" for column in columns):
                reason = "no header names the columns of terms (#src, tgt, src:pos ...)"
                raise BadFileError(str(path), number, reason, "Check --format.")
            made = _line(plain.split("\t"), columns, languages, number, options)
            key = made.fields.get("key", "") if isinstance(made, _Gathered) else ""
            if isinstance(made, Reject):
                yield made
            elif not key:
                yield _entry(made, options)
            elif key in held:
                held[key].terms.extend(made.terms)
                held[key].fields = made.fields | held[key].fields
            else:
                held[key] = made
        for gathered in held.values():
            yield _entry(gathered, options)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """Chinese and English, in as many lines as a concept has terms of one of them; other languages have no place."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        header = f"#UTX 1.20; zh/en; {now}; creator: yuqiao; bidirectional;"
        file.write(("\r\n".join((header, "#" + "\t".join(_COLUMNS))) + "\r\n").encode())
        count = 0
        for concept in concepts:
            rows = list(_rows(concept, count + 1))
            file.write("".join("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") + "\r\n" for row in rows).encode())
            count += bool(rows)
        return count


def _header(line: str, languages: dict[str, str], columns: list[_Column | None], options: ReadOptions) -> None:
    """Take from a line of the header the languages or the columns, if it has them."""
    if _FIRST.match(line):
        match = _LANGUAGES.search(line)
        if match:
            languages |= {"src": options.tag(match[1]) or "", "tgt": options.tag(match[2] or "") or "" if match[2] else ""}
        return
    cells = [cell.strip() for cell in line.lstrip("#").split("\t")]
    found = [_column(cell) for cell in cells]
    if any(column and column.name == "text" for column in found):
        columns[:] = found
        for cell, column in zip(cells, found, strict=True):
            options.headers[cell] = " ".join(filter(None, (column.side, column.name))) if column else None


def _column(header: str) -> _Column | None:
    plain = header_key(header)
    if plain in ("src", "tgt"):
        return _Column(plain, "text")
    if plain in _FIELDS:
        return _Column(name=_FIELDS[plain])
    first, colon, second = plain.partition(":")
    if colon:
        for side, name in ((first, second), (second, first)):
            if side in ("src", "tgt") or tag_of_name(side):
                known = "text" if name in ("term", "tgt", "src") else _TERM_FIELDS.get(name)
                return _Column(side, known) if known else None
    return _Column(plain, "text") if tag_of_name(plain) else None


def _line(
    cells: list[str], columns: list[_Column | None], languages: dict[str, str], number: int, options: ReadOptions
) -> "_Gathered | Reject":
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        return Reject(number, f"{len(cells)} columns, expected {len(columns)}")
    made = _Gathered(number)
    sides: dict[str, dict[str, Any]] = {}
    for column, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        # A hyphen stands for "nothing to say" in columns that must not be empty.
        if column is None or not text or text == "-":
            continue
        if column.side:
            sides.setdefault(column.side, {})[column.name] = text
        else:
            made.fields[column.name] = text
    whole = made.fields.pop("status", "")
    if whole == "provisional":
        made.fields.setdefault("state", "proposed")
    for side, said in sides.items():
        term = _term(side, said, whole if side != "src" else "", languages, options)
        if isinstance(term, str):
            return Reject(number, term)
        made.terms.extend([term] if term else [])
    # The other language of a concept with an identifier may stand in another line.
    missing = _missing(made.terms) if "key" not in made.fields or not made.terms else ""
    return Reject(number, missing) if missing else made


def _term(side: str, said: dict[str, Any], whole: str, languages: dict[str, str], options: ReadOptions) -> Term | str | None:
    """What a line has of one side, None where there is no term; or why it cannot be taken."""
    text = " ".join(said.pop("text", "").split())
    if not text:
        return None
    written = said.pop("lang", "")
    tag = options.tag(written) if written else languages.get(side) or options.tag(side)
    if not tag:
        return f"language code {written or side!r} is not known"
    status = _status(said.pop("status", "") or whole)
    if status is None:
        return f"term status {whole!r} is none of {', '.join(_STATUSES)}"
    return replace(Term(text, tag_of_text(tag, text), status), **said)


def _status(written: str) -> Status | None:
    return _STATUSES.get(written.lower()) or status_of(written) if written else "preferred"


def _missing(terms: list[Term]) -> str:
    missing = [name for code, name in (("zh", "Chinese"), ("en", "English")) if not any(t.language == code for t in terms)]
    return f"no {' and no '.join(missing)} term" if missing else ""


def _entry(made: _Gathered, options: ReadOptions) -> Entry:
    missing = _missing(made.terms)
    if missing:
        return Reject(made.line, missing)
    said: dict[str, Any] = dict(made.fields)
    state = said.pop("state", "approved").lower()
    states: dict[str, ReviewState] = {"approved": "approved", "proposed": "proposed", "rejected": "rejected"}
    if state not in states:
        return Reject(made.line, f"state {state!r} is none of {', '.join(states)}")
    domain = said.pop("domain", options.domain)
    concept = Concept((), domain=domain, state=states[state], **said).with_terms(made.terms)
    placed: list[Term] = []
    for term in concept.terms:
        second = any((other.lang, other.status) == (term.lang, "preferred") for other in placed)
        placed.append(replace(term, status="admitted") if second and term.status == "preferred" else term)
    return replace(concept, terms=tuple(placed))


def _rows(concept: Concept, number: int) -> Iterator[list[str]]:
    """Lines in which each term stands once by itself, beside the first of the other language where that has no more."""
    chinese, english = (
        sorted((t for t in concept.terms if t.language == code), key=lambda t: STATUSES.index(t.status)) for code in ("zh", "en")
    )
    if not chinese or not english:
        return
    key = concept.key or f"{concept.id or number}"
    for at in range(max(len(chinese), len(english))):
        src = chinese[at] if at < len(chinese) else chinese[0]
        tgt = english[at] if at < len(english) else english[0]
        worst = max(src.status, tgt.status, key=STATUSES.index)
        status = "provisional" if concept.state == "proposed" and worst == "preferred" else _WRITTEN[worst]
        own = [text for name in _OF_TERMS for text in (getattr(src, name), getattr(tgt, name))]
        fields = (concept.domain, concept.definition, concept.note, concept.source, concept.state)
        pos = (src.part_of_speech or "-", tgt.part_of_speech or "-")
        statuses = (_WRITTEN[src.status], _WRITTEN[tgt.status])
        # What is said of the whole concept is said once.
        said = fields if not at else ("",) * len(fields)
        yield [src.text, tgt.text, *pos, status, key, src.lang, tgt.lang, *statuses, *own, src.pinyin, *said]
