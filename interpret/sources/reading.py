"""From a stream of bytes to hypotheses."""

import time
from collections.abc import Callable, Iterable, Iterator

from interpret.hypothesis import Hypothesis
from interpret.sources.pieces import Piece, pieces_of
from interpret.sources.readers import READERS, Reader, reader_for
from lang.errors import UnsupportedError

NAMES = tuple(kind.name for kind in READERS)


class StreamReading:
    """Reads one stream; its kind is told from the first line unless it is named. UnsupportedError for an unknown name."""

    def __init__(self, recogniser: str | None = None) -> None:
        self._reader: Reader | None = None
        if recogniser is not None:
            if recogniser not in NAMES:
                raise UnsupportedError(f"There is no recogniser {recogniser!r}.", f"Choose one of {', '.join(NAMES)}.")
            self._reader = next(kind for kind in READERS if kind.name == recogniser)()

    def read(self, piece: Piece) -> list[Hypothesis]:
        """What the next piece says."""
        self._reader = self._reader or reader_for(piece)
        return self._reader.read(piece) if self._reader is not None else []

    def finish(self, received_ns: int) -> list[Hypothesis]:
        """What is final because the stream has ended."""
        return self._reader.finish(received_ns) if self._reader is not None else []


def hypotheses_of(
    chunks: Iterable[bytes], *, recogniser: str | None = None, clock: Callable[[], int] = time.monotonic_ns
) -> Iterator[Hypothesis]:
    """What a recogniser said, chunk by chunk as it comes. See StreamReading."""
    reading = StreamReading(recogniser)
    for piece in pieces_of(chunks, clock):
        yield from reading.read(piece)
    yield from reading.finish(clock())
