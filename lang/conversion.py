"""How a Chinese text is written in the mainland, Hong Kong or Taiwan: OpenCC, phrase by phrase, for display.

A single character has no context (里 is 里 or 裏), so whole terms and sentences are converted, never characters.
OpenCC's own Hong Kong setting writes 税 衞 説 where texts from Hong Kong write 稅 衛 說; its general traditional form
plus a small map is nearer to them.
"""

import re
from functools import cache
from typing import Final, Protocol

from lang.errors import UnsupportedError
from lang.script import detect_script, has_han

MAINLAND: Final = "zh-Hans"
HONG_KONG: Final = "zh-Hant-HK"
TAIWAN: Final = "zh-Hant-TW"
DISPLAY_SCRIPTS: Final = (MAINLAND, HONG_KONG, TAIWAN)

# Measured on the annual reports of the Hong Kong Monetary Authority: what OpenCC writes, and what they write.
_HONG_KONG_FORMS: Final = str.maketrans(
    "爲臺啓羣衆麪牀峯祕僞癡竈糉喫裡溼擡脣覈鉢踊菸衞説税佈週鉤",
    "為台啟群眾麵床峰秘偽痴灶粽吃裏濕抬唇核缽踴煙衛說稅布周鈎",
)

# Where OpenCC picks the wrong one of several traditional characters in words of policy texts.
_HONG_KONG_PHRASES: Final = {
    "瞭解": "了解",
    "準入": "准入",
    "免籤": "免簽",
    "籤約": "簽約",
    "併舉": "並舉",
    "分配製度": "分配制度",
    "互鑑": "互鑒",
    "伙伴": "夥伴",
    "制造強": "製造強",
    "徵程": "征程",
    "複議": "復議",
    "一箇中國": "一個中國",
    "資金鍊": "資金鏈",
    "黃巖島": "黃岩島",
    "紮實": "扎實",
    "櫃檯": "櫃台",
}
_HONG_KONG_MISTAKES: Final = re.compile("|".join(_HONG_KONG_PHRASES))


class _Converter(Protocol):
    def convert(self, string: str) -> str: ...


@cache
def _converter(config: str) -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC(config)
    return converter


def convert(text: str, to: str) -> str:
    """The text as written in `to`: zh-Hans, zh-Hant-HK or zh-Hant-TW (UnsupportedError for any other tag).

    Text without Chinese characters comes back as it is. Taiwan's form also takes Taiwan's words (軟體 for 软件).
    """
    if to not in DISPLAY_SCRIPTS:
        raise UnsupportedError(f"No display script is called {to!r}.", f"Choose one of {', '.join(DISPLAY_SCRIPTS)}.")
    if not has_han(text):
        return text
    script = detect_script(text)
    if to == MAINLAND:
        # Not tw2sp: it takes words that Hong Kong shares with the mainland for Taiwan's (核心, 文件, 智慧).
        return text if script == "Hans" else _converter("t2s").convert(text)
    if to == HONG_KONG:
        traditional = text if script == "Hant" else _converter("s2t").convert(text)
        written = traditional.translate(_HONG_KONG_FORMS)
        return _HONG_KONG_MISTAKES.sub(lambda match: _HONG_KONG_PHRASES[match.group()], written)
    return _converter("s2twp").convert(text if script in ("Hans", "common") else _converter("t2s").convert(text))
