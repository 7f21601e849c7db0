"""All figures of one or several recordings, side by side."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final, Literal

from interpret.measurement.clocks import Clock, ClockName, clocks_of, no_clocks
from interpret.measurement.erasure import Erasure, erasure_of
from interpret.measurement.lagging import average_lagging, average_token_delay, length_adaptive_average_lagging
from interpret.measurement.recording import Recording
from interpret.measurement.simuleval import Instance
from scoring.evaluation import Evaluation, Resampling, Started, SystemResult, evaluate
from scoring.expected_terms import ExpectedTerms
from scoring.material import Language, Material, checked
from scoring.registry import metric_class

LagName = Literal["al", "laal", "atd"]
LAGS: Final[tuple[LagName, ...]] = ("al", "laal", "atd")
# Characters a second that nobody replays to measure: two hundred times speaking speed.
_HASTE: Final = {"zh": 1_000, "en": 3_000}
METRICS: Final = ("terms", "numbers", "bleu", "chrf")
TermsFor = Callable[[Language], ExpectedTerms]
"""The terms to expect, by the language translated into."""


@dataclass(frozen=True, slots=True)
class Lagging:
    """AL, LAAL and ATD of each sentence in `unit`; `aware` are the same with the time of computing, by the wall clock.

    `target_length` says what |Y| is: the reference's length, or the output's where there is none.
    """

    unit: Literal["ms", "source tokens"]
    target_length: Literal["reference", "output"]
    sentences: Mapping[LagName, tuple[float, ...]]
    aware: Mapping[LagName, tuple[float, ...]]

    def mean(self, name: LagName, *, aware: bool = False) -> float | None:
        """The mean over sentences; None where there are none."""
        values = (self.aware if aware else self.sentences).get(name, ())
        return fmean(values) if values else None


@dataclass(frozen=True, slots=True)
class Measures:
    """What one recording came to. `absent` says of each figure that is not there why: a metric, `lagging`, `erasure`.

    `system` has the figures of the metrics, None where nothing could be scored; `evaluation` is the one it belongs to, shared
    by all recordings of the same source, or None. `kinds` counts outputs by what they were.
    """

    recording: Recording
    evaluation: Evaluation | None
    system: SystemResult | None
    absent: Mapping[str, str]
    clocks: Mapping[ClockName, Clock]
    lagging: Lagging | None
    erasure: Erasure | None
    kinds: Mapping[str, int]
    patched: int
    asked_again: int

    @property
    def name(self) -> str:
        """What tables call the recording."""
        return self.recording.name

    @property
    def warnings(self) -> list[str]:
        """What the reader of the figures should know: scoring's warnings, and that glosses are no sentences."""
        said = list(self.system.warnings) if self.system else []
        glosses = self.kinds.get("gloss", 0)
        if glosses:
            total = len(self.recording.outputs)
            said.append(
                f"{self.name}: {glosses:,} of {total:,} outputs are glosses, terms one after another: these count"
                " as rendered, though nothing was translated."
            )
        return said + _haste(self.recording)


def _haste(recording: Recording) -> list[str]:
    """A warning where the transcript came all at once, as from a file that is not paced."""
    session = recording.session
    if session is None or len(session.finished) < 2:
        return []
    arrived = [segment.final.at_ms for segment in session.finished if segment.final]
    seconds = (max(arrived) - min(arrived)) / 1000
    said = sum(len(segment.final.text) for segment in session.finished[:-1] if segment.final)
    if said <= seconds * _HASTE[session.source]:
        return []
    return [
        f"{recording.name}: the transcript came {len(arrived):,} segments in {seconds:.1f} s, so the clocks count the wait in the"
        " queue. Replay it with --pace."
    ]


def measure(
    recordings: Sequence[Recording], terms_for: TermsFor, *, resampling: Resampling | None, started: Started | None = None
) -> list[Measures]:
    """The measures of recordings in their order.

    Recordings of the same sources and references are evaluated together, so that they are compared with the first of them.
    """
    groups: dict[object, list[Recording]] = {}
    for one in recordings:
        groups.setdefault((one.sources, one.references, one.target, one.sources is None and one.name), []).append(one)
    evaluations: dict[str, Evaluation] = {}
    for members in groups.values():
        found = _evaluation(members, terms_for, resampling, started)
        evaluations |= {one.name: found for one in members if found}
    return [_measures(one, evaluations.get(one.name)) for one in recordings]


def _evaluation(
    members: Sequence[Recording], terms_for: TermsFor, resampling: Resampling | None, started: Started | None
) -> Evaluation | None:
    scored = [one for one in members if any(text.strip() for text in one.outputs)]
    if not scored:
        return None
    first = scored[0]
    absent = _absent_metrics(first)
    names = [name for name in METRICS if name not in absent]
    if not names:
        return None
    material = Material(
        {one.name: one.outputs for one in scored}, [first.references] if first.references else [], first.sources, first.target
    )
    if "terms" in names:
        material = replace(material, terms=terms_for(first.target))
    metrics = [metric_class(name)(material) for name in names]
    return evaluate(checked(material), metrics, resampling=resampling, started=started)


def _absent_metrics(recording: Recording) -> dict[str, str]:
    absent: dict[str, str] = {}
    if not any(text.strip() for text in recording.outputs):
        return dict.fromkeys(METRICS, "the log has no output")
    if not recording.references:
        absent |= dict.fromkeys(("bleu", "chrf"), "no reference was given")
    if recording.sources is None:
        absent |= dict.fromkeys(("terms", "numbers"), "the log has no source text; give it with --src")
    return absent


def _measures(recording: Recording, evaluation: Evaluation | None) -> Measures:
    absent = _absent_metrics(recording)
    system = None
    if evaluation:
        system = next((one for one in evaluation.systems if one.name == recording.name), None)
    lagging = lagging_of(recording)
    if lagging is None:
        absent["lagging"] = "no sentence has both an output and a length of its source"
    session = recording.session
    if session is None:
        absent["erasure"] = "SimulEval's log has no partial texts"
        clocks = no_clocks("SimulEval's log has no transcripts")
        return Measures(recording, evaluation, system, absent, clocks, lagging, None, {}, 0, 0)
    erasure = erasure_of(
        ([one.text for one in segment.heard] for segment in session.segments if any(one.final for one in segment.heard)),
        session.source,
    )
    outputs = [segment.output for segment in session.finished if segment.output]
    kinds = Counter(output.kind or "none" for output in outputs)
    if len(outputs) < len(session.finished):
        kinds["none"] += len(session.finished) - len(outputs)
    return Measures(
        recording,
        evaluation,
        system,
        absent,
        clocks_of(session),
        lagging,
        erasure,
        dict(kinds),
        sum(output.patched for output in outputs),
        sum(output.asked_again for output in outputs),
    )


def lagging_of(recording: Recording) -> Lagging | None:
    """The lagging of a recording, sentence by sentence; None where no sentence has delays and a length.

    A log is taken as of speech only where every sentence is: milliseconds and tokens have no common mean.
    """
    usable = [one for one in recording.instances if one.delays and one.source_length > 0]
    if not usable:
        return None
    speech = all(one.speech for one in usable)
    if not speech and any(one.speech for one in usable):
        usable = [one for one in usable if not one.speech]
    plain = {name: tuple(_lag(name, one, recording.target, aware=False) for one in usable) for name in LAGS}
    timed = [one for one in usable if one.speech and any(one.elapsed)]
    aware = {name: tuple(_lag(name, one, recording.target, aware=True) for one in timed) for name in LAGS} if timed else {}
    length: Literal["reference", "output"] = "reference" if all(one.reference for one in usable) else "output"
    return Lagging("ms" if speech else "source tokens", length, plain, aware)


def _lag(name: LagName, one: Instance, target: Language, *, aware: bool) -> float:
    if name == "atd":
        return average_token_delay(one.delays, speech=one.speech, elapsed=one.elapsed if aware else ())
    lag = average_lagging if name == "al" else length_adaptive_average_lagging
    return lag(one.elapsed if aware else one.delays, one.source_length, one.reference_length(target))
