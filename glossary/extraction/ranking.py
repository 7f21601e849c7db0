"""The order of candidates: one score for what a text tells of them, and with the likeliest rendering for aligned pairs.

    of a text:   weight * log2(1 + C-value) * weirdness
    of pairs:    weight * log2(1 + C-value) * (1 + weirdness) * confidence^2

C-value and weirdness are those of candidates.Sequences, confidence that of renderings. The weight is the product of the
factors below that apply and those of boundaries; they stand for grammar that no statistics of a short text show.
"""

from typing import TYPE_CHECKING, Final

from glossary.extraction.boundaries import endings
from glossary.extraction.candidates import Sequences
from glossary.extraction.renderings import Links

if TYPE_CHECKING:
    from glossary.extraction.ngrams import Floats, Ints

# A single word: most are general words. Chinese words of two characters more so than longer ones.
_ALONE: Final = 0.4
_SHORT_ALONE: Final = 0.15
# A single word must be so special (weirdness, 0 to 8) to be a term of a text that has no translation.
_SPECIAL_ALONE: Final = 2.0
# One that nearly always has one and the same word beside it; and one that shares its rendering with a rival (see _outdone).
_PIECE: Final = 0.7
_OUTDONE: Final = 0.3
_LEAST_CONFIDENCE: Final = 0.1
_LEAST_UNITY: Final = 0.5


def term_scores(sequences: Sequences) -> "Floats":
    """The score of each candidate of a text; 0 for those that are none: pieces, general words, what stands in others only."""
    import numpy as np

    unity = np.log2(1 + np.maximum(sequences.c_values, 0.0))
    scores: Floats = unity * sequences.specificities * _weights(sequences)
    if sequences.tokens.language == "zh":
        scores[(sequences.lengths == 1) & (np.array([len(key) for key in sequences.keys]) < 3)] *= _SHORT_ALONE / _ALONE
    scores[(sequences.lengths == 1) & (sequences.specificities < _SPECIAL_ALONE)] = 0.0
    scores[sequences.pieces] = 0.0
    return scores


def pair_scores(sequences: Sequences, renderings: Sequences, links: Links) -> "tuple[Floats, Ints]":
    """(the score of each English candidate, the index in `links` of its best link, -1 for none)."""
    import numpy as np

    best = np.full(len(sequences.keys), -1, dtype=np.int64)
    # Links stand by English candidate, the best first: written from the back, the first stays.
    best[links.english[::-1]] = np.arange(len(links.english))[::-1]
    linked = best >= 0
    if not linked.any():
        return np.zeros(len(best)), best
    confidence = np.where(linked, links.confidence[best], 0.0)
    confidence[confidence < _LEAST_CONFIDENCE] = 0.0
    # What only ever stands inside longer candidates may be a term all the same where its rendering is sure.
    unity = np.log2(1 + np.maximum(sequences.c_values, _LEAST_UNITY))
    scores: Floats = confidence**2 * unity * (1 + sequences.specificities) * _weights(sequences)
    scores[linked] *= endings(renderings.tokens)[renderings.lasts[links.chinese[best[linked]]]]
    scores[sequences.pieces] *= _PIECE
    scores[_outdone(sequences, links, best)] *= _OUTDONE
    return scores, best


def _weights(sequences: Sequences) -> "Floats":
    """The factors that need no more than the words."""
    import numpy as np

    weights: Floats = sequences.weights * np.where(sequences.lengths == 1, _ALONE, 1.0)
    return weights


def _outdone(sequences: Sequences, links: Links, best: "Ints") -> list[int]:
    """The candidates whose best rendering belongs with more confidence to one that holds them or that they hold.

    Competitive linking (Melamed 2000), among candidates that overlap only: synonyms share a rendering with every right.
    """
    rivals: dict[int, list[int]] = {}
    for number in range(len(best)):
        if best[number] >= 0:
            rivals.setdefault(int(links.chinese[best[number]]), []).append(number)
    outdone: list[int] = []
    for numbers in rivals.values():
        numbers.sort(key=lambda number: -links.confidence[best[number]])
        better: list[str] = []
        for number in numbers:
            key = f" {sequences.keys[number]} "
            if any(key in other or other in key for other in better):
                outdone.append(number)
            better.append(key)
    return outdone
