"""Tables of the report: what was scored, systems by metrics, verdicts, and what metrics say in detail."""

import inspect
import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lang.script import has_han
from scoring.evaluation import Comparison, Evaluation, Figure
from scoring.gate import ClaimResult
from scoring.metric import Metric
from scoring.naming import distinct_parts
from scoring.report_page.markup import definitions, element, text
from scoring.report_page.plots import shown
from scoring.report_page.segments import language_tag

# Tables of details longer than this are cut, and say so; printing leaves out those longer than the second figure. Lists in
# cells are cut after the third.
_ROWS: Final = 1000
_PRINTED_ROWS: Final = 20
_LISTED: Final = 20
_SHORT_NAME: Final = 14
_LANGUAGES: Final = {"zh": "Chinese", "zh-Hans": "Chinese (simplified)", "zh-Hant": "Chinese (traditional)", "en": "English"}


def language_name(tag: str) -> str:
    """The English name of a language tag."""
    return _LANGUAGES[tag]


def system_table(evaluation: Evaluation) -> str:
    """A row a system, a column a metric: score, interval, and the difference from the first system with its p value.

    Roles are written out because on a phone the style shows each row as a block, which takes them away from screen readers.
    """
    metrics = list(evaluation.metrics.values())
    compared = {(one.system, one.metric): one for one in evaluation.comparisons}
    best = {metric.name: _best(metric, evaluation) for metric in metrics}
    head = [element("th", "System", scope="col", role="columnheader")]
    for metric in metrics:
        arrow = element("span", "↓" if metric.lower_is_better else "↑", class_="arrow", aria_hidden="true")
        link = element("a", text(metric.label), href=f"#metric-{metric.name}")
        better = f"{'lower' if metric.lower_is_better else 'higher'} is better"
        head.append(element("th", link, " ", arrow, scope="col", role="columnheader", class_="number", title=better))
    rows = []
    for number, system in enumerate(evaluation.systems):
        base = element("span", "baseline", class_="tag") if number == 0 and evaluation.comparisons else ""
        cells = [element("th", element("bdi", text(system.name)), base, scope="row", role="rowheader")]
        for metric in metrics:
            figure, one = system.figures[metric.name], compared.get((system.name, metric.name))
            parts = _cell(figure, metric, one, best=figure.score == best[metric.name] and len(evaluation.systems) > 1)
            cells.append(element("td", parts, role="cell", class_="number", data_label=metric.label))
        rows.append(element("tr", *cells, role="row"))
    return element(
        "table",
        element("thead", element("tr", *head, role="row"), role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        role="table",
        class_="systems",
    )


def _best(metric: Metric, evaluation: Evaluation) -> float | None:
    scores = [system.figures[metric.name].score for system in evaluation.systems]
    known = [score for score in scores if not math.isnan(score)]
    return (min if metric.lower_is_better else max)(known) if known else None


def _cell(figure: Figure, metric: Metric, one: Comparison | None, *, best: bool) -> str:
    parts = [element("span", shown(figure.score, metric), class_="score best" if best else "score")]
    if figure.interval and not math.isnan(figure.score):
        low, high = figure.interval.low * metric.factor, figure.interval.high * metric.factor
        parts.append(element("span", f"{low:.2f}–{high:.2f}", class_="bounds"))
    if one and not math.isnan(one.result.difference):
        difference = one.result.difference * metric.factor
        better = difference < 0 if metric.lower_is_better else difference > 0
        kind, sign, said = ("same", "·", "no significant difference")
        if one.significant:
            kind, sign, said = ("better", "▲", "significantly better") if better else ("worse", "▼", "significantly worse")
        star = "*" if one.significant else ""
        mark = element("span", sign, role="img", aria_label=said, title=said)
        parts.append(element("span", mark, f" {difference:+.2f}{star} ", _p(one.result.p), class_=f"change {kind}"))
    return "".join(parts)


def _p(p: float) -> str:
    return element("span", f"p&nbsp;=&nbsp;{p:.3f}" if p >= 0.001 else "p&nbsp;&lt;&nbsp;0.001", class_="p")


def table_notes(evaluation: Evaluation) -> str:
    """What intervals and marks mean."""
    resampling = evaluation.resampling
    if not resampling:
        return ""
    unit = "documents" if resampling.by_document else "segments"
    said = (
        f"Below each score its 95 % interval: bootstrap, {resampling.bootstrap_trials:,} draws of {unit}, seed {resampling.seed}."
    )
    if evaluation.comparisons:
        first = element("bdi", text(evaluation.systems[0].name))
        said += (
            f" Below that the difference from {first}: ▲ significantly better, ▼ significantly worse, · not significant"
            f" (* p &lt; 0.05, paired {resampling.test}, {resampling.test_trials:,} trials)."
        )
    return element("p", said, class_="note")


def verdicts(failures: Sequence[str], claims: Sequence[ClaimResult], *, gated: bool) -> str:
    """What gates and claims came to; nothing where none were set."""
    if not (gated or claims or failures):
        return ""
    passed = not failures and all(claim.verdict == "supported" for claim in claims)
    signs = {"supported": ("✓", "good"), "not supported": ("✕", "bad"), "n too small": ("?", "open")}
    lines = [element("li", element("span", "✕ failed", class_="bad"), " ", text(failure)) for failure in failures]
    for claim in claims:
        sign, kind = signs[claim.verdict]
        lines.append(element("li", element("span", f"{sign} {claim.verdict}", class_=kind), " ", text(claim.message)))
    if gated and not failures:
        lines.insert(0, element("li", element("span", "✓ passed", class_="good"), " All gates."))
    head = element("h2", "Passed" if passed else "Not passed")
    return element("section", head, element("ul", *lines), id="verdicts", class_="passed" if passed else "failed")


def definition_of(metric: Metric, evaluation: Evaluation) -> str:
    """What the metric measures: its own definition, else what its class says of itself."""
    for system in evaluation.systems:
        said = system.figures[metric.name].details.get("definition")
        if isinstance(said, str):
            return said
    return (inspect.getdoc(type(metric)) or "").split("\n\n", 1)[0].replace("\n", " ")


def metric_details(metric: Metric, evaluation: Evaluation) -> str:
    """A metric's details as they are: single values side by side by system, tables for lists and mappings of mappings."""
    own = {system.name: system.figures[metric.name].details for system in evaluation.systems}
    single: dict[str, dict[str, str]] = {}
    tables: dict[str, list[str]] = {}
    for name, details in own.items():
        for key, value in details.items():
            if key == "definition":
                continue
            nested = isinstance(value, Mapping) and _rows(value) is None
            for part, inner in value.items() if nested else [("", value)]:
                heading = f"{words(key)} {words(str(part))}".strip()
                rows = _rows(inner)
                if rows is None:
                    single.setdefault(heading, {})[name] = _value(inner)
                else:
                    tables.setdefault(heading, []).append(_table(f"{heading}: {name}", rows))
    return _matrix(single, list(own)) + "".join(table for group in tables.values() for table in group)


def words(key: str) -> str:
    """A key of details as a heading."""
    return key.replace("_", " ")


def _rows(value: Any) -> list[Mapping[str, Any]] | None:
    """A list or mapping of mappings as rows; None for what is no table."""
    if isinstance(value, Mapping) and value and all(isinstance(inner, Mapping) for inner in value.values()):
        return [{"": key, **inner} for key, inner in value.items()]
    if isinstance(value, list | tuple) and value and all(isinstance(inner, Mapping) for inner in value):
        return list(value)
    return None


def _matrix(single: Mapping[str, Mapping[str, str]], names: Sequence[str]) -> str:
    if not single:
        return ""
    # Narrow columns: of long names what tells them apart, the whole name for the pointer.
    short = names if max(map(len, names)) <= _SHORT_NAME else distinct_parts(names)
    columns = (
        element("th", element("bdi", text(part)), scope="col", title=name) for name, part in zip(names, short, strict=True)
    )
    head = element("tr", element("td", ""), *columns)
    rows = [
        element("tr", element("th", text(key), scope="row"), *(_data_cell(found.get(name, "–")) for name in names))
        for key, found in single.items()
    ]
    return element("div", element("table", element("thead", head), element("tbody", *rows), class_="details"), class_="scroll")


def _table(caption: str, rows: Sequence[Mapping[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    said = {column for column in columns if any(not isinstance(row.get(column), int | float | None) for row in rows)}
    kinds = {column: "words" if column in said else None for column in columns}
    head = element("tr", *(element("th", text(words(str(column))), scope="col", class_=kinds[column]) for column in columns))
    body = [element("tr", *(_data_cell(_value(row.get(column)), kinds[column]) for column in columns)) for row in rows[:_ROWS]]
    table = element("table", element("thead", head), element("tbody", *body), class_="details")
    cut = element("p", f"{len(rows) - _ROWS:,} more rows are left out.", class_="note") if len(rows) > _ROWS else ""
    summary = element(
        "summary", text(caption), " ", element("span", f"{len(rows):,} row{'' if len(rows) == 1 else 's'}", class_="count")
    )
    kind = "print" if len(rows) <= _PRINTED_ROWS else None
    return element("details", summary, element("div", table, class_="scroll"), cut, class_=kind)


def _data_cell(value: str, kind: str | None = None) -> str:
    """A cell that says which script its Chinese is in, so that the right font shows it."""
    return element("td", text(value), lang=language_tag([value]) if has_han(value) else None, class_=kind)


def _value(value: Any) -> str:
    """A value of details in words."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(inner)}" for key, inner in value.items()) or "–"
    if isinstance(value, list | tuple):
        more = [f"and {len(value) - _LISTED:,} more"] if len(value) > _LISTED else []
        return ", ".join([*map(_value, value[:_LISTED]), *more]) or "–"
    return str(value)


def about(evaluation: Evaluation, tags: Mapping[str, str], files: Sequence[tuple[str, str]]) -> str:
    """What was scored: numbers of segments, languages, files."""
    material = evaluation.material
    source = language_name(tags.get("source") or material.source_language)
    target = language_name(tags.get("reference") or material.target)
    pairs = [("Languages", f"{source} → {target}"), ("Segments", f"{len(material):,}")]
    if material.documents is not None:
        pairs.append(("Documents", f"{len(set(material.documents)):,}"))
    pairs.append(("References", str(len(material.references) or "none")))
    pairs.append(("Systems", str(len(material.systems))))
    if material.script_blind:
        pairs.append(("Script", "texts are compared, and shown, in simplified characters"))
    found = [(element("span", name), text(value)) for name, value in pairs]
    listed = [(text(what), element("bdi", text(place))) for what, place in files]
    if not listed:
        return definitions(found, class_="about")
    summary = element("summary", "Files")
    return definitions(found, class_="about") + element("details", summary, definitions(listed, class_="files"), class_="print")


def warnings(evaluation: Evaluation) -> str:
    """What readers of the figures should know."""
    said = [warning for system in evaluation.systems for warning in system.warnings]
    if not said:
        return ""
    return element("ul", *(element("li", text(warning)) for warning in said), class_="warnings", aria_label="Warnings")
