"""Lines broken as subtitles have them: as few as the width allows, about equally long, Chinese marks never first."""

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import combining

from tm.documents.blocks import is_wide

_NEVER_FIRST: Final = frozenset("。，、；：？！）》”’」』】〉〕…—·％%.,;:?!)]}")
# At the beginning of a line they name another speaker.
_DASHES: Final = frozenset("-–—‐")
_NEVER_LAST: Final = frozenset("（《“‘「『【〈〔([{")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a line does not break within: a Chinese character or a word, with marks and the punctuation that hold to it."""

    text: str
    cells: int
    blank: bool


def balanced_lines(text: str, cells: int, mark: re.Pattern[str]) -> list[str]:
    """The lines of a text, at most `cells` wide where words allow; `mark` matches markup, which takes no room.

    The lines joined again are the text but for the blanks at their ends.
    """
    pieces = _pieces(text, mark)
    lines = _filled(pieces, cells)
    if len(lines) < 2:
        return lines
    narrow, wide = 1, cells
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(_filled(pieces, middle)) <= len(lines):
            wide = middle
        else:
            narrow = middle + 1
    return _filled(pieces, wide)


def _filled(pieces: list[_Piece], cells: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for piece in pieces:
        if used and used + piece.cells > cells and not piece.blank:
            lines.append("".join(line).rstrip(" "))
            line, used = [], 0
        if line or not piece.blank:
            line.append(piece.text)
            used += piece.cells
    if line:
        lines.append("".join(line).rstrip(" "))
    return [line for line in lines if line]


def _pieces(text: str, mark: re.Pattern[str]) -> list[_Piece]:
    pieces: list[_Piece] = []
    current, cells, last, waiting = "", 0, "", ""
    units = _units(text, mark)
    for at, (unit, width, char) in enumerate(units):
        if not char:
            # An opening mark goes with what follows, a closing one with what it closes.
            opens = waiting or (unit[0] in "<{" and not unit.startswith("</"))
            current, waiting = (current, waiting + unit) if opens else (current + unit, "")
            continue
        after = units[at + 1][2] if char == " " and at + 1 < len(units) else char
        if current and last and after not in _DASHES and _may_part(last, char):
            pieces.append(_Piece(current, cells, not current.strip(" ")))
            current, cells = "", 0
        current, cells = current + waiting + unit, cells + width
        last, waiting = char, ""
    if current or waiting:
        current += waiting
        pieces.append(_Piece(current, cells, not current.strip(" ")))
    return pieces


def _may_part(before: str, after: str) -> bool:
    if (before == " ") != (after == " "):
        return True
    if after in _NEVER_FIRST or before in _NEVER_LAST or before == " ":
        return False
    return is_wide(before) or is_wide(after)


def _units(text: str, mark: re.Pattern[str]) -> list[tuple[str, int, str]]:
    """Characters and marks with the cells they take and the character that decides on breaks; empty for a mark."""
    units: list[tuple[str, int, str]] = []
    at = 0
    for match in mark.finditer(text):
        units.extend(_characters(text[at : match.start()]))
        entity = match.group().startswith("&")
        units.append((match.group(), int(entity), "a" if entity else ""))
        at = match.end()
    units.extend(_characters(text[at:]))
    return units


def _characters(text: str) -> list[tuple[str, int, str]]:
    return [(char, 2 if is_wide(char) else 0 if combining(char) else 1, "" if combining(char) else char) for char in text]
