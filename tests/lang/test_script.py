"""Which language and script a text is in."""

import pytest

from lang.script import detect_script, has_han, is_chinese, script_counts


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("离境退税", "Hans"),
        ("離境退稅", "Hant"),
        ("說明", "Hant"),
        ("説明", "Hant"),
        ("为了", "Hans"),
        ("為了", "Hant"),
        ("以後", "Hant"),
        ("大中小", "common"),
        ("皇后", "common"),
        ("干部", "common"),
        ("里程", "common"),
        ("群峰台", "common"),
        ("", "common"),
        ("ABC 123", "common"),
        ("發展和发展", "mixed"),
        ("經濟發展與社會進步,发", "mixed"),
        ("經濟發展與社會進步在這裡說,还有發", "Hant"),
    ],
)
def test_detect_script(text: str, script: str) -> None:
    assert detect_script(text) == script


def test_script_counts_only_what_one_script_has() -> None:
    assert script_counts("离境退税") == (1, 0)
    assert script_counts("離境退稅") == (0, 2)
    assert script_counts("大中小") == (0, 0)


def test_real_texts_are_told_apart(news_cn: list[str], news_tw: list[str], reports: list[tuple[str, str]]) -> None:
    assert detect_script("\n".join(news_cn)) == "Hans"
    assert detect_script("\n".join(news_tw)) == "Hant"
    assert all(detect_script(chinese) == "Hant" for chinese, _ in reports)
    assert sum(detect_script(line) in ("Hant", "mixed") for line in news_cn) <= 0.005 * len(news_cn)
    assert sum(detect_script(line) in ("Hans", "mixed") for line in news_tw) <= 0.005 * len(news_tw)


@pytest.mark.parametrize("text", ["稅", "A股", "𠮷", "〇", "々", "㐀", "\uf90a"])
def test_has_han(text: str) -> None:
    assert has_han(text)


@pytest.mark.parametrize("text", ["", "tax", "，。「」", "カタカナ", "한국", "５Ｇ", "123"])
def test_has_no_han(text: str) -> None:
    assert not has_han(text)


@pytest.mark.parametrize("text", ["離境退稅", "5G網絡", "GDP增長", "香港金融管理局 (HKMA) 今日公布", "A股"])
def test_is_chinese(text: str) -> None:
    assert is_chinese(text)


@pytest.mark.parametrize("text", ["", "tax refund", "The departure tax refund (離境退稅) scheme was launched", "，", "123"])
def test_is_not_chinese(text: str) -> None:
    assert not is_chinese(text)
