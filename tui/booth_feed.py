"""A live session on threads of its own, whose results reach the booth's screen as messages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual.message import Message

from interpret.engine import Output
from interpret.prompt import Prompts
from interpret.sink import Sink
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from interpret.hypothesis import Hypothesis


@dataclass(frozen=True, slots=True)
class Source:
    """What is listened to: a transcript said at `speed` times speaking speed, or, with `follow`, a file that grows."""

    file: str
    follow: bool
    speed: float = 1.0


class PromptsCame(Message):
    """Prompts for a segment, or for a later revision of it."""

    def __init__(self, prompts: Prompts) -> None:
        super().__init__()
        self.prompts = prompts


class OutputCame(Message):
    """What the engine made of a segment."""

    def __init__(self, output: Output) -> None:
        super().__init__()
        self.output = output


class SpeechEnded(Message):
    """The session is over."""


class Feed(Sink):
    """Runs one session; `stop` ends it soon. It knows terms added meanwhile."""

    def __init__(self, database: Path, source: Source, send: Callable[[Message], None]) -> None:
        self._database = database
        self._source = source
        self._send = send
        self._stopped = Event()

    def stop(self) -> None:
        """End the session."""
        self._stopped.set()

    def run(self) -> None:
        """Listen until the speech is over or stopped; runs on a thread of its own."""
        from interpret.memory_engine import MemoryEngine
        from interpret.pacing import at_speaking_speed
        from interpret.prompting import Prompter
        from interpret.session import Session
        from interpret.sources.files import file_chunks
        from interpret.sources.reading import hypotheses_of

        try:
            with Workspace.open(str(self._database), seed=False) as workspace:
                session = Session(Prompter(workspace, text_by_text=True), MemoryEngine(), [self])
                chunks = file_chunks(self._source.file, follow=self._source.follow, stopped=self._stopped)
                heard: Iterator[Hypothesis] = hypotheses_of(chunks)
                if not self._source.follow:
                    heard = at_speaking_speed(heard, self._source.speed, self._stopped)
                for hypothesis in heard:
                    if self._stopped.is_set():
                        break
                    session.hear(hypothesis)
                if self._stopped.is_set():
                    session.cancel()
                else:
                    session.finish()
        finally:
            self._send(SpeechEnded())

    def prompted(self, prompts: Prompts) -> None:
        """Show the prompts."""
        self._send(PromptsCame(prompts))

    def answered(self, output: Output) -> None:
        """Show the answer."""
        self._send(OutputCame(output))
