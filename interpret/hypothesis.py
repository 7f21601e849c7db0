"""What a recogniser says, in one form for all of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The whole text of a segment of speech as it stands now; a later one of the same segment takes its place.

    `segment` counts from 0 in order of first appearance, `revision` from 0 within a segment. `stable` is the number of
    characters at the start that will not change any more. An empty final text takes the segment back. `spoken_ms` is
    when it was said (from, to) and `emitted_ms` when the recogniser gave it out, both in milliseconds of the
    recogniser's own clock, None where it does not say. `received_ns` is our time.monotonic_ns() at arrival.
    """

    segment: int
    revision: int
    text: str
    stable: int
    final: bool
    received_ns: int
    spoken_ms: tuple[float, float] | None = None
    emitted_ms: float | None = None
