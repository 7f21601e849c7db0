"""Markdown: headings, paragraphs, list items, quotes, table cells and footnotes.

Left alone: front matter, code blocks, HTML blocks, formulas, link definitions, directives, images and the addresses of
links. Lines of a paragraph are one text; a translated sentence stands on one line.
"""

import re
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Final

from tm.documents.document import By, Kind
from tm.documents.markdown_inline import escaped, inline_tokens
from tm.documents.markup import BlockBuilder
from tm.documents.text_document import SourceSlot, TextBlock, TextDocument, read_encoded

_DEEPEST: Final = 40
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE: Final = re.compile(r" {0,3}>[ \t]?")
_ITEM: Final = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\[[ xX]\](?=[ \t]))?(?:[ \t]+|$)")
_NOTE: Final = re.compile(r" {0,3}\[\^[^\[\]\s]+\]:[ \t]*")
_FENCE: Final = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,}|\$\$(?=\s*$))")
_RULE: Final = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_HEADING: Final = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_ATTRIBUTES: Final = re.compile(r"\{[#.][^{}]*\}\Z")
_DEFINITION: Final = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:\s*\S")
_LEFT_ALONE: Final = re.compile(r"[ \t]*(?::{3,}|\{%|\{\{<|\[TOC\]\s*$|\[\[_TOC_\]\]\s*$)")
_DELIMITERS: Final = re.compile(r"[ \t]*+\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR: Final = re.compile(r"(?<!\\)\|")
_HTML: Final = re.compile(
    r" {0,3}<(?:(?P<comment>!--)|(?P<raw>script|pre|style|textarea)\b|(?P<declaration>[!?])"
    r"|/?(?:address|article|aside|blockquote|body|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    r"|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|optgroup|option|p|param"
    r"|search|section|source|summary|table|tbody|td|template|tfoot|th|thead|title|tr|track|ul|video|audio|svg|picture)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where its content begins behind quote and list marks, and where it ends."""

    start: int
    content: int
    end: int
    after: int
    quotes: int
    item: bool
    note: bool
    indent: int


@dataclass(slots=True)
class _Reader:
    source: str
    blocks: list[TextBlock] = field(default_factory=list)
    lines: list[tuple[int, int, int]] = field(default_factory=list)
    paragraph: list[_Line] = field(default_factory=list)
    item_indent: int = 0

    def read(self) -> list[TextBlock]:
        for match in _LINE.finditer(self.source):
            if match.group():
                self.lines.append((match.start(), match.start() + len(match.group().rstrip("\r\n")), match.end()))
        at = self._front_matter()
        while at < len(self.lines):
            at = self._take(at)
        self._finish()
        return self.blocks

    def _front_matter(self) -> int:
        first = self._text(0) if self.lines else ""
        if first.rstrip() in {"---", "+++"}:
            ends = {"---", "..."} if first.startswith("-") else {"+++"}
            for at in range(1, len(self.lines)):
                if self._text(at).rstrip() in ends:
                    return at + 1
        return 0

    def _text(self, at: int) -> str:
        start, end, _ = self.lines[at]
        return self.source[start:end]

    def _line(self, at: int) -> _Line:
        start, end, after = self.lines[at]
        content, quotes, item, note = start, 0, False, False
        for _ in range(_DEEPEST):
            match = _QUOTE.match(self.source, content, end)
            if match:
                quotes += 1
            elif not _RULE.match(self.source, content, end) and (match := self._item(content, end, first=not item)):
                item = True
            elif not note and (match := _NOTE.match(self.source, content, end)):
                note = True
            else:
                break
            content = match.end()
        rest = self.source[content:end]
        indent = content - start + len(rest.expandtabs(4)) - len(rest.expandtabs(4).lstrip())
        return _Line(start, content, end, after, quotes, item, note, indent)

    def _item(self, at: int, end: int, *, first: bool) -> re.Match[str] | None:
        match = _ITEM.match(self.source, at, end)
        if match is None:
            return None
        marker = match.group().lstrip()
        indent = len(match.group().expandtabs(4)) - len(marker.expandtabs(4))
        if first and indent >= self.item_indent + 4 and not self.paragraph:
            return None
        # Within a paragraph only 1. begins a list, and nothing empty does.
        if self.paragraph and not self.item_indent and marker.strip("-*+ \t") and not marker.startswith("1"):
            return None
        return None if self.paragraph and match.end() == end else match

    def _take(self, at: int) -> int:
        """Take the line at this index, and those that belong with it; the index of the next."""
        line = self._line(at)
        content = self.source[line.content : line.end]
        if not content.strip():
            self._finish()
            if line.item:
                self.item_indent = line.indent + 1
            return at + 1
        if not self.paragraph and not line.item:
            self.item_indent = min(self.item_indent, line.indent)
        following = self._left_alone(at, line, content)
        return self._written(at, line, content) if following is None else following

    def _left_alone(self, at: int, line: _Line, content: str) -> int | None:
        """The index behind something that is no text, if the line begins it."""
        fence = _FENCE.match(content)
        if fence:
            self._finish()
            return self._behind_fence(at, fence[1])
        deep = line.indent - (line.content - line.start) >= 4 and line.indent >= self.item_indent + 4
        if deep and not line.item and not self.paragraph:
            return at + 1
        if self.paragraph and not line.item and _UNDERLINE.match(content) and line.quotes == self.paragraph[-1].quotes:
            self._finish("heading")
            return at + 1
        if _RULE.match(content) or _LEFT_ALONE.match(content) or (self._may_define() and _DEFINITION.match(content)):
            self._finish()
            return at + 1
        html = _HTML.match(content)
        if html:
            self._finish()
            return self._behind_html(at, line, html)
        return None

    def _may_define(self) -> bool:
        """A link is defined between paragraphs or behind a note, not within a paragraph."""
        return not self.paragraph or self.paragraph[0].note

    def _behind_fence(self, at: int, mark: str) -> int:
        ending = re.compile(rf"[\s>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
        for following in range(at + 1, len(self.lines)):
            if ending.match(self._text(following)):
                return following + 1
        return len(self.lines)

    def _behind_html(self, at: int, line: _Line, html: re.Match[str]) -> int:
        if html["comment"]:
            ending = "-->"
        elif html["raw"]:
            ending = f"</{html['raw'].lower()}>"
        else:
            ending = ">" if html["declaration"] else ""
        for following in range(at, len(self.lines)):
            text = self.source[line.content : line.end] if following == at else self._text(following)
            if ending and ending in text.lower():
                return following + 1
            if not ending and not text.strip():
                return following
        return len(self.lines)

    def _written(self, at: int, line: _Line, content: str) -> int:
        heading = _HEADING.match(content)
        if heading:
            self._finish()
            end = heading.end() + len(_heading_text(content[heading.end() :]))
            self._add_block([(line.content + heading.end(), line.content + end)], "heading")
            return at + 1
        if self._begins_table(at, line, content):
            return self._table(at, line)
        last = self.paragraph[-1] if self.paragraph else None
        if last and (line.item or line.note or line.quotes > last.quotes):
            self._finish()
        if line.item:
            self.item_indent = line.indent
        self.paragraph.append(line)
        return at + 1

    def _begins_table(self, at: int, line: _Line, content: str) -> bool:
        if (self.paragraph and not line.item) or "|" not in content or at + 1 == len(self.lines):
            return False
        below = _QUOTE.sub("", self._text(at + 1), count=line.quotes) if line.quotes else self._text(at + 1)
        return bool(_DELIMITERS.match(below)) and len(_cells(content)) == len(_cells(below))

    def _table(self, at: int, line: _Line) -> int:
        self._finish()
        for row in range(at, len(self.lines)):
            start = line.content if row == at else self.lines[row][0]
            text = self.source[start : self.lines[row][1]]
            while row != at and line.quotes and (quote := _QUOTE.match(text)):
                start, text = start + quote.end(), text[quote.end() :]
            if not text.strip() or (row > at + 1 and "|" not in text):
                return row
            if row != at + 1:
                for first, last in _cells(text):
                    self._add_block([(start + first, start + last)], "cell")
        return len(self.lines)

    def _finish(self, kind: Kind = "paragraph") -> None:
        lines, self.paragraph = self.paragraph, []
        if not lines:
            return
        first = lines[0]
        if kind == "paragraph" and (first.item or first.note or first.quotes):
            kind = "list item" if first.item else "note" if first.note else "quote"
        self._add_block([(line.content, line.end) for line in lines], kind)

    def _add_block(self, spans: list[tuple[int, int]], kind: Kind) -> None:
        block = _block(self.source, spans, kind)
        if block:
            self.blocks.append(block)


def _heading_text(written: str) -> str:
    """A heading's text without closing number signs and attributes: Title {#id} ##."""
    text = written.rstrip()
    for _ in range(2):
        attributes = _ATTRIBUTES.search(text, max(text.rfind("{"), 0))
        text = text[: attributes.start()].rstrip() if attributes else text
        bare = text.rstrip("#")
        text = bare.rstrip() if not bare or bare[-1] in " \t" else text
    return text


def _cells(row: str) -> list[tuple[int, int]]:
    """The cells of a table's row, without the blanks around them."""
    cells = []
    start = 0
    for end in [*(bar.start() for bar in _BAR.finditer(row)), len(row)]:
        text = row[start:end].strip()
        if text or (start and end < len(row)):
            first = row.index(text, start)
            cells.append((first, first + len(text)))
        start = end + 1
    return cells


def _block(source: str, spans: list[tuple[int, int]], kind: Kind) -> TextBlock | None:
    """A block of some lines' content, its inline markup found across the lines."""
    starts: list[int] = []
    contents: list[str] = []
    for start, end in spans:
        content = source[start:end]
        starts.append(start + len(content) - len(content.lstrip(" \t")))
        contents.append(content.lstrip(" \t"))
    contents[-1] = contents[-1].rstrip(" \t")
    joined = "\n".join(contents)
    shifts = [start - at for start, at in zip(starts, [0, *accumulate(len(content) + 1 for content in contents)], strict=False)]
    builder = BlockBuilder(kind)
    number = 0
    for token in inline_tokens(joined):
        start = token.start + shifts[number]
        number += joined.count("\n", token.start, token.end)
        end = token.end + shifts[number]
        if token.kind == "open":
            builder.open(token.name, start, end)
        elif token.kind == "close":
            builder.close(token.name, start, end)
        elif token.kind == "fixed":
            builder.fix()
        elif token.kind == "line":
            builder.add_blank("\n", joined[token.end : token.end + 1], start, end)
        else:
            builder.add(token.text, start, end, literal=token.kind == "literal")
    return builder.build()


class Markdown:
    """The format of Markdown files."""

    name = "md"

    def blocks(self, text: str) -> list[TextBlock]:
        """The blocks that hold text."""
        return _Reader(text).read()

    def escaped(self, text: str, slot: SourceSlot, block: TextBlock) -> str:
        """A translation on one line, with backslashes before what would be markup."""
        text = text.replace("\n", " ")
        if slot.literal:
            return text.replace("`", "'")
        return escaped(text, in_table=block.kind == "cell")

    def finished(self, source: str, block: TextBlock) -> str:  # noqa: ARG002
        """Nothing more to do."""
        return source


def open_markdown(path: Path, by: By, encoding: str | None) -> TextDocument:
    """A Markdown file."""
    return TextDocument(path, read_encoded(path, encoding), Markdown(), by)
