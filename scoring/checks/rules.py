"""Rules that look at one translation and its source: language, punctuation, spacing, brackets, damage.

They look at the translation only, for the source is not the translator's; and what the source has too is no fault of theirs.
"""

import re
from collections.abc import Iterator
from typing import Final

from lang.fold import HAN, fold
from lang.script import has_han, is_chinese
from scoring.checks.issue import Fault, Pair, Rule

_LATIN: Final = re.compile(r"[A-Za-z ]")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9 .,:;/&%()+\-–—]*|[\w.+-]+@[\w.-]+|(?:https?://|www\.)\S+")
_PROGRAM: Final = re.compile(r"[{}=<>_\\]|::|\w\(")
_WORD: Final = re.compile("[A-Za-z]{3}")
_SENTENCE: Final = re.compile(r"\w+ [a-z]+ \w+")
_DAMAGE: Final = re.compile(r"\ufffd+|Ã[\x80-\xbf]|â€.?|锟斤拷|烫烫烫|&(?:amp|lt|gt|nbsp|quot|#\d+);|[\ue000-\uf8ff]")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[A-Za-z0-9._~:/?#@!$&*+=%-]+[A-Za-z0-9/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_END: Final = re.compile(r"[。！？!?.…][」』”’\"')）】\]]*\s*$")
_COLON_END: Final = re.compile(r"[:：;；,，、]\s*$")

# Chinese targets.
_HALF_WIDTH: Final = re.compile(rf"(?<=[{HAN}])[,;:?!](?![\w/:])|(?<=[{HAN}])[,;:?!](?=[{HAN}])|(?<=[{HAN}])\.(?=\s*$)")
_FULL_FORMS: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_SPACED_HAN: Final = re.compile(rf"(?<=[{HAN}])[ \u00a0]+(?=[{HAN}])")
_WIDE_CHARS: Final = re.compile("[０-９Ａ-Ｚａ-ｚ]+")

# English targets.
_FULL_WIDTH: Final = re.compile("[，。；：？！（）「」『』《》、％\u3000０-９Ａ-Ｚａ-ｚ]+")
_SPACE_BEFORE: Final = re.compile(r"(?<=\w) +[,;:!?](?!\S*[)D(])|(?<=\w) +\.(?=\s|$)")
_DOUBLED_WORD: Final = re.compile(r"\b([A-Za-z]+)(\s+)\1\b", re.IGNORECASE)
_MAY_BE_DOUBLED: Final = frozenset({"that", "had", "is", "bora", "new"})

_DOUBLE_SPACE: Final = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_DOUBLE_MARK: Final = re.compile(r"([,;:，。；：、？！])\1+|(?<!\.)\.\.(?!\.)|[，。；、]{2,}")
_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕", "《": "》", "「": "」", "『": "』", "“": "”"}
_QUOTATION: Final = frozenset("「」『』“”")
_LIKE: Final = {"（": "(", "）": ")", "【": "[", "】": "]"}
_NUMBERING: Final = re.compile(
    r"(?:^|(?<=[\s;；,，。:：]))(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[)）]"
)


def _empty(pair: Pair) -> Iterator[Fault]:
    if pair.source.strip() and not pair.target.strip():
        yield Fault("There is no translation.")


def _no_source(pair: Pair) -> Iterator[Fault]:
    if pair.target.strip() and not pair.source.strip():
        yield Fault("There is a translation of nothing.")


def _untranslated(pair: Pair) -> Iterator[Fault]:
    source, target = pair.source.strip(), pair.target.strip()
    if not source or not _LETTERS.search(target) or _CODE.fullmatch(target):
        return
    if fold(source) == fold(target):
        # A name may well stay as it is, and so may code.
        if has_han(source) or (_SENTENCE.search(source) and not _PROGRAM.search(source)):
            yield Fault("The translation is the source.")
    elif _same_language(source, target) and len(target) > 12:
        yield Fault("The translation is in the language of the source.")


def _same_language(source: str, target: str) -> bool:
    """Whether a translation is in the source's language; names make a Chinese sentence look English."""
    return is_chinese(target) if is_chinese(source) else not has_han(target)


def _left_over(pair: Pair) -> Iterator[Fault]:
    """Chinese left in an English sentence; a gloss in brackets, or what is given as Chinese, is meant."""
    if not _WORD.search(pair.target):
        return
    for match in re.finditer(f"[{HAN}]+", pair.target):
        before = pair.target[max(0, match.start() - 1) : match.start()]
        if match.group() in pair.source and before not in ("(", "（", "“", '"', "「", "《", "["):
            yield Fault(f"{match.group()} was left as it is.", match.span())


def _damage(pair: Pair) -> Iterator[Fault]:
    for match in _DAMAGE.finditer(pair.target):
        if match.group() not in pair.source:
            yield Fault(f"{match.group()!r} is what damaged encoding or markup leaves.", match.span())


def _address(pair: Pair) -> Iterator[Fault]:
    for match in _ADDRESS.finditer(pair.source):
        if match.group().rstrip(".,") not in pair.target:
            yield Fault(f"{match.group()} is missing.", match.span(), side="source")


def _length(pair: Pair) -> Iterator[Fault]:
    chinese, english = (pair.source, pair.target) if is_chinese(pair.source) else (pair.target, pair.source)
    # Names may stand in Latin letters in a Chinese sentence.
    latin = len(_LATIN.findall(chinese))
    chars, letters = len(chinese.strip()) - latin, len(english.strip())
    if not chars or not letters or max(chars * 4, letters) <= 60 or is_chinese(english) or not has_han(chinese):
        return
    # Policy English has 3 to 6 letters for a Chinese character.
    share = letters / (chars + latin / 4)
    if share < 1.1 or share > 11:
        which = "short" if (share < 1.1) == (pair.target is english) else "long"
        yield Fault(f"The translation is far too {which}: {letters} letters for {chars} Chinese characters.")


def _end_mark(pair: Pair) -> Iterator[Fault]:
    source, target = pair.source.strip(), pair.target.strip()
    if len(source) < 8 or not target:
        return
    if _END.search(source) and not (_END.search(target) or _COLON_END.search(target)):
        yield Fault(
            "The source ends a sentence, the translation does not.", (len(pair.target.rstrip()), len(pair.target.rstrip()))
        )


def _brackets(pair: Pair) -> Iterator[Fault]:
    if _unpaired(pair.source):
        return
    # A quotation that goes on in the next segment has one mark in this one.
    open_quotation = pair.source.count('"') % 2 == 1
    for at, mark in _unpaired(pair.target):
        if open_quotation and mark in _QUOTATION:
            continue
        yield Fault(f"{mark} has no counterpart.", (at, at + 1))


def _unpaired(text: str) -> list[tuple[int, str]]:
    numbered = {match.end() - 1 for match in _NUMBERING.finditer(text)}
    closers = {_LIKE.get(close, close): _LIKE.get(open_, open_) for open_, close in _PAIRS.items()}
    waiting: list[tuple[int, str]] = []
    found: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        plain = _LIKE.get(char, char)
        if char in _PAIRS:
            waiting.append((at, char))
        elif plain in closers:
            if waiting and _LIKE.get(waiting[-1][1], waiting[-1][1]) == closers[plain]:
                waiting.pop()
            elif at not in numbered:
                found.append((at, char))
    return sorted(found + waiting)


def _doubled_marks(pair: Pair) -> Iterator[Fault]:
    for match in _DOUBLE_MARK.finditer(pair.target):
        # ？？ and ！！ are a way to speak, not a slip.
        if match.group() not in pair.source and not set(match.group()) <= set("？！"):
            yield Fault(f"{match.group()} is doubled.", match.span(), match.group()[0])


def _double_space(pair: Pair) -> Iterator[Fault]:
    if _DOUBLE_SPACE.search(pair.source):
        return
    for match in _DOUBLE_SPACE.finditer(pair.target):
        yield Fault("More than one blank.", match.span(), " ")


def _half_width(pair: Pair) -> Iterator[Fault]:
    for match in _HALF_WIDTH.finditer(pair.target):
        form = _FULL_FORMS[match.group()]
        yield Fault(f"Half-width {match.group()} in Chinese; write {form}.", match.span(), form)


def _spaced_han(pair: Pair) -> Iterator[Fault]:
    for match in _SPACED_HAN.finditer(pair.target):
        around = pair.target[match.start() - 1 : match.end() + 1]
        yield Fault(f"A blank between Chinese characters: {around!r}.", match.span(), "")


def _wide_chars(pair: Pair) -> Iterator[Fault]:
    import unicodedata

    for match in _WIDE_CHARS.finditer(pair.target):
        plain = unicodedata.normalize("NFKC", match.group())
        yield Fault(f"Full-width {match.group()}; write {plain}.", match.span(), plain)


def _full_width(pair: Pair) -> Iterator[Fault]:
    import unicodedata

    if is_chinese(pair.target):
        return
    for match in _FULL_WIDTH.finditer(pair.target):
        start, end = match.span()
        # Beside Chinese characters, as in a title given in Chinese, they are right.
        if has_han(pair.target[max(0, start - 1) : start] + pair.target[end : end + 1]):
            continue
        plain = unicodedata.normalize("NFKC", match.group()).translate({0x3002: ".", 0x3001: ","})
        yield Fault(f"Full-width {match.group()} in English.", match.span(), plain)


def _space_before(pair: Pair) -> Iterator[Fault]:
    for match in _SPACE_BEFORE.finditer(pair.target):
        yield Fault(f"A blank before {match.group().strip()}", match.span(), match.group().strip())


def _doubled_word(pair: Pair) -> Iterator[Fault]:
    for match in _DOUBLED_WORD.finditer(pair.target):
        if match[1].lower() not in _MAY_BE_DOUBLED and (
            match[1][0].islower() or match[1].lower() in ("the", "a", "an", "of", "in")
        ):
            yield Fault(f"{match[1]} stands twice.", match.span(), match[1])


RULES: Final = (
    Rule("empty", "error", "a segment without translation", _empty),
    Rule("no-source", "warning", "a translation without source", _no_source),
    Rule("untranslated", "error", "a translation that is the source, or in its language", _untranslated),
    Rule("left-over", "warning", "Chinese words left in English", _left_over, ("en",)),
    Rule("damage", "error", "broken characters and left-over markup", _damage),
    Rule("address", "warning", "a web or e-mail address of the source that is missing", _address),
    Rule("length", "warning", "a translation far too long or too short", _length),
    Rule("brackets", "warning", "a bracket or quotation mark without counterpart", _brackets),
    Rule("doubled-mark", "warning", "a punctuation mark written twice", _doubled_marks),
    Rule("double-space", "note", "more than one blank between words", _double_space),
    Rule("end-mark", "note", "a sentence that does not end as in the source", _end_mark),
    Rule("half-width", "warning", "half-width punctuation in Chinese", _half_width, ("zh",)),
    Rule("space-in-chinese", "note", "a blank between Chinese characters", _spaced_han, ("zh",)),
    Rule("full-width-digits", "note", "full-width digits and letters in Chinese", _wide_chars, ("zh",)),
    Rule("full-width", "warning", "full-width punctuation and characters in English", _full_width, ("en",)),
    Rule("space-before-mark", "note", "a blank before a punctuation mark", _space_before, ("en",)),
    Rule("doubled-word", "warning", "a word written twice", _doubled_word, ("en",)),
)
