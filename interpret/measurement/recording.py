"""What is measured: one log, ours or SimulEval's, as sources, outputs and instances of equal number."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from interpret.measurement.session import Session, read_session
from interpret.measurement.simuleval import Instance, instances_of, is_instance, read_instances
from lang.errors import BadFileError, NotFoundError, YuqiaoError
from lang.script import is_chinese


@dataclass(frozen=True, slots=True)
class Recording:
    """One log. `session` is None for SimulEval's; `sources` is None where only the audio is known.

    `outputs` has a text for each finished segment, empty where there is none; `instances` belong to them one by one.
    """

    name: str
    path: Path
    session: Session | None
    source_language: Literal["zh", "en"]
    sources: tuple[str, ...] | None
    outputs: tuple[str, ...]
    instances: tuple[Instance, ...]
    references: tuple[str, ...]

    @property
    def target(self) -> Literal["zh", "en"]:
        """The language of the outputs."""
        return "en" if self.source_language == "zh" else "zh"

    @property
    def engine(self) -> str:
        """The engines that answered, as the log names them; SimulEval's does not."""
        if self.session is None:
            return "SimulEval"
        named = {segment.output.engine: None for segment in self.session.segments if segment.output and segment.output.engine}
        return ", ".join(named) or self.session.engine or "none"


def read_recording(path: Path, name: str, references: Sequence[str] = (), sources: Sequence[str] = ()) -> Recording:
    """Read a log of either kind, with a reference and a source for each of its finished segments where there are any.

    Where none are given, references are those a SimulEval log has. NotFoundError, BadFileError, and YuqiaoError where the
    numbers of segments differ.
    """
    if _is_simuleval(path):
        return _from_simuleval(path, name, references, sources)
    session = read_session(path)
    finished = session.finished
    if not finished:
        raise BadFileError(str(path), 0, "has no finished segment.", "There is nothing to measure.")
    _check_number(name, len(finished), references, "The reference")
    _check_number(name, len(finished), sources, "The source")
    own = tuple(segment.final.text for segment in finished if segment.final)
    return Recording(
        name,
        path,
        session,
        session.source,
        tuple(sources) or own,
        tuple(segment.output.text if segment.output else "" for segment in finished),
        tuple(instances_of(session, references)),
        tuple(references),
    )


def _from_simuleval(path: Path, name: str, references: Sequence[str], sources: Sequence[str]) -> Recording:
    instances = read_instances(path)
    _check_number(name, len(instances), references, "The reference")
    _check_number(name, len(instances), sources, "The source")
    own = tuple(one.reference for one in instances)
    known = tuple(sources) or tuple(one.source for one in instances)
    outputs = tuple(one.prediction for one in instances)
    return Recording(
        name,
        path,
        None,
        "en" if is_chinese("".join(outputs)) else "zh",
        known if all(known) else None,
        outputs,
        tuple(instances),
        tuple(references) or (own if all(own) else ()),
    )


def _is_simuleval(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return is_instance(file.readline())
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error


def _check_number(name: str, segments: int, lines: Sequence[str], what: str) -> None:
    if lines and len(lines) != segments:
        raise YuqiaoError(
            f"{what} has {len(lines):,} lines, {name} has {segments:,} finished segments.",
            "Line n must be for segment n; yuqiao interpret pack writes the segments of a log.",
        )
