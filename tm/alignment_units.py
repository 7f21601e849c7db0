"""An alignment's pairs as units of the memory."""

from collections.abc import Iterable
from typing import Final

from lang.tags import CHINESE, tag_of_text
from tm.alignment_editing import Row
from tm.alignment_segments import Segments
from tm.unit import CONFIDENCE, Unit

_SAMPLE: Final = 200


def units_of(rows: Iterable[Row], chinese: Segments, english: Segments, origin: str) -> list[Unit]:
    """A unit for each row that has both sides and was not left out, in order, Chinese to English.

    What a person accepted is reviewed; all others carry their confidence, where there is one.
    """
    tag = tag_of_text(CHINESE, "".join(chinese.sentences[:_SAMPLE]))
    units = []
    for row in rows:
        if not row.paired or row.verdict == "left out":
            continue
        before, after = chinese.around(row.source)
        accepted = row.verdict == "accepted"
        judged = row.confidence is not None and not accepted
        units.append(
            Unit(
                chinese.text(row.source),
                english.text(row.target),
                tag,
                origin=origin,
                state="reviewed" if accepted else "translated",
                before=before,
                after=after,
                properties=((CONFIDENCE, f"{row.confidence:.3f}"),) if judged else (),
            )
        )
    return units
