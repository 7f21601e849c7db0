"""What the grammars of both languages share: a text being read, ranges, and digits that belong to names."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from lang.quantities.quantity import Kind, Qualifier, Quantity
from lang.quantities.units import BASIS_POINT, FOLD, FOLD_INCREASE, OF_PRICE, PERCENT, POINT, TIMES, currencies, units

LABEL: Final = re.compile(r"[0-9A-Za-z]+(?:[.\-/][0-9A-Za-z]+)*")
"""A run of letters and digits that is a name as a whole: 5G, PM2.5, COVID-19, 1.2.3."""
VERSION: Final = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
LONGEST_DIGITS: Final = 25
"""Longer runs of digits are account numbers and the like."""


@dataclass(slots=True)
class Found:
    """A quantity being put together, in positions of the levelled text."""

    start: int
    end: int
    value: Fraction
    unit: str = ""
    kind: Kind = "number"
    high: Fraction | None = None
    qualifier: Qualifier = ""
    optional: bool = False

    def quantity(self, text: str) -> Quantity:
        """The finished value; `text` is the original."""
        return Quantity(
            self.start,
            self.end,
            text[self.start : self.end],
            self.value,
            self.high,
            self.unit,
            self.kind,
            self.qualifier,
            self.optional,
        )


def kind_of(unit: str) -> Kind:
    """The kind of a quantity that has this unit."""
    if not unit:
        return "number"
    if unit in currencies():
        return "money"
    if unit in (PERCENT, OF_PRICE):
        return "percent"
    if unit in (POINT, BASIS_POINT):
        return "points"
    if unit in (TIMES, FOLD, FOLD_INCREASE):
        return "multiple"
    dimension = units()[unit].dimension
    if dimension in ("months", "seconds"):
        return "duration"
    return "number" if dimension == "count" else "measure"


def joined(low: Found, high: Found) -> Found | None:
    """One range from its two ends, with the unit of whichever has one; None if they make no range."""
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if high.value <= low.value or {low.kind, high.kind} & {"year", "date", "time", "ordinal", "ambiguous"}:
        return None
    unit = low.unit or high.unit
    return replace(high, start=low.start, value=low.value, high=high.value, unit=unit, kind=kind_of(unit), optional=False)


def date_value(year: int, month: int, day: int) -> Fraction | None:
    """The value of a date of which parts may be unsaid (0); None where there is no such day."""
    if month > 12 or day > 31:
        return None
    return Fraction(year * 10000 + month * 100 + day)
