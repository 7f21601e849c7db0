"""The bytes of a file, also of one that grows."""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Final

from lang.errors import NotFoundError, YuqiaoError

CHUNK: Final = 1 << 16
_POLL_SECONDS: Final = 0.05


def file_chunks(file: str, *, follow: bool = False, stopped: Event | None = None) -> Iterator[bytes]:
    """The bytes of a file as soon as they are there; with `follow` on and on, until `stopped` is set.

    NotFoundError or YuqiaoError where it cannot be read.
    """
    try:
        with Path(file).expanduser().open("rb", buffering=0) as stream:
            while stopped is None or not stopped.is_set():
                chunk = stream.read(CHUNK)
                if chunk:
                    yield chunk
                elif follow:
                    time.sleep(_POLL_SECONDS)
                else:
                    return
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {file}.", "Name a transcript, or the file a recogniser writes to.") from error
    except OSError as error:
        raise YuqiaoError(f"{file}: cannot be read ({error.strerror}).") from error
