#!/usr/bin/env python3
"""Take a picture of the terminal UI with the curated data: docs/screenshot.png, as the README shows it.

    python scripts/screenshot.py [--query 離境退稅] [--keys enter] [--size 120x34] [--theme yuqiao-dark] [-o docs/screenshot.png]

Needs chromium, DejaVu Sans Mono and Noto Sans Mono CJK. Textual exports SVG whose runs of text carry their length in
characters, which squeezes Chinese: the runs are split here by the cells their characters take.
"""

import argparse
import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from tui.app import YuqiaoApp
from tui.lookup_screen import SearchInput
from tui.session import Session
from workspace.workspace import Workspace

CELL_WIDTH = 12.2
"""Pixels of a cell in rich's SVG export."""

ANY_TEXT = re.compile(r"<text(?P<attributes>[^>]*textLength[^>]*)>(?P<text>[^<]*)</text>")
X = re.compile(r'\bx="([\d.]+)"')
LENGTH = re.compile(r'\btextLength="[\d.]+"')
EXTRA = {"narrow": "", "wide": ' font-size="22"', "box": ' lengthAdjust="spacingAndGlyphs" font-size="23"'}
"""Chinese fills two cells, and frames are drawn a little larger than the font has them, so that they close."""

BOX = re.compile(r"[\u2500-\u259f]")
FONTS = "'DejaVu Sans Mono', 'Noto Sans Mono CJK HK', monospace"


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing has been read or written for a while: what one job reports may start the next."""
    quiet = 0
    while quiet < 10:
        await pilot.pause(0.05)
        quiet = 0 if pilot.app.workers else quiet + 1


async def export_svg(query: str, keys: list[str], size: tuple[int, int], theme: str, folder: Path) -> str:
    """The screen after a query was typed and keys were pressed, as Textual exports it."""
    path = folder / "yuqiao.db"
    Workspace.open(str(path), user="yuqiao").close()
    session = Session(path)
    app = YuqiaoApp(session)
    app.theme = theme
    async with app.run_test(size=size) as pilot:
        app.screen.query_one(SearchInput).insert(query, 0)
        for key in [*keys, ""]:
            await settle(pilot)
            if key.startswith("="):
                focused = app.focused
                assert isinstance(focused, Input), "a text needs a field to go to"
                focused.value = key[1:]
            elif key:
                await pilot.press(key)
        svg = app.export_screenshot(title="yuqiao")
    session.close()
    return svg


def kind_of(char: str) -> str:
    """Characters of one kind share a run: wide ones, those that draw frames, all others."""
    if BOX.match(char):
        return "box"
    return "wide" if cell_len(char) > 1 else "narrow"


def split_text(match: re.Match[str]) -> str:
    """A text element as one element for each run of a kind, each placed and stretched to the cells it takes."""
    attributes, text = match["attributes"], html.unescape(match["text"])
    return "".join(elements(attributes, text))


def elements(attributes: str, text: str) -> Iterator[str]:
    """The elements that split_text joins."""
    found = X.search(attributes)
    x = float(found.group(1)) if found else 0.0
    for kind, chars in groupby(text, kind_of):
        run = "".join(chars)
        width = cell_len(run) * CELL_WIDTH
        placed = X.sub(f'x="{x:.1f}"', LENGTH.sub(f'textLength="{width:.1f}"', attributes))
        extra = EXTRA[kind]
        yield f"<text{placed}{extra}>{html.escape(run).replace(' ', '&#160;')}</text>"
        x += width


def widened(svg: str) -> str:
    """The SVG with Chinese as wide as in a terminal, and fonts of this machine instead of the internet's."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONTS}")
    svg = svg.replace("font-variant-east-asian: full-width;", "")
    # The characters of the first line reach a little above it.
    svg = re.sub(r'clip-path="url\(#[^)]*-clip-terminal\)"', "", svg)
    return ANY_TEXT.sub(split_text, svg)


def render(svg: str, target: Path, scale: float, folder: Path) -> None:
    """Have the browser draw the SVG."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if box is None:
        sys.exit("screenshot: the export has no size")
    width, height = (int(float(side) + 0.999) for side in box.groups())
    page = folder / "screen.html"
    sized = svg.replace("<svg ", f'<svg width="{width}" height="{height}" ', 1)
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>body{{margin:0;background:transparent}}</style>{sized}", encoding="utf-8"
    )
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--default-background-color=00000000",
    ]
    command += [f"--window-size={width},{height}", f"--force-device-scale-factor={scale}", f"--screenshot={target.resolve()}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Take the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--query", default="離境退稅")
    parser.add_argument("--keys", default="", help="keys pressed after the query, parted by blanks; =TEXT fills the field")
    parser.add_argument("--size", default="120x34")
    parser.add_argument("--theme", default="yuqiao-dark")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/screenshot.png"))
    given = parser.parse_args()
    columns, lines = (int(side) for side in given.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        svg = asyncio.run(export_svg(given.query, given.keys.split(), (columns, lines), given.theme, folder))
        given.output.parent.mkdir(parents=True, exist_ok=True)
        render(widened(svg), given.output, given.scale, folder)
    print(f"{given.output}: {given.output.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
