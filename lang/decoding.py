"""Text files of any size and encoding as a stream of lines."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from lang.encoding import detect
from lang.errors import BadFileError, NotFoundError, UnsupportedError

_SAMPLE: Final = 400_000


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading; NotFoundError where that fails, BadFileError where a later read does."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    with file:
        try:
            yield file
        except OSError as error:
            raise BadFileError(str(path), 0, f"cannot be read: {error.strerror or error}") from error


def head_text(head: bytes) -> str:
    """The beginning of a file as text, as well as it can be told; for looking at, not for keeping."""
    return head.decode(detect_in(head), errors="replace").lstrip("\ufeff")


def detect_in(head: bytes) -> str:
    """The encoding of a file by its beginning, whose last character or line may be cut off."""
    if b"\0" in head:
        return detect(head[: len(head) // 2 * 2])
    end = head.rfind(b"\n") + 1
    return detect(head[:end] if end and len(head) > end else head)


def lines(path: Path, encoding: str | None = None) -> Iterator[str]:
    """The lines of a text file with their ends (LF, CR LF or CR), streaming, without BOM.

    `encoding` names it; otherwise it is found out from the first 400 kB. BadFileError for bytes that are no text in
    it, with the line; UnsupportedError for an unknown name; NotFoundError where the file cannot be opened.
    """
    number = 0
    with opened(path) as file:
        sample = file.read(_SAMPLE)
        # Of a file read whole the last line is not cut: its bytes tell too.
        name = encoding or (detect(sample) if len(sample) < _SAMPLE else detect_in(sample))
        file.seek(0)
        text = io.TextIOWrapper(file, encoding=_checked(name, file), newline="")
        try:
            for number, line in enumerate(text, start=1):
                if "\0" in line:
                    reason = "holds NUL characters, so it is not a text file"
                    raise BadFileError(str(path), number, reason, "Save it as UTF-8 text.")
                yield line.lstrip("\ufeff") if number == 1 else line
        except UnicodeError as error:
            hint = "Name the right one with --encoding." if encoding else "Name its encoding with --encoding."
            line_number = _undecodable_line(path, name) or number + 1
            raise BadFileError(str(path), line_number, f"not readable as {name.removesuffix('-sig')}", hint) from error
        finally:
            text.detach()


def _checked(name: str, file: BinaryIO) -> str:
    """The encoding's name if Python knows it as one of text; UTF-16 without BOM gets the byte order its bytes show."""
    try:
        codec = codecs.lookup(name)
        "".encode(name)
    except (LookupError, ValueError) as error:
        raise UnsupportedError(f"No encoding is called {name!r}.", "Try utf-8, gb18030, big5 or utf-16.") from error
    if codec.name == "utf-16":
        head = file.read(_SAMPLE)
        file.seek(0)
        if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            found = detect_in(head)
            return found if found.startswith("utf-16-") else "utf-16-le"
    return name


def _undecodable_line(path: Path, name: str) -> int:
    """The first line that cannot be decoded by itself, 0 where lines cannot be told (UTF-16, UTF-32)."""
    if codecs.lookup(name).name.startswith(("utf-16", "utf-32")):
        return 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode(name)
            except UnicodeError:
                return number
    return 0
