"""Whether two texts state the same quantities, by value and unit rather than by spelling."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lang.quantities.quantity import Quantity
from lang.quantities.units import BASIS_POINT, FOLD, FOLD_INCREASE, OF_PRICE, PERCENT, POINT, TIMES, currencies, units


@dataclass(frozen=True, slots=True)
class QuantityPair:
    """A quantity of the source and the one of the target that says the same."""

    source: Quantity
    target: Quantity


@dataclass(frozen=True, slots=True)
class ScaledPair:
    """A quantity whose value is off by a power of ten: `factor` is target / source, so ten times too large is 10."""

    source: Quantity
    target: Quantity
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What became of each quantity of a pair of texts.

    `missing` stand in the source only, `extra` in the target only, `scaled` on both sides but off by a power of ten;
    these are the errors. `repeated` are said once more on one side than on the other, `unsaid` are optional ones and
    ambiguous ones (兆) without a counterpart; these are none.
    """

    matched: tuple[QuantityPair, ...] = ()
    missing: tuple[Quantity, ...] = ()
    extra: tuple[Quantity, ...] = ()
    scaled: tuple[ScaledPair, ...] = ()
    repeated: tuple[Quantity, ...] = ()
    unsaid: tuple[Quantity, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether nothing is missing, extra or off by a power of ten."""
        return not (self.missing or self.extra or self.scaled)


Reading = tuple[str, Fraction, Fraction | None]
"""What is measured, the value in its base unit, the high end of a range."""

_WHOSE_DOLLAR: Final = frozenset(
    {"kong", "hk", "us", "u.s.", "american", "singapore", "australian", "canadian", "taiwan", "nt", "zealand"}
)
_BARE_FITS: Final = frozenset({"number", "money", "measure", "duration", "ordinal", "year"})


def _readings(quantity: Quantity) -> list[Reading]:
    """All that a quantity can be taken to say; two quantities agree where one of these is common to both."""
    value, high, unit = quantity.value, quantity.high, quantity.unit
    match quantity.kind:
        case "money":
            return [(f"money {unit}", value, high)]
        case "percent" if unit == PERCENT:
            return [(of, value / 100, None if high is None else high / 100) for of in ("level", "increase")]
        case "percent":
            assert unit == OF_PRICE
            return [("level", value / 100, None), ("level", 1 - value / 100, None)]
        case "fraction":
            return [("level", value, high), ("increase", value, high)]
        case "points":
            factor = {POINT: Fraction(1), BASIS_POINT: Fraction(1, 100)}[unit]
            return [("points", value * factor, None if high is None else high * factor)]
        case "multiple":
            return _multiple_readings(quantity)
        case "ordinal" | "year" | "date" | "time" | "ambiguous" as kind:
            same: list[Reading] = [(f"{kind} {unit}", value, high)]
            if unit == "half" and value == 1:
                same.append(("months", Fraction(6), None))
            if unit == "decade" and value % 100 == 0:
                # The 1800s are the 19th century.
                same.append(("ordinal ", value / 100 + 1, None))
            return same
        case _:
            known = units().get(unit)
            if known is None:
                return [("count", value, high)]
            return [(known.dimension, value * known.factor, None if high is None else high * known.factor)]


def _multiple_readings(quantity: Quantity) -> list[Reading]:
    value, high = quantity.value, quantity.high
    added = value + 1, None if high is None else high + 1
    if quantity.unit == TIMES:
        return [("level", value, high), ("increase", value - 1, None if high is None else high - 1)]
    readings: list[Reading] = [("increase", value, high)]
    if quantity.unit == FOLD_INCREASE:
        readings.append(("level", *added))
    if quantity.unit == FOLD or quantity.text.endswith("fold"):
        readings.append(("level", value, high))
    return readings


def _parts(quantity: Quantity) -> list[frozenset[Reading]]:
    """The ends of a range, and year, month and day of a date, each with what else it may stand for."""
    if quantity.kind == "date":
        parts = [_date_parts(quantity.value)]
        if quantity.high is not None:
            parts.append(_date_parts(quantity.high))
        return [frozenset({part}) for group in parts for part in group]
    if quantity.kind == "fraction" and "/" in quantity.text:
        # 4/7 is four of seven as well.
        return [frozenset({("count", Fraction(int(end)), None)}) for end in quantity.text.split("/")]
    parts_of: list[frozenset[Reading]] = []
    for end in (quantity.value, quantity.high):
        if end is None:
            continue
        single = Quantity(0, 0, quantity.text, end, None, quantity.unit, quantity.kind)
        readings = set(_readings(single))
        if quantity.kind == "ordinal" or (quantity.unit == "day" and end <= 31):
            readings.add(("date day", end, None))
        if quantity.kind == "ordinal" and not quantity.unit:
            readings.add(("count", end, None))
        if quantity.kind == "money" and _any_dollar(quantity.text):
            readings.update((f"money {code}", end, None) for code in currencies())
        parts_of.append(frozenset(readings))
    return parts_of


def _date_parts(value: Fraction) -> Iterator[Reading]:
    number = int(value)
    for name, part in (("year year", number // 10000), ("date month", number // 100 % 100), ("date day", number % 100)):
        if part:
            yield name, Fraction(part), None


def _any_dollar(text: str) -> bool:
    """Whether an amount says only yuan or dollar (2億元, $5, 5 dollars); which, the text around it tells."""
    if text[-1] in "元圓圆":
        return not set(text) & set("人港美澳日加坡台歐欧新")
    words = text.lower().split()
    return text[0] == "$" or (words[-1] in ("dollar", "dollars") and (len(words) < 2 or words[-2] not in _WHOSE_DOLLAR))


# --- how two quantities may agree, the strictest first ------------------------------------------------------------------


def _same(first: Quantity, second: Quantity) -> bool:
    return first.qualifier == second.qualifier and _equal(first, second)


def _equal(first: Quantity, second: Quantity) -> bool:
    return not set(_readings(first)).isdisjoint(_readings(second))


def _same_money(first: Quantity, second: Quantity) -> bool:
    """元 or $ against a currency that is named, and an amount against one without any."""
    return (
        first.kind == second.kind == "money"
        and (first.value, first.high) == (second.value, second.high)
        and (_any_dollar(first.text) or _any_dollar(second.text))
    )


def _same_number(first: Quantity, second: Quantity) -> bool:
    """A bare number against the same number of anything, an ordinal against a count (連續兩年, second year running)."""
    if abs(first.value) != abs(second.value) or first.high != second.high:
        return False
    kinds = {first.kind, second.kind}
    if kinds == {"number", "multiple"} and any(q.text.lower().endswith(("times", "twice", "thrice")) for q in (first, second)):
        # How often rather than how much: 385萬人次, 3.85 million times.
        return True
    if kinds == {"number", "multiple"} and any(q.text.lower() in ("double", "triple", "treble") for q in (first, second)):
        # Of so many: a triple-currency bond.
        return True
    if kinds == {"number", "points"} and any(q.text.lower().endswith(("pip", "pips")) for q in (first, second)):
        # Forward points, which Chinese counts without a name of their own: -615點.
        return True
    if first.kind == second.kind and first.unit == second.unit:
        return True
    if not kinds <= _BARE_FITS:
        return False
    return "ordinal" in kinds or any(q.kind == "number" and q.unit in ("", "person", "household") for q in (first, second))


def _same_vaguely(first: Quantity, second: Quantity) -> bool:
    """4點 against 4 p.m., one or two against two, a dozen against 十多, pounds of weight against 磅."""
    for one, other in ((first, second), (second, first)):
        if one.kind == "time" and other.kind == "number" and one.value in (other.value * 60, (other.value + 12) * 60):
            return True
        if one.text.lower().endswith("dozen") and one.value == 12 and other.value == 10 and other.qualifier == "over":
            return True
        if one.value == 1 and one.high == other.value == 2 and other.high is None and one.unit == other.unit:
            return True
        if one.text.endswith("0s") and one.kind == "number" and one.value == other.value:
            return True
        if one.text.lower().endswith(("pound", "pounds")) and other.unit == "lb" and one.value == other.value:
            return True
    return False


def _same_day(first: Quantity, second: Quantity) -> bool:
    """The same month and day where only one side says the year."""
    if not first.kind == second.kind == "date" or first.high is not None or second.high is not None:
        return False
    (year, day), (other_year, other_day) = divmod(int(first.value), 10000), divmod(int(second.value), 10000)
    return day == other_day and not (year and other_year)


def _same_unknown(first: Quantity, second: Quantity) -> bool:
    """兆 against the same number of millions or of trillions, whichever was meant."""
    for one, other in ((first, second), (second, first)):
        if one.kind == "ambiguous" and any(
            (other.value, other.high) == (one.value * scale, one.high and one.high * scale) for scale in (1, 10**6, 10**12)
        ):
            return True
    return False


_AGREEMENTS: Final[tuple[Callable[[Quantity, Quantity], bool], ...]] = (
    _same,
    _equal,
    _same_money,
    _same_day,
    _same_number,
    _same_unknown,
    _same_vaguely,
)


def reconcile(source: Sequence[Quantity], target: Sequence[Quantity]) -> Reconciliation:
    """Pairs the quantities of two texts that say the same.

    Compared are exact values in common units, never rounded ones: 六成 is 60 percent and three fifths, 2.6萬 is 26,000,
    半年 is six months, 15 mu are one hectare, 25 basis points a quarter of a percentage point; 增長11.8倍 is "up
    11.8-fold" and 12.8 times, 翻兩番 is four times. A bare number agrees with the same number of a measure or of money
    (lists often name the unit once), but not with percent, points or multiples. Qualifiers do not part quantities that
    agree otherwise. A range agrees with its two ends, a date with its year, month and day said apart.
    """
    left, right = list(source), list(target)
    matched: list[QuantityPair] = []
    for agree in _AGREEMENTS:
        _pair_off(left, right, agree, matched)
        if not left or not right:
            break
    _pair_parts(left, right, matched)
    repeated: list[Quantity] = []
    left = _without_repeated(left, target, repeated)
    right = _without_repeated(right, source, repeated)
    scaled = _pair_scaled(left, right)
    unsaid = [quantity for quantity in (*left, *right) if quantity.optional or quantity.kind == "ambiguous"]
    return Reconciliation(
        tuple(sorted(matched, key=lambda pair: pair.source.start)),
        tuple(quantity for quantity in left if quantity not in unsaid),
        tuple(quantity for quantity in right if quantity not in unsaid),
        tuple(scaled),
        tuple(repeated),
        tuple(unsaid),
    )


def _pair_off(
    left: list[Quantity], right: list[Quantity], agree: Callable[[Quantity, Quantity], bool], matched: list[QuantityPair]
) -> None:
    for one in list(left):
        for other in right:
            if agree(one, other):
                matched.append(QuantityPair(one, other))
                left.remove(one)
                right.remove(other)
                break


def _pair_parts(left: list[Quantity], right: list[Quantity], matched: list[QuantityPair]) -> None:
    """Pairs what one side says in one piece and the other in several: 5%至6% with 5 percent ... 6 percent."""
    for here, there, source_is_here in ((left, right, True), (right, left, False)):
        for whole in list(here):
            parts = _parts(whole)
            if len(parts) < 2:
                continue
            used: list[Quantity] = []
            for part in parts:
                partner = next((q for q in there if q not in used and any(part & other for other in _parts(q))), None)
                if partner is not None:
                    used.append(partner)
            covered = [part for part in parts if any(part & other for q in used for other in _parts(q))]
            if not used or len(covered) < len(parts):
                continue
            here.remove(whole)
            for partner in used:
                rest = _parts(partner)
                if all(any(part & other for other in parts) for part in rest):
                    there.remove(partner)
                matched.append(QuantityPair(whole, partner) if source_is_here else QuantityPair(partner, whole))


def _without_repeated(left: list[Quantity], other: Sequence[Quantity], repeated: list[Quantity]) -> list[Quantity]:
    """Takes out what the other side does say, only less often."""
    said = [part for quantity in other for part in _parts(quantity)]
    kept: list[Quantity] = []
    for quantity in left:
        parts = _parts(quantity)
        found = all(any(part & known for known in said) for part in parts) or any(
            _equal(quantity, known) or _same_money(quantity, known) or _same_day(quantity, known) for known in other
        )
        (repeated if found and quantity.kind != "ambiguous" else kept).append(quantity)
    return kept


def _pair_scaled(left: list[Quantity], right: list[Quantity]) -> list[ScaledPair]:
    pairs = []
    for one in list(left):
        for other in right:
            factor = _power_of_ten(one, other)
            if factor is not None:
                pairs.append(ScaledPair(one, other, factor))
                left.remove(one)
                right.remove(other)
                break
    return pairs


def _power_of_ten(one: Quantity, other: Quantity) -> Fraction | None:
    """Target / source where it is a power of ten other than 1 and both measure the same; else None."""
    if one.kind in ("ordinal", "year", "date", "time", "ambiguous") or not one.value or not other.value:
        return None
    for family, value, high in _readings(one):
        for other_family, other_value, other_high in _readings(other):
            alike = family == other_family or (
                {one.kind, other.kind} == {"money"} and (_any_dollar(one.text) or _any_dollar(other.text))
            )
            if not alike or not value or not other_value or (high is None) != (other_high is None):
                continue
            factor = other_value / value
            if high is not None and other_high is not None and high * factor != other_high:
                continue
            if factor != 1 and factor > 0 and _is_power_of_ten(factor):
                return factor
    return None


def _is_power_of_ten(factor: Fraction) -> bool:
    number = factor.numerator if factor.denominator == 1 else factor.denominator if factor.numerator == 1 else 0
    return number > 0 and set(str(number)[1:]) <= {"0"} and str(number)[0] == "1" if number < 10**30 else False
