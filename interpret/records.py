"""Sinks that write: records, as in the log, and subtitles."""

import html
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Final, Literal

from interpret.engine import Output
from interpret.growing_file import GrowingFile
from interpret.hypothesis import Hypothesis
from interpret.log import Record
from interpret.prompt import Prompts
from interpret.sink import Sink

_SHORTEST_MS: Final = 1_500
_CUE: Final = re.compile(r"^[0-9:.,]+ --> (\d+):(\d\d):(\d\d)[.,](\d{3})$", re.MULTILINE)


class RecordSink(Sink):
    """Hands everything on as records of a log (see interpret.log), as it happens; `began_ns` is the session's start."""

    def __init__(self, write: Callable[[Record], None], began_ns: int) -> None:
        self._write = write
        self._began_ns = began_ns

    def _ms(self, at_ns: int) -> float:
        return round((at_ns - self._began_ns) / 1e6, 3)

    def _record(self, kind: str, at_ns: int, fields: Record) -> None:
        self._write({"type": kind, "at_ms": self._ms(at_ns), **fields})

    def began(self, about: dict[str, object], at_ns: int) -> None:
        """A session record."""
        self._record("session", at_ns, about)

    def ended(self, segments: int, at_ns: int) -> None:
        """An end record."""
        self._record("end", at_ns, {"segments": segments})

    def heard(self, hypothesis: Hypothesis) -> None:
        """A hypothesis record; when it came is the record's time."""
        fields = asdict(hypothesis)
        self._record("hypothesis", fields.pop("received_ns"), fields)

    def prompted(self, prompts: Prompts) -> None:
        """A prompts record; when they were made is the record's time."""
        fields = asdict(prompts)
        self._record("prompts", fields.pop("made_ns"), fields)

    def piece(self, segment: int, text: str, at_ns: int) -> None:
        """A piece record."""
        self._record("piece", at_ns, {"segment": segment, "text": text})

    def answered(self, output: Output) -> None:
        """An output record, its times on the session's clock."""
        fields = asdict(output)
        for name in ("asked", "first", "last"):
            fields[f"{name}_ms"] = self._ms(fields.pop(f"{name}_ns"))
        self._record("output", output.last_ns, fields)

    def told(self, text: str, at_ns: int) -> None:
        """A note record."""
        self._record("note", at_ns, {"text": text})


class SubtitleSink(Sink):
    """Writes a caption for each answer, whole at once, so that a crash leaves a valid file; `resume` adds to the file."""

    def __init__(self, path: Path, kind: Literal["srt", "vtt"], began_ns: int, *, resume: bool = False) -> None:
        self._kind = kind
        self._began_ns = began_ns
        ends = _CUE.findall(path.read_text(encoding="utf-8")) if resume and path.exists() else []
        self._file = GrowingFile(path, anew=not ends)
        self._number = len(ends)
        self._until_ms = _ms(ends[-1]) if ends else 0.0
        self._spoken: dict[int, tuple[float, float | None]] = {}
        if kind == "vtt" and not ends:
            self._file.write("WEBVTT\n\n")

    def heard(self, hypothesis: Hypothesis) -> None:
        """Keep when the segment was said: by the recogniser's clock, else when it first came."""
        if hypothesis.spoken_ms:
            self._spoken[hypothesis.segment] = hypothesis.spoken_ms
        else:
            came = (hypothesis.received_ns - self._began_ns) / 1e6
            self._spoken.setdefault(hypothesis.segment, (came, None))

    def answered(self, output: Output) -> None:
        """Write the caption."""
        start, end = self._spoken.pop(output.segment, (self._until_ms, None))
        text = " ".join(output.text.split())
        if not text:
            return
        start = max(start, self._until_ms)
        finish = max(start + _SHORTEST_MS, end if end is not None else (output.last_ns - self._began_ns) / 1e6)
        self._until_ms = finish
        self._number += 1
        comma = "," if self._kind == "srt" else "."
        shown = text if self._kind == "srt" else html.escape(text, quote=False)
        self._file.write(f"{self._number}\n{_time(start, comma)} --> {_time(finish, comma)}\n{shown}\n\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _time(ms: float, comma: str) -> str:
    seconds, rest = divmod(round(ms), 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{comma}{rest:03d}"


def _ms(time: tuple[str, str, str, str]) -> float:
    hours, minutes, seconds, rest = map(int, time)
    return 1000 * (60 * (60 * hours + minutes) + seconds) + rest
