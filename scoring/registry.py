"""Which metrics there are, loaded when asked for: our own, and those of plug-ins by the entry point `yuqiao.metrics`.

A plug-in is a package that names a subclass of scoring.metric.Metric in its entry points, in the group "yuqiao.metrics".
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from lang.errors import UnsupportedError
from scoring.metric import Metric

_CLASSES: Final = {
    "bleu": "scoring.sacrebleu_metrics:Bleu",
    "chrf": "scoring.sacrebleu_metrics:Chrf",
    "chrf++": "scoring.sacrebleu_metrics:ChrfPlusPlus",
    "ter": "scoring.sacrebleu_metrics:Ter",
    "numbers": "scoring.number_metric:Numbers",
    "terms": "scoring.term_metrics:Terms",
    "wmt25-terms": "scoring.term_metrics:Wmt25Terms",
    "comet": "scoring.comet:Comet",
}
_GROUP: Final = "yuqiao.metrics"
NEED_REFERENCE: Final = frozenset({"bleu", "chrf", "chrf++", "ter", "wmt25-terms", "comet"})
NEED_SOURCE: Final = frozenset({"terms", "numbers", "wmt25-terms", "comet"})


def metric_names() -> list[str]:
    """The names of all metrics, our own first."""
    return [*_CLASSES, *(name for name in sorted(_plug_ins()) if name not in _CLASSES)]


NEED_TERMS: Final = frozenset({"terms", "wmt25-terms"})


def usual_metrics(*, references: bool, source: bool) -> list[str]:
    """The metrics taken where none are named: what references and source allow."""
    names = ["bleu", "chrf", "chrf++", "ter"] if references else []
    return names + (["terms", "numbers"] if source else [])


def metric_class(name: str) -> type[Metric]:
    """The metric of this name; UnsupportedError names those there are, or says what a plug-in lacks."""
    if name in _CLASSES:
        module, _, class_name = _CLASSES[name].partition(":")
        return cast(type[Metric], getattr(import_module(module), class_name))
    plug_in = _plug_ins().get(name)
    if plug_in is None:
        raise UnsupportedError(f"No metric is called {name!r}.", f"Choose among {', '.join(metric_names())}.")
    try:
        found = plug_in.load()
    except ImportError as error:
        raise UnsupportedError(f"The metric {name!r} cannot be loaded: {error}.", "Install what it needs.") from error
    if not (isinstance(found, type) and issubclass(found, Metric)):
        raise UnsupportedError(f"The plug-in {plug_in.value} is no metric.", "It must name a subclass of scoring.metric.Metric.")
    return found


def unknown(names: Sequence[str]) -> list[str]:
    """Those of the names that no metric has."""
    known = metric_names()
    return [name for name in names if name not in known]


def _plug_ins() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=_GROUP)}
