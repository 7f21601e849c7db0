"""Term accuracy of a whole translation: how many of the expected occurrences are rendered, how consistently, and what too often.

An expected occurrence is one in the source (see scoring.expected_terms); what became of it is judged by scoring.terms. With e
the expected occurrences of a concept in a segment and f those that are rendered there, at most e of them count:

    strict   = sum of min(f, e) over renderings that are preferred / sum of e
    accepted = the same over preferred and admitted ones
    lenient  = the same with those inflected, hyphenated, spaced, capitalised or in another script
    over-use = sum of max(f - e, 0) over accepted renderings / sum of e

Micro figures are over all occurrences; macro figures are means of the concepts' own shares, so that one frequent term does not
outweigh a hundred rare ones. These go back to the exact-match accuracy of Anastasopoulos et al. (2021), On the evaluation of
machine translation for terminology consistency, and to the success rate of the WMT25 terminology task (scoring.wmt25), with
overlaps, clipping and places settled. Appending a glossary to a translation raises over-use, not accuracy.

Consistency is that of the WMT25 task, with the term base's renderings in place of aligned ones: for a concept with two or more
rendered occurrences the share of its most frequent rendering; micro weighs concepts by occurrences, macro does not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from lang.fold import term_key
from lang.inflection import english_key
from lang.script import has_han
from scoring.expected_terms import ExpectedTerm, ExpectedTerms
from scoring.intervals import wilson
from scoring.terms import OUTCOMES, SegmentTerms, TermOutcome, confirmed, judge_segment

Row = tuple[int, int, int, int, int, int, int]
"""(strict, accepted, lenient, deprecated, missed, expected, over-used): each of the first three includes the one before."""

# Over-use above this share, which no translation of the WMT25 task comes near, says that terms were put in for the score.
STUFFED: Final = 0.25
_LISTED: Final = 0.02
_EVERY: Final = 1000


@dataclass(frozen=True, slots=True)
class Share:
    """hits of total, with the ends of its Wilson interval; `value` is None where nothing was expected. All in [0, 1]."""

    hits: int
    total: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share itself."""
        return self.hits / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Accuracy:
    """The figures of some occurrences. Macro figures are None where nothing was expected."""

    strict: Share
    accepted: Share
    lenient: Share
    deprecated: int
    missed: int
    expected: int
    over_used: int
    concepts: int
    macro_strict: float | None
    macro_accepted: float | None
    macro_lenient: float | None

    @property
    def over_use(self) -> float | None:
        """Over-used renderings by expected occurrence."""
        return self.over_used / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class TermFigures:
    """One concept: how often expected, what became of it, where it was missed (0-based segments), and how it was rendered.

    `renderings` holds each rendering with the segments it was used in, the most frequent first; inflected forms and the
    other script are one rendering.
    """

    concept: str
    source_text: str
    domain: str
    accepted: tuple[str, ...]
    expected: int
    outcomes: dict[TermOutcome, int]
    over_used: int
    missed_in: tuple[int, ...]
    renderings: dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Consistency:
    """Shares of the most frequent rendering, in [0, 1], None where no concept is rendered twice; `varied` are the concepts with
    two or more renderings.
    """

    micro: float | None
    macro: float | None
    concepts: int
    varied: tuple[TermFigures, ...]


@dataclass(frozen=True, slots=True)
class TermReport:
    """All of a system's term figures; `segments` holds the verdicts, one judgement a segment."""

    overall: Accuracy
    by_domain: dict[str, Accuracy]
    terms: tuple[TermFigures, ...]
    consistency: Consistency
    segments: tuple[SegmentTerms, ...]
    warnings: tuple[str, ...] = field(default=())

    @property
    def statistics(self) -> list[Row]:
        """One row a segment; sums of rows give micro figures, so resampling needs nothing else."""
        return [segment.row() for segment in self.segments]


def expected_in(
    terms: ExpectedTerms, sources: Sequence[str], references: Sequence[Sequence[str]] = ()
) -> list[list[ExpectedTerm]]:
    """For each segment the terms expected in its translation; with references only those of concepts that one of them renders.

    A term base knows one sense of a word and a text may mean another; `scoring.terms.confirmed` says more.
    """
    expected = list(terms.expected(sources))
    if not references:
        return expected
    by_reference = [confirmed(expected, sources, reference) for reference in references]
    return [list(dict.fromkeys(term for kept in segment for term in kept)) for segment in zip(*by_reference, strict=True)]


def judge_terms(
    expected: Sequence[Sequence[ExpectedTerm]],
    sources: Sequence[str],
    hypotheses: Sequence[str],
    progress: Callable[[int], None] | None = None,
) -> list[SegmentTerms]:
    """Judge each segment; ValueError unless all are of one length. `progress` is told now and then how many are done."""
    judged: list[SegmentTerms] = []
    for wanted, source, hypothesis in zip(expected, sources, hypotheses, strict=True):
        judged.append(judge_segment(wanted, source, hypothesis))
        if progress and len(judged) % _EVERY == 0:
            progress(len(judged))
    return judged


def report(segments: Sequence[SegmentTerms], confidence: float = 0.95) -> TermReport:
    """The figures of judged segments, with intervals at this confidence."""
    tally = _Tally()
    for number, segment in enumerate(segments):
        tally.add(number, segment)
    figures = tuple(sorted(tally.figures(), key=lambda term: (-len(term.missed_in), -term.expected, term.concept)))
    domains = sorted({term.domain for term in figures if term.domain})
    return TermReport(
        _accuracy(figures, confidence),
        {domain: _accuracy([term for term in figures if term.domain == domain], confidence) for domain in domains},
        figures,
        consistency_of(figures),
        tuple(segments),
        tuple(_warnings(segments)),
    )


def consistency_of(figures: Iterable[TermFigures]) -> Consistency:
    """How consistently concepts with two or more rendered occurrences are rendered."""
    most = total = 0
    shares: list[float] = []
    varied: list[TermFigures] = []
    for term in figures:
        counts = [len(segments) for segments in term.renderings.values()]
        if sum(counts) < 2:
            continue
        most += max(counts)
        total += sum(counts)
        shares.append(max(counts) / sum(counts))
        if len(counts) > 1:
            varied.append(term)
    return Consistency(most / total if total else None, sum(shares) / len(shares) if shares else None, len(shares), tuple(varied))


class _Tally:
    """What became of each concept, segment by segment."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str, tuple[str, ...]]] = {}
        self._outcomes: dict[str, Counter[TermOutcome]] = defaultdict(Counter)
        self._over_used: Counter[str] = Counter()
        self._missed: dict[str, list[int]] = defaultdict(list)
        # Concept -> key of a rendering -> what it looked like, and the segments it was used in.
        self._renderings: dict[str, dict[str, tuple[Counter[str], list[int]]]] = defaultdict(dict)

    def add(self, number: int, segment: SegmentTerms) -> None:
        for verdict in segment.verdicts:
            self._first.setdefault(verdict.concept, (verdict.source_text, verdict.domain, verdict.renderings))
            self._outcomes[verdict.concept][verdict.outcome] += 1
            if verdict.outcome == "missed":
                self._missed[verdict.concept].append(number)
                continue
            text = verdict.target_text
            key = term_key(text) if has_han(text) else english_key(text)
            seen, segments = self._renderings[verdict.concept].setdefault(key, (Counter(), []))
            seen[text] += 1
            segments.append(number)
        for over_use in segment.over_used:
            self._over_used[over_use.concept] += 1

    def figures(self) -> Iterable[TermFigures]:
        for concept, (source_text, domain, accepted) in self._first.items():
            outcomes = self._outcomes[concept]
            by_frequency = sorted(self._renderings[concept].values(), key=lambda item: -len(item[1]))
            yield TermFigures(
                concept,
                source_text,
                domain,
                accepted,
                outcomes.total(),
                {outcome: outcomes[outcome] for outcome in OUTCOMES},
                self._over_used[concept],
                tuple(self._missed[concept]),
                {seen.most_common(1)[0][0]: tuple(segments) for seen, segments in by_frequency},
            )


def _accuracy(figures: Sequence[TermFigures], confidence: float) -> Accuracy:
    hits = [_hits(term) for term in figures]
    expected = sum(term.expected for term in figures)

    def share(which: int) -> Share:
        found = sum(hit[which] for hit in hits)
        return Share(found, expected, *wilson(found, expected, confidence))

    def macro(which: int) -> float | None:
        return sum(hit[which] / term.expected for hit, term in zip(hits, figures, strict=True)) / len(hits) if hits else None

    return Accuracy(
        share(0),
        share(1),
        share(2),
        sum(term.outcomes["deprecated"] for term in figures),
        sum(term.outcomes["missed"] for term in figures),
        expected,
        sum(term.over_used for term in figures),
        len(figures),
        macro(0),
        macro(1),
        macro(2),
    )


def _hits(term: TermFigures) -> tuple[int, int, int]:
    strict = term.outcomes["preferred"]
    accepted = strict + term.outcomes["admitted"]
    return strict, accepted, accepted + term.outcomes["lenient"]


def _warnings(segments: Sequence[SegmentTerms]) -> Iterable[str]:
    expected = sum(len(segment.verdicts) for segment in segments)
    over_used = sum(len(segment.over_used) for segment in segments)
    listed = [number for number, segment in enumerate(segments, start=1) if segment.listed]
    if not expected:
        return
    if over_used > STUFFED * expected:
        yield (
            f"Expected renderings stand {over_used:,} times where the source has no term ({over_used / expected:.0%} of"
            f" {expected:,}): terms may have been put in for the score."
        )
    if sum(segment.listed for segment in segments) > _LISTED * expected:
        first = ", ".join(map(str, listed[:5])) + (" ..." if len(listed) > 5 else "")
        yield f"Segments end or begin in lists of terms that the source does not have (segment {first}): they do not count."
