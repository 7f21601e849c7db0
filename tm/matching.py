"""Matches of a segment in the memory: context, exact and fuzzy, in either direction and script, best first."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from lang.script import Script, detect_script
from tm.score import NUMBER_PENALTY, SCRIPT_CEILING, Language, differing_in_numbers_only, score, segment_key
from tm.store import Segment, UnitStore
from tm.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.index import MatchIndex

MatchKind = Literal["context", "exact", "fuzzy"]

# Units the index is asked for, unless their BM25 is too far below the first one's; their shapes rule out most of them, so
# that many cost little. Measured on three corpora of a million law segments: the best match of 1,000 queries is missed 0, 1 and
# 2 times with 150 of them, 1 to 6 times with 50, mostly where a topic was replaced in a sentence of common form.
_LOOKED_AT: Final = 300
_LEEWAY: Final = 0.3
# A Chinese segment cannot reach the lowest score where its length differs too much; folding may change it a little, and
# numbers of other lengths do not count.
_LENGTH_LEEWAY: Final = 6
# Memories up to this size are read whole: that is faster than an index, and needs none.
SMALL: Final = 2_000
_ORDER: Final[dict[MatchKind, int]] = {"context": 0, "exact": 1, "fuzzy": 2}


@dataclass(frozen=True, slots=True)
class Match:
    """A stored unit and how well its query-side segment fits, in [0, 1].

    `source` is the side that was searched and `target` the other, whichever way the unit was stored. `other_script` says
    that it is written in the other Chinese script than the query; `numbers_differ` that only numbers keep it from a
    better score, and then `substituted` is the target with the query's numbers, empty where they cannot be put in safely.
    """

    unit: Unit
    kind: MatchKind
    score: float
    source: str
    target: str
    other_script: bool = False
    numbers_differ: bool = False
    substituted: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A segment to be matched, its language, and the keys of the segments next to it (0 for none)."""

    text: str
    language: Language
    before_key: int = 0
    after_key: int = 0


def find_matches(
    store: UnitStore, index: "MatchIndex | None", query: Query, *, lowest: float = 0.7, limit: int = 5
) -> list[Match]:
    """Units that match a query with at least this score, best first: context before exact before fuzzy.

    Without an index every unit is read. A match is exact when it is the query character for character but for blanks
    around it; written in the other script, width or letter case it gets at most SCRIPT_CEILING. Context is exact, with
    the same neighbours. The penalty of a unit's memory is taken off.
    """
    folded = segment_key(query.text)
    if not folded:
        return []
    if index is None:
        sources = {unit_id: chinese if query.language == "zh" else english for unit_id, chinese, english in store.sides_kept()}
    else:
        ids: Sequence[int] = index.candidates(
            folded, query.language, limit=max(_LOOKED_AT, 2 * limit), near=max(0.0, lowest - _LEEWAY)
        )
        if query.language == "zh":
            ids = index.near(folded, ids, lowest)
        sources = dict(store.texts(ids, query.language))
    shortest, longest = len(folded) * lowest - _LENGTH_LEEWAY, len(folded) / max(lowest, 0.01) + _LENGTH_LEEWAY
    texts = {
        unit_id: segment_key(source)
        for unit_id, source in sources.items()
        if query.language == "en" or shortest <= len(source.strip()) <= longest
    }
    scores = _scores(folded, texts, query.language, lowest)
    by_numbers = differing_in_numbers_only(folded, texts)
    scores.update((unit_id, max(scores.get(unit_id, 0.0), 1 - NUMBER_PENALTY)) for unit_id in by_numbers)
    if not scores:
        return []
    # Penalties may put others before the first ones.
    best = sorted(scores, key=lambda unit_id: (-scores[unit_id], unit_id))[: limit + 5]
    rated = [
        (*_rate(query, sources[segment.unit_id], segment, scores[segment.unit_id]), segment.unit_id)
        for segment in store.segments(best)
    ]
    rated.sort(key=lambda one: (-one[0], _ORDER[one[1]], one[2]))
    chosen = [one for one in rated if one[0] >= lowest][:limit]
    units = store.units([unit_id for _, _, unit_id in chosen])
    script = detect_script(query.text)
    return [
        _match(query, script, units[unit_id], kind, value, numbers_differ=unit_id in by_numbers)
        for value, kind, unit_id in chosen
        if unit_id in units
    ]


def _scores(folded: str, texts: dict[int, str], language: Language, lowest: float) -> dict[int, float]:
    """Unit -> score of those that reach the lowest."""
    if language == "en":
        scored = ((unit_id, score(folded, text, language)) for unit_id, text in texts.items())
        return {unit_id: value for unit_id, value in scored if value >= lowest}
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    found = process.extract(folded, texts, scorer=Levenshtein.normalized_similarity, score_cutoff=lowest, limit=None)
    return {unit_id: value for _, value, unit_id in found}


def _rate(query: Query, source: str, segment: Segment, value: float) -> tuple[float, MatchKind]:
    """The final score of a unit whose folded text has this one, and the kind of match it is."""
    same = source.strip() == query.text.strip()
    value = round((value if same else min(value, SCRIPT_CEILING)) - segment.penalty, 4)
    if not same or segment.penalty:
        return value, "fuzzy"
    neighbours = (segment.before_key, segment.after_key)
    return value, "context" if any(neighbours) and neighbours == (query.before_key, query.after_key) else "exact"


def _match(query: Query, script: Script, unit: Unit, kind: MatchKind, value: float, *, numbers_differ: bool) -> Match:
    stored = unit.source_lang.startswith("en") == (query.language == "en")
    source, target = (unit.source, unit.target) if stored else (unit.target, unit.source)
    other_script = query.language == "zh" and {script, detect_script(source)} == {"Hans", "Hant"}
    substituted = ""
    if numbers_differ:
        from tm.substitution import with_query_numbers

        tag = unit.target_lang if stored else unit.source_lang
        substituted = with_query_numbers(query.text, source, target, query.language, tag) or ""
    return Match(unit, kind, value, source, target, other_script, numbers_differ, substituted)


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the difference between a query and a match: `same`, only in the `query`, only in the `match`."""

    kind: Literal["same", "query", "match"]
    text: str


def difference(query: str, match: str, language: Language) -> list[Edit]:
    """The difference of a match against the query, piece by piece, characters for Chinese and words for English.

    Characters that fold alike count as the same and are shown as the query has them.
    """
    from rapidfuzz.distance import Levenshtein

    ours, theirs = _pieces(query, language), _pieces(match, language)
    operations = Levenshtein.opcodes([segment_key(piece) for piece in ours], [segment_key(piece) for piece in theirs])
    edits: list[Edit] = []
    for step in operations:
        if step.tag == "equal":
            edits.append(Edit("same", "".join(ours[step.src_start : step.src_end])))
            continue
        if step.dest_end > step.dest_start:
            edits.append(Edit("match", "".join(theirs[step.dest_start : step.dest_end])))
        if step.src_end > step.src_start:
            edits.append(Edit("query", "".join(ours[step.src_start : step.src_end])))
    return edits


def _pieces(text: str, language: Language) -> list[str]:
    return list(text) if language == "zh" else re.findall(r"\w+|\s+|[^\w\s]", text)
