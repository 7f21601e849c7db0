"""How special a word is to a text: its rate there against its rate in general language.

The rates of general language are ours (scripts/build_background.py counts them): the library that has them ready,
wordfreq, weighs 57 MB, wants jieba, and has not been kept up since 2024.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glossary.extraction.tokens import Language, Tokens

if TYPE_CHECKING:
    from glossary.extraction.ngrams import Floats

_FOLDER: Final = Path(__file__).parent.parent / "data"
# Per million: what a word is taken to have that the table leaves out.
_FLOOR: Final = 3.0
_HIGHEST: Final = 8.0
# A text is taken to have so many words at the least: in a page every word is frequent.
_LEAST_WORDS: Final = 10_000


@cache
def general_rates(language: Language) -> dict[str, float]:
    """Word (as in Tokens.words) -> its uses per million words of general language; rare words are left out."""
    rates: dict[str, float] = {}
    for line in (_FOLDER / f"background_{language}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, _, rate = line.partition("\t")
            rates[word] = float(rate)
    return rates


def specificity(tokens: Tokens) -> "Floats":
    """For each word the binary logarithm of its weirdness (Ahmad et al. 1999: rate here / rate in general), from 0 to 8.

    Both rates are raised by the least rate known, so that a rare word of a short text does not count as special.
    """
    import numpy as np

    counts = np.bincount(tokens.ids[tokens.ids >= 0], minlength=len(tokens.words))
    general = general_rates(tokens.language)
    usual = np.array([general.get(word, 0.0) for word in tokens.words])
    here = counts / max(_LEAST_WORDS, int(counts.sum())) * 1e6
    special: Floats = np.clip(np.log2((here + _FLOOR) / (usual + _FLOOR)), 0.0, _HIGHEST)
    return special
