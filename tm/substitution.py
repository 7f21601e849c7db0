"""Numbers of a match replaced by the query's: a stored sentence that differs in its numbers only, offered ready to use."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from tm.score import Language

if TYPE_CHECKING:
    from lang.quantities import Quantity

_OTHER: Final[dict[Language, Language]] = {"zh": "en", "en": "zh"}


def with_query_numbers(query: str, source: str, target: str, language: Language, target_tag: str) -> str | None:
    """The target of a match with the numbers that differ between query and source replaced; None where that is not safe.

    Safe is: query and source have the same quantities in the same order but for their values, and each that differs has
    exactly one counterpart in the target. `language` is that of query and source, `target_tag` the target's tag, so that
    Chinese numbers are written in its script.
    """
    from lang.quantities import find_quantities, reconcile, write_quantity

    asked, stored = find_quantities(query, language), find_quantities(source, language)
    written = find_quantities(target, _OTHER[language])
    if len(asked) != len(stored) or any(not _alike(a, b) for a, b in zip(asked, stored, strict=True)):
        return None
    changes = [(a, b) for a, b in zip(asked, stored, strict=True) if (a.value, a.high) != (b.value, b.high)]
    if not changes:
        return None
    reconciled = reconcile(stored, written)
    if not reconciled.agrees:
        return None
    counterparts: dict[int, Quantity] = {}
    for pair in reconciled.matched:
        one, other = pair.source, pair.target
        if one.start in counterparts:
            return None
        counterparts[one.start] = other
    edits: list[tuple[int, int, str]] = []
    for new, old in changes:
        counterpart = counterparts.get(old.start)
        # A value said twice has one counterpart for two places: which of them changes is not for us to say.
        if counterpart is None or sum(q.value == old.value for q in stored) > 1 or sum(q.value == old.value for q in written) > 1:
            return None
        style: Literal["policy", "yuan", "hong kong"] = "policy"
        if "yuan" in counterpart.text or "HK" in counterpart.text:
            style = "yuan" if "yuan" in counterpart.text else "hong kong"
        value = replace(counterpart, value=new.value, high=new.high, qualifier="")
        text = write_quantity(value, target_tag, style=style)
        edits.append((counterpart.start, counterpart.end, text))
    for start, end, text in sorted(edits, reverse=True):
        target = target[:start] + text + target[end:]
    # What was written must read as what was asked for, or it is not offered.
    return target if reconcile(asked, find_quantities(target, _OTHER[language])).agrees else None


def _alike(one: "Quantity", other: "Quantity") -> bool:
    return (one.kind, one.unit, one.high is None) == (other.kind, other.unit, other.high is None)
