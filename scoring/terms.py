"""How a translation renders the terms expected of it: each occurrence judged by itself, and what is rendered too often.

The renderings of all expected concepts are looked for together: where two overlap the longer one stands, so 外匯基金 inside
外匯基金諮詢委員會 renders nothing by itself; each place renders one occurrence. Where a segment has several lines, a rendering
counts only in the lines that translate those of its term (see scoring.placement).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from scoring.expected_terms import ExpectedConcept, ExpectedTerm
from scoring.placement import Lines, corresponding_lines, list_at_end, longest_list, only_separators, plausible_length
from scoring.spotting import Occurrence, Passage, Spelling, leftmost_longest, spelling

TermOutcome = Literal["preferred", "admitted", "lenient", "deprecated", "missed"]
OUTCOMES: Final[tuple[TermOutcome, ...]] = ("preferred", "admitted", "lenient", "deprecated", "missed")


@dataclass(frozen=True, slots=True)
class TermVerdict:
    """What became of one expected occurrence, source[source_start:source_end].

    `lenient` is an accepted rendering inflected, hyphenated, spaced, capitalised or in another script; `deprecated` one not to
    be used. target_start and target_end bound what rendered it in the hypothesis, and are None where nothing did.
    """

    outcome: TermOutcome
    source_start: int
    source_end: int
    source_text: str
    concept: str
    domain: str
    renderings: tuple[str, ...]
    target_start: int | None = None
    target_end: int | None = None
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class OverUse:
    """An accepted rendering, hypothesis[start:end], that no occurrence in the source calls for."""

    start: int
    end: int
    text: str
    concept: str
    domain: str


@dataclass(frozen=True, slots=True)
class SegmentTerms:
    """The judgement of one segment: a verdict for each expected occurrence, in order, and what is over-used.

    `listed` counts the over-used places that stand in a mere list of terms, as where a glossary was appended.
    """

    verdicts: tuple[TermVerdict, ...]
    over_used: tuple[OverUse, ...]
    listed: int = 0

    def row(self) -> tuple[int, int, int, int, int, int, int]:
        """(strict, accepted, lenient, deprecated, missed, expected, over-used): rows of segments add up.

        Each of strict, accepted (strict and admitted) and lenient (accepted and lenient) includes the one before.
        """
        found = Counter(verdict.outcome for verdict in self.verdicts)
        strict = found["preferred"]
        accepted = strict + found["admitted"]
        lenient = accepted + found["lenient"]
        return strict, accepted, lenient, found["deprecated"], found["missed"], len(self.verdicts), len(self.over_used)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place in the hypothesis that could render a concept, and how well: an index into OUTCOMES."""

    start: int
    end: int
    concept: ExpectedConcept
    quality: int


_Span = tuple[int, int]
_Assignment = dict[ExpectedConcept, list[tuple[_Span, int]]]
_Places = dict[_Span, list[_Candidate]]
_OPENING: Final = re.compile(r"\s*[(（]\s*[\"'“‘「『《]?")
_LENIENT: Final = OUTCOMES.index("lenient")
_DEPRECATED: Final = OUTCOMES.index("deprecated")


def judge_segment(expected: Sequence[ExpectedTerm], source: str, hypothesis: str) -> SegmentTerms:
    """Judge one segment; `expected` are the source's terms, in order."""
    if not expected:
        return SegmentTerms((), ())
    verdicts: list[TermVerdict] = []
    over_used: list[OverUse] = []
    listed = 0
    concepts = list(dict.fromkeys(term.concept for term in expected))
    for lines in corresponding_lines(source, hypothesis, lambda: _concept_places(expected, concepts, hypothesis)):
        terms = [term for term in expected if lines.source_start <= term.start < lines.source_end]
        judged = _Judge(lines, source, hypothesis).judge(terms, concepts)
        verdicts.extend(judged.verdicts)
        over_used.extend(judged.over_used)
        listed += judged.listed
    verdicts.sort(key=lambda verdict: verdict.source_start)
    return SegmentTerms(tuple(verdicts), tuple(over_used), listed)


def confirmed(
    expected: Sequence[Sequence[ExpectedTerm]], sources: Sequence[str], references: Sequence[str]
) -> list[list[ExpectedTerm]]:
    """For each segment the expected terms of those concepts that a reference renders as it should at least once.

    A term base knows one sense of a word, a text may mean another: where the reference never has the rendering, as the WMT25
    task does, nothing is expected.
    """
    kept: list[list[ExpectedTerm]] = []
    for terms, source, reference in zip(expected, sources, references, strict=True):
        verdicts = judge_segment(terms, source, reference).verdicts
        rendered = {verdict.concept for verdict in verdicts if verdict.outcome not in ("missed", "deprecated")}
        kept.append([term for term in terms if term.concept.key in rendered])
    return kept


def _concept_places(
    expected: Sequence[ExpectedTerm], concepts: Sequence[ExpectedConcept], hypothesis: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where which concepts stand in the source and in the hypothesis, by their numbers in `concepts`."""
    numbers = {concept: number for number, concept in enumerate(concepts)}
    found = _without_overlaps(_candidates(Counter(concepts), Passage(hypothesis)))
    return (
        [(term.start, numbers[term.concept]) for term in expected],
        [(span[0], numbers[candidate.concept]) for span, candidates in found.items() for candidate in candidates],
    )


class _Judge:
    """Judges the lines of a segment that belong together."""

    def __init__(self, lines: Lines, source: str, hypothesis: str) -> None:
        self._source = source[lines.source_start : lines.source_end]
        self._segment = source
        self._source_start = lines.source_start
        self._target = hypothesis[lines.target_start : lines.target_end]
        self._target_start = lines.target_start
        self._passage = Passage(self._target)

    def judge(self, terms: Sequence[ExpectedTerm], concepts: Sequence[ExpectedConcept]) -> SegmentTerms:
        """The verdicts of the lines' own terms, and what is over-used: `concepts` are those of the whole segment."""
        end = plausible_length(self._source, self._target)
        needed = Counter(term.concept for term in terms)
        # Behind all that can be translation any term of the segment is too much.
        sought = needed if end == len(self._target) else needed | Counter(dict.fromkeys(concepts, 1))
        if not sought:
            return SegmentTerms((), ())
        candidates = list(_candidates(sought, self._passage))
        places = _without_overlaps(candidates)
        listed = {span for span in places if span[1] > end}
        assigned, spare = _assigned(places, needed, listed)
        # What is spare shows whether a list of terms was put at an end.
        run = self._list_at_end(sorted(places), spare, terms)
        if run:
            listed |= run
            assigned, spare = _assigned(places, needed, listed)
        self._add_shared(terms, assigned, candidates)
        over_used = self._over_used(sorted(spare), places, listed, terms)
        return SegmentTerms(tuple(self._verdicts(terms, assigned)), over_used, len(listed))

    def _list_at_end(self, spans: Sequence[_Span], spare: set[_Span], terms: Sequence[ExpectedTerm]) -> set[_Span]:
        in_source = [(term.start - self._source_start, term.end - self._source_start) for term in terms]
        run = list_at_end(spans, self._target, lambda place: spans[place] in spare, lambda: longest_list(in_source, self._source))
        return {spans[place] for place in run}

    def _verdicts(self, terms: Sequence[ExpectedTerm], assigned: _Assignment) -> Iterator[TermVerdict]:
        """Verdicts in the order of the source; each rendering goes with the occurrence it stands nearest to."""
        by_term: dict[int, tuple[_Span, int]] = {}
        for concept, given in assigned.items():
            own = [place for place, term in enumerate(terms) if term.concept == concept]
            at = [(terms[place].start - self._source_start) / len(self._source) for place in own]
            for place, found in zip(
                _nearest(at, [span[0] / len(self._target) for span, _ in sorted(given)]), sorted(given), strict=True
            ):
                by_term[own[place]] = found
        for place, term in enumerate(terms):
            concept = term.concept
            start = end = None
            text = ""
            outcome: TermOutcome = "missed"
            if place in by_term:
                (first, last), quality = by_term[place]
                start, end = first + self._target_start, last + self._target_start
                text, outcome = self._target[first:last], OUTCOMES[quality]
            yield TermVerdict(
                outcome, term.start, term.end, term.text, concept.key, concept.domain, tuple(concept.accepted), start, end, text
            )

    def _add_shared(self, terms: Sequence[ExpectedTerm], assigned: _Assignment, candidates: Sequence[_Candidate]) -> None:
        """What one phrase renders together: anti-money laundering and counter-terrorist financing (AML/CFT).

        Where the rendering of a term in parentheses holds those of the terms before it, it renders them too.
        """
        for place in range(1, len(terms)):
            holder = terms[place]
            if not self._in_parentheses(terms, place) or holder.concept not in assigned:
                continue
            first = place - 1
            while first > 0 and only_separators(self._segment, terms[first - 1].end, terms[first].start):
                first -= 1
            for term in terms[first:place]:
                if len(assigned.get(term.concept, ())) >= sum(other.concept == term.concept for other in terms):
                    continue
                inside = [
                    ((c.start, c.end), c.quality)
                    for c in candidates
                    if c.concept == term.concept
                    and any(start <= c.start and c.end <= end for (start, end), _ in assigned[holder.concept])
                ]
                new = [found for found in inside if found not in assigned.get(term.concept, ())]
                if new:
                    assigned.setdefault(term.concept, []).append(min(new, key=lambda found: found[1]))

    def _in_parentheses(self, terms: Sequence[ExpectedTerm], place: int) -> bool:
        return _OPENING.fullmatch(self._segment, terms[place - 1].end, terms[place].start) is not None

    def _over_used(
        self,
        spare: Sequence[_Span],
        places: _Places,
        listed: set[_Span],
        terms: Sequence[ExpectedTerm],
    ) -> tuple[OverUse, ...]:
        """The spare places of accepted renderings that nothing in the source explains.

        A term that stands inside a longer one of the source, or in parentheses as its short form, is not expected, but may
        well be rendered.
        """
        if not spare:
            return ()
        source = Passage(self._source)
        allowed: dict[ExpectedConcept, int] = {}
        over_used: list[OverUse] = []
        for span in spare:
            candidates = [candidate for candidate in places[span] if candidate.quality < _DEPRECATED]
            if not candidates or (span not in listed and self._is_apposition(span, places)):
                continue
            for candidate in candidates:
                if candidate.concept not in allowed:
                    allowed[candidate.concept] = _occurrences(candidate.concept, source) - sum(
                        term.concept == candidate.concept for term in terms
                    )
            explained = [candidate.concept for candidate in candidates if allowed[candidate.concept] > 0]
            if explained and span not in listed:
                allowed[explained[0]] -= 1
                continue
            concept = candidates[0].concept
            start, end = span[0] + self._target_start, span[1] + self._target_start
            over_used.append(OverUse(start, end, self._target[slice(*span)], concept.key, concept.domain))
        return tuple(over_used)

    def _is_apposition(self, span: _Span, places: _Places) -> bool:
        """Whether a place is one of two names of a concept, of which the second stands in parentheses."""
        here = {candidate.concept for candidate in places[span]}
        for other, candidates in places.items():
            first, second = sorted((span, other))
            if (
                first != second
                and _OPENING.fullmatch(self._target, first[1], second[0])
                and not here.isdisjoint(candidate.concept for candidate in candidates)
            ):
                return True
        return False


def _candidates(needed: "Counter[ExpectedConcept]", passage: Passage) -> Iterator[_Candidate]:
    for concept, wanted in needed.items():
        found = 0
        spellings = [(ready, OUTCOMES.index(r.status)) for r in concept.renderings if (ready := spelling(r.text)) is not None]
        for ready, quality in spellings:
            for start, end, exact in passage.find(ready):
                found += 1
                yield _Candidate(start, end, concept, quality if exact or quality == _DEPRECATED else _LENIENT)
        if found < wanted:
            for ready, quality in spellings:
                for start, end, _ in _loose_occurrences(ready, concept, passage):
                    yield _Candidate(start, end, concept, max(quality, _LENIENT))


def _loose_occurrences(wanted: Spelling, concept: ExpectedConcept, passage: Passage) -> Iterator[Occurrence]:
    yield from passage.find_loosely(wanted)
    for found in passage.find_parts(wanted):
        # An acronym that stays as it was in the source is not rendered.
        if passage.text[found.start : found.end].casefold() not in (text.casefold() for text in concept.spellings):
            yield found


def _without_overlaps(candidates: Iterable[_Candidate]) -> _Places:
    """The places that remain when longer ones win over those they overlap, in order, each with what it could render."""
    by_span: dict[_Span, dict[ExpectedConcept, _Candidate]] = {}
    for candidate in candidates:
        at = by_span.setdefault((candidate.start, candidate.end), {})
        known = at.get(candidate.concept)
        if known is None or candidate.quality < known.quality:
            at[candidate.concept] = candidate
    kept: list[_Span] = []
    for span in sorted(by_span, key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept):
            kept.append(span)
    return {span: list(by_span[span].values()) for span in sorted(kept)}


def _assigned(places: _Places, needed: "Counter[ExpectedConcept]", listed: set[_Span]) -> tuple[_Assignment, set[_Span]]:
    """Give each place that is not listed to a concept that still needs one, and say which places are left.

    The best renderings go first, and of those the places that have no choice.
    """
    open_needs = Counter(needed)
    assigned: _Assignment = {}
    spare = set(places)
    order = sorted(places.items(), key=lambda item: (min(c.quality for c in item[1]), len(item[1]), item[0]))
    for span, candidates in order:
        wanting = [candidate for candidate in candidates if open_needs[candidate.concept] > 0]
        if wanting and span not in listed:
            best = min(wanting, key=lambda candidate: candidate.quality)
            open_needs[best.concept] -= 1
            assigned.setdefault(best.concept, []).append((span, best.quality))
            spare.discard(span)
    return assigned, spare


def _occurrences(concept: ExpectedConcept, source: Passage) -> int:
    """How often the concept's terms stand in the source, also inside longer terms."""
    spans = [
        (start, end)
        for text in concept.spellings
        if (ready := spelling(text)) is not None
        for start, end, _ in source.find(ready)
    ]
    return len(leftmost_longest(spans))


def _nearest(wanted: Sequence[float], found: Sequence[float]) -> list[int]:
    """For each place found, in order, which of the places wanted it goes with: in order, least apart altogether.

    Both are relative, in [0, 1], and ascending; no more are found than wanted.
    """
    if len(found) == len(wanted):
        return list(range(len(found)))
    # costs[i][j]: the least distance of the first i found within the first j wanted.
    costs = [[0.0] * (len(wanted) + 1)]
    for i, place in enumerate(found):
        row = [float("inf")] * (len(wanted) + 1)
        for j, other in enumerate(wanted):
            row[j + 1] = min(row[j], costs[i][j] + abs(place - other))
        costs.append(row)
    chosen: list[int] = []
    j = len(wanted)
    for i in range(len(found), 0, -1):
        while j > i and costs[i][j] == costs[i][j - 1]:
            j -= 1
        j -= 1
        chosen.append(j)
    return chosen[::-1]
