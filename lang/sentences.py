"""Sentence splitting for Chinese and English. The pieces joined again are the text, character for character."""

import re
from typing import Final

_CLOSERS: Final = "」』”’\"')）】〕》〉]"
_CHINESE_END: Final = "。！？!?"
_ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof st no nos art arts sec fig figs vol pp p ch para paras cf eg ie etc al vs approx dept est gov sen rep"
    " gen col capt lt jr sr inc ltd co corp bros jan feb mar apr jun jul aug sept sep oct nov dec mt ave rd hon rev ed eds"
    " cap op rmb".split()
)

# A dot ends an English sentence when blank space and something that can begin a sentence follow.
_DOT: Final = re.compile(r"\.+[" + re.escape(_CLOSERS) + r"]*(?=\s+[\"'“‘(\[]*[A-Z0-9\u2e80-\u9fff]|\s*$)")
_END: Final = re.compile(
    "(?P<newline>\n+)"
    f"|(?P<ellipsis>…{{1,2}}[{re.escape(_CLOSERS)}]*)"
    f"|(?P<mark>[{_CHINESE_END}]+[{re.escape(_CLOSERS)}]*)"
    f"|(?P<dot>{_DOT.pattern})"
)


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, each with the blank space that follows it: "".join(split_sentences(t)) == t.

    A line break ends a sentence. Marks inside an open bracket or quotation end one only where the quotation ends with
    them or the line does; 3.5, No. 3, U.S. and a list's own 1. never do.
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
    kind, before, after = match.lastgroup, text[start : match.start()], text[match.end() : match.end() + 1]
    if kind == "newline":
        return True
    if _open_bracket(text[start : match.end()]):
        return False
    if kind == "ellipsis":
        return bool(after) and after not in "，、；：,;:" and not after.islower() and bool(before.strip())
    if kind == "mark":
        # 「……？」他說: a quotation's own mark ends nothing when the sentence goes on with punctuation.
        if after and after in "，、；：,;:—":
            return False
        if text[match.start()] in "!?" and after and not after.isspace() and after.isascii():
            return False
        return bool(before.strip())
    word = re.search(r"([\w.]+)$", before)
    if word is None:
        return bool(before.strip())
    last = word.group(1)
    if last.lower().rstrip(".") in _ABBREVIATIONS or re.fullmatch(r"(?:[A-Za-z]\.)*[A-Za-z]", last):
        return not text[match.end() :].strip() or (len(last) > 1 and "." in last and _starts_new(text[match.end() :]))
    # A number that opens the line is the list's own: 1. Foo.
    return not (last.isdigit() and before.strip() == last)


def _starts_new(rest: str) -> bool:
    """Whether what follows an abbreviation such as U.S. opens a sentence: a common opening word says so."""
    return re.match(r"\s+(?:The|It|This|That|We|In|He|She|They|But|And|However|At|For)\b", rest) is not None


def _open_bracket(text: str) -> bool:
    return any(text.count(opener) > text.count(closer) for opener, closer in ("「」", "『』", "（）", "《》", "()", "“”"))
