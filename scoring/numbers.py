"""Whether the numbers of a translation are those of its source, judged one by one."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, Literal

from lang.quantities import Quantity, Reconciliation, find_quantities, reconcile, write_quantity
from lang.quantities.units import BASIS_POINT, PERCENT, units
from lang.script import detect_script, is_chinese

NumberOutcome = Literal["right", "scaled", "wrong", "missing", "invented"]

_REACH: Final = 30
"""How far, in characters, a wrong number may stand from where its source's place would put it."""
_REACH_SHARE: Final = 0.15
"""The same as a share of a long text."""
_NEAR: Final = 0.9
"""Values closer than this are taken for one that was rounded, or of which a digit went wrong."""
_APART: Final = 300
"""How many characters a candidate of a wholly different value is put behind one of nearly the same."""
_BARE_FITS: Final = frozenset({"number", "ordinal", "money", "measure", "duration"})
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_WHOLE: Final = re.compile("全[數数額额部面]|完全|十足|悉[數数]|(?<![A-Za-z])(?:fully|entirely|completely|wholly)(?![A-Za-z])")
"""Says 100 percent."""
_LOOSE: Final = 1000
"""Put behind all others is what the texts say often enough already."""


@dataclass(frozen=True, slots=True)
class NumberVerdict:
    """What became of one quantity.

    "right": the translation says it; `target` is None where it does in words that are no number (100%, 全數). "scaled": it
    says it off by a power of ten, `factor` being target / source. "wrong": it says another value or unit in its place.
    "missing": it does not say it; `target` is None. "invented": it says one that the source does not; `source` is None.
    `target_language` is the tag in which a message writes what was expected: "en", "zh" (traditional) or "zh-Hans".
    """

    outcome: NumberOutcome
    source: Quantity | None
    target: Quantity | None
    factor: Fraction | None = None
    target_language: str = "en"

    @property
    def message(self) -> str:
        """One sentence for a reader: what the number became, and what was expected."""
        source, target = self.source, self.target
        if source is None:
            assert target is not None
            return f"{target.text} is not in the source"
        expected = write_quantity(source, self.target_language)
        if target is None:
            return f"{source.text} is said" if self.outcome == "right" else f"{source.text} is missing; expected {expected}"
        became = f"{source.text} became {target.text}"
        if self.outcome == "right":
            return became
        if self.factor is None:
            return f"{became}; expected {expected}"
        times = self.factor if self.factor > 1 else 1 / self.factor
        return f"{became}: {int(times):,} times too {'large' if self.factor > 1 else 'small'}; expected {expected}"


def judge_numbers(source: str, hypothesis: str, source_language: Literal["zh", "en"]) -> list[NumberVerdict]:
    """One verdict for each quantity of the source, in its order, then those the translation invented.

    Both texts are a sentence or a paragraph; the longer they are, the likelier a value said elsewhere hides an error. What
    languages leave unsaid (one year, two, first) has a verdict only where it has a counterpart. A value the source says
    twice and the translation once is right both times.
    """
    target_language: Literal["zh", "en"] = "en" if source_language == "zh" else "zh"
    said = find_quantities(source, source_language)
    # What was left untranslated is read in its own language.
    given = find_quantities(hypothesis, "zh" if is_chinese(hypothesis) else "en")
    result = reconcile(said, given)
    # What one language reads as a number of its own, the other may have within a name: NASDAQ-100, 納斯達克100指數.
    named = [quantity for quantity in result.missing if _is_among(quantity, _unread(hypothesis, given))]
    missing = tuple(quantity for quantity in result.missing if quantity not in named)
    extra = tuple(quantity for quantity in result.extra if not _is_among(quantity, _unread(source, said)))
    result = replace(result, missing=missing, extra=extra, repeated=(*result.repeated, *named))
    tag = "en" if target_language == "en" else _tag(hypothesis)
    of_source = {
        pair.source: NumberVerdict("wrong" if pair.source in result.missing else "right", pair.source, pair.target, None, tag)
        for pair in reversed(result.matched)
    }
    for pair in result.scaled:
        of_source[pair.source] = NumberVerdict("scaled", pair.source, pair.target, pair.factor, tag)
    wrong = _corresponding(result, said, given, _Places(result, len(source), len(hypothesis)))
    for one, other in wrong.items():
        of_source[one] = NumberVerdict("wrong", one, other, None, tag)
    whole = _WHOLE.search(hypothesis) is not None
    for quantity in result.missing:
        in_words = whole and quantity.value == 100 and quantity.high is None and quantity.unit == PERCENT
        of_source.setdefault(quantity, NumberVerdict("right" if in_words else "missing", quantity, None, None, tag))
    for quantity in result.repeated:
        if quantity in said and quantity not in of_source and not quantity.optional:
            again = next((other for other in given if reconcile([quantity], [other]).matched), None)
            of_source[quantity] = NumberVerdict("right", quantity, again, None, tag)
    verdicts = [of_source[quantity] for quantity in said if quantity in of_source]
    paired = set(wrong.values()) | {verdict.target for verdict in verdicts}
    return verdicts + [
        NumberVerdict("invented", None, quantity, None, tag) for quantity in result.extra if quantity not in paired
    ]


def number_statistics(verdicts: Iterable[NumberVerdict]) -> tuple[int, int]:
    """(right, total): total counts the source's quantities, whether right, scaled, wrong or missing.

    Invented ones are counted apart; optional and ambiguous ones (two, a year, 兆) not at all.
    """
    counted = [
        verdict.outcome
        for verdict in verdicts
        if verdict.source is not None and not verdict.source.optional and verdict.source.kind != "ambiguous"
    ]
    return counted.count("right"), len(counted)


def _unread(text: str, quantities: list[Quantity]) -> set[str]:
    """The digits of a text that are no quantity: those of names (iPhone13), and of notes behind a word (rates5)."""
    inside = {place for quantity in quantities for place in range(quantity.start, quantity.end)}
    return {match.group() for match in _DIGITS.finditer(text) if match.start() not in inside}


def _is_among(quantity: Quantity, digits: set[str]) -> bool:
    written = _DIGITS.search(quantity.text)
    return quantity.kind in ("number", "ordinal", "year") and written is not None and written.group() in digits


def _tag(chinese: str) -> str:
    return "zh-Hans" if detect_script(chinese) == "Hans" else "zh"


class _Places:
    """Where in the translation a place of the source is to be looked for: by what is known to correspond around it."""

    def __init__(self, result: Reconciliation, source_chars: int, target_chars: int) -> None:
        self.ratio = max(target_chars, 1) / max(source_chars, 1)
        self.known = [(0, 0), (source_chars, target_chars), *((p.source.start, p.target.start) for p in result.matched)]
        self.reach = max(_REACH, target_chars * _REACH_SHARE)

    def distance(self, source: Quantity, target: Quantity) -> float:
        """Characters of the translation between a quantity and where it was to be expected."""
        return min(
            abs(there + (source.start - here) * self.ratio - target.start) + abs(source.start - here) * self.ratio / 4
            for here, there in self.known
        )


def _corresponding(
    result: Reconciliation, said: list[Quantity], given: list[Quantity], places: _Places
) -> dict[Quantity, Quantity]:
    """What is left of the source -> what is left of the translation and stands for it: near its place, and of its kind.

    What one side says once more than the other, and what may stay unsaid, takes part on one side only: 5%, 5% -> 5%, 6%.
    """
    loose = {*result.repeated, *result.unsaid}
    kinds = Counter(map(_family, result.missing)), Counter(map(_family, result.extra))
    candidates = []
    for one in [q for q in said if q in loose or q in result.missing]:
        for other in [q for q in given if q in loose or q in result.extra]:
            unsure = one in loose or other in loose
            if (one in loose and other in loose) or (unsure and not _alike_enough(one, other)):
                continue
            likeness, distance = _likeness(one, other), places.distance(one, other)
            single = kinds[0][_family(one)] == kinds[1][_family(one)] == 1 and not unsure
            if likeness and distance <= places.reach * likeness * (3 if single else 1):
                cost = distance + _APART * (1 - _closeness(one, other)) + _LOOSE * unsure
                candidates.append((cost, one, other))
    found: dict[Quantity, Quantity] = {}
    for _, one, other in sorted(candidates, key=lambda candidate: (candidate[0], candidate[1].start, candidate[2].start)):
        if one not in found and other not in found.values():
            found[one] = other
    return found


def _alike_enough(one: Quantity, other: Quantity) -> bool:
    """Whether a quantity that need not be said may stand for one that must: not on the strength of being a number alone."""
    kinds = {one.kind, other.kind}
    return len(kinds) == 1 or kinds in ({"year", "date"}, {"points", "percent"})


def _likeness(one: Quantity, other: Quantity) -> float:
    """How much two different quantities look like the same one gone wrong: 0 not at all, 1 of one kind, 2 by their value."""
    if one.kind == "ambiguous" or other.kind == "ambiguous":
        return 0
    for year, date in ((one, other), (other, one)):
        if year.kind == "year" and date.kind == "date" and date.value < 10000:
            return 0
    for date, number in ((one, other), (other, one)):
        if date.kind == "date" and number.kind == "number" and date.value % 100 == number.value:
            return 1
    if {one.kind, other.kind} == {"points", "percent"}:
        return 2 if _percent(one) == _percent(other) else 0
    same_value = (one.value, one.high) == (other.value, other.high)
    if _family(one) == _family(other):
        return 2 if _closeness(one, other) > _NEAR else 1
    if "number" in (_family(one), _family(other)) and {one.kind, other.kind} <= _BARE_FITS:
        return 0.5
    return 2 if same_value and one.value > 2 else 0


def _percent(quantity: Quantity) -> Fraction:
    return quantity.value / 100 if quantity.unit == BASIS_POINT else quantity.value


def _closeness(one: Quantity, other: Quantity) -> float:
    """The smaller value over the larger one: 1 where they are the same, 0 where one is nothing or negative."""
    low, high = sorted((one.value, other.value))
    return float(low / high) if low > 0 else 0.0


def _family(quantity: Quantity) -> str:
    match quantity.kind:
        case "percent" | "fraction" | "multiple":
            return "ratio"
        case "measure" | "duration":
            return units()[quantity.unit].dimension
        case "ordinal":
            return f"ordinal {quantity.unit}" if quantity.unit else "number"
        case "year" | "date":
            return "date"
        case kind:
            return kind
