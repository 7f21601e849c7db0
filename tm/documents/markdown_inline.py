"""Markdown within a paragraph: emphasis, links, code, images and escapes found, and text escaped so that it stays text.

CommonMark's rules with two liberties that Chinese needs: emphasis opens before and closes behind Chinese punctuation, and
nothing is looked up: [text] alone is text, whether or not it is defined as a link somewhere.
"""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final, Literal

TokenKind = Literal["text", "literal", "break", "line", "open", "close", "fixed"]

_TOKEN: Final = re.compile(
    r"(?P<hard>(?:[ ]{2,}|\\)\n[ \t]*)"
    r"|(?P<line>[ \t]*\n[ \t]*)"
    r"|(?P<blanks>[ \t]+)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|(?P<address><(?:[a-zA-Z][\w+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@/]{1,64}@[^\s<>]{1,255})>)"
    r"|(?P<comment><!--[^\n]{0,2000}?-->)"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]{0,30})(?P<rest>(?:[ \t\n][^<>]{0,2000})?/?)>"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<image>!\[[^\[\]]{0,1000}\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\[\]]{0,500}\]))"
    r"|(?P<note>\[\^[^\[\]\s]{1,100}\])"
    r"|(?P<linkend>\](?:\((?:<[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?)"
    r"(?:\s{1,9}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,9}\)|\[[^\[\]]{0,500}\]))"
    r"|(?P<bracket>[\[\]])"
    r"|(?P<emphasis>\*{1,3}|_{1,3}|~~)"
    r"|(?P<plain>[^\s\\`<&!\[\]*_~]+(?:[ ][^\s\\`<&!\[\]*_~]+)*|.)",
    re.DOTALL,
)
_LINE_BREAK_TAG: Final = "br"


@dataclass(slots=True)
class Token:
    """A piece of a paragraph's source. `text` is what it says: a break a line feed, `line` a line that goes on below.

    `open` and `close` come in pairs of the same `name`, well nested; `literal` is text that is written without escapes.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    name: str = ""


@dataclass(slots=True)
class _Inline:
    source: str
    tokens: list[Token]
    waiting: list[Token]

    def read(self) -> list[Token]:
        at = 0
        while at < len(self.source):
            match = _TOKEN.match(self.source, at)
            assert match
            at = self._take(match)
        for token in self.waiting:
            self._as_text(token)
        return self.tokens

    def _take(self, match: re.Match[str]) -> int:
        kind, written = match.lastgroup or "", match.group()
        if kind == "ticks":
            return self._code(match)
        if kind == "address":
            self._add("open", match.start(), match.start() + 1, name="<")
            self._add("literal", match.start() + 1, match.end() - 1, written[1:-1])
            self._add("close", match.end() - 1, match.end(), name="<")
        elif kind == "rest":
            self._tag(match)
        elif kind == "bracket":
            self._bracket(match)
        elif kind == "linkend":
            if not self._close("[", *match.span()):
                self._add("text", match.start(), match.start() + 1, "]")
                return match.start() + 1
        elif kind == "emphasis":
            self._emphasis(match)
        elif kind in {"image", "note", "comment"}:
            self._add("fixed", *match.span())
        elif kind == "hard":
            self._add("break", *match.span(), "\n")
        elif kind == "line":
            self._add("line", *match.span(), written)
        elif kind == "escape":
            self._add("text", *match.span(), written[1])
        else:
            self._add("text", *match.span(), unescape(written) if kind == "entity" else written)
        return match.end()

    def _add(self, kind: TokenKind, start: int, end: int, text: str = "", name: str = "") -> Token:
        self.tokens.append(Token(kind, start, end, text, name))
        return self.tokens[-1]

    def _code(self, match: re.Match[str]) -> int:
        ticks = len(match.group())
        for closing in re.compile("`+").finditer(self.source, match.end(), match.end() + 3_000):
            if len(closing.group()) == ticks and closing.end() < match.end() + 3_000:
                self._add("open", *match.span(), name="`")
                for number, line in enumerate(self.source[match.end() : closing.start()].split("\n")):
                    start = self.tokens[-1].end
                    if number:
                        self._add("line", start, start + 1, "\n")
                        start += 1
                    if line:
                        self._add("literal", start, start + len(line), line)
                self._add("close", *closing.span(), name="`")
                return closing.end()
        self._add("text", *match.span(), match.group())
        return match.end()

    def _tag(self, match: re.Match[str]) -> None:
        name = match["tag"].lower()
        if name == _LINE_BREAK_TAG:
            self._add("break", *match.span(), "\n")
        elif match["rest"].endswith("/") or name == "img":
            self._add("fixed", *match.span())
        elif not match["end"]:
            self._open(f"<{name}", *match.span())
        elif not self._close(f"<{name}", *match.span()):
            self._add("fixed", *match.span())

    def _bracket(self, match: re.Match[str]) -> None:
        if match.group() == "[":
            self._open("[", *match.span())
            return
        # A bracket that is no link is text, and so is the one it closes.
        at = next((at for at in range(len(self.waiting) - 1, -1, -1) if self.waiting[at].name == "["), None)
        if at is not None:
            self._as_text(self.waiting.pop(at))
        self._add("text", *match.span(), "]")

    def _emphasis(self, match: re.Match[str]) -> None:
        mark = match.group()
        before = self.source[max(match.start() - 1, 0) : match.start()]
        after = self.source[match.end() : match.end() + 1]
        closes = bool(before.strip()) and not (mark[0] == "_" and _in_word(after))
        if closes and self.tokens[-1].kind != "open" and self._close(mark, *match.span()):
            return
        if after.strip() and not (mark[0] == "_" and _in_word(before)):
            self._open(mark, *match.span())
        else:
            self._add("text", *match.span(), mark)

    def _open(self, name: str, start: int, end: int) -> None:
        token = Token("open", start, end, self.source[start:end], name)
        self.tokens.append(token)
        self.waiting.append(token)

    def _close(self, name: str, start: int, end: int) -> bool:
        """Close the last mark of this name; those opened inside it are none. Emphasis does not reach out of a link's text."""
        for at in range(len(self.waiting) - 1, -1, -1):
            if self.waiting[at].name == name:
                for token in self.waiting[at + 1 :]:
                    self._as_text(token)
                del self.waiting[at:]
                self._add("close", start, end, name=name)
                return True
            if self.waiting[at].name == "[":
                return False
        return False

    @staticmethod
    def _as_text(token: Token) -> None:
        if token.name.startswith("<"):
            token.kind = "fixed"
        else:
            token.kind = "text"


def _in_word(char: str) -> bool:
    return char.isalnum() and char.isascii()


def inline_tokens(source: str) -> list[Token]:
    """The tokens of a paragraph's source, one behind the other without a gap."""
    return _Inline(source, [], []).read()


_SPECIAL: Final = re.compile(
    r"[\\`]|\*|~~|<(?=[a-zA-Z/!?])|&(?=#?\w{1,31};)|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])"
    r"|\[(?=\^|[^\]]*\](?:\(|\[|:))|!(?=\[)|\](?=\(|\[|:)"
)
_BLOCK_START: Final = re.compile(
    r"(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-{2,}\s*$|:::|\$\$|\{%)|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)


def escaped(text: str, *, in_table: bool = False) -> str:
    """Plain text as Markdown: what would be markup gets a backslash."""
    result = _SPECIAL.sub(lambda match: "\\" + match.group(), text)
    start = _BLOCK_START.match(result)
    if start:
        end = start.end("number")
        result = f"{result[:end]}\\{result[end:]}" if end > 0 else "\\" + result
    return result.replace("|", "\\|") if in_table else result
