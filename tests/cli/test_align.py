"""yuqiao align."""

import json
from pathlib import Path

import pytest

HKMA = Path(__file__).parents[2] / "../shared/data/hkma/2023.jsonl"


def test_two_documents_become_pairs_and_the_pairs_a_memory(yuqiao, tmp_path):
    chinese, english = tmp_path / "a.zh.txt", tmp_path / "a.en.txt"
    chinese.write_text("第一季經濟增長5.5%。出口上升。\n我們要擴大內需。\n低空經濟發展迅速，企業逾200家。", encoding="utf-8")
    english.write_text(
        "The economy grew by 5.5 percent in the first quarter. Exports rose.\nWe need to expand domestic demand.\n"
        "The low-altitude economy is developing rapidly, with more than 200 enterprises.",
        encoding="utf-8",
    )
    out = tmp_path / "pairs.tmx"
    report = yuqiao("align", chinese, english, "-o", out, "--json").json
    assert (report["zh"], report["en"], report["pairs"]) == (4, 4, 4)
    assert yuqiao("import", out, "--json").json["added"] == 4
    match = yuqiao("match", "我们要扩大内需。", "--json").json["matches"][0]
    assert match["target"] == "We need to expand domestic demand."


@pytest.mark.skipif(not HKMA.exists(), reason="the HKMA reports are not beside this checkout")
def test_a_real_report_aligns_line_by_line(yuqiao, tmp_path):
    document = json.loads(HKMA.read_text(encoding="utf-8").splitlines()[3])
    (tmp_path / "zh.txt").write_text(document["zh"], encoding="utf-8")
    (tmp_path / "en.txt").write_text(document["en"], encoding="utf-8")
    out = tmp_path / "pairs.jsonl"
    assert yuqiao("align", tmp_path / "zh.txt", tmp_path / "en.txt", "-o", out).status == 0
    lines = list(zip(document["zh"].split("\n"), document["en"].split("\n"), strict=True))
    pairs = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    right = sum(any(pair["source"][:8] in zh and pair["target"][:20] in en for zh, en in lines) for pair in pairs)
    assert right >= 0.98 * len(pairs)
