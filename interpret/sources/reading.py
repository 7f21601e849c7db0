"""From a stream of bytes to hypotheses."""

import time
from collections.abc import Callable, Iterable, Iterator

from interpret.hypothesis import Hypothesis
from interpret.sources.pieces import pieces_of
from interpret.sources.readers import READERS, Reader, reader_for
from lang.errors import UnsupportedError

NAMES = tuple(kind.name for kind in READERS)


def hypotheses_of(
    chunks: Iterable[bytes], *, recogniser: str | None = None, clock: Callable[[], int] = time.monotonic_ns
) -> Iterator[Hypothesis]:
    """What a recogniser said, chunk by chunk as it comes; its kind is told from the first line unless it is named.

    UnsupportedError for an unknown name.
    """
    reader: Reader | None = None
    if recogniser is not None:
        if recogniser not in NAMES:
            raise UnsupportedError(f"There is no recogniser {recogniser!r}.", f"Choose one of {', '.join(NAMES)}.")
        reader = next(kind for kind in READERS if kind.name == recogniser)()
    for piece in pieces_of(chunks, clock):
        reader = reader or reader_for(piece)
        if reader is not None:
            yield from reader.read(piece)
    if reader is not None:
        yield from reader.finish(clock())
