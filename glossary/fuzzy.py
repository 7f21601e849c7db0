"""Terms that nearly are the query: one wrong character of a Chinese term, a typo in an English one."""

from typing import Final

from glossary.keys import forms_of, tokens_of
from glossary.store import TermRow, TermStore
from lang.fold import term_key
from lang.script import has_han

_LOWEST_CHINESE: Final = 0.5
_LOWEST_ENGLISH: Final = 0.7
_TYPOS: Final = 2
_CORRECTIONS: Final = 3
_LONGEST: Final = 12


def similar_terms(store: TermStore, query: str, folded: str, limit: int) -> list[tuple[TermRow, float]]:
    """Terms close to a query that nothing else matches, with their similarity in [0, 1], closest first.

    Similarity is 1 - levenshtein / longer length over the folded texts. Chinese candidates share all characters but
    one; English ones all words but one, or have the words that a mistyped word is nearest to.
    """
    from rapidfuzz.distance import Levenshtein

    chinese = has_han(query)
    candidates = _chinese_candidates(store, query, limit) if chinese else _english_candidates(store, query, limit)
    lowest = _LOWEST_CHINESE if chinese else _LOWEST_ENGLISH
    scored = {row.term_id: (row, Levenshtein.normalized_similarity(folded, term_key(row.text))) for row in candidates}
    close = [(row, similarity) for row, similarity in scored.values() if similarity >= lowest]
    close.sort(key=lambda item: (-item[1], item[0].term_id))
    return close[:limit]


def _chinese_candidates(store: TermStore, query: str, limit: int) -> list[TermRow]:
    tokens = list(dict.fromkeys(tokens_of(query)))
    return store.terms_with_forms(tokens, missing=1, limit=limit * 5) if len(tokens) > 1 else []


def _english_candidates(store: TermStore, query: str, limit: int) -> list[TermRow]:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    tokens = tokens_of(query)[:_LONGEST]
    rows = store.terms_with_forms(forms_of(query)[:_LONGEST], missing=1, limit=limit) if len(tokens) > 1 else []
    for index, token in enumerate(tokens):
        if len(token) < 4:
            continue
        words = store.vocabulary(token[0], range(len(token) - _TYPOS, len(token) + _TYPOS + 1))
        nearest = process.extract(token, words, scorer=Levenshtein.distance, limit=_CORRECTIONS, score_cutoff=_TYPOS)
        for word, _, _ in nearest:
            if word != token:
                corrected = [*tokens[:index], word, *tokens[index + 1 :]]
                rows.extend(store.terms_containing(corrected, last_is_prefix=False, limit=limit))
    return rows
