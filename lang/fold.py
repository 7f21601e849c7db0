"""The fold: the key under which two spellings of one term are equal, whatever the script, width or letter case.

fold("離境退稅") == fold("离境退税"), fold("５Ｇ網絡") == fold("5g网络"). It answers "same?"; how a word is written in
Hong Kong or Beijing is answered by lang.conversion.

One character is folded by NFKC, case folding, removal of Latin accents and of invisible characters, and OpenCC's table
of traditional to simplified characters, with a few dozen pairs of our own where the two scripts would else not meet.
Nearly all characters fold to one character, so a text is folded by one str.translate and positions stay what they were;
the rest take a slower path that keeps the positions.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from lang.opencc_tables import character_targets

# Variants that OpenCC's traditional-to-simplified table leaves apart, so that texts written in Hong Kong, Taiwan and
# the mainland would not meet: each pair is (variant, what it folds to).
EXTRA_PAIRS: Final = (
    "衞卫 枱台 粧妆 敍叙 糭粽 簷檐 痺痹 睪睾 著着 覆复 瞭了 牴抵 藉借 俱具"
    " 濬浚 鍊链 於于 佔占 彷仿 薰熏 像象 座坐 擡抬 幷并 炼链 迳径"
).split()

_PUNCTUATION: Final = {
    **dict.fromkeys("‐‑‒–—―⸺−﹣─", "-"),
    **dict.fromkeys("‘’‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("•‧・∙⋅", "·"),
    **dict.fromkeys("〜∼", "~"),
    "⋯": "...",
    # 二○二五 is as usual as 二〇二五.
    "○": "〇",
}

# Stands for a character that does not fold to exactly one; a noncharacter, so it occurs in no text.
_UNEVEN: Final = "\ufdd0"

HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, as the inside of a regular expression's character class."""

# Behind a Chinese character all quotation marks and blanks are loose; elsewhere quotation marks, single ones unless they
# stand inside a Latin word, and blanks that only quotation marks part from a Chinese character or another blank.
_QUOTES: Final = '"「」『』《》〈〉'
_LOOSE: Final = re.compile(
    rf"""(?<=[{HAN}])[{_QUOTES}' ]+|[{_QUOTES}]|(?<![0-9a-z])'|'(?![0-9a-z])|[ ]+(?=[{_QUOTES}']*[ {HAN}])"""
)

# Accents and variation selectors.
_DROPPED: Final = re.compile("[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_MAY_BE_LOOSE: Final = re.compile(f"[{_QUOTES}' ]")


def _fold_once(char: str) -> str:
    folded: list[str] = []
    simplified = _simplified()
    for part in _PUNCTUATION.get(char) or unicodedata.normalize("NFKC", char).casefold():
        decomposed = unicodedata.normalize("NFD", part)
        base = decomposed[0]
        accented = len(decomposed) > 1 and (base < "\u0530" or "\u1e00" <= base < "\u2000")
        plain = base if accented else part
        if unicodedata.category(plain) == "Cf" or _DROPPED.match(plain):
            continue
        if plain != "\n" and plain.isspace():
            plain = " "
        plain = _PUNCTUATION.get(plain, plain)
        folded.append(simplified.get(plain, plain))
    return "".join(folded)


_simplified_table: dict[str, str] = {}


def _simplified() -> dict[str, str]:
    if not _simplified_table:
        _simplified_table.update((char, targets[0]) for char, targets in character_targets("TSCharacters").items())
        _simplified_table.update((pair[0], pair[1]) for pair in EXTRA_PAIRS)
    return _simplified_table


def to_simplified(text: str) -> str:
    """The text with its traditional characters made simplified one by one, and nothing else changed.

    For comparing texts whatever their script; how the mainland would write them, lang.conversion answers.
    """
    if not _SIMPLIFIED_TABLE:
        _SIMPLIFIED_TABLE.update((ord(char), simplified) for char, simplified in _simplified().items())
    return text.translate(_SIMPLIFIED_TABLE)


_SIMPLIFIED_TABLE: Final[dict[int, str]] = {}


def _fold_char(char: str) -> str:
    """Fold one character until nothing changes, so that folding twice is folding once."""
    folded, before = _fold_once(char), char
    for _ in range(8):
        if folded == before:
            break
        before, folded = folded, "".join(map(_fold_once, folded))
    return folded


class _FoldTable(dict[int, str]):
    """Fills itself as characters are met: a table of all of Unicode would cost every start 50 ms."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


class _EvenFoldTable(dict[int, str]):
    """The same, with one mark for every character that does not fold to exactly one."""

    def __missing__(self, code: int) -> str:
        folded = _TABLE[code]
        even = self[code] = folded if len(folded) == 1 else _UNEVEN
        return even


_TABLE: Final = _FoldTable()
_EVEN_TABLE: Final = _EvenFoldTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters stood.

    `starts[i]` and `ends[i]` bound, in the original, what became character i of `text`; both are None where every
    character folded to exactly one.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became text[start:end]; start < end, both within the text."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> str:
    """The fold of a text. Folding it again changes nothing."""
    return text.translate(_TABLE)


def fold_tracked(text: str) -> Folded:
    """The fold of a text, with positions: a hit in folded text maps back to the exact span of the original."""
    folded = text.translate(_EVEN_TABLE)
    if _UNEVEN not in folded:
        return Folded(folded)
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, (char, new) in enumerate(zip(text, folded, strict=True)):
        parts = _TABLE[ord(char)] if new == _UNEVEN else new
        if not parts:
            # An accent or a variation selector belongs to the character before it.
            if ends and _DROPPED.match(char) and ends[-1] == index:
                ends[-1] = index + 1
            continue
        chars.extend(parts)
        starts.extend([index] * len(parts))
        ends.extend([index + 1] * len(parts))
    return Folded("".join(chars), tuple(starts), tuple(ends))


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A folded text without its loose characters (see `squeeze`), which still knows where its characters stood.

    `cuts` are the places in `text` before which something was left out, `shifts` how much was up to there.
    """

    text: str
    folded: Folded
    cuts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that became text[start:end]; start < end, both within the text."""
        return self.folded.span(self._place(start), self._place(end - 1) + 1)

    def spans(self, hits: list[tuple[int, int, int]]) -> list[tuple[int, int, int, bool]]:
        """`span` for many hits (label, start, end) in order: (label, start, end, whether something was cut inside)."""
        mapped: list[tuple[int, int, int, bool]] = []
        cuts, shifts, known = self.cuts, self.shifts, len(self.cuts)
        cut = shift = 0
        for label, start, end in hits:
            while cut < known and cuts[cut] <= start:
                shift = shifts[cut]
                cut += 1
            end_cut, end_shift = cut, shift
            while end_cut < known and cuts[end_cut] < end:
                end_shift = shifts[end_cut]
                end_cut += 1
            mapped.append((label, start + shift, end + end_shift, end_shift != shift))
        if self.folded.starts is None:
            return mapped
        return [(label, *self.folded.span(start, end), inside) for label, start, end, inside in mapped]

    def _place(self, index: int) -> int:
        cut = bisect_right(self.cuts, index)
        return index + self.shifts[cut - 1] if cut else index


def squeeze(folded: Folded) -> Squeezed:
    """The folded text without what writers put in or leave out at will: quotation and title marks, blanks beside
    Chinese characters, doubled blanks. 「十四五」規劃 and 十四五規劃, 5G 網絡 and 5G網絡 become equal. Positions are kept.
    """
    text = folded.text
    if _MAY_BE_LOOSE.search(text) is None:
        return Squeezed(text, folded)
    pieces: list[str] = []
    cuts: list[int] = []
    shifts: list[int] = []
    last = shift = 0
    for match in _LOOSE.finditer(text):
        start, end = match.span()
        pieces.append(text[last:start])
        cuts.append(start - shift)
        shift += end - start
        shifts.append(shift)
        last = end
    pieces.append(text[last:])
    return Squeezed("".join(pieces), folded, tuple(cuts), tuple(shifts))


def term_key(text: str) -> str:
    """The key under which terms are stored and looked up: folded, squeezed, trimmed."""
    folded = fold(text).strip()
    # Nearly all English: with single blanks and without quotation marks nothing is loose.
    if folded.isascii() and "'" not in folded and '"' not in folded and "  " not in folded:
        return folded
    return folded if _MAY_BE_LOOSE.search(folded) is None else _LOOSE.sub("", folded).strip()
