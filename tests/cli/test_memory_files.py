"""yuqiao import and export of memories."""

from pathlib import Path

import pytest

TICO = Path(__file__).parents[2] / "../shared/data/tico19/all.en-zh.tmx"
TABLE = "zh\ten\n我們要擴大內需。\tWe need to expand domestic demand.\n我們要穩定外需。\tWe need to stabilize external demand.\n"


def test_a_table_of_sentences_and_its_undo(yuqiao, tmp_path):
    table = tmp_path / "pairs.tsv"
    table.write_text(TABLE, encoding="utf-8")
    before = yuqiao("stats", "--json").json
    report = yuqiao("import", "--as", "memory", table, "--json").json
    assert [report[name] for name in ("read", "added", "updated", "skipped", "rejected")] == [2, 2, 0, 0, 0]
    after = yuqiao("stats", "--json").json
    assert after["pairs"] == before["pairs"] + 2
    assert after["concepts"] == before["concepts"]
    again = yuqiao("import", "--as", "memory", table, "--json").json
    assert (again["added"], again["skipped"]) == (0, 2)
    match = yuqiao("match", "我们要扩大内需。", "--json").json["matches"][0]
    assert (match["target"], match["origin"]) == ("We need to expand domestic demand.", "pairs")


def test_the_memory_goes_out_as_tmx_and_comes_back(yuqiao, tmp_path):
    out = tmp_path / "memory.tmx"
    written = yuqiao("export", out, "--json").json
    assert written["kind"] == "memory"
    assert written["written"] == yuqiao("stats", "--json").json["pairs"]
    report = yuqiao("import", out, "--json").json
    assert (report["read"], report["skipped"]) == (written["written"], written["written"])


@pytest.mark.skipif(not TICO.exists(), reason="the TICO-19 memory is not beside this checkout")
def test_a_real_tmx(yuqiao):
    report = yuqiao("import", TICO, "--json").json
    assert (report["read"], report["rejected"]) == (3071, 0)
    assert report["added"] + report["skipped"] == 3071
    assert yuqiao("concordance", "coronavirus", "--limit", "3", "--json").status == 0


def test_a_broken_tmx_changes_nothing(yuqiao, tmp_path):
    broken = tmp_path / "broken.tmx"
    broken.write_text('<tmx version="1.4"><body><tu><tuv xml:lang="en"><seg>Tax</seg></tuv>', encoding="utf-8")
    before = yuqiao("stats", "--json").json["pairs"]
    run = yuqiao("import", broken)
    assert run.status == 2
    assert "broken.tmx:1" in run.err
    assert yuqiao("stats", "--json").json["pairs"] == before


def test_terms_and_sentences_do_not_mix(yuqiao, tmp_path):
    for name in ("a.tmx", "b.csv"):
        (tmp_path / name).write_text("", encoding="utf-8")
    run = yuqiao("import", tmp_path / "a.tmx", tmp_path / "b.csv")
    assert run.status == 2
    assert "--as" in run.err


def test_parallel_texts_are_imported_line_by_line(yuqiao, tmp_path):
    chinese, english = tmp_path / "news.zh.txt", tmp_path / "news.en.txt"
    chinese.write_text("第一條新聞在此。\n\n第二條新聞在此。\n沒有譯文。\n", encoding="gb18030")
    english.write_text("The first news is here.\n\nThe second news is here.\n\n", encoding="utf-8")
    run = yuqiao("import", "--format", "parallel", chinese, english, "--json")
    assert run.status == 2
    assert "do not pair" in run.err
    english.write_text("The first news is here.\n\nThe second news is here.\n\n\nMore.\n", encoding="utf-8")
    chinese.write_text("第一條新聞在此。\n\n第二條新聞在此。\n沒有譯文。\n\n更多。\n", encoding="gb18030")
    report = yuqiao("import", "--format", "parallel", chinese, english, "--json").json
    assert (report["format"], report["read"], report["added"]) == ("parallel", 4, 3)
    assert report["rejects"] == [{"line": 4, "reason": "the English side is empty"}]
    match = yuqiao("match", "第二条新闻在此。", "--json").json["matches"][0]
    assert (match["target"], match["origin"]) == ("The second news is here.", "news.zh")
    assert yuqiao("import", "--format", "parallel", chinese).status == 2


def test_inline_tags_are_kept_when_asked_for(yuqiao, tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text(
        '<tmx version="1.4"><header srclang="zh"/><body><tu><tuv xml:lang="zh"><seg>按<bpt i="1">&lt;b></bpt>開始<ept i="1"/>鍵'
        '</seg></tuv><tuv xml:lang="en"><seg>Press start</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    yuqiao("import", "--inline", "keep", path)
    yuqiao("import", path)
    sources = {each["source"] for each in yuqiao("concordance", "Press start", "--json").json["matches"]}
    assert sources == {"按開始鍵", '按<bpt i="1">&lt;b&gt;</bpt>開始<ept i="1"/>鍵'}


def test_the_memory_goes_to_stdout_in_the_format_named(yuqiao):
    written = yuqiao("export", "--format", "tmx", "-").out
    assert written.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">')
    assert written.count("<tu ") == yuqiao("stats", "--json").json["pairs"]


def test_segments_without_translation_are_counted(yuqiao, tmp_path):
    path = tmp_path / "a.po"
    path.write_text('msgid "Open"\nmsgstr "打開"\n\nmsgid "Close"\nmsgstr ""\n', encoding="utf-8")
    report = yuqiao("import", path, "--json").json
    assert (report["read"], report["untranslated"]) == (1, 1)
