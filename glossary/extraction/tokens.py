"""Texts as arrays of tokens with their places: English by word under its inflection key, Chinese by word as jieba cuts it.

Chinese is cut by rjieba: jieba's dictionary and model in Rust, one wheel of 4 MB, typed and kept up (jieba itself has had
no release since 2020). Statistics of our own over characters were tried first: where a text is as short as a report they end
terms inside words (流 for liquidity), which a general dictionary does not; and its parts of speech tell what a term may begin
and end with.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from glossary.extraction.ngrams import BREAK
from lang.fold import fold_tracked, squeeze
from lang.inflection import word_key

if TYPE_CHECKING:
    from glossary.extraction.ngrams import Ints

Language = Literal["zh", "en"]

# Brackets are tokens, so that Banking (Disclosure) Rules is one sequence; what stands in CHAINED is passed over.
_ENGLISH: Final = re.compile(r"[0-9a-z\u00c0-\u058f]+(?:[.'&][0-9a-z\u00c0-\u058f]+)*[+%]?|[()]")
_ENGLISH_GAP: Final = re.compile(r"[ '\"&/-]*")
_WORD: Final = re.compile(r"\w")
OPEN, CLOSE = "(", ")"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some segments in a row, BREAK between segments and at punctuation.

    `ids[i]` is a word's number in `words`, `kinds` are the parts of speech of Chinese words (n, v, p ...); `segments[i]`,
    `starts[i]` and `ends[i]` say where token i stands in `texts`.
    """

    language: Language
    texts: list[str]
    words: list[str]
    kinds: list[str]
    ids: "Ints"
    segments: "Ints"
    starts: "Ints"
    ends: "Ints"

    def surface(self, place: int, length: int) -> str:
        """The text from token `place` over `length` tokens, as it is written there."""
        text = self.texts[int(self.segments[place])]
        return text[int(self.starts[place]) : int(self.ends[place + length - 1])]

    def before(self, segment: int) -> "Tokens":
        """The tokens of the segments before this one."""
        import numpy as np

        end = int(np.searchsorted(self.segments, segment))
        arrays = (np.append(array[:end], last) for array, last in ((self.ids, BREAK), (self.segments, segment)))
        places = (np.append(array[:end], 0) for array in (self.starts, self.ends))
        return Tokens(self.language, self.texts[:segment], self.words, self.kinds, *arrays, *places)

    def sequence(self, place: int, length: int) -> list[str]:
        """The words of a sequence, under their keys."""
        return [self.words[number] for number in self.ids[place : place + length]]


def tokenise(segments: Collection[str], language: Language, progress: Callable[[int, int], None] | None = None) -> Tokens:
    """The tokens of segments; `progress` is told how many segments of how many are done."""
    import numpy as np

    read = _chinese if language == "zh" else _english
    texts: list[str] = []
    numbers: dict[str, int] = {}
    kinds: dict[str, Counter[str]] = {}
    rows: list[tuple[int, int, int, int]] = []
    for index, text in enumerate(segments):
        texts.append(text)
        rows.append((BREAK, index, 0, 0))
        for word, kind, start, end in read(text):
            if not word:
                rows.append((BREAK, index, 0, 0))
                continue
            kinds.setdefault(word, Counter())[kind] += 1
            rows.append((numbers.setdefault(word, len(numbers)), index, start, end))
        if progress and index % 500 == 0:
            progress(index, len(segments))
    rows.append((BREAK, len(texts), 0, 0))
    table = np.array(rows, dtype=np.int64)
    words = list(numbers)
    return Tokens(language, texts, words, [kinds[word].most_common(1)[0][0] for word in words], *table.T.copy())


def _english(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(word key, "", start, end) of each word; an empty key where punctuation parts two of them."""
    folded = fold_tracked(text)
    last = -1
    for match in _ENGLISH.finditer(folded.text):
        start, end = match.span()
        if last >= 0 and _ENGLISH_GAP.fullmatch(folded.text, last, start) is None:
            yield "", "", 0, 0
        last = end
        yield word_key(match.group()), "", *folded.span(start, end)


def _chinese(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(folded word, part of speech, start, end) of each word; an empty word for punctuation."""
    import rjieba

    squeezed = squeeze(fold_tracked(text))
    start = 0
    for word, kind in rjieba.tag(squeezed.text):
        end = start + len(word)
        if word in (OPEN, CLOSE) or _WORD.search(word):
            yield word, kind, *squeezed.span(start, end)
        elif word != "·":
            yield "", "", 0, 0
        start = end
