"""One spelling for all widths and scripts, character for character, so that positions stay what they were."""

import re
import unicodedata
from typing import Final

from lang.fold import fold

_KEPT: Final = {ord(char): char for char in "，。；：！？（）—「」『』“”‘’、…"}
# Thousands between full-width digits; between others where the first group is shorter (2，600), the second is 000, or a
# third follows. 分別為100，200宗 has two numbers.
_WIDE_GROUPS: Final = re.compile(
    "，(?:(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))"
    "|(?<=[0-9]，)(?=000(?![0-9])|[0-9]{3}，[0-9]{3}(?![0-9]))"
    "|(?=[0-9]{3}(?![0-9]))(?:(?<=[0-9]，[0-9]{3}，)|(?<=[^0-9.,，][1-9]，)|(?<=[^0-9.,，][1-9][0-9]，)))"
)


class _Levels(dict[int, str]):
    """Fills itself as characters are met. Unlike the fold it keeps letter case (May, may) and Chinese punctuation."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char)
        # Superscripts are exponents and notes, circled digits are labels: none of them counts anything.
        if len(plain) != 1 or unicodedata.decomposition(char).startswith(("<super>", "<sub>", "<circle>")):
            plain = char
        elif not plain.isascii():
            folded = fold(plain)
            if len(folded) == 1 and (folded != plain.casefold() or not plain.isalpha()):
                plain = folded
        if plain != "\n" and plain.isspace():
            plain = " "
        self[code] = plain
        return plain


_TABLE: Final = _Levels(_KEPT)


def level(text: str) -> str:
    """The text in simplified characters and half width, of the same length: ３．５萬 -> 3.5万, – -> -, ％ -> %."""
    if "，" in text:
        text = _WIDE_GROUPS.sub(",", text)
    return text.translate(_TABLE)
