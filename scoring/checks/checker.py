"""The check of a whole translation: rules for single pairs, terms, numbers, and what shows only across pairs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lang.fold import fold
from lang.script import script_counts
from scoring.checks.issue import SEVERITIES, Fault, Issue, Language, Pair, Severity
from scoring.checks.rules import RULES

if TYPE_CHECKING:
    from scoring.expected_terms import ExpectedTerms

# Rules that need more than a pair: name -> (severity, what it is about).
_FURTHER: Final[dict[str, tuple[Severity, str]]] = {
    "number-scaled": ("error", "a number off by a power of ten, the 萬/億 slip"),
    "number-wrong": ("error", "a number with another value or unit"),
    "number-missing": ("warning", "a number of the source that the translation does not have"),
    "number-invented": ("warning", "a number that the source does not have"),
    "term-deprecated": ("error", "a rendering that the term base says not to use"),
    "term-missed": ("warning", "a term that is not rendered as the term base has it"),
    "inconsistent": ("warning", "the same source translated in different ways"),
    "same-translation": ("note", "different sources with the same translation"),
    "mixed-script": ("warning", "simplified characters in traditional text, or the other way round"),
}
RULE_NAMES: Final[dict[str, tuple[Severity, str]]] = {
    **{rule.name: (rule.severity, rule.what) for rule in RULES},
    **_FURTHER,
}
"""Every rule: name -> (severity, what it is about)."""

# A text is taken to be in one script when so much of what tells scripts apart is.
_ONE_SCRIPT: Final = 0.9
_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are asked for: `only` these where any are named, never those `ignored`; issues of at least `lowest`.

    `accepted` are fingerprints of issues that were looked at and are to stay.
    """

    only: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    lowest: Severity = "note"
    accepted: frozenset[str] = frozenset()

    def wants(self, rule: str) -> bool:
        """Whether a rule is to be looked at."""
        severity, _ = RULE_NAMES[rule]
        if rule in self.ignored or (self.only and rule not in self.only):
            return False
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.lowest)


def check(
    pairs: Sequence[Pair],
    target: Language,
    *,
    terms: "ExpectedTerms | None" = None,
    selection: Selection | None = None,
    progress: Callable[[int], None] | None = None,
) -> list[Issue]:
    """The issues of a translation, in the order of its pairs, and in a pair the grave ones first.

    `terms` are those expected (see scoring.expected_terms), none are looked for where it is None.
    """
    chosen = selection or Selection()
    found = list(_single(pairs, target, chosen, progress))
    if terms is not None and (chosen.wants("term-missed") or chosen.wants("term-deprecated")):
        found += _terms(pairs, terms)
    if target == "zh":
        found += _mixed_script(pairs)
    found += _inconsistent(pairs)
    kept = [issue for issue in found if chosen.wants(issue.rule)]
    if chosen.accepted:
        kept = [issue for issue in kept if issue.fingerprint not in chosen.accepted]
    return sorted(kept, key=lambda issue: (issue.pair.number, SEVERITIES.index(issue.severity), issue.span or (0, 0), issue.rule))


def _issue(rule: str, pair: Pair, fault: Fault) -> Issue:
    severity, _ = RULE_NAMES[rule]
    return Issue(rule, severity, fault.message, pair, fault.side, fault.span, fault.suggestion)


def _single(
    pairs: Sequence[Pair], target: Language, chosen: Selection, progress: Callable[[int], None] | None
) -> Iterator[Issue]:
    rules = [rule for rule in RULES if target in rule.languages and chosen.wants(rule.name)]
    numbers = any(chosen.wants(name) for name in _FURTHER if name.startswith("number-"))
    for done, pair in enumerate(pairs, start=1):
        for rule in rules:
            for fault in rule.find(pair):
                yield _issue(rule.name, pair, fault)
        if numbers and pair.source.strip() and pair.target.strip():
            yield from _numbers(pair, target)
        if progress and done % 100 == 0:
            progress(done)


def _numbers(pair: Pair, target: Language) -> Iterator[Issue]:
    from lang.quantities import write_quantity
    from scoring.numbers import judge_numbers

    for verdict in judge_numbers(pair.source, pair.target, "en" if target == "zh" else "zh"):
        if verdict.outcome == "right":
            continue
        source, there = verdict.source, verdict.target
        suggestion = write_quantity(source, verdict.target_language) if source and there else ""
        place = there or source
        assert place is not None, "a verdict has a quantity"
        span = place.start, place.end
        fault = Fault(_sentence(verdict.message), span, suggestion, "target" if there else "source")
        yield _issue(f"number-{verdict.outcome}", pair, fault)


def _terms(pairs: Sequence[Pair], terms: "ExpectedTerms") -> Iterator[Issue]:
    from scoring.terms import judge_segment

    sources = [pair.source for pair in pairs]
    for pair, expected in zip(pairs, terms.expected(sources), strict=True):
        if not pair.target.strip():
            continue
        for verdict in judge_segment(expected, pair.source, pair.target).verdicts:
            usual = " or ".join(verdict.renderings[:3])
            preferred = verdict.renderings[0] if verdict.renderings else ""
            if verdict.outcome == "deprecated" and verdict.target_start is not None and verdict.target_end is not None:
                message = f"{verdict.target_text} is not to be used for {verdict.source_text}; write {usual}."
                span = verdict.target_start, verdict.target_end
                yield _issue("term-deprecated", pair, Fault(message, span, preferred))
            elif verdict.outcome == "missed":
                message = f"{verdict.source_text} is not rendered as {usual}."
                span = verdict.source_start, verdict.source_end
                yield _issue("term-missed", pair, Fault(message, span, preferred, "source"))


def _mixed_script(pairs: Sequence[Pair]) -> Iterator[Issue]:
    """Characters of the script that the translation as a whole is not in."""
    simplified, traditional = script_counts("".join(pair.target for pair in pairs))
    total = simplified + traditional
    if not total or max(simplified, traditional) / total < _ONE_SCRIPT:
        if total:
            first = next(pair for pair in pairs if any(script_counts(pair.target)))
            message = f"The translation mixes {simplified:,} simplified with {traditional:,} traditional characters."
            yield _issue("mixed-script", first, Fault(message))
        return
    minority, word = (1, "traditional") if simplified > traditional else (0, "simplified")
    for pair in pairs:
        if not script_counts(pair.target)[minority]:
            continue
        odd = [at for at, char in enumerate(pair.target) if script_counts(char)[minority]]
        chars = "".join(dict.fromkeys(pair.target[at] for at in odd))
        yield _issue("mixed-script", pair, Fault(f"{chars}: {word} in a text of the other script.", (odd[0], odd[0] + 1)))


def _inconsistent(pairs: Sequence[Pair]) -> Iterator[Issue]:
    by_source: dict[str, dict[str, Pair]] = {}
    by_target: dict[str, dict[str, Pair]] = {}
    for pair in pairs:
        source, target = _bare(pair.source), _bare(pair.target)
        if not source or not target:
            continue
        known = by_source.setdefault(source, {})
        if known and target not in known:
            first = next(iter(known.values()))
            yield _issue("inconsistent", pair, Fault(f"Translated otherwise in {_where(first)}: {_short(first.target)}"))
        known.setdefault(target, pair)
        same = by_target.setdefault(target, {})
        if same and source not in same and len(target) > _SHORT:
            first = next(iter(same.values()))
            yield _issue("same-translation", pair, Fault(f"{_where(first)} has the same translation of: {_short(first.source)}"))
        same.setdefault(source, pair)


def _bare(text: str) -> str:
    """The text without what makes no difference: case, script, width, punctuation, blanks."""
    return "".join(char for char in fold(text) if char.isalnum())


def _where(pair: Pair) -> str:
    return f"line {pair.line}" if pair.line else pair.place or f"segment {pair.number}"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _sentence(message: str) -> str:
    return message if message.endswith(".") else message + "."
