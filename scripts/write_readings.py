#!/usr/bin/env python3
"""Write glossary/data/readings.tsv: the pinyin of the curated terms, so that a new database is filled without reading them.

python scripts/write_readings.py [--check]      --check: exit 1 where the file is not up to date, and write nothing
"""

import sys

from glossary.curated import READINGS, read_curated
from glossary.keys import with_pinyin
from lang.fold import term_key


def readings_table() -> str:
    """The table: term key and toned pinyin, one line each, in order of the keys."""
    texts: dict[str, str] = {}
    for concept in read_curated():
        for term in concept.terms:
            if term.language == "zh":
                texts.setdefault(term_key(term.text), term.text)
    return "".join(f"{key}\t{with_pinyin(text)}\n" for key, text in sorted(texts.items()))


def main() -> int:
    """Write the table, or say whether it is up to date."""
    table = readings_table()
    if "--check" not in sys.argv[1:]:
        READINGS.write_text(table, encoding="utf-8")
    elif not READINGS.exists() or READINGS.read_text(encoding="utf-8") != table:
        print("glossary/data/readings.tsv is not up to date: run scripts/write_readings.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
