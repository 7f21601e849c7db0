"""The sentence pairs that come with yuqiao: a tab-separated file a domain, `zh-Hant-HK` and `en`, written for the project."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lang.errors import BadFileError
from tm.unit import Unit

DATA_FOLDER: Final = Path(__file__).parent / "data" / "pairs"
ORIGIN: Final = "yuqiao"
_HEADER: Final = ["zh-Hant-HK", "en"]


def read_curated(folder: Path = DATA_FOLDER) -> Iterator[Unit]:
    """The pairs of all files, whose names are their domains; BadFileError names the line that has not two filled columns."""
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            cells = line.split("\t")
            if number == 1 and cells != _HEADER:
                raise BadFileError(str(path), 1, f"the header is not {' '.join(_HEADER)}")
            if len(cells) != len(_HEADER) or not all(cell.strip() for cell in cells):
                raise BadFileError(str(path), number, "not two filled columns")
            if number > 1:
                chinese, english = cells
                yield Unit(chinese, english, "zh-Hant-HK", "en", ORIGIN, path.stem)
