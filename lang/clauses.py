"""Where a sentence may be cut: behind its clauses, and behind its words or Chinese characters."""

import re
from collections.abc import Iterable
from typing import Final

_HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_EXTENDING: Final = "\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Accents and variation selectors: they belong to the character before them."""
_OPENERS: Final = re.escape("（《“‘「『【〈〔([{")
_CLOSERS: Final = re.escape("）》”’」』】〉〕)]}")
_MARKS: Final = re.escape("。，、；：？！…—·％%.,;:?!")
# A straight quote closes where something other than a word follows it.
_CLOSING: Final = rf"(?:[{_CLOSERS}]|[\"'](?!\w))"

_EXTENDS: Final = re.compile(rf"[{_EXTENDING}]")
_CLAUSE_END: Final = re.compile(
    rf"(?:(?<!\d)[，：]|[，：](?!\d)|[；。！？]|…+|—+|(?<=\s)[–-](?=\s)|[,;:.!?](?={_CLOSING}*(?:\s|[{_HAN}])))"
    rf"{_CLOSING}*\s*"
)
_UNIT: Final = re.compile(
    rf"[\s\"'{_OPENERS}]*"
    rf"(?:(?:(?![{_HAN}])[\w{_EXTENDING}])+(?:[.,:'’/&-](?:(?![{_HAN}])[\w{_EXTENDING}])+)*|.)"
    rf"(?:[{_EXTENDING}{_MARKS}]|\u200d.|{_CLOSING})*\s*",
    re.DOTALL,
)


def clause_ends(text: str) -> list[int]:
    """The places behind the clauses of a text, in characters and ascending, with the marks and blank space that end them.

    A clause ends at a comma, semicolon, colon, dash or the mark of a sentence, in a number at none; 、 ends none. Both parts
    of a text cut at one of the places have more than blank space; so the end of the text is none of them.
    """
    return _inside(text, (match.end() for match in _CLAUSE_END.finditer(text)))


def word_ends(text: str) -> list[int]:
    """The places behind the words of a text, each Chinese character being one, as `clause_ends` gives those of clauses.

    A number is one word, and a mark belongs to the word it stands at. Every clause's end is among them.
    """
    return _inside(text, {*(match.end() for match in _UNIT.finditer(text)), *clause_ends(text)})


def _inside(text: str, places: Iterable[int]) -> list[int]:
    """The places with something else than blank space on either side that tear no character apart."""
    first, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return sorted(place for place in places if first < place < end and not _EXTENDS.match(text, place))
