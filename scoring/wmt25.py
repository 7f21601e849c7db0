"""The success rate of the WMT25 terminology task, as its organisers compute it, to compare with what they published.

For a document and an entry of its dictionary, source term a with renderings B, that counts (a is in the source and one
of B in the reference):

    min(1, sum over b in B of count(b, hypothesis) / count(a, source))

and the rate is the mean over all documents and entries that count. Everything is lower-cased and counted as plain
non-overlapping substrings. That is kept for comparability, with its faults: `AIs` counts in `raised`, a rendering inside
another counts twice, and appending the dictionary to the output reaches 100 %; scoring.term_accuracy has none of these.

Source: evaluate_track2.py of the task's ranking scripts; reproduces the published rates of track 2 (one document a
segment, all years together) to all digits. The published BLEU4 and chrF2++ are sacreBLEU's `BLEU(tokenize="zh")` and
`CHRF(word_order=2)` over whole documents, line feeds left in them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Renderings = str | Sequence[str]


class SuccessCount(NamedTuple):
    """One segment's part of the rate: the sum of its entries' ratios and how many entries count. Parts add up."""

    ratios: float
    entries: int


def success_counts(
    sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str], dictionaries: Sequence[Mapping[str, Renderings]]
) -> list[SuccessCount]:
    """For each segment its part of the rate; the four sequences are of one length (ValueError)."""
    return [
        _count(source.lower(), hypothesis.lower(), reference.lower(), dictionary)
        for source, hypothesis, reference, dictionary in zip(sources, hypotheses, references, dictionaries, strict=True)
    ]


def success_rate(counts: Sequence[SuccessCount]) -> float | None:
    """The rate, in [0, 1], of segments together; None where no entry counts."""
    entries = sum(count.entries for count in counts)
    return sum(count.ratios for count in counts) / entries if entries else None


def _count(source: str, hypothesis: str, reference: str, dictionary: Mapping[str, Renderings]) -> SuccessCount:
    ratios, entries = 0.0, 0
    for term, given in dictionary.items():
        in_source = source.count(term.lower()) if term else 0
        if not in_source:
            continue
        renderings = [text.lower() for text in ([given] if isinstance(given, str) else given) if text]
        if not any(text in reference for text in renderings):
            continue
        ratios += min(1.0, sum(hypothesis.count(text) for text in renderings) / in_source)
        entries += 1
    return SuccessCount(ratios, entries)
