"""Language tags: every spelling in use, brought to the few tags of BCP 47 that terms and units carry.

zh_CN, zh-CN, zh-Hans, cmn-Hans, chs, "Chinese (Simplified)" -> zh-Hans; zh_TW -> zh-Hant-TW; zh_HK -> zh-Hant-HK;
zh-Hant -> zh-Hant; zh, zho, chi, cmn -> zh (the script is then read off the text); en_US -> en-US; eng -> en.
"""

import re
from functools import cache
from typing import Final, Literal

from lang.script import detect_script

CHINESE: Final = "zh"
ENGLISH: Final = "en"
SIMPLIFIED: Final = "zh-Hans"
TRADITIONAL: Final = "zh-Hant"

_CHINESE_CODES: Final = frozenset({"zh", "zho", "chi", "cmn", "chinese", "mandarin", "中文", "汉语", "漢語", "chn"})
_ENGLISH_CODES: Final = frozenset({"en", "eng", "english", "英文", "英语", "英語"})
_WHOLE: Final = {
    "cn": SIMPLIFIED,
    "chs": SIMPLIFIED,
    "hans": SIMPLIFIED,
    "sc": SIMPLIFIED,
    "simplified": SIMPLIFIED,
    "简体": SIMPLIFIED,
    "简体中文": SIMPLIFIED,
    "簡體": SIMPLIFIED,
    "簡體中文": SIMPLIFIED,
    "cht": TRADITIONAL,
    "hant": TRADITIONAL,
    "tc": TRADITIONAL,
    "traditional": TRADITIONAL,
    "繁体": TRADITIONAL,
    "繁體": TRADITIONAL,
    "繁體中文": TRADITIONAL,
    "繁体中文": TRADITIONAL,
    "tw": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
}
_REGIONS: Final = {
    "cn": SIMPLIFIED,
    "prc": SIMPLIFIED,
    "china": SIMPLIFIED,
    "sg": "zh-Hans-SG",
    "singapore": "zh-Hans-SG",
    "my": "zh-Hans-MY",
    "tw": "zh-Hant-TW",
    "taiwan": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "hongkong": "zh-Hant-HK",
    "mo": "zh-Hant-MO",
    "macau": "zh-Hant-MO",
    "macao": "zh-Hant-MO",
}
_SIMPLIFIED_WORDS: Final = frozenset({"hans", "simplified", "chs", "sc"})
_TRADITIONAL_WORDS: Final = frozenset({"hant", "traditional", "cht", "tc"})
_ENGLISH_REGIONS: Final = {
    "us": "US",
    "american": "US",
    "british": "GB",
    "gb": "GB",
    "uk": "GB",
    "hk": "HK",
    "au": "AU",
    "ca": "CA",
    "sg": "SG",
    "nz": "NZ",
    "ie": "IE",
    "in": "IN",
    "za": "ZA",
}


def normalise_tag(tag: str) -> str | None:
    """The BCP 47 tag a written language code stands for; None where it is neither Chinese nor English.

    A language named without script or region gives `zh`, whose script is left to `tag_of_text`.
    """
    words = [word for word in re.split(r"[\s_()\-,.@/]+", tag.strip().lower()) if word]
    if "hong" in words and "kong" in words:
        words = [word for word in words if word not in ("hong", "kong", "sar")] + ["hongkong"]
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
