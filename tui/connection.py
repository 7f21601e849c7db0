"""A connection to the database that a reader or writer of the terminal UI keeps for itself."""

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workspace.workspace import Workspace


class SupersededError(Exception):
    """A read that a newer one made needless."""


class Connection:
    """Opened when it is first used, on the thread that uses it; used by one thread at a time, the others wait for their turn."""

    def __init__(self, open_workspace: "Callable[[], Workspace]") -> None:
        self._open = open_workspace
        self._workspace: Workspace | None = None
        self._turn = threading.Lock()

    @contextmanager
    def use(self) -> "Iterator[Workspace]":
        """The workspace, for as long as the block lasts."""
        with self._turn:
            if self._workspace is None:
                self._workspace = self._open()
            yield self._workspace

    def interrupt(self) -> None:
        """Have the query that runs raise an error of the database; from any thread, without waiting for a turn."""
        if self._workspace is not None:
            self._workspace.connection.interrupt()

    def close(self) -> None:
        """Close it once whoever uses it is done; the next use opens it again."""
        with self._turn:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None
