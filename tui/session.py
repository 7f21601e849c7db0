"""The connections of one run of the terminal UI."""

import threading
import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from tui.display import AS_STORED, DisplayScript
from tui.reading import Clock, Reader
from tui.sentence_reading import SentenceReader

if TYPE_CHECKING:
    from tui.writing import Writer
    from workspace.workspace import Workspace

DEBOUNCE: Final = 0.02
"""Seconds between two look-ups of what is being typed; the first is not kept waiting."""


R = TypeVar("R", bound=Reader)


class Session:
    """One database, with a connection for the results, one for the concept shown and one for changes.

    Each is opened when it is first needed, on the thread that needs it. `script` is in which Chinese is shown in all areas;
    `shares` are the hundredths of the room that the first pane of an area has, where the user chose them,
    `document` the path of the document translated last, `aligned` those of the documents aligned last, Chinese and English,
    empty where none were. With `seed` the first to open the database fills a new one with the curated data while the others wait.
    """

    def __init__(self, path: Path, *, seed: bool = False, clock: Clock = time.perf_counter, debounce: float = DEBOUNCE) -> None:
        self.path = path
        self.debounce = debounce
        self.script: DisplayScript = AS_STORED
        self.shares: dict[str, int] = {}
        self.document = ""
        self.aligned = ("", "")
        self._followers: list[Callable[[DisplayScript], None]] = []
        self.results_reader = SentenceReader(self.open, clock)
        self.detail_reader = Reader(self.open, clock)
        self._clock = clock
        self._prepared = not seed
        self._preparing = threading.Lock()
        self._readers: list[Reader] = [self.results_reader, self.detail_reader]

    @cached_property
    def writer(self) -> "Writer":
        """The one that changes the term base; loaded at the first change."""
        from tui.writing import Writer

        return Writer(self.open)

    def show_in(self, script: DisplayScript) -> None:
        """Show Chinese in a script from now on, in whatever follows it."""
        self.script = script
        for follower in self._followers:
            follower(script)

    def follow_script(self, follower: Callable[[DisplayScript], None]) -> None:
        """Call this with every script that is chosen, on the thread of whoever chooses."""
        self._followers.append(follower)

    def reader(self, kind: type[R]) -> R:
        """A further reader with a connection of its own, for as long as the session lasts."""
        made = kind(self.open, self._clock)
        self._readers.append(made)
        return made

    @property
    def prepared(self) -> bool:
        """Whether the database is known to be one of yuqiao's, filled and up to date."""
        return self._prepared

    def prepare(self) -> None:
        """Make sure of that; on a thread, since a new database takes seconds. YuqiaoError where it cannot be."""
        from workspace.workspace import Workspace

        with self._preparing:
            if not self._prepared:
                Workspace.open(str(self.path)).close()
                self._prepared = True

    def open(self) -> "Workspace":
        """A further connection, for whoever closes it."""
        from workspace.workspace import Workspace

        self.prepare()
        return Workspace.open(str(self.path), seed=False)

    def close(self) -> None:
        """Close all connections."""
        for reader in self._readers:
            reader.close()
        if "writer" in self.__dict__:
            self.writer.close()
