"""Checking the term base as a whole: concepts that are the same, contradict each other, or are written wrongly.

The rules compare concepts that share a Chinese term (glossary.pair_rules), a concept's own forms (glossary.form_rules), and
terms that contain each other (glossary.containment). Rejected concepts take no part.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Final

from glossary.concept import Concept
from glossary.containment import contained_findings
from glossary.findings import FINDING_KINDS, Finding, FindingKind, shipped_explanations, sorted_findings
from glossary.form_rules import script_findings, status_findings
from glossary.pair_rules import pair_finding
from glossary.store import Filter, Progress, TermStore
from lang.fold import term_key

_USED: Final = Filter(states=("approved", "proposed"))
_SLICE: Final = 500
# A term that more concepts share than this is a word of many meanings; comparing each with each would not end.
_MOST_SHARING: Final = 60


def find_conflicts(
    store: TermStore, kinds: Collection[FindingKind] = FINDING_KINDS, *, explained: bool = False, progress: Progress | None = None
) -> list[Finding]:
    """What is to be settled in a term base, worst first; findings marked as explained only if asked for.

    `progress` hears how many concepts have been read. `unused` is not among what is found here: see unused_findings.
    """
    findings: list[Finding] = []
    sharing: dict[str, list[int]] = defaultdict(list)
    domains: dict[int, str] = {}
    for count, concept in enumerate(store.listing(_USED), start=1):
        findings.extend(_own_findings(concept, kinds))
        domains[concept.id] = concept.domain
        for key in {term_key(term.text) for term in concept.terms if term.language == "zh"}:
            sharing[key].append(concept.id)
        if progress and count % 1_000 == 0:
            progress(count)
    findings.extend(_pair_findings(store, sharing, kinds))
    if "contained" in kinds:
        findings.extend(contained_findings(store, sharing, domains))
    if not explained:
        known = store.explained().keys() | shipped_explanations().keys()
        findings = [finding for finding in findings if finding.text not in known]
    return sorted_findings(findings)


def conflicts_among(concepts: Iterable[Concept]) -> list[Finding]:
    """The same for a few concepts, without terms that contain each other."""
    found = list(concepts)
    findings = [finding for concept in found for finding in _own_findings(concept, FINDING_KINDS)]
    pairs = (pair_finding(first, second) for first, second in combinations(sorted(found, key=lambda c: c.id), 2))
    return sorted_findings([*findings, *filter(None, pairs)])


def _own_findings(concept: Concept, kinds: Collection[FindingKind]) -> Iterator[Finding]:
    if "script" in kinds:
        yield from script_findings(concept)
    if "status" in kinds:
        yield from status_findings(concept)


def _pair_findings(store: TermStore, sharing: dict[str, list[int]], kinds: Collection[FindingKind]) -> Iterator[Finding]:
    pairs = sorted({pair for ids in sharing.values() if 1 < len(ids) <= _MOST_SHARING for pair in combinations(sorted(ids), 2)})
    for start in range(0, len(pairs), _SLICE):
        part = pairs[start : start + _SLICE]
        concepts = store.concepts(sorted({concept_id for pair in part for concept_id in pair}))
        for first, second in part:
            finding = pair_finding(concepts[first], concepts[second])
            if finding and finding.kind in kinds:
                yield finding


def unused_findings(store: TermStore, used: Collection[int]) -> list[Finding]:
    """Concepts none of whose terms was met: `used` has the ids of those that were."""
    return [
        Finding(
            "unused",
            "note",
            (concept,),
            next((term.text for term in concept.terms), ""),
            "none of its terms stands in the memory or in the texts given",
            f"yuqiao delete {concept.id}",
            tuple(concept.texts("en")[:1]),
        )
        for concept in store.listing(_USED)
        if concept.id not in used
    ]
