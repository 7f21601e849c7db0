"""Sub-segment matches: where no whole segment is like the query, the longest stored pieces that cover parts of it."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from lang.fold import fold_tracked
from tm.score import TOKEN, Language, segment_key, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.index import MatchIndex
    from tm.store import UnitStore
    from tm.unit import Unit

_PIECES: Final = 24
_LOOKED_AT: Final = 100
# A fragment of fewer characters or words is a term, and those the term base finds.
_SHORTEST: Final[dict[Language, int]] = {"zh": 4, "en": 3}


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the query, query[start:end], that stands in a stored unit in whatever script, width and case."""

    text: str
    start: int
    end: int
    unit: "Unit"


def find_fragments(
    store: "UnitStore", index: "MatchIndex | None", query: str, language: Language, *, limit: int = 5
) -> list[Fragment]:
    """The longest pieces of a query that stored segments share with it, none overlapping, in the query's order."""
    tracked = fold_tracked(query)
    folded = segment_key(query)
    if index is None:
        ids: Sequence[int] = [unit_id for unit_id, _, _ in store.sides()]
    else:
        ids = index.candidates(folded, language, pieces=_PIECES, limit=_LOOKED_AT)
    places = _places(tracked.text, language)
    ours = [tracked.text[start:end] for start, end in places]
    candidates = [(unit_id, _sequence(segment_key(text), language)) for unit_id, text in store.texts(ids, language)]
    found = _cover(_Query(ours, _SHORTEST[language]), 0, len(ours), candidates)
    longest = sorted(sorted(found, key=lambda piece: piece[0] - piece[1])[:limit])
    units = store.units([unit_id for _, _, unit_id in longest])
    found_fragments: list[Fragment] = []
    for first, last, unit_id in longest:
        start, end = tracked.span(places[first][0], places[last - 1][1])
        if unit_id in units:
            found_fragments.append(Fragment(query[start:end], start, end, units[unit_id]))
    return found_fragments


@dataclass(frozen=True, slots=True)
class _Query:
    pieces: list[str]
    shortest: int


def _cover(query: _Query, start: int, end: int, candidates: list[tuple[int, list[str]]]) -> list[tuple[int, int, int]]:
    """(start, end, unit) of the longest piece any candidate shares with this part of the query, and of those beside it."""
    if end - start < query.shortest:
        return []
    size, at, unit_id = 0, 0, 0
    for candidate_id, theirs in candidates:
        match = SequenceMatcher(None, theirs, query.pieces, autojunk=False).find_longest_match(0, len(theirs), start, end)
        if match.size > size:
            size, at, unit_id = match.size, match.b, candidate_id
    if size < query.shortest:
        return []
    left = _cover(query, start, at, candidates)
    return [*left, (at, at + size, unit_id), *_cover(query, at + size, end, candidates)]


def _places(folded: str, language: Language) -> list[tuple[int, int]]:
    """Where the pieces of a folded text stand: its characters but for blanks around them, or its words and signs."""
    if language == "zh":
        start = len(folded) - len(folded.lstrip())
        return [(at, at + 1) for at in range(start, len(folded.rstrip()))]
    return [match.span() for match in TOKEN.finditer(folded)]


def _sequence(folded: str, language: Language) -> list[str]:
    return list(folded) if language == "zh" else words_of(folded)
