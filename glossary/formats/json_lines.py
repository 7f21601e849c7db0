"""JSON Lines: a concept a line with all it holds, as `lookup --json` shows it; or an object whose keys are a table's headers."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

from glossary.concept import REVIEW_STATES, STATUSES, Concept, Property, Term
from glossary.formats.entries import Entry, ReadOptions, Reject, header_key
from glossary.formats.headers import columns_of, holds_terms
from glossary.formats.table import Row, entry_of
from lang.decoding import head_text, lines
from lang.errors import BadFileError

_CONCEPT_FIELDS: Final = frozenset(f.name for f in fields(Concept))
_TERM_FIELDS: Final = frozenset(f.name for f in fields(Term))
_PROPERTY_FIELDS: Final = frozenset(f.name for f in fields(Property))
_HOPELESS: Final = 20
_DEEPEST: Final = 20


class JsonLines:
    """The format that loses nothing."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - sentence pairs have the same names
        """By a first object with terms in it, or with keys that are headers of both languages."""
        first = head_text(head).lstrip().split("\n", 1)[0]
        if not first.startswith("{"):
            return False
        try:
            found = json.loads(first)
        except (ValueError, RecursionError):
            return '"terms": [' in first or '"terms":[' in first
        return "terms" in found or ("source" not in found and holds_terms(columns_of(list(found), ReadOptions())))

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """The objects as concepts; what is none is rejected with its line. BadFileError where the first 20 lines are none."""
        bad = 0
        for number, line in enumerate(lines(path, options.encoding), start=1):
            if not line.strip():
                continue
            made = _entry(line, number, options)
            if isinstance(made, Reject):
                bad += bad >= 0
                if bad == _HOPELESS:
                    raise BadFileError(str(path), number, f"not JSON Lines of concepts: {made.reason}", "Check --format.")
            else:
                bad = -1
            yield made

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """One object a concept, without what is empty; half characters are written as JSON escapes them."""
        count = 0
        for count, concept in enumerate(concepts, start=1):  # noqa: B007 - the count is what is returned
            line = json.dumps(concept.to_dict(), ensure_ascii=False)
            file.write(f"{line}\n".encode("utf-8", "backslashreplace"))
        return count


def _entry(line: str, number: int, options: ReadOptions) -> Entry:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Reject(number, f"not JSON: {error}"[:120])
    if not isinstance(found, dict):
        return Reject(number, "not a JSON object")
    if "terms" not in found:
        return _row(found, number, options)
    wrong = _wrong_concept(found)
    if wrong:
        return Reject(number, wrong)
    concept = Concept.from_dict(found)
    try:
        line.encode()
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return Reject(number, "holds half a character")
    terms: list[Term] = []
    for term in concept.terms:
        tag = options.tag(term.lang)
        if options.mapping.get(header_key(term.lang)) != "":
            # Tags of languages we have no name for are kept as they are.
            terms.append(replace(term, lang=tag or term.lang))
    if not terms:
        return Reject(number, "no terms but of languages left out")
    return replace(concept, domain=concept.domain or options.domain).with_terms(terms)


def _row(found: dict[str, Any], number: int, options: ReadOptions) -> Entry:
    """An object of another program: its keys are taken as the headers of a table are."""
    texts = {key: _text(value) for key, value in found.items()}
    columns = columns_of(list(texts), options)
    if not holds_terms(columns):
        return Reject(number, f"no terms, and no keys of Chinese and English (it has {', '.join(map(repr, list(texts)[:5]))})")
    for key, column in zip(texts, columns, strict=True):
        options.headers[key] = column.taken_for if column else None
    return entry_of(Row(number, list(texts.values())), columns, options)


def _text(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _wrong_concept(found: dict[str, Any]) -> str:
    """Why an object is no concept; empty where it is one."""
    wrong = _wrong_fields(found, _CONCEPT_FIELDS, texts=_CONCEPT_FIELDS - {"terms", "id", "properties"})
    if wrong:
        return wrong
    if not isinstance(found.get("id", 0), int) or isinstance(found.get("id"), bool):
        return "id is no number"
    if found.get("state", "approved") not in REVIEW_STATES:
        return f"state {found['state']!r} is none of {', '.join(REVIEW_STATES)}"
    terms = found["terms"]
    if not isinstance(terms, list) or not terms:
        return "no terms"
    for term in terms:
        if not isinstance(term, dict):
            return "a term is no object"
        wrong = _wrong_fields(term, _TERM_FIELDS, texts=_TERM_FIELDS - {"properties"})
        if wrong:
            return wrong
        if not str(term.get("text", "")).strip() or not term.get("lang"):
            return "a term has no text or no lang"
        if term.get("status", "preferred") not in STATUSES:
            return f"status {term['status']!r} is none of {', '.join(STATUSES)}"
    return ""


def _wrong_fields(found: dict[str, Any], known: frozenset[str], texts: frozenset[str], depth: int = 0) -> str:
    unknown = [name for name in found if name not in known]
    if unknown:
        return f"unknown field {unknown[0][:40]!r}"
    for name in texts & found.keys():
        if not isinstance(found[name], str) or "\0" in found[name]:
            return f"{name} is no text"
    inner = found.get("parts" if "parts" in known else "properties", [])
    if not isinstance(inner, list) or depth > _DEEPEST:
        return "properties are no list"
    for one in inner:
        if not isinstance(one, dict) or "name" not in one or "value" not in one:
            return "a property has no name or no value"
        wrong = _wrong_fields(one, _PROPERTY_FIELDS, _PROPERTY_FIELDS - {"parts"}, depth + 1)
        if wrong:
            return wrong
    return ""
