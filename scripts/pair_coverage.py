#!/usr/bin/env python3
"""List the concepts most frequent in Chinese texts that fewer than so many of our sentence pairs show.

    python scripts/pair_coverage.py TEXT ... [--most 500] [--pairs 2]

A pair shows a concept where its English renders it as term accuracy wants it (`yuqiao score`). The term base is the curated one.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from glossary.recognition import Recogniser
from lang.script import is_chinese
from scoring.expected_terms import GlossaryTerms
from scoring.terms import judge_segment
from tm.curated import read_curated
from workspace.workspace import Workspace


def most_frequent(workspace: Workspace, texts: list[Path], count: int) -> list[tuple[str, int]]:
    """The ids of the concepts recognised most often in the Chinese lines of texts, with how often."""
    recogniser = Recogniser(workspace.term_store)
    lines = [line for path in texts for line in path.read_text(encoding="utf-8").splitlines() if is_chinese(line)]
    found = Counter(str(term.concept.id) for terms in recogniser.recognise_lines(lines) for term in terms)
    return found.most_common(count)


def shown(workspace: Workspace) -> Counter[str]:
    """For each concept how many of our pairs show it."""
    units = list(read_curated())
    expected = GlossaryTerms(workspace.glossary, "en").expected([unit.source for unit in units])
    count: Counter[str] = Counter()
    for unit, terms in zip(units, expected, strict=True):
        verdicts = judge_segment(terms, unit.source, unit.target).verdicts
        count.update({verdict.concept for verdict in verdicts if verdict.outcome not in ("missed", "deprecated")})
    return count


def main() -> None:
    """Print the concepts that lack pairs, the most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=500)
    parser.add_argument("--pairs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Workspace.open(str(Path(folder) / "curated.db")) as workspace:
        frequent = most_frequent(workspace, options.texts, options.most)
        pairs = shown(workspace)
        concepts = workspace.term_store.concepts([int(one) for one, _ in frequent])
        lacking = [(one, often) for one, often in frequent if pairs[one] < options.pairs]
        for one, often in lacking:
            concept = concepts[int(one)]
            names = "; ".join(concept.texts("zh")[:2]), "; ".join(concept.texts("en")[:3])
            print(f"{often:5} {pairs[one]} {concept.domain:16} {names[0]} = {names[1]}")
        print(f"{len(frequent)} concepts, {len(lacking)} of them in fewer than {options.pairs} pairs")


if __name__ == "__main__":
    main()
