"""The CAT report: how much of a text the memory has already, by band of match, and how much of it repeats itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lang.fold import HAN
from tm.matching import Match
from tm.memory import Memory
from tm.score import Language, segment_key

BANDS: Final = ("repetition", "cross-file repetition", "context", "100", "95-99", "85-94", "75-84", "50-74", "new")
LOWEST: Final = 0.5
_HAN: Final = re.compile(f"[{HAN}]")
# As word processors count: 1,280 and low-altitude and don't are one word each.
_WORD: Final = re.compile(f"[^\\W_{HAN}]+(?:[-.,:/&@+_'’][^\\W_{HAN}]+)*")


@dataclass(slots=True)
class Count:
    """How many segments, words (a Chinese character is one) and characters without blanks."""

    segments: int = 0
    words: int = 0
    characters: int = 0

    def add(self, text: str) -> None:
        """Count a segment."""
        self.segments += 1
        self.words += len(_HAN.findall(text)) + len(_WORD.findall(text))
        self.characters += sum(not char.isspace() for char in text)

    def add_count(self, other: "Count") -> None:
        """Take in what another count has."""
        self.segments += other.segments
        self.words += other.words
        self.characters += other.characters


@dataclass(slots=True)
class FileAnalysis:
    """The counts of one file by band; every segment is in exactly one band."""

    name: str
    bands: dict[str, Count] = field(default_factory=lambda: {band: Count() for band in BANDS})

    def total(self) -> Count:
        """All bands together."""
        whole = Count()
        for count in self.bands.values():
            whole.add_count(count)
        return whole


def together(analyses: Sequence[FileAnalysis]) -> FileAnalysis:
    """The counts of several files in one."""
    whole = FileAnalysis("all files")
    for analysis in analyses:
        for band, count in analysis.bands.items():
            whole.bands[band].add_count(count)
    return whole


def analyse(
    memory: Memory,
    files: Sequence[tuple[str, Sequence[str]]],
    *,
    language: Language | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[FileAnalysis]:
    """The analysis of each file, given as its name and its segments in order.

    A segment that stood in the same file before is a repetition, one that stood in an earlier file a cross-file
    repetition; others go by the best match of the memory, with their neighbours as context. Segments equal but for
    script, width or case count as the same.
    """
    before_files: set[str] = set()
    analyses: list[FileAnalysis] = []
    done = 0
    for name, segments in files:
        analysis = FileAnalysis(name)
        here: set[str] = set()
        for text, before, after in zip(segments, ["", *segments[:-1]], [*segments[1:], ""], strict=True):
            key = segment_key(text)
            if key in here:
                band = "repetition"
            elif key in before_files:
                band = "cross-file repetition"
            else:
                found = memory.match(text, language=language, lowest=LOWEST, limit=1, before=before, after=after)
                band = band_of(found[0] if found else None)
            analysis.bands[band].add(text)
            here.add(key)
            done += 1
            if progress and done % 50 == 0:
                progress(done)
        before_files |= here
        analyses.append(analysis)
    return analyses


def band_of(match: Match | None) -> str:
    """The band of a best match: context, 100 for exact, else by its score."""
    if match is None:
        return "new"
    if match.kind != "fuzzy":
        return "context" if match.kind == "context" else "100"
    for name, lowest in (("95-99", 0.95), ("85-94", 0.85), ("75-84", 0.75)):
        if match.score >= lowest:
            return name
    return "50-74"
