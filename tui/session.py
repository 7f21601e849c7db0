"""The connections of one run of the terminal UI."""

import time
from pathlib import Path
from typing import Final

from tui.display import AS_STORED, DisplayScript
from tui.reading import Clock, Reader
from tui.writing import Writer
from workspace.workspace import Workspace

DEBOUNCE: Final = 0.08
"""Seconds after the last keystroke before a query is looked up."""


class Session:
    """One database, with a connection for the results, one for the concept shown and one for changes.

    Each is opened when it is first needed, on the thread that needs it. `script` is in which Chinese is shown in all areas.
    """

    def __init__(self, path: Path, *, clock: Clock = time.perf_counter, debounce: float = DEBOUNCE) -> None:
        self.path = path
        self.debounce = debounce
        self.script: DisplayScript = AS_STORED
        self.results_reader = Reader(self.open, clock)
        self.detail_reader = Reader(self.open, clock)
        self.writer = Writer(self.open)

    def open(self) -> Workspace:
        """A further connection, for whoever closes it."""
        return Workspace.open(str(self.path), seed=False)

    def close(self) -> None:
        """Close all connections."""
        self.results_reader.close()
        self.detail_reader.close()
        self.writer.close()
