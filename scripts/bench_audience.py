#!/usr/bin/env python3
"""Measure how long a caption takes from the engine's output to the screens, with many screens connected.

    python scripts/bench_audience.py [--screens 200] [--captions 300] [--every 0.1]

The screens are connections on loopback held by a process of their own that reads the stream as a browser does; the time is
from the call that shows a caption to its arrival at each screen. docs/engines.md has the figures.
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import time
from multiprocessing.connection import Connection

from interpret.audience import Audience
from interpret.event_stream import EventReader

TEXT = "We will speed up the development of the low-altitude economy and other emerging industries. "


async def screen(port: int, captions: int, latencies: list[float], connected: asyncio.Semaphore) -> None:
    """Read the stream until the last caption has come."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    connected.release()
    events = EventReader()
    last = -1
    while last < captions - 1:
        for data in events.feed(await reader.read(1 << 16)):
            arrived = time.monotonic_ns()
            if data.startswith("{"):
                sent, last = map(int, json.loads(data)["chinese"].split())
                latencies.append((arrived - sent) / 1e6)
    writer.close()


async def screens(port: int, count: int, captions: int, link: Connection) -> None:
    """All screens; says when they are connected and what they measured."""
    latencies: list[float] = []
    connected = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(screen(port, captions, latencies, connected)) for _ in range(count)]
    for _ in tasks:
        await connected.acquire()
    link.send("connected")
    await asyncio.gather(*tasks)
    link.send(latencies)


def watch(port: int, count: int, captions: int, link: Connection) -> None:
    """The process of the screens."""
    asyncio.run(screens(port, count, captions, link))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--screens", type=int, default=200)
    parser.add_argument("--captions", type=int, default=300)
    parser.add_argument("--every", type=float, default=0.1, help="seconds from one change of a caption to the next")
    given = parser.parse_args()
    here, there = multiprocessing.Pipe()
    audience = Audience()
    other = multiprocessing.get_context("spawn").Process(
        target=watch, args=(audience.port, given.screens, given.captions, there), daemon=True
    )
    other.start()
    assert here.recv() == "connected"
    for number in range(given.captions):
        audience.show(number // 10, TEXT[: (number % 10 + 1) * 9], f"{time.monotonic_ns()} {number}", final=number % 10 == 9)
        time.sleep(given.every)
    latencies = here.recv()
    other.join()
    audience.close()
    cuts = statistics.quantiles(latencies, n=1000)
    shares = ", ".join(f"p{at / 10:g} {cuts[at - 1]:.1f} ms" for at in (500, 950, 990, 999))
    print(f"{given.screens} screens, {len(latencies):,} of {given.screens * given.captions:,} captions")
    print(f"{shares}, most {max(latencies):.1f} ms")


if __name__ == "__main__":
    main()
