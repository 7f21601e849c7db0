#!/usr/bin/env python3
"""Measure the aligner on documents whose lines are known to translate each other.

    python scripts/bench_alignment.py [--data ../shared/data] [--seed 1] [--quick]

Each line of a document of data/hkma is split into sentences, empty lines are dropped, and the sentences of both sides
are aligned. The truth is known by line:

- A predicted pair (i, j) is a source and a target sentence of one link; it is right when both come from the same line.
  Precision is the share of right pairs among all predicted ones.
- Recall is the share of the source (Chinese) sentences that have a counterpart for which a right pair is predicted. A
  sentence has a counterpart when its line has any sentence on the other side; which of several is not asked.
- `exact` asks more, of lines with equally many sentences on both sides: there a pair is right only when both sentences
  have the same place in the line, and a source sentence whose counterpart was deleted has none. Precision and recall.

With 10 % of the English sentences deleted at random, a Chinese sentence whose own translation is gone still counts as
having a counterpart for the plain recall while anything is left of its line; linking it to its neighbour's translation
is then right, leaving it alone is a miss, and no honest aligner reaches 1. `exact` recall asks only for what is there.

ntrex and wmt22 (news, social media) are cut into documents of 60 lines: texts the aligner was not made on.
"""

import argparse
import itertools
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lang.sentences import split_sentences
from tm.alignment import Link, align

if TYPE_CHECKING:
    from glossary.recognition import Recogniser

ROOT = Path(__file__).parents[1]
YEARS = (2015, 2017, 2019, 2021, 2023)
SHARE_DELETED = 0.1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stood: its line, and its place in it where both sides of the line have equally many."""

    text: str
    line: int
    place: int | None


@dataclass(frozen=True, slots=True)
class Document:
    """Both sides of a document as sentences."""

    zh: list[Sentence]
    en: list[Sentence]


@dataclass(slots=True)
class Counts:
    """What was predicted, what of it is right, and what should have been; `exact_...` for the stricter truth."""

    predicted: int = 0
    right: int = 0
    expected: int = 0
    met: int = 0
    exact_predicted: int = 0
    exact_right: int = 0
    exact_expected: int = 0
    exact_met: int = 0
    seconds: float = 0.0
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, other: "Counts") -> None:
        """Add the counts of another document."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.predicted + self.expected * self.right / self.met) if self.met else 0.0


def document(zh_lines: Sequence[str], en_lines: Sequence[str]) -> Document:
    """The sentences of aligned lines."""
    sides: tuple[list[Sentence], list[Sentence]] = ([], [])
    for number, lines in enumerate(zip(zh_lines, en_lines, strict=True)):
        split = [[piece.strip() for piece in split_sentences(line) if piece.strip()] for line in lines]
        even = len(split[0]) == len(split[1])
        for side, pieces in zip(sides, split, strict=True):
            side.extend(Sentence(text, number, place if even else None) for place, text in enumerate(pieces))
    return Document(*sides)


def hkma(data: Path, year: int) -> Iterator[Document]:
    """The documents of one year."""
    for line in (data / f"hkma/{year}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        yield document(record["zh"].split("\n"), record["en"].split("\n"))


def chunks(zh: Path, en: Path, size: int = 60) -> Iterator[Document]:
    """Documents of `size` lines of two parallel files."""
    zh_lines, en_lines = (path.read_text("utf-8").split("\n") for path in (zh, en))
    for start in range(0, len(en_lines), size):
        yield document(zh_lines[start : start + size], en_lines[start : start + size])


def with_deletions(documents: Iterable[Document], side: str, seed: int) -> Iterator[Document]:
    """The documents without a tenth of the sentences of one side."""
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    for one in documents:
        kept = [sentence for sentence in getattr(one, side) if chance.random() >= SHARE_DELETED]
        yield Document(one.zh, kept) if side == "en" else Document(kept, one.en)


def joined(documents: Iterable[Document]) -> Document:
    """One long document."""
    whole = Document([], [])
    offset = 0
    for one in documents:
        for side, sentences in ((whole.zh, one.zh), (whole.en, one.en)):
            side.extend(Sentence(sentence.text, sentence.line + offset, sentence.place) for sentence in sentences)
        offset += 1 + max((sentence.line for sentence in [*one.zh, *one.en]), default=0)
    return whole


def first_lines(one: Document, sentences: int) -> Document:
    """The beginning of a document: whole lines, up to so many Chinese sentences."""
    line = one.zh[sentences].line
    return Document([s for s in one.zh if s.line < line], [s for s in one.en if s.line < line])


def concepts(recogniser: "Recogniser | None", sentences: list[Sentence]) -> list[frozenset[int]] | None:
    """The concepts recognised in each sentence."""
    if recogniser is None:
        return None
    found = [recogniser.find(sentence.text) for sentence in sentences]
    return [frozenset(concept for hit in hits for concept in recogniser.concepts_of(hit[0])) for hits in found]


def measure(one: Document, recogniser: "Recogniser | None") -> Counts:
    """Align one document and count."""
    given = {"source_concepts": concepts(recogniser, one.zh), "target_concepts": concepts(recogniser, one.en)}
    start = time.perf_counter()
    links = align([s.text for s in one.zh], [s.text for s in one.en], **given)
    return count(one, links, time.perf_counter() - start)


def count(one: Document, links: list[Link], seconds: float) -> Counts:
    """Compare links with the truth."""
    counts = Counts(seconds=seconds)
    lines = {sentence.line for sentence in one.en}
    places = {(sentence.line, sentence.place) for sentence in one.en}
    counts.expected = sum(sentence.line in lines for sentence in one.zh)
    counts.exact_expected = sum((sentence.line, sentence.place) in places for sentence in one.zh)
    met: set[int] = set()
    exactly_met: set[int] = set()
    for link in links:
        of_link = [(i, one.zh[i], one.en[j]) for i in link.source for j in link.target]
        right = [(i, a, b) for i, a, b in of_link if a.line == b.line]
        exact = [(i, a, b) for i, a, b in right if a.place == b.place]
        counts.predicted += len(of_link)
        counts.right += len(right)
        counts.exact_predicted += len(of_link)
        counts.exact_right += len(exact)
        met.update(i for i, _, _ in right)
        exactly_met.update(i for i, _, _ in exact)
        counts.confidences.append((link.confidence, len(right) == len(of_link)))
    counts.met, counts.exact_met = len(met), len(exactly_met)
    return counts


def total(documents: Iterable[Document], recogniser: "Recogniser | None") -> Counts:
    """The counts of several documents."""
    counts = Counts()
    for one in documents:
        counts.add(measure(one, recogniser))
    return counts


def row(what: str, counts: Counts, bar: str = "") -> None:
    """Print one measurement."""
    precision, recall = counts.right / max(1, counts.predicted), counts.met / max(1, counts.expected)
    exact = counts.exact_right / max(1, counts.exact_predicted), counts.exact_met / max(1, counts.exact_expected)
    print(
        f"{what:<34} P {precision:.4f}  R {recall:.4f}  F1 {counts.f1:.4f}  exact P {exact[0]:.4f} R {exact[1]:.4f}"
        f"  {counts.seconds:6.1f} s  {bar}",
        flush=True,
    )


def bench(data: Path, seed: int, recogniser: "Recogniser | None", *, quick: bool) -> Counts:
    """All rows, with or without concepts; the counts of the documents with deletions and of those without."""
    years = {year: list(hkma(data, year)) for year in YEARS}
    seen = Counts()
    for year, documents in years.items():
        counts = total(documents, recogniser)
        row(f"hkma {year}", counts)
        seen.add(counts)
    row("hkma, all years", seen, "F1 >= 0.99")
    everything = [one for documents in years.values() for one in documents]
    for side in ("en", "zh"):
        counts = total(with_deletions(everything, side, seed), recogniser)
        row(f"hkma, 10 % of {side} deleted", counts, "F1 >= 0.96")
        seen.add(counts)
    whole = joined(everything)
    row("1,000 sentences a side", measure(first_lines(whole, 1000), recogniser), "<= 5 s")
    missing = Document(whole.zh, whole.en[:1000] + whole.en[1700:])
    if not quick:
        row(f"hkma as one document ({len(whole.zh):,})", measure(whole, recogniser))
        row("the same, 700 sentences missing", measure(missing, recogniser))
        row("the same, English first", measure(Document(whole.en, whole.zh), recogniser))
        row("300 Chinese against all English", measure(Document(whole.zh[2000:2300], whole.en), recogniser))
        row("200 English against all Chinese", measure(Document(whole.zh, whole.en[3000:3200]), recogniser))
        long = joined([whole, whole, first_lines(whole, 1700)])
        row(f"{len(long.zh):,} sentences, much repeated", measure(long, recogniser))
    for name, zh, en in (
        ("ntrex, mainland", "ntrex/newstest2019-ref.zho-CN.txt", "ntrex/newstest2019-src.eng.txt"),
        ("ntrex, Taiwan", "ntrex/newstest2019-ref.zho-TW.txt", "ntrex/newstest2019-src.eng.txt"),
        ("wmt22", "wmt22-enzh/generaltest2022.en-zh.ref.A.zh", "wmt22-enzh/generaltest2022.en-zh.src.en"),
    ):
        counts = total(chunks(data / zh, data / en), recogniser)
        row(name, counts)
        seen.add(counts)
    return seen


def print_reliability(counts: Counts) -> None:
    """How often links of a confidence are wholly right."""
    bounds = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
    for low, high in itertools.pairwise(bounds):
        of_band = [pair for pair in counts.confidences if low <= pair[0] < high]
        if of_band:
            mean, right = (sum(pair[at] for pair in of_band) / len(of_band) for at in (0, 1))
            print(f"confidence {low:.2f} to {min(high, 1):.2f}: {len(of_band):>6,} links, mean {mean:.3f}, right {right:.3f}")


def main() -> None:
    """Run all measurements, without and with the curated term base."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="leave out the long documents")
    options = parser.parse_args()
    from glossary.recognition import Recogniser
    from workspace.workspace import Workspace

    print("without concepts")
    print_reliability(bench(options.data, options.seed, None, quick=options.quick))
    with tempfile.TemporaryDirectory() as folder, Workspace.open(str(Path(folder) / "seeded.db")) as workspace:
        print("with the concepts of the curated term base")
        print_reliability(bench(options.data, options.seed, Recogniser(workspace.term_store), quick=options.quick))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
