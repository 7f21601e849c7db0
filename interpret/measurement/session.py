"""A session as its log has it: every segment with its hypotheses, prompts, pieces and output."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from interpret.log import read_log
from lang.errors import BadFileError, NotFoundError
from lang.script import is_chinese

_ADVICE: Final = "interpret/log.py of yuqiao has the fields of every record."


@dataclass(frozen=True, slots=True)
class Heard:
    """A hypothesis of the recogniser as the log has it. `at_ms` is when it came, by the session's clock."""

    revision: int
    text: str
    final: bool
    at_ms: float
    spoken_ms: tuple[float, float] | None
    emitted_ms: float | None


@dataclass(frozen=True, slots=True)
class Rendered:
    """The output for a segment; times by the session's clock. `missed` are terms and numbers found missing when it was made."""

    text: str
    engine: str
    kind: str
    first_ms: float
    last_ms: float
    reason: str = ""
    missed: tuple[str, ...] = ()
    patched: bool = False
    asked_again: bool = False


@dataclass(frozen=True, slots=True)
class LoggedSegment:
    """A segment of speech. `prompted` has (revision, at_ms) of its prompts, `pieces` (at_ms, text) of the engine's answer.

    `terms` and `numbers` are the prompts of the last revision, as pairs of what was heard and what was shown for it.
    """

    number: int
    heard: tuple[Heard, ...]
    prompted: tuple[tuple[int, float], ...]
    terms: tuple[tuple[str, str], ...]
    numbers: tuple[tuple[str, str], ...]
    pieces: tuple[tuple[float, str], ...]
    output: Rendered | None

    @property
    def final(self) -> Heard | None:
        """The final hypothesis; None where the segment was never finished or was taken back."""
        last = next((one for one in reversed(self.heard) if one.final), None)
        return last if last and last.text.strip() else None


@dataclass(frozen=True, slots=True)
class Session:
    """What one log holds. `source` is the language spoken; `started` is ISO 8601, empty where the log does not say."""

    path: Path
    engine: str
    source: Literal["zh", "en"]
    started: str
    segments: tuple[LoggedSegment, ...]

    @property
    def finished(self) -> list[LoggedSegment]:
        """The segments that have a final text, in order: those that are scored."""
        return [segment for segment in self.segments if segment.final]


def read_session(path: Path) -> Session:
    """Read a log. NotFoundError where it cannot be opened, BadFileError (with the line) for a record that is not in order.

    A segment that a resumed session heard again counts as it was heard last.
    """
    reader = _Reader(path)
    try:
        for number, record in enumerate(read_log(path), start=1):
            reader.take(number, record)
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    except UnicodeDecodeError as error:
        raise BadFileError(str(path), 0, "not UTF-8.", "A log is a text file that yuqiao wrote.") from error
    return reader.session()


@dataclass(slots=True)
class _Open:
    """A segment while its records come in; `run` counts the sessions of a log that was resumed."""

    run: int
    heard: list[Heard] = field(default_factory=list)
    prompted: list[tuple[int, float]] = field(default_factory=list)
    terms: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    pieces: list[tuple[float, str]] = field(default_factory=list)
    output: Rendered | None = None


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._line = 0
        self._run = 0
        self._latest_ms = 0.0
        self._about: Mapping[str, object] = {}
        self._segments: dict[int, _Open] = {}

    def take(self, line: int, record: Mapping[str, object]) -> None:
        """Add a record."""
        self._line = line
        match record["type"]:
            case "session":
                self._about = self._about or record
            case "hypothesis":
                heard = self._heard(record)
                # Hypotheses come in order; an earlier time is that of a session begun anew.
                self._run += heard.at_ms < self._latest_ms
                self._latest_ms = heard.at_ms
                self._open(record).heard.append(heard)
            case "prompts":
                self._prompts(record)
            case "piece":
                self._open(record).pieces.append((self._number(record, "at_ms"), self._text(record, "text")))
            case "output":
                self._open(record).output = self._output(record)
            case _:
                pass

    def session(self) -> Session:
        """All that was read. BadFileError where nothing was heard, which is no log of a session."""
        if not self._segments:
            raise BadFileError(str(self._path), 1, "nothing was heard in it.", "Name a log that yuqiao interpret wrote.")
        segments = tuple(
            LoggedSegment(
                number,
                tuple(one.heard),
                tuple(one.prompted),
                one.terms,
                one.numbers,
                tuple(one.pieces),
                one.output,
            )
            for number, one in sorted(self._segments.items())
        )
        engine, started = str(self._about.get("engine") or ""), str(self._about.get("started") or "")
        return Session(self._path, engine, self._source(segments), started, segments)

    def _source(self, segments: Sequence[LoggedSegment]) -> Literal["zh", "en"]:
        """The language spoken: as the log says, else as it is written."""
        said = self._about.get("source")
        if not said:
            return "zh" if is_chinese("".join(one.text for segment in segments for one in segment.heard)) else "en"
        if said not in ("zh", "en"):
            raise BadFileError(str(self._path), 1, f"the source is {said!r}, not zh or en.", _ADVICE)
        return "zh" if said == "zh" else "en"

    def _open(self, record: Mapping[str, object]) -> _Open:
        number = int(self._number(record, "segment"))
        known = self._segments.get(number)
        # After a resumption a segment that is heard anew replaces what the interrupted session left of it.
        if known is None or (known.run != self._run and record["type"] == "hypothesis"):
            known = self._segments[number] = _Open(self._run)
        return known

    def _heard(self, record: Mapping[str, object]) -> Heard:
        spoken = record.get("spoken_ms")
        span: tuple[float, float] | None = None
        if isinstance(spoken, list) and len(spoken) == 2:
            span = self._float(spoken[0], "spoken_ms"), self._float(spoken[1], "spoken_ms")
        emitted = record.get("emitted_ms")
        return Heard(
            int(self._number(record, "revision")),
            self._text(record, "text"),
            record.get("final") is True,
            self._number(record, "at_ms"),
            span,
            None if emitted is None else self._float(emitted, "emitted_ms"),
        )

    def _prompts(self, record: Mapping[str, object]) -> None:
        segment = self._open(record)
        segment.prompted.append((int(self._number(record, "revision")), self._number(record, "at_ms")))
        segment.terms = tuple(
            (str(term.get("text", "")), "; ".join(map(str, _list(term.get("renderings"))))) for term in _objects(record, "terms")
        )
        segment.numbers = tuple(
            (str(number.get("text", "")), str(number.get("rendering", ""))) for number in _objects(record, "numbers")
        )

    def _output(self, record: Mapping[str, object]) -> Rendered:
        return Rendered(
            self._text(record, "text"),
            str(record.get("engine") or ""),
            str(record.get("kind") or ""),
            self._number(record, "first_ms"),
            self._number(record, "last_ms"),
            str(record.get("reason") or ""),
            tuple(map(str, [*_list(record.get("missed_terms")), *_list(record.get("missed_numbers"))])),
            record.get("patched") is True,
            record.get("asked_again") is True,
        )

    def _number(self, record: Mapping[str, object], name: str) -> float:
        return self._float(record.get(name), name)

    def _float(self, value: object, name: str) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BadFileError(str(self._path), self._line, f"{name} is {value!r}, not a number.", _ADVICE)
        return float(value)

    def _text(self, record: Mapping[str, object], name: str) -> str:
        value = record.get(name)
        if not isinstance(value, str):
            raise BadFileError(str(self._path), self._line, f"{name} is {value!r}, not a text.", _ADVICE)
        return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _objects(record: Mapping[str, object], name: str) -> Iterator[dict[str, object]]:
    return (one for one in _list(record.get(name)) if isinstance(one, dict))
