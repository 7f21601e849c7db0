"""DeepL's glossaries: a phrase and its translation a line, parted by a tab, or by commas with the two languages behind them.

DeepL takes each phrase once, 1,024 bytes of UTF-8 at most, and files of 10 MiB at most.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import Concept
from glossary.formats.delimited import delimited_rows
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.pairs import are_pairs, in_direction, pair_of
from lang.decoding import head_text
from lang.errors import BadFileError, UnsupportedError
from lang.tags import normalise_tag

_LONGEST: Final = 1_024
_LARGEST: Final = 10 * 1_024 * 1_024
_HOPELESS: Final = 20


class Deepl:
    """Tab-separated: the preferred rendering of each spelling of `source`."""

    name = "deepl"
    suffixes: tuple[str, ...] = ()
    source = "zh"
    target = "en"

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - a name says nothing of this format
        """As lines of pairs without a header, or with the two languages behind each."""
        text = head_text(head)
        shown = text.splitlines()[:40]
        delimiter = next((mark for mark in "\t,;" if shown and mark in shown[0]), "")
        if not delimiter:
            return False
        try:
            rows = [row for row in csv.reader(shown[: -1 if len(text) > 10_000 else None], delimiter=delimiter) if row]
        except csv.Error:
            return False
        return are_pairs(rows, most_cells=5) and all(len(row) < 4 or _codes(row) for row in rows[:20])

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A concept a line. BadFileError where none of the first 20 is a pair."""
        _, rows = delimited_rows(path, options.encoding, "\t")
        bad = 0
        for row in rows:
            if not any(cell.strip() for cell in row.cells):
                continue
            written = row.cells[2:4] if len(row.cells) > 3 and _codes(row.cells) else []
            tags = [options.tag(code) or "" for code in written]
            terms = pair_of(row.cells, tags or ("", ""))
            if isinstance(terms, str):
                bad += bad >= 0
                if bad == _HOPELESS:
                    reason = f"no glossary of DeepL: {terms} in the first {_HOPELESS} lines"
                    raise BadFileError(str(path), row.line, reason, "Check --format.")
                yield Reject(row.line, terms)
                continue
            bad = -1
            yield Concept((), domain=options.domain).with_terms(terms)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """How many phrases were written; `left_out` says why others were not. UnsupportedError beyond 10 MiB."""
        size = count = 0
        for pair in self._phrases(concepts):
            line = self._line(pair).encode()
            size += len(line)
            if size > _LARGEST:
                raise UnsupportedError("DeepL takes no glossary larger than 10 MiB.", "Export some domains with --domain.")
            file.write(line)
            count += 1
        return count

    def _phrases(self, concepts: Iterable[Concept]) -> Iterator[tuple[str, str]]:
        self.left_out.clear()
        taken: dict[str, str] = {}
        for concept in concepts:
            targets = in_direction(concept, self.target, preferred=True)
            for term in in_direction(concept, self.source, preferred=True) if targets else ():
                pair = (" ".join(term.text.split()), " ".join(targets[0].text.split()))
                if any(len(text.encode()) > _LONGEST for text in pair):
                    self.left_out["longer than 1,024 bytes"] += 1
                elif pair[0] in taken:
                    self.left_out["another rendering of a phrase there is already"] += taken[pair[0]] != pair[1]
                else:
                    taken[pair[0]] = pair[1]
                    yield pair

    def _line(self, pair: tuple[str, str]) -> str:
        return "\t".join(pair) + "\n"


class DeeplCsv(Deepl):
    """Comma-separated, with the languages: what DeepL's own pages import and export."""

    name = "deepl-csv"

    def recognises(self, head: bytes, path: Path) -> bool:  # noqa: ARG002 - never asked for by content
        """Never: reading is the same for both."""
        return False

    def _line(self, pair: tuple[str, str]) -> str:
        line = io.StringIO()
        codes = (tag.partition("-")[0].upper() for tag in (self.source, self.target))
        csv.writer(line, lineterminator="\n").writerow([*pair, *codes])
        return line.getvalue()


def _codes(row: list[str]) -> bool:
    """Whether the third and fourth cells are codes of the two languages."""
    return len(row) > 3 and all(1 < len(cell.strip()) < 9 and normalise_tag(cell) for cell in row[2:4])
