#!/usr/bin/env python3
"""Check the curated term base (glossary/data/terms) and sentence pairs (tm/data); exit 1 on an error.

    python scripts/check_terms.py [--warnings] [--terms FOLDER]

Errors: an id twice, a Chinese spelling in two concepts of a domain with different preferred English (or in one concept
twice), a missing script form, Chinese in English or the other way round, markup or stray blanks, pairs out of form.
Warnings: a Chinese spelling in concepts of two domains, a script form that OpenCC would write otherwise, an English
rendering that differs from another concept's by hyphen or case only, pairs that use a deprecated rendering.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import tomli

from glossary.concept import Concept
from glossary.curated import DATA_FOLDER, read_curated
from lang.conversion import HONG_KONG, MAINLAND, convert
from lang.errors import BadFileError
from lang.fold import term_key
from lang.script import detect_script, has_han
from tm.curated import read_curated as read_pairs
from tm.unit import Unit

STRAY = re.compile(r"^\s|\s$|\s\s|[\t\n「」『』《》“”|;；]")


def check_concepts(concepts: list[Concept], errors: list[str], warnings: list[str]) -> None:
    """Everything that can be wrong with the concepts, by themselves and against each other."""
    for key, times in Counter(concept.key for concept in concepts).items():
        if times > 1:
            errors.append(f"{key}: the id stands {times} times")
    by_spelling: dict[str, list[Concept]] = defaultdict(list)
    by_english: dict[str, list[Concept]] = defaultdict(list)
    for concept in concepts:
        check_terms(concept, errors, warnings)
        for spelling in {term_key(term.text) for term in concept.terms if term.language == "zh"}:
            by_spelling[spelling].append(concept)
        by_english[re.sub("[- ]", "", concept.texts("en")[0].casefold())].append(concept)
    for spelling, sharing in by_spelling.items():
        if len(sharing) < 2:
            continue
        names = ", ".join(f"{concept.key} ({concept.domain})" for concept in sharing)
        same_domain = len({concept.domain for concept in sharing}) < len(sharing)
        (errors if same_domain else warnings).append(f"{spelling}: stands in several concepts: {names}")
    for sharing in by_english.values():
        spellings = {concept.texts("en")[0] for concept in sharing}
        if len(spellings) > 1:
            warnings.append(f"English differing by hyphen, blank or case only: {' | '.join(sorted(spellings))}")


def check_terms(concept: Concept, errors: list[str], warnings: list[str]) -> None:
    """A concept by itself: its scripts, its characters, its preferred renderings."""
    forms = {tag: [t for t in concept.terms if t.lang == tag] for tag in ("zh-Hant-HK", "zh-Hans", "zh-Hant-TW", "en", "en-HK")}
    if len(forms["zh-Hant-HK"]) != len(forms["zh-Hans"]):
        errors.append(f"{concept.key}: hant and hans differ in number")
    if sum(term.status == "preferred" for term in forms["en"]) != 1:
        errors.append(f"{concept.key}: not exactly one preferred English term")
    for (text, _), times in Counter((t.text, t.lang.removesuffix("-HK")) for t in concept.terms).items():
        if times > 1:
            errors.append(f"{concept.key}: {text} stands twice")
    for term in concept.terms:
        if STRAY.search(term.text):
            errors.append(f"{concept.key}: stray blank, quotation mark or separator in {term.text!r}")
        # A Chinese form may be all Latin (5G-A), an English one never Chinese.
        latin = re.fullmatch(r"[\x20-\u024f–]+", term.text)
        if (term.language == "en" or not has_han(term.text)) and not latin:
            errors.append(f"{concept.key}: {term.text!r} is not in its language")
    # By what they are, not by their places: Hong Kong and the mainland may prefer different ones of the same forms.
    simplified = {term_key(term.text): term for term in forms["zh-Hans"]}
    for place, hant in enumerate(forms["zh-Hant-HK"][: len(forms["zh-Hans"])]):
        hans = simplified.get(term_key(hant.text), forms["zh-Hans"][place])
        if term_key(hant.text) != term_key(hans.text):
            warnings.append(f"{concept.key}: {hant.text} and {hans.text} are not the same characters")
        if detect_script(hant.text) in ("Hans", "mixed") or detect_script(hans.text) in ("Hant", "mixed"):
            errors.append(f"{concept.key}: {hant.text} / {hans.text}: wrong script")
        if convert(hant.text, MAINLAND) != hans.text or convert(hans.text, HONG_KONG) != hant.text:
            warnings.append(
                f"{concept.key}: OpenCC would write {convert(hant.text, MAINLAND)} / {convert(hans.text, HONG_KONG)}"
                f" for {hans.text} / {hant.text}"
            )


def check_pairs(units: list[Unit], concepts: list[Concept], errors: list[str], warnings: list[str]) -> None:
    """The sentence pairs: their form, doubles, and deprecated renderings."""
    domains = {concept.domain for concept in concepts}
    deprecated = [(text.casefold(), c) for c in concepts for text in c.deprecated_texts("en")]
    for source, times in Counter(unit.source for unit in units).items():
        if times > 1:
            errors.append(f"pair stands {times} times: {source}")
    for unit in units:
        if unit.domain not in domains:
            errors.append(f"pair in unknown domain {unit.domain}: {unit.source}")
        if not has_han(unit.source) or has_han(unit.target) or detect_script(unit.source) in ("Hans", "mixed"):
            errors.append(f"pair not traditional Chinese and English: {unit.source}")
        for text, concept in deprecated:
            chinese = any(term.text in unit.source for term in concept.terms)
            if chinese and re.search(rf"\b{re.escape(text)}\b", unit.target.casefold()):
                warnings.append(f"pair uses deprecated {text!r} ({concept.key}): {unit.source}")


def check_layout(folder: Path, errors: list[str]) -> None:
    """The files as text: the order of keys that makes them reviewable."""
    order = ["id", "hant", "hans", "tw", "en", "en_hk", "en_admitted", "en_deprecated", "definition", "note", "source"]
    for path in sorted(folder.glob("*.toml")):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        if data.get("domain") != path.stem:
            errors.append(f"{path.name}: its domain is not its name")
        errors.extend(
            f"{path.name}: {entry.get('id')}: keys not in the order {', '.join(order)}"
            for entry in data.get("concept", [])
            if list(entry) != [key for key in order if key in entry]
        )


def main() -> int:
    """Run all checks and print what they found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--warnings", action="store_true", help="print the warnings too, not only their number")
    parser.add_argument("--terms", type=Path, help="check the files of this folder instead, without the pairs")
    options = parser.parse_args()
    folder: Path = options.terms or DATA_FOLDER
    errors: list[str] = []
    warnings: list[str] = []
    try:
        concepts = list(read_curated(folder))
        units = [] if options.terms else list(read_pairs())
        check_layout(folder, errors)
        check_concepts(concepts, errors, warnings)
        check_pairs(units, concepts, errors, warnings)
    except BadFileError as error:
        sys.exit(f"error: {error}")
    for message in errors:
        print(f"error: {message}")
    if options.warnings:
        for message in warnings:
            print(f"warning: {message}")
    files = len(list(folder.glob("*.toml")))
    print(f"{len(concepts)} concepts in {files} files, {len(units)} pairs: {len(errors)} errors, {len(warnings)} warnings")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
