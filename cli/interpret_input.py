"""Where the speech of yuqiao interpret comes from: standard input, a file, a server, or recognisers that connect."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from cli.output import note
from interpret.address import host_and_port
from interpret.sources.files import CHUNK, file_chunks

if TYPE_CHECKING:
    from interpret.hypothesis import Hypothesis

T = TypeVar("T")


class SpeechOver(BaseException):
    """The user has ended the speech while nothing was being done but wait for it."""


class Interruption:
    """The first Ctrl-C ends the speech, and what was heard is still dealt with; the second ends the command."""

    def __init__(self) -> None:
        self.over = False
        self._waiting = False
        # A process that was started to ignore Ctrl-C (nohup) goes on ignoring it.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupt)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 (a handler's)
        if self.over:
            raise KeyboardInterrupt
        self.over = True
        if self._waiting:
            raise SpeechOver

    def until(self, items: Iterable[T]) -> Iterator[T]:
        """The items until the speech is over; waiting for the next is cut short."""
        iterator = iter(items)
        while True:
            try:
                self._waiting = True
                if self.over:
                    return
                item = next(iterator)
            except (StopIteration, SpeechOver):
                return
            finally:
                self._waiting = False
            yield item


def heard(
    stack: ExitStack,
    interruption: Interruption,
    file: str,
    *,
    recogniser: str | None,
    listen: str | None,
    follow: bool,
    speed: float | None,
    tell: Callable[[str], None],
) -> "Iterator[Hypothesis]":
    """What is said, as it comes; where `speed` is given as many times faster than it would be spoken."""
    from interpret.pacing import at_speaking_speed
    from interpret.sources.messages import hypotheses_of_messages
    from interpret.sources.reading import hypotheses_of

    if listen is not None or file.startswith(("ws://", "wss://")):
        from interpret.sources.websocket import Listener, messages_from

        if listen is None:
            messages = messages_from(file, tell)
        else:
            host, port = host_and_port(listen, "--listen")
            listener = stack.enter_context(Listener(tell, port, host))
            note(f"Recognisers send to {listener.url}; Ctrl-C ends the speech.")
            messages = listener.messages()
        hypotheses = hypotheses_of_messages(interruption.until(messages), recogniser=recogniser)
    else:
        hypotheses = hypotheses_of(interruption.until(_chunks(file, follow=follow)), recogniser=recogniser)
    return hypotheses if speed is None else interruption.until(at_speaking_speed(hypotheses, speed))


def _chunks(file: str, *, follow: bool) -> Iterator[bytes]:
    """The bytes of a file or of standard input, as soon as they are there."""
    if file == "-":
        while chunk := os.read(sys.stdin.fileno(), CHUNK):
            yield chunk
        return
    yield from file_chunks(file, follow=follow)
