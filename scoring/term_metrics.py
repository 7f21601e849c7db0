"""Term accuracy as metrics: ours, per occurrence, and the success rate of the WMT25 terminology task."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import numpy as np

from lang.errors import UnsupportedError
from scoring.expected_terms import DictionaryTerms, ExpectedTerms
from scoring.material import Material
from scoring.metric import Finding, Floats, Metric, Progress
from scoring.term_accuracy import Accuracy, Share, TermFigures, TermReport, expected_in, judge_terms, report
from scoring.terms import SegmentTerms, TermVerdict
from scoring.wmt25 import success_counts

_DEFINITION: Final = (
    "occurrences of the source's terms rendered by a preferred or admitted term, inflected, hyphenated, cased, spaced or in the"
    " other script too / occurrences, with a reference only of concepts it renders; longest match, each rendering counted once,"
    " clipped to the source's count"
)
_WMT25_DEFINITION: Final = (
    "mean over segments and dictionary entries (source term in the source, a rendering in the reference) of"
    " min(1, count of renderings in the translation / count of the source term in the source), lower-cased substrings"
)
_MOST_TERMS: Final = 200


def _terms_of(material: Material, metric: str) -> ExpectedTerms:
    if material.terms is None:
        raise UnsupportedError(f"{metric} needs a list of terms.", "Give one with --terms.")
    return material.terms


class Terms(Metric):
    """Term accuracy over the occurrences of the source's terms; scoring.term_accuracy has the definitions."""

    name: ClassVar = "terms"
    label: ClassVar = "terms"
    scale: ClassVar = "ratio"
    score_field: ClassVar = "accuracy"

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self._terms = _terms_of(material, "terms")
        self._judged: dict[str, list[SegmentTerms]] = {}
        self._reports: dict[str, TermReport] = {}

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """Columns are strict, accepted and lenient hits, deprecated, missed, expected, over-used."""
        source = self.material.source
        assert source is not None, "the terms metric needs a source"
        expected = expected_in(self._terms, source, self.material.references)
        found: dict[str, Floats] = {}
        for at, (system, segments) in enumerate(self.material.systems.items()):
            before = at * len(self.material)
            judged = judge_terms(expected, source, segments, lambda done, before=before: progress(before + done))  # type: ignore[misc]
            self._judged[system] = judged
            found[system] = np.array([segment.row() for segment in judged], np.float64)
            progress(before + len(judged))
        return found

    def scores(self, sums: Floats) -> Floats:
        """Lenient hits / expected, nan where no term is expected."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(sums[..., 5] > 0, sums[..., 2] / sums[..., 5], np.nan)
        return found

    def signature(self) -> str:
        """Where terms come from, how they are counted, and by which version."""
        from importlib.metadata import version

        confirmed = "reference" if self.material.references else "no"
        how = f"confirmed:{confirmed}|count:occurrences|match:longest|clip:source"
        return f"terms:{self._terms.name}|{how}|version:{version('yuqiao')}"

    def proportion(self, statistics: Floats) -> tuple[int, int]:
        """(lenient hits, expected occurrences)."""
        sums = statistics.sum(axis=0).tolist()
        return int(sums[2]), int(sums[5])

    def warnings(self, system: str) -> Sequence[str]:
        """Whether terms seem to have been put in for the score."""
        return [f"{system}: {warning}" for warning in self._report(system).warnings]

    def details(self, system: str, statistics: Floats) -> dict[str, Any]:
        """Strict, accepted and macro figures, counts, over-use, consistency, domains, and the terms missed most."""
        made = self._report(system)
        overall, consistency = made.overall, made.consistency
        hits, total = self.proportion(statistics)
        return {
            "hits": hits,
            "total": total,
            **_accuracy_json(overall),
            "consistency": {
                "micro": consistency.micro,
                "macro": consistency.macro,
                "concepts": consistency.concepts,
                "varied": [_term_json(term) for term in consistency.varied[:_MOST_TERMS]],
            },
            "domains": {domain: {"total": one.expected, **_accuracy_json(one)} for domain, one in made.by_domain.items()},
            "terms": [_term_json(term) for term in made.terms[:_MOST_TERMS]],
            "source": self._terms.name,
            "definition": _DEFINITION,
        }

    def findings(self, system: str, segment: int) -> Sequence[Finding]:
        """A finding an expected occurrence, and one for each rendering that is over-used; deprecated ones are grave."""
        judged = self._judged[system][segment]
        found = [_finding(verdict) for verdict in judged.verdicts]
        found += [
            Finding(
                "terms",
                "over-used",
                f"{use.text} stands once more than the source calls for",
                None,
                (use.start, use.end),
                fault=False,
            )
            for use in judged.over_used
        ]
        return found

    def _report(self, system: str) -> TermReport:
        if system not in self._reports:
            self._reports[system] = report(self._judged[system])
        return self._reports[system]


def _accuracy_json(one: Accuracy) -> dict[str, Any]:
    return {
        "strict": one.strict.value,
        "accepted": one.accepted.value,
        "lenient": one.lenient.value,
        "wilson": _bounds(one.lenient),
        "deprecated": one.deprecated,
        "missed": one.missed,
        "over_used": one.over_used,
        "over_use": one.over_use,
        "concepts": one.concepts,
        "macro": {"strict": one.macro_strict, "accepted": one.macro_accepted, "lenient": one.macro_lenient},
    }


def _bounds(share: Share) -> list[float]:
    return [share.low, share.high]


def _term_json(term: TermFigures) -> dict[str, Any]:
    return {
        "concept": term.concept,
        "source": term.source_text,
        "domain": term.domain,
        "renderings": list(term.accepted[:5]),
        "expected": term.expected,
        **{str(outcome): count for outcome, count in term.outcomes.items()},
        "over_used": term.over_used,
        "missed_in": [segment + 1 for segment in term.missed_in],
        "found": {text: [segment + 1 for segment in segments] for text, segments in term.renderings.items()},
    }


def _finding(verdict: TermVerdict) -> Finding:
    usual = " or ".join(verdict.renderings[:3])
    said = {
        "preferred": f"{verdict.source_text}: {verdict.target_text}",
        "admitted": f"{verdict.source_text}: {verdict.target_text}, admitted beside {usual}",
        "lenient": f"{verdict.source_text}: {verdict.target_text}, for {usual}",
        "deprecated": f"{verdict.target_text} is not to be used for {verdict.source_text}; expected {usual}",
        "missed": f"{verdict.source_text} is not rendered as {usual}",
    }[verdict.outcome]
    target = None
    if verdict.target_start is not None and verdict.target_end is not None:
        target = verdict.target_start, verdict.target_end
    return Finding(
        "terms",
        verdict.outcome,
        said,
        (verdict.source_start, verdict.source_end),
        target,
        fault=verdict.outcome in ("deprecated", "missed"),
        grave=verdict.outcome == "deprecated",
    )


class Wmt25Terms(Metric):
    """The success rate of the WMT25 terminology task, as its organisers count; see scoring.wmt25 for what it is worth."""

    name: ClassVar = "wmt25-terms"
    label: ClassVar = "WMT25 terms"
    scale: ClassVar = "ratio"
    score_field: ClassVar = "success_rate"

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        terms = _terms_of(material, self.name)
        if not isinstance(terms, DictionaryTerms):
            raise UnsupportedError("wmt25-terms needs a dictionary for each segment.", "Give them with --terms FILE.jsonl#FIELD.")
        self._dictionaries = terms.dictionaries

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """Columns are the sum of the entries' ratios and the number of entries."""
        source = self.material.source
        assert source is not None, "wmt25-terms needs a source"
        found: dict[str, Floats] = {}
        for system, segments in self.material.systems.items():
            counts = success_counts(source, segments, self.material.references[0], self._dictionaries)
            found[system] = np.array(counts, np.float64)
            progress(len(found) * len(self.material))
        return found

    def scores(self, sums: Floats) -> Floats:
        """The mean ratio, nan where no entry counts."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)
        return found

    def signature(self) -> str:
        """The task's definition has no options."""
        return "task:wmt25-terminology-track2|case:lower|count:substring"

    def details(self, system: str, statistics: Floats) -> dict[str, Any]:
        """The number of entries, and the definition."""
        del system
        return {"total": int(statistics[:, 1].sum()), "definition": _WMT25_DEFINITION}
