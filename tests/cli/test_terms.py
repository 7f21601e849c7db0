"""yuqiao terms."""

from pathlib import Path

import pytest

ARTICLE = Path(__file__).parents[2] / "../shared/data/article/shenzhen-congress-2025.md"
SPEECH = "全力競逐人工智能、低空與空天等產業新賽道，GDP增長5.5%。\n\n支持「十四五」規劃和5G網絡。\n"


def test_terms_line_by_line_with_spans(yuqiao, tmp_path):
    speech = tmp_path / "speech.txt"
    speech.write_text(SPEECH, encoding="utf-8")
    lines = yuqiao("terms", speech, "--json").json_lines
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert lines[1] == {"line": 2, "text": "", "terms": []}
    for line in lines:
        for term in line["terms"]:
            assert line["text"][term["start"] : term["end"]] == term["text"]
            assert term["translations"]
    assert "人工智能" in [term["text"] for term in lines[0]["terms"]]
    assert "「十四五」規劃" in [term["text"] for term in lines[2]["terms"]]


def test_terms_of_english_by_words(yuqiao):
    found = yuqiao("terms", "-", "--json", stdin="Low-altitude economies, information, tax refunds\n").json
    assert [term["text"] for term in found["terms"]] == ["Low-altitude economies", "tax refunds"]
    assert found["terms"][0]["translations"][0] == "低空經濟"


def test_deprecated_rendering_is_reported_with_the_preferred(yuqiao):
    run = yuqiao("terms", "-", "--json", stdin="an exit tax return\n")
    term = run.json["terms"][0]
    assert (term["status"], term["preferred"]) == ("deprecated", "departure tax refund")
    assert "use departure tax refund" in yuqiao("terms", "-", stdin="an exit tax return\n").out


def test_no_terms_is_status_one(yuqiao):
    run = yuqiao("terms", "-", stdin="zzz qqq\n")
    assert (run.status, run.out) == (1, "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
def test_encodings(yuqiao, tmp_path, encoding):
    speech = tmp_path / "speech.txt"
    speech.write_bytes("推動離境退稅政策，發展低空經濟。".encode(encoding))
    assert "低空經濟" in yuqiao("terms", speech).out


def test_broken_input_is_named(yuqiao):
    run = yuqiao("terms", "-", stdin=b"\xff\xfe\xff broken\n")
    assert run.status == 2
    assert "standard input" in run.err


def test_missing_file(yuqiao):
    assert yuqiao("terms", "nowhere.txt").status == 2


@pytest.mark.skipif(not ARTICLE.exists(), reason="the founding article is not beside this checkout")
def test_every_policy_term_of_the_article_is_recognised(yuqiao):
    wanted = (
        "離境退稅 市內免稅店 低空經濟 具身智能 智算芯片 高階智駕 端側輕量化模型 銀髮經濟 分線管理 硬聯通 直播電商 即時零售"
        " 策展零售 循環電商 演藝經濟 寵物消費 概念驗證中心 規上工業增加值 新型工業化 人形機器人 高層次人才 高技能人才 同聲傳譯"
        " 政府工作報告 地區生產總值 一般公共預算收入 內需 外需 現代化產業體系 免稅店 溢出效應 自由電子激光 國家高新技術企業"
    ).split()
    lines = yuqiao("terms", ARTICLE, "--json").json_lines
    text = "".join(term["text"] for line in lines for term in line["terms"])
    assert [term for term in wanted if term not in text] == []
