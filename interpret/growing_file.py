"""A file that is written as a session goes on."""

import errno
import os
from pathlib import Path


class GrowingFile:
    """UTF-8 text, added to at the end (or written `anew`). Nothing waits in a buffer for a crash to lose it."""

    def __init__(self, path: Path, *, anew: bool = False) -> None:
        self._path = path
        self._file = path.open("wb" if anew else "ab", buffering=0)

    def write(self, text: str) -> None:
        """Add text, all at once. OSError, with the file's name, where it cannot be."""
        data = text.encode()
        try:
            if self._file.write(data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self._path)) from error

    def close(self) -> None:
        """Close it."""
        self._file.close()
