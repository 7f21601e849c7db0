#!/usr/bin/env python3
"""Write docs/keys.md from the registry of the terminal UI's actions.

python scripts/write_keys.py [--check]      --check: exit 1 where the file is not up to date, and write nothing
"""

import sys
from pathlib import Path

from tui.actions import groups, key_name
from tui.areas import AREAS
from tui.marks import AREA_LEGENDS, LEGEND

TARGET = Path(__file__).parent.parent / "docs" / "keys.md"


def keys_page() -> str:
    """The page as Markdown."""
    lines = [
        "# Keys of the terminal UI",
        "",
        "<!-- Written by scripts/write_keys.py from tui/actions.py: change it there. -->",
        "",
        "Letter keys work while the focus is not in a text field; each has a Ctrl, Alt or function key that works everywhere.",
        "With a Chinese input method on, `、` `？` `：` do what `/` `?` `:` do. Quit is Ctrl+Q; Esc never leaves the program.",
    ]
    for group, actions in groups().items():
        lines += ["", f"## {group}", "", "| Keys | What it does |", "| --- | --- |"]
        lines += [f"| {' '.join(f'`{key_name(key)}`' for key in action.keys)} | {action.help} |" for action in actions]
    labels = {area.id: area.label for area in AREAS}
    legends = {"of terms": LEGEND, **{f"in {labels[area]}": legend for area, legend in AREA_LEGENDS.items()}}
    for where, legend in legends.items():
        lines += ["", f"## Signs {where}", "", "| Sign | Word | Meaning |", "| --- | --- | --- |"]
        lines += [f"| {sign} | {word} | {meaning} |" for sign, word, meaning in legend]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or say whether it is up to date."""
    page = keys_page()
    if "--check" in sys.argv[1:]:
        if TARGET.exists() and TARGET.read_text(encoding="utf-8") == page:
            return 0
        print("docs/keys.md is not up to date: run scripts/write_keys.py", file=sys.stderr)
        return 1
    TARGET.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
