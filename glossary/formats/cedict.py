"""CC-CEDICT's own format (.u8): `離境 离境 [li2 jing4] /to leave a country/exit/`."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from glossary.concept import Concept, Term
from glossary.formats.entries import Entry, ReadOptions, Reject
from lang.decoding import head_text, lines
from lang.errors import BadFileError, UnsupportedError
from lang.pinyin import split_syllables, toned_key

_LINE: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")


class Cedict:
    """The dictionary's file: one line an entry; the first gloss becomes the preferred English, the others admitted."""

    name = "cedict"
    suffixes = (".u8",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name; without a known name, by its first entries."""
        if path.suffix.lower() in self.suffixes:
            return True
        shown = [line for line in head_text(head).splitlines()[:200] if line and not line.startswith("#")]
        return bool(shown) and all(_LINE.match(line) for line in shown[:5])

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A concept a line; lines that are no entry are rejected. BadFileError where none of the first 20 is one."""
        bad = 0
        for number, line in enumerate(lines(path, options.encoding), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            match = _LINE.match(line)
            if match:
                yield _concept(match, options)
                continue
            bad += 1
            if bad == 20 and number < 60:
                raise BadFileError(
                    str(path), number, "not a line of CC-CEDICT: traditional simplified [pinyin] /gloss/", "Check --format."
                )
            yield Reject(number, "not of the form: traditional simplified [pinyin] /gloss/")

    def write(self, concepts: Iterable[Concept], file: BinaryIO) -> int:  # noqa: ARG002 - refused whatever is given
        """Not written: the format has no place for most of what a concept holds."""
        raise UnsupportedError("CC-CEDICT files are read, not written.", "Export to CSV or TSV.")


def _concept(line: re.Match[str], options: ReadOptions) -> Concept:
    traditional, simplified, pinyin, glosses = line.groups()
    read = toned_key(split_syllables(pinyin))
    meanings = [gloss.strip() for gloss in glosses.split("/") if gloss.strip()]
    counters = [meaning for meaning in meanings if meaning.startswith("CL:")]
    english = [meaning for meaning in meanings if not meaning.startswith("CL:")] or meanings
    terms = [Term(traditional, "zh-Hant", pinyin=read), Term(simplified, "zh-Hans", pinyin=read)]
    terms.extend(Term(text, "en", "admitted" if index else "preferred") for index, text in enumerate(english))
    concept = Concept((), domain=options.domain, note="; ".join(counters), source="CC-CEDICT")
    return concept.with_terms(terms)
