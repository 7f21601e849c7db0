"""TER with sacreBLEU's figures, segment by segment, in a fraction of its time."""

import functools
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from scoring.ter_search import count_edits

if TYPE_CHECKING:
    from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

# A process costs about half a second before its first segment.
TRIAL_SECONDS: Final = 1.0
SECONDS_WORTH_PROCESSES: Final = 3.0
MOST_PROCESSES: Final = 8
# Small enough that Ctrl-C and the last process are not waited for.
BATCH: Final = 32


@dataclass(frozen=True, slots=True)
class _Options:
    normalized: bool
    asian_support: bool
    no_punct: bool
    case_sensitive: bool


@dataclass(frozen=True, slots=True)
class _Segment:
    number: int
    hypothesis: str
    references: tuple[str, ...]

    @property
    def work(self) -> int:
        """About in proportion to the time it takes: the square of the length."""
        return 1000 + len(self.hypothesis) * sum(map(len, self.references))


_Statistics = list[tuple[int, int, float]]


def ter_statistics(
    hypotheses: Sequence[str],
    references: Sequence[Sequence[str]],
    *,
    normalized: bool,
    asian_support: bool,
    no_punct: bool = False,
    case_sensitive: bool = False,
    progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> NDArray[np.float64]:
    """Count each segment's edits: one row a segment, of the edits to its best reference and its average reference length.

    `references` holds one sequence for each reference, as long as the hypotheses. The options are those of sacreBLEU's
    TER, whose tokenizer cuts the words and whose sufficient statistics these are. Sums of rows give a score, see
    `ter_score`. `progress` is told how many segments are done, from time to time and at the end. Processes are started
    where the work is long enough to gain by them, or `workers` (one: this process) says how many. ValueError when
    there is no reference or lengths differ.
    """
    if not references:
        raise ValueError("TER needs a reference.")
    options = _Options(normalized, asian_support, no_punct, case_sensitive)
    segments = [
        _Segment(number, hypothesis, together)
        for number, (hypothesis, together) in enumerate(zip(hypotheses, zip(*references, strict=True), strict=True))
    ]
    statistics = np.zeros((len(segments), 2), dtype=np.float64)
    done = 0
    with closing(_all_statistics(segments, options, workers)) as parts:
        for rows in parts:
            for number, edits, length in rows:
                statistics[number] = edits, length
            done += len(rows)
            if progress:
                progress(done)
    return statistics


def ter_score(edits: float, reference_length: float) -> float:
    """The edits in 100 words of the reference; by sacreBLEU's rule 100 for any edits to no words, 0 for none."""
    if reference_length > 0:
        # In this order: sacreBLEU's figure to the last bit.
        return 100 * (edits / reference_length)
    return 100.0 if edits > 0 else 0.0


def _all_statistics(segments: list[_Segment], options: _Options, workers: int | None) -> Generator[_Statistics, None, None]:
    """Yield the statistics of all segments in some order: those that processes fail to bring are done here."""
    left = {segment.number: segment for segment in segments}
    parts: Iterator[_Statistics] = iter(())
    if workers is None:
        parts = _here_then_in_processes(segments, options)
    elif workers > 1:
        parts = _in_processes(segments, options, workers)
    try:
        for rows in parts:
            for number, *_ in rows:
                del left[number]
            yield rows
    except (BrokenProcessPool, OSError):
        # Processes may be forbidden here, or one was killed: nothing is lost but time.
        pass
    for batch in _batches(list(left.values())):
        yield _batch_statistics(batch, options)


def _here_then_in_processes(segments: list[_Segment], options: _Options) -> Iterator[_Statistics]:
    """Begin here, and go over to processes once what is left proves long."""
    processes = min(_processors(), MOST_PROCESSES)
    work_left = sum(segment.work for segment in segments)
    work_done = 0
    started = time.perf_counter()
    for index, batch in enumerate(_batches(segments)):
        yield _batch_statistics(batch, options)
        work = sum(segment.work for segment in batch)
        work_left -= work
        work_done += work
        seconds = time.perf_counter() - started
        if processes > 1 and seconds > TRIAL_SECONDS and seconds * work_left / work_done > SECONDS_WORTH_PROCESSES:
            yield from _in_processes(segments[(index + 1) * BATCH :], options, processes)
            return


def _in_processes(segments: list[_Segment], options: _Options, workers: int) -> Iterator[_Statistics]:
    """Hand the segments out to processes, the longest first: a long one that begins last is waited for alone."""
    longest_first = sorted(segments, key=lambda segment: -segment.work)
    # Forked processes would inherit the locks that threads of the terminal UI hold.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start_process)
    try:
        with _interrupts_held_off():
            results: list[Future[_Statistics]] = [
                pool.submit(_batch_statistics, batch, options) for batch in _batches(longest_first)
            ]
        for result in as_completed(results):
            yield result.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _start_process() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Without this, processes whose parent was killed wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def _interrupts_held_off() -> Iterator[None]:
    """Let processes start deaf to Ctrl-C, which the terminal sends them too: the parent hears it and ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def _batches(segments: list[_Segment]) -> Iterator[list[_Segment]]:
    return (segments[start : start + BATCH] for start in range(0, len(segments), BATCH))


def _batch_statistics(batch: list[_Segment], options: _Options) -> _Statistics:
    tokenizer = _tokenizer(options)

    def tokenize(text: str) -> str:
        return tokenizer(text.rstrip())

    statistics = []
    for segment in batch:
        hypothesis = tokenize(segment.hypothesis).split()
        # sacreBLEU cuts references twice, and the second time may cut further: ",,1" is ", ,1", then ", , 1".
        references = [tokenize(tokenize(reference)).split() for reference in segment.references]
        edits = min(count_edits(hypothesis, reference) for reference in references)
        statistics.append((segment.number, edits, sum(map(len, references)) / len(references)))
    return statistics


@functools.cache
def _tokenizer(options: _Options) -> "TercomTokenizer":
    """The tokenizer, the same each time: it remembers the references it has cut."""
    from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

    return TercomTokenizer(
        normalized=options.normalized,
        no_punct=options.no_punct,
        asian_support=options.asian_support,
        case_sensitive=options.case_sensitive,
    )


def _processors() -> int:
    """The processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
