"""Two plain texts whose lines are translations of each other, as corpora are published."""

from collections.abc import Iterator
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Final

from lang.decoding import lines
from lang.errors import BadFileError
from lang.script import has_han
from lang.tags import CHINESE, ENGLISH
from tm.formats.entries import Entry, ReadOptions
from tm.formats.pairing import Neighbours, Side, Tags, fields_of, paired

_SAMPLE: Final = 100


def read_parallel(zh_path: Path, en_path: Path, options: ReadOptions) -> Iterator[Entry]:
    """A unit for each line, the Chinese one as source; blank lines in both are left out, one blank line is a Reject.

    `options.languages` name the two languages more exactly. BadFileError where the files have not as many lines (blank
    ones at the end not counted), which may be seen at their end only, or where the Chinese one is English.
    """
    chinese_lines, english_lines = lines(zh_path, options.encoding), lines(en_path, options.encoding)
    samples = list(islice(chinese_lines, _SAMPLE)), list(islice(english_lines, _SAMPLE))
    if not has_han("".join(samples[0])) and has_han("".join(samples[1])):
        raise BadFileError(str(zh_path), 1, "holds no Chinese, but the other file does", "Give the Chinese file first.")
    tags = Tags(options)
    codes = (options.languages[0] or CHINESE, options.languages[1] or ENGLISH)
    neighbours = Neighbours(options.neighbours)
    fields = fields_of({}, (), options)
    # The last lines that are not blank.
    counts = [0, 0]
    both = zip_longest(chain(samples[0], chinese_lines), chain(samples[1], english_lines), fillvalue="")
    for number, pair in enumerate(both, start=1):
        texts = [text.strip() for text in pair]
        counts = [number if text else count for text, count in zip(texts, counts, strict=True)]
        if not any(texts):
            continue
        sides = [Side(tags.of(code), text, code) for code, text in zip(codes, texts, strict=True)]
        yield from neighbours.next(texts[0], paired(sides, english_first=False, line=number, fields=fields))
    yield from neighbours.end()
    if counts[0] != counts[1]:
        line = min(counts) + 1
        reason = f"{counts[0]} lines, but {en_path} has {counts[1]}: they do not pair line by line"
        raise BadFileError(str(zh_path), line, reason, "Align them first with: yuqiao align")
