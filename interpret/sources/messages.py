"""Messages over connections, each connection a stream of its own, read into the segments of one speech."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from interpret.hypothesis import Hypothesis
from interpret.sources.pieces import pieces_of
from interpret.sources.readers import json_of
from interpret.sources.reading import StreamReading


@dataclass(frozen=True, slots=True)
class Message:
    """What came over a connection (numbered from 0); None for `data` when the connection has ended."""

    connection: int
    data: bytes | None
    received_ns: int


def hypotheses_of_messages(messages: Iterable[Message], *, recogniser: str | None = None) -> Iterator[Hypothesis]:
    """What was said over all connections; what a connection left unfinished is final when it ends.

    A recogniser that connects again may number its segments anew: ours are numbered in the order in which they come.
    """
    readings: dict[int, StreamReading] = {}
    numbers: dict[int, dict[int, int]] = {}
    count = 0
    last_ns = 0

    def numbered(connection: int, heard: Iterable[Hypothesis]) -> Iterator[Hypothesis]:
        nonlocal count
        own = numbers.setdefault(connection, {})
        for one in heard:
            if one.segment not in own:
                own[one.segment] = count
                count += 1
            yield replace(one, segment=own[one.segment])

    StreamReading(recogniser)  # A name that is unknown is told now, not at the first message.
    for message in messages:
        at, last_ns = message.connection, message.received_ns
        if message.data is None:
            if at in readings:
                yield from numbered(at, readings.pop(at).finish(last_ns))
            numbers.pop(at, None)
            continue
        reading = readings.setdefault(at, StreamReading(recogniser))
        for piece in pieces_of([_line(message.data)]):
            yield from numbered(at, reading.read(replace(piece, received_ns=last_ns)))
    for at, reading in readings.items():
        yield from numbered(at, reading.finish(last_ns))


def _line(data: bytes) -> bytes:
    """A message as a line or several; JSON that is laid out over lines as one."""
    if b"\n" in data.strip():
        laid_out = json_of(data.decode("utf-8", "replace"))
        if laid_out is not None:
            data = json.dumps(laid_out, ensure_ascii=False).encode()
    return data if data.endswith(b"\n") else data + b"\n"
