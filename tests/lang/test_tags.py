"""Every spelling of a language code comes down to the few tags terms carry."""

import csv
from pathlib import Path

import pytest

from lang.tags import any_tag, language, normalise_tag, tag_of_text, written_tag

SPELLINGS = {
    "zh-Hans": [
        "zh_CN zh-CN zh-cn ZH_CN zh-Hans zh_Hans zh_hans ZH-HANS zh_hans_cn zh-Hans-CN zh-cmn-Hans-CN zh-cmn-Hans",
        "cmn-Hans cmn_CN",
        "cmn-Hans-CN zho-CN zho_Hans zh-CHS chs CHS cn CN hans sc zhCN zhHans zh_CN.UTF-8 zh-Hans-HK simplified",
        "简体 簡體 简体中文",
        "簡體中文 简中 ＺＨ－ＣＮ",
    ],
    "zh-Hant-TW": ["zh_TW zh-TW zh-tw zh_tw zh-Hant-TW zh_Hant_TW zh-cmn-Hant-TW cmn-Hant-TW zho-TW tw TW zhTW zh_TW.Big5"],
    "zh-Hant-HK": ["zh_HK zh-HK zh-hk zh_hk zh-Hant-HK zh_hant_hk cmn-Hant-HK zho-HK hk HK zhHK"],
    "zh-Hant-MO": ["zh-MO zh_MO zh-Hant-MO"],
    "zh-Hant": [
        "zh-Hant zh_Hant zh_hant cmn-Hant zho_Hant zh-CHT cht CHT hant tc traditional zhHant",
        "繁體 繁体 繁體中文 繁体中文 正體中文 繁中",
    ],
    "zh-Hans-SG": ["zh-SG zh_SG zh-Hans-SG"],
    "zh-Hans-MY": ["zh-MY"],
    "zh": ["zh ZH zho chi cmn chn Chinese chinese Mandarin 中文 汉语 漢語 國語 普通话"],
    "en": ["en EN eng ENG English english 英文 英语 英語 eng_Latn en-001"],
    "en-US": ["en_US en-US en-us EN_US eng-US en-Latn-US enUS en_US.UTF-8"],
    "en-GB": ["en-GB en_GB en-gb en-UK eng-GB"],
    "en-HK": ["en-HK en_HK"],
    "en-CA": ["en-ca"],
}
NAMES = {
    "zh-Hans": [
        "Chinese (Simplified)",
        "Chinese, Simplified",
        "Simplified Chinese",
        "Chinese (China)",
        "Chinese (PRC)",
        "Chinese (Simplified, China)",
        "Chinese: Simplified",
        "chinese simplified",
        "中文（简体）",
        "中文(簡體)",
        " zh-Hans ",
        "zh – CN",
    ],
    "zh-Hant": ["Chinese (Traditional)", "Traditional Chinese", "中文（繁體）"],
    "zh-Hant-TW": ["Chinese (Taiwan)", "Chinese (Traditional, Taiwan)", "中文（台灣）", "中文 (臺灣)"],
    "zh-Hant-HK": [
        "Chinese (Hong Kong)",
        "Chinese (Hong Kong SAR)",
        "Chinese (Traditional, Hong Kong SAR)",
        "Hong Kong Chinese",
        "中文（香港）",
        "中文（繁體，香港）",
    ],
    "zh": ["Mandarin Chinese"],
    "en-US": ["English (United States)", "English (US)", "American English", "U.S. English", "英语（美国）"],
    "en-GB": ["English (United Kingdom)", "British English", "English (UK)"],
    "en-HK": ["English (Hong Kong)"],
}
CASES = [(written, tag) for tag, lines in SPELLINGS.items() for line in lines for written in line.split()]
CASES += [(written, tag) for tag, names in NAMES.items() for written in names]


@pytest.mark.parametrize(("written", "tag"), CASES)
def test_normalise_tag(written: str, tag: str) -> None:
    assert normalise_tag(written) == tag


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "-",
        "fr",
        "ja",
        "de",
        "und",
        "C",
        "id",
        "pos",
        "stringID",
        "description",
        "term",
        "enm",
        "zha",
        "China town",
        "us",
        "中文定义",
        "日文",
        "enhance",
        "x",
    ],
)
def test_what_is_neither_chinese_nor_english_has_no_tag(written: str) -> None:
    assert normalise_tag(written) is None


@pytest.mark.parametrize("tag", sorted({tag for _, tag in CASES}))
def test_our_own_tags_stay(tag: str) -> None:
    assert normalise_tag(tag) == tag


def test_real_term_lists_name_their_languages(term_lists: list[Path]) -> None:
    expected = {"zh_CN": "zh-Hans", "zh-CN": "zh-Hans", "zh-Hans": "zh-Hans", "zh_TW": "zh-Hant-TW", "zh-TW": "zh-Hant-TW"}
    expected |= {"zh-Hant": "zh-Hant", "en": "en"}
    seen = set()
    for path in term_lists:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                seen |= {row["sourceLang"], row["targetLang"]}
    assert seen == set(expected)
    assert {written: normalise_tag(written) for written in seen} == expected
    assert all(normalise_tag(path.stem.removeprefix("f_en-").removeprefix("g_")) for path in term_lists)


@pytest.mark.parametrize(
    ("tag", "text", "exact"),
    [
        ("zh", "离境退税", "zh-Hans"),
        ("zh", "離境退稅", "zh-Hant"),
        ("zh", "大中小", "zh"),
        ("zh", "發展和发展", "zh"),
        ("zh-Hant-HK", "离境退税", "zh-Hant-HK"),
        ("en", "tax", "en"),
    ],
)
def test_tag_of_text(tag: str, text: str, exact: str) -> None:
    assert tag_of_text(tag, text) == exact


def test_language() -> None:
    assert {language(tag) for _, tag in CASES if tag.startswith("zh")} == {"zh"}
    assert {language(tag) for _, tag in CASES if tag.startswith("en")} == {"en"}


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("zh_TW", "zh-Hant-TW"),
        ("en-gb", "en-GB"),
        ("ES", "es"),
        ("pt_br", "pt-BR"),
        ("sr-LATN-rs", "sr-Latn-RS"),
        ("zu", "zu"),
        ("ast", "ast"),
        ("Spanish", None),
        ("x-none", None),
        ("es-", None),
        ("", None),
    ],
)
def test_any_tag_keeps_other_languages_in_their_usual_capitals(written: str, tag: str | None) -> None:
    assert any_tag(written) == tag


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", "zh-Hans-SG", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant-MO", "en-GB", "es-MX"])
def test_a_written_tag_is_read_as_what_it_was(tag: str) -> None:
    assert any_tag(written_tag(tag)) == tag
