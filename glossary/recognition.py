"""Recognition: the terms that occur in running text, leftmost-longest, in both languages.

Chinese is searched by Aho-Corasick over folded text, so 委員會 does not also report 委員 and either script finds the other.
English is searched by words: each word becomes one symbol under its inflection key, so `form` is never found in
`format`, and `tax refunds` is `tax refund`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from glossary.concept import STATUSES, Concept, Status
from glossary.store import TermStore
from lang.fold import Folded, Squeezed, fold_tracked, squeeze, term_key
from lang.inflection import BREAK, COMMA, Word, english_key, loose_forms, without_article, word_key, word_texts, words
from lang.script import has_han, is_chinese

_LATIN_EDGE: Final = re.compile(r"^[0-9a-z]|[0-9a-z]$")
_LATIN: Final = re.compile("[0-9a-z]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_OPENERS: Final = {"」": "「", "』": "『", "》": "《", "”": "“", "’": "‘"}
_LONGER: Final = {term_key("部"): term_key("門"), term_key("委"): term_key("員")}
# In the string that stands for an English text, words no term has and strong punctuation share a symbol.
_NO_WORD: Final = "\U00010000"
_FIRST_SYMBOL: Final = 0x10001

_BATCH: Final = 6_000
"""Characters of texts that are read the terms of together, where not all terms are read."""


Hit = tuple[int, int, int]
"""(pattern, start, end): text[start:end] is spelt like one of `terms_of(pattern)`. A plain tuple: there are millions."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A term found in a text: its span, the concept, and how the other language renders it, preferred first.

    `status` is that of the spelling found; a deprecated one is to be replaced by `preferred`, the concept's first term
    of the same language. `others` are concepts that have the same spelling.
    """

    start: int
    end: int
    text: str
    concept: Concept
    status: Status
    translations: list[str]
    preferred: str
    others: tuple[int, ...]


class Recogniser:
    """Finds the terms of one term base as it stood when this was built; with `approved` those of no proposal.

    With `text` it knows only what may stand in that text. It finds the same there, and is built in a millisecond instead of a
    second or more where there are a hundred thousand concepts: for a text that is looked at once.
    """

    def __init__(self, store: TermStore, *, approved: bool = False, text: str | None = None) -> None:
        folded = None if text is None else fold_tracked(_HALF.sub("\ufffd", text))
        self._store = store
        self._words = word_texts(folded.text) if folded else None
        self._approved = approved
        # For each pattern the concepts that have a term so spelt; English patterns follow the Chinese ones.
        self._concepts: list[list[int]] = []
        patterns: dict[str, int] = {}
        for key, concept_id in store.chinese_and_acronym_keys(approved=approved, inside=squeeze(folded).text if folded else None):
            # A single character is a word of its own too rarely to be worth a prompt.
            if len(key) < 2:
                continue
            at = patterns.get(key)
            if at is None:
                patterns[key] = len(self._concepts)
                self._concepts.append([concept_id])
            elif concept_id not in self._concepts[at]:
                self._concepts[at].append(concept_id)
        for word in (*ordinary_words(), *_longer_words(patterns)):
            if word not in patterns:
                patterns[word] = len(self._concepts)
                self._concepts.append([])
        self._latin_edges = [_LATIN_EDGE.search(pattern) is not None for pattern in patterns]
        self._acronyms = {at for pattern, at in patterns.items() if pattern.isascii() and pattern[0].isalpha()}
        self._chinese = _automaton(patterns)
        self._english: _EnglishRecogniser | None = None

    def find(self, text: str) -> list[Hit]:
        """Where terms occur in a text, in order, none overlapping another."""
        try:
            return self._hits(text)
        except UnicodeEncodeError:
            # Half a character (a lone surrogate, from a terminal that sends no UTF-8) is in no term.
            return self._hits(_HALF.sub("\ufffd", text))

    def concepts_of(self, pattern: int) -> list[int]:
        """The ids of the concepts that have a term spelt like this pattern."""
        return self._concepts[pattern]

    def recognise(self, text: str) -> list[Recognised]:
        """The terms in a text, in order, none overlapping another, with their translations."""
        return next(iter(self.recognise_lines([text])))

    def recognise_lines(self, lines: Iterable[str]) -> Iterator[list[Recognised]]:
        """The same for each line of a text; concepts are read once for the whole of it."""
        resolved: dict[tuple[int, bool], _Resolved | None] = {}
        for line in lines:
            hits = self.find(line)
            chinese = is_chinese(line)
            self._resolve_new(line, hits, resolved, chinese=chinese)
            found = [(resolved[pattern, chinese], start, end) for pattern, start, end in hits]
            yield [
                Recognised(start, end, line[start:end], r.concept, r.status, r.translations, r.preferred, r.others)
                for r, start, end in found
                if r is not None
            ]

    def _resolve_new(
        self, line: str, hits: list[Hit], resolved: "dict[tuple[int, bool], _Resolved | None]", *, chinese: bool
    ) -> None:
        """Settle what each pattern not met before stands for; None where its concepts have been deleted since."""
        new = {pattern: line[start:end] for pattern, start, end in hits if (pattern, chinese) not in resolved}
        if not new:
            return
        concepts = self._store.concepts(sorted({concept_id for pattern in new for concept_id in self._concepts[pattern]}))
        for pattern, text in new.items():
            sharing = [concepts[concept_id] for concept_id in sorted(self._concepts[pattern]) if concept_id in concepts]
            resolved[pattern, chinese] = _resolve(text, sharing, chinese=chinese) if sharing else None

    def _hits(self, text: str) -> list[Hit]:
        if is_chinese(text):
            return self._chinese_hits_in(text, squeeze(fold_tracked(text)))
        return self._english_hits(text)

    def _chinese_hits_in(self, text: str, squeezed: Squeezed) -> list[Hit]:
        hits = self._chinese_hits(squeezed.text)
        if squeezed.cuts or squeezed.folded.starts is not None:
            hits = [
                (pattern, *_with_quotes(text, start, end)) if cut_inside else (pattern, start, end)
                for pattern, start, end, cut_inside in squeezed.spans(hits)
            ]
        if _LATIN.search(squeezed.text) is None:
            return hits
        # WHO, IT: an acronym is only itself in capitals, between Chinese characters too.
        return [hit for hit in hits if hit[0] not in self._acronyms or _in_capitals(text[hit[1] : hit[2]])]

    def _chinese_hits(self, text: str) -> list[Hit]:
        concepts = self._concepts
        return [hit for hit in self._matches(text) if concepts[hit[0]]]

    def _matches(self, text: str) -> list[Hit]:
        """Terms and ordinary words, which keep terms from being found across their ends."""
        hits = self._chinese.find_matches_as_indexes(text)
        if _LATIN.search(text) is None:
            return hits
        edges = self._latin_edges
        if not any(edges[hit[0]] and not _at_boundaries(text, hit[1], hit[2]) for hit in hits):
            return hits
        # A hit inside a Latin word (GDP in GDPs2) hid others: search on behind its first character.
        kept: list[Hit] = []
        offset = 0
        while offset < len(text):
            hits = self._chinese.find_matches_as_indexes(text[offset:])
            again = len(text)
            for pattern, start, end in hits:
                hit = (pattern, start + offset, end + offset)
                if edges[pattern] and not _at_boundaries(text, hit[1], hit[2]):
                    again = hit[1] + 1
                    break
                kept.append(hit)
            offset = again
        return kept

    def _english_hits(self, text: str) -> list[Hit]:
        if self._english is None:
            forms = self._store.english_forms(approved=self._approved, within=self._words)
            self._english = _EnglishRecogniser(forms, self._concepts)
        folded = fold_tracked(text)
        hits = self._english.hits(text, folded)
        if not has_han(text):
            return hits
        # Chinese words in English text: what the English terms leave free.
        squeezed = squeeze(folded)
        chinese = self._chinese_hits_in(text, squeezed)
        hits.extend([new for new in chinese if all(new[2] <= hit[1] or new[1] >= hit[2] for hit in hits)])
        return sorted(hits, key=lambda hit: hit[1])


def recognisers(
    store: TermStore, texts: Iterable[str], *, approved: bool = False, text_by_text: bool = False
) -> Iterator[tuple[Recogniser, list[str]]]:
    """A recogniser of the whole term base with all the texts; or `text_by_text`, with as many at a time as are some pages.

    Then it knows only what may stand in these, and finds the same in them. A thread that waits for its turn gets it after
    some milliseconds, however many terms there are; but of a hundred pages each takes longer.
    """
    if not text_by_text:
        yield Recogniser(store, approved=approved), list(texts)
        return
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and chars + len(text) > _BATCH:
            yield Recogniser(store, approved=approved, text="\n".join(batch)), batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield Recogniser(store, approved=approved, text="\n".join(batch)), batch


@cache
def ordinary_words() -> tuple[str, ...]:
    """The keys of the words, none of them terms, in which or across whose end terms only seem to stand."""
    lines = (files("glossary") / "data" / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return tuple(term_key(word) for line in lines if not line.startswith("#") for word in line.split())


def _longer_words(patterns: Iterable[str]) -> list[str]:
    """For 財政部 the word 財政部門, which is no ministry, for 市委 the beginning of 市委員會."""
    return [pattern + _LONGER[pattern[-1]] for pattern in patterns if pattern[-1] in _LONGER]


class _EnglishRecogniser:
    """English terms over words: single words by their word key, longer terms by a string with a symbol for each form."""

    def __init__(self, terms: Iterable[tuple[str, str, int]], concepts: list[list[int]]) -> None:
        """`concepts` receives, for each new pattern, the concepts that have it; patterns are numbered as its places."""
        # Word key -> pattern, for acronyms (found in capitals only) and for other single words.
        self._acronyms: dict[str, int] = {}
        self._single: dict[str, int] = {}
        self._symbols: dict[str, str] = {}
        # Terms that begin with the letter A (A share): the same words in small letters are an article and a noun.
        self._lettered: set[int] = set()
        patterns: dict[str, int] = {}
        symbols = self._symbols
        for text, joined, concept_id in terms:
            forms = without_article(joined.split(" "))
            if len(forms) > 1:
                table = patterns
                key = "".join([symbols.get(form) or self._new_symbol(form) for form in forms])
            else:
                table, key = (self._acronyms if _in_capitals(text) else self._single), english_key(text)
            at = table.setdefault(key, len(concepts))
            if forms[0] == "a":
                self._lettered.add(at)
            if at == len(concepts):
                concepts.append([concept_id])
            elif concept_id not in concepts[at]:
                concepts[at].append(concept_id)
        self._patterns = list(patterns.values())
        self._automaton = _automaton(patterns)

    def _new_symbol(self, form: str) -> str:
        symbol = self._symbols[form] = chr(_FIRST_SYMBOL + len(self._symbols))
        return symbol

    def hits(self, text: str, folded: Folded) -> list[Hit]:
        """Hits in a text, given its fold."""
        found = words(folded.text)
        if not found:
            return []
        forms = loose_forms(folded.text)
        encoded = "".join([self._symbols.get(form, _NO_WORD) for form in forms])
        # For every symbol the word it stands for; punctuation counts to the word before it.
        places: list[int] = []
        for form in forms:
            places.append((places[-1] if places else -1) + (form not in (COMMA, BREAK)))
        hits: list[Hit] = []
        position = 0
        for number, start, end in [*self._automaton.find_matches_as_indexes(encoded), (-1, len(encoded), 0)]:
            first = places[start] if number >= 0 else len(found)
            if number >= 0 and self._patterns[number] in self._lettered:
                from_char, to_char = folded.span(found[first].start, found[places[end - 1]].end)
                if _is_article_and_noun(text[from_char:to_char]):
                    continue
            for word in found[position:first]:
                hits.extend(self._single_word(text, folded, word))
            if number >= 0:
                last = places[end - 1]
                hits.append((self._patterns[number], *folded.span(found[first].start, found[last].end)))
                position = last + 1
        return hits

    def _single_word(self, text: str, folded: Folded, word: Word) -> list[Hit]:
        start, end = folded.span(word.start, word.end)
        key = word_key(word.text)
        pattern = self._single.get(key)
        # AI, WHO, IT: an acronym is only itself in capitals.
        if _in_capitals(text[start:end]):
            pattern = self._acronyms.get(key, pattern)
        return [] if pattern is None else [(pattern, start, end)]


def _automaton(patterns: Iterable[str]) -> AhoCorasick:
    # The contiguous automaton is as fast as the full table on short lines and three times faster on long ones.
    return AhoCorasick(
        list(patterns), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA, store_patterns=False
    )


def _at_boundaries(text: str, start: int, end: int) -> bool:
    before = start > 0 and _LATIN.match(text[start]) and _LATIN.match(text[start - 1])
    after = end < len(text) and _LATIN.match(text[end - 1]) and _LATIN.match(text[end])
    return not before and not after


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """A span that holds a closing quotation mark takes in the opening one before it: 「十四五」規劃."""
    inside = text[start:end]
    for closer, opener in _OPENERS.items():
        if closer in inside and opener not in inside and text[start - 1 : start] == opener:
            return start - 1, end
    return start, end


def _is_article_and_noun(words_found: str) -> bool:
    """Whether words that begin with A are the article and a noun (a share), not the letter (A share, a shares)."""
    return words_found.startswith("a ") and not words_found.casefold().endswith("s")


def _in_capitals(word: str) -> bool:
    return len(word) > 1 and re.sub(r"'?s$", "", word).isupper()


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What a pattern stands for, the same wherever it occurs."""

    concept: Concept
    status: Status
    translations: list[str]
    preferred: str
    others: tuple[int, ...]


def _resolve(text: str, concepts: list[Concept], *, chinese: bool) -> _Resolved:
    """The best of the concepts that share a spelling: approved, by its preferred term, the oldest."""
    source: Literal["zh", "en"] = "zh" if has_han(text) else "en"
    # An English acronym in a Chinese sentence is rendered in English, as the sentence around it.
    target: Literal["zh", "en"] = "en" if source == "zh" or chinese else "zh"
    statuses = {concept.id: _status_of(concept, text, source) for concept in concepts}
    best = min(concepts, key=lambda c: (c.state != "approved", STATUSES.index(statuses[c.id]), c.id))
    same = best.texts(source)
    others = tuple(other.id for other in concepts if other is not best)
    return _Resolved(best, statuses[best.id], best.texts(target), same[0] if same else "", others)


def _status_of(concept: Concept, text: str, source: Literal["zh", "en"]) -> Status:
    """The best status among the concept's terms that are spelt like the text found."""
    key = term_key if source == "zh" else english_key
    wanted = key(text)
    found = [term.status for term in concept.terms if term.language == source and key(term.text) == wanted]
    return min(found, key=STATUSES.index, default="admitted")
