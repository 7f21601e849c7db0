#!/usr/bin/env python3
"""Measure the curated term base against lists of terms that were made without it.

    python scripts/measure_terms.py list FILE ...          lines `Chinese | rendering; rendering`: found, an accepted one first
    python scripts/measure_terms.py reports FILE ...       JSON lines with `terms`, English to Chinese renderings, a file a year:
                                                           of those in --years files or more, found, with an accepted rendering
    python scripts/measure_terms.py sample 150 --seed 7    concepts drawn at random, as TOML, to be read cold

Renderings are equal if they differ in articles, commas, hyphens, British spelling or inflection only. A term is found if it is a
concept's term in either script, not only a part of one.
"""

import argparse
import json
import random
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from glossary.concept import Concept
from glossary.curated import DATA_FOLDER
from glossary.glossary import Glossary
from lang.conversion import convert
from lang.fold import term_key
from lang.inflection import english_key
from workspace.workspace import Workspace

_FOUND = ("exact", "script", "inflection")


def comparable(rendering: str) -> set[str]:
    """English without what does not make another rendering of it: its words without endings, and its letters alone.

    Renderings are equal if they share one of the two; by their letters, presold and pre-sold, redline and red line are.
    """
    words = re.sub(r"\b(?:the|an?)\b|[-,]", " ", rendering.lower())
    return {english_key(" ".join(words.split())), "".join(words.split())}


def concepts_of(glossary: Glossary, term: str) -> list[Concept]:
    """The concepts that have the term, as look-up orders them."""
    return [match.concept for match in glossary.lookup(term, limit=10) if match.kind in _FOUND]


def measure_list(glossary: Glossary, files: list[Path]) -> None:
    """Print the terms whose first English is none of those accepted, and the figures."""
    counts: Counter[str] = Counter()
    for line in (line for path in files for line in path.read_text(encoding="utf-8").splitlines() if "|" in line):
        term, accepted = (part.strip() for part in line.split("|")[:2])
        wanted = {key for one in accepted.split(";") for key in comparable(one)}
        concepts = concepts_of(glossary, term)
        english = [text for concept in concepts for text in concept.texts("en")]
        if concepts and comparable(english[0]) & wanted:
            counts["first"] += 1
            continue
        outcome = "missing" if not concepts else "later" if any(comparable(text) & wanted for text in english) else "other"
        counts[outcome] += 1
        print(f"{outcome:8}{term} | {accepted} | {'; '.join(english[:4])}")
    total, first = counts.total(), counts["first"]
    print(f"{total} terms: {total - counts['missing']} found, an accepted rendering first {first} ({first / total:.1%})")


def measure_reports(glossary: Glossary, files: list[Path], years: int) -> None:
    """Print the terms that are not found or have other Chinese, and the figures."""
    seen: dict[str, set[Path]] = defaultdict(set)
    accepted: dict[str, set[str]] = defaultdict(set)
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            for english, chinese in json.loads(line)["terms"].items():
                seen[english.lower()].add(path)
                accepted[english.lower()].update(term_key(one) for one in chinese)
    terms = [term for term, where in seen.items() if len(where) >= years]
    found = right = 0
    for term in terms:
        concepts = concepts_of(glossary, term)
        found += bool(concepts)
        if not concepts:
            print(f"missing {term} | {'; '.join(sorted(accepted[term]))}")
        elif accepted[term] & {term_key(text) for concept in concepts for text in concept.texts("zh")}:
            right += 1
        else:
            print(f"other   {term} | {'; '.join(sorted(accepted[term]))} | {concepts[0].texts('zh')[0]}")
    shares = f"{found / len(terms):.1%}", f"{right / found:.1%}"
    print(f"{len(terms)} terms: {found} found ({shares[0]}), of these {right} with an accepted rendering ({shares[1]})")


def sample(size: int, seed: int) -> None:
    """Print concepts as they stand in their files, and what is shown in Taiwan's script where they give no form for it."""
    blocks = [
        f"# {path.stem}\n[[concept]]\n{block}"
        for path in sorted(DATA_FOLDER.glob("*.toml"))
        for block in path.read_text(encoding="utf-8").split("[[concept]]\n")[1:]
    ]
    print("\n\n".join(with_shown_form(block.strip()) for block in random.Random(seed).sample(blocks, size)))  # noqa: S311


def with_shown_form(block: str) -> str:
    """A concept's TOML, with a comment on the form the program makes for Taiwan if that has other words."""
    concept = tomllib.loads(block)["concept"][0]
    first = concept["hant"] if isinstance(concept["hant"], str) else concept["hant"][0]
    shown = convert(first, "zh-Hant-TW")
    return block if "tw" in concept or shown == first else f"{block}\n# shown in Taiwan: {shown}"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "reports"):
        commands.add_parser(name).add_argument("files", nargs="+", type=Path)
    commands.choices["reports"].add_argument("--years", type=int, default=3)
    drawing = commands.add_parser("sample")
    drawing.add_argument("size", type=int)
    drawing.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.command == "sample":
        sample(options.size, options.seed)
        return
    with tempfile.TemporaryDirectory() as folder, Workspace.open(str(Path(folder) / "curated.db")) as workspace:
        if options.command == "list":
            measure_list(workspace.glossary, options.files)
        else:
            measure_reports(workspace.glossary, options.files, options.years)


if __name__ == "__main__":
    main()
