"""Text that commands read line by line, from a file or as it comes on standard input."""

import sys
from collections.abc import Iterator

from lang.encoding import decode, read_text


def lines_of(file: str, encoding: str | None = None) -> tuple[Iterator[str], int | None]:
    """The lines of a file, or of standard input as they come where it is -; and how many there are, if that is known.

    NotFoundError or BadFileError where it cannot be read.
    """
    if file == "-":
        return stdin_lines(encoding), None
    lines = read_text(file, encoding).splitlines()
    return iter(lines), len(lines)


def stdin_lines(encoding: str | None = None) -> Iterator[str]:
    """Lines as they arrive: a live transcript must not wait for a block to fill. UTF-8 unless told otherwise."""
    for number, line in enumerate(iter(sys.stdin.buffer.readline, b""), start=1):
        text = decode(line, f"standard input, line {number}", encoding or "utf-8").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number == 1 else text
