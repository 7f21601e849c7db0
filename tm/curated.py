"""The sentence pairs that come with yuqiao: one tab-separated file, `domain`, `zh-Hant-HK`, `en`, written for the project."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lang.errors import BadFileError
from tm.unit import Unit

DATA_FILE: Final = Path(__file__).parent / "data" / "pairs.tsv"
ORIGIN: Final = "yuqiao"
_HEADER: Final = ["domain", "zh-Hant-HK", "en"]


def read_curated(path: Path = DATA_FILE) -> Iterator[Unit]:
    """The pairs of the file; BadFileError names the line that has not three filled columns."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if number == 1 and cells != _HEADER:
            raise BadFileError(str(path), 1, f"the header is not {' '.join(_HEADER)}")
        if len(cells) != len(_HEADER) or not all(cell.strip() for cell in cells):
            raise BadFileError(str(path), number, "not three filled columns")
        if number > 1:
            domain, chinese, english = cells
            yield Unit(chinese, english, "zh-Hant-HK", "en", ORIGIN, domain)
