"""Finding the quantities of a text."""

import re
from typing import Final

from lang.quantities.quantity import Language, Quantity

# The same characters as lang.fold.HAN, which costs more to import than all of this package's surface.
_HAN: Final = "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"


def find_quantities(text: str, language: Language | None = None) -> list[Quantity]:
    """The quantities of a text in order of position, not overlapping; `language` is guessed where it is not given.

    A text with any Chinese character is read as Chinese, which understands digits, currency signs and Latin units too,
    but no English number words. See `Quantity` for what is found; 一帶一路, 十四五, COVID-19, 5G and the like are names.
    """
    if language is None:
        language = "zh" if re.search(_HAN, text) else "en"
    # The grammars compile large patterns; a program that imports the package pays for them when it first reads a text.
    from lang.quantities.levelling import level

    if language == "zh":
        from lang.quantities.chinese import find
    else:
        from lang.quantities.english import find
    return [found.quantity(text) for found in find(level(text))]
