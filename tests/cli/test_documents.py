"""yuqiao analyse, translate."""

from tests.interpret.openai_server import Answer, serving

STORED = "離境退稅商店總數增至1,280家，較上年末翻了一番多。"
TRANSLATION = (
    "The number of departure tax refund stores has increased to 1,280, more than double"
    " the figure at the end of the previous year."
)
NEW = "這一句從來沒有人翻譯過，記憶庫裏也找不到。"


def test_analysis_puts_every_segment_in_one_band(yuqiao, tmp_path):
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text(f"{STORED}\n{NEW}\n{NEW}\n{STORED.replace('1,280', '1,390')}\n", encoding="utf-8")
    second.write_text(f"{NEW}\n", encoding="utf-8")
    report = yuqiao("analyse", first, second, "--json").json
    found = report["files"]
    segments = [{band: count["segments"] for band, count in file["bands"].items() if count["segments"]} for file in found]
    assert segments == [{"100": 1, "repetition": 1, "95-99": 1, "new": 1}, {"cross-file repetition": 1}]
    assert found[1]["total"] == {"segments": 1, "words": 19, "characters": 21}
    counts = report["all"]["bands"]
    assert {band: count["segments"] for band, count in counts.items() if count["segments"]} == {
        **segments[0],
        **segments[1],
    }
    assert report["all"]["total"]["segments"] == 5
    out = yuqiao("analyse", first, second).out
    assert out.splitlines()[0] == str(first)
    assert "all files" in out
    assert "all files" not in yuqiao("analyse", first).out


def test_a_memory_of_paragraphs_is_asked_by_paragraph(yuqiao, tmp_path):
    paragraph = "本公司業績良好。明年將繼續擴展業務。"
    yuqiao("tm", "add", paragraph, "The company did well. It will expand next year.")
    text = tmp_path / "report.txt"
    text.write_text(f"{paragraph}\n", encoding="utf-8")
    bands = yuqiao("analyse", text, "--by", "paragraph", "--json").json["all"]["bands"]
    assert (bands["100"]["segments"], bands["new"]["segments"]) == (1, 0)
    out = tmp_path / "out.txt"
    assert yuqiao("translate", text, "-o", out).status == 1
    assert yuqiao("translate", text, "-o", out, "--by", "paragraph").status == 0
    assert out.read_text(encoding="utf-8") == "The company did well. It will expand next year.\n"


def test_pretranslation_fills_what_the_memory_has(yuqiao, tmp_path):
    text = tmp_path / "speech.txt"
    text.write_text(f"{STORED}\n\n{NEW}\n{STORED.replace('1,280', '1,390')}\n", encoding="utf-8")
    out = tmp_path / "out.txt"
    report = yuqiao("translate", text, "-o", out, "--json").json
    assert [(one["index"], one["kind"], one["review"]) for one in report["filled"]] == [(0, "exact", False), (2, "fuzzy", True)]
    assert report["summary"] == {"kinds": {"exact": 1, "fuzzy": 1}, "numbers": 1, "origins": {"yuqiao": 2}}
    said = yuqiao("translate", text, "-o", out).out
    assert "2 of 3 segments filled, 1 of them" in said
    assert "exact 1, fuzzy 1 (1 with their own numbers put in)" in said
    assert "from: yuqiao 2" in said
    assert out.read_text(encoding="utf-8").splitlines() == [TRANSLATION, "", NEW, TRANSLATION.replace("1,280", "1,390")]


def test_chinese_is_filled_in_the_script_asked_for(yuqiao, tmp_path):
    text = tmp_path / "speech.md"
    text.write_text(f"# {TRANSLATION}\n", encoding="utf-8")
    out = tmp_path / "out.md"
    assert yuqiao("translate", text, "-o", out, "--to", "mainland").status == 0
    assert out.read_text(encoding="utf-8") == "# 离境退税商店总数增至1,280家，较上年末翻了一番多。\n"


def test_nothing_to_fill_is_status_one_and_a_bad_file_two(yuqiao, tmp_path):
    text = tmp_path / "new.txt"
    text.write_text(NEW, encoding="utf-8")
    assert yuqiao("translate", text, "-o", tmp_path / "out.txt").status == 1
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"not a zip file")
    run = yuqiao("translate", bad, "-o", tmp_path / "out.docx")
    assert run.status == 2
    assert "bad.docx" in run.err
    assert not (tmp_path / "out.docx").exists()


def test_what_the_memory_lacks_is_translated_by_an_engine(yuqiao, tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text("離境退稅商店增至3,456家，低空經濟獨樹一幟。\n", encoding="utf-8")
    english = ["Departure tax refund stores rose to 3,456, ", "and the low-altitude economy stood out."]
    with serving(Answer(english)) as server:
        run = yuqiao(
            "translate", path, "-o", tmp_path / "out.txt", "--min", "0.99", "--json", "--engine", "openai",
            "--engine-option", f"url={server.url}", "--engine-option", "model=test",
        )  # fmt: skip
    assert run.status == 0, run.err
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").strip() == "".join(english)
    assert [(one["index"], one["engine"], one["review"], one["missed_numbers"]) for one in run.json["engine"]] == [
        (0, "openai", True, [])
    ]
    assert "low-altitude economy" in str(server.requests[0]), "the terms stand in the prompt"


def test_an_engine_that_fails_is_not_asked_for_a_whole_book(yuqiao, tmp_path):
    path = tmp_path / "speech.txt"
    path.write_text("".join(f"龍蝦節第{number}日獨樹一幟。\n" for number in range(9)), encoding="utf-8")
    with serving(Answer(status=401, body="no key")) as server:
        run = yuqiao(
            "translate", path, "-o", tmp_path / "out.txt", "--engine", "openai", "--min", "0.99",
            "--engine-option", f"url={server.url}", "--engine-option", "model=test",
        )  # fmt: skip
        asked = len(server.requests)
    assert run.status == 1
    assert asked == 3
    assert "not asked further" in run.err
    assert yuqiao("translate", path, "-o", tmp_path / "out.txt", "--engine", "oracle").status == 2
