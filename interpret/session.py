"""A live session: hypotheses in, prompts out at once, and what the engine makes of each finished segment, in order.

Prompts are made by the caller's thread and never wait for the engine, which works on a thread of its own: when it is slow,
hangs or fails, segments wait in line and nothing is lost; when it fails, the reason takes the place of its answer.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from interpret.checking import answered
from interpret.engine import Engine, Output, OutputKind, Request
from interpret.errors import EngineError
from interpret.hypothesis import Hypothesis
from interpret.prompt import Prompts
from interpret.prompting import CONTEXT, Prompter
from interpret.sink import Sink


class _Guarded:
    """An engine is anybody's code, and the speech goes on: whatever it raises becomes an EngineError."""

    def __init__(self, engine: Engine) -> None:
        self.name = engine.name
        self._engine = engine

    def translate(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        try:
            yield from self._engine.translate(request, cancelled)
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(f"The engine {self.name} failed: {type(error).__name__}: {error}") from error

    def kind(self, request: Request) -> OutputKind:
        return self._engine.kind(request)

    def close(self) -> None:
        self._engine.close()


class Session:
    """One speech. `hear` each hypothesis, then `finish`; or `run` both. For `enforce` see interpret.checking.answered."""

    def __init__(
        self,
        prompter: Prompter,
        engine: Engine | None,
        sinks: Sequence[Sink],
        *,
        enforce: bool = False,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._prompter = prompter
        self._engine = None if engine is None else _Guarded(engine)
        self._sinks = list(sinks)
        self._gone: BrokenPipeError | None = None
        self._enforce = enforce
        self._clock = clock
        self._telling = threading.Lock()
        self._cancelled = threading.Event()
        self._waiting: dict[int, Prompts] = {}
        self._line: deque[int] = deque()
        self._work = threading.Condition()
        self._over = False
        self._segments = 0
        self._context: deque[tuple[str, str]] = deque(maxlen=CONTEXT)
        self._thread = threading.Thread(target=self._translate, name="engine", daemon=True)
        if engine is not None:
            self._thread.start()

    def begin(self, about: dict[str, object]) -> None:
        """Tell what session this is, before anything is heard."""
        now = self._clock()
        self._tell(lambda sink: sink.began(about, now))

    def run(self, hypotheses: Iterable[Hypothesis]) -> None:
        """Hear all, then wait for the engine."""
        for hypothesis in hypotheses:
            self.hear(hypothesis)
        self.finish()
        now = self._clock()
        self._tell(lambda sink: sink.ended(self._segments, now))
        self._look()

    def hear(self, hypothesis: Hypothesis) -> None:
        """Tell the hypothesis and its prompts; a finished segment goes to the engine, one taken back no more."""
        self._segments = max(self._segments, hypothesis.segment + 1)
        prompts = self._prompter.prompts(hypothesis)

        def tell(sink: Sink) -> None:
            sink.heard(hypothesis)
            sink.prompted(prompts)

        self._tell(tell)
        self._look()
        if hypothesis.final and self._engine is not None:
            with self._work:
                if not hypothesis.text:
                    self._waiting.pop(hypothesis.segment, None)
                else:
                    if hypothesis.segment not in self._waiting:
                        self._line.append(hypothesis.segment)
                    self._waiting[hypothesis.segment] = prompts
                self._work.notify()

    @property
    def segments(self) -> int:
        """How many segments were heard of."""
        return self._segments

    @property
    def behind(self) -> int:
        """How many finished segments wait for the engine."""
        return len(self._waiting)

    def finish(self) -> None:
        """Wait for the engine to be done with all that was heard."""
        with self._work:
            self._over = True
            self._work.notify()
        if self._thread.is_alive():
            self._thread.join()

    def cancel(self) -> None:
        """Give up what the engine is at and what waits for it."""
        self._cancelled.set()
        with self._work:
            self._line.clear()
            self._waiting.clear()
        self.finish()

    def tell(self, text: str) -> None:
        """Tell the user something, in the log as well."""
        now = self._clock()
        self._tell(lambda sink: sink.told(text, now))

    def _tell(self, tell: Callable[[Sink], None]) -> None:
        """Tell every sink; one that cannot be written to any more (a full disk) is left out from now on, and the rest told."""
        with self._telling:
            for sink in list(self._sinks):
                try:
                    tell(sink)
                except BrokenPipeError as error:
                    self._gone = error
                except OSError as error:
                    self._sinks.remove(sink)
                    text = f"{error.filename or 'An output'} cannot be written any more ({error.strerror or error})."
                    now = self._clock()
                    for other in self._sinks:
                        other.told(text, now)

    def _look(self) -> None:
        """Whoever read the output is gone: say so to the caller, whichever thread found out."""
        if self._gone is not None:
            raise self._gone

    def _next(self) -> Prompts | None:
        with self._work:
            while True:
                while self._line:
                    prompts = self._waiting.pop(self._line.popleft(), None)
                    if prompts is not None:
                        return prompts
                if self._over:
                    return None
                self._work.wait()

    def _translate(self) -> None:
        assert self._engine is not None, "the thread runs for an engine"
        while (prompts := self._next()) is not None:
            request = self._prompter.request(prompts, self._context)
            on_piece = partial(self._piece, prompts.segment)
            output = answered(self._engine, request, self._cancelled, enforce=self._enforce, on_piece=on_piece)
            if output.text:
                self._context.append((prompts.text, output.text))
            self._answer(output)

    def _answer(self, output: Output) -> None:
        self._tell(lambda sink: sink.answered(output))

    def _piece(self, segment: int, text: str) -> None:
        now = self._clock()
        self._tell(lambda sink: sink.piece(segment, text, now))
