"""BLEU, chrF and TER of translations, by sacreBLEU: its figures, its signatures, the right tokenizer for the target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from lang.errors import UnsupportedError, YuqiaoError
from lang.script import Script, detect_script, is_chinese

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

Language = Literal["zh", "en"]
METRICS: Final = ("bleu", "chrf", "ter")


@dataclass(frozen=True, slots=True)
class Score:
    """A figure (0 to 100 for BLEU and chrF; TER counts edits per 100 words and may exceed 100) and what reproduces it."""

    score: float
    signature: str


@dataclass(frozen=True, slots=True)
class SystemScores:
    """The scores of one system, by metric, and what its reader should know."""

    name: str
    scores: dict[str, Score]
    warnings: list[str] = field(default_factory=list)


def target_language(references: Sequence[Sequence[str]]) -> Language:
    """The language the references are written in, by their first thousand lines."""
    return "zh" if is_chinese("".join(references[0][:1000])) else "en"


def score_system(
    name: str,
    hypothesis: Sequence[str],
    references: Sequence[Sequence[str]],
    *,
    target: Language,
    metrics: Sequence[str] = METRICS,
    started: Callable[[str], None] | None = None,
) -> SystemScores:
    """Score one system's segments against one or several references of the same length.

    `started` is told each metric before it runs. BLEU and TER take sacreBLEU's tokenizers for the target: `zh` and
    Asian-aware normalization for Chinese, `13a` and Tercom's default for English. YuqiaoError when lengths differ or
    nothing is there to score; UnsupportedError for an unknown metric.
    """
    for number, reference in enumerate(references, start=1):
        if len(reference) != len(hypothesis):
            which = f"reference {number}" if len(references) > 1 else "the reference"
            raise YuqiaoError(
                f"{name} has {len(hypothesis)} lines, {which} has {len(reference)}.",
                "Line n of each file must be the same segment; blank lines count.",
            )
    if not hypothesis:
        raise YuqiaoError(f"{name} is empty.", "There is nothing to score.")
    streams = [list(reference) for reference in references]
    scores: dict[str, Score] = {}
    for metric_name in metrics:
        metric = _metric(metric_name, target)
        if started:
            started(metric_name)
        result = metric.corpus_score(list(hypothesis), streams)
        scores[metric_name] = Score(result.score, str(metric.get_signature()))
    return SystemScores(name, scores, _warnings(name, hypothesis, references, target))


def _metric(name: str, target: Language) -> "Metric":
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    chinese = target == "zh"
    if name == "bleu":
        return BLEU(tokenize="zh" if chinese else "13a")
    if name == "chrf":
        return CHRF()
    if name == "ter":
        # Tercom splits on blanks only; both options together make each Chinese character a word.
        return TER(normalized=chinese, asian_support=chinese)
    raise UnsupportedError(f"No metric is called {name!r}.", f"Choose among {', '.join(METRICS)}.")


def _warnings(name: str, hypothesis: Sequence[str], references: Sequence[Sequence[str]], target: Language) -> list[str]:
    warnings: list[str] = []
    empty = [number for number, line in enumerate(hypothesis, start=1) if not line.strip()]
    if empty:
        first = ", ".join(map(str, empty[:5])) + (" ..." if len(empty) > 5 else "")
        warnings.append(f"{name}: {len(empty)} empty lines (line {first}) score as misses.")
    if is_chinese("".join(hypothesis[:1000])) != (target == "zh"):
        written = {"zh": "Chinese", "en": "English"}
        warnings.append(f"{name}: the target is {written[target]}, but it is not written in it.")
    elif target == "zh":
        ours, theirs = _script(hypothesis), _script(references[0])
        if {ours, theirs} == {"Hans", "Hant"}:
            names = {"Hans": "simplified", "Hant": "traditional"}
            warnings.append(
                f"{name} is in {names[ours]} Chinese, the reference in {names[theirs]}: every differing character counts"
                " as an error. Convert one of them first."
            )
    return warnings


def _script(lines: Sequence[str]) -> Script:
    return detect_script("".join(lines[:1000]))
