"""The log of a session: JSON Lines, one record a line, written as it happens and read for reports and to resume.

| type | fields |
|---|---|
| session | version, started (ISO 8601), engine, source (zh or en), input, database |
| hypothesis | segment, revision, text, stable, final, spoken_ms, emitted_ms |
| prompts | segment, revision, final, terms, numbers, match (as in interpret.prompt) |
| piece | segment, text: a piece of the engine's answer |
| output | segment, text, engine, kind, asked_ms, first_ms, last_ms, reason, missed_terms, missed_numbers, patched, asked_again |
| note | text: something the user was told |
| end | segments |

Every record has `at_ms`, milliseconds since the session began by the monotonic clock; `asked_ms` and the like count on
the same clock. A crash loses at most the last line, which a reader leaves out when it is cut off.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from interpret.growing_file import GrowingFile
from lang.errors import BadFileError

VERSION: Final = 1

Record = Mapping[str, object]


class LogWriter:
    """Appends records to a file, each flushed at once."""

    def __init__(self, path: Path) -> None:
        self._file = GrowingFile(path)

    def write(self, record: Record) -> None:
        """Append one record."""
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self.close()


@dataclass(frozen=True, slots=True)
class Past:
    """What a session that is gone on with has behind it.

    `segments` is how many segments there were, `at_ms` when the last thing happened, `concepts` which were prompted, and
    `open` the finished segments that have no answer yet: (segment, text), in order.
    """

    segments: int
    at_ms: float
    concepts: tuple[int, ...]
    open: tuple[tuple[int, str], ...]


def read_past(path: Path) -> Past:
    """What a log says of its session so far; a last line that was cut off is taken away. BadFileError for a bad line."""
    segments, at_ms = 0, 0.0
    concepts: dict[int, None] = {}
    waiting: dict[int, str] = {}
    for record in read_log(path):
        at_ms = max(at_ms, _number(record.get("at_ms")))
        segment = int(_number(record.get("segment")))
        if record["type"] == "hypothesis":
            segments = max(segments, segment + 1)
            if record.get("final") and record.get("text"):
                waiting[segment] = str(record["text"])
            else:
                waiting.pop(segment, None)
        elif record["type"] == "output":
            waiting.pop(segment, None)
        elif record["type"] == "prompts":
            terms = record.get("terms")
            if isinstance(terms, list):
                concepts.update((int(term["concept"]), None) for term in terms)
    _cut_torn_line(path)
    return Past(segments, at_ms, tuple(concepts), tuple(sorted(waiting.items())))


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _cut_torn_line(path: Path) -> None:
    with path.open("r+b") as file:
        data = file.read()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            file.truncate(whole)


def read_log(path: Path) -> Iterator[dict[str, object]]:
    """The records of a log in order; a last line that was cut off is left out. BadFileError for any other bad line."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith("\n"):
                return
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadFileError(str(path), number, f"not JSON ({error.msg}).", "A log has one JSON object a line.") from error
            if not isinstance(record, dict) or "type" not in record:
                raise BadFileError(str(path), number, "not a record of a log.", "Each line is a JSON object with a type.")
            yield record
