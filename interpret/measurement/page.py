"""The report of live sessions as one HTML page that needs nothing from elsewhere: no script, no fonts, no images."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files
from typing import Final

from interpret.measurement.claims import Judgement
from interpret.measurement.clocks import CLOCKS, PERCENTILES
from interpret.measurement.figures import (
    Row,
    clock_rows,
    erasure_rows,
    figure_of,
    lagging_rows,
    milliseconds,
    output_rows,
    quality_rows,
)
from interpret.measurement.measures import METRICS, Measures
from scoring.report_page.markup import element, text

TITLE: Final = "Live session"
_SIGNS: Final = {"supported": ("✓", "good"), "not supported": ("✕", "bad"), "n too small": ("?", "open")}
# So many segments are listed for a session; who wants more takes the JSON.
_SEGMENTS: Final = 500
_PLOT_WIDTH: Final = 480
_STYLE: Final = """
.measures td { min-width: 13em; } .measures .absent { color: var(--quiet); font-size: 13px; }
.span { stroke: var(--accent); stroke-width: 6; stroke-opacity: .35; } .tail { stroke: var(--quiet); stroke-width: 1.5; }
"""
_CLOCK_NOTE: Final = (
    "p50 / p95 / p99 by nearest rank. Speech to transcript is by the recogniser's own clock, from the end of what was said; the"
    " others begin when a hypothesis came in. “Response time” means nothing until one says which of these."
)
_LAG_NOTE: Final = (
    "As SimulEval computes them, mean over sentences: AL (Ma et al. 2019), LAAL (Papi et al. 2022), ATD (Kano et al. 2023)."
)
_ERASURE_NOTE: Final = (
    "Tokens of partial transcripts that were taken back, for each token of the final ones (Arivazhagan et al. 2020)."
    " 0 is a transcript that only grows."
)


def session_page(measured: Sequence[Measures], judgements: Sequence[Judgement] = (), title: str = "") -> str:
    """The page for recordings side by side, with the verdicts on claims."""
    title = title or f"{TITLE}: {', '.join(one.name for one in measured)}"
    style = (files("scoring") / "report_page" / "page.css").read_text(encoding="utf-8") + _STYLE
    allowed = "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src '{allowed}'; base-uri 'none'; form-action 'none'"
    body = [
        _verdicts(judgements),
        _section("Outputs", output_rows(measured), measured, ""),
        _section("Terms, numbers, reference", quality_rows(measured), measured, _quality_note(measured)),
        _section("Clocks", clock_rows(measured), measured, _CLOCK_NOTE, _plots(measured)),
        _section("Lagging", lagging_rows(measured), measured, _LAG_NOTE + _lengths(measured)),
        _section("Flicker", erasure_rows(measured), measured, _ERASURE_NOTE),
        *(_segments(one) for one in measured),
    ]
    head = "".join(
        (
            '<meta charset="utf-8">',
            element("meta", http_equiv="Content-Security-Policy", content=policy).removesuffix("</meta>"),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark"><meta name="generator" content="yuqiao">',
            element("title", text(title)),
            f"<style>{style}</style>",
        )
    )
    about = element("header", element("h1", text(title)), _warnings(measured))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{about}{element("main", *body)}</body></html>\n'


def _warnings(measured: Sequence[Measures]) -> str:
    said = [warning for one in measured for warning in one.warnings]
    return element("ul", *(element("li", text(warning)) for warning in said), class_="warnings") if said else ""


def _verdicts(judgements: Sequence[Judgement]) -> str:
    if not judgements:
        return ""
    lines = []
    for one in judgements:
        sign, kind = _SIGNS[one.verdict]
        lines.append(element("li", element("span", f"{sign} {one.verdict}", class_=kind), " ", text(one.message)))
    passed = all(one.verdict == "supported" for one in judgements)
    return element("section", element("h2", "Claims"), element("ul", *lines), id="verdicts", class_="" if passed else "failed")


def _section(title: str, rows: Sequence[Row], measured: Sequence[Measures], said: str, *more: str) -> str:
    head = element("tr", element("th", ""), *(element("th", element("bdi", text(one.name)), scope="col") for one in measured))
    lines = [
        element(
            "tr",
            element("th", text(label), scope="row"),
            *(element("td", text(cell), class_="absent" if cell.startswith("absent") else None) for cell in cells),
        )
        for label, cells in rows
    ]
    table = element("table", element("thead", head), element("tbody", *lines), class_="systems measures")
    note = element("p", text(said), class_="note") if said else ""
    return element("section", element("h2", text(title)), element("div", table, class_="scroll"), note, *more)


def _quality_note(measured: Sequence[Measures]) -> str:
    signatures = {
        f"{metric.label}: {figure.signature}"
        for one in measured
        for name in METRICS
        if (found := figure_of(one, name))
        for figure, metric in [found]
    }
    compared = any(one.evaluation and one.evaluation.comparisons for one in measured)
    star = " * differs from the first session of the same source, p < 0.05." if compared else ""
    return f"In brackets 95 % intervals.{star} {'. '.join(sorted(signatures))}."


def _lengths(measured: Sequence[Measures]) -> str:
    found = {one.lagging.target_length for one in measured if one.lagging}
    return f" |Y| is the length of the {' or '.join(sorted(found))}." if found else ""


def _plots(measured: Sequence[Measures]) -> str:
    """For each clock the sessions one below the other: a bar from p50 to p95, a line on to p99."""
    figures = []
    for name, label in CLOCKS.items():
        rows = [(one.name, [one.clocks[name].percentile_ms(share) or 0.0 for share in PERCENTILES]) for one in measured]
        rows = [(who, times) for (who, times), one in zip(rows, measured, strict=True) if not one.clocks[name].absent]
        if rows:
            figures.append(element("figure", element("figcaption", text(label)), _plot(label, rows), class_="panel"))
    return element("div", *figures, class_="panels") if figures else ""


def _plot(label: str, rows: Sequence[tuple[str, list[float]]]) -> str:
    longest = max(times[-1] for _, times in rows) or 1.0
    scale = (_PLOT_WIDTH - 90) / longest
    parts = []
    for at, (name, times) in enumerate(rows):
        y = 34 + at * 40
        x50, x95, x99 = (round(max(0.0, time) * scale, 1) for time in times)
        parts += [
            element("text", text(name), x=0, y=y - 12),
            element("line", x1=0, y1=y, x2=_PLOT_WIDTH - 90, y2=y, class_="grid"),
            element("line", x1=x95, y1=y, x2=x99, y2=y, class_="tail"),
            element("line", x1=x50, y1=y, x2=x95, y2=y, class_="span"),
            element("circle", cx=x50, cy=y, r=4, class_="dot"),
            element("text", text(milliseconds(times[-1])), x=x99 + 6, y=y + 4, class_="value"),
        ]
    said = f"{label}: dot p50, bar to p95, line to p99"
    height = 14 + 40 * len(rows) + 8
    return element("svg", *parts, class_="plot", viewBox=f"0 0 {_PLOT_WIDTH} {height}", role="img", aria_label=said)


def _segments(one: Measures) -> str:
    """The segments with faults, in the order of the speech."""
    found = []
    for index in range(len(one.recording.outputs)):
        faults = _faults(one, index)
        if faults:
            found.append(_segment(one, index, faults))
    if one.evaluation is None:
        return ""
    head = element("h2", "Segments with faults: ", element("bdi", text(one.name)))
    counted = f"{len(found):,} of {len(one.recording.outputs):,} segments."
    if len(found) > _SEGMENTS:
        counted += f" The first {_SEGMENTS:,} are shown."
    return element("section", head, element("p", text(counted), class_="note"), *found[:_SEGMENTS])


def _faults(one: Measures, index: int) -> list[tuple[bool, str]]:
    """(grave, message) of what is wrong with a segment."""
    if one.evaluation is None or one.system is None:
        return []
    return [
        (finding.grave, finding.message)
        for metric in one.evaluation.metrics.values()
        for finding in metric.findings(one.name, index)
        if finding.fault
    ]


def _segment(one: Measures, index: int, faults: Sequence[tuple[bool, str]]) -> str:
    recording = one.recording
    texts = [("source", recording.sources[index] if recording.sources else ""), ("output", recording.outputs[index])]
    if recording.references:
        texts.append(("reference", recording.references[index]))
    lines = [
        element("div", element("dt", name), element("dd", text(said or "nothing"), class_="text"), class_=name)
        for name, said in texts
        if said or name == "output"
    ]
    said = [
        element("li", element("span", "✕" if grave else "△", class_="sign"), text(message), class_="grave" if grave else "fault")
        for grave, message in faults
    ]
    head = element("header", element("h3", f"Segment {index + 1}"))
    return element("article", head, element("dl", *lines), element("ul", *said, class_="findings"), class_="segment")
