"""Suspicious units of a memory: what is likely to be no translation, or a damaged one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from lang.script import has_han
from lang.tags import language
from tm.score import segment_key
from tm.unit import Unit

Reason = Literal["same", "language", "length", "numbers", "damage"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

WHAT: Final[dict[Reason, str]] = {
    "same": "source and target are the same",
    "language": "a side is not in its language",
    "length": "one side is far longer than the other",
    "numbers": "the quantities differ",
    "damage": "broken characters or left-over markup",
}

# Usual policy English has 1.4 to 2.2 words, 3 to 6 letters, for a Chinese character; what is outside of this is rare.
_RATIO: Final = (0.9, 12.0)
_SHORT: Final = 12
_DAMAGE: Final = re.compile(r"\ufffd|Ã.|â€|锟斤拷|烫烫|</?(?:b|i|u|br|p|span|ph|bpt|ept|it)\b[^>]*>|&(?:amp|lt|gt|nbsp|#\d+);")
_LETTERS: Final = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A unit and why it is suspicious."""

    unit: Unit
    reasons: tuple[Reason, ...]


def suspicions(units: Iterable[Unit], wanted: Iterable[Reason] = REASONS) -> Iterator[Suspicion]:
    """The units that at least one of the wanted checks finds fault with."""
    checks = [(reason, _CHECKS[reason]) for reason in REASONS if reason in set(wanted)]
    for unit in units:
        reasons = tuple(reason for reason, check in checks if check(unit))
        if reasons:
            yield Suspicion(unit, reasons)


def _same(unit: Unit) -> bool:
    return segment_key(unit.source) == segment_key(unit.target)


def _language(unit: Unit) -> bool:
    return any(_wrong(text, tag) for text, tag in ((unit.source, unit.source_lang), (unit.target, unit.target_lang)))


def _wrong(text: str, tag: str) -> bool:
    """Chinese without a Chinese character though it has words, English without a Latin letter though it has Chinese."""
    if language(tag) == "zh":
        return not has_han(text) and _LETTERS.search(text) is not None
    return has_han(text) and _LETTERS.search(text) is None


def _length(unit: Unit) -> bool:
    chinese, english = (unit.source, unit.target) if language(unit.source_lang) == "zh" else (unit.target, unit.source)
    # Sides in the wrong language are another fault, and short ones vary freely.
    if _language(unit) or max(len(chinese) * 4, len(english)) <= _SHORT * 4:
        return False
    low, high = _RATIO
    return not low <= len(english) / max(1, len(chinese)) <= high


def _numbers(unit: Unit) -> bool:
    from lang.quantities import find_quantities, reconcile

    source = find_quantities(unit.source, language(unit.source_lang))
    target = find_quantities(unit.target, language(unit.target_lang))
    return bool(source or target) and not reconcile(source, target).agrees


def _damage(unit: Unit) -> bool:
    return any(_DAMAGE.search(text) is not None for text in (unit.source, unit.target))


_CHECKS: Final[dict[Reason, Callable[[Unit], bool]]] = {
    "same": _same,
    "language": _language,
    "length": _length,
    "numbers": _numbers,
    "damage": _damage,
}
