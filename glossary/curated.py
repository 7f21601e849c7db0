"""The curated term base: reviewable TOML files by domain in glossary/data/terms, read into concepts.

domain = "tax-consumption"

[[concept]]
id = "departure-tax-refund"        # stays for good: databases know the concept by it
hant = "離境退稅"                   # Hong Kong's form; a list where there are several, preferred first
hans = "离境退税"                   # the mainland's: the same forms, in the mainland's order
tw = "..."                         # Taiwan's, where its words differ
en = "departure tax refund"        # the one preferred rendering
en_hk = "..."                      # Hong Kong's, where it is another and `en` is the mainland's
en_admitted = ["..."]
en_deprecated = ["..."]
definition, note, source = "..."   # where needed; a source only where it is certain

How the terms are read stands in glossary/data/readings.tsv, which scripts/write_readings.py makes of them: to read them
anew would be half of the time that the first use of a database takes.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import tomli

from glossary.concept import Concept, Status, Term
from lang.errors import BadFileError
from lang.fold import term_key

DATA_FOLDER: Final = Path(__file__).parent / "data" / "terms"
READINGS: Final = Path(__file__).parent / "data" / "readings.tsv"
_KEYS: Final = frozenset("id hant hans tw en en_hk en_admitted en_deprecated definition note source".split())


def read_curated(folder: Path = DATA_FOLDER) -> Iterator[Concept]:
    """All concepts of a folder of curated files, file by file in order of name. BadFileError names file and concept."""
    readings = read_readings()
    for path in sorted(folder.glob("*.toml")):
        yield from read_file(path, readings)


def read_readings() -> dict[str, str]:
    """The pinyin of curated terms by their term keys; a term that is not in it is read when it is stored."""
    lines = READINGS.read_text(encoding="utf-8").splitlines() if READINGS.exists() else []
    return dict(line.split("\t") for line in lines)


def read_file(path: Path, readings: Mapping[str, str]) -> Iterator[Concept]:
    """The concepts of one curated file, with the pinyin of those terms whose keys have one in `readings`."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFileError(str(path), 0, f"not a TOML file ({error})") from error
    domain = data.get("domain")
    entries = data.get("concept", [])
    if not isinstance(domain, str) or not isinstance(entries, list):
        raise BadFileError(str(path), 0, "needs a domain and [[concept]] tables")
    for entry in entries:
        yield _concept(path, domain, entry, readings)


def _concept(path: Path, domain: str, entry: dict[str, Any], readings: Mapping[str, str]) -> Concept:
    name = entry.get("id", entry.get("hant", "?"))
    unknown = entry.keys() - _KEYS
    if unknown:
        raise BadFileError(str(path), 0, f"concept {name!r} has unknown keys: {', '.join(sorted(unknown))}")
    missing = {key for key in ("id", "hant", "hans", "en") if not entry.get(key)}
    if missing:
        raise BadFileError(str(path), 0, f"concept {name!r} lacks {', '.join(sorted(missing))}")
    terms: list[Term] = []
    # Taiwan's word is the preferred one in Taiwan, and Hong Kong's English in Hong Kong, whatever their places in the concept.
    regions = (("hant", "zh-Hant-HK"), ("hans", "zh-Hans"), ("tw", "zh-Hant-TW"), ("en", "en"), ("en_hk", "en-HK"))
    for key, tag in regions:
        for index, text in enumerate(_texts(entry, key)):
            pinyin = readings.get(term_key(text), "") if tag.startswith("zh") else ""
            status: Status = "preferred" if index == 0 or tag == "en" else "admitted"
            terms.append(Term(text, tag, status, pinyin=pinyin))
    others: tuple[tuple[str, Status], ...] = (("en_admitted", "admitted"), ("en_deprecated", "deprecated"))
    for key, status in others:
        terms.extend(Term(text, "en", status) for text in _texts(entry, key))
    return Concept(
        tuple(terms),
        domain=domain,
        definition=entry.get("definition", ""),
        note=entry.get("note", ""),
        source=entry.get("source", ""),
        key=entry["id"],
    )


def _texts(entry: dict[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    return [value] if isinstance(value, str) else list(value)
