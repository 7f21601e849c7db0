"""SimulEval's own log, instances.log: one JSON object a line, read and written.

Fields: index, prediction, delays, elapsed, prediction_length, reference, source, source_length (simuleval.evaluator.instance).
The source is the text, tokens joined by blanks, for text input and a description of the audio, a list, for speech; lengths of
speech and all delays of it are milliseconds, those of text are tokens.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from interpret.measurement.erasure import tokens_of
from interpret.measurement.session import LoggedSegment, Session
from lang.errors import BadFileError, NotFoundError
from lang.script import is_chinese

_SOUND: Final = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a")
_FIELDS: Final = "Each line has index, prediction, delays, elapsed, source_length, as SimulEval writes them."


@dataclass(frozen=True, slots=True)
class Instance:
    """A sentence with the delay of each token of its translation.

    `speech` says that delays are milliseconds of speech rather than source tokens. `source` is empty where only the audio is
    known. `elapsed` is empty, or all 0, where no wall clock ran.
    """

    index: int
    prediction: str
    delays: tuple[float, ...]
    elapsed: tuple[float, ...]
    reference: str
    source: str
    source_length: float
    speech: bool

    def reference_length(self, language: Literal["zh", "en"]) -> int:
        """The reference's tokens as SimulEval counts them; those of the translation where there is no reference."""
        if not self.reference:
            return len(self.delays)
        return len(self.reference.strip()) if language == "zh" else len(self.reference.split(" "))


def is_instance(line: str) -> bool:
    """Whether a file's first line is that of a SimulEval log."""
    try:
        record = json.loads(line)
    except ValueError:
        return False
    return isinstance(record, dict) and {"index", "prediction", "delays"} <= record.keys()


def read_instances(path: Path) -> list[Instance]:
    """The instances of a log by index. NotFoundError where it cannot be opened, BadFileError with the line at fault."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_instance(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise BadFileError(str(path), number, f"no instance of SimulEval ({error}).", _FIELDS) from error
    if not found:
        raise BadFileError(str(path), 0, "is empty.", _FIELDS)
    return sorted(found, key=lambda one: one.index)


def _instance(record: dict[str, Any]) -> Instance:
    source = record.get("source")
    text = source if isinstance(source, str) and not source.lower().endswith(_SOUND) else ""
    delays = tuple(map(float, record["delays"]))
    elapsed = tuple(map(float, record.get("elapsed") or ()))
    if elapsed and len(elapsed) != len(delays):
        raise ValueError(f"{len(delays)} delays, {len(elapsed)} times elapsed")
    if not isinstance(record["prediction"], str):
        raise TypeError("the prediction is no text")
    return Instance(
        int(record["index"]),
        record["prediction"],
        delays,
        elapsed,
        str(record.get("reference") or ""),
        _joined(text),
        float(record["source_length"]),
        not text,
    )


def _joined(source: str) -> str:
    """Text input as it was written: SimulEval puts blanks between tokens, which Chinese does not have."""
    return "".join(source.split()) if is_chinese(source) else source


def instances_of(session: Session, references: Sequence[str] = ()) -> list[Instance]:
    """A session's finished segments as instances: of speech where the recogniser said when each was spoken, else of text.

    Of speech: the translation of a segment begins when its transcript is final, so every token's delay is the time of the
    recogniser at which that was given out (where it does not say, the end of the segment), counted from the segment's
    start; `elapsed` adds what passed from the transcript's arrival to the token. Of text: all tokens of the source were read.
    """
    finished = session.finished
    spoken = all(segment.final and segment.final.spoken_ms for segment in finished)
    return [
        _of_segment(at, segment, session, references[at] if references else "", speech=spoken)
        for at, segment in enumerate(finished)
    ]


def _of_segment(index: int, segment: LoggedSegment, session: Session, reference: str, *, speech: bool) -> Instance:
    final, output = segment.final, segment.output
    assert final is not None, "only finished segments are asked for"
    text = output.text if output else ""
    written = _token_times(segment, "en" if session.source == "zh" else "zh")
    if not (speech and final.spoken_ms):
        length = len(tokens_of(final.text, session.source))
        return Instance(index, text, (length,) * len(written), (0.0,) * len(written), reference, final.text, length, speech=False)
    start, end = final.spoken_ms
    taken_in = max(end, final.emitted_ms if final.emitted_ms is not None else end) - start
    elapsed = tuple(taken_in + max(0.0, at_ms - final.at_ms) for at_ms in written)
    return Instance(index, text, (taken_in,) * len(written), elapsed, reference, final.text, end - start, speech=True)


def _token_times(segment: LoggedSegment, language: Literal["zh", "en"]) -> list[float]:
    """When each token of the output was complete: with the piece that brought its last character.

    Where the text is not what the pieces make (it was patched, or came at once), all of it came at the end.
    """
    output = segment.output
    if output is None:
        return []
    tokens = tokens_of(output.text, language)
    streamed = "".join(text for _, text in segment.pieces)
    if not streamed.rstrip().endswith(output.text.strip()) or not tokens:
        return [output.last_ms] * len(tokens)
    # What an engine wrote before it was asked again comes first and is no part of the output.
    at = streamed.rstrip().rindex(output.text.strip())
    ends: list[int] = []
    for token in tokens:
        at = streamed.index(token, at) + len(token)
        ends.append(at)
    times: list[float] = []
    pieces = iter(segment.pieces)
    reached, at_ms = 0, 0.0
    for end in ends:
        while reached < end:
            at_ms, text = next(pieces)
            reached += len(text)
        times.append(at_ms)
    return times


def write_instances(instances: Iterable[Instance], source: Literal["zh", "en"]) -> str:
    """The instances as the text of an instances.log."""
    return "".join(json.dumps(_record(one, source), ensure_ascii=False) + "\n" for one in instances)


def _record(one: Instance, source: Literal["zh", "en"]) -> dict[str, object]:
    known: object = " ".join(tokens_of(one.source, source))
    if one.speech:
        known = [f"transcript : {one.source}", f"duration : {one.source_length / 1000:.3f} s"]
    delays = one.delays if one.speech else tuple(map(int, one.delays))
    return {
        "index": one.index,
        "prediction": one.prediction,
        "delays": list(delays),
        "elapsed": list(one.elapsed),
        "prediction_length": len(one.delays),
        "reference": one.reference,
        "source": known,
        "source_length": one.source_length if one.speech else int(one.source_length),
    }
