"""Files that work under way is kept in: JSON Lines, each line on the disk before the next change is made."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lang.errors import YuqiaoError


def append_lines(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """Write lines behind those there are; they are on the disk when this returns. YuqiaoError where that cannot be."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    try:
        with path.open("ab") as file:
            # A line that was cut off must not take this one with it.
            broken = file.tell() and not _ends_whole(path)
            file.write((("\n" if broken else "") + text).encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise YuqiaoError(f"{path}: cannot be written ({error.strerror}).", "Copy the document elsewhere.") from error


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The lines with their numbers, from 1, that are not blank; None stands for one that is no JSON.

    There are none where there is no file; YuqiaoError where it cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise YuqiaoError(f"{path}: {error.strerror}.", "It keeps work begun earlier.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield number, json.loads(line.decode("utf-8", "surrogatepass"))
            except ValueError:
                yield number, None
