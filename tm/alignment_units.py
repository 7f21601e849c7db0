"""An alignment's pairs as units of the memory."""

from collections.abc import Iterable, Sequence
from typing import Final

from lang.tags import CHINESE, tag_of_text
from tm.alignment import joined
from tm.alignment_editing import Row
from tm.unit import CONFIDENCE, Unit

_SAMPLE: Final = 200


def units_of(rows: Iterable[Row], chinese: Sequence[str], english: Sequence[str], origin: str) -> list[Unit]:
    """A unit for each row that has both sides and was not left out, in order, Chinese to English.

    What a person accepted is reviewed; all others carry their confidence, where there is one.
    """
    tag = tag_of_text(CHINESE, "".join(chinese[:_SAMPLE]))
    units = []
    for row in rows:
        if not row.paired or row.verdict == "left out":
            continue
        first, last = row.source.start, row.source.stop
        accepted = row.verdict == "accepted"
        judged = row.confidence is not None and not accepted
        units.append(
            Unit(
                joined(chinese, row.source),
                joined(english, row.target),
                tag,
                origin=origin,
                state="reviewed" if accepted else "translated",
                before="".join(chinese[max(0, first - 1) : first]),
                after="".join(chinese[last : last + 1]),
                properties=((CONFIDENCE, f"{row.confidence:.3f}"),) if judged else (),
            )
        )
    return units
