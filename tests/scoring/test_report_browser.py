"""The report in a browser: what its script shows, filters, links to and prints."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import ClassVar

import lxml.html
import numpy as np
import pytest

from scoring.evaluation import evaluate
from scoring.material import Material
from scoring.metric import Finding, Metric
from scoring.report import report_page
from scoring.worst import segment_results

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-dev-shm-usage --virtual-time-budget=20000 --window-size=375,800"
).split()
HOSTILE = "\U00020000</script><script>document.title = 'taken'</script> & \"x\" \u2028 \u202eturned\u202c \x00 tax"

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")


class Tax(Metric):
    """How many translations of 稅 say tax."""

    name: ClassVar = "tax"
    label: ClassVar = "Tax"
    scale: ClassVar = "ratio"

    def statistics(self, progress):
        return {name: np.array([["tax" in text, 1.0] for text in texts]) for name, texts in self.material.systems.items()}

    def scores(self, sums):
        return sums[..., 0] / sums[..., 1]

    def signature(self):
        return "tax"

    def findings(self, system, segment):
        text, source = self.material.systems[system][segment], self.material.source[segment]
        place, at = source.find("稅"), text.find("tax")
        span = (place, place + 1)
        if at >= 0:
            return [Finding("tax", "kept", "稅 = tax", span, (at, at + 3), fault=False)]
        wrong = text.find("duty")
        return [Finding("tax", "wrong", f"not duty <b>{segment}</b>", span, (wrong, wrong + 4), grave=segment == 40)]


@pytest.fixture(scope="module")
def page():
    source = [f"第{number}句講離境退稅。" for number in range(60)]
    reference = [f"Sentence {number} speaks of the tax refund." for number in range(60)]
    first = [HOSTILE, *reference[1:]]
    second = [line.replace("tax", "duty") if number in {7, 40, 50} else line for number, line in enumerate(reference)]
    other = [f"In sentence {number} taxes are spoken of." for number in range(60)]
    material = Material({"first": first, "second": second}, [reference, other], source, "en")
    evaluation = evaluate(material, [Tax(material)])
    return report_page(evaluation, {system: segment_results(evaluation, system) for system in material.systems})


def browse(folder: Path, page: str, address: str = "", *options: str) -> str:
    """What the browser prints of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [BROWSER, *OPTIONS, f"--user-data-dir={folder / 'profile'}", *options, f"{file.as_uri()}{address}"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=folder)
    if done.returncode:  # No page makes it fail: a stub of a package, or a machine that forbids what it needs.
        pytest.skip(f"{BROWSER} does not start here")
    return done.stdout.decode()


def test_views_and_hostile_text_under_the_pages_own_policy(page, tmp_path):
    tree = lxml.html.document_fromstring(browse(tmp_path, page, "#view&order=document&kind=0&system=0", "--dump-dom"))
    segments = tree.xpath("//div[@id='list']/article")
    assert [segment.get("id") for segment in segments] == [f"s{number}" for number in range(1, 26)]
    assert tree.xpath("string(//title)") == "Translation scores"
    shown = segments[0].xpath(".//div[@class='system']//p[@class='text']")[0].text_content()
    for part in ("</script><script>document.title = 'taken'</script>", '& "x"', "U+2028", "U+202Eturned", "U+0000"):
        assert part in shown
    assert [mark.text_content() for mark in segments[0].xpath(".//mark")] == ["稅", "tax"]
    assert segments[0].xpath(".//div[@class='source']//p/@lang") == ["zh-Hant"]
    assert len(tree.xpath("//p[@class='text'][@lang='en']")) == 75


SCRIPT = """
const results = {};
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const form = document.getElementById("filters");
const ids = () => [...document.querySelectorAll("#list > article")].map((one) => one.id);
const edits = (where) =>
  [...document.querySelectorAll(where + " :is(ins, del)")].map((one) => one.tagName + " " + one.textContent);
const place = () => document.querySelector(".place").textContent;
async function set(name, value) {
  const control = form.elements[name];
  if (control.type === "checkbox") control.checked = value; else control.value = value;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  await wait(300);
}
(async () => {
  results.start = ids().slice(0, 4);
  results.width = [document.documentElement.scrollWidth, window.innerWidth];
  await set("system", "1");
  results.worst = ids().slice(0, 4);
  await set("order", "loss");
  results.loss = ids().slice(0, 3);
  results.address = location.hash;
  await set("faults", true);
  results.faults = [ids(), place()];
  const mark = document.querySelector("#s41 .system mark");
  results.mark = [mark.className, mark.textContent];
  mark.focus();
  results.tip = [document.getElementById("tip").hidden, document.getElementById("tip").textContent];
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  results.closed = document.getElementById("tip").hidden;
  results.listed = document.querySelector("#s41 .findings").textContent;
  results.reference = edits("#s41 .system");
  form.reset();
  await wait(300);
  await set("against", "0");
  results.other = edits("#s1 .system:last-child");
  await set("against", "r1");
  results.reference2 = edits("#s2 .system:last-child");
  await set("find", "第41句讲离境退税");
  results.found = ids();
  await set("find", "nowhere to be found");
  results.nothing = [ids(), place()];
  form.reset();
  await wait(300);
  document.querySelector("nav.pages [data-step='1']").click();
  results.second = place();
  location.hash = "#s60";
  await wait(300);
  results.linked = [ids().includes("s60"), document.activeElement.id, place()];
  await set("order", "document");
  location.hash = "#s2";
  await wait(300);
  results.marked = document.querySelector(".marked").id;
  window.dispatchEvent(new Event("beforeprint"));
  results.printed = document.querySelectorAll("#printed article").length;
  const all = [...document.querySelectorAll("[id]")].map((one) => one.id);
  results.unique = new Set(all).size === all.length;
  window.dispatchEvent(new Event("afterprint"));
  results.after = document.querySelectorAll("#printed article").length;
})().catch((error) => { results.error = String(error); }).finally(() => {
  const out = document.createElement("pre");
  out.id = "results";
  out.textContent = JSON.stringify(results);
  document.body.append(out);
});
"""


@pytest.mark.slow
def test_filters_orders_differences_links_and_print(page, tmp_path):
    driven = re.sub("<meta http-equiv.*?>", "", page).replace("</body>", f"<script>{SCRIPT}</script></body>")
    tree = lxml.html.document_fromstring(browse(tmp_path, driven, "", "--dump-dom"))
    results = json.loads(tree.get_element_by_id("results").text)
    assert "error" not in results
    assert results["start"] == ["s41", "s8", "s51", "s1"]
    assert results["width"][0] <= results["width"][1] < 760
    assert results["worst"] == ["s41", "s8", "s51", "s1"]
    assert results["loss"] == ["s8", "s41", "s51"]
    assert results["address"] == "#view&system=1&order=loss"
    assert results["faults"] == [["s8", "s41", "s51"], "1–3 of 3"]
    assert results["mark"] == ["grave", "duty"]
    assert results["tip"] == [False, "Tax, wrong: not duty <b>40</b>"]
    assert results["closed"]
    assert "not duty <b>40</b>" in results["listed"]
    assert results["reference"] == ["DEL tax", "INS duty"]
    assert {change[:3] for change in results["other"]} == {"INS", "DEL"}
    assert results["reference2"][0] == "DEL In sentence"
    assert results["found"] == ["s42"]
    assert results["nothing"] == [[], "0 of 60"]
    assert results["second"] == "26–50 of 60"
    assert results["linked"] == [True, "s60", "51–60 of 60"]
    assert results["marked"] == "s2"
    assert (results["printed"], results["unique"], results["after"]) == (50, True, 0)


@pytest.mark.slow
def test_print_holds_the_worst_segments(page, tmp_path):
    browse(tmp_path, page, "", "--print-to-pdf=out.pdf")
    # A sheet takes the figures, and about ten of the fifty segments each of the others.
    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "out.pdf").read_bytes())) >= 5
