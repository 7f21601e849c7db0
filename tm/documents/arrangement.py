"""Where a translation goes among the slots of its block, and which inline markup can stay around which words of it.

The rule: words under markup of their own (a link, bold, code) that stand in the translation just as they do in the
segment, each once and in the same order (names, figures, code), keep their markup. Where that fails for one of them the
whole translation takes the formatting of the segment's plain text, or of its beginning where no text is plain, and the
markup inside the segment goes.
"""

import re
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from tm.documents.blocks import AnySlot, Block, Cut, Span, sentence_joint

_LINE_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What XML cannot hold, and no text file should.
_FORBIDDEN: Final = re.compile("[^\t\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Replacement:
    """A piece of a block's text and what takes its place."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Arrangement:
    """All that changes in a block. `covered` are the segments replaced, as spans; `simplified` those that lost markup."""

    replacements: list[Replacement] = field(default_factory=list)
    covered: list[Span] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    simplified: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SlotEdit:
    """A piece of a slot's text and what takes its place."""

    slot: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring text of one style."""

    start: int
    end: int
    style: tuple[Hashable, ...]


def cleaned(translation: str) -> str:
    """A translation without blanks around it and characters that no file should hold; its line breaks are line feeds."""
    return _FORBIDDEN.sub("", _LINE_BREAK.sub("\n", translation)).strip()


def arrange(block: Block[AnySlot], cuts: Sequence[Cut], translations: Mapping[int, str]) -> Arrangement:
    """What changes in a block when these segments (by index) are replaced."""
    result = Arrangement()
    new: dict[int, str] = {}
    for cut in cuts:
        translation, original = translations.get(cut.index, ""), block.said(cut.start, cut.end)
        text = cleaned(translation)
        if text and original not in {text, translation}:
            new[cut.index] = text
    for position, cut in enumerate(cuts):
        if position and (cut.index in new or cuts[position - 1].index in new):
            _join(block, cuts[position - 1], cut, new, result)
        if cut.index in new:
            pieces, whole = _placed(block, cut, new[cut.index])
            result.replacements.extend(pieces)
            result.covered.append((cut.start, cut.end))
            result.replaced.append(cut.index)
            if not whole:
                result.simplified.append(cut.index)
    return result


def _join(block: Block[AnySlot], left: Cut, right: Cut, new: Mapping[int, str], result: Arrangement) -> None:
    """Put the blank between two sentences that the language they are now in has. Line breaks and tabs stay."""
    between = block.text[left.end : right.start]
    if between.strip() or "\n" in between or "\t" in between:
        return
    before = new.get(left.index) or block.text[left.start : left.end]
    after = new.get(right.index) or block.text[right.start : right.end]
    joint = sentence_joint(before, after)
    if bool(joint) == bool(between) or (joint and _line_breaks_at(block, left.end)):
        return
    last = result.replacements[-1] if result.replacements else None
    if last and not between and last.end == left.end and not last.text:
        # The end of the sentence is empty, its words stand before: the blank goes with them, or behind what is no text.
        at = max(at for at, change in enumerate(result.replacements) if change.text)
        words = result.replacements[at]
        if any(words.end <= offset <= last.start for offset in block.fixtures) and _alike(block, words, last):
            result.replacements[-1] = Replacement(last.start, last.end, joint)
        else:
            result.replacements[at] = Replacement(words.start, words.end, words.text + joint)
    else:
        result.replacements.append(Replacement(left.end, right.start, joint))


def _alike(block: Block[AnySlot], one: Replacement, other: Replacement) -> bool:
    """Whether two pieces begin under the same markup."""
    return block.slots[block.slot_at(one.start)].style == block.slots[block.slot_at(other.start)].style


def _line_breaks_at(block: Block[AnySlot], offset: int) -> bool:
    """Whether the lines of the file break here, which is as good as a blank."""
    at = bisect_left(block.offsets, offset)
    return at < len(block.slots) and block.offsets[at] == offset and not block.slots[at].text


def _placed(block: Block[AnySlot], cut: Cut, text: str) -> tuple[list[Replacement], bool]:
    """The pieces of a segment replaced, and whether all its markup stayed where it belongs."""
    groups = _groups(block, cut)
    moved = any(cut.start < offset < cut.end for offset in block.fixtures)
    plain = _plain_style(groups)
    texts = _distributed(block, groups, plain, text)
    flat = texts is None
    if texts is None:
        home = next(at for at, group in enumerate(groups) if group.style == plain)
        texts = [text if at == home else "" for at in range(len(groups))]
    pieces = [Replacement(group.start, group.end, piece) for group, piece in zip(groups, texts, strict=True)]
    return pieces, not (flat or moved)


def _groups(block: Block[AnySlot], cut: Cut) -> list[_Group]:
    groups: list[_Group] = []
    for index, start, end in block.overlapping(cut.start, cut.end):
        first, style = block.offsets[index], block.slots[index].style
        if groups and groups[-1].style == style:
            groups[-1] = _Group(groups[-1].start, first + end, style)
        else:
            groups.append(_Group(first + start, first + end, style))
    return groups


def _plain_style(groups: Sequence[_Group]) -> tuple[Hashable, ...]:
    """The style of a segment's plain text: what all of it shares, else the first of those with least markup."""
    styles = [group.style for group in groups]
    shared = tuple(marks[0] for marks in takewhile(lambda marks: len(set(marks)) == 1, zip(*styles, strict=False)))
    return shared if shared in styles else min(styles, key=len)


def _distributed(block: Block[AnySlot], groups: Sequence[_Group], plain: tuple[Hashable, ...], text: str) -> list[str] | None:
    """The translation's share of each group; None when the words under markup are not those of the translation."""
    marked = [at for at, group in enumerate(groups) if group.style != plain and block.text[group.start : group.end].strip()]
    places = _places([block.text[groups[at].start : groups[at].end].strip() for at in marked], text)
    if places is None:
        return None
    bounds = [0, *(bound for place in places for bound in place), len(text)]
    between = [text[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    texts = [""] * len(groups)
    waiting = 0
    filled = False
    for at, group in enumerate(groups):
        if waiting < len(marked) and at == marked[waiting]:
            if between[waiting] and not filled:
                return None
            start, end = places[waiting]
            texts[at] = text[start:end]
            waiting, filled = waiting + 1, False
        elif group.style == plain and not filled:
            texts[at], filled = between[waiting], True
    return texts if filled or not between[waiting] else None


def _places(phrases: Sequence[str], text: str) -> list[Span] | None:
    """Where the phrases stand in the text, each once, one behind the other; None when they do not."""
    places: list[Span] = []
    for phrase in phrases:
        # As words and figures of their own: not AI in SAID, not 4 in 4.6.
        before = r"(?<![0-9A-Za-z])(?<![0-9][.,])" if phrase[0].isascii() and phrase[0].isalnum() else ""
        after = r"(?![0-9A-Za-z])(?![.,][0-9])" if phrase[-1].isascii() and phrase[-1].isalnum() else ""
        found = [match.span() for match in re.finditer(before + re.escape(phrase) + after, text)]
        if len(found) != 1 or (places and found[0][0] < places[-1][1]):
            return None
        places.append(found[0])
    return places


def slot_edits(block: Block[AnySlot], arrangement: Arrangement) -> list[SlotEdit]:
    """The same changes, slot by slot, in the order of the text."""
    edits: list[SlotEdit] = []
    for change in arrangement.replacements:
        if change.start == change.end:
            edits.append(_insertion(block, change))
            continue
        text = change.text
        for index, start, end in block.overlapping(change.start, change.end):
            edits.append(SlotEdit(index, start, end, text))
            text = ""
    edits.extend(_closed_gaps(block, arrangement.covered))
    return sorted(edits, key=lambda edit: (edit.slot, edit.start, edit.end))


def _insertion(block: Block[AnySlot], change: Replacement) -> SlotEdit:
    """A blank put between two slots goes where there is less markup around it."""
    left, right = block.slot_at(change.start - 1), block.slot_at(change.start)
    if len(block.slots[left].style) <= len(block.slots[right].style):
        at = change.start - block.offsets[left]
        return SlotEdit(left, at, at, change.text)
    return SlotEdit(right, 0, 0, change.text)


def _closed_gaps(block: Block[AnySlot], covered: Sequence[Span]) -> list[SlotEdit]:
    """Line breaks that stand for nothing go when the segment around them is replaced."""
    edits = []
    for start, end in covered:
        for index in range(block.slot_at(start) + 1, len(block.slots)):
            if block.offsets[index] >= end:
                break
            if not block.slots[index].text:
                edits.append(SlotEdit(index, 0, 0, ""))
    return edits
