"""The connections of one run of the terminal UI."""

import time
from pathlib import Path

from tui.reading import Clock, Reader
from tui.writing import Writer
from workspace.workspace import Workspace


class Session:
    """One database, with a connection for the results, one for the concept shown and one for changes.

    Each is opened when it is first needed, on the thread that needs it.
    """

    def __init__(self, path: Path, *, clock: Clock = time.perf_counter) -> None:
        self.path = path
        self.results_reader = Reader(self._open, clock)
        self.detail_reader = Reader(self._open, clock)
        self.writer = Writer(self._open)

    def _open(self) -> Workspace:
        return Workspace.open(str(self.path), seed=False)

    def close(self) -> None:
        """Close all connections."""
        self.results_reader.close()
        self.detail_reader.close()
        self.writer.close()
