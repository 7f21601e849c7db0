"""How a quantity is prompted: as the other language writes it, and as it is said where words beside the number decide that."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

from interpret.prompt import NumberPrompt

if TYPE_CHECKING:
    from lang.quantities import Quantity

# What is counted is said by the noun, and the measure word alone misleads: 5200萬戶 of enterprises are no households, and
# 4億人次 are trips or visits rather than people.
_COUNTED_BY_NOUN: Final = re.compile("(?:户|戶|人次)$")
_WORKING_DAYS: Final = re.compile("工作日$")
_ANNIVERSARY: Final = re.compile("(?:周年|週年)$")
# 十三屆全國人大 is the 13th; 連續舉辦8屆 is eight times.
_SESSION: Final = re.compile(
    "[届屆](?:全国人|全國人|全国政|全國政|中央|人大|政协|政協|省|市)|次(?:会议|會議|全会|全會|全体|全體)"
)


def number_prompts(
    text: str, side: Literal["zh", "en"], taken: Iterable[tuple[int, int]], firm: int | None = None
) -> list[NumberPrompt]:
    """The quantities of a text (of its first `firm` characters, where that is said) that no span taken by a term holds.

    Left out is what needs no help: years, what languages often leave unsaid, and what is written alike.
    """
    from lang.quantities import find_quantities

    spans = list(taken)
    prompts: list[NumberPrompt] = []
    for quantity in find_quantities(text, side):
        if quantity.optional or quantity.kind == "year" or (firm is not None and quantity.end > firm):
            continue
        # 五大發展理念 is a term, not a number.
        if any(start <= quantity.start and quantity.end <= end for start, end in spans):
            continue
        written = english_of(quantity, text) if side == "zh" else _chinese_of(quantity)
        if written != quantity.text:
            prompts.append(NumberPrompt(quantity.start, quantity.end, quantity.text, written))
    return prompts


def english_of(quantity: "Quantity", text: str) -> str:
    """The English for a quantity of a Chinese text, with what stands around it taken into account."""
    from lang.quantities import write_quantity
    from lang.quantities.units import FOLD_INCREASE

    if _COUNTED_BY_NOUN.search(quantity.text):
        quantity = replace(quantity, unit="", kind="number")
    written = write_quantity(quantity, "en")
    if quantity.unit == FOLD_INCREASE and quantity.high is None:
        # "Up 1-fold" is understood in two ways.
        added = write_quantity(replace(quantity, value=quantity.value * 100, unit="percent", kind="percent"), "en")
        times = write_quantity(replace(quantity, value=quantity.value + 1, unit="times", kind="multiple", qualifier=""), "en")
        return f"up {added} ({times} as much)"
    if _WORKING_DAYS.search(quantity.text):
        return re.sub(r"\bday(s?)$", r"working day\1", written)
    whole = quantity.value.denominator == 1 and quantity.high is None
    if whole and (_ANNIVERSARY.search(quantity.text) or text.startswith(("周年", "週年"), quantity.end)):
        return f"{_ordinal(quantity.value)} anniversary"
    if whole and quantity.kind == "number" and not quantity.text.isascii() and _SESSION.match(text, quantity.end):
        return _ordinal(quantity.value)
    return written


def _ordinal(value: Fraction) -> str:
    from lang.quantities import Quantity, write_quantity

    return write_quantity(Quantity(0, 0, "", value, kind="ordinal"), "en")


def _chinese_of(quantity: "Quantity") -> str:
    from lang.quantities import write_quantity

    return write_quantity(quantity, "zh-Hant-HK")
