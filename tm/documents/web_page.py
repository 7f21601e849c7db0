"""HTML: the text of its block elements, then what attributes show (alt, title, placeholder, aria-label).

The page is not parsed into a tree and written anew: its tags are found, and what is not replaced stays as it was typed.
Left alone: scripts, styles, preformatted text, text areas, graphics, formulas, what is marked translate="no" or
class="notranslate", and all other attributes.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lang.encoding import detect
from tm.documents.document import By, Kind
from tm.documents.markup import BlockBuilder
from tm.documents.saving import read_bytes
from tm.documents.text_document import EncodedText, SourceSlot, TextBlock, TextDocument, encoded_text

_TOKEN: Final = re.compile(
    r"(?P<far><!--|<!\[CDATA\[)|<[!?][^>]*>"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?P<attributes>(?:=\s*(?:\"[^\"]*\"|'[^']*')|[^>])*+)>",
    re.DOTALL,
)
_BEGUN: Final = re.compile(r"<[a-zA-Z/!?]")
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr output q rb rp rt ruby s samp small span"
    " strike strong sub sup time tt u var".split()
)
_INLINE_VOID: Final = frozenset("img input wbr".split())
_VOID: Final = _INLINE_VOID | frozenset("area base br col embed hr link meta param source track".split())
_OPAQUE: Final = frozenset(
    "script style pre textarea svg math template iframe object xmp noembed noframes audio video canvas select".split()
)
_RAW: Final = frozenset("script style textarea xmp noembed noframes iframe".split())
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "title"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list item"),
    **dict.fromkeys(("td", "th"), "cell"),
    "blockquote": "quote",
}
_NOT_TRANSLATED: Final = re.compile(r"(?i)\btranslate\s*=\s*[\"']?no\b|\bclass\s*=\s*(?:\"[^\"]*|'[^']*|)\bnotranslate\b")
_ATTRIBUTES: Final = 2_000
_SHOWN: Final = re.compile(r"(?i)(?<=\s)(?:alt|title|placeholder|aria-label)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_CHARSET: Final = re.compile(rb"(?i)<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([a-z0-9_.:-]+)")
# What browsers take these names for.
_AS_BROWSERS_DO: Final = {"gb2312": "gbk", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252"}


@dataclass(slots=True)
class _PageReader:
    source: str
    blocks: list[TextBlock] = field(default_factory=list)
    _shown: list[TextBlock] = field(default_factory=list)
    _around: list[str] = field(default_factory=list)
    _builder: BlockBuilder = field(default_factory=BlockBuilder)
    _skipped: str = ""
    _depth: int = 0

    def read(self) -> list[TextBlock]:
        """The blocks of the page."""
        at = 0
        for start, end, tag in _tokens(self.source):
            if not self._skipped:
                self._builder.add_html(self.source, at, start)
            at = end
            if tag is None:
                self._builder.fix()
            elif not self._skips(tag):
                self._read_attributes(tag)
                self._take(start, end, tag)
        if not self._skipped:
            self._builder.add_html(self.source, at, len(self.source))
        self._finish()
        # At the end, so that sentences keep the neighbours they have on the page.
        return self.blocks + self._shown

    def _read_attributes(self, tag: re.Match[str]) -> None:
        if tag["end"]:
            return
        start = tag.start("attributes")
        for shown in _SHOWN.finditer(self.source, start, min(tag.end("attributes"), start + _ATTRIBUTES)):
            builder = BlockBuilder()
            builder.add_html(self.source, *shown.span(shown.lastindex or 0))
            block = builder.build()
            if block:
                block.in_mark = True
                self._shown.append(block)

    def _skips(self, tag: re.Match[str]) -> bool:
        """Whether a tag begins, ends or stands in what is left alone."""
        name, closed = tag["name"].lower(), tag["attributes"].endswith("/")
        if not self._skipped:
            if (
                tag["end"]
                or closed
                or name in _VOID
                or not (name in _OPAQUE or _NOT_TRANSLATED.search(tag["attributes"][:_ATTRIBUTES]))
            ):
                return False
            if name in _INLINE:
                self._builder.fix()
            else:
                self._finish()
            self._skipped, self._depth = name, 1
            return True
        if name == self._skipped and not closed:
            # A paragraph ends where the next one begins.
            self._depth += -1 if tag["end"] or name == "p" else 1
            if not self._depth:
                self._skipped = ""
                return bool(tag["end"])
        return True

    def _take(self, start: int, end: int, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if name in _INLINE_VOID:
            self._builder.fix()
        elif name == "br":
            self._builder.add("\n", start, end)
        elif name in _INLINE:
            if tag["end"]:
                self._builder.close(name, start, end)
            elif not tag["attributes"].endswith("/"):
                self._builder.open(name, start, end)
        else:
            self._take_block(name, ending=bool(tag["end"]))

    def _take_block(self, name: str, *, ending: bool) -> None:
        self._finish()
        if ending and name in self._around:
            while self._around.pop() != name:
                pass
        elif not ending and name not in _VOID:
            self._around.append(name)

    def _finish(self) -> None:
        block = self._builder.build()
        if block:
            block.kind = next((_KINDS[name] for name in reversed(self._around) if name in _KINDS), "paragraph")
            self.blocks.append(block)
        self._builder = BlockBuilder()


def _tokens(source: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """What is no text: spans, and the tag where it is one. The content of a script is part of its first tag."""
    at, last = 0, source.rfind(">") + 1
    while match := _TOKEN.search(source, at, last):
        at = match.end()
        name = (match["name"] or "").lower()
        if match["far"]:
            ending = "-->" if match["far"] == "<!--" else "]]>"
            found = source.find(ending, at)
            at = found + len(ending) if found >= 0 else len(source)
        if name in _RAW and not match["end"]:
            closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(source, at)
            at = closing.start() if closing else len(source)
        yield match.start(), at, match if name else None
    unfinished = _BEGUN.search(source, at)
    if unfinished:
        yield unfinished.start(), len(source), None


class WebPage:
    """The format of HTML files."""

    name = "html"

    def blocks(self, text: str) -> list[TextBlock]:
        """The text between the tags of block elements."""
        return _PageReader(text).read()

    def escaped(self, text: str, slot: SourceSlot, block: TextBlock) -> str:  # noqa: ARG002
        """Text with entities for what would be markup."""
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if block.in_mark:
            return text.replace('"', "&quot;").replace("'", "&#39;").replace("\n", " ")
        return text.replace("\n", "<br/>")

    def finished(self, source: str, block: TextBlock) -> str:  # noqa: ARG002
        """Nothing more to do."""
        return source


def open_web_page(path: Path, by: By, encoding: str | None) -> TextDocument:
    """An HTML file. Characters its encoding has no place for are written as references."""
    data = read_bytes(path)
    source = encoded_text(data, path, encoding or _declared(data))
    if not encoding and source.encoding.lower() == "gb18030":
        source = EncodedText(source.text, _narrowest(source.text), source.bom)
    return TextDocument(path, source, WebPage(), by, on_missing_character="xmlcharrefreplace")


def _declared(data: bytes) -> str | None:
    """The encoding a page says it is in, when it can be read in it and nothing speaks against it."""
    found = _CHARSET.search(data[:4096])
    if found is None or detect(data) not in {"gb18030", "big5hkscs"}:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        name = _AS_BROWSERS_DO.get(name, name)
        data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    return name


def _narrowest(text: str) -> str:
    """GBK for a page that fits it: pages that say gb2312 are read as GBK."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return "gb18030"
    return "gbk"
