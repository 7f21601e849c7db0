"""Language tags: every spelling in use, brought to the few tags of BCP 47 that terms and units carry.

zh_CN, zh-CN, zh-Hans, cmn-Hans, chs, "Chinese (Simplified)" -> zh-Hans; zh_TW -> zh-Hant-TW; zh_HK -> zh-Hant-HK;
zh-Hant -> zh-Hant; zh, zho, chi, cmn -> zh (the script is then read off the text); en_US -> en-US; eng -> en.
"""

import re
from functools import cache, lru_cache
from typing import Final, Literal

from lang.fold import fold
from lang.script import detect_script

CHINESE: Final = "zh"
ENGLISH: Final = "en"
SIMPLIFIED: Final = "zh-Hans"
TRADITIONAL: Final = "zh-Hant"

# Names are folded before they are looked up here: in simplified characters, half width, lower case.
_CHINESE_CODES: Final = frozenset("zh zho chi cmn chinese mandarin chn 中文 汉语 国语 华语 普通话".split())
_ENGLISH_CODES: Final = frozenset("en eng english 英文 英语".split())
_WHOLE: Final = {
    **dict.fromkeys("cn chs hans sc simplified 简体 简中 简体字".split(), SIMPLIFIED),
    **dict.fromkeys("cht hant tc traditional 繁体 繁中 繁体字 正体 正体字".split(), TRADITIONAL),
    "tw": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
}
_REGIONS: Final = {
    **dict.fromkeys("cn prc china 中国 大陆 内地".split(), SIMPLIFIED),
    **dict.fromkeys("sg singapore 新加坡".split(), "zh-Hans-SG"),
    **dict.fromkeys("my malaysia 马来西亚".split(), "zh-Hans-MY"),
    **dict.fromkeys("tw taiwan 台湾".split(), "zh-Hant-TW"),
    **dict.fromkeys("hk hongkong 香港".split(), "zh-Hant-HK"),
    **dict.fromkeys("mo macau macao 澳门".split(), "zh-Hant-MO"),
}
_SIMPLIFIED_WORDS: Final = frozenset("hans simplified chs sc 简体 简中 简体字".split())
_TRADITIONAL_WORDS: Final = frozenset("hant traditional cht tc 繁体 繁中 繁体字 正体 正体字".split())
_ENGLISH_REGIONS: Final = {
    **dict.fromkeys("us usa american 美国 美式".split(), "US"),
    **dict.fromkeys("gb uk british 英国 英式".split(), "GB"),
    **dict.fromkeys("hk hongkong 香港".split(), "HK"),
    **dict.fromkeys("au australia australian".split(), "AU"),
    **dict.fromkeys("ca canada canadian".split(), "CA"),
    **dict.fromkeys("sg singapore 新加坡".split(), "SG"),
    **dict.fromkeys("nz".split(), "NZ"),
    **dict.fromkeys("ie ireland".split(), "IE"),
    **dict.fromkeys("in india".split(), "IN"),
    **dict.fromkeys("za".split(), "ZA"),
}

_NAMES_OF_SEVERAL_WORDS: Final = {
    "hong kong": "hongkong",
    "united states": "us",
    "united kingdom": "uk",
    "great britain": "gb",
    "u.s.": "us",
    "u.k.": "uk",
    "new zealand": "nz",
    "south africa": "za",
}
_HAN_NAMES: Final = "|".join(
    sorted(
        {
            word
            for words in (_CHINESE_CODES, _ENGLISH_CODES, _WHOLE, _REGIONS, _ENGLISH_REGIONS)
            for word in words
            if not word.isascii()
        },
        key=len,
        reverse=True,
    )
)
# Names written as one word: 简体中文, zhCN, enUS.
_JOINED: Final = re.compile(f"(?:{_HAN_NAMES}){{2,}}|(zh|en)(cn|tw|hk|mo|sg|hans|hant|us|gb)")
_PART: Final = re.compile(f"{_HAN_NAMES}|zh|en|hans|hant|[a-z]{{2}}")


_LANGUAGE: Final = re.compile("[A-Za-z]{2,3}")
_SUBTAG: Final = re.compile("[A-Za-z0-9]{1,8}")
# The regional spellings are the ones other tools know; the script is told by them.
_WRITTEN: Final = {
    "zh-Hans": "zh-CN",
    "zh-Hans-SG": "zh-SG",
    "zh-Hans-MY": "zh-MY",
    "zh-Hant-TW": "zh-TW",
    "zh-Hant-HK": "zh-HK",
    "zh-Hant-MO": "zh-MO",
}


@lru_cache(maxsize=1_000)
def normalise_tag(tag: str) -> str | None:
    """The BCP 47 tag a written language code stands for; None where it is neither Chinese nor English.

    A language named without script or region gives `zh`, whose script is left to `tag_of_text`.
    """
    written = fold(tag)
    for name, code in _NAMES_OF_SEVERAL_WORDS.items():
        written = written.replace(name, code)
    words: list[str] = []
    for word in re.findall("[^\\W_]+", written):
        words.extend(_PART.findall(word) if _JOINED.fullmatch(word) else [word])
    if not words:
        return None
    if len(words) == 1 and words[0] in _WHOLE:
        return _WHOLE[words[0]]
    # "Simplified Chinese", "American English": the language may stand after its variety.
    at = next((index for index, word in enumerate(words) if word in _CHINESE_CODES | _ENGLISH_CODES), 0)
    head, rest = words[at], words[:at] + words[at + 1 :]
    if head in _ENGLISH_CODES:
        regions = [_ENGLISH_REGIONS[word] for word in rest if word in _ENGLISH_REGIONS]
        return f"en-{regions[0]}" if regions else ENGLISH
    if head in _CHINESE_CODES:
        return _chinese_tag(rest)
    return None


@lru_cache(maxsize=1_000)
def any_tag(tag: str) -> str | None:
    """The BCP 47 tag of any language: as normalise_tag for Chinese and English, else in its usual capitals (es-MX, sr-Latn).

    None for what is no tag of a language: names (Spanish), made-up codes of one letter or of four and more.
    """
    known = normalise_tag(tag)
    if known:
        return known
    parts = re.split("[-_]", tag.strip())
    if not _LANGUAGE.fullmatch(parts[0]) or not all(_SUBTAG.fullmatch(part) for part in parts[1:]):
        return None
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in parts[1:]]
    return "-".join((parts[0].lower(), *cased))


def written_tag(tag: str) -> str:
    """A tag in the spelling that other tools use: zh-CN, zh-TW, zh-HK, zh-Hant, en-GB."""
    return _WRITTEN.get(tag, tag)


def _chinese_tag(rest: list[str]) -> str:
    regions = [_REGIONS[word] for word in rest if word in _REGIONS]
    if any(word in _TRADITIONAL_WORDS for word in rest):
        return regions[0] if regions and regions[0].startswith(TRADITIONAL) else TRADITIONAL
    if any(word in _SIMPLIFIED_WORDS for word in rest):
        return regions[0] if regions and regions[0].startswith(SIMPLIFIED) else SIMPLIFIED
    return regions[0] if regions else CHINESE


def tag_of_text(tag: str, text: str) -> str:
    """A tag made as exact as the text allows: plain `zh` becomes zh-Hans or zh-Hant by the characters written."""
    if tag != CHINESE:
        return tag
    script = detect_script(text)
    return {"Hans": SIMPLIFIED, "Hant": TRADITIONAL}.get(script, CHINESE)


@cache
def language(tag: str) -> Literal["zh", "en"]:
    """The language of one of our tags: zh or en."""
    return "en" if tag.startswith("en") else "zh"


@cache
def primary_language(tag: str) -> str:
    """The language of any BCP 47 tag: zh for zh-Hant-HK, es for es-MX."""
    return tag.partition("-")[0].lower()
