"""Pinyin of terms and of queries: with tones, without, and as initials.

Three spellings of 低空經濟 lead to it: `di1 kong1 jing1 ji4` (or dī kōng jīng jì), `dikongjingji`, `dkjj`. Reading
characters takes pypinyin (polyphones by phrase); reading a query takes nothing but this module, so look-ups start fast.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from lang.fold import fold
from lang.script import has_han

# Policy words that pypinyin's phrases read wrongly.
_OUR_READINGS: Final = {
    "长三角": "cháng sān jiǎo",
    "长板": "cháng bǎn",
    "长效": "cháng xiào",
    "长护险": "cháng hù xiǎn",
    "世行": "shì háng",
    "链长制": "liàn zhǎng zhì",
    "河长制": "hé zhǎng zhì",
    "吓阻": "hè zǔ",
    "一哩": "yī lǐ",
    "林长制": "lín zhǎng zhì",
    "湖长制": "hú zhǎng zhì",
    "乡长": "xiāng zhǎng",
    "重疾": "zhòng jí",
    "重塑": "chóng sù",
    "重振": "chóng zhèn",
    "重置": "chóng zhì",
    "重构": "chóng gòu",
    "重贴现": "chóng tiē xiàn",
    "重分配": "chóng fēn pèi",
    "调规": "tiáo guī",
    "上调": "shàng tiáo",
    "下调": "xià tiáo",
    "调升": "tiáo shēng",
    "调高": "tiáo gāo",
    "调低": "tiáo dī",
    "微调": "wēi tiáo",
    "降准": "jiàng zhǔn",
    "工商": "gōng shāng",
    "招商": "zhāo shāng",
    "分行": "fēn háng",
    "支行": "zhī háng",
    "投行": "tóu háng",
    "清算行": "qīng suàn háng",
    "上行": "shàng xíng",
    "电子": "diàn zǐ",
    "光电子": "guāng diàn zǐ",
    "微电子": "wēi diàn zǐ",
    "粒子": "lì zǐ",
    "子公司": "zǐ gōng sī",
    "恐怖分子": "kǒng bù fèn zǐ",
    "北都": "běi dū",
    "东涌": "dōng chōng",
    "厦村": "xià cūn",
    "藏独": "zàng dú",
    "反弹道": "fǎn dàn dào",
    "亚开行": "yà kāi háng",
    "中蒙": "zhōng měng",
    "无处不": "wú chù bù",
    "简朴": "jiǎn pǔ",
    "川藏": "chuān zàng",
    "还款": "huán kuǎn",
    "退耕还林": "tuì gēng huán lín",
    "退耕还林还草": "tuì gēng huán lín huán cǎo",
    "差旅": "chāi lǚ",
    "薄膜": "bó mó",
    "青藏": "qīng zàng",
    "藏文": "zàng wén",
    "治藏": "zhì zàng",
    "援藏": "yuán zàng",
    "看得见": "kàn de jiàn",
    "涉藏": "shè zàng",
    "三重一大": "sān zhòng yī dà",
    "为人民谋": "wèi rén mín móu",
    "为人类谋": "wèi rén lèi móu",
    "稳藏": "wěn zàng",
    "且长": "qiě cháng",
    "朝阳群众": "cháo yáng qún zhòng",
    "蒙医": "měng yī",
    "长照": "cháng zhào",
    "男子": "nán zǐ",
    "卵子": "luǎn zǐ",
    "之都": "zhī dū",
    "藏医": "zàng yī",
    "藏传": "zàng chuán",
    "华为": "huá wéi",
    "为民": "wèi mín",
    "为人民服务": "wèi rén mín fú wù",
    "利得税": "lì dé shuì",
    "所得": "suǒ dé",
    "相似": "xiāng sì",
    "民生发挥": "mín shēng fā huī",
    "亚行": "yà háng",
    "农发行": "nóng fā háng",
    "国开行": "guó kāi háng",
    "国有大行": "guó yǒu dà háng",
    "新藏铁路": "xīn zàng tiě lù",
    "长尾": "cháng wěi",
    "典当行": "diǎn dàng háng",
    "长钱长投": "cháng qián cháng tóu",
    "明晟": "míng shèng",
    "破产重整": "pò chǎn chóng zhěng",
    "调休": "tiáo xiū",
    "调峰": "tiáo fēng",
    "塔克拉玛干": "tǎ kè lā mǎ gān",
    "中子源": "zhōng zǐ yuán",
    "种粮补贴": "zhòng liáng bǔ tiē",
    "长洲": "cháng zhōu",
    "种粮大户": "zhòng liáng dà hù",
    "北都大学": "běi dū dà xué",
    "北都公路": "běi dū gōng lù",
    "累进税率": "lěi jìn shuì lǜ",
    "发展的确定性": "fā zhǎn de què dìng xìng",
    "大调解": "dà tiáo jiě",
    "校本": "xiào běn",
    "乐悠咭": "lè yōu kǎ",
    "律师行": "lǜ shī háng",
    "科改行动": "kē gǎi xíng dòng",
    "不可为": "bù kě wéi",
    "即可为": "jí kě wéi",
    "必须为": "bì xū wéi",
    "应诉": "yìng sù",
}

_TONE_MARKS: Final = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
# A tone digit stands behind a syllable; the 20 of G20 and the 12 of K12 are no tones.
_SYLLABLE: Final = re.compile(r"[a-zü]+[1-5](?![0-9])|[a-zü]+|[0-9]+")
_FINALS: Final = (
    "iong|iang|uang|ueng|iao|ian|ing|uai|uan|üan|ang|eng|ong"
    "|ai|ei|ao|ou|an|en|er|ia|ie|iu|in|ua|uo|ui|un|ue|üe|ün|ve|a|o|e|i|u|ü|v"
)
_SYLLABLE_SPOKEN: Final = re.compile(rf"(?:zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?(?:{_FINALS})")
# Possessive, since a run of syllables that ends badly would else be tried in every other division.
_SPOKEN: Final = rf"(?:{_SYLLABLE_SPOKEN.pattern})++"
_TYPED: Final = re.compile(rf"(?:(?P<spoken>{_SPOKEN}|r(?=5))(?P<tone>[1-5])(?![0-9]))|(?P<letters>[a-zü]+)|[0-9]+")
_LATIN_WORD: Final = re.compile("[a-z]+|[0-9]+")
_LETTERS: Final = re.compile(r"[a-z0-9 ü:·'\-]+")
# Stands, in pypinyin's answer, for what it could not read: Latin words, digits, punctuation, the rarest characters.
_UNREAD: Final = "\0"


@dataclass(frozen=True, slots=True)
class PinyinQuery:
    """A query read as pinyin: `letters` without blanks and tones, and the tones written with its first syllables.

    They end at the first syllable without a tone: `di1 kong1 jing` is on the way to `di1 kong1 jing1 ji4`.
    """

    letters: str
    tones: str


def read_syllables(text: str) -> list[str]:
    """The syllables of a Chinese term, each with its tone digit (`di1`); Latin letters and digits stay whole."""
    from pypinyin import Style, lazy_pinyin

    from lang.conversion import MAINLAND, convert

    _load_our_readings()
    unread: list[str] = []

    def put_aside(chars: str) -> str:
        unread.append(chars)
        return _UNREAD

    simplified = convert(text, MAINLAND)
    read: list[str] = lazy_pinyin(simplified, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True, errors=put_aside)
    aside = iter(unread)
    syllables: list[str] = []
    for part in read:
        syllables.extend(_LATIN_WORD.findall(fold(next(aside))) if part.startswith(_UNREAD) else [part])
    return syllables


@cache
def _load_our_readings() -> None:
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.contrib.mmseg import seg

    # As load_phrases_dict does, which also reads the whole dictionary a second time: a tenth of a second of each `yuqiao add`.
    PHRASES_DICT.update({phrase: [[syllable] for syllable in read.split()] for phrase, read in _OUR_READINGS.items()})
    seg.train(iter(_OUR_READINGS))


def split_syllables(written: str) -> list[str]:
    """The syllables of pinyin as dictionaries write it (`lu:3 you2`, `lǚ yóu`, `A gu3`), in lower case with tone digits."""
    return _SYLLABLE.findall(_plain(written))


def toned_key(syllables: list[str]) -> str:
    """`di1 kong1 jing1 ji4`."""
    return " ".join(syllables)


def letters_key(syllables: list[str]) -> str:
    """`dikongjingji`; ü is written v, as on keyboards."""
    return "".join([_spelt(syllable)[0] for syllable in syllables]).replace("ü", "v")


def initials_key(syllables: list[str]) -> str:
    """`dkjj`: the first letter of each syllable; Latin words and digits inside stay whole (5G网络 -> 5gwl, AI芯片 -> aixp).

    Where no syllable has a tone, none can be told from a Latin word, and each gives its first letter.
    """
    parts = [_spelt(syllable)[1] for syllable in syllables]
    if parts == syllables:
        parts = [syllable if syllable.isdigit() else syllable[0] for syllable in syllables]
    return "".join(parts).replace("ü", "v")


def parse_query(query: str) -> PinyinQuery | None:
    """A query as pinyin, or None where it cannot be pinyin (other characters, or nothing but digits)."""
    if has_han(query):
        return None
    plain = _plain(query)
    if not _LETTERS.fullmatch(plain) or not re.search("[a-zü]", plain):
        return None
    letters: list[str] = []
    tones: list[str] = []
    all_toned = True
    for part in _TYPED.finditer(plain):
        spoken = part["spoken"] or part["letters"] or ""
        letters.append(part["spoken"] or part.group())
        # A Latin word of the term (5G, GDP) has no tone, and hides none.
        if part["tone"] and (spoken == "r" or _SYLLABLE_SPOKEN.fullmatch(spoken)):
            tones += part["tone"] if all_toned else ""
        elif re.fullmatch(_SPOKEN, spoken):
            all_toned = False
    return PinyinQuery("".join(letters).replace("ü", "v"), "".join(tones))


def tones_of(toned: str) -> str:
    """The tone digits of a stored toned key: `di1 kong1` -> `11`."""
    return "".join(syllable[-1] for syllable in toned.split() if _has_tone(syllable))


def with_marks(toned: str) -> str:
    """A toned key for the eye: `di1 kong1 jing1 ji4` -> `dī kōng jīng jì`."""
    return " ".join(_mark(syllable) for syllable in toned.split())


def _mark(syllable: str) -> str:
    if syllable.isdigit() or syllable[-1] not in "1234":
        return syllable.removesuffix("5") if not syllable.isdigit() else syllable
    letters, tone = syllable[:-1], syllable[-1]
    vowels = [index for index, letter in enumerate(letters) if letter in "aeiouü"]
    if not vowels:
        return letters
    # The mark goes on a or e, on the o of ou, else on the last vowel.
    at = next((i for i in vowels if letters[i] in "ae"), letters.find("ou") if "ou" in letters else vowels[-1])
    combining = {digit: mark for mark, digit in _TONE_MARKS.items()}[tone]
    return unicodedata.normalize("NFC", letters[: at + 1] + combining + letters[at + 1 :])


def _has_tone(syllable: str) -> bool:
    return syllable[-1] in "12345" and not syllable.isdigit()


@lru_cache(maxsize=4_000)
def _spelt(syllable: str) -> tuple[str, str]:
    """A syllable without its tone, and its first letter; twice what has no tone, a Latin word or a number."""
    return (syllable[:-1], syllable[0]) if _has_tone(syllable) else (syllable, syllable)


def _plain(written: str) -> str:
    """Lower case, tone marks as digits after their syllable, ü as one letter."""
    text = unicodedata.normalize("NFKC", written).lower().replace("u:", "ü").replace("’", "'")
    if text.isascii():
        return text
    return re.sub("[a-zü\u0300-\u036f]+", _tone_as_digit, unicodedata.normalize("NFD", text).replace("u\u0308", "ü"))


def _tone_as_digit(word: re.Match[str]) -> str:
    """A written syllable with its tone mark turned into a digit behind it.

    The marks of a longer word (dīkōng) are dropped: which syllable each belongs to takes a table to tell.
    """
    tones = [_TONE_MARKS[char] for char in word.group() if char in _TONE_MARKS]
    letters = "".join(char for char in word.group() if char not in _TONE_MARKS)
    tone = tones[0] if len(tones) == 1 and _SYLLABLE_SPOKEN.fullmatch(letters) else ""
    return unicodedata.normalize("NFC", letters) + tone
