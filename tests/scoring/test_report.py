"""The report as bytes: complete, self-contained, the same each time, safe whatever the texts hold."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from typing import ClassVar

import lxml.html
import numpy as np
import pytest

from scoring.evaluation import Evaluation, Resampling, evaluate
from scoring.gate import below, judge, parse_claim, parse_floors
from scoring.material import Material
from scoring.metric import Finding, Metric
from scoring.registry import metric_class
from scoring.report import Occasion, report_page
from scoring.report_page.markup import script_json, text
from scoring.report_page.plots import scale_of
from scoring.worst import segment_results

HOSTILE = "</script><script>alert(1)</script> <!-- & \"quoted\" 'too' \u2028 \u202eturned\u202c \x00 end"


class Promises(Metric):
    """Promises kept / promises made."""

    name: ClassVar = "promises"
    label: ClassVar = "Promises"
    scale: ClassVar = "ratio"

    def statistics(self, progress):
        return {
            name: np.array(
                [["tax" in text, "稅" in source] for source, text in zip(self.material.source, texts, strict=True)], float
            )
            for name, texts in self.material.systems.items()
        }

    def scores(self, sums):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(sums[..., 1] > 0, sums[..., 0] / sums[..., 1], np.nan)

    def signature(self):
        return "promises|version:1"

    def details(self, system, statistics):
        kept, made = statistics.sum(axis=0).tolist()
        terms = [{"term": f"詞{number} <i>", "kept": number} for number in range(3)]
        return {
            "kept": int(kept),
            "made": int(made),
            "by_word": {"tax": 1, "varied": [{"term": "稅", "ways": ["tax", "duty"]}]},
            "nan": float("nan"),
            "where": list(range(1, 31)),
            "definition": "kept < made & all",
            "terms": terms,
        }

    def findings(self, system, segment):
        source, text = self.material.source[segment], self.material.systems[system][segment]
        place = source.find("稅")
        if place < 0:
            return []
        at = text.find("tax")
        if at >= 0:
            return [Finding("promises", "kept", "稅 = tax", (place, place + 1), (at, at + 3), fault=False)]
        return [
            Finding("promises", "broken", f"稅 is missing <b>{segment}</b>", (place, place + 1), None, grave=segment % 2 == 0)
        ]


def evaluation_of(size: int, *, resampling: Resampling | None = None) -> Evaluation:
    """Two systems of `size` segments, at least 4; the second does better. The first segment's text is hostile."""
    source = [f"𠀀第{number}句講離境退稅。" if number % 3 == 0 else f"第{number}句。" for number in range(size)]
    reference = [
        f"Sentence {number} is about tax refunds." if number % 3 == 0 else f"Sentence {number}." for number in range(size)
    ]
    poor = [line.replace("tax", "duty") if number % 2 else line for number, line in enumerate(reference)]
    good = [line.replace("about", "on") for line in reference]
    poor[0] = HOSTILE
    poor[2] = ""
    material = Material({"poor <&>": poor, "good": good}, [reference], source, "en", [f"doc{n // 5} <x>" for n in range(size)])
    return evaluate(material, [Promises(material), metric_class("chrf")(material)], resampling=resampling)


def page_of(evaluation: Evaluation, occasion: Occasion | None = None) -> str:
    results = {system: segment_results(evaluation, system) for system in evaluation.material.systems}
    return report_page(evaluation, results, occasion)


@pytest.fixture(scope="module")
def evaluation():
    return evaluation_of(30, resampling=Resampling(bootstrap_trials=200))


@pytest.fixture(scope="module")
def page(evaluation):
    return page_of(evaluation, Occasion(f"Scores of {HOSTILE}", [("source", "a&b.txt"), ("poor <&>", "<dir>/x.txt")]))


@pytest.fixture(scope="module")
def tree(page):
    return lxml.html.document_fromstring(page)


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_same_evaluation_gives_the_same_bytes(page):
    again = evaluation_of(30, resampling=Resampling(bootstrap_trials=200))
    files = [("source", "a&b.txt"), ("poor <&>", "<dir>/x.txt")]
    assert page_of(again, Occasion(f"Scores of {HOSTILE}", files)) == page


def test_nothing_is_fetched_and_only_its_own_script_may_run(page, tree):
    assert not tree.xpath("//@src | //link | //iframe | //img | //object")
    assert all(place.startswith("#") for place in tree.xpath("//@href"))
    assert not re.search(r"url\((?!#)|@import|https?:", page)
    scripts = tree.xpath("//script[not(@type)]")
    assert len(scripts) == 1
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(scripts[0].text.encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy


def test_hostile_text_stays_text(page, tree):
    assert page.count("<script") == 2
    assert page.count("</script") == 2
    assert "alert" not in "".join(script.text for script in tree.xpath("//script[not(@type)]"))
    assert not set(page) & set("\x00\u2028\u202e\u202c")
    assert "[U+202E]turned" in tree.xpath("//h1")[0].text_content()
    assert "poor <&>" in [name.text_content() for name in tree.xpath("//table[@class='systems']//th//bdi")]
    assert data_of(page)["systems"][0]["texts"][0] == HOSTILE


@pytest.mark.parametrize("hostile", [HOSTILE, "\ud800", "\ufeff\u200b", "]]>", "${title}$data"])
def test_escapes(hostile):
    encoded = script_json({hostile: [hostile]})
    assert json.loads(encoded) == {hostile: [hostile]}
    assert not re.search("[<>&\x00\u2028\u202e\ufeff\ud800-\udfff]", encoded)
    assert not re.search("[<>\"'\x00\u2028\u202e\ufeff\ud800-\udfff]", text(hostile))
    text(hostile).encode()


def test_template_words_in_texts_are_not_filled_in():
    material = Material({"$title": ["$data tax", "${style}"]}, [], ["稅", "稅"], "en")
    page = page_of(evaluate(material, [Promises(material)]))
    assert data_of(page)["systems"][0]["texts"] == ["$data tax", "${style}"]


def test_figures_stand_with_interval_signature_and_definition(evaluation, tree):
    row = tree.xpath("//table[@class='systems']/tbody/tr[2]/td")
    for cell, name in zip(row, ("promises", "chrf"), strict=True):
        metric, figure = evaluation.metrics[name], evaluation.systems[1].figures[name]
        assert f"{figure.score * metric.factor:.2f}" in cell.text_content()
        assert f"{figure.interval.low * metric.factor:.2f}–{figure.interval.high * metric.factor:.2f}" in cell.text_content()
        (one,) = (one for one in evaluation.comparisons if one.metric == name)
        assert cell.xpath(".//@aria-label") == ["significantly better" if one.significant else "no significant difference"]
        assert f"{one.result.difference * metric.factor:+.2f}" in cell.text_content()
        (panel,) = tree.xpath(f"//article[@id='metric-{name}']")
        assert metric.signature() in panel.text_content()
        assert len(panel.xpath(".//svg//*[local-name()='circle']")) == 2
    assert "kept < made & all" in tree.xpath("//article[@id='metric-promises']")[0].text_content()
    assert "character n-grams" in tree.xpath("//article[@id='metric-chrf']")[0].text_content()


def test_details_are_shown_whatever_they_are(tree):
    panel = tree.xpath("//article[@id='metric-promises']")[0]
    rows = {row.xpath("string(th)"): [cell.text for cell in row.xpath("td")] for row in panel.xpath("div//tbody/tr")}
    assert rows["made"] == ["10", "10"]
    assert rows["by word tax"] == ["1", "1"]
    assert rows["nan"] == ["–", "–"]
    assert rows["where"][0].endswith("19, 20, and 10 more")
    varied, _, table, _ = panel.xpath("details")
    assert "by word varied: poor <&> 1 row" in varied.xpath("string(summary)")
    assert [(cell.text, cell.get("lang")) for cell in varied.xpath(".//tbody//td")] == [("稅", "zh-Hant"), ("tax, duty", None)]
    assert "terms: poor <&> 3 rows" in table.xpath("string(summary)")
    assert [cell.text for cell in table.xpath(".//tbody/tr[2]/td")] == ["詞1 <i>", "1"]


def test_verdicts(evaluation):
    claims = [
        result for claim in ("promises>=5", "chrf>=99") for result in judge(parse_claim(claim, ["promises", "chrf"]), evaluation)
    ]
    failures = below(parse_floors("chrf=95", ["chrf"]), evaluation)
    said = lxml.html.document_fromstring(page_of(evaluation, Occasion(failures=failures, claims=claims, gated=True)))
    section = said.get_element_by_id("verdicts")
    assert section.get("class") == "failed"
    for line in (*failures, *(claim.message for claim in claims)):
        assert line in section.text_content()
    passed = lxml.html.document_fromstring(page_of(evaluation, Occasion(gated=True))).get_element_by_id("verdicts")
    assert passed.get("class") == "passed"
    assert "verdicts" not in lxml.html.document_fromstring(page_of(evaluation)).xpath("//@id")


def test_segments_come_in_the_orders_of_worst(evaluation, page):
    data = data_of(page)
    assert data["worst"][1][:2] == [0, 3]
    assert sorted(data["loss"][0]) == list(range(30))
    assert [system["lang"] for system in data["systems"]] == ["en", "en"]
    assert data["source"]["lang"] == "zh-Hant"
    assert data["metrics"][data["by"]]["name"] == "chrf"


def test_places_count_as_the_script_counts(page):
    data = data_of(page)
    finding = data["systems"][1]["findings"][0][0]
    source = data["source"]["texts"][0].encode("utf-16-le")
    assert source[2 * finding[2] : 2 * finding[3]].decode("utf-16-le") == "稅"


def test_nothing_to_score_and_no_test():
    material = Material({"a": ["x", "y"], "b": ["x", "z"]}, [], ["一", "二"], "en")
    evaluation = evaluate(material, [Promises(material)])
    tree = lxml.html.document_fromstring(page_of(evaluation))
    assert [cell.text_content() for cell in tree.xpath("//table[@class='systems']//td")] == ["–", "–"]
    assert not tree.xpath("//article//svg")
    assert data_of(page_of(evaluation))["systems"][0]["scores"] == [[None, None]]
    one = replace(evaluation, systems=evaluation.systems[:1])
    assert "<svg" in page_of(one)


def test_warnings_are_told(tree):
    assert "1 empty line (line 3)" in tree.xpath("//ul[@class='warnings']")[0].text_content()


@pytest.mark.parametrize("scores", [[0.0], [42.1, 42.2], [-3, 900], [1e-9, 2e-9]])
def test_scales_hold_their_scores_and_are_marked(scores):
    scale = scale_of(scores)
    assert all(0 <= scale.x(score) <= 360 for score in scores)
    assert len(scale.ticks) >= 2
    assert np.all(np.diff(scale.ticks) > 0)
