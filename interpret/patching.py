"""What can be put right in a translation without anybody looking: renderings swapped for the preferred one, one wrong number.

Safe is a change that leaves the sentence's grammar alone; anything else is left as it is and shown as missed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lang.conversion import convert
from lang.quantities import Quantity, Style, write_quantity
from lang.script import detect_script, has_han
from scoring.numbers import NumberVerdict
from scoring.terms import TermVerdict

_ARTICLE: Final = re.compile(r"(?<![A-Za-z])(an?)\s+$", re.IGNORECASE)
_THE: Final = re.compile(r"(?<![A-Za-z])the\s+$", re.IGNORECASE)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?][\"”’)]?\s+)[\"“‘(]?$")
_UNTOLD: Final = re.compile(r"[HhUu]|[Ee]u|[Oo]ne|[A-Z]{2}|[^A-Za-z]")
_NUMBER_KINDS: Final = frozenset({"number", "money", "percent", "points", "measure", "duration", "year", "date"})
"""Quantities that are written alike wherever they stand; times, folds and fractions take their verb with them."""


def patched_terms(text: str, verdicts: Sequence[TermVerdict]) -> str:
    """The text with the preferred rendering in place of deprecated ones, and of admitted ones that are names of several words.

    Only where it is spelt as the term base has it, is in the same number, and takes the same article. A single admitted
    word (growth for 發展) and an acronym were chosen for the place they stand in, and stay.
    """
    for verdict in sorted(verdicts, key=lambda verdict: verdict.target_start or 0, reverse=True):
        if verdict.target_start is None or verdict.target_end is None or not verdict.renderings:
            continue
        preferred = verdict.renderings[0]
        if verdict.outcome == "deprecated" or (verdict.outcome == "admitted" and _is_name(verdict.target_text, preferred)):
            text = _swapped(text, verdict.target_start, verdict.target_end, preferred)
    return text


def _is_name(found: str, preferred: str) -> bool:
    return len(found.split()) > 1 and len(preferred.split()) > 1


def _swapped(text: str, start: int, end: int, preferred: str) -> str:
    """text[start:end] replaced, or the text as it is where that would break the sentence."""
    found, before = text[start:end], text[:start]
    if has_han(preferred):
        return before + (convert(preferred, "zh-Hans") if detect_script(text) == "Hans" else preferred) + text[end:]
    if _is_plural(found) != _is_plural(preferred):
        return text
    article = _ARTICLE.search(before)
    if article and article[1].lower() != _article_of(preferred):
        return text
    the = preferred.lower().startswith("the ")
    if the and article:
        return text
    if the and _THE.search(before):
        preferred = preferred[4:]
    if _SENTENCE_START.search(before) or (_is_title(found) and not _is_title(preferred)):
        preferred = preferred[0].upper() + preferred[1:]
    return before + preferred + text[end:]


def _is_plural(name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1].lower()
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "ics"))


def _article_of(name: str) -> str:
    """The indefinite article a name takes by its first letter; none where letters do not tell (hour, unit, one, MPF)."""
    if _UNTOLD.match(name):
        return ""
    return "an" if name[0].lower() in "aeiou" else "a"


def _is_title(name: str) -> bool:
    return name[0].isupper()


def patched_number(text: str, wrong: Sequence[NumberVerdict], invented: Sequence[NumberVerdict]) -> str:
    """The text with its one wrong number put right; as it is where several differ, or where the place is not certain."""
    if len(wrong) != 1 or invented:
        return text
    source, target = wrong[0].source, wrong[0].target
    if source is None or target is None or source.kind not in _NUMBER_KINDS or source.kind != target.kind:
        return text
    if text.count(target.text) != 1 or text[target.start : target.end] != target.text:
        return text
    return text[: target.start] + _written(source, target, wrong[0].target_language) + text[target.end :]


def _written(source: Quantity, target: Quantity, language: str) -> str:
    """The source's quantity as the translation writes its own: with its sign for percent, yuan as a word where it has that."""
    style: Style = "hong kong" if target.text.endswith("per cent") else "yuan" if target.text.endswith("yuan") else "policy"
    written = write_quantity(replace(source, qualifier=""), language, style)
    if target.text.endswith("%") and written.endswith(" percent"):
        return written.removesuffix(" percent") + "%"
    return written
