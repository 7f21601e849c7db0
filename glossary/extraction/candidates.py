"""Candidate terms of one language: repeated sequences that can stand by themselves, with what is counted of them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glossary.extraction.background import specificity
from glossary.extraction.boundaries import coherence, content_words, edge_words, endings, first_words, inner_words
from glossary.extraction.ngrams import Level, held, nesting, repeated_sequences
from glossary.extraction.tokens import CLOSE, OPEN, Tokens

if TYPE_CHECKING:
    import numpy.typing as npt

    from glossary.extraction.ngrams import Flags, Floats, Ints

LONGEST: Final = {"en": 9, "zh": 10}
"""How many words a candidate has at most."""
_HELD: Final = 0.9
_LOWER_CASE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Sequences:
    """The candidates of a text, number k described by element k of each array.

    `lasts` are their last words, `lengths` in words, `counts` their frequencies, `c_values`, `specificities` (0 to 8, the
    mean over their content words), `held_by` the number of longer candidates that hold each; `pieces` are those with nearly
    always one and the same content word beside them; `weights` are what their grammar leaves of 1 (see boundaries). The
    occurrences, by place in the token array: candidate `who[i]` is at `starts[i]` and `spans[i]` words long.
    """

    tokens: Tokens
    keys: list[str]
    lasts: "Ints"
    lengths: "Ints"
    counts: "Ints"
    c_values: "Floats"
    specificities: "Floats"
    held_by: "Ints"
    pieces: "Flags"
    weights: "Floats"
    starts: "Ints"
    spans: "Ints"
    who: "Ints"

    def occurrences(self, wanted: "Ints") -> Iterator[tuple[int, "Ints", "Ints"]]:
        """(candidate, starts, lengths in words) of each of these candidates."""
        import numpy as np

        order = np.argsort(self.who, kind="stable")
        bounds = np.searchsorted(self.who[order], [wanted, wanted + 1])
        for candidate, first, last in zip(wanted, *bounds, strict=True):
            chosen = order[first:last]
            yield int(candidate), self.starts[chosen], self.spans[chosen]

    def surface(self, starts: "Ints", spans: "Ints") -> str:
        """The usual spelling of a candidate that stands at these places: in lower case where that is no rare slip.

        Headings and sentences begin with capitals, names always have them.
        """
        pairs = zip(starts, spans, strict=True)
        written = Counter(_trimmed(self.tokens.surface(int(start), int(span))) for start, span in pairs)
        folded: Counter[str] = Counter()
        for text, count in written.items():
            folded[text.casefold()] += count
        usual = max(folded, key=lambda text: (folded[text], -len(text), text))
        if written[usual] >= _LOWER_CASE * folded[usual]:
            return usual
        return max((text for text in written if text.casefold() == usual), key=lambda text: (written[text], text))


def find_sequences(tokens: Tokens, *, least: int) -> Sequences:
    """The candidates of a text: sequences of words that occur `least` times at the least.

    They begin and end with a word that may (see boundaries) and hold no lone bracket. The C-value (Frantzi et al. 2000) of a
    candidate a is log2(|a| + 1) * (f(a) - mean frequency of the longer candidates that hold a); the 1 lets single words in
    (Barrón-Cedeño et al. 2009). |a| is in words.
    """
    import numpy as np

    levels = repeated_sequences(tokens.ids, longest=LONGEST[tokens.language], least=least)
    words_are = _WordFlags(edge_words(tokens), first_words(tokens), inner_words(tokens))
    chosen = [_chosen(level, tokens, words_are) for level in levels]
    sums, holders = nesting(levels, chosen, len(tokens.ids))
    numbers: dict[str, int] = {}
    renumbered: list[Ints] = []
    for level, flags in zip(levels, chosen, strict=True):
        # One term may have been cut into words in two ways: its candidates are one.
        number = np.full(len(level.counts), -1, dtype=np.int64)
        for label in np.flatnonzero(flags):
            number[label] = numbers.setdefault(_key(tokens, int(level.firsts[label]), level.length), len(numbers))
        renumbered.append(number)
    flat = np.concatenate(
        [number[flags] for number, flags in zip(renumbered, chosen, strict=True)] or [np.zeros(0, dtype=np.int64)]
    )

    def summed(values: "list[Floats] | list[Ints]") -> "Floats":
        parts = [value[flags] for value, flags in zip(values, chosen, strict=True)] or [np.zeros(0)]
        return np.bincount(flat, weights=np.concatenate(parts), minlength=len(numbers)).astype(np.float64)

    loose = ~words_are.edges
    beside = [
        np.maximum(*(held(level, tokens.ids, loose, after=after) for after in (False, True))) * level.counts for level in levels
    ]
    counts, total, holding = summed([level.counts for level in levels]), summed(sums), summed(holders)
    lengths = np.zeros(len(numbers), dtype=np.int64)
    firsts = np.zeros(len(numbers), dtype=np.int64)
    weights = np.ones(len(numbers))
    inside, last = coherence(tokens), endings(tokens)
    for level, number, flags in zip(levels, renumbered, chosen, strict=True):
        lengths[number[flags]] = level.length
        firsts[number[flags]] = level.firsts[flags]
        words = tokens.ids[level.firsts[flags][:, None] + np.arange(level.length)]
        weights[number[flags]] = inside[words].min(axis=1, initial=1.0) * last[words[:, -1]]
    c_values = np.log2(lengths + 1) * (counts - total / np.maximum(holding, 1))
    starts, spans, who = _occurrences(levels, renumbered)
    return Sequences(
        tokens,
        list(numbers),
        tokens.ids[firsts + lengths - 1],
        lengths,
        counts.astype(np.int64),
        c_values,
        _mean_specificity(tokens, firsts, lengths),
        holding.astype(np.int64),
        summed(beside) / np.maximum(counts, 1) >= _HELD,
        weights,
        starts,
        spans,
        who,
    )


@dataclass(frozen=True, slots=True)
class _WordFlags:
    """Which words may stand at the edges of a term, begin one, and stand inside one."""

    edges: "Flags"
    firsts: "Flags"
    inner: "Flags"


def _chosen(level: Level, tokens: Tokens, words_are: "_WordFlags") -> "Flags":
    """Which sequences of a level are candidates."""
    import numpy as np

    words = tokens.ids[level.firsts[:, None] + np.arange(level.length)]
    edges, first = words_are.edges, words[:, 0]
    fit = edges[first] & words_are.firsts[first] & edges[words[:, -1]] & words_are.inner[words].all(axis=1)
    fit &= _balanced(words, tokens)
    if level.length == 1:
        long_enough = 2 if tokens.language == "zh" else 3
        fit &= np.array([len(word) >= long_enough for word in tokens.words], dtype=bool)[first]
    fitting: Flags = fit
    return fitting


def _balanced(words: "Ints", tokens: Tokens) -> "Flags":
    """Which rows of words have every bracket closed."""
    import numpy as np

    steps = np.zeros(len(tokens.words) + 1, dtype=np.int64)
    for bracket, step in ((OPEN, 1), (CLOSE, -1)):
        if bracket in tokens.words:
            steps[tokens.words.index(bracket)] = step
    depth = np.cumsum(steps[words], axis=1)
    balanced: Flags = (depth >= 0).all(axis=1) & (depth[:, -1] == 0)
    return balanced


def _key(tokens: Tokens, place: int, length: int) -> str:
    return ("" if tokens.language == "zh" else " ").join(tokens.sequence(place, length))


def _occurrences(levels: list[Level], numbers: "list[Ints]") -> "tuple[Ints, Ints, Ints]":
    """(starts, lengths in words, candidates) of all occurrences, by place."""
    import numpy as np

    starts, spans, who = [np.zeros(0, int)], [np.zeros(0, int)], [np.zeros(0, int)]
    for level, number in zip(levels, numbers, strict=True):
        candidates = number[level.labels]
        found = candidates >= 0
        starts.append(level.starts[found])
        spans.append(np.full(int(found.sum()), level.length))
        who.append(candidates[found])
    all_starts = np.concatenate(starts)
    order = np.argsort(all_starts, kind="stable")
    return all_starts[order], np.concatenate(spans)[order], np.concatenate(who)[order]


def _mean_specificity(tokens: Tokens, firsts: "Ints", lengths: "Ints") -> "Floats":
    """The mean over the content words of each candidate; its words are those from `firsts` on."""
    import numpy as np

    content = content_words(tokens)
    # A place beyond the words stands for breaks.
    weights = np.append(content, False).astype(float)[tokens.ids]
    values = np.append(specificity(tokens), 0.0)[tokens.ids] * weights
    running = np.concatenate([[0.0], np.cumsum(values)])
    amount = np.concatenate([[0.0], np.cumsum(weights)])
    ends = firsts + lengths
    means: npt.NDArray[np.float64] = (running[ends] - running[firsts]) / np.maximum(amount[ends] - amount[firsts], 1.0)
    return means


def _trimmed(text: str) -> str:
    """A spelling without line breaks, and without marks of which only one half stands in it."""
    text = " ".join(text.split())
    for opener, closer in ("「」", "『』", "《》", "〈〉", "“”"):
        if text.count(opener) != text.count(closer):
            text = text.replace(opener, "").replace(closer, "")
    text = text if text.count('"') % 2 == 0 else text.replace('"', "")
    return text.removesuffix("'s").removesuffix("’s")
