"""An evaluation as one page of HTML: figures, plots, and every segment with what is wrong with it.

The page needs nothing but itself, no network and no fonts, and the same evaluation gives the same bytes. Figures and plots
are plain HTML and SVG; segments are JSON in the page, of which its script shows 25 at a time, so that 20,000 segments of
three systems stay quick.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template
from typing import Final

from scoring.evaluation import Evaluation
from scoring.gate import ClaimResult
from scoring.metric import Metric
from scoring.report_page import plots, tables
from scoring.report_page.markup import element, script_json, text
from scoring.report_page.segments import Results, language_tag, page_data
from scoring.worst import ordering_metric

TITLE: Final = "Translation scores"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an evaluation does not know of itself.

    `files` are pairs of what a file is (source, reference, a system's name) and its place; `gated` says whether gates were
    set, `failures` and `claims` what they came to.
    """

    title: str = TITLE
    files: Sequence[tuple[str, str]] = ()
    failures: Sequence[str] = ()
    claims: Sequence[ClaimResult] = ()
    gated: bool = False


def report_page(evaluation: Evaluation, results: Results, occasion: Occasion | None = None) -> str:
    """The page. `results` are all segments of every system in their order, as scoring.worst.segment_results gives them."""
    occasion = occasion or Occasion()
    material = evaluation.material
    tags = {}
    if material.source is not None:
        tags["source"] = language_tag(material.source)
    if material.references:
        tags["reference"] = language_tag(material.references[0])
    style, script = _part("page.css"), _part("page.js")
    return Template(_part("page.html")).substitute(
        title=text(occasion.title),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        about=tables.about(evaluation, tags, occasion.files),
        warnings=tables.warnings(evaluation),
        verdicts=tables.verdicts(occasion.failures, occasion.claims, gated=occasion.gated),
        systems=tables.system_table(evaluation),
        notes=tables.table_notes(evaluation),
        metrics="".join(_metric(metric, evaluation) for metric in evaluation.metrics.values()),
        spread=_spread(evaluation),
        data=script_json(page_data(evaluation, results)),
    )


def _part(name: str) -> str:
    return (files("scoring") / "report_page" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """What the page's own policy allows: this style and this script, nothing else and nothing from elsewhere."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def _metric(metric: Metric, evaluation: Evaluation) -> str:
    """A metric's plot, definition, signature and details."""
    better = f"{'lower' if metric.lower_is_better else 'higher'} is better"
    head = element("h3", text(metric.label), " ", element("small", better))
    figures = [system.figures[metric.name] for system in evaluation.systems]
    signature = element("p", element("code", text(figures[0].signature)), class_="signature")
    definition = element("p", text(tables.definition_of(metric, evaluation)), class_="definition")
    details = tables.metric_details(metric, evaluation)
    return element(
        "article", head, plots.interval_plot(metric, evaluation), definition, signature, details, id=f"metric-{metric.name}"
    )


def _spread(evaluation: Evaluation) -> str:
    """How segments are spread and where systems win: by the metric that orders segments at sight, by others on demand."""
    first = ordering_metric(evaluation)
    ordered = sorted(evaluation.metrics.values(), key=lambda metric: metric.name != first)
    found = []
    for metric in ordered:
        drawn = [
            element("figure", element("figcaption", caption), plot, class_="panel")
            for caption, plot in (
                ("Segments by score", plots.spread_plot(metric, evaluation)),
                ("Segments won and lost", plots.change_plot(metric, evaluation)),
            )
            if plot
        ]
        if drawn:
            body = element("div", *drawn, class_="panels")
            opened = {"open": ""} if metric.name == first else {}
            found.append(element("details", element("summary", text(metric.label)), body, **opened))
    return "".join(found)
