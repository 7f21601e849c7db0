"""Files written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from lang.errors import BadFileError, NotFoundError, YuqiaoError

_MEGABYTE = 1_000_000
_LARGEST = 500 * _MEGABYTE


def read_bytes(path: Path) -> bytes:
    """A document's bytes; NotFoundError where it cannot be opened, BadFileError above 500 MB."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadFileError(str(path), 0, f"is larger than {_LARGEST // _MEGABYTE} MB", "Split it into parts.")
        return path.read_bytes()
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    except ValueError as error:
        raise NotFoundError(f"{str(path)!r} cannot be a file's name.", "Check the name.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that an interruption leaves the old one or the new one."""
    partial = path.with_name(f".yuqiao-{os.getpid()}.partial")
    try:
        with partial.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if path.exists():
            partial.chmod(path.stat().st_mode & 0o7777)
        partial.replace(path)
    except OSError as error:
        raise YuqiaoError(f"{path}: cannot be written ({error.strerror}).", "Choose another place.") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
