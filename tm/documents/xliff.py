"""XLIFF 1.2 and 2.x: the units of a translation project, their targets filled.

A segment is what the file says it is, never cut further; units and groups with translate="no" are no segments. A filled
target takes over the inline codes of the source: codes around words that the translation has too stay there, all others
stand where their text was taken away, so none is lost. Marked terms that have lost their words go.

States: 1.2 `translated`, or `needs-review-translation` when a person must look at it (asked for, or codes moved);
2.x `translated`, or `initial` with the subState `yuqiao:needs-review`. What Trados, memoQ and Phrase say in their own
attributes is read and kept true; segments they have locked are no segments.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from lang.errors import UnsupportedError
from lang.script import is_chinese
from tm.documents.arrangement import Arrangement, arrange, slot_edits
from tm.documents.blocks import Block, Cut, segment
from tm.documents.document import By, Segment, WriteReport
from tm.documents.saving import read_bytes, write_bytes
from tm.documents.xliff_dialects import PHRASE, PHRASE_CODE, is_locked, own_state, set_own_state
from tm.documents.xml_parts import ElementSlot, apply_edits, local_name, parse, serialised, walk

_CODES: Final = frozenset("x bx ex bpt ept ph it sc ec cp".split())
_SILENT: Final = frozenset("sm em".split())
_CLOSED: Final = _CODES | _SILENT
_PAIRED: Final = frozenset("g pc mrk".split())
# Codes that stand alone and yet come in pairs: whether they open, of which kind, and the attributes that tell the pair.
_PAIR_NAMES: Final[dict[str, tuple[bool, str, tuple[str, ...]]]] = {
    "bpt": (True, "pt", ("rid", "id")),
    "ept": (False, "pt", ("rid", "id")),
    "bx": (True, "x", ("rid", "id")),
    "ex": (False, "x", ("rid", "id")),
    "sc": (True, "c", ("id",)),
    "ec": (False, "c", ("startRef",)),
}
_REVIEW_SUBSTATE: Final = "yuqiao:needs-review"


@dataclass(slots=True)
class _Unit:
    """A segment of the file: what holds its source, the element its target is in or is to be put into, and its names."""

    source: etree._Element
    holder: etree._Element
    number: int
    place: str
    mid: str | None = None


def _find(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _marks(element: etree._Element) -> list[etree._Element]:
    """The segment marks of a unit that was cut into segments."""
    return [child for child in element.iter("{*}mrk") if child.get("mtype") == "seg"]


def _units(root: etree._Element, *, old: bool) -> Iterator[_Unit]:
    number = 0
    for unit in root.iter("{*}trans-unit" if old else "{*}unit"):
        if any(element.get("translate") == "no" for element in (unit, *unit.iterancestors())):
            continue
        number += 1
        yield from _old_unit(unit, number) if old else _new_unit(unit, number)


def _old_unit(unit: etree._Element, number: int) -> Iterator[_Unit]:
    return (found for found in _old_segments(unit, number) if not is_locked(unit, found.mid))


def _old_segments(unit: etree._Element, number: int) -> Iterator[_Unit]:
    source, cut, target = _find(unit, "source"), _find(unit, "seg-source"), _find(unit, "target")
    place = str(unit.get("id", ""))
    whole_target = target is not None and not _marks(target) and bool("".join(map(str, target.itertext())).strip())
    marks = _marks(cut) if cut is not None and not whole_target else []
    for mark in marks:
        yield _Unit(mark, unit, number, f"{place}/{mark.get('mid', '')}", str(mark.get("mid", "")))
    if not marks and source is not None:
        yield _Unit(source, unit, number, place)


def _new_unit(unit: etree._Element, number: int) -> Iterator[_Unit]:
    for part in unit:
        source = _find(part, "source") if local_name(part) == "segment" else None
        if source is not None:
            place = "/".join(filter(None, (str(unit.get("id", "")), str(part.get("id", "")))))
            yield _Unit(source, part, number, place)


@dataclass(slots=True)
class _BlockReader:
    """The text of a source or target; codes in it are fixtures or, where they enclose text, its style."""

    holder: etree._Element
    slots: list[ElementSlot] = field(default_factory=list)
    fixtures: list[int] = field(default_factory=list)
    _around: list[Hashable] = field(default_factory=list)
    _length: int = 0

    def read(self) -> Block[ElementSlot]:
        """The block."""
        pairs = _code_pairs(self.holder)
        add = self._add_coded if PHRASE in self.holder.nsmap.values() else self._add
        add(self.holder, self.holder.text, "text")
        for event, element in walk(self.holder, _CLOSED):
            name = local_name(element)
            if event == "start" and name in _PAIRED:
                self._around.append(element)
                add(element, element.text, "text")
            elif event == "start" and element in pairs:
                self._turn(pairs[element])
            elif event == "start" and name in _CODES:
                self.fixtures.append(self._length)
            elif event == "end":
                if name in _PAIRED:
                    self._around.remove(element)
                add(element, element.tail, "tail")
        return Block(self.slots, "unit", fixtures=self.fixtures)

    def _turn(self, pair: Hashable) -> None:
        """Enter a pair of codes, or leave it."""
        if pair in self._around:
            self._around.remove(pair)
        else:
            self._around.append(pair)

    def _add(self, element: etree._Element, text: str | None, part: Literal["text", "tail"], at: int = 0) -> None:
        if text:
            self.slots.append(ElementSlot(text, tuple(self._around), element, part, at))
            self._length += len(text)

    def _add_coded(self, element: etree._Element, text: str | None, part: Literal["text", "tail"]) -> None:
        """Add text whose codes are written as text."""
        at = 0
        for code in PHRASE_CODE.finditer(text or ""):
            self._add(element, code.string[at : code.start()], part, at)
            at = code.end()
            if code["alone"]:
                self.fixtures.append(self._length)
            else:
                self._turn(("coded", code["open"] or code["close"]))
        self._add(element, (text or "")[at:], part, at)


def _block(holder: etree._Element) -> Block[ElementSlot]:
    return _BlockReader(holder).read()


def _code_pairs(holder: etree._Element) -> dict[etree._Element, Hashable]:
    """The codes that begin or end what other tools call a pair, both in this segment and in this order."""
    waiting: dict[Hashable, etree._Element] = {}
    pairs: dict[etree._Element, Hashable] = {}
    for event, element in walk(holder, _CLOSED):
        names = _PAIR_NAMES.get(local_name(element))
        if event == "end" or names is None:
            continue
        opens, kind, keys = names
        key = (kind, next((str(element.get(name)) for name in keys if element.get(name)), ""))
        if opens:
            waiting[key] = element
        elif key in waiting:
            pairs[waiting.pop(key)] = pairs[element] = key
    return pairs


def _plain(holder: etree._Element | None) -> str:
    return "" if holder is None else _block(holder).text.strip()


def _targets_of(units: Sequence[_Unit]) -> Iterator[etree._Element | None]:
    """The target of each segment, or its mark in the target that it shares with others."""
    holder: etree._Element | None = None
    target: etree._Element | None = None
    marks: dict[str, etree._Element] = {}
    for unit in units:
        if unit.holder is not holder:
            holder = unit.holder
            target = _find(holder, "target")
            marks = {} if target is None or unit.mid is None else {str(mark.get("mid")): mark for mark in _marks(target)}
        yield target if unit.mid is None else marks.get(unit.mid)


def _state(unit: _Unit, *, old: bool) -> str:
    own = own_state(unit.holder, unit.mid) if old else ""
    target = _find(unit.holder, "target") if old else unit.holder
    return own or ("" if target is None else str(target.get("state", "")))


class Xliff:
    """An XLIFF file."""

    format = "xliff"

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._data = data
        root = parse(data, str(path)).getroot()
        self._old = _is_old(root, path)
        units = list(_units(root, old=self._old))
        found = segment((_block(unit.source) for unit in units), "paragraph")
        self._cuts = found.cuts
        self._found = found
        self._segments: list[Segment] = []
        for unit, held, cuts in zip(units, _targets_of(units), found.cuts, strict=True):
            target, state = _plain(held), _state(unit, old=self._old)
            for cut in cuts:
                known = replace(found.segments[cut.index], paragraph=unit.number, place=unit.place)
                self._segments.append(replace(known, target=target, state=state if target else ""))

    def segments(self) -> list[Segment]:
        """Its segments in the file's order, with the targets they have."""
        return list(self._segments)

    def write(
        self, path: Path | str, translations: Mapping[int, str], *, review: Collection[int] = (), target_lang: str = ""
    ) -> WriteReport:
        """Write it with the targets of these segments filled, and their states set.

        `target_lang` names the language in files that do not say; without it zh or en is put, by the first translation.
        """
        self._found.check([*translations, *review])
        tree = parse(self._data, str(self.path))
        report = _Writing(translations, frozenset(review), old=self._old)
        units = list(_units(tree.getroot(), old=self._old))
        for group in _by_holder(list(zip(units, self._cuts, strict=True))):
            report.fill(group)
        if report.replaced:
            _name_language(tree.getroot(), report.replaced, target_lang, old=self._old)
        write_bytes(Path(path), serialised(tree, self._data) if report.replaced else self._data)
        return WriteReport(len(report.replaced), tuple(report.simplified))


def _by_holder(units: Sequence[tuple[_Unit, list[Cut]]]) -> Iterator[list[tuple[_Unit, list[Cut]]]]:
    """The segments that share a target, together."""
    group: list[tuple[_Unit, list[Cut]]] = []
    for pair in units:
        if group and pair[0].holder is not group[-1][0].holder:
            yield group
            group = []
        group.append(pair)
    if group:
        yield group


class _Writing:
    """The filling of targets. `replaced` are those filled, with the holder of each; `simplified` those with codes moved."""

    def __init__(self, translations: Mapping[int, str], review: frozenset[int], *, old: bool) -> None:
        self._translations = translations
        self._review = review
        self._old = old
        self.replaced: list[tuple[etree._Element, str]] = []
        self.simplified: list[int] = []

    def fill(self, group: Sequence[tuple[_Unit, list[Cut]]]) -> None:
        """Fill the target that these segments share."""
        wanted = [(unit, cuts) for unit, cuts in group if any(self._translations.get(cut.index, "").strip() for cut in cuts)]
        if not wanted:
            return
        holder = wanted[0][0].holder
        target = _find(holder, "target")
        if target is None:
            target = _new_target(holder)
        if wanted[0][0].mid is None:
            _take_content(target, wanted[0][0].source)
            unsure = self._put(target, wanted[0][1])
            set_own_state(holder, None, unsure=unsure)
        else:
            unsure = self._fill_marks(target, wanted)
        _set_state(holder, target, unsure=unsure, old=self._old)

    def _fill_marks(self, target: etree._Element, wanted: Sequence[tuple[_Unit, list[Cut]]]) -> bool:
        """Fill the marks of a target cut into segments; those that have no translation yet are left empty."""
        cut = _find(wanted[0][0].holder, "seg-source")
        assert cut is not None
        known = {mark.get("mid"): deepcopy(mark) for mark in _marks(target)}
        _take_content(target, cut)
        chosen = {unit.mid: cuts for unit, cuts in wanted}
        unsure = False
        for mark in _marks(target):
            mid = str(mark.get("mid", ""))
            if mid in chosen:
                this_unsure = self._put(mark, chosen[mid])
                set_own_state(wanted[0][0].holder, mid, unsure=this_unsure)
                unsure = this_unsure or unsure
            elif mid in known:
                _take_content(mark, known[mid])
            else:
                unsure = True
                mark.text = None
                del mark[:]
        return unsure

    def _put(self, holder: etree._Element, cuts: Sequence[Cut]) -> bool:
        """Put a translation in place of the source's text, which the holder has; whether a person must look at it."""
        block = _block(holder)
        arrangement: Arrangement = arrange(block, cuts, self._translations)
        changed = apply_edits(block, slot_edits(block, arrangement))
        for slot in changed:
            _drop_empty_mark(slot.element, holder)
        indices = [cut.index for cut in cuts]
        self.replaced.extend((holder, self._translations[index]) for index in indices)
        self.simplified.extend(arrangement.simplified)
        return bool(arrangement.simplified) or any(index in self._review for index in indices)


def _drop_empty_mark(element: etree._Element | None, holder: etree._Element) -> None:
    if element is None or element is holder or local_name(element) != "mrk" or element.text or len(element):
        return
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    element.tail = None
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


def _take_content(target: etree._Element, source: etree._Element) -> None:
    """Give an element the content of another, in place of its own."""
    copied = deepcopy(source)
    target.text = copied.text
    target[:] = list(copied)


def _new_target(holder: etree._Element) -> etree._Element:
    """An empty target where it belongs: behind the source, in 1.2 behind the cut one if there is one."""
    last = _find(holder, "seg-source")
    if last is None:
        last = _find(holder, "source")
    assert last is not None
    target = etree.Element(str(last.tag).replace("seg-source", "target").replace("source", "target"))
    # Laid out as the source is.
    target.tail = last.tail
    before = last.getprevious()
    last.tail = before.tail if before is not None else holder.text
    last.addnext(target)
    return target


def _set_state(holder: etree._Element, target: etree._Element, *, unsure: bool, old: bool) -> None:
    if old:
        target.set("state", "needs-review-translation" if unsure else "translated")
        target.attrib.pop("state-qualifier", "")
        if holder.get("approved") == "yes":
            holder.set("approved", "no")
        return
    holder.set("state", "initial" if unsure else "translated")
    holder.attrib.pop("subState", "")
    if unsure:
        holder.set("subState", _REVIEW_SUBSTATE)


def _name_language(root: etree._Element, replaced: Sequence[tuple[etree._Element, str]], target_lang: str, *, old: bool) -> None:
    """Say what language the targets are in, where the file does not: 2.x requires it."""
    holders = {ancestor for holder, _ in replaced for ancestor in holder.iterancestors("{*}file")} if old else {root}
    attribute = "target-language" if old else "trgLang"
    for holder in holders:
        if not holder.get(attribute):
            holder.set(attribute, target_lang or ("zh" if is_chinese(replaced[0][1]) else "en"))


def _is_old(root: etree._Element, path: Path) -> bool:
    version = str(root.get("version", ""))
    if local_name(root) != "xliff" or version[:2] not in {"1.", "2."}:
        named = f"XLIFF {version}" if local_name(root) == "xliff" else f"XML with the root {local_name(root)!r}"
        raise UnsupportedError(f"{path}: {named} is not read.", "XLIFF 1.2 and 2.x are.")
    return version.startswith("1.")


def open_xliff(path: Path, by: By, encoding: str | None) -> Xliff:  # noqa: ARG001
    """An XLIFF file."""
    return Xliff(path, read_bytes(path))
