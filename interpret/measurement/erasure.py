"""Flicker: how much of what was shown is taken back before the text of a segment is final."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal


@dataclass(frozen=True, slots=True)
class Erasure:
    """Tokens taken back, tokens of the final texts, and over how many segments, of which `revised` had partial texts."""

    erased: int
    final: int
    segments: int
    revised: int

    @property
    def normalised(self) -> float | None:
        """Normalised erasure: tokens taken back for each token that stayed; None where nothing stayed."""
        return self.erased / self.final if self.final else None


def erased_tokens(revisions: Sequence[Sequence[str]]) -> int:
    """The sum over revisions o_i of |o_i-1| - |longest common prefix of o_i-1 and o_i|, in tokens.

    Arivazhagan et al. 2020, Re-translation versus Streaming for Simultaneous Translation (2020.iwslt-1.27).
    """
    return sum(len(before) - _common(before, after) for before, after in pairwise(revisions))


def erasure_of(segments: Iterable[Sequence[str]], language: Literal["zh", "en"]) -> Erasure:
    """The erasure of segments, each the texts shown for it one after the other, the final one last.

    Tokens are characters of Chinese (blanks left out) and words of English.
    """
    erased = final = count = revised = 0
    for texts in segments:
        tokens = [tokens_of(text, language) for text in texts]
        erased += erased_tokens(tokens)
        final += len(tokens[-1]) if tokens else 0
        count += 1
        revised += len(texts) > 1
    return Erasure(erased, final, count, revised)


def tokens_of(text: str, language: Literal["zh", "en"]) -> list[str]:
    """SimulEval's tokens for latency: words at blanks in English (unit word), characters but blanks in Chinese (char)."""
    return text.split() if language == "en" else list("".join(text.split()))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common prefix."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
