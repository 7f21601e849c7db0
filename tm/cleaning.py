"""Suspicious units of a memory: what is likely to be no translation, or a damaged one.

Code, addresses and markup that both sides are expected to share are left aside before texts are compared.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from lang.script import has_han
from lang.tags import language
from tm.score import segment_key
from tm.unit import Unit

if TYPE_CHECKING:
    from lang.quantities import Quantity

Reason = Literal["empty", "same", "language", "length", "numbers", "damage"]
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

WHAT: Final[dict[Reason, str]] = {
    "empty": "a side says nothing",
    "same": "source and target are the same",
    "language": "a side is not in its language",
    "length": "one side is far longer than the other",
    "numbers": "the quantities differ",
    "damage": "broken characters or left-over markup",
}

# Usual policy English has 1.4 to 2.2 words, 3 to 6 letters, for a Chinese character; what is outside of this is rare.
_RATIO: Final = (0.9, 12.0)
_SHORT: Final = 12
# Literals and roles of reStructuredText and Markdown, addresses, e-mail, placeholders.
_CODE: Final = re.compile(
    r"``.+?``|:[a-z][\w:+-]*:`[^`]*`|`[^`]*<[^>]*>`_*|`[^`]+`|https?://[^\s<>\u3000-\u9fff]+|[\w.]+@[\w.]+|%\(\w+\)[sd]|\{\w*\}",
    re.DOTALL,
)
_TAG: Final = re.compile(r"</?(?:b|i|u|br|p|span|ph|bpt|ept|it)\b[^<>]*>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-fA-F]+);")
# Replacement characters; UTF-8 read as Latin-1 or Windows-1252, and as GBK; GBK read as Latin-1; control characters.
_BROKEN: Final = re.compile(
    "\ufffd|Ã[\u0080-\u00bf]|â€|[äåæçèéï][\u0080-\u009f\u00a1-\u00bf]|锟斤拷|烫烫|銆|锛|鈥|鐨勬|涓€|[À-ÿ]{5,}|[\u0000-\u0008\u000e-\u001f]"
)
_WORD: Final = re.compile(r"[a-z]{3}")
_SAID: Final = re.compile(r"[^\W_]")
_LATIN_WORD: Final = re.compile(r"[a-z0-9]+")
_ACRONYM: Final = re.compile(r"[^a-z]{1,12}")
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
# A figure whose value is written only partly in digits.
_SCALED_FIGURE: Final = re.compile(
    r"\d[\s+-]*(?:[十百千万萬亿億兆]|(?:hundred|thousand|[mbt]r?illion|mn|bn|[mbk])\b)", re.IGNORECASE
)
# Numbers up to here are too often words on the other side, or left out, to say anything when they stand on one side only.
_SMALL: Final = 12


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A unit and why it is suspicious."""

    unit: Unit
    reasons: tuple[Reason, ...]


def suspicions(units: Iterable[Unit], wanted: Iterable[Reason] = REASONS) -> Iterator[Suspicion]:
    """The units that at least one of the wanted checks finds fault with, one by one as they come."""
    checks = [(reason, _CHECKS[reason]) for reason in REASONS if reason in set(wanted)]
    for unit in units:
        pair = _Pair(unit)
        reasons = tuple(reason for reason, check in checks if check(pair))
        if reasons:
            yield Suspicion(unit, reasons)


class _Pair:
    """A unit by languages, and its sides without code."""

    def __init__(self, unit: Unit) -> None:
        self.texts = (unit.source, unit.target)
        self.unit = unit
        forwards = language(unit.source_lang) == "zh"
        chinese, english = self.texts if forwards else self.texts[::-1]
        self.whole_chinese, self.whole_english = chinese, english
        self.chinese, self.english = (_CODE.sub(" ", text) for text in (chinese, english))


def _empty(pair: _Pair) -> bool:
    said = [_SAID.search(text) is not None for text in pair.texts]
    return any(said) and not all(said)


def _same(pair: _Pair) -> bool:
    """Equal, and not merely figures, a formula or an acronym, which both languages write alike."""
    source, target = pair.texts
    if segment_key(source) != segment_key(target):
        return False
    return has_han(pair.chinese) or _WORD.search(pair.chinese) is not None


def _language(pair: _Pair) -> bool:
    """Chinese without a Chinese character though it has words, English without a Latin letter though it has Chinese."""
    if not has_han(pair.whole_chinese) and _WORD.search(pair.chinese):
        return True
    return has_han(pair.english) and not re.search("[A-Za-z]", pair.whole_english)


def _length(pair: _Pair) -> bool:
    english = pair.english.strip(" *#-")
    # Names and terms that the Chinese keeps beside their translation say nothing about its length.
    shared = set(_LATIN_WORD.findall(english.lower()))
    chinese = _LATIN_WORD.sub(lambda word: "" if word.group() in shared else word.group(), pair.chinese.lower()).strip()
    # Sides in the wrong language are another fault, and short ones vary freely.
    if _language(pair) or max(len(chinese) * 4, len(english)) <= _SHORT * 4 or _ACRONYM.fullmatch(english):
        return False
    # With the code as without it.
    return _out_of_proportion(chinese, english) and _out_of_proportion(pair.whole_chinese, pair.whole_english)


def _out_of_proportion(chinese: str, english: str) -> bool:
    low, high = _RATIO
    return not low <= len(english) / max(1, len(chinese)) <= high


def _numbers(pair: _Pair) -> bool:
    chinese, english = _figures(pair.chinese), _figures(pair.english)
    if not chinese and not english:
        # Numbers in words are written too freely to compare.
        return False
    if chinese == english and not any(_SCALED_FIGURE.search(text) for text in (pair.chinese, pair.english)):
        return False
    from lang.quantities import find_quantities, reconcile

    found = reconcile(find_quantities(pair.chinese, "zh"), find_quantities(pair.english, "en"))
    if any(_FIGURE.search(one.source.text + one.target.text) for one in found.scaled):
        return True
    # A figure may be part of what is code on the other side.
    missing = [quantity for quantity in found.missing if _unmatched(quantity, _figures(pair.whole_english))]
    extra = [quantity for quantity in found.extra if _unmatched(quantity, _figures(pair.whole_chinese))]
    if missing and extra:
        return True
    return any(quantity.kind not in ("year", "date", "time") and quantity.value > _SMALL for quantity in (*missing, *extra))


def _figures(text: str) -> Counter[str]:
    return Counter(figure.replace(",", "") for figure in _FIGURE.findall(segment_key(text)))


def _unmatched(quantity: "Quantity", others: Counter[str]) -> bool:
    """Whether a quantity written in digits has not all of them on the other side, whatever is read into them there."""
    ours = _figures(quantity.text)
    return bool(ours) and not all(figure in others for figure in ours)


def _damage(pair: _Pair) -> bool:
    if any(_BROKEN.search(text) or _ENTITY.search(text) for text in (pair.chinese, pair.english)):
        return True
    # Tags that both sides have are meant.
    first, second = (Counter(tag.lower() for tag in _TAG.findall(text)) for text in (pair.chinese, pair.english))
    return first != second


_CHECKS: Final[dict[Reason, Callable[[_Pair], bool]]] = {
    "empty": _empty,
    "same": _same,
    "language": _language,
    "length": _length,
    "numbers": _numbers,
    "damage": _damage,
}
