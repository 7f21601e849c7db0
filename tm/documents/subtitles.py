"""Subtitles, SubRip (SRT) and WebVTT: the text of the cues. Numbers, times, settings, notes and styles stay.

The lines of a cue are one text for translation, but for lines that begin with a dash: each is another
speaker's. What holds a translation is laid out anew, in lines of 20 Chinese characters or 42 letters, about equally long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from lang.script import is_chinese
from tm.documents.blocks import line_joint
from tm.documents.document import By
from tm.documents.line_wrapping import balanced_lines
from tm.documents.markup import BlockBuilder
from tm.documents.text_document import SourceSlot, TextBlock, TextDocument, read_encoded

CHINESE_CELLS: Final = 40
ENGLISH_CELLS: Final = 42

_LINE: Final = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_LINE_END: Final = re.compile("\r\n|\r|\n")
_TIMING: Final = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}(?:\s.*)?\Z")
_DASH: Final = re.compile(r"\s*[-–—‐]++\s*+(?![\d>])")
_SRT_MARK: Final = re.compile(r"<(?P<end>/?)(?P<name>[bius]|font|c|v)(?P<rest>(?:[\s.][^<>]*)?)>|\{\\[^{}]*\}", re.IGNORECASE)
_VTT_MARK: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z]+)(?P<rest>[^<>]*)>|<[^<>]*>|&(?:\w{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int


def _lines(text: str) -> list[_Line]:
    return [_Line(match.start(), match.end(1)) for match in _LINE.finditer(text)]


class Subtitles:
    """The format of subtitle files; `name` is srt or vtt."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._mark = _VTT_MARK if name == "vtt" else _SRT_MARK

    def blocks(self, text: str) -> list[TextBlock]:
        """A block a cue."""
        return list(self._cues(text))

    def _cues(self, text: str) -> Iterator[TextBlock]:
        lines = _lines(text)
        at = 0
        while at < len(lines):
            timing = text[lines[at].start : lines[at].end]
            at += 1
            if not _TIMING.match(timing):
                continue
            first = at
            while at < len(lines) and text[lines[at].start : lines[at].end].strip():
                at += 1
            place = timing.split("-->")[0].strip()
            for spoken in self._speakers(text, lines[first:at]):
                builder = BlockBuilder("cue", place)
                self._read_lines(text, spoken, builder)
                block = builder.build()
                if block:
                    yield block

    @staticmethod
    def _speakers(text: str, lines: list[_Line]) -> list[list[_Line]]:
        """The lines of a cue by speaker; the dashes at their beginnings are left out."""
        speakers: list[list[_Line]] = []
        for line in lines:
            dash = _DASH.match(text, line.start, line.end)
            if dash:
                speakers.append([_Line(dash.end(), line.end)])
            elif speakers:
                speakers[-1].append(line)
            else:
                speakers.append([line])
        return speakers

    def _read_lines(self, text: str, lines: list[_Line], builder: BlockBuilder) -> None:
        for number, line in enumerate(lines):
            if number:
                before, after = text[lines[number - 1].start : lines[number - 1].end], text[line.start : line.end]
                builder.add(self._joint(before.strip(), after.strip()), lines[number - 1].end, line.start)
            at = line.start
            for mark in self._mark.finditer(text, line.start, line.end):
                self._add_plain(text, at, mark.start(), builder)
                self._add_mark(text, mark, builder)
                at = mark.end()
            self._add_plain(text, at, line.end, builder)

    @staticmethod
    def _add_plain(text: str, start: int, end: int, builder: BlockBuilder) -> None:
        if start < end and (builder.slots or text[start:end].strip()):
            builder.add(text[start:end], start, end)

    @staticmethod
    def _add_mark(text: str, mark: re.Match[str], builder: BlockBuilder) -> None:
        if mark.group().startswith("&"):
            builder.add_html(text, *mark.span())
        elif not mark["name"]:
            builder.fix()
        elif mark["end"]:
            builder.close(mark["name"].lower(), *mark.span())
        else:
            builder.open(mark["name"].lower(), *mark.span())

    def escaped(self, text: str, slot: SourceSlot, block: TextBlock) -> str:  # noqa: ARG002
        """A translation on one line; WebVTT writes its marks as entities."""
        text = text.replace("\n", " ")
        if self.name == "vtt":
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return text

    def finished(self, source: str, block: TextBlock) -> str:  # noqa: ARG002
        """The cue's lines laid out anew."""
        line_end = next((end for end in ("\r\n", "\n", "\r") if end in source), "\n")
        lines = list(filter(None, map(str.strip, _LINE_END.split(source))))
        joined = lines[0] + "".join(self._joint(before, line) + line for before, line in pairwise(lines)) if lines else ""
        cells = CHINESE_CELLS if is_chinese(self._mark.sub("", source)) else ENGLISH_CELLS
        return line_end.join(balanced_lines(joined, cells, self._mark))

    def _joint(self, before: str, after: str) -> str:
        """What a line break stands for, whatever marks stand before and behind it."""
        return line_joint(self._mark.sub("", before), self._mark.sub("", after))


def open_srt(path: Path, by: By, encoding: str | None) -> TextDocument:
    """A SubRip file."""
    return TextDocument(path, read_encoded(path, encoding), Subtitles("srt"), by)


def open_vtt(path: Path, by: By, encoding: str | None) -> TextDocument:
    """A WebVTT file."""
    return TextDocument(path, read_encoded(path, encoding), Subtitles("vtt"), by)
