"""Term extraction: candidate terms of texts, and of aligned pairs with their likely translation, best first."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from glossary.extraction.candidates import Sequences, find_sequences
from glossary.extraction.known import Known, key_of
from glossary.extraction.ranking import pair_scores, term_scores
from glossary.extraction.renderings import Links, link
from glossary.extraction.tokens import Language, Tokens, tokenise
from glossary.extraction.word_alignment import Lexicon, Segments, learn, segments_of
from lang.inflection import word_key
from lang.script import has_han

if TYPE_CHECKING:
    from glossary.extraction.ngrams import Floats, Ints

Stages = Callable[[str, int, int], None]
"""Called now and then with the stage of work and how many of how many things it has done."""

_CONTEXTS: Final = 3
_CONTEXT_CHARS: Final = 40
_ALTERNATIVES: Final = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment of a text: `document` names the text, `number` is the segment's place in it, from 1.

    `translation` is the same in the other language where the text is aligned: Chinese for an English `text`.
    """

    text: str
    document: str = ""
    number: int = 0
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A place where a candidate stands: some text around it, in which it is text[start:end]."""

    text: str
    start: int
    end: int
    document: str
    number: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """A Chinese candidate for an English one: `confidence` 0 to 1 (see renderings), `together` how often both are linked."""

    text: str
    confidence: float
    together: int
    frequency: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate term. `weirdness` is the mean over its words of log2(rate here / rate in general language), 0 to 8.

    `held_by` counts the longer candidates that hold it; `renderings` are its likely translations, the likeliest first,
    empty where the text has none. `score` orders candidates of one extraction; it means nothing across extractions.
    """

    text: str
    language: Language
    score: float
    frequency: int
    segments: int
    documents: int
    c_value: float
    weirdness: float
    held_by: int
    contexts: tuple[Context, ...]
    renderings: tuple[Rendering, ...] = ()

    @property
    def why(self) -> str:
        """The evidence in a line."""
        texts = f" of {self.documents} texts" if self.documents > 1 else ""
        counted = f"{self.frequency}x in {self.segments} segment{'' if self.segments == 1 else 's'}{texts}"
        measured = f"C-value {self.c_value:.1f}, weirdness 2^{self.weirdness:.1f}"
        if not self.renderings:
            return f"{counted}; {measured}"
        best, *others = self.renderings
        linked = f"{best.text} linked {best.together}x, confidence {best.confidence:.2f}"
        also = f" (else {', '.join(f'{one.text} {one.confidence:.2f}' for one in others)})" if others else ""
        return f"{counted}; {measured}; {linked}{also}"


def extract_terms(
    passages: Sequence[Passage],
    language: Language,
    *,
    least: int = 3,
    limit: int = 500,
    known: Known | None = None,
    stages: Stages | None = None,
) -> list[Candidate]:
    """The candidate terms of a text, best first, without those in `known`.

    A candidate occurs `least` times; its score is that of ranking.term_scores.
    """
    tell = stages or _silent
    tokens = tokenise([one.text for one in passages], language, partial(tell, "Reading"))
    sequences = find_sequences(tokens, least=least)
    scores = term_scores(sequences)
    return _candidates(sequences, passages, _chosen(sequences, scores, known, limit), scores)


def extract_pairs(
    passages: Sequence[Passage],
    *,
    least: int = 3,
    limit: int = 500,
    known: Known | None = None,
    lexicon: Collection[tuple[str, str]] = (),
    stages: Stages | None = None,
) -> list[Candidate]:
    """The candidate terms of English passages with their likely Chinese renderings, best first, without those in `known`.

    `lexicon` are known terms (English, Chinese) that help to align words. The score is that of ranking.pair_scores.
    """
    tell = stages or _silent
    size = len(passages)
    helping = list(lexicon)
    english = tokenise([*(one.text for one in passages), *(pair[0] for pair in helping)], "en", partial(tell, "Reading English"))
    chinese = tokenise(
        [*(one.translation for one in passages), *(pair[1] for pair in helping)], "zh", partial(tell, "Reading Chinese")
    )
    aligned = _aligned(english, chinese, size + len(helping), tell)
    english, chinese = english.before(size), chinese.before(size)
    sequences = find_sequences(english, least=least)
    # A Chinese rendering may be rarer than the term: others share its places.
    renderings = find_sequences(chinese, least=min(2, least))
    sides = ((sequences, aligned.english), (renderings, aligned.chinese))
    links = link(*sides, aligned.lexicon, size, partial(tell, "Pairing terms"))
    scores, best = pair_scores(sequences, renderings, links)
    chosen = _chosen(sequences, scores, known, limit)
    return _candidates(sequences, passages, chosen, scores, _renderings(links, renderings, chosen, best))


def _chosen(sequences: Sequences, scores: "Floats", known: Known | None, limit: int) -> list[int]:
    """The best candidates that are not known, of those that are forms of one term only the best."""
    import numpy as np

    language = sequences.tokens.language
    chosen: dict[str, int] = {}
    for number in map(int, np.argsort(-scores, kind="stable")):
        if scores[number] <= 0 or len(chosen) == limit:
            break
        key = key_of(sequences.keys[number], language)
        if key not in chosen and (known is None or not known.has(key, language)):
            chosen[key] = number
    return list(chosen.values())


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass(frozen=True, slots=True)
class _Aligned:
    """The words of both sides by segment, and what was learnt of them."""

    english: Segments
    chinese: Segments
    lexicon: Lexicon


def _aligned(english: Tokens, chinese: Tokens, size: int, tell: Stages) -> _Aligned:
    sides = segments_of(english.ids, english.segments, size), segments_of(chinese.ids, chinese.segments, size)
    # Under the keys of English words, which take an s away: RTGS.
    numbers = {word_key(word): number for number, word in enumerate(chinese.words) if not has_han(word)}
    cognates = [(number, numbers[word]) for number, word in enumerate(english.words) if word in numbers]
    sizes = len(english.words), len(chinese.words)
    return _Aligned(*sides, learn(*sides, cognates, sizes, partial(tell, "Aligning words, round")))


def _renderings(links: Links, renderings: Sequences, chosen: list[int], best: "Ints") -> dict[int, tuple[Rendering, ...]]:
    """The renderings of each chosen candidate, the likeliest first."""
    import numpy as np

    wanted: dict[int, list[int]] = {}
    for number in chosen:
        first = int(best[number])
        rows = range(first, min(first + _ALTERNATIVES, len(links.english)))
        wanted[number] = [row for row in rows if links.english[row] == number]
    needed = np.unique(np.array([links.chinese[row] for rows in wanted.values() for row in rows], dtype=np.int64))
    texts = {who: renderings.surface(starts, spans) for who, starts, spans in renderings.occurrences(needed)}

    def made(row: int) -> Rendering:
        who = int(links.chinese[row])
        confidence = round(float(links.confidence[row]), 3)
        return Rendering(texts[who], confidence, int(links.together[row]), int(renderings.counts[who]))

    return {number: tuple(map(made, rows)) for number, rows in wanted.items()}


def _candidates(
    sequences: Sequences,
    passages: Sequence[Passage],
    chosen: list[int],
    scores: "Floats",
    renderings: dict[int, tuple[Rendering, ...]] | None = None,
) -> list[Candidate]:
    """The chosen candidates in full, in order."""
    import numpy as np

    tokens = sequences.tokens
    made: dict[int, Candidate] = {}
    for number, starts, spans in sequences.occurrences(np.sort(np.array(chosen, dtype=np.int64))):
        places = np.unique(tokens.segments[starts])
        shown = _spread(len(starts))
        made[number] = Candidate(
            sequences.surface(starts, spans),
            tokens.language,
            round(float(scores[number]), 4),
            len(starts),
            len(places),
            len({passages[place].document for place in places}),
            round(float(sequences.c_values[number]), 2),
            round(float(sequences.specificities[number]), 2),
            int(sequences.held_by[number]),
            tuple(_context(tokens, passages, int(starts[at]), int(spans[at])) for at in shown),
            (renderings or {}).get(number, ()),
        )
    return [made[number] for number in chosen]


def _spread(count: int) -> list[int]:
    """Which of so many places to show: the first, one in the middle, the last."""
    return sorted({0, count // 2, count - 1})[:_CONTEXTS]


def _context(tokens: Tokens, passages: Sequence[Passage], start: int, span: int) -> Context:
    passage = passages[int(tokens.segments[start])]
    first, last = int(tokens.starts[start]), int(tokens.ends[start + span - 1])
    begin, end = max(0, first - _CONTEXT_CHARS), min(len(passage.text), last + _CONTEXT_CHARS)
    return Context(passage.text[begin:end], first - begin, last - begin, passage.document, passage.number)
