"""Sub-segment matches: where no whole segment is like the query, the longest stored pieces that cover parts of it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lang.fold import fold_tracked
from tm.score import TOKEN, Language, segment_key, words_of

if TYPE_CHECKING:
    from tm.index import MatchIndex
    from tm.store import UnitStore
    from tm.unit import Unit

_PIECES: Final = 24
_LOOKED_AT: Final = 100
# A fragment of fewer characters or words is a term, and those the term base finds.
_SHORTEST: Final[dict[Language, int]] = {"zh": 4, "en": 3}
# Characters that no text has stand between two candidates, and between two words.
_BETWEEN: Final = "\uffff"
_JOINT: Final = "\ufffe"


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
        texts = [(unit_id, chinese if language == "zh" else english) for unit_id, chinese, english in store.sides_kept()]
    else:
        texts = store.texts(index.candidates(folded, language, pieces=_PIECES, limit=_LOOKED_AT), language)
    places = _places(tracked.text, language)
    ours = [tracked.text[start:end] for start, end in places]
    candidates = ((unit_id, _sequence(segment_key(text), language)) for unit_id, text in texts)
    stored = _Stored(candidates, "" if language == "zh" else _JOINT)
    found = _cover(stored, ours, 0, len(ours), _SHORTEST[language])
    longest = sorted(sorted(found, key=lambda piece: piece[0] - piece[1])[:limit])
    units = store.units([unit_id for _, _, unit_id in longest])
    found_fragments: list[Fragment] = []
    for first, last, unit_id in longest:
        start, end = tracked.span(places[first][0], places[last - 1][1])
        if unit_id in units:
            found_fragments.append(Fragment(query[start:end], start, end, units[unit_id]))
    return found_fragments


class _Stored:
    """All candidates in one string, so that to look for a run of pieces is one search of it."""

    def __init__(self, candidates: Iterable[tuple[int, list[str]]], joint: str) -> None:
        self._joint = joint
        self._ids: list[int] = []
        self._starts: list[int] = []
        texts: list[str] = []
        length = 0
        for unit_id, pieces in candidates:
            self._ids.append(unit_id)
            self._starts.append(length)
            texts.append(self._run(pieces) + _BETWEEN)
            length += len(texts[-1])
        self._text = "".join(texts)

    def _run(self, pieces: list[str]) -> str:
        return self._joint + self._joint.join(pieces) + self._joint

    def longest(self, pieces: list[str], start: int, end: int) -> tuple[int, int, int]:
        """(size, start, unit) of the longest run within pieces[start:end] that a candidate has; the first of equal ones."""
        size = at = place = 0
        for first in range(start, end):
            # A run from here counts only if it is longer than the longest so far.
            while first + size < end:
                found = self._text.find(self._run(pieces[first : first + size + 1]))
                if found < 0:
                    break
                size, at, place = size + 1, first, found
        return size, at, self._ids[bisect_right(self._starts, place) - 1] if size else 0


def _cover(stored: _Stored, pieces: list[str], start: int, end: int, shortest: int) -> list[tuple[int, int, int]]:
    """(start, end, unit) of the longest run any candidate shares with this part of the query, and of those beside it."""
    if end - start < shortest:
        return []
    size, at, unit_id = stored.longest(pieces, start, end)
    if size < shortest:
        return []
    left = _cover(stored, pieces, start, at, shortest)
    return [*left, (at, at + size, unit_id), *_cover(stored, pieces, at + size, end, shortest)]


def _places(folded: str, language: Language) -> list[tuple[int, int]]:
    """Where the pieces of a folded text stand: its characters but for blanks around them, or its words and signs."""
    if language == "zh":
        start = len(folded) - len(folded.lstrip())
        return [(at, at + 1) for at in range(start, len(folded.rstrip()))]
    return [match.span() for match in TOKEN.finditer(folded)]


def _sequence(folded: str, language: Language) -> list[str]:
    return list(folded) if language == "zh" else words_of(folded)
