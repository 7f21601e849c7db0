"""Replaying a transcript at the speed at which it would be spoken."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Event
from typing import Final

from interpret.hypothesis import Hypothesis
from lang.script import is_chinese

CHARS_PER_SECOND: Final = 4.2
"""Chinese read from a script, about 250 characters a minute."""

WORDS_PER_SECOND: Final = 2.3
"""English read from a script, about 140 words a minute."""


def seconds_of(text: str) -> float:
    """How long a text takes to say."""
    if is_chinese(text):
        return sum(not char.isspace() for char in text) / CHARS_PER_SECOND
    return len(text.split()) / WORDS_PER_SECOND


def at_speaking_speed(hypotheses: Iterable[Hypothesis], speed: float = 1.0, stopped: Event | None = None) -> Iterator[Hypothesis]:
    """The same hypotheses, each when it would have come: by the recogniser's clock where it has one, else by length.

    No more come once `stopped` is set.
    """
    stopped = stopped or Event()
    began = time.monotonic()
    due = 0.0
    first: float | None = None
    for hypothesis in hypotheses:
        clock = hypothesis.emitted_ms if hypothesis.emitted_ms is not None else (hypothesis.spoken_ms or (None, None))[1]
        if clock is not None:
            first = clock if first is None else first
            due = max(due, (clock - first) / 1000 / speed)
        elif hypothesis.final:
            due += seconds_of(hypothesis.text) / speed
        wait = began + due - time.monotonic()
        if stopped.wait(max(0.0, wait)):
            return
        yield replace(hypothesis, received_ns=time.monotonic_ns())
