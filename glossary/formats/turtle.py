"""A reader of Turtle (RDF 1.1): the triples of a document, one statement at a time. Blank nodes and lists are read, not kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lang.errors import BadFileError

RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|\#[^\n]*)
    |(?P<long>\"\"\"(?:(?!\"\"\")(?:[^\\]|\\.))*+\"\"\"|'''(?:(?!''')(?:[^\\]|\\.))*+''')
    |(?P<text>"(?:[^"\\\n\r]|\\.)*+"|'(?:[^'\\\n\r]|\\.)*+')
    |<(?P<iri>[^<>"{}|^`\x00-\x20]*+)>
    |(?P<directive>@prefix\b|@base\b|\bPREFIX\b|\bBASE\b)
    |@(?P<lang>[A-Za-z]+(?:-[A-Za-z0-9]+)*+)
    |(?P<mark>\^\^|[.;,\[\]()](?!\d))
    |(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<node>_:[^\s;,\[\]()<>"']+?(?=\.?[\s;,\])]|$))
    |(?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%\-]|\\.|\.(?=[\w:%\\-]))*+)
    |(?P<word>a\b|true\b|false\b)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Literal:
    """A text and its language, empty where it has none."""

    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """All that one statement says of its subject, an IRI: pairs of predicate and IRI or literal."""

    subject: str
    line: int
    pairs: tuple[tuple[str, "str | Literal"], ...]


def statements(text: str, path: str) -> Iterator[Statement]:
    """The statements of a document. BadFileError, with the line, where it is no Turtle."""
    yield from _Parser(text, path).statements()


class _Parser:
    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._at = 0
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._kind = ""
        self._value = ""
        self._line = 1
        self._next()

    def _next(self) -> None:
        """Move to the next token: its kind ("" at the end) and its text."""
        while True:
            if self._at >= len(self._text):
                self._kind = self._value = ""
                return
            match = _TOKEN.match(self._text, self._at)
            if match is None:
                raise self._wrong(f"{self._text[self._at : self._at + 20]!r} is not understood")
            self._kind = match.lastgroup or ""
            self._value = match[self._kind]
            self._at = match.end()
            if self._kind != "blank":
                return
            self._line += self._value.count("\n")

    def _wrong(self, reason: str) -> BadFileError:
        return BadFileError(self._path, self._line, f"no Turtle: {reason}", "Check --format.")

    def _expect(self, mark: str) -> None:
        if (self._kind, self._value) != ("mark", mark):
            raise self._wrong(f"{mark!r} expected, not {self._value[:20]!r}" if self._kind else f"it ends before {mark!r}")
        self._next()

    def statements(self) -> Iterator[Statement]:
        while self._kind:
            if self._kind == "directive":
                self._directive()
                continue
            line = self._line
            subject = self._object(0)
            pairs: list[tuple[str, str | Literal]] = []
            if (self._kind, self._value) != ("mark", "."):
                self._pairs(pairs, 0)
            self._expect(".")
            if isinstance(subject, str) and subject:
                yield Statement(subject, line, tuple(pairs))

    def _directive(self) -> None:
        word = self._value
        self._next()
        prefix = ""
        if word.lower().endswith("prefix"):
            if self._kind != "name" or not self._value.endswith(":"):
                raise self._wrong("a prefix expected")
            prefix = self._value
            self._next()
        if self._kind != "iri":
            raise self._wrong("an IRI in angle brackets expected")
        if prefix:
            self._prefixes[prefix[:-1]] = self._resolved(self._value)
        else:
            self._base = self._resolved(self._value)
        self._next()
        if word.startswith("@"):
            self._expect(".")

    def _pairs(self, pairs: list[tuple[str, "str | Literal"]], depth: int) -> None:
        while True:
            while (self._kind, self._value) == ("mark", ";"):
                self._next()
            if self._kind == "mark":
                return
            predicate = self._object(depth)
            if not isinstance(predicate, str):
                raise self._wrong("a predicate expected")
            while True:
                pairs.append((predicate, self._object(depth)))
                if (self._kind, self._value) != ("mark", ","):
                    break
                self._next()
            if (self._kind, self._value) != ("mark", ";"):
                return

    def _object(self, depth: int) -> "str | Literal":
        """What stands here: an IRI, a literal, or an empty text for a blank node or a list."""
        if depth > _DEEPEST:
            raise self._wrong("nodes lie too deep in one another")
        kind, value = self._kind, self._value
        if kind == "mark" and value in "[(":
            self._next()
            if value == "[":
                if (self._kind, self._value) != ("mark", "]"):
                    self._pairs([], depth + 1)
                self._expect("]")
            else:
                while (self._kind, self._value) != ("mark", ")"):
                    self._object(depth + 1)
                self._expect(")")
            return ""
        if not kind or kind in ("mark", "directive", "lang"):
            raise self._wrong(f"{value!r} stands where a name or a text is expected" if kind else "it ends too early")
        if kind in ("text", "long"):
            return self._literal(kind, value)
        self._next()
        if kind == "number" or value in ("true", "false"):
            return Literal(value)
        if kind == "iri":
            return self._resolved(value)
        if kind == "name":
            prefix, _, local = value.partition(":")
            if prefix not in self._prefixes:
                raise self._wrong(f"the prefix {prefix + ':'!r} is not declared")
            return self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)
        return RDF_TYPE if kind == "word" else ""

    def _literal(self, kind: str, value: str) -> Literal:
        self._line += value.count("\n")
        text = _ESCAPE.sub(self._unescaped, value[3:-3] if kind == "long" else value[1:-1])
        self._next()
        lang = ""
        if self._kind == "lang":
            lang = self._value
            self._next()
        elif (self._kind, self._value) == ("mark", "^^"):
            self._next()
            self._object(0)
        return Literal(text, lang)

    def _unescaped(self, match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if not code:
            return _ESCAPED.get(match[3], match[3])
        number = int(code, 16)
        if number > 0x10FFFF or 0xD800 <= number < 0xE000:
            raise self._wrong(f"{match[0]} is no character")
        return chr(number)

    def _resolved(self, iri: str) -> str:
        from urllib.parse import urljoin

        plain = _ESCAPE.sub(self._unescaped, iri)
        try:
            return urljoin(self._base, plain) if self._base else plain
        except ValueError as error:
            raise self._wrong(f"<{iri[:40]}> is no IRI") from error
