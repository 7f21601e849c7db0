"""BLEU, chrF and chrF++ by sacreBLEU, TER equal to its: its figures and signatures, the right tokenizer for the target.

sacreBLEU extracts the statistics; summing them in parts of a thousand segments gives the same score in a tenth of the memory.
The formulas stand here once more for many sums at once, which sacreBLEU has no function for; `score` itself is sacreBLEU's.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import numpy as np

from scoring.material import Material
from scoring.metric import Floats, Metric, Progress

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric as Engine

_CHUNK: Final = 1000
_EPSILON: Final = 1e-16


class EngineMetric(Metric):
    """A metric whose engine is sacreBLEU."""

    def __init__(self, material: Material) -> None:
        super().__init__(material)
        self.engine: Any = self._engine(chinese=material.target == "zh")

    def _engine(self, *, chinese: bool) -> "Engine":
        raise NotImplementedError

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """The statistics, a thousand segments of all systems at a time, so that n-grams of references are made once."""
        material = self.material
        found: dict[str, list[Floats]] = {name: [] for name in material.systems}
        done = 0
        for start in range(0, len(material), _CHUNK):
            part = slice(start, start + _CHUNK)
            self.engine._ref_cache = self.engine._cache_references([list(stream[part]) for stream in material.references])
            for name, segments in material.systems.items():
                chunk = list(segments[part])
                found[name].append(np.array(self.engine._extract_corpus_statistics(chunk, None), np.float64))
                done += len(chunk)
                progress(done)
        self.engine._ref_cache = None
        return {name: np.concatenate(chunks) for name, chunks in found.items()}

    def score(self, statistics: Floats) -> float:
        """SacreBLEU's own score, added up in its order."""
        sums = [sum(column) for column in statistics.T.tolist()]
        return float(self.engine._compute_score_from_stats(sums).score)

    def signature(self) -> str:
        """SacreBLEU's signature; `norm:script` where Chinese was scored blind to the script."""
        signature = self.engine.get_signature()
        if self.material.script_blind:
            signature.update("norm", "script")
        return str(signature)


class Bleu(EngineMetric):
    """BLEU = BP * exp(mean of ln p_n), n = 1 to 4 (Papineni et al. 2002), with sacreBLEU's exponential smoothing."""

    name: ClassVar = "bleu"
    label: ClassVar = "BLEU"

    def _engine(self, *, chinese: bool) -> "Engine":
        from sacrebleu.metrics.bleu import BLEU

        return BLEU(tokenize="zh" if chinese else "13a", force=True)

    def scores(self, sums: Floats) -> Floats:
        """Columns are hypothesis and reference length, 4 of n-grams matched, 4 of n-grams there were."""
        return _bleu(sums, effective_order=False)

    def segment_scores(self, statistics: Floats) -> Floats:
        """With the effective order, or a perfect segment of two words would score 0."""
        return _bleu(statistics, effective_order=True)


def _bleu(sums: Floats, *, effective_order: bool) -> Floats:
    length, reference = sums[..., 0], sums[..., 1]
    correct, total = sums[..., 2:6], sums[..., 6:10]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # An order without n-grams ends the count, as does sacreBLEU's loop.
        reached = np.cumprod(total > 0, axis=-1).astype(bool)
        missed = reached & (correct == 0)
        halvings = np.cumsum(missed, axis=-1)
        precisions = np.where(correct > 0, 100 * correct / total, 100 / (2.0**halvings * total))
        logs = np.where(reached, np.log(np.where(reached, precisions, 1.0)), -9999999999.0)
        orders = reached.sum(axis=-1) if effective_order else np.full(length.shape, 4)
        used = np.arange(1, 5) <= orders[..., None]
        mean = np.where(used, logs, 0.0).sum(axis=-1) / np.maximum(orders, 1)
        penalty = np.where(length < reference, np.exp(1 - reference / np.where(length > 0, length, 1.0)), 1.0)
        penalty = np.where((length < reference) & (length == 0), 0.0, penalty)
        found: Floats = np.where(correct.any(axis=-1), penalty * np.exp(mean), 0.0)
    return found


class Chrf(EngineMetric):
    """chrF2: F-score, beta 2, of character n-grams up to 6 (Popović 2015), by sacreBLEU."""

    name: ClassVar = "chrf"
    label: ClassVar = "chrF"
    word_order: ClassVar[int] = 0

    def _engine(self, *, chinese: bool) -> "Engine":
        from sacrebleu.metrics.chrf import CHRF

        del chinese
        return CHRF(word_order=self.word_order)

    def scores(self, sums: Floats) -> Floats:
        """Columns are for each order the n-grams of the hypothesis, of the reference, and those in both."""
        hypothesis, reference, match = (sums[..., at::3] for at in range(3))
        with np.errstate(divide="ignore", invalid="ignore"):
            precision = np.where(hypothesis > 0, match / hypothesis, _EPSILON)
            recall = np.where(reference > 0, match / reference, _EPSILON)
            counted = (hypothesis > 0) & (reference > 0)
            orders = counted.sum(axis=-1)
            mean_precision, mean_recall = (
                np.where(counted, part, 0.0).sum(axis=-1) / np.maximum(orders, 1) for part in (precision, recall)
            )
            both = 4 * mean_precision + mean_recall
            found: Floats = np.where(both > 0, 100 * 5 * mean_precision * mean_recall / both, 0.0)
        return found


class ChrfPlusPlus(Chrf):
    """chrF2++: chrF2 with word n-grams up to 2 as well (Popović 2017). In Chinese its "words" are whole clauses."""

    name: ClassVar = "chrf++"
    label: ClassVar = "chrF++"
    word_order: ClassVar[int] = 2


class Ter(EngineMetric):
    """TER: edits, shifts of words among them, per 100 words of the reference (Snover et al. 2006), as sacreBLEU counts.

    Tercom splits on blanks only; for Chinese its normalization and Asian support together make each character a word.
    """

    name: ClassVar = "ter"
    label: ClassVar = "TER"
    lower_is_better: ClassVar = True

    def _engine(self, *, chinese: bool) -> "Engine":
        from sacrebleu.metrics.ter import TER

        return TER(normalized=chinese, asian_support=chinese)

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """Edits and lengths equal to sacreBLEU's, by our own count; all systems at once, so that processes start once."""
        from scoring.ter import ter_statistics

        material, engine = self.material, self.engine
        # sacreBLEU's signature says it, and would learn it from counting itself.
        engine.num_refs = len(material.references)
        systems = len(material.systems)
        rows = ter_statistics(
            [line for segments in material.systems.values() for line in segments],
            [list(stream) * systems for stream in material.references],
            normalized=engine.normalized,
            asian_support=engine.asian_support,
            progress=progress,
        )
        return dict(zip(material.systems, np.split(rows, systems), strict=True))

    def scores(self, sums: Floats) -> Floats:
        """Columns are edits and the average length of the references."""
        edits, length = sums[..., 0], sums[..., 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = 100 * np.where(length > 0, edits / length, np.where(edits > 0, 1.0, 0.0))
        return found
