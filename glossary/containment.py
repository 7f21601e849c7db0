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
    found = {(longer, key): ids for longer, key, ids in _containing(sharing, domains)}
    pairs = sorted(found)
    told: set[tuple[int, int]] = set()
    for start in range(0, len(pairs), _SLICE):
        part = pairs[start : start + _SLICE]
        wanted = {concept_id for longer, key in part for concept_id in (longer, *found[longer, key])}
        concepts = store.concepts(sorted(wanted))
        for longer, key in part:
            finding = _finding(concepts[longer], [concepts[shorter] for shorter in found[longer, key]], key)
            # 同聲傳譯員 and 同步口譯員 in one concept contain the two forms of another: once is enough.
            if finding and (longer, finding.concepts[1].id) not in told:
                told.add((longer, finding.concepts[1].id))
                yield finding


def _containing(sharing: dict[str, list[int]], domains: dict[int, str]) -> Iterator[tuple[int, str, list[int]]]:
    """(longer concept, a key inside one of its own, the concepts that have it) for the longest keys inside others."""
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
                shorter = [one for one in sharing[part] if bool(domains[one]) == bool(domains[longer])]
                if shorter and longer not in shorter:
                    yield longer, part, shorter


def _finding(longer: Concept, sharing: list[Concept], key: str) -> Finding | None:
    """What the longer term has in other words than any of the concepts that have the shorter one."""
    used = [(concept, text) for concept in sharing for text in _with_key(concept, key) if concept.texts("en")]
    containing = next((term.text for term in longer.of_language("zh") if key in term_key(term.text) != key), "")
    whole = longer.texts("en")
    if not used or not containing or not whole:
        return None
    if any(_agree(whole, concept.texts("en")) for concept, _ in used):
        return None
    shorter, contained = used[0]
    rendering = shorter.texts("en")[0]
    reason = f"{containing} contains {contained} = {rendering}, but is rendered in other words: {whole[0]}"
    command = f"yuqiao edit {longer.id} --en RENDERING"
    return Finding("contained", "note", (longer, shorter), containing, reason, command, (whole[0], contained, rendering))


def _with_key(concept: Concept, key: str) -> list[str]:
    return [term.text for term in concept.of_language("zh") if term_key(term.text) == key][:1]


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
