"""Which language, and which Chinese script, a text is written in."""

import re
from functools import cache
from typing import Final, Literal

from lang.fold import HAN
from lang.opencc_tables import character_targets

Script = Literal["Hans", "Hant", "mixed", "common"]

_HAN: Final = re.compile(f"[{HAN}]")
_LATIN: Final = re.compile("[A-Za-z]")


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in the text."""
    return _HAN.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether a text reads as Chinese: a Han character weighs as much as four letters, about what a word takes of either."""
    if _LATIN.search(text) is None:
        return has_han(text)
    han = len(_HAN.findall(text))
    return han > 0 and 4 * han >= len(_LATIN.findall(text))


# OpenCC has other traditional forms for these, but Hong Kong or Taiwan has these for its standard ones (雇用, 恒生, 發霉).
_STANDARD: Final = frozenset("雇恒霉昵虱咤糍")


@cache
def _exclusive() -> tuple[frozenset[str], frozenset[str]]:
    """The characters written in simplified Chinese only, and in traditional Chinese only.

    A character that may stay as it is (后 is 後 or 后) is common to both, and so are the forms that Hong Kong and Taiwan
    prefer to OpenCC's general traditional ones (群, 峰, 台), and what has a simplified form in tables only (劏, 㓥).
    """
    to_simplified, to_traditional = character_targets("TSCharacters"), character_targets("STCharacters")
    regional = {form for name in ("HKVariants", "TWVariants") for targets in character_targets(name).values() for form in targets}
    traditional = {
        char
        for char, targets in to_simplified.items()
        if char not in targets and char not in to_traditional and "\u4e00" <= targets[0] <= "\u9fff"
    }
    simplified = {char for char, targets in to_traditional.items() if char not in targets and char not in to_simplified}
    return frozenset(simplified - regional - _STANDARD), frozenset(traditional)


def script_counts(text: str) -> tuple[int, int]:
    """How many characters are written only in simplified, and how many only in traditional Chinese."""
    simplified, traditional = _exclusive()
    # Most texts have one script: a set settles that faster than looking at every character twice.
    chars = set(text)
    first = 0 if simplified.isdisjoint(chars) else sum(char in simplified for char in text)
    second = 0 if traditional.isdisjoint(chars) else sum(char in traditional for char in text)
    return first, second


def detect_script(text: str) -> Script:
    """The script of a Chinese text: `common` where every character is used in both, `mixed` where neither has 90 %."""
    exclusively_simplified, exclusively_traditional = _exclusive()
    chars = set(text)
    if exclusively_traditional.isdisjoint(chars):
        return "common" if exclusively_simplified.isdisjoint(chars) else "Hans"
    if exclusively_simplified.isdisjoint(chars):
        return "Hant"
    simplified, traditional = script_counts(text)
    total = simplified + traditional
    if simplified >= 0.9 * total:
        return "Hans"
    return "Hant" if traditional >= 0.9 * total else "mixed"
