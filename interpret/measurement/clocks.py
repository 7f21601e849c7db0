"""Four clocks, which "response in 0.5 s" may each mean: named apart, and by percentiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from interpret.measurement.session import LoggedSegment, Session

ClockName = Literal["speech", "prompt", "first", "final"]
CLOCKS: Final[dict[ClockName, str]] = {
    "speech": "speech to transcript",
    "prompt": "transcript to prompt",
    "first": "transcript to first word",
    "final": "transcript to final text",
}
_ABSENT: Final[dict[ClockName, str]] = {
    "speech": "the recogniser gave no times",
    "prompt": "the log has no prompts",
    "first": "the log has no output",
    "final": "the log has no output",
}
PERCENTILES: Final = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Clock:
    """The times of one clock in milliseconds, in the order of the log; `absent` says why there are none."""

    name: ClockName
    times_ms: tuple[float, ...]
    absent: str = ""

    def percentile_ms(self, share: int) -> float | None:
        """The time that `share` percent of all do not exceed, by nearest rank: a time that was seen. None where none was."""
        return percentile(self.times_ms, share)


def percentile(values: Sequence[float], share: int) -> float | None:
    """The value of rank ceil(share/100 * n) in order (nearest rank, no interpolation); None without values."""
    if not values:
        return None
    return sorted(values)[max(1, ceil(share * len(values) / 100)) - 1]


def clocks_of(session: Session) -> dict[ClockName, Clock]:
    """All four clocks of a session.

    speech: from the end of what was said to when the recogniser gave out the final text, both by the recogniser's clock;
    prompt: from the arrival of a hypothesis, partial ones too, to its prompts; first and final: from the arrival of the
    final hypothesis to the first and last piece of its output. Segments without an output count in neither of these.
    """
    times: dict[ClockName, list[float]] = {name: [] for name in CLOCKS}
    for segment in session.segments:
        _add(segment, times)
    return {name: Clock(name, tuple(found), "" if found else _ABSENT[name]) for name, found in times.items()}


def no_clocks(why: str) -> dict[ClockName, Clock]:
    """The clocks of something that has none, and why."""
    return {name: Clock(name, (), why) for name in CLOCKS}


def _add(segment: LoggedSegment, times: dict[ClockName, list[float]]) -> None:
    arrived = {one.revision: one.at_ms for one in segment.heard}
    times["prompt"] += [at_ms - arrived[revision] for revision, at_ms in segment.prompted if revision in arrived]
    final, output = segment.final, segment.output
    if final is None:
        return
    if final.spoken_ms and final.emitted_ms is not None:
        times["speech"].append(final.emitted_ms - final.spoken_ms[1])
    if output and output.text.strip():
        times["first"].append(output.first_ms - final.at_ms)
        times["final"].append(output.last_ms - final.at_ms)
