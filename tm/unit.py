"""The model of the memory: a unit is one aligned pair of segments (tu in TMX)."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

UnitState = Literal["translated", "reviewed", "draft"]
UNIT_STATES: Final[tuple[UnitState, ...]] = get_args(UnitState)


@dataclass(frozen=True, slots=True)
class Unit:
    """One aligned pair: source and target segment with their BCP 47 tags, and what is known of it.

    `origin` names the memory or file it came from; `created` and `changed` are ISO 8601 times in UTC, empty where
    unknown; `before` and `after` are the source segments next to it in its document, its context; `properties` are
    what files said of it that has no field here. `id` is the number the store gave it, 0 before that.
    """

    source: str
    target: str
    source_lang: str = "zh-Hant-HK"
    target_lang: str = "en"
    origin: str = ""
    domain: str = ""
    author: str = ""
    created: str = ""
    changed: str = ""
    state: UnitState = "translated"
    before: str = ""
    after: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    id: int = 0
