"""One reader for each shape in which recognisers print what they hear."""

import json
import re
from typing import Any, Final, Protocol

from interpret.hypothesis import Hypothesis
from interpret.sources.pieces import Piece
from interpret.sources.segments import GrowingText, Segments

_ANSI: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_TIMED: Final = re.compile(r"(?:(\d+(?:\.\d+)?) )?(\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (.*)")
_VAD_START: Final = re.compile(r"### Transcription \d+ START \| t0 = (\d+) ms \| t1 = (\d+) ms")
_VAD_LINE: Final = re.compile(r"\[(\d+):(\d\d):(\d\d\.\d+) --> (\d+):(\d\d):(\d\d\.\d+)\]\s*(.*)")
_ROLES: Final = ("[Start speaking]", "whisper_", "main: ", "init: ")


class Reader(Protocol):
    """Reads the pieces of one recogniser's stream."""

    name: str

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Whether a stream that starts with this piece (and, if it is JSON, this object) is of this recogniser."""
        ...

    def read(self, piece: Piece) -> list[Hypothesis]:
        """What a piece says."""
        ...

    def finish(self, received_ns: int) -> list[Hypothesis]:
        """What is final because the stream has ended."""
        ...


class _Reader:
    """What the readers share: numbering, and the end of the stream."""

    def __init__(self) -> None:
        self._segments = Segments()
        self._growing = GrowingText(self._segments)

    def finish(self, received_ns: int) -> list[Hypothesis]:
        """What is final because the stream has ended."""
        return self._segments.close_all(received_ns)


class PlainReader(_Reader):
    """One line, one final segment."""

    name = "plain"
    _count = 0

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Whatever nobody else knows."""
        return True

    def read(self, piece: Piece) -> list[Hypothesis]:
        """A line."""
        text = _ANSI.sub("", piece.text).strip()
        if piece.end == "open" or not text:
            return []
        data = json_of(text)
        if data is not None and isinstance(data.get("text"), str):
            text = data["text"].strip()
        self._count += 1
        heard = self._segments.say(self._count, text, piece.received_ns, final=True)
        self._segments.forget(self._count)
        return heard


class TimedTextReader(_Reader):
    """whisper_streaming, and SimulStreaming's --out-txt: `EMIT_MS BEG_MS END_MS text`, the server's without the first."""

    name = "whisper_streaming"

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Two or three numbers before the text, that could be times."""
        match = _TIMED.fullmatch(piece.text)
        return data is None and match is not None and float(match[2]) <= float(match[3])

    def read(self, piece: Piece) -> list[Hypothesis]:
        """An increment of confirmed text."""
        if piece.end == "open":
            return []
        match = _TIMED.fullmatch(piece.text)
        if match is None:
            return self._growing.change(piece.text, piece.received_ns) if piece.text.strip() else []
        emitted = float(match[1]) if match[1] else None
        return self._growing.change(match[4], piece.received_ns, spoken_ms=(float(match[2]), float(match[3])), emitted_ms=emitted)


class StepReader(_Reader):
    """whisper.cpp's stream in step mode: the line is wiped and redrawn, and final when a line feed comes."""

    name = "whisper.cpp"
    _count = 0

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """It wipes the line before it has written anything."""
        return "\x1b[2K" in piece.text

    def read(self, piece: Piece) -> list[Hypothesis]:
        """A line as redrawn, or its end."""
        text = _ANSI.sub("", piece.text).strip()
        if text.startswith(_ROLES):
            return []
        if piece.end != "line":
            # A half-received escape sequence is not text.
            text = text.partition("\x1b")[0].strip()
            return self._segments.say(self._count, text, piece.received_ns) if text else []
        heard = self._segments.say(self._count, text, piece.received_ns, final=True) if text else self.finish(piece.received_ns)
        self._segments.forget(self._count)
        self._count += 1
        return heard


class VadReader(_Reader):
    """whisper.cpp's stream with voice detection: blocks of lines with their times within the block."""

    name = "whisper.cpp-vad"
    _began_ms = 0.0
    _count = 0

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """The mark of a block."""
        return _VAD_START.match(piece.text) is not None or _VAD_LINE.match(piece.text) is not None

    def read(self, piece: Piece) -> list[Hypothesis]:
        """A line of a block; each is final."""
        if piece.end == "open":
            return []
        if start := _VAD_START.match(piece.text):
            self._began_ms = float(start[1])
            return []
        line = _VAD_LINE.match(_ANSI.sub("", piece.text).strip())
        if line is None or not line[7].strip():
            return []
        begin, end = (
            self._began_ms + 1000 * (60 * (60 * int(hours) + int(minutes)) + float(seconds))
            for hours, minutes, seconds in (line.group(1, 2, 3), line.group(4, 5, 6))
        )
        self._count += 1
        heard = self._segments.say(self._count, line[7].strip(), piece.received_ns, final=True, spoken_ms=(begin, end))
        self._segments.forget(self._count)
        return heard


class _JsonReader(_Reader):
    """A JSON object a line; what is no object is left out."""

    def read(self, piece: Piece) -> list[Hypothesis]:
        """One line."""
        data = json_of(piece.text) if piece.end == "line" else None
        return self._read(data, piece.received_ns) if data is not None else []

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        raise NotImplementedError


class SimulWhisperReader(_JsonReader):
    """SimulStreaming's recogniser: increments with times in seconds; a line without text ends what was spoken."""

    name = "simulstreaming"

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Its times and final mark, without the translator's status."""
        return data is not None and "is_final" in data and "emission_time" in data and "status" not in data

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        spoken = _span(data.get("start"), data.get("end"), 1000)
        emitted = _number(data.get("emission_time"), 1000)
        over = data.get("is_final") is True
        return self._growing.change(_text(data, "text"), received_ns, over=over, spoken_ms=spoken, emitted_ms=emitted)


class SimulTranslatorReader(_JsonReader):
    """SimulStreaming's translator: confirmed increments, and an unconfirmed rest that each line replaces."""

    name = "simulstreaming-translator"

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Its unconfirmed text."""
        return data is not None and ("unconfirmed_text" in data or data.get("status") in ("INCOMPLETE", "COMPLETE"))

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        return self._growing.change(
            _text(data, "text"),
            received_ns,
            loose=_text(data, "unconfirmed_text"),
            over=data.get("is_final") is True,
            emitted_ms=_number(data.get("emission_time"), 1000),
        )


class SimulstreamReader(_JsonReader):
    """simulstream's messages: text that is new, and text at the end that is taken back."""

    name = "simulstream"

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """New and deleted."""
        return data is not None and ("new" in data or "deleted" in data)

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        if data.get("end_of_processing") is True:
            return self.finish(received_ns)
        return self._growing.change(_text(data, "new"), received_ns, deleted=len(_text(data, "deleted")))


class SherpaReader(_JsonReader):
    """sherpa-onnx's streaming server: the whole text of a numbered segment, sent again as it changes."""

    name = "sherpa-onnx"
    _current: int | None = None

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """A numbered segment."""
        return data is not None and isinstance(data.get("segment"), int) and isinstance(data.get("text"), str)

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        number = data.get("segment")
        if not isinstance(number, int):
            return []
        heard: list[Hypothesis] = []
        if self._current is not None and number != self._current:
            # The server says nothing of the end of a segment but by beginning the next.
            heard = self.finish(received_ns)
            self._segments.forget(self._current)
        self._current = number
        final = data.get("is_final") is True or data.get("is_eof") is True or data.get("final") is True
        text = _text(data, "text").strip()
        start = _number(data.get("start_time"), 1000)
        times = data.get("timestamps")
        spoken = None
        if start is not None and isinstance(times, list) and times and all(isinstance(one, int | float) for one in times):
            spoken = (start, start + 1000 * float(times[-1]))
        return heard + self._segments.say(number, text, received_ns, final=final, spoken_ms=spoken)


class FunAsrReader(_JsonReader):
    """FunASR: increments in the first pass, and a second pass that replaces them by the corrected sentence."""

    name = "funasr"

    @staticmethod
    def recognises(piece: Piece, data: dict[str, Any] | None) -> bool:
        """Its modes."""
        return data is not None and data.get("mode") in ("2pass-online", "2pass-offline", "online", "offline")

    def _read(self, data: dict[str, Any], received_ns: int) -> list[Hypothesis]:
        text = _text(data, "text")
        if str(data.get("mode")).endswith("offline"):
            return self._growing.replace_all(text, received_ns, spoken_ms=_stamps(data.get("timestamp")))
        # In the first pass is_final says that the microphone is off, and the second pass is still to come.
        over = data.get("mode") == "online" and data.get("is_final") is True
        return (
            self._growing.change("", received_ns, over=over) if not text else self._growing.change(text, received_ns, over=over)
        )


READERS: Final[tuple[type[Reader], ...]] = (
    StepReader,
    VadReader,
    TimedTextReader,
    SimulstreamReader,
    FunAsrReader,
    SherpaReader,
    SimulTranslatorReader,
    SimulWhisperReader,
    PlainReader,
)


def reader_for(piece: Piece) -> Reader | None:
    """A reader for the stream that begins with this piece; None where it says nothing about that."""
    text = _ANSI.sub("", piece.text).strip()
    if "\x1b[2K" not in piece.text and (not text or text.startswith(_ROLES) or piece.end == "open"):
        return None
    data = json_of(text)
    return next(kind() for kind in READERS if kind.recognises(piece, data))


def json_of(line: str) -> dict[str, Any] | None:
    """The JSON object that a line is, or None."""
    if not line.lstrip().startswith("{"):
        return None
    try:
        data = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object, factor: float) -> float | None:
    return value * factor if isinstance(value, int | float) and not isinstance(value, bool) else None


def _span(start: object, end: object, factor: float) -> tuple[float, float] | None:
    first, last = _number(start, factor), _number(end, factor)
    return None if first is None or last is None else (first, last)


def _stamps(value: object) -> tuple[float, float] | None:
    """FunASR's `[[100,200],...]`, a string or a list, in milliseconds."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (json.JSONDecodeError, RecursionError):
            return None
    try:
        return (float(value[0][0]), float(value[-1][1])) if isinstance(value, list) and value else None
    except (TypeError, ValueError, IndexError, KeyError):
        return None
