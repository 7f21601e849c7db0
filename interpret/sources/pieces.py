"""Bytes as they come, cut into pieces at line feeds and carriage returns: some recognisers redraw a line in place."""

import codecs
import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

_CUT: Final = re.compile("\r\n|\n|\r")
_LONGEST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and what ended it: a line feed, a carriage return, or nothing as yet (`open`)."""

    text: str
    end: Literal["line", "return", "open"]
    received_ns: int


def pieces_of(chunks: Iterable[bytes], clock: Callable[[], int] = time.monotonic_ns) -> Iterator[Piece]:
    """The pieces of a stream of UTF-8 bytes. What is not UTF-8 is shown as �; a line is never longer than a million characters.

    At the end of each chunk the unfinished rest is given as an open piece, and again when it is finished.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    first = True
    for chunk in chunks:
        now = clock()
        rest += decoder.decode(chunk)
        if first and rest:
            rest, first = rest.removeprefix("\ufeff"), False
        start = 0
        for match in _CUT.finditer(rest):
            # A carriage return at the very end may be the first half of CR LF.
            if match.group() == "\r" and match.end() == len(rest):
                break
            yield Piece(rest[start : match.start()], "return" if match.group() == "\r" else "line", now)
            start = match.end()
        rest = rest[start:]
        if len(rest) > _LONGEST:
            yield Piece(rest, "line", now)
            rest = ""
        if rest:
            yield Piece(rest, "open", now)
    rest = (rest + decoder.decode(b"", final=True)).rstrip("\r")
    if rest:
        yield Piece(rest, "line", clock())
