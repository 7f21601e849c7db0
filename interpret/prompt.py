"""What an interpreter is shown for a segment: terms, numbers, and how it was translated before."""

from dataclasses import dataclass
from typing import Literal

MatchKind = Literal["context", "exact", "fuzzy"]


@dataclass(frozen=True, slots=True)
class TermPrompt:
    """A term in the segment's text[start:end] and its renderings, preferred first.

    `deprecated` are renderings not to be used. `first` says that the speech has not had this concept before (or not for
    long), so that it is shown loud.
    """

    concept: int
    start: int
    end: int
    text: str
    renderings: tuple[str, ...]
    first: bool = True
    deprecated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberPrompt:
    """A quantity in text[start:end] and how the other language writes it: 2,236.6億元 is RMB 223.66 billion."""

    start: int
    end: int
    text: str
    rendering: str


@dataclass(frozen=True, slots=True)
class MatchPrompt:
    """A unit of the memory like the segment. `repaired` says that `target` has the segment's numbers put in.

    `numbers_differ` says that they differ and could not be put in safely, so that the target must not be read out as it is.
    """

    unit: int
    kind: MatchKind
    score: float
    source: str
    target: str
    origin: str = ""
    repaired: bool = False
    numbers_differ: bool = False


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts for one hypothesis of a segment; those of a later revision take their place. `made_ns` is monotonic."""

    segment: int
    revision: int
    text: str
    final: bool
    terms: tuple[TermPrompt, ...]
    numbers: tuple[NumberPrompt, ...]
    match: MatchPrompt | None
    made_ns: int
