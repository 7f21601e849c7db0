"""Pinyin of terms and of queries: with tones, without, and as initials.

Three spellings of 低空經濟 lead to it: `di1 kong1 jing1 ji4` (or dī kōng jīng jì), `dikongjingji`, `dkjj`. Reading
characters takes pypinyin (polyphones by phrase); reading a query takes nothing but this module, so look-ups start fast.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from lang.script import has_han

# Policy words that pypinyin's phrases read wrongly.
_OUR_READINGS: Final = {
    "长三角": "cháng sān jiǎo",
    "链长制": "liàn zhǎng zhì",
    "河长制": "hé zhǎng zhì",
    "林长制": "lín zhǎng zhì",
    "湖长制": "hú zhǎng zhì",
    "重疾": "zhòng jí",
    "调规": "tiáo guī",
    "降准": "jiàng zhǔn",
}

_TONE_MARKS: Final = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_SYLLABLE: Final = re.compile(r"[a-zü]+[1-5]?|[0-9]+")
_LETTERS: Final = re.compile(r"[a-z0-9 ü:·'\-]+")


@dataclass(frozen=True, slots=True)
class PinyinQuery:
    """A query read as pinyin: `letters` without blanks and tones, and the tones where they were written."""

    letters: str
    tones: str


def read_syllables(text: str) -> list[str]:
    """The syllables of a Chinese term, each with its tone digit (`di1`); Latin letters and digits stay whole."""
    from pypinyin import Style, lazy_pinyin

    from lang.conversion import MAINLAND, convert

    _load_our_readings()
    simplified = convert(text, MAINLAND)
    read: list[str] = lazy_pinyin(simplified, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=True)
    return split_syllables(" ".join(read))


@cache
def _load_our_readings() -> None:
    from pypinyin import load_phrases_dict

    load_phrases_dict({phrase: [[syllable] for syllable in read.split()] for phrase, read in _OUR_READINGS.items()})


def split_syllables(written: str) -> list[str]:
    """The syllables of pinyin as dictionaries write it (`lu:3 you2`, `lǚ yóu`, `A gu3`), in lower case with tone digits."""
    return _SYLLABLE.findall(_plain(written))


def toned_key(syllables: list[str]) -> str:
    """`di1 kong1 jing1 ji4`."""
    return " ".join(syllables)


def letters_key(syllables: list[str]) -> str:
    """`dikongjingji`; ü is written v, as on keyboards."""
    return "".join(_without_tone(syllable) for syllable in syllables).replace("ü", "v")


def initials_key(syllables: list[str]) -> str:
    """`dkjj`: the first letter of each syllable; digits stay whole (5G网络 -> 5gwl)."""
    return "".join(syllable if syllable.isdigit() else syllable[0] for syllable in syllables).replace("ü", "v")


def parse_query(query: str) -> PinyinQuery | None:
    """A query as pinyin, or None where it cannot be pinyin (other characters, or nothing but digits)."""
    if has_han(query):
        return None
    plain = _plain(query)
    if not _LETTERS.fullmatch(plain) or not re.search("[a-zü]", plain):
        return None
    syllables = _SYLLABLE.findall(plain)
    toned = all(syllable[-1] in "12345" for syllable in syllables) and len(syllables) > 0
    tones = "".join(syllable[-1] for syllable in syllables) if toned else ""
    letters = "".join(map(_without_tone, syllables)) if toned else re.sub(r"[ :'·\-]", "", plain)
    return PinyinQuery(letters.replace("ü", "v"), tones)


def tones_of(toned: str) -> str:
    """The tone digits of a stored toned key: `di1 kong1` -> `11`."""
    return "".join(syllable[-1] for syllable in toned.split() if syllable[-1] in "12345" and not syllable.isdigit())


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


def _without_tone(syllable: str) -> str:
    return syllable if syllable.isdigit() else syllable.rstrip("12345")


def _plain(written: str) -> str:
    """Lower case, tone marks as digits after their syllable, ü as one letter."""
    text = unicodedata.normalize("NFKC", written).lower().replace("u:", "ü")
    if text.isascii():
        return text
    words = []
    for word in text.split(" "):
        tone = ""
        letters = []
        for char in unicodedata.normalize("NFD", word):
            if char in _TONE_MARKS:
                tone += _TONE_MARKS[char]
            else:
                letters.append(char)
        # Several marks in one word (dīkōng) cannot be set apart without a syllable table: the letters suffice.
        words.append(unicodedata.normalize("NFC", "".join(letters)) + (tone if len(tone) == 1 else ""))
    return " ".join(words)
