#!/usr/bin/env python3
"""Measure live prompts: from a line heard to its prompts, with a big term base and memory; ten hours of speech; a replay.

    python scripts/bench_interpret.py SPEECH... --database FILE [--segments FILE --cedict FILE] [--replay] [--hours 10]

SPEECH are texts, a paragraph a line, said sentence by sentence. The database is made if it is not there: the curated
terms, those of --cedict (CC-CEDICT's .u8 or .u8.xz), and a unit for each line of --segments. --replay says each speech
at 20 times speaking speed with the memory engine and reads its log for what was lost.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench_memory import percentile, row

from interpret.hypothesis import Hypothesis
from interpret.log import LogWriter, read_log
from interpret.memory_engine import MemoryEngine
from interpret.pacing import at_speaking_speed, seconds_of
from interpret.prompting import Prompter
from interpret.records import RecordSink
from interpret.session import Session
from lang.sentences import split_sentences
from workspace.workspace import Workspace

SPEED = 20.0


def sentences_of(speech: Path) -> list[str]:
    """The sentences of a speech."""
    return [one for line in speech.read_text(encoding="utf-8").splitlines() for one in split_sentences(line) if one.strip()]


def said(sentences: list[str]) -> Iterator[Hypothesis]:
    """Each sentence as a final segment."""
    for number, sentence in enumerate(sentences):
        yield Hypothesis(number, 0, sentence, len(sentence), True, time.monotonic_ns())


def make(database: Path, segments: Path | None, cedict: Path | None) -> None:
    """Fill a new database."""
    from tm.unit import Unit

    with Workspace.open(str(database)) as workspace:
        if cedict:
            workspace.glossary.import_file(cedict)
        if segments:
            with segments.open(encoding="utf-8") as lines:
                units = (Unit(line.strip(), f"Segment {at}.", "zh-Hans", "en", "bench") for at, line in enumerate(lines))
                workspace.memory.store.add(units, kind="import", by="bench", summary="segments")
        workspace.memory.index()


def prompts_speed(workspace: Workspace, sentences: list[str]) -> None:
    """The time from a line to its prompts."""
    prompter = Prompter(workspace)
    times: list[float] = []
    terms = numbers = 0
    for hypothesis in said(sentences):
        start = time.perf_counter()
        found = prompter.prompts(hypothesis)
        times.append((time.perf_counter() - start) * 1000)
        terms += len(found.terms)
        numbers += len(found.numbers)
    row(f"{len(times):,} lines to prompts: p50", f"{percentile(times, 0.5):.1f} ms", "<= 10 ms")
    row("  p99, slowest", f"{percentile(times, 0.99):.1f} ms, {max(times):.1f} ms", "p99 <= 50 ms")
    row("  terms, numbers prompted", f"{terms:,}, {numbers:,}")


def growth(workspace: Workspace, sentences: list[str], hours: float) -> None:
    """Memory of the process after the first hour of speech and after the last."""
    with tempfile.TemporaryDirectory() as folder, LogWriter(Path(folder) / "log.jsonl") as log:
        session = Session(Prompter(workspace), MemoryEngine(), [RecordSink(log.write, time.monotonic_ns())])
        spoken, number, after_one = 0.0, 0, 0.0
        while spoken < hours * 3600:
            for sentence in sentences:
                session.hear(Hypothesis(number, 0, sentence, len(sentence), True, time.monotonic_ns()))
                number += 1
                spoken += seconds_of(sentence)
                if not after_one and spoken > 3600:
                    after_one = megabytes()
        session.finish()
    row(
        f"memory after 1 and {hours:g} hours of speech ({number:,} segments)",
        f"{after_one:.0f} MB, {megabytes():.0f} MB",
        "equal",
    )


def megabytes() -> float:
    """The resident memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def replay(workspace: Workspace, speech: Path) -> None:
    """A speech at 20 times speaking speed; what its log lacks."""
    sentences = sentences_of(speech)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.jsonl"
        with LogWriter(path) as log:
            Session(Prompter(workspace), MemoryEngine(), [RecordSink(log.write, time.monotonic_ns())]).run(
                at_speaking_speed(said(sentences), SPEED)
            )
        heard, prompted, answered, late = set(), set(), set(), []
        at: dict[int, float] = {}
        for record in read_log(path):
            segment, when = record.get("segment"), record["at_ms"]
            assert isinstance(when, float)
            match record["type"]:
                case "hypothesis":
                    heard.add(segment)
                    at[segment] = when
                case "prompts":
                    prompted.add(segment)
                    late.append(when - at[segment])
                case "output":
                    answered.add(segment)
    missing = len(heard - prompted) + len(heard - answered) + len(sentences) - len(heard)
    row(f"{speech.name} at {SPEED:g} times speed: lost of {len(sentences)}", f"{missing}", "0")
    row("  line to prompts in the log: p50, p99", f"{percentile(late, 0.5):.1f} ms, {percentile(late, 0.99):.1f} ms")


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("speeches", nargs="+", type=Path)
    parser.add_argument("--database", type=Path, required=True)
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--cedict", type=Path)
    parser.add_argument("--hours", type=float, default=10.0)
    parser.add_argument("--replay", action="store_true")
    given = parser.parse_args()
    if not given.database.exists():
        make(given.database, given.segments, given.cedict)
    sentences = [one for speech in given.speeches for one in sentences_of(speech)]
    with Workspace.open(str(given.database)) as workspace:
        concepts = sum(1 for _ in workspace.glossary.concepts())
        row("concepts, units", f"{concepts:,}, {workspace.memory.count():,}")
        prompts_speed(workspace, sentences)
        growth(workspace, sentences, given.hours)
        if given.replay:
            for speech in given.speeches:
                replay(workspace, speech)
    return 0


if __name__ == "__main__":
    sys.exit(main())
