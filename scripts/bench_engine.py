#!/usr/bin/env python3
"""Measure what the engine for OpenAI-compatible servers adds to the server's own time.

    python scripts/bench_engine.py [--segments 300] [--between 0.002]

A server on loopback, made for the tests, streams the same answer to each request and notes when it sends each token; what is
measured is the time from its first token sent to the first piece of English handed on, with the check of the answer and
without. Both run in one process, which shares its interpreter: the figures are upper bounds. docs/engines.md has them.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from threading import Event

from interpret.checking import answered, misses
from interpret.engine import Request
from interpret.openai_engine import OpenAIEngine, OpenAISettings
from interpret.prompt import NumberPrompt, TermPrompt

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.interpret.openai_server import Answer, serving

REQUEST = Request(
    0,
    "低空經濟保持快速增長，離境退稅銷售額達2,236.6億元。",
    "zh",
    (TermPrompt(1, 0, 4, "低空經濟", ("low-altitude economy",)), TermPrompt(2, 11, 15, "離境退稅", ("departure tax refund",))),
    (NumberPrompt(19, 28, "2,236.6億元", "RMB 223.66 billion"),),
)
ANSWER = "The low-altitude economy kept growing fast, and departure tax refund sales reached RMB 223.66 billion."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--segments", type=int, default=300)
    parser.add_argument("--between", type=float, default=0.002, help="seconds from one token to the next")
    given = parser.parse_args()
    words = ANSWER.split(" ")
    pieces = [words[0], *(f" {word}" for word in words[1:])]
    first_ms: list[float] = []
    with serving(Answer(pieces, between_seconds=given.between)) as server:
        engine = OpenAIEngine(OpenAISettings.from_options({"url": server.url, "model": "bench"}))
        for number in range(given.segments + 5):
            server.sent_ns.clear()
            output = answered(engine, REQUEST, Event(), enforce=True)
            assert output.text == ANSWER, output
            assert not output.missed_terms, output
            if number >= 5:
                first_ms.append((output.first_ns - server.sent_ns[0]) / 1e6)
        engine.close()
    show("first token sent to first piece handed on", first_ms)
    checks = []
    for _ in range(given.segments):
        began = time.perf_counter()
        misses(REQUEST, ANSWER)
        checks.append((time.perf_counter() - began) * 1000)
    show("check of an answer", checks)


def show(what: str, values: list[float]) -> None:
    """One line of percentiles."""
    cuts = statistics.quantiles(values, n=100)
    shares = ", ".join(f"p{at} {cuts[at - 1]:.2f} ms" for at in (50, 95, 99))
    print(f"{what}: {shares}, most {max(values):.2f} ms (n={len(values)})")


if __name__ == "__main__":
    main()
