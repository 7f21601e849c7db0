"""The segments of a document that the memory lacks, translated by an engine with their terms, numbers and matches at hand."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from typing import Literal

from interpret.checking import answered
from interpret.engine import Engine, Output
from interpret.hypothesis import Hypothesis
from interpret.prompting import CONTEXT, Prompter
from workspace.workspace import Workspace

_GIVE_UP = 3


def translate_segments(
    workspace: Workspace,
    engine: Engine,
    segments: Sequence[tuple[int, str]],
    *,
    source: Literal["zh", "en"] | None = None,
    enforce: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Output]:
    """What an engine makes of segments, (number in the document, text); each output has the number as its segment.

    A gloss of single terms is no translation and left out. Where three segments in a row get nothing the engine is not
    asked again, and the last output says why.
    """
    prompter = Prompter(workspace, source=source)
    context: deque[tuple[str, str]] = deque(maxlen=CONTEXT)
    failed = 0
    for done, (number, text) in enumerate(segments, start=1):
        prompts = prompter.prompts(Hypothesis(number, 0, text, len(text), True, time.monotonic_ns()))
        output = answered(engine, prompter.request(prompts, context), Event(), enforce=enforce)
        if output.text and output.kind != "gloss":
            context.append((text, output.text))
            yield output
            failed = 0
        elif output.reason:
            failed += 1
            if failed == _GIVE_UP:
                yield output
                return
        if progress:
            progress(done)
