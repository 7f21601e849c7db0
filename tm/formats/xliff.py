"""XLIFF 1.2 and 2.x, also as SDL (sdlxliff) and memoQ (mqxliff) write it: bilingual documents, read as units."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from lang.errors import UnsupportedError
from lang.tags import language
from lang.xml_stream import elements, line_of, local_name, root_name
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.inline import UnreadableTextError, segment_text
from tm.formats.pairing import Neighbours, Side, Tags, fields_of, guessed_tag, paired
from tm.unit import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT: Final = ("source-language", "target-language", "original", "srcLang", "trgLang")
# States in which a target that repeats the source is a placeholder for the translation.
_UNTOUCHED: Final = frozenset(("new", "initial", "needs-translation"))
# Phrase (mxliff) writes inline codes as text: {1}, and {b> ... <b} in pairs.
_PHRASE: Final = "http://www.memsource.com/mxlf/2.0"
_PHRASE_CODE: Final = re.compile(r"\{(?:\d+\}|(?:\d+|[biu^_]+)>)|<(?:\d+|[biu^_]+)\}")


class Xliff:
    """XML localisation interchange file format."""

    name = "xliff"
    suffixes = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its root element or its name; a file that is another XML by its root is left to others."""
        root = root_name(head)
        return root == "xliff" or (not root and path.suffix.lower() in self.suffixes)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A unit for each translated segment; segments without translation are counted in `options.untranslated`."""
        reader = _Reader(options)
        for element in elements(path, "xliff", ("file", "group", "trans-unit", "unit"), options.encoding):
            name = local_name(element.tag)
            if name == "trans-unit":
                yield from reader.trans_unit(element)
            elif name == "unit":
                yield from reader.unit(element)
            elif name == "file":
                yield from reader.end_of_file()
        yield from reader.end_of_file()

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:  # noqa: ARG002 - refused whatever is given
        """Not written: an XLIFF file is a document, which units are no more."""
        raise UnsupportedError("XLIFF files are read, not written, as memories.", "Export to TMX; `translate` fills XLIFF.")


@dataclass(slots=True)
class _Segment:
    """Source and target of a segment, with what is said of it."""

    source: str
    target: str
    target_lang: str
    state: str
    line: int


class _Reader:
    """The state of one file: the languages and name of the file element it is in, and the segment before."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._keep = options.inline == "keep"
        self._tags = Tags(options)
        self._neighbours = Neighbours(options.neighbours)
        self._parent: _Element | None = None
        self._file: dict[str, str] = {}

    def end_of_file(self) -> Iterator[Entry]:
        """Give what is left of a file element."""
        self._parent = None
        yield from self._neighbours.end()

    def trans_unit(self, element: "_Element") -> Iterator[Entry]:
        """The segments of a trans-unit of XLIFF 1."""
        self._enter(element)
        parts = {local_name(str(child.tag)): child for child in reversed(element)}
        source, target = parts.get("source"), parts.get("target")
        if element.get("translate") == "no" or source is None:
            return
        state = "approved" if element.get("approved") == "yes" else ""
        confirmed = {
            str(mark.get("id")): str(mark.get("conf", "")) for mark in element.iterfind("{*}seg-defs/{*}seg") if mark.get("id")
        }
        own = _own_state(element)
        pairs = list(_marked(parts.get("seg-source"), target)) or [("", source, target)]
        for mark, each_source, each_target in pairs:
            said = state or confirmed.get(mark) or own or (target.get("state", "") if target is not None else "")
            lang = str(target.get(_LANG, "")) if target is not None else ""
            yield from self._segment(element, each_source, each_target, lang, str(said))

    def unit(self, element: "_Element") -> Iterator[Entry]:
        """The segments of a unit of XLIFF 2."""
        self._enter(element)
        if element.get("translate") == "no":
            return
        for segment in element.iterchildren("{*}segment"):
            source, target = segment.find("{*}source"), segment.find("{*}target")
            if source is not None:
                lang = str(target.get(_LANG, "")) if target is not None else ""
                yield from self._segment(element, source, target, lang, str(segment.get("state", "")))

    def _enter(self, element: "_Element") -> None:
        """Learn the languages from the elements around, where they are not those of the unit before."""
        parent = element.getparent()
        if parent is self._parent:
            return
        self._parent = parent
        self._file = dict.fromkeys(_ABOUT, "")
        for outer in element.iterancestors("{*}file", "{*}xliff"):
            for key in _ABOUT:
                self._file[key] = self._file[key] or str(outer.get(key, ""))

    def _segment(
        self, unit: "_Element", source: "_Element", target: "_Element | None", target_lang: str, state: str
    ) -> Iterator[Entry]:
        line = line_of(unit)
        try:
            text = segment_text(source, keep=self._keep)
            translation = segment_text(target, keep=self._keep) if target is not None else ""
        except UnreadableTextError as error:
            yield from self._neighbours.next("", [Reject(line, str(error))])
            return
        if not self._keep and _PHRASE in source.nsmap.values():
            text, translation = _PHRASE_CODE.sub("", text).strip(), _PHRASE_CODE.sub("", translation).strip()
        if not text:
            # Many tools write segments of layout only.
            return
        entries: Iterable[Entry] = ()
        if not translation or (translation == text and state in _UNTOUCHED):
            self._options.untranslated += 1
        else:
            found = _Segment(text, translation, target_lang, state, line)
            entries = list(self._pair(unit, found))
        yield from self._neighbours.next(text, entries)

    def _pair(self, unit: "_Element", segment: _Segment) -> Iterator[Entry]:
        source_written = self._file["source-language"] or self._file["srcLang"]
        target_written = self._file["target-language"] or self._file["trgLang"] or segment.target_lang
        source_tag = self._tags.of(source_written) if source_written else guessed_tag(segment.source)
        target_tag = self._tags.of(target_written) if target_written else guessed_tag(segment.target)
        values = {"state": segment.state}
        fields = fields_of(values, self._properties(unit), self._options)
        sides = [Side(source_tag, segment.source, source_written), Side(target_tag, segment.target, target_written)]
        english_first = source_tag is not None and language(source_tag) == "en"
        yield from paired(sides, english_first=english_first, line=segment.line, fields=fields)

    def _properties(self, unit: "_Element") -> Iterator[tuple[str, str]]:
        for name, value in (("file", self._file["original"]), ("id", str(unit.get("id", "")))):
            if value:
                yield name, value
        for path in ("{*}note", "{*}notes/{*}note"):
            for note in unit.iterfind(path):
                text = "".join(str(piece) for piece in note.itertext()).strip()
                if text:
                    yield "note", text


def _own_state(unit: "_Element") -> str:
    """What memoQ (status) or Phrase (confirmed) says of a trans-unit in an attribute of its own."""
    confirmed = {"0": "draft", "1": "translated"}.get(str(unit.get(f"{{{_PHRASE}}}confirmed", "")), "")
    return str(unit.get("{MQXliff}status", "")) or confirmed


def _marked(sources: "_Element | None", target: "_Element | None") -> Iterator[tuple[str, "_Element", "_Element | None"]]:
    """The segments of a trans-unit that is segmented by marks (XLIFF 1.2, 2.8.1), with the marks' ids.

    Nothing where the target has no such marks: then the trans-unit is one segment.
    """
    if sources is None:
        return
    targets = {} if target is None else {str(mark.get("mid")): mark for mark in _marks(target)}
    if target is not None and not targets and ("".join(map(str, target.itertext()))).strip():
        return
    for mark in _marks(sources):
        mid = str(mark.get("mid"))
        yield mid, mark, targets.get(mid)


def _marks(element: "_Element") -> Iterator["_Element"]:
    return (mark for mark in element.iter("{*}mrk") if mark.get("mtype") == "seg" and mark.get("mid"))
