"""Matches of a segment in the memory: context, exact and fuzzy, in either direction and script, best first."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from lang.script import detect_script
from tm.score import NUMBER_PENALTY, SCRIPT_CEILING, Language, differ_in_numbers_only, score, segment_key
from tm.store import Segment, UnitStore
from tm.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tm.index import MatchIndex

MatchKind = Literal["context", "exact", "fuzzy"]

# (rarest pieces asked for, units looked at): the second step only where the first finds nothing near.
_STEPS: Final = ((10, 50), (18, 80))
_NEAR: Final = 0.9
_NUMBERS_AMONG: Final = 25
# Memories up to this size are read whole: that is faster than an index, and needs none.
SMALL: Final = 1_000
_DIGITS: Final = re.compile("[0-9〇零一二三四五六七八九十百千万亿两]")


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
    scores: dict[int, float] = {}
    by_numbers: set[int] = set()
    seen: set[int] = set()
    for pieces, count in _STEPS:
        if index is None:
            ids: Sequence[int] = [unit_id for unit_id, _, _ in store.sides()]
        else:
            ids = index.candidates(folded, query.language, pieces=pieces, limit=count)
        found = dict(store.texts([unit_id for unit_id in ids if unit_id not in seen], query.language))
        texts = [(unit_id, segment_key(found[unit_id])) for unit_id in ids if unit_id in found]
        seen.update(ids)
        scores.update(_scores(folded, texts, query.language, lowest))
        if _DIGITS.search(folded):
            # Sentences that differ in their numbers only share all else, so they are among the first.
            looked_at = texts if index is None else texts[:_NUMBERS_AMONG]
            alike = [unit_id for unit_id, text in looked_at if differ_in_numbers_only(folded, text)]
            scores.update(dict.fromkeys(alike, 1 - NUMBER_PENALTY))
            by_numbers.update(alike)
        if index is None or any(value >= _NEAR for value in scores.values()):
            break
    best = sorted(scores, key=lambda unit_id: (-scores[unit_id], unit_id))[: limit + 5]
    units = store.units(best)
    matches = [
        _match(query, units[segment.unit_id], segment, scores[segment.unit_id], numbers_differ=segment.unit_id in by_numbers)
        for segment in store.segments(best)
    ]
    order = {"context": 0, "exact": 1, "fuzzy": 2}
    matches.sort(key=lambda match: (-match.score, order[match.kind], match.unit.id))
    return [match for match in matches if match.score >= lowest][:limit]


def _scores(folded: str, texts: "list[tuple[int, str]]", language: Language, lowest: float) -> dict[int, float]:
    """Unit -> score of those that reach the lowest."""
    if language == "en":
        scored = ((unit_id, score(folded, text, language)) for unit_id, text in texts)
        return {unit_id: value for unit_id, value in scored if value >= lowest}
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    choices = dict(texts)
    found = process.extract(folded, choices, scorer=Levenshtein.normalized_similarity, score_cutoff=lowest, limit=None)
    return {unit_id: value for _, value, unit_id in found}


def _match(query: Query, unit: Unit, segment: Segment, value: float, *, numbers_differ: bool) -> Match:
    english = unit.source_lang.startswith("en")
    stored = english == (query.language == "en")
    source, target = (unit.source, unit.target) if stored else (unit.target, unit.source)
    same = source.strip() == query.text.strip()
    if not same:
        value = min(value, SCRIPT_CEILING)
    value -= segment.penalty
    kind: MatchKind = "exact" if same and not segment.penalty else "fuzzy"
    neighbours = (segment.before_key, segment.after_key)
    if kind == "exact" and any(neighbours) and neighbours == (query.before_key, query.after_key):
        kind = "context"
    other_script = query.language == "zh" and {detect_script(query.text), detect_script(source)} == {"Hans", "Hant"}
    substituted = ""
    if numbers_differ:
        from tm.substitution import with_query_numbers

        tag = unit.target_lang if stored else unit.source_lang
        substituted = with_query_numbers(query.text, source, target, query.language, tag) or ""
    return Match(unit, kind, round(value, 4), source, target, other_script, numbers_differ, substituted)


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
