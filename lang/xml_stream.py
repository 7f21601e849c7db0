"""XML files of any size, element by element; hostile ones refused.

Nothing is fetched and no entity is ever expanded: a file that declares entities is refused before it is parsed. Files in
other encodings than UTF-8 are recoded here, so that what is checked and what is parsed are the same characters.
"""

import codecs
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from lang.decoding import detect_in, opened
from lang.errors import BadFileError, UnsupportedError

if TYPE_CHECKING:
    from lxml.etree import _Element

DAMAGED: Final = "\x7f"
"""Stands in what is read for characters XML forbids, so that a unit with one can be refused by itself."""

_CHUNK: Final = 65_536
_LAST_LINE_KNOWN: Final = 65_535
_LONGEST_PROLOG: Final = 262_144
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Codecs of Python that are no encodings of files, or hide markup from whoever looks at the bytes.
_NO_ENCODINGS: Final = frozenset(("idna", "punycode", "raw_unicode_escape", "unicode_escape", "undefined", "utf-7"))
# Files that name the smaller set often use the larger one.
_LARGER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}

# The document type declaration as XML defines it, without entities and parameter entities. Quantifiers are possessive:
# what they matched is not tried again, so a hostile prolog costs no more than its length.
_MISC: Final = r"(?:\s++|<!--(?:(?!--).)*+-->|<\?(?:(?!\?>).)*+\?>)*+"
_LITERAL: Final = r"""(?:"[^"]*+"|'[^']*+')"""
# Attributes with a default value are left out too: the parser would add them to every element, a bomb of another kind.
_DECLARATION: Final = rf"""(?:<!(?:ELEMENT|ATTLIST)\s[^"'<>%]*+>|<!NOTATION\s(?:[^"'<>%]|{_LITERAL})*+>)"""
_PROLOG: Final = re.compile(
    rf"""{_MISC}(?P<doctype><!DOCTYPE\s+[^\s\[>"']++\s*+(?:(?:SYSTEM|PUBLIC\s*+{_LITERAL})\s*+{_LITERAL}\s*+)?+"""
    rf"""(?P<subset>\[(?:{_MISC}(?:{_DECLARATION})?+)*?\]\s*+)?+>)?+{_MISC}<(?P<root>[^\s/>!?&"'=]++)(?=[\s/>])""",
    re.DOTALL,
)
_TABLE: Final = bytes(0x7F if byte < 0x20 and byte not in b"\t\n\r" else byte for byte in range(256))
# Runs of references, so that pairs of surrogates are seen together; long ones in pieces, to be held at a time.
_REFERENCES: Final = re.compile(rb"(?:&#(?:[0-9]{1,10}|x[0-9A-Fa-f]{1,8});){1,4096}+")
_REFERENCE: Final = re.compile(rb"&#(?:([0-9]+)|x([0-9A-Fa-f]+));")


def local_name(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition("}")[2]


def line_of(element: "_Element") -> int:
    """The line an element begins on, 0 where unknown.

    Beyond line 65,535 libxml2 knows the lines of text only, and of elements what the text in them tells.
    """
    line = cast(int | None, element.sourceline) or 0
    if line < _LAST_LINE_KNOWN:
        return line
    lines = (cast(int | None, inner.sourceline) or 0 for inner in element.iter())
    return next((line for line in lines if line > _LAST_LINE_KNOWN), 0)


def root_name(head: bytes) -> str:
    """The local name of the root element in the beginning of a file; empty where it is no XML, or its prolog not sound."""
    try:
        match = _PROLOG.match(_decoded(head))
    except (LookupError, ValueError):
        return ""
    return match["root"].rpartition(":")[2] if match else ""


def elements(path: Path, root: str | Collection[str], names: Sequence[str], encoding: str | None = None) -> Iterator["_Element"]:
    """The elements with these local names, each when it has ended; what came before it is forgotten then.

    `root` is the local name of the root element, or those it may have.

    BadFileError, with the line, for a file that is no well-formed XML, has another root, or declares entities.
    """
    from lxml import etree

    with opened(path) as file:
        source = _Utf8Source(file, path, encoding)
        source.check_prolog({root} if isinstance(root, str) else root)
        # The stub asks for a path or a file; what is read from is anything with read().
        context = etree.iterparse(
            cast(BinaryIO, source),
            events=("end",),
            tag=[f"{{*}}{name}" for name in names],
            encoding="utf-8",
            huge_tree=True,
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in context:
                yield element
                _forget_before(element)
        except etree.XMLSyntaxError as error:
            raise _refused(path, error, at_end=source.ended) from error


def _forget_before(element: "_Element") -> None:
    """Free what stands before an element: the parser, which may be further on, still needs the element itself."""
    previous = element.getprevious()
    if previous is None:
        return
    parent = element.getparent()
    while previous is not None and parent is not None:
        parent.remove(previous)
        previous = element.getprevious()


def _refused(path: Path, error: SyntaxError, *, at_end: bool) -> BadFileError:
    words = re.split(r",? line \d+, column \d+|, use XML_PARSE_HUGE|\n", error.msg or "")[0]
    if "UTF-8" in words or "encoding" in words.lower():
        hint = "Name its encoding with --encoding."
        return BadFileError(str(path), error.lineno or 0, "not readable as utf-8", hint)
    doubt = " (is it cut off?)" if at_end else ""
    return BadFileError(str(path), error.lineno or 0, f"not well-formed XML: {words or 'it ends too early'}{doubt}")


class _Utf8Source:
    """A file read as UTF-8 without BOM, ending each piece before a `<`, its forbidden characters replaced by DAMAGED."""

    def __init__(self, file: BinaryIO, path: Path, encoding: str | None) -> None:
        self._file = file
        self._path = str(path)
        self._head = file.read(_LONGEST_PROLOG)
        self._encoding = _encoding(self._head, encoding, self._path)
        self._decoder: codecs.IncrementalDecoder | None = None
        if self._encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(self._encoding)()
        self._line = 1
        self._rest: list[bytes] = []
        self.ended = False

    def check_prolog(self, roots: Collection[str]) -> None:
        """BadFileError unless the file begins as XML with one of these root elements and without declarations of entities."""
        text = self._head.decode(self._encoding, errors="replace").lstrip("\ufeff")
        if not text.strip():
            raise BadFileError(self._path, 0, "is empty", "")
        match = _PROLOG.match(text)
        if match is None:
            raise self._bad_prolog(text)
        name = match["root"].rpartition(":")[2]
        if name not in roots:
            line = text.count("\n", 0, match.start("root")) + 1
            expected = " or ".join(f"<{root}>" for root in sorted(roots))
            raise BadFileError(self._path, line, f"its root element is <{name[:40]}>, not {expected}", "Check --format.")

    def _bad_prolog(self, text: str) -> BadFileError:
        doctype = re.search("<!DOCTYPE", text)
        entity = re.compile("<!ENTITY").search(text, doctype.end()) if doctype else None
        if entity:
            line = text.count("\n", 0, entity.start()) + 1
            return BadFileError(
                self._path, line, "declares entities, which are not read for safety", "Remove its <!ENTITY lines."
            )
        if doctype:
            line = text.count("\n", 0, doctype.start()) + 1
            return BadFileError(self._path, line, "has a document type declaration that is not understood", "Remove it.")
        return BadFileError(self._path, 1, "is no XML: it does not begin with an element", "Check --format.")

    def read(self, _size: int = -1) -> bytes:
        """The next piece, empty at the end."""
        while not self.ended:
            piece = self._next_piece()
            if not piece:
                self.ended = True
                return _clean(b"".join(self._rest))
            end = piece.rfind(b"<")
            if end < 0:
                self._rest.append(piece)
                continue
            data = b"".join((*self._rest, piece[:end]))
            self._rest = [piece[end:]]
            if data:
                return _clean(data)
        return b""

    def _next_piece(self) -> bytes:
        while True:
            if self._head:
                data, self._head = self._head, b""
                data = data.removeprefix(codecs.BOM_UTF8) if self._decoder is None else data
            else:
                data = self._file.read(_CHUNK)
            if self._decoder is None:
                return data
            try:
                text = self._decoder.decode(data, final=not data)
                piece = text.lstrip("\ufeff").encode() if self._line == 1 else text.encode()
            except UnicodeError as error:
                reason = f"not readable as {self._encoding}"
                raise BadFileError(self._path, self._line, reason, "Name its encoding with --encoding.") from error
            self._line += piece.count(b"\n")
            if piece or not data:
                return piece


def _clean(data: bytes) -> bytes:
    """A piece of a file without what XML forbids: raw control characters, and references to them or to surrogates."""
    data = data.translate(_TABLE)
    if b"&#" not in data:
        return data
    return _REFERENCES.sub(_cleaned_references, data)


def _cleaned_references(run: re.Match[bytes]) -> bytes:
    """A run of character references, with pairs of surrogates joined and forbidden ones replaced."""
    made: list[bytes] = []
    high = 0
    for reference in _REFERENCE.finditer(run[0]):
        code = int(reference[1]) if reference[1] else int(reference[2], 16)
        if high:
            if 0xDC00 <= code < 0xE000:
                made.append(b"&#%d;" % (0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00))
                high = 0
                continue
            made.append(DAMAGED.encode())
            high = 0
        if 0xD800 <= code < 0xDC00:
            high = code
        elif _allowed(code):
            made.append(reference[0])
        else:
            made.append(DAMAGED.encode())
    if high:
        made.append(DAMAGED.encode())
    return b"".join(made)


def _allowed(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _encoding(head: bytes, named: str | None, path: str) -> str:
    """The encoding to read XML in: as named by the user, by BOM, by its declaration, else found out."""
    if named:
        try:
            name = _codec(named)
        except (LookupError, ValueError) as error:
            raise UnsupportedError(f"No encoding is called {named!r}.", "Try utf-8, gb18030, big5 or utf-16.") from error
        return _by_bom(head) or "utf-16-le" if name in ("utf-16", "utf-32") else name.replace("utf-8-sig", "utf-8")
    try:
        return _own_encoding(head)
    except (LookupError, ValueError) as error:
        match = _DECLARED.match(head)
        declared = match[1].decode() if match else "?"
        raise BadFileError(
            path, 1, f"declares the encoding {declared!r}, which is not known", "Name it with --encoding."
        ) from error


def _codec(name: str) -> str:
    """The name Python has for an encoding of text; LookupError or ValueError where it is none."""
    "".encode(name)
    found = codecs.lookup(name).name
    if found.replace("-", "_") in _NO_ENCODINGS or found in _NO_ENCODINGS:
        raise LookupError(name)
    return found


def _by_bom(head: bytes) -> str | None:
    return next((name for bom, name in _BOMS if head.startswith(bom)), None)


def _own_encoding(head: bytes) -> str:
    """The encoding an XML file shows; LookupError or ValueError where it declares one that is none."""
    by_bom = _by_bom(head)
    if by_bom:
        return by_bom
    if head[:1] == b"\0" or head[1:2] == b"\0":
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    declared = _DECLARED.match(head)
    if declared:
        name = _codec(declared[1].decode())
        # Written as a string in memory and saved without regard to what it says.
        return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-8")) else _LARGER.get(name, name)
    # The beginning of a large file is looked at without its last line, which may be cut.
    found = detect_in(head[:_CHUNK])
    return found.replace("utf-8-sig", "utf-8")


def _decoded(head: bytes) -> str:
    return head.decode(_own_encoding(head), errors="replace").lstrip("\ufeff")
