"""The model of the memory: a unit is one aligned pair of segments (tu in TMX)."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from lang.fold import term_key

UnitState = Literal["translated", "reviewed", "draft"]
UNIT_STATES: Final[tuple[UnitState, ...]] = get_args(UnitState)
_LABEL_CHARS: Final = 40


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

    @property
    def label(self) -> str:
        """The pair as histories name it: 40 characters of either side."""
        return f"{beginning(self.source)} = {beginning(self.target)}"


def beginning(text: str) -> str:
    """The first 40 characters of a text, with a mark where there are more."""
    return text if len(text) <= _LABEL_CHARS else text[: _LABEL_CHARS - 1].rstrip() + "…"


CONFIDENCE: Final = "confidence"
"""The property of a unit that has what the alignment said of the pair, in [0, 1] with three digits."""


def confidence_of(unit: Unit) -> float:
    """How sure an alignment was of a unit, in [0, 1]; 1 where none has said."""
    # Other programs' files have properties of that name, too, which may be anything.
    written = dict(unit.properties).get(CONFIDENCE, "")
    return float(written) if re.fullmatch(r"[01](\.[0-9]+)?", written) else 1.0


def pair_key(unit: Unit) -> int:
    """A number of 64 bits that two units share only if their languages, sources and targets are the same."""
    text = f"{unit.source_lang}\0{unit.target_lang}\0{unit.source}\0{unit.target}"
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def context_key(segment: str) -> int:
    """A number that stands for a neighbouring segment, whatever its script; 0 for none."""
    if not segment:
        return 0
    digest = hashlib.blake2b(term_key(segment).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1
