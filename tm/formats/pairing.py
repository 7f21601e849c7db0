"""From the texts of an entry in several languages to units: one for each pair of a Chinese and an English text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypedDict

from lang.script import is_chinese
from lang.tags import CHINESE, language, normalise_tag, tag_of_text
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.fields import iso_time, state_of
from tm.unit import Unit, UnitState

# Four Chinese varieties times four English ones is much in practice; without a bound one entry could make millions.
_MOST_PAIRS: Final = 64
# Halves of surrogate pairs and NUL cannot be stored as text.
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")


class UnitFields(TypedDict, total=False):
    """Fields of a unit other than its texts and languages."""

    origin: str
    domain: str
    author: str
    created: str
    changed: str
    state: UnitState
    before: str
    after: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One text of an entry, its tag, and the code it was written with."""

    tag: str | None
    text: str
    written: str = ""


class Tags:
    """The language codes of one file, each looked up and noted for the report once."""

    def __init__(self, options: ReadOptions) -> None:
        self._known: dict[str, str | None] = {}
        self._options = options

    def of(self, written: str) -> str | None:
        """The tag a code is taken for, None where it is neither Chinese nor English."""
        if written in self._known:
            return self._known[written]
        tag = self._known[written] = normalise_tag(written)
        if written:
            self._options.tags[written] = tag
        return tag


def paired(sides: Sequence[Side], *, english_first: bool, line: int, fields: UnitFields) -> Iterator[Entry]:
    """A unit for each Chinese text with each English one; a Reject where there is no such pair, or it cannot be stored.

    The Chinese text is the source unless `english_first`.
    """
    chinese = [side for side in sides if side.tag and language(side.tag) == "zh"]
    english = [side for side in sides if side.tag and language(side.tag) == "en"]
    reason = reason_against(sides, chinese, english)
    if reason:
        yield Reject(line, reason)
        return
    for zh in chinese:
        for en in english:
            if zh.text and en.text:
                zh_tag = tag_of_text(zh.tag or CHINESE, zh.text)
                en_tag = en.tag or ""
                if english_first:
                    yield Unit(en.text, zh.text, en_tag, zh_tag, **fields)
                else:
                    yield Unit(zh.text, en.text, zh_tag, en_tag, **fields)


def reason_against(sides: Sequence[Side], chinese: Sequence[Side], english: Sequence[Side]) -> str:
    """Why an entry with these texts gives no unit; empty where it gives one."""
    if not chinese or not english:
        return _no_pair(sides)
    for name, texts in (("Chinese", chinese), ("English", english)):
        if not any(side.text for side in texts):
            return f"the {name} side is empty"
    if len(chinese) * len(english) > _MOST_PAIRS:
        return f"{len(chinese)} Chinese and {len(english)} English texts in one entry, more than can be told apart"
    for side in (*chinese, *english):
        reason = defect(side.text)
        if reason:
            return reason
    return ""


def defect(text: str) -> str:
    """What keeps a text from being stored, empty for a sound one."""
    return "holds NUL or half a surrogate pair, which is no text" if _UNSTORABLE.search(text) else ""


def _no_pair(sides: Sequence[Side]) -> str:
    unknown = sorted({side.written[:40] or "none" for side in sides if side.tag is None})
    named = sorted({side.tag for side in sides if side.tag})
    if not sides:
        return "holds no text"
    if unknown:
        also = f" beside {', '.join(named)}" if named else ""
        return f"no Chinese and English pair: neither is {', '.join(map(repr, unknown))}{also}"
    return f"no Chinese and English pair, only {', '.join(named)}"


def guessed_tag(text: str) -> str:
    """The tag of a text whose language nothing names."""
    return tag_of_text(CHINESE, text) if is_chinese(text) else "en"


def fields_of(values: Mapping[str, str], properties: Iterable[tuple[str, str]], options: ReadOptions) -> UnitFields:
    """The fields of a unit from what columns or keys hold (names as in `fields.field_named`).

    What does not fit its field, a date that is none or an unknown state, is kept as a property.
    """
    kept = list(properties)
    made: UnitFields = {
        "origin": values.get("origin") or options.origin,
        "domain": values.get("domain") or options.domain,
        "author": values.get("author", ""),
        "before": values.get("before", ""),
        "after": values.get("after", ""),
    }
    for name in ("created", "changed"):
        written = values.get(name, "")
        time = iso_time(written) if written else None
        if time and name == "created":
            made["created"] = time
        elif time:
            made["changed"] = time
        elif written:
            kept.append((name, written))
    if values.get("state"):
        state = state_of(values["state"])
        if state:
            made["state"] = state
        else:
            kept.append(("state", values["state"]))
    if values.get("note"):
        kept.append(("note", values["note"]))
    made["properties"] = tuple(kept)
    return made


@dataclass(slots=True)
class Neighbours:
    """Fills `before` and `after` of units that come in the order of their document."""

    enabled: bool = True
    _before: str = ""
    _last: str = ""
    _held: list[Entry] = field(default_factory=list)

    def next(self, source: str, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Take the next segment, translated or not; give the units of the one before, whose neighbours are known now."""
        if not self.enabled:
            yield from entries
            return
        yield from self._placed(after=source)
        self._before, self._last = self._last, source
        self._held = list(entries)

    def end(self) -> Iterator[Entry]:
        """The units of the last segment of a document; the next segment begins another one."""
        yield from self._placed(after="")
        self._before, self._last, self._held = "", "", []

    def _placed(self, after: str) -> Iterator[Entry]:
        for entry in self._held:
            if isinstance(entry, Unit):
                yield replace(entry, before=self._before, after=after)
            else:
                yield entry
        self._held = []
