"""Measure yuqiao extract on annual reports whose terms are known: recall, a baseline by frequency, time and memory.

    python scripts/bench_extraction.py ../shared/data/hkma/20*.jsonl [--list 5000] [--show 200] [--apart] [--seed-terms]

Each file holds documents as JSON Lines: `en` and `zh`, aligned line by line, and `terms`, English terms with their Chinese
renderings: the gold. A gold term counts where it occurs at least three times in the English text in any inflection. It is
found where the list (the first 5,000 candidates) has it, in any inflection, with one of its renderings first, in either script.
What the term base knows is not filtered out, and helps in aligning words only with --seed-terms.

--show prints the head of the list, for the precision that only reading tells. --apart measures each file by itself as well.
"""

import argparse
import json
import resource
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glossary.curated import read_curated
from glossary.extraction.candidates import Sequences, find_sequences
from glossary.extraction.extraction import Candidate, Passage, extract_pairs
from glossary.extraction.known import Known
from glossary.extraction.tokens import tokenise
from lang.fold import fold_tracked, term_key
from lang.inflection import english_key, loose_forms, word_key, word_texts

LEAST = 3


@dataclass(frozen=True)
class Material:
    """Aligned passages, and English key -> keys of the right renderings for the terms that occur often enough."""

    passages: list[Passage]
    gold: dict[str, set[str]]


def read(paths: list[Path]) -> Material:
    """The material of some files."""
    passages: list[Passage] = []
    gold: dict[str, set[str]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            pairs = zip(document["en"].split("\n"), document["zh"].split("\n"), strict=False)
            passages += [
                Passage(en, path.stem, number, zh) for number, (en, zh) in enumerate(pairs, 1) if en.strip() and zh.strip()
            ]
            for english, renderings in document["terms"].items():
                gold.setdefault(english_key(english), set()).update(map(term_key, renderings))
    counts = occurrences(passages, gold)
    return Material(passages, {key: renderings for key, renderings in gold.items() if counts[key] >= LEAST})


def occurrences(passages: list[Passage], keys: "dict[str, set[str]]") -> Counter[str]:
    """How often each key occurs in the English text."""
    forms = [form for one in passages for form in (*loose_forms(fold_tracked(one.text).text), "|")]
    alone = Counter(word_key(word) for one in passages for word in word_texts(fold_tracked(one.text).text))
    found = Counter({key: alone[key] for key in keys if " " not in key})
    for length in {len(key.split()) for key in keys} - {0, 1}:
        sequences = (" ".join(forms[at : at + length]) for at in range(len(forms) - length + 1))
        found.update(sequence for sequence in sequences if sequence in keys)
    return found


def recall(pairs: list[tuple[str, str]], gold: dict[str, set[str]]) -> float:
    """The share of the gold that these (English, Chinese) pairs hold."""
    hits = {key for english, chinese in pairs if term_key(chinese) in gold.get(key := english_key(english), ())}
    return len(hits) / max(1, len(gold))


def baseline(passages: list[Passage], length: int, *, dice: bool) -> list[tuple[str, str]]:
    """English sequences by plain frequency, each with the Chinese one that shares most segments with it (or by Dice)."""
    english = find_sequences(tokenise([one.text for one in passages], "en"), least=LEAST)
    chinese = find_sequences(tokenise([one.translation for one in passages], "zh"), least=2)
    bounds, where = by_segment(chinese, len(passages))
    spread = np.bincount(where, minlength=len(chinese.keys))
    chosen = np.argsort(-english.counts, kind="stable")[:length]
    made: dict[int, tuple[str, str]] = {}
    for who, starts, spans in english.occurrences(np.sort(chosen)):
        places = np.unique(english.tokens.segments[starts])
        near, together = np.unique(
            np.concatenate([where[bounds[place] : bounds[place + 1]] for place in places]), return_counts=True
        )
        if len(near):
            worth = 2 * together / (len(places) + spread[near]) if dice else together.astype(float)
            best = near[np.lexsort((chinese.lengths[near], worth))[-1]]
            made[who] = english.surface(starts, spans), chinese.keys[best]
    return [made[who] for who in map(int, chosen) if who in made]


def by_segment(sequences: Sequences, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The candidates of each segment, each once: those of segment s are where[bounds[s] : bounds[s + 1]]."""
    width = len(sequences.keys)
    keys = np.unique(sequences.tokens.segments[sequences.starts] * width + sequences.who)
    return np.searchsorted(keys // width, np.arange(count + 1)), keys % width


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--list", type=int, default=5_000, dest="length")
    options.add_argument("--show", type=int, default=0)
    options.add_argument("--apart", action="store_true")
    options.add_argument("--seed-terms", action="store_true")
    given = options.parse_args()
    lexicon = Known(read_curated()).pairs if given.seed_terms else []
    for paths in [given.files, *([path] for path in given.files if given.apart)]:
        material = read(paths)
        began = time.process_time(), time.perf_counter()
        found = extract_pairs(material.passages, least=LEAST, limit=given.length, lexicon=lexicon)
        cpu, wall = time.process_time() - began[0], time.perf_counter() - began[1]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pairs = [(one.text, one.renderings[0].text) for one in found]
        print(f"{', '.join(path.stem for path in paths)}: {len(material.passages):,} pairs, {len(material.gold):,} gold terms")
        print(f"  {cpu:.1f} s of CPU ({wall:.1f} s), peak {peak:.0f} MB so far")
        print(f"  recall {steps(pairs, material.gold)}")
        for dice in (False, True):
            plain = baseline(material.passages, len(pairs), dice=dice)
            name = "frequency and Dice" if dice else "frequency and shared segments"
            print(f"  baseline by {name}: {steps(plain, material.gold)}")
        show(found[: given.show] if paths is given.files else [])


def steps(pairs: list[tuple[str, str]], gold: dict[str, set[str]]) -> str:
    """The recall of the list and of its beginnings."""
    sizes = [*(size for size in (200, 500, 1_000, 2_000, 4_000) if size < len(pairs)), len(pairs)]
    return ", ".join(f"{recall(pairs[:size], gold):.3f} of {size:,}" for size in sizes)


def show(candidates: list[Candidate]) -> None:
    """Print candidates to be read."""
    for number, one in enumerate(candidates, 1):
        best = one.renderings[0]
        print(f"{number}\t{one.text}\t{best.text}\t{one.frequency}\t{best.confidence:.2f}\t{one.score:.1f}")


if __name__ == "__main__":
    main()
