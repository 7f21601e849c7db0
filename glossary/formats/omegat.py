"""OmegaT's glossaries: term, rendering and comment, parted by tabs, without header; the first line may name the encoding."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import Concept
from glossary.formats.entries import Entry, ReadOptions, Reject
from glossary.formats.pairs import are_pairs, pair_of, pairs_of
from lang.decoding import head_text, lines
from lang.errors import BadFileError

_MAGIC: Final = "# -*- coding: utf-8 -*-"
_MAGIC_LINE: Final = re.compile(r"#.*-\*-\s*coding:\s*([-\w.]+)\s*-\*-")
_HOPELESS: Final = 20
# What a comment holds besides the note: OmegaT shows it as it is, and we read it back.
_DEFINED: Final = re.compile(r"definition: (.*?)(?: / note: (.*))?", re.DOTALL)


class OmegaT:
    """Written with one line for each spelling of `source` and each of its renderings; deprecated terms are left out."""

    name = "omegat"
    suffixes = (".utf8",)
    source = "zh"
    target = "en"

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name, by the line that names its encoding, or as lines of pairs parted by tabs."""
        text = head_text(head)
        if path.suffix.lower() in self.suffixes or _MAGIC_LINE.match(text):
            return True
        rows = [line.rstrip("\r").split("\t") for line in text.split("\n")[:50] if line.strip() and not line.startswith("#")]
        return are_pairs(rows[:-1] if len(rows) > 1 and len(head) > len(text) // 2 > 5_000 else rows, most_cells=3)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A concept a line. BadFileError where none of the first 20 is a pair."""
        bad = 0
        for number, line in enumerate(lines(path, options.encoding), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            cells = line.rstrip("\r\n").split("\t")
            terms = pair_of(cells)
            if isinstance(terms, str):
                bad += bad >= 0
                if bad == _HOPELESS:
                    reason = f"no glossary of OmegaT: {terms} in the first {_HOPELESS} lines"
                    raise BadFileError(str(path), number, reason, "Check --format.")
                yield Reject(number, terms)
                continue
            bad = -1
            for term in terms:
                options.saw_tag(term.language, term.language)
            comment = cells[2].strip() if len(cells) > 2 else ""
            match = _DEFINED.fullmatch(comment)
            definition, note = (match[1], match[2] or "") if match else ("", comment)
            yield Concept((), domain=options.domain, definition=definition, note=note).with_terms(terms)

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:
        """How many concepts had a pair in this direction."""
        file.write(f"{_MAGIC}\n".encode())
        self.left_out.clear()
        count = 0
        for concept in concepts:
            comment = concept.note
            if concept.definition:
                comment = f"definition: {concept.definition}" + (f" / note: {concept.note}" if concept.note else "")
            pairs = list(pairs_of(concept, self.source, self.target))
            usable = [pair for pair in pairs if not pair[0].startswith("#")]
            self.left_out["begun by #, as comments are"] += len(pairs) - len(usable)
            made = ["\t".join(" ".join(cell.split()) for cell in (*pair, comment)).rstrip("\t") for pair in usable]
            file.write("".join(f"{line}\n" for line in made).encode())
            count += bool(made)
        return count
