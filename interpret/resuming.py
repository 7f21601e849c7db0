"""Going on with a session whose log was cut off: what was heard and not translated is said again."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from interpret.hypothesis import Hypothesis
from interpret.log import Past

# Higher than any revision the segment had, so that readers of the log take the later one.
_REVISION = 1_000_000


def said_again(past: Past) -> Iterator[Hypothesis]:
    """The finished segments that had no answer when the session was cut off."""
    for segment, text in past.open:
        yield Hypothesis(segment, _REVISION, text, len(text), True, time.monotonic_ns())


def after(past: Past, hypotheses: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
    """New hypotheses, numbered after those of the past."""
    for hypothesis in hypotheses:
        yield replace(hypothesis, segment=past.segments + hypothesis.segment)
