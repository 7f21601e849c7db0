"""Where the terms of a concept stand in a sentence, whatever the script, letter case or inflection."""

from collections.abc import Iterable, Iterator

from lang.fold import fold_tracked, squeeze, term_key
from lang.inflection import word_key, words
from lang.script import has_han

Span = tuple[int, int]


def term_spans(text: str, terms: Iterable[str]) -> list[Span]:
    """The places of the terms in a text, longest first where they overlap, in order."""
    found: list[Span] = []
    for term in terms:
        found.extend(_chinese_spans(text, term) if has_han(term) else _english_spans(text, term))
    found.sort(key=lambda span: (span[0] - span[1], span[0]))
    kept: list[Span] = []
    for start, end in found:
        if all(end <= other_start or start >= other_end for other_start, other_end in kept):
            kept.append((start, end))
    return sorted(kept)


def _chinese_spans(text: str, term: str) -> Iterator[Span]:
    key = term_key(term)
    folded = squeeze(fold_tracked(text))
    at = folded.text.find(key) if key else -1
    while at >= 0:
        yield folded.span(at, at + len(key))
        at = folded.text.find(key, at + len(key))


def _english_spans(text: str, term: str) -> Iterator[Span]:
    """Word by word, so that `low-altitude economy` is found in its plural and `AI` is not found in `maintain`."""
    wanted = [word_key(word.text) for word in words(fold_tracked(term).text)]
    folded = fold_tracked(text)
    there = words(folded.text)
    keys = [word_key(word.text) for word in there]
    at = 0
    while wanted and at + len(wanted) <= len(keys):
        if keys[at : at + len(wanted)] == wanted:
            yield folded.span(there[at].start, there[at + len(wanted) - 1].end)
            at += len(wanted)
        else:
            at += 1
