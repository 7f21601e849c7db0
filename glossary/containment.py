"""Terms that contain another term and render it in other words: 離境退稅商店 beside 離境退稅."""

from collections.abc import Iterable, Iterator
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from glossary.concept import Concept
from glossary.findings import Finding
from glossary.store import TermStore
from lang.fold import term_key
from lang.inflection import english_key

# Shorter words mean too many things inside others; those of this length count at the beginning or the end only.
_SHORTEST: Final = 3
_SLICE: Final = 500
_SMALL_WORDS: Final = frozenset("a an and by for from in into of on or the to with".split())


def contained_findings(store: TermStore, sharing: dict[str, list[int]], domains: dict[int, str]) -> Iterator[Finding]:
    """Longer terms none of whose renderings has the words of any rendering of a term they contain.

    `sharing` has the concepts of each folded Chinese key, `domains` the domain of each concept: those without a domain are
    compared among themselves only, and inside a longer term only the longest counts.
    """
    found: dict[tuple[int, int], str] = {}
    for longer, shorter, key in _containing(sharing, domains):
        found.setdefault((longer, shorter), key)
    pairs = sorted((*pair, key) for pair, key in found.items())
    for start in range(0, len(pairs), _SLICE):
        part = pairs[start : start + _SLICE]
        concepts = store.concepts(sorted({concept_id for longer, shorter, _ in part for concept_id in (longer, shorter)}))
        for longer, shorter, key in part:
            finding = _finding(concepts[longer], concepts[shorter], key)
            if finding:
                yield finding


def _containing(sharing: dict[str, list[int]], domains: dict[int, str]) -> Iterator[tuple[int, int, str]]:
    """(longer concept, shorter concept, the shorter's key) for the longest keys inside others."""
    keys = [key for key in sharing if len(key) >= _SHORTEST]
    automaton = AhoCorasick(keys, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    for key in keys:
        inside = [
            (start, end, keys[number])
            for number, start, end in automaton.find_matches_as_indexes(key, overlapping=True)
            if end - start < len(key) and (end - start > _SHORTEST or start == 0 or end == len(key))
        ]
        for start, end, part in inside:
            if any(a <= start and end <= b and (a, b) != (start, end) for a, b, _ in inside):
                continue
            for longer in sharing[key]:
                for shorter in sharing[part]:
                    if longer != shorter and bool(domains[longer]) == bool(domains[shorter]):
                        yield longer, shorter, part


def _finding(longer: Concept, shorter: Concept, key: str) -> Finding | None:
    renderings = shorter.texts("en")
    containing = _term_with(longer, key)
    contained = next((t.text for t in shorter.of_language("zh") if term_key(t.text) == key), "")
    if not renderings or not containing or not contained or not longer.texts("en"):
        return None
    if _agree(longer.texts("en"), renderings):
        return None
    preferred = longer.texts("en")[0]
    reason = f"{containing} contains {contained} = {renderings[0]}, but is rendered in other words: {preferred}"
    command = f"yuqiao edit {longer.id} --en RENDERING"
    return Finding("contained", "note", (longer, shorter), containing, reason, command, (preferred, contained, renderings[0]))


def _term_with(concept: Concept, key: str) -> str:
    found = (term.text for term in concept.of_language("zh") if key in term_key(term.text) != key)
    return next(found, "")


def _agree(longer: Iterable[str], shorter: Iterable[str]) -> bool:
    """Whether a rendering of the longer term has the words of one of the shorter, in any order, inflection and derivation."""
    inside = [_content_words(text) for text in longer]
    wanted = [words for words in map(_content_words, shorter) if words]
    return any(_all_among(words, whole) for words in wanted for whole in inside)


def _all_among(words: frozenset[str], whole: frozenset[str]) -> bool:
    return all(word in whole or any(_derived(word, other) for other in whole) for word in words)


def _derived(first: str, second: str) -> bool:
    """Whether two words probably have one root: computing and computer, industry and industrial, consumption and consumer."""
    common = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    return common >= 4 and 2 * common > max(len(first), len(second))


def _content_words(text: str) -> frozenset[str]:
    return frozenset(english_key(text).split()) - _SMALL_WORDS
