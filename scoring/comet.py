"""COMET, a learned metric, where the user has installed it: pip install "yuqiao[comet]" (PyTorch, two gigabytes).

Models come from their hub, or from YUQIAO_COMET_MODEL: a name there, or the path of a checkpoint.
"""

import os
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import numpy as np

from lang.errors import UnsupportedError
from scoring.metric import Floats, Metric, Progress

_MODEL: Final = "Unbabel/wmt22-comet-da"
_BATCH: Final = 16


class Comet(Metric):
    """The mean of a COMET model's scores of segments, given source, translation and the first reference (Rei et al. 2022)."""

    name: ClassVar = "comet"
    label: ClassVar = "COMET"
    score_field: ClassVar = "score"

    def statistics(self, progress: Progress) -> Mapping[str, Floats]:
        """Columns are the sum of scores and the number of segments. UnsupportedError where COMET is not installed."""
        try:
            from comet import download_model, load_from_checkpoint
        except ImportError as error:
            raise UnsupportedError(
                f"The metric comet cannot be loaded: {error}.", 'Install it with: pip install "yuqiao[comet]"'
            ) from error
        material = self.material
        assert material.source is not None, "COMET needs a source"
        name = _model_name()
        model: Any = load_from_checkpoint(name if os.path.exists(name) else download_model(name))  # noqa: PTH110
        found: dict[str, Floats] = {}
        for system, segments in material.systems.items():
            texts = zip(material.source, segments, material.references[0], strict=True)
            data = [{"src": source, "mt": translation, "ref": reference} for source, translation, reference in texts]
            scores = model.predict(data, batch_size=_BATCH, gpus=0, progress_bar=False)["scores"]
            found[system] = np.array([[score, 1.0] for score in scores])
            progress(len(found) * len(material))
        return found

    def scores(self, sums: Floats) -> Floats:
        """The mean, nan of nothing."""
        with np.errstate(divide="ignore", invalid="ignore"):
            mean: Floats = np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)
        return mean

    def signature(self) -> str:
        """The model and the version of COMET."""
        from importlib.metadata import PackageNotFoundError, version

        try:
            installed = version("unbabel-comet")
        except PackageNotFoundError:
            installed = "unknown"
        return f"model:{_model_name()}|version:{installed}"


def _model_name() -> str:
    return os.environ.get("YUQIAO_COMET_MODEL") or _MODEL
