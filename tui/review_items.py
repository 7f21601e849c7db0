"""What waits in the review area, and how a row of its list says it."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from glossary.concept import Concept
from glossary.extraction.extraction import Candidate
from glossary.findings import Finding
from glossary.review import Proposal
from lang.tags import language
from tm.doubtful import DoubtfulPair
from tm.unit import Unit
from tui.display import DisplayScript

QueueKind = Literal["proposals", "conflicts", "candidates", "alignments"]
QUEUE_KINDS: Final[tuple[QueueKind, ...]] = get_args(QueueKind)

Item = Proposal | Finding | Candidate | DoubtfulPair

SEVERITY_SIGNS: Final = {"error": "✗", "warning": "!", "note": "~"}
ALIKE_SIGN: Final = "="
"""A proposal whose Chinese an approved concept has."""

_SEVERITY_STYLES: Final = {"error": ".deprecated", "warning": ".proposed", "note": ".admitted"}


@dataclass(frozen=True, slots=True)
class Queue:
    """The items of one kind in the order in which they are to be settled; `total` counts those not read yet, too."""

    kind: QueueKind
    items: tuple[Item, ...]
    total: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as the list shows it: a sign and its style, Chinese, English, and what kind of thing it is."""

    sign: str
    style: str
    chinese: str
    english: str
    told: str


def key_of(item: Item) -> str:
    """What is the same for an item however often it is read."""
    if isinstance(item, Proposal):
        return f"proposal {item.concept.id}"
    if isinstance(item, Finding):
        return item.text
    if isinstance(item, DoubtfulPair):
        return f"pair {item.unit.id}"
    return f"candidate {item.text}"


def concepts_of(item: Item) -> tuple[Concept, ...]:
    """The stored concepts an item is about: the proposal first, then what it contradicts, then others with its Chinese."""
    if isinstance(item, Candidate | DoubtfulPair):
        return ()
    if isinstance(item, Finding):
        return item.concepts
    others = {concept.id: concept for finding in item.findings for concept in finding.concepts}
    others.pop(item.concept.id, None)
    return (item.concept, *others.values(), *item.alike)


def row_of(item: Item, script: DisplayScript) -> ItemRow:
    """The row of an item."""
    if isinstance(item, Candidate):
        rendering = item.renderings[0].text if item.renderings else ""
        chinese, english = (item.text, rendering) if item.language == "zh" else (rendering, item.text)
        return ItemRow("+", ".muted", script.show(chinese), english, f"{item.frequency:,}")
    if isinstance(item, Finding):
        sign, style = SEVERITY_SIGNS[item.severity], _SEVERITY_STYLES[item.severity]
        return ItemRow(sign, style, script.show(item.subject), "; ".join(item.about), item.kind)
    if isinstance(item, DoubtfulPair):
        sign, style = ("!", ".proposed") if item.reasons else ("?", ".muted")
        chinese, english = sides(item.unit, script)
        return ItemRow(sign, style, chinese, english, f"{item.confidence:.2f}")
    concept = item.concept
    worst = item.findings[0].severity if item.findings else None
    sign, style = (SEVERITY_SIGNS[worst], _SEVERITY_STYLES[worst]) if worst else (ALIKE_SIGN if item.alike else "?", ".proposed")
    chinese = next(iter(script.names(concept)), "")
    return ItemRow(sign, style, chinese, next(iter(concept.texts("en")), ""), concept.domain)


def sides(unit: Unit, script: DisplayScript) -> tuple[str, str]:
    """The Chinese of a pair as it is shown, and its English."""
    chinese, english = (unit.source, unit.target) if language(unit.source_lang) == "zh" else (unit.target, unit.source)
    return script.show(chinese), english
