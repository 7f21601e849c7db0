"""Look-up: one query of any kind (Chinese in any script, pinyin, English) to concepts, best first."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from glossary.concept import STATUSES, Concept, ReviewState, Status
from glossary.keys import KeyKind, forms_of, tokens_of
from glossary.store import TermRow, TermStore
from lang.fold import term_key
from lang.inflection import english_key
from lang.pinyin import PinyinQuery, parse_query, tones_of
from lang.script import has_han

MatchKind = Literal["exact", "script", "pinyin", "inflection", "prefix", "contains", "fuzzy"]

# A score is a band per kind of match; within the open bands it grows with the share of the term that the query covers.
_EXACT: Final = 1.0
_SCRIPT: Final = 0.99
_PINYIN_TONED: Final = 0.95
_PINYIN: Final = 0.94
_INITIALS: Final = 0.93
_INFLECTION: Final = 0.9
_PREFIX: Final = (0.7, 0.89)
_PINYIN_PREFIX: Final = (0.65, 0.7)
_CONTAINS: Final = (0.4, 0.65)
_CONTAINS_WORDS: Final = (0.4, 0.6)
_FUZZY: Final = (0.1, 0.4)
_INSIDE: Final = (0.05, 0.38)

_Collect = Callable[[Iterable[TermRow], MatchKind, Callable[[TermRow], float]], None]

_HALF: Final = re.compile("[\ud800-\udfff]")
_ENOUGH: Final = 3
_LONGEST_QUERY: Final = 200
_LONGEST_WITH_PARTS: Final = 40


@dataclass(frozen=True, slots=True)
class LookupMatch:
    """A concept found, the term it was found by, how, and a score in [0, 1].

    `status` is the pair's: deprecated where the term found is, or where the concept has nothing better to render it.
    """

    concept: Concept
    term_text: str
    status: Status
    kind: MatchKind
    score: float


@dataclass(slots=True)
class _Hit:
    row: TermRow
    kind: MatchKind
    score: float


def look_up(
    store: TermStore,
    query: str,
    *,
    limit: int = 20,
    rejected: bool = False,
    approved: bool = False,
    whole: bool = False,
) -> list[LookupMatch]:
    """Concepts that a query names, best first, each once, by its best term.

    Order: exact, other script, pinyin (toned, plain, initials), English inflection, prefix, contains, fuzzy; among
    equals approved before proposed, preferred before admitted before deprecated, then the older concept. Rejected
    concepts are left out unless asked for, proposed ones with `approved`. Fuzzy search (one character wrong, left out
    or too many in Chinese; a typo in English) runs only when little else was found, and so does the search for shorter
    terms inside the query. With `whole` only terms are looked for that the query is or begins, which takes a tenth of the
    time where it is a sentence.
    """
    # Half a character (a lone surrogate, from a terminal that sends no UTF-8) is in no term and cannot be asked for.
    query = _HALF.sub("", query).strip()[:_LONGEST_QUERY]
    folded = term_key(query)
    if not folded:
        return []
    hits: dict[int, _Hit] = {}

    def collect(rows: Iterable[TermRow], kind: MatchKind, score: Callable[[TermRow], float]) -> None:
        for row in rows:
            value = score(row)
            best = hits.get(row.concept_id)
            if best is None or (value, -STATUSES.index(row.status)) > (best.score, -STATUSES.index(best.row.status)):
                hits[row.concept_id] = _Hit(row, kind, value)

    room = limit * 2 + 20
    _collect_whole(store, query, folded, collect)
    pinyin = parse_query(query)
    if pinyin:
        _collect_pinyin(store, pinyin, collect, room)
    _collect_longer(store, query, folded, collect, room)
    if not whole:
        _collect_parts(store, query, folded, collect, room)
    if len(hits) < _ENOUGH and not whole:
        from glossary.fuzzy import similar_terms

        similar = {row.term_id: (row, similarity) for row, similarity in similar_terms(store, query, folded, room)}
        collect([row for row, _ in similar.values()], "fuzzy", lambda row: _within(_FUZZY, similar[row.term_id][1]))
        _collect_inside(store, query, folded, collect)
    states: set[ReviewState] = {"approved"}
    if not approved:
        states |= {"proposed", "rejected"} if rejected else {"proposed"}
    return _ranked(store, hits, limit, states)


def _collect_whole(store: TermStore, query: str, folded: str, collect: _Collect) -> None:
    plain = query.casefold()

    collect(store.terms_with_key(KeyKind.ENGLISH, folded), "exact", lambda _: _EXACT)
    rows = store.terms_with_key(KeyKind.CHINESE, folded)
    # One row stands for all spellings of a concept that fold alike: which of them was asked for, its terms tell.
    concepts = store.concepts([row.concept_id for row in rows])
    for row in rows:
        term = next((t for t in concepts[row.concept_id].terms if t.text.casefold() == plain), None)
        if term:
            spelt = TermRow(row.term_id, row.concept_id, term.text, term.lang, term.status, row.pinyin)
            collect([spelt], "exact", lambda _: _EXACT)
        else:
            collect([row], "script", lambda _: _SCRIPT)
    if not has_han(query):
        collect(store.terms_with_key(KeyKind.INFLECTION, english_key(query)), "inflection", lambda _: _INFLECTION)


def _collect_pinyin(store: TermStore, pinyin: PinyinQuery, collect: _Collect, room: int) -> None:
    def fits(row: TermRow) -> bool:
        return not pinyin.tones or tones_of(row.pinyin).startswith(pinyin.tones)

    whole = _PINYIN_TONED if pinyin.tones else _PINYIN
    collect(filter(fits, store.terms_with_key(KeyKind.PINYIN, pinyin.letters)), "pinyin", lambda _: whole)
    if len(pinyin.letters) < 2:
        return
    if not pinyin.tones:
        collect(store.terms_with_key(KeyKind.INITIALS, pinyin.letters), "pinyin", lambda _: _INITIALS)
    longer = store.terms_with_prefix(KeyKind.PINYIN, pinyin.letters, room)
    if not pinyin.tones:
        longer += store.terms_with_prefix(KeyKind.INITIALS, pinyin.letters, room)
    collect(filter(fits, longer), "pinyin", lambda row: _within(_PINYIN_PREFIX, 1 / max(1, len(row.text))))


def _collect_longer(store: TermStore, query: str, folded: str, collect: _Collect, room: int) -> None:
    length = len(folded)
    kind = KeyKind.CHINESE if has_han(query) else KeyKind.ENGLISH
    collect(store.terms_with_prefix(kind, folded, room), "prefix", lambda row: _within(_PREFIX, length / max(1, len(row.text))))
    if kind == KeyKind.ENGLISH and length > 1:
        # 5G, A股: a Latin query may begin a Chinese term.
        rows = store.terms_with_prefix(KeyKind.CHINESE, folded, room)
        collect(rows, "prefix", lambda row: _within(_PREFIX, length / max(1, len(row.text))))


def _collect_parts(store: TermStore, query: str, folded: str, collect: _Collect, room: int) -> None:
    length = len(folded)
    kind = KeyKind.CHINESE if has_han(query) else KeyKind.ENGLISH
    tokens = tokens_of(query)
    if not tokens or (length == 1 and kind == KeyKind.ENGLISH):
        return
    last_is_prefix = kind == KeyKind.ENGLISH

    def share(row: TermRow) -> float:
        return length / max(1, len(row.text))

    rows = store.terms_containing(tokens, last_is_prefix=last_is_prefix, limit=room)
    collect(rows, "contains", lambda row: _within(_CONTAINS, share(row)))
    if kind == KeyKind.ENGLISH:
        # The same words inflected or in another order: population ageing, ageing population.
        rows = store.terms_with_forms(forms_of(query), missing=0, limit=room)
        collect(rows, "contains", lambda row: _within(_CONTAINS_WORDS, share(row)))


def _collect_inside(store: TermStore, query: str, folded: str, collect: _Collect) -> None:
    """Terms that the query itself contains, longest first from the left: 靈活就業 for 靈活就業人員."""
    chinese = has_han(query)
    pieces = list(folded) if chinese else forms_of(query)
    joint, kind = ("", KeyKind.CHINESE) if chinese else (" ", KeyKind.INFLECTION)
    start = 0
    while start < len(pieces) - 1 and len(pieces) <= _LONGEST_WITH_PARTS:
        for end in range(len(pieces), start + 1, -1):
            rows = store.terms_with_key(kind, joint.join(pieces[start:end])) if end - start < len(pieces) else []
            if rows:
                share = (end - start) / len(pieces)
                collect(rows, "contains", lambda _, share=share: _within(_INSIDE, share))  # type: ignore[misc]
                start = end - 1
                break
        start += 1


def _within(band: tuple[float, float], share: float) -> float:
    low, high = band
    return low + (high - low) * min(0.999, share)


def _status(row: TermRow, concept: Concept) -> Status:
    """The worse of the term's own status and of the best the other language has."""
    other: Literal["zh", "en"] = "zh" if row.lang.startswith("en") else "en"
    best = min((term.status for term in concept.terms if term.language == other), key=STATUSES.index, default=row.status)
    return max(row.status, best, key=STATUSES.index)


def _ranked(store: TermStore, hits: dict[int, _Hit], limit: int, wanted: set[ReviewState]) -> list[LookupMatch]:
    states = {"approved": 0, "proposed": 1, "rejected": 2}
    # A few more than asked for, since rejected concepts fall away below and ties are broken by state. Proposals may be
    # many, an import of them, so all are looked at where these fall away too.
    room = limit + 30 if "proposed" in wanted else len(hits)
    best = sorted(hits.items(), key=lambda item: (-item[1].score, item[0]))[:room]
    concepts = store.concepts([concept_id for concept_id, _ in best])
    matches = [
        LookupMatch(concepts[concept_id], hit.row.text, _status(hit.row, concepts[concept_id]), hit.kind, round(hit.score, 4))
        for concept_id, hit in best
        if concept_id in concepts and concepts[concept_id].state in wanted
    ]
    matches.sort(key=lambda m: (-m.score, states[m.concept.state], STATUSES.index(m.status), m.concept.id))
    return matches[:limit]
