"""The model of the memory: a unit is one aligned pair of segments (tu in TMX)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One aligned pair: source and target segment with their BCP 47 tags, where it came from, and its domain.

    `id` is the number the store gave it, 0 before that.
    """

    source: str
    target: str
    source_lang: str = "zh-Hant-HK"
    target_lang: str = "en"
    origin: str = ""
    domain: str = ""
    id: int = 0
