"""Choosing units by a line of words: `origin:reports state:draft 離境退稅` has two conditions and a phrase.

A condition is origin:, domain:, state: or author: and a value, in double quotes where it has blanks; several of one kind
are alternatives. since: and until: take a date, 2026-03-01, below: a confidence, 0.8: pairs of which an alignment was less
sure, and which nobody has reviewed. All else is the phrase the units use, on either side.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from lang.errors import YuqiaoError
from tm.store import UnitFilter
from tm.unit import UNIT_STATES, UnitState

_CONDITION: Final = re.compile(r'(?<!\S)(origin|domain|state|author|since|until|below)[:：]("[^"]*"|“[^”]*”|\S*)')
_HINT: Final = 'For instance: origin:reports state:draft since:2026-03-01 "departure tax"'


@dataclass(frozen=True, slots=True)
class UnitQuery:
    """A phrase (empty where none was given) and the filter of the conditions."""

    phrase: str
    only: UnitFilter


def parse_unit_query(text: str) -> UnitQuery:
    """What a line asks for; YuqiaoError where a condition has no value, or a state or date is none."""
    given: dict[str, list[str]] = {}
    for name, value in _CONDITION.findall(text):
        bare = value.strip('"“”')
        if not bare:
            raise YuqiaoError(f"{name}: has no value.", _HINT)
        given.setdefault(name, []).append(bare)
    states = given.get("state", [])
    odd = next((state for state in states if state not in UNIT_STATES), None)
    if odd is not None:
        raise YuqiaoError(f"No state is called {odd!r}.", f"Choose among {', '.join(UNIT_STATES)}.")
    return UnitQuery(
        " ".join(_CONDITION.sub(" ", text).split()).strip('"“”'),
        UnitFilter(
            tuple(given.get("origin", ())),
            tuple(given.get("domain", ())),
            cast(tuple[UnitState, ...], tuple(states)),
            tuple(given.get("author", ())),
            _day(given.get("since", [""])[-1], 0),
            # The day named is included, so the time is the beginning of the next.
            _day(given.get("until", [""])[-1], 1),
            _confidence(given.get("below", [""])[-1]),
        ),
    )


def _day(written: str, later: int) -> str:
    if not written:
        return ""
    try:
        return (date.fromisoformat(written) + timedelta(days=later)).isoformat()
    except ValueError as error:
        raise YuqiaoError(f"{written!r} is no date.", "Write it like 2026-03-01.") from error


def _confidence(written: str) -> float:
    if not written:
        return 0.0
    try:
        found = float(written)
    except ValueError:
        found = -1.0
    if not 0 < found <= 1:
        raise YuqiaoError(f"{written!r} is no confidence.", "Write it between 0 and 1, like 0.8.")
    return found
