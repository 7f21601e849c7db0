"""The table of docs/exchange.md says what each format keeps; here every cell of it is tried."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.concept import Concept, Property, Term
from glossary.formats.entries import ReadOptions
from glossary.formats.registry import FORMAT_NAMES, format_named
from lang.errors import UnsupportedError

ROOT = Path(__file__).parents[2]
PLAIN = Concept((Term("離境退稅", "zh-Hant-HK"), Term("离境退税", "zh-Hans"), Term("departure tax refund", "en")))


def _with_term(**said: object) -> Concept:
    return replace(PLAIN, terms=(*PLAIN.terms[:2], replace(PLAIN.terms[2], **said)))  # type: ignore[arg-type]


EXAMPLES: dict[str, Concept] = {
    "texts": PLAIN,
    "tags": replace(PLAIN, terms=(*PLAIN.terms, Term("refund for the departing", "en-GB"))),
    "statuses": replace(
        PLAIN, terms=(*PLAIN.terms, Term("tax refund", "en", "admitted"), Term("exit tax return", "en", "deprecated"))
    ),
    "several languages": replace(PLAIN, terms=(*PLAIN.terms, Term("détaxe", "fr"))),
    "domain": replace(PLAIN, domain="tax"),
    "definition": replace(PLAIN, definition="Money given back: at the border."),
    "note": replace(PLAIN, note="Not a rebate."),
    "source": replace(PLAIN, source="Notice 3 of 2015"),
    "state": replace(PLAIN, state="proposed"),
    "key": replace(PLAIN, key="departure-tax-refund"),
    "term note": _with_term(note="formal; in law"),
    "context": _with_term(context="A departure tax refund is paid."),
    "term source": _with_term(source="Gazette"),
    "part of speech": _with_term(part_of_speech="noun"),
    "pinyin": replace(PLAIN, terms=(PLAIN.terms[0], replace(PLAIN.terms[1], pinyin="li2 jing4 tui4 shui5"), PLAIN.terms[2])),
    "properties": replace(PLAIN, properties=(Property("transactionType", "origination", "transac", "#me", "en"),)),
}
# What is compared: a format that has no tags may still keep the texts.
ASPECTS: dict[str, Callable[[Concept], object]] = {
    "texts": lambda c: {term.text for term in c.terms},
    "tags": lambda c: {(term.text, term.lang) for term in c.terms},
    "statuses": lambda c: {(term.text, term.status) for term in c.terms},
    "several languages": lambda c: {term.text for term in c.terms},
    "term note": lambda c: {(term.text, term.note) for term in c.terms},
    "context": lambda c: {(term.text, term.context) for term in c.terms},
    "term source": lambda c: {(term.text, term.source) for term in c.terms},
    "part of speech": lambda c: {(term.text, term.part_of_speech) for term in c.terms},
    "pinyin": lambda c: {(term.text, term.pinyin) for term in c.terms},
}


def table() -> list[dict[str, str]]:
    lines = (ROOT / "docs/exchange.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    start = next(at for at, row in enumerate(rows) if row[0] == "format")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if len(row) == len(rows[start])]


def came_back(name: str, held: Concept, folder: Path) -> list[Concept]:
    path = folder / "terms"
    file = io.BytesIO()
    format_named(name).write([held], file)
    path.write_bytes(file.getvalue())
    return [entry for entry in format_named(name).read(path, ReadOptions()) if isinstance(entry, Concept)]


def test_the_table_has_every_format() -> None:
    names = {name for row in table() for name in re.split(r"[ ,]+", row["name for `--format`"])}
    assert {name for name in FORMAT_NAMES if name != "deepl-csv"} == names


@pytest.mark.parametrize("row", table(), ids=lambda row: row["name for `--format`"])
def test_each_claim_holds(row: dict[str, str], tmp_path: Path) -> None:
    for name in re.split(r"[ ,]+", row["name for `--format`"]):
        if row["written"] == "no":
            with pytest.raises(UnsupportedError):
                format_named(name).write([PLAIN], io.BytesIO())
            continue
        for field, held in EXAMPLES.items():
            aspect = ASPECTS.get(field, lambda c, field=field: getattr(c, field))  # type: ignore[misc]
            found = came_back(name, held, tmp_path)
            kept = bool(found) and all(aspect(one) == aspect(held) for one in found)
            assert kept == (row[field] == "yes"), f"{name} {field}: the table says {row[field]}, {'kept' if kept else 'lost'}"
