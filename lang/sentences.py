"""Sentence splitting for Chinese and English. The pieces joined again are the text, character for character."""

import re
from typing import Final

_CLOSERS: Final = "」』”’\"')）】〕》〉]"
_CHINESE_END: Final = "。！？!?"
# A dot behind these belongs to the word: always, before a number only, or unless a new sentence plainly begins.
_TITLES: Final = frozenset(
    "mr mrs ms dr prof st mt gov sen rep gen col capt lt hon rev messrs e.g i.e eg ie cf vs viz approx".split()
)
_BEFORE_NUMBERS: Final = frozenset("no nos art arts sec fig figs vol vols pp p ch para paras cap op rmb reg regs".split())
_ABBREVIATIONS: Final = frozenset(
    "etc al dept est jr sr inc ltd co corp bros jan feb mar apr jun jul aug sept sep oct nov dec ave rd ed eds".split()
)

# A dot ends an English sentence when blank space and something that can begin a sentence follow.
_DOT: Final = re.compile(r"(?<!\.)\.++[" + re.escape(_CLOSERS) + r"]*+(?=\s+[\"'“‘(\[]*[A-Z0-9\u2e80-\u9fff]|\s*\Z)")
_END: Final = re.compile(
    "(?P<newline>\n(?:[ \t\r\u3000]*\n)*)"
    f"|(?P<ellipsis>…{{1,2}}[{re.escape(_CLOSERS)}]*)"
    f"|(?P<mark>[{_CHINESE_END}]+[{re.escape(_CLOSERS)}]*)"
    f"|(?P<dot>{_DOT.pattern})"
)
_GOES_ON: Final = re.compile(r"\s*[a-z]")
_NUMBER_FOLLOWS: Final = re.compile(r"\s*[(\[]?(?:[0-9]|[IVXLC]+\b)")
_NOTHING_FOLLOWS: Final = re.compile(r"\s*\Z")
_INITIALS: Final = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
# Common opening words; behind a single letter none that is a Chinese surname as well (K. C. To, X. He).
_OPENING: Final = re.compile(
    r"\s+(?:(?:The|It|This|That|They|These|Those|There|Then|But|And|However|When|If)|(?P<surname>We|In|He|She|At|For))\b"
)
_BRACKETS: Final = ("「」", "『』", "（）", "《》", "()", "“”")
_LONGEST_BRACKET: Final = 500


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each with the blank space that follows it: "".join(split_sentences(t)) == t.

    A line break ends a sentence. Marks inside an open bracket or quotation end one only where the quotation ends with
    them, the line does, or the line never closes it; 3.5, No. 3, U.S. and a list's own 1. never do.
    """
    pieces: list[str] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if end <= start or not _ends(text, start, match):
            continue
        while end < len(text) and text[end] in " \t\u3000\r":
            end += 1
        if match.lastgroup != "newline" and end < len(text) and text[end] == "\n":
            continue
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    kind, before, end = match.lastgroup, text[start : match.start()], match.end()
    after = text[end : end + 1]
    if kind == "newline":
        return True
    if _open_bracket(text, start, end):
        return False
    if kind == "ellipsis":
        return bool(after) and after not in "，、；：,;:" and not _GOES_ON.match(text, end) and bool(before.strip())
    if kind == "mark":
        # 「……？」他說: a quotation's own mark ends nothing when the sentence goes on with punctuation.
        if after and after in "，、；：,;:—":
            return False
        if text[match.start()] in "!?" and after and (after.isascii() if not after.isspace() else _GOES_ON.match(text, end)):
            return False
        # …（見表。）較快: nor does a bracket's inside a sentence.
        begun = before.lstrip()
        if (
            after
            and not after.isspace()
            and set(match.group()) & set(")）】〕")
            and not begun.startswith(("(", "（", "【", "〔"))
        ):
            return False
        return bool(begun)
    return _dot_ends(text, before, end)


def _dot_ends(text: str, before: str, end: int) -> bool:
    word = re.search(r"[\w.]+$", before[-40:])
    if word is None:
        return bool(before.strip())
    last = word.group()
    # A number or letter that opens the line is the list's own: 1. Foo.
    if (last.isdigit() or len(last) == 1) and before.strip() == last:
        return False
    name = last.lower()
    if name in _BEFORE_NUMBERS:
        return _NUMBER_FOLLOWS.match(text, end) is None
    if name in _TITLES:
        return _NOTHING_FOLLOWS.match(text, end) is not None
    if name in _ABBREVIATIONS or _INITIALS.fullmatch(last):
        opening = _OPENING.match(text, end)
        opens = opening is not None and not (len(last) == 1 and opening["surname"])
        return opens or _NOTHING_FOLLOWS.match(text, end) is not None
    return True


def _open_bracket(text: str, start: int, end: int) -> bool:
    """Whether a bracket or quotation is open at `end` that this line closes, not too far on."""
    begun = text[max(start, end - _LONGEST_BRACKET) : end]
    for opener, closer in _BRACKETS:
        if begun.count(opener) > begun.count(closer):
            closed = text.find(closer, end, end + _LONGEST_BRACKET)
            if closed >= 0 and "\n" not in text[end:closed]:
                return True
    return False
