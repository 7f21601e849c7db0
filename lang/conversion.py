"""How a Chinese text is written in the mainland, Hong Kong or Taiwan: OpenCC, phrase by phrase, for display.

A single character has no context (里 is 里 or 裏), so whole terms and sentences are converted, never characters.
OpenCC's own Hong Kong setting writes 税 衞 説 where texts from Hong Kong write 稅 衛 說; its general traditional form
plus a small map is nearer to them.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Final, Protocol

from lang.errors import UnsupportedError
from lang.script import detect_script, has_han
from lang.taiwan import in_taiwans_words

MAINLAND: Final = "zh-Hans"
HONG_KONG: Final = "zh-Hant-HK"
TAIWAN: Final = "zh-Hant-TW"
DISPLAY_SCRIPTS: Final = (MAINLAND, HONG_KONG, TAIWAN)

_Rules = tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]

# Measured on the annual reports of the Hong Kong Monetary Authority: what OpenCC writes, and what they write.
_HONG_KONG_FORMS: Final = str.maketrans(
    "爲臺啓羣衆麪牀峯祕僞癡竈糉喫裡溼擡脣覈鉢踊菸衞説税佈週鉤",
    "為台啟群眾麵床峰秘偽痴灶粽吃裏濕抬唇核缽踴煙衛說稅布周鈎",
)

# Where OpenCC picks the wrong one of several traditional characters in words of policy texts, mostly because it takes the
# end of one word and the beginning of the next for a word: 人參|與, 直髮|揮, 關係|統.
_MISTAKES: Final = {
    "準入": "准入",
    "免籤": "免簽",
    "籤約": "簽約",
    "籤發": "簽發",
    "併舉": "並舉",
    "製度": "制度",
    "制造強": "製造強",
    "徵程": "征程",
    "複議": "復議",
    "一箇中": "一個中",
    "資金鍊": "資金鏈",
    "黃巖島": "黃岩島",
    "有關係統": "有關系統",
    "人蔘與": "人參與",
    "人蔘加": "人參加",
    "人蔘建": "人參建",
    "隻影響": "只影響",
    "上游戲": "上遊戲",
    "槓杆": "槓桿",
    "寬松": "寬鬆",
    "落地籤": "落地簽",
    "地方誌": "地方志",
    "東昇西降": "東升西降",
    "傳統制茶": "傳統製茶",
    "親子游": "親子遊",
    "簽註": "簽注",
    "煤制": "煤製",
    "預算編制": "預算編製",
    "衝廁": "沖廁",
    "乾部": "幹部",
    "斗爭": "鬥爭",
    "私有云": "私有雲",
    "巡回": "巡迴",
    "託位": "托位",
    "託咪": "托咪",
    "託賓": "托賓",
    "班託塔": "班托塔",
    "巖洞": "岩洞",
    "紅巖": "紅岩",
    "電視總檯": "電視總台",
    "料加註": "料加注",
    "醇加註": "醇加注",
}
_MISTAKEN: _Rules = (
    (re.compile("|".join(_MISTAKES)), lambda match: _MISTAKES[match.group()]),
    (re.compile("髮(?=[生放揮表出卡布佈展])"), "發"),
    (re.compile("(?<=[，；、。：])併|(?<![合兼歸])併(?=為|發(?!症))|幷"), "並"),
    (re.compile("(?<!審)核準(?![備則確時])"), "核准"),
    # Hong Kong's 回歸; 迴歸 is the statisticians' regression.
    (re.compile("迴歸(?!分析|模型|係數|方程|直線)"), "回歸"),
    (re.compile("(?<=[台臺])製華"), "制華"),
    (re.compile("(?<!若)干部"), "幹部"),
)

# What is written in Taiwan's laws (濕地保育法, 水污染防治法) and by its ministries (夥伴關係), beside the forms OpenCC takes.
_TAIWAN_USAGE: _Rules = ((re.compile("溼"), "濕"), (re.compile("汙"), "污"), (re.compile("伙伴"), "夥伴"))

# What both ways of writing are right, and Hong Kong prefers.
_HONG_KONG_WORDS: Final = {
    "瞭解": "了解",
    "互鑑": "互鑒",
    "伙伴": "夥伴",
    "紮實": "扎實",
    "櫃檯": "櫃台",
    "釐米": "厘米",
    "彙報": "匯報",
    "彙集": "匯集",
    "侷限": "局限",
    "迴流": "回流",
    **{f"儘{char}": f"盡{char}" for char in "量快早可"},
}
_HONG_KONG_USAGE: _Rules = (
    (re.compile("|".join(_HONG_KONG_WORDS)), lambda match: _HONG_KONG_WORDS[match.group()]),
    # A rate of interest; 釐定 and 釐清 are written as here.
    (re.compile("(?<=[0-9零一二三四五六七八九十半兩])( ?)釐"), r"\1厘"),
)


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
        traditional = text if script == "Hant" else _mended(_converter("s2t").convert(text), _MISTAKEN)
        return _mended(traditional.translate(_HONG_KONG_FORMS), _HONG_KONG_USAGE)
    simplified = text if script in ("Hans", "common") else _converter("t2s").convert(text)
    return in_taiwans_words(_mended(_converter("s2tw").convert(simplified), _MISTAKEN + _TAIWAN_USAGE))


def _mended(text: str, rules: _Rules) -> str:
    for pattern, written in rules:
        text = pattern.sub(written, text)
    return text
