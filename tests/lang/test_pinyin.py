"""Three spellings lead to a term: with tones, without, by initials."""

import pytest

from lang.pinyin import (
    initials_key,
    letters_key,
    parse_query,
    read_syllables,
    split_syllables,
    toned_key,
    tones_of,
    with_marks,
)


def test_the_keys_of_a_term() -> None:
    syllables = read_syllables("低空經濟")
    assert toned_key(syllables) == "di1 kong1 jing1 ji4"
    assert letters_key(syllables) == "dikongjingji"
    assert initials_key(syllables) == "dkjj"
    assert tones_of("di1 kong1 jing1 ji4") == "1114"
    assert with_marks("di1 kong1 jing1 ji4") == "dī kōng jīng jì"


@pytest.mark.parametrize(
    ("term", "toned"),
    [
        ("銀行", "yin2 hang2"),
        ("行長", "hang2 zhang3"),
        ("銀行行長", "yin2 hang2 hang2 zhang3"),
        ("行政長官", "xing2 zheng4 zhang3 guan1"),
        ("工商行政管理", "gong1 shang1 xing2 zheng4 guan3 li3"),
        ("分行", "fen1 hang2"),
        ("亞投行", "ya4 tou2 hang2"),
        ("發行", "fa1 xing2"),
        ("重慶", "chong2 qing4"),
        ("重要", "zhong4 yao4"),
        ("重組", "chong2 zu3"),
        ("重塑", "chong2 su4"),
        ("更多重大項目", "geng4 duo1 zhong4 da4 xiang4 mu4"),
        ("長三角", "chang2 san1 jiao3"),
        ("增長", "zeng1 zhang3"),
        ("長期", "chang2 qi1"),
        ("長效機制", "chang2 xiao4 ji1 zhi4"),
        ("成長效應", "cheng2 zhang3 xiao4 ying4"),
        ("河長制", "he2 zhang3 zhi4"),
        ("鄉長", "xiang1 zhang3"),
        ("調整", "tiao2 zheng3"),
        ("調查", "diao4 cha2"),
        ("上調", "shang4 tiao2"),
        ("調研", "diao4 yan2"),
        ("會計", "kuai4 ji4"),
        ("會議", "hui4 yi4"),
        ("音樂", "yin1 yue4"),
        ("首都", "shou3 du1"),
        ("北都公路", "bei3 du1 gong1 lu4"),
        ("無處不旅遊", "wu2 chu4 bu4 lü3 you2"),
        ("川藏鐵路", "chuan1 zang4 tie3 lu4"),
        ("電子商務", "dian4 zi3 shang1 wu4"),
        ("子公司", "zi3 gong1 si1"),
        ("供給", "gong1 ji3"),
        ("參與", "can1 yu4"),
        ("投降", "tou2 xiang2"),
        ("降準", "jiang4 zhun3"),
        ("處理", "chu3 li3"),
        ("辦事處", "ban4 shi4 chu4"),
        ("還款", "huan2 kuan3"),
        ("退耕還林還草", "tui4 geng1 huan2 lin2 huan2 cao3"),
        ("西藏", "xi1 zang4"),
        ("廈門", "xia4 men2"),
        ("為人民服務", "wei4 ren2 min2 fu2 wu4"),
        ("華為", "hua2 wei2"),
        ("旅遊", "lü3 you2"),
        ("女性", "nü3 xing4"),
        ("綠色", "lü4 se4"),
        ("戰略", "zhan4 lüe4"),
        ("離境退稅", "li2 jing4 tui4 shui4"),
        ("离境退税", "li2 jing4 tui4 shui4"),
        ("「一帶一路」", "yi1 dai4 yi1 lu4"),
        ("", ""),
        ("，。", ""),
    ],
)
def test_characters_are_read_by_the_word_they_stand_in(term: str, toned: str) -> None:
    assert toned_key(read_syllables(term)) == toned


@pytest.mark.parametrize(
    ("term", "toned", "letters", "initials"),
    [
        ("A股", "a gu3", "agu", "ag"),
        ("5G網絡", "5 g wang3 luo4", "5gwangluo", "5gwl"),
        ("AI芯片", "ai xin1 pian4", "aixinpian", "aixp"),
        ("GDP增長", "gdp zeng1 zhang3", "gdpzengzhang", "gdpzz"),
        ("G20峰會", "g 20 feng1 hui4", "g20fenghui", "g20fh"),
        ("K12教育", "k 12 jiao4 yu4", "k12jiaoyu", "k12jy"),
        ("COVID-19疫情", "covid 19 yi4 qing2", "covid19yiqing", "covid19yq"),
        ("中國製造2025", "zhong1 guo2 zhi4 zao4 2025", "zhongguozhizao2025", "zgzz2025"),
        ("３．５萬", "3 5 wan4", "35wan", "35w"),
        ("綠色", "lü4 se4", "lvse", "ls"),
        ("𠮷林", "lin2", "lin", "l"),
    ],
)
def test_latin_and_digits_stay_whole(term: str, toned: str, letters: str, initials: str) -> None:
    syllables = read_syllables(term)
    assert toned_key(syllables) == toned
    assert letters_key(syllables) == letters
    assert initials_key(syllables) == initials
    query = parse_query(letters)
    assert query is not None
    assert query.letters == letters


@pytest.mark.parametrize(
    ("query", "letters", "tones"),
    [
        ("di1 kong1 jing1 ji4", "dikongjingji", "1114"),
        ("di1kong1jing1ji4", "dikongjingji", "1114"),
        ("Di1 Kong1", "dikong", "11"),
        ("dī kōng jīng jì", "dikongjingji", "1114"),
        ("Dī Kōng", "dikong", "11"),
        ("dīkōng jīngjì", "dikongjingji", ""),
        ("dikongjingji", "dikongjingji", ""),
        ("di kong jing ji", "dikongjingji", ""),
        ("dkjj", "dkjj", ""),
        ("di1 kong1 jing", "dikongjing", "11"),
        ("di1 kong", "dikong", "1"),
        ("dikong1", "dikong", ""),
        ("wèi le", "weile", "4"),
        ("dian4 zi5", "dianzi", "45"),
        ("dian3r5", "dianr", "35"),
        ("lü3 you2", "lvyou", "32"),
        ("lv3you2", "lvyou", "32"),
        ("lu:3 you2", "lvyou", "32"),
        ("lǚ yóu", "lvyou", "32"),
        ("lǚyou", "lvyou", ""),
        ("nüxing", "nvxing", ""),
        ("zhan4 lüe4", "zhanlve", "44"),
        ("xi'an", "xian", ""),
        ("xi’an", "xian", ""),
        ("5G wang3 luo4", "5gwangluo", "34"),
        ("5gwl", "5gwl", ""),
        ("agu", "agu", ""),
        ("ｄｋｊｊ", "dkjj", ""),
        ("g20fenghui", "g20fenghui", ""),
        ("k12", "k12", ""),
        ("m2", "m2", ""),
        ("covid19", "covid19", ""),
        ("web3", "web3", ""),
        ("tax refund", "taxrefund", ""),
    ],
)
def test_parse_query(query: str, letters: str, tones: str) -> None:
    found = parse_query(query)
    assert found is not None
    assert (found.letters, found.tones) == (letters, tones)


@pytest.mark.parametrize("query", ["", " ", "123", "5", "低空", "di空", "tax, refund", "a/b", "カナ", "50%", "''"])
def test_what_is_no_pinyin(query: str) -> None:
    assert parse_query(query) is None


def test_a_long_run_of_syllables_is_read_at_once() -> None:
    query = "ian" * 1_000 + "b1"
    found = parse_query(query)
    assert found is not None
    assert found.letters == query


@pytest.mark.parametrize(
    ("written", "syllables"),
    [
        ("di1 kong1", ["di1", "kong1"]),
        ("Di1 Kong1", ["di1", "kong1"]),
        ("dī kōng", ["di1", "kong1"]),
        ("lu:3 you2", ["lü3", "you2"]),
        ("lǚ yóu", ["lü3", "you2"]),
        ("lu:e4", ["lüe4"]),
        ("A gu3", ["a", "gu3"]),
        ("G20 feng1 hui4", ["g", "20", "feng1", "hui4"]),
        ("wan2 r5", ["wan2", "r5"]),
        ("xi1 'an1", ["xi1", "an1"]),
        ("", []),
    ],
)
def test_split_syllables(written: str, syllables: list[str]) -> None:
    assert split_syllables(written) == syllables


def test_initials_of_pinyin_without_tones() -> None:
    assert initials_key(split_syllables("di kong jing ji")) == "dkjj"


@pytest.mark.parametrize(
    ("toned", "marked"),
    [
        ("lü3 you2", "lǚ yóu"),
        ("zhan4 lüe4", "zhàn lüè"),
        ("liu2 gui1 ou1", "liú guī ōu"),
        ("xue2 hao3 dou1 shui3", "xué hǎo dōu shuǐ"),
        ("wei4 le5", "wèi le"),
        ("a gu3", "a gǔ"),
        ("5 g wang3 luo4", "5 g wǎng luò"),
        ("g 20 feng1 hui4", "g 20 fēng huì"),
        ("", ""),
    ],
)
def test_with_marks(toned: str, marked: str) -> None:
    assert with_marks(toned) == marked
