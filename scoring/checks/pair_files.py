"""Pairs to be checked, from two files of aligned lines or from one bilingual file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lang.errors import BadFileError, YuqiaoError
from lang.script import is_chinese
from scoring.checks.issue import Language, Pair
from scoring.segment_files import read_segments, split_place

_DOCUMENTS = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class PairFile:
    """The pairs of a translation, the language translated into, and what its reader should know."""

    pairs: Sequence[Pair]
    target: Language
    notes: Sequence[str] = ()


def read_pairs(places: Sequence[str], source: Language | None) -> PairFile:
    """Two places with as many segments, Chinese and English in either order, or one bilingual file.

    `source` is the language translated from; by default Chinese for two files, and what the file says for one.
    YuqiaoError where lines do not pair or both are in one language, BadFileError for what cannot be read.
    """
    if len(places) == 2:
        return _parallel(places[0], places[1], source or "zh")
    if len(places) != 1:
        raise YuqiaoError(f"{len(places)} files were given.", "Give a Chinese and an English file, or one bilingual file.")
    return _bilingual(places[0], source)


def _parallel(chinese: str, english: str, source: Language) -> PairFile:
    texts = [read_segments(place) for place in (chinese, english)]
    if len(texts[0]) != len(texts[1]):
        reason = f"has {len(texts[0]):,} lines, but {english} has {len(texts[1]):,}: they do not pair line by line"
        raise BadFileError(chinese, min(map(len, texts)) + 1, reason, "Align them first with: yuqiao align")
    if not texts[0]:
        raise YuqiaoError(f"{chinese} is empty.", "There is nothing to check.")
    notes = []
    written = [is_chinese("".join(lines[:_SAMPLE])) for lines in texts]
    files = [chinese, english]
    if written == [False, True]:
        notes.append(f"{english} is the Chinese one, so it is taken as such.")
        texts, files = texts[::-1], files[::-1]
    elif written[0] == written[1]:
        which = "Chinese" if written[0] else "English"
        raise YuqiaoError(f"{chinese} and {english} are both in {which}.", "Give a Chinese and an English file.")
    at = 0 if source == "zh" else 1
    file, _ = split_place(files[1 - at])
    pairs = [
        Pair(one, other, number, file, number)
        for number, (one, other) in enumerate(zip(texts[at], texts[1 - at], strict=True), start=1)
    ]
    return PairFile(pairs, "en" if source == "zh" else "zh", notes)


def _bilingual(place: str, source: Language | None) -> PairFile:
    path = Path(place)
    pairs, notes = _xliff(path) if path.suffix.lower() in _DOCUMENTS else _units(path)
    if not pairs:
        raise YuqiaoError(f"{path} has no pairs.", "There is nothing to check.")
    chinese = is_chinese("".join(pair.source for pair in pairs[:_SAMPLE]))
    if source is not None and (source == "zh") != chinese:
        pairs = [Pair(pair.target, pair.source, pair.number, pair.file, pair.line, pair.place) for pair in pairs]
        chinese = not chinese
    return PairFile(pairs, "en" if chinese else "zh", notes)


def _xliff(path: Path) -> tuple[list[Pair], list[str]]:
    from tm.documents.opening import open_document

    segments = open_document(path).segments()
    return [Pair(one.text, one.target, one.index + 1, str(path), 0, one.place) for one in segments], []


def _units(path: Path) -> tuple[list[Pair], list[str]]:
    from tm.formats.entries import ReadOptions, Reject
    from tm.formats.registry import format_of_file

    options = ReadOptions()
    pairs: list[Pair] = []
    notes: list[str] = []
    for entry in format_of_file(path).read(path, options):
        if isinstance(entry, Reject):
            notes.append(f"{path}:{entry.line}: {entry.reason}")
        else:
            number = len(pairs) + 1
            pairs.append(Pair(entry.source, entry.target, number, str(path), 0, f"unit {number}"))
    if options.untranslated:
        notes.append(f"{path}: {options.untranslated:,} segments have no translation.")
    return pairs, notes
