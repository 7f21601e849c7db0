"""The segments of an evaluation as the report's script reads them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lang.fold import to_simplified
from lang.script import detect_script
from scoring.evaluation import Evaluation
from scoring.material import language_of
from scoring.metric import Finding, Span
from scoring.worst import SegmentResult, losses_first, ordering_metric, worst_first

Results = Mapping[str, Sequence[SegmentResult]]
_SAMPLE = 1000


def language_tag(segments: Sequence[str]) -> str:
    """What the segments are written in as a BCP 47 tag: en, zh-Hans, zh-Hant, or zh where both scripts have them."""
    if language_of(segments) == "en":
        return "en"
    script = detect_script("".join(segments[:_SAMPLE]))
    return f"zh-{script}" if script in {"Hans", "Hant"} else "zh"


def page_data(evaluation: Evaluation, results: Results) -> dict[str, Any]:
    """All segments by column, as JSON can hold them.

    Scores are those people read (shares in percent), null where there was nothing to score. Orders are lists of segments, for
    all systems together first, then for each. Places in texts are counted in UTF-16 units, as the script counts.
    """
    material = evaluation.material
    by = ordering_metric(evaluation)
    kinds: dict[tuple[str, str], int] = {}
    systems = [
        {**_stream(material.systems[name]), "name": name, **_figures(results[name], evaluation, kinds)}
        for name in material.systems
    ]
    groups = [[result for own in results.values() for result in own], *(list(own) for own in results.values())]
    return {
        "systems": systems,
        "metrics": [
            {
                "name": metric.name,
                "label": metric.label,
                "unit": " %" if metric.factor == 100 else "",
                "lower": metric.lower_is_better,
            }
            for metric in evaluation.metrics.values()
        ],
        "by": list(evaluation.metrics).index(by) if by else None,
        "kinds": list(kinds),
        "source": material.source and _stream(material.source),
        "references": [_stream(reference) for reference in material.references],
        "documents": material.documents and list(material.documents),
        "worst": [_places(worst_first(group, evaluation)) for group in groups],
        "loss": [_places(losses_first(group)) for group in groups],
        "simplified": _simplified(evaluation),
    }


def _stream(segments: Sequence[str]) -> dict[str, Any]:
    return {"lang": language_tag(segments), "texts": list(segments)}


def _places(results: Sequence[SegmentResult]) -> list[int]:
    """The segments in this order, each once."""
    return list(dict.fromkeys(result.index for result in results))


def _figures(results: Sequence[SegmentResult], evaluation: Evaluation, kinds: dict[tuple[str, str], int]) -> dict[str, Any]:
    source = evaluation.material.source
    scores = []
    for name in evaluation.metrics:
        factor = evaluation.metrics[name].factor
        shown = (result.scores[name] * factor for result in results)
        scores.append([None if math.isnan(score) else round(score, 2) for score in shown])
    found = [
        [
            [
                kinds.setdefault((finding.metric, finding.outcome), len(kinds)),
                finding.message,
                *_units(source[result.index] if source else "", finding.source),
                *_units(result.text, finding.target),
                _weight(finding),
            ]
            for finding in result.findings
        ]
        for result in results
    ]
    return {"scores": scores, "findings": found}


def _weight(finding: Finding) -> int:
    """0 is no fault, 1 a fault, 2 a grave one."""
    return 2 if finding.grave else 1 if finding.fault else 0


def _units(text: str, place: Span | None) -> tuple[int, int]:
    """A place in UTF-16 units, (-1, -1) for none."""
    if place is None:
        return -1, -1
    start, end = place
    if text.isascii() or max(text) <= "\uffff":
        return start, end
    before, within = (len(part.encode("utf-16-le", "surrogatepass")) // 2 for part in (text[:start], text[start:end]))
    return before, before + within


def _simplified(evaluation: Evaluation) -> list[str]:
    """The traditional characters the texts hold and their simplified forms, so that a search finds both scripts."""
    material = evaluation.material
    streams = [*material.systems.values(), *material.references, *([material.source] if material.source else [])]
    used = set("".join(segment for stream in streams for segment in stream))
    pairs = [(character, to_simplified(character)) for character in sorted(used) if character > "\u3400"]
    changed = [(old, new) for old, new in pairs if old != new and len(new) == 1]
    return ["".join(old for old, _ in changed), "".join(new for _, new in changed)]
