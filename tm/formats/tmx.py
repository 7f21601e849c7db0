"""TMX, the exchange format of translation memories: 1.1 and 1.4b are read, 1.4b is written.

https://www.gala-global.org/tmx-14b. Context is read as memoQ, OmegaT, Trados, Phrase and XTM write it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from lang.script import has_han
from lang.tags import language, normalise_tag, tag_of_text, written_tag
from lang.xml_stream import elements, line_of, local_name, root_name
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.fields import state_of, tmx_time
from tm.formats.inline import UnreadableTextError, attributes_of, segment_text
from tm.formats.pairing import Side, Tags, UnitFields, fields_of, reason_against
from tm.unit import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Attributes of tu and tuv worth keeping; the others describe the file, not the unit.
_ATTRIBUTES: Final = {"creationid": "author", "creationdate": "created", "changedate": "changed"}
_KEPT_ATTRIBUTES: Final = ("tuid", "changeid", "usagecount", "lastusagedate")
# Types of prop, in lower case without `x-` before and `:SingleString` and the like behind.
_PROPS: Final = {
    **dict.fromkeys(("context-pre", "contextpre", "context_prev", "prev", "previous-source-text"), "before"),
    **dict.fromkeys(("context-post", "contextpost", "context_next", "next", "next-source-text"), "after"),
    **dict.fromkeys(("domain", "subject", "topic"), "domain"),
    **dict.fromkeys(("confirmationlevel", "state", "status", "matecat-status"), "state"),
    "yuqiao-origin": "origin",
}
_MARKUP: Final = re.compile(r"<(bpt|ept|ph|it|ut)\b[^>]*(?<!/)>.*?</\1>|<[^>]*>", re.DOTALL)
_LETTER: Final = re.compile(r"[^\W\d_]")


class Tmx:
    """Translation memory exchange."""

    name = "tmx"
    suffixes = (".tmx",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its root element or its name; a file that is another XML by its root is left to others."""
        root = root_name(head)
        return root == "tmx" or (not root and path.suffix.lower() in self.suffixes)

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A unit for each pair of a Chinese and an English tuv of a tu; a Reject for a tu without such a pair."""
        reader = _Reader(options)
        for element in elements(path, "tmx", ("header", "tu"), options.encoding):
            if local_name(element.tag) == "tu":
                yield from reader.entries(element)
            else:
                reader.read_header(element)

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:
        """TMX 1.4b in UTF-8, streaming. Characters that XML forbids become U+FFFD."""
        remaining = iter(units)
        first = next(remaining, None)
        source = written_tag(first.source_lang) if first else "*all*"
        file.write(_header(source).encode())
        count = 0
        for unit in chain([first] if first else [], remaining):
            file.write(_tu(unit, source).encode())
            count += 1
        file.write(b"</body>\n</tmx>\n")
        return count


@dataclass(slots=True)
class _Variant:
    """One tuv: its text and what it says of itself, as attributes and as (type, text) of its props and notes."""

    tag: str | None
    written: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)
    props: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    """The state of one file: its source language, its language codes, and how Trados wrote contexts."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._keep = options.inline == "keep"
        self._tags = Tags(options)
        self._source_lang = ""
        self._follows = False
        self._bare: UnitFields = {"origin": options.origin, "domain": options.domain}
        self._names: dict[object, str] = {}

    def read_header(self, header: "_Element") -> None:
        """Learn the source language, and whether Trados' contexts are of the following segment too."""
        self._source_lang = str(header.get("srclang", ""))
        kinds = {str(prop.get("type")): prop.text for prop in header.iterchildren("{*}prop")}
        self._follows = "PrecedingAndFollowing" in (kinds.get("x-TextContextMatchType") or "")

    def entries(self, tu: "_Element") -> Iterator[Entry]:
        """The units of a tu, or a Reject."""
        variants: list[_Variant] = []
        props: list[tuple[str, str]] = []
        try:
            attributes = attributes_of(tu) if len(tu.attrib) else {}
            for child in tu:
                if self._name(child) == "tuv":
                    variants.append(self._variant(child))
                else:
                    self._add_prop(child, props)
        except UnreadableTextError as error:
            yield Reject(line_of(tu), str(error))
            return
        chinese = [variant for variant in variants if variant.tag and variant.tag[0] == "z"]
        english = [variant for variant in variants if variant.tag and variant.tag[0] == "e"]
        sides = chinese[0].text and english[0].text if len(chinese) == len(english) == 1 else ""
        if not sides:
            reason = reason_against(*([Side(v.tag, v.text, v.written) for v in each] for each in (variants, chinese, english)))
            if reason:
                yield Reject(line_of(tu), reason)
                return
        english_first = self._english_first(attributes.get("srclang") or self._source_lang)
        for zh in chinese:
            for en in english:
                if zh.text and en.text:
                    source, target = (en, zh) if english_first else (zh, en)
                    yield self._unit(source, target, attributes, props)

    def _english_first(self, written: str) -> bool:
        tag = normalise_tag(written)
        return tag is not None and language(tag) == "en"

    def _name(self, element: "_Element") -> str:
        tag = element.tag
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local_name(tag) if isinstance(tag, str) else ""
        return name

    def _variant(self, tuv: "_Element") -> _Variant:
        written = tuv.get(_LANG) or tuv.get("lang") or ""
        text = ""
        props: list[tuple[str, str]] = []
        for child in tuv:
            if self._name(child) == "seg":
                text = segment_text(child, keep=self._keep)
            else:
                self._add_prop(child, props)
        attributes = attributes_of(tuv) if len(tuv.attrib) > 1 else {}
        return _Variant(self._tags.of(written), written, text, attributes, props)

    def _add_prop(self, element: "_Element", props: list[tuple[str, str]]) -> None:
        name = self._name(element)
        if name in ("prop", "note"):
            text = segment_text(element)
            if text:
                props.append((name if name == "note" else element.get("type") or "prop", text))

    def _unit(self, source: _Variant, target: _Variant, attributes: dict[str, str], props: list[tuple[str, str]]) -> Unit:
        source_lang = tag_of_text(source.tag or "", source.text)
        target_lang = tag_of_text(target.tag or "", target.text)
        fields = self._bare
        if attributes or props or source.attributes or source.props or target.attributes or target.props:
            said = [*props, *source.props, *target.props]
            fields = self._fields({**source.attributes, **attributes, **target.attributes}, said, source_lang)
        return Unit(source.text, target.text, source_lang, target_lang, **fields)

    def _fields(self, attributes: dict[str, str], props: list[tuple[str, str]], source_lang: str) -> UnitFields:
        values = {name: attributes[key] for key, name in _ATTRIBUTES.items() if attributes.get(key)}
        changer = attributes.get("changeid", "")
        values.setdefault("author", changer)
        kept = [(key, attributes[key]) for key in _KEPT_ATTRIBUTES if attributes.get(key)]
        if changer == values["author"] and changer:
            kept.remove(("changeid", changer))
        for kind, text in props:
            known = self._known(kind, text, source_lang)
            for name, value in known.items():
                values.setdefault(name, value)
            if any(values[name] != value for name, value in known.items()) or not known:
                kept.append((kind, text))
        return fields_of(values, dict.fromkeys(kept), self._options)

    def _known(self, kind: str, text: str, source_lang: str) -> dict[str, str]:
        """The fields a prop fills, empty where it is to be kept as a property."""
        plain = kind.lower().removeprefix("x-").split(":")[0]
        if plain == "contextcontent":
            return self._trados_context(text, source_lang)
        name = _PROPS.get(plain)
        if name in ("before", "after"):
            context = _plain_context(text)
            return {name: context} if _is_in(source_lang, context) else {}
        if name is None or (name == "state" and state_of(text) is None):
            return {}
        return {name: text}

    def _trados_context(self, text: str, source_lang: str) -> dict[str, str]:
        """Trados parts a segment, its codes, another segment and its codes by ` | `, and doubles bars within."""
        parts = [part.replace("||", "|").strip() for part in re.split(r" \|(?: |$)", text)]
        known = {"before": parts[0]} if parts[0] and _is_in(source_lang, parts[0]) else {}
        if self._follows and len(parts) > 2 and parts[2] and _is_in(source_lang, parts[2]):
            known["after"] = parts[2]
        return known


def _plain_context(text: str) -> str:
    """The text of a context; memoQ writes the neighbour as a seg element with its inline tags."""
    return unescape(_MARKUP.sub("", text)).strip() if text.startswith("<seg") else text


def _is_in(tag: str, text: str) -> bool:
    """Whether a context can be of the language of the source: which side it is from, files do not always say."""
    return not _LETTER.search(text) or has_han(text) == (language(tag) == "zh")


_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE: Final = re.compile('[&<>\r"\t\n]')
_IN_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", '"': '"', "\t": "\t", "\n": "\n"}
_IN_ATTRIBUTE: Final = {**_IN_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def _text(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _IN_TEXT[found[0]], _ILLEGAL.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _IN_ATTRIBUTE[found[0]], _ILLEGAL.sub("\ufffd", text))


def _header(source: str) -> str:
    try:
        version = metadata.version("yuqiao")
    except metadata.PackageNotFoundError:
        version = "0"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="yuqiao" creationtoolversion="{_attribute(version)}" segtype="sentence" o-tmf="yuqiao" '
        f'adminlang="en" srclang="{_attribute(source)}" datatype="plaintext"/>\n<body>\n'
    )


def _tu(unit: Unit, file_source: str) -> str:
    source_lang = written_tag(unit.source_lang)
    attributes = {
        "creationid": unit.author,
        "creationdate": tmx_time(unit.created) or "",
        "changedate": tmx_time(unit.changed) or "",
        "srclang": "" if source_lang == file_source else source_lang,
    }
    attributes |= {name: value for name, value in unit.properties if name in _KEPT_ATTRIBUTES}
    written = "".join(f' {name}="{_attribute(value)}"' for name, value in attributes.items() if value)
    said = [_prop(name, value) for name, value in _props(unit)]
    context = [_prop(name, f"<seg>{_text(text)}</seg>") for name, text in _contexts(unit) if text]
    return (
        f"<tu{written}>\n{''.join(said)}"
        f'<tuv xml:lang="{_attribute(source_lang)}">{"".join(context)}<seg>{_text(unit.source)}</seg></tuv>\n'
        f'<tuv xml:lang="{_attribute(written_tag(unit.target_lang))}"><seg>{_text(unit.target)}</seg></tuv>\n</tu>\n'
    )


def _contexts(unit: Unit) -> tuple[tuple[str, str], ...]:
    return ("x-context-pre", unit.before), ("x-context-post", unit.after)


def _props(unit: Unit) -> Iterator[tuple[str, str]]:
    """The unit's fields that TMX has no place for, and its properties; DTD order puts notes and props before the tuvs."""
    if unit.domain:
        yield "domain", unit.domain
    if unit.origin:
        yield "x-yuqiao-origin", unit.origin
    if unit.state != "translated":
        yield "x-ConfirmationLevel", "ApprovedTranslation" if unit.state == "reviewed" else "Draft"
    yield from ((name, value) for name, value in unit.properties if name not in _KEPT_ATTRIBUTES and value.strip())


def _prop(name: str, value: str) -> str:
    if name == "note":
        return f"<note>{_text(value)}</note>\n"
    return f'<prop type="{_attribute(name)}">{_text(value)}</prop>\n'
