"""gettext's PO files: English msgid, translated msgstr.

https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from lang.decoding import detect_in, head_text, lines, opened
from lang.errors import BadFileError, UnsupportedError
from lang.script import has_han, is_chinese
from lang.tags import language
from tm.formats.entries import Entry, ReadOptions, Reject
from tm.formats.pairing import Neighbours, Side, Tags, fields_of, guessed_tag, paired
from tm.unit import Unit

_KEYWORD: Final = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d{1,3}\])?)\s*+(?=\")")
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*+$')
_ESCAPE: Final = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))")
_PLAIN_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET: Final = re.compile(rb"charset=([A-Za-z0-9._-]{1,40})")
_START: Final = re.compile(r"(?:\s*#[^\n]*\n|\s+)*+(?:domain\s+\"[^\n]*\n\s*)?(?:msgctxt|msgid)\s*\"")


class Po:
    """gettext portable objects."""

    name = "po"
    suffixes = (".po",)

    def recognises(self, head: bytes, path: Path) -> bool:
        """By its name or by its first keyword."""
        return path.suffix.lower() in self.suffixes or _START.match(head_text(head)) is not None

    def read(self, path: Path, options: ReadOptions) -> Iterator[Entry]:
        """A unit for each message with a translation (two for one with plural); fuzzy ones as drafts.

        Messages without are counted in `options.untranslated`, obsolete ones left out.
        """
        reader = _Reader(options)
        message = _Message()
        for number, line in enumerate(lines(path, options.encoding or _charset(path)), start=1):
            text = line.strip()
            if message.ends_before(text):
                yield from reader.entries(message)
                message = _Message()
            if not text:
                continue
            message.add(text, number)
            if message.problem and not message.texts and not reader.started:
                raise BadFileError(str(path), number, f"not a PO file: {message.problem}", "Check --format.")
        yield from reader.entries(message)
        yield from reader.end()

    def write(self, units: Iterable[Unit], file: BinaryIO) -> int:  # noqa: ARG002 - refused whatever is given
        """Not written: a PO file belongs to a program, whose messages units do not know."""
        raise UnsupportedError("PO files are read, not written.", "Export to TMX or CSV.")


@dataclass(slots=True)
class _Message:
    """A message while its lines are read: keyword -> text, and its comments."""

    line: int = 0
    texts: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    fuzzy: bool = False
    obsolete: bool = False
    problem: str = ""
    problem_line: int = 0
    keyword: str = ""

    def ends_before(self, line: str) -> bool:
        """Whether a line belongs to the next message: after a translation, what is no part of one."""
        translated = any(keyword.startswith("msgstr") for keyword in self.texts)
        if not line:
            return bool(translated or self.obsolete or self.problem)
        if line.startswith("#"):
            return bool(self.texts or self.problem or (self.obsolete and not line.startswith("#~")))
        if line.startswith("msgctxt"):
            return bool(self.texts or self.obsolete or self.problem)
        if line.startswith("msgid") and not line.startswith("msgid_plural"):
            return bool("msgid" in self.texts or translated or self.obsolete or self.problem)
        return False

    def add(self, line: str, number: int) -> None:
        """Take a line of the message; what cannot be understood makes the whole message a problem."""
        if line.startswith("#"):
            self._comment(line)
            return
        self.line = self.line or number
        match = _KEYWORD.match(line)
        if match:
            self.keyword = match[1]
            if self.keyword in self.texts:
                self._blame(number, f"{self.keyword} stands twice in a message")
            self.texts.setdefault(self.keyword, [])
            line = line[match.end() :]
        quoted = _QUOTED.match(line)
        if quoted is None or not self.keyword:
            self._blame(number, f"neither a keyword nor a quoted text: {line[:40]!r}")
            return
        self.texts[self.keyword].append(_unescaped(quoted[1]))

    def text(self, keyword: str) -> str:
        """What a keyword holds, empty where it is not there."""
        return "".join(self.texts.get(keyword, ()))

    def translations(self) -> list[str]:
        """The msgstr texts, by number."""
        keywords = [keyword for keyword in self.texts if keyword.startswith("msgstr")]
        return [self.text(keyword) for keyword in sorted(keywords, key=lambda key: int(key[7:-1] or 0))]

    def _comment(self, line: str) -> None:
        if line.startswith("#~"):
            self.obsolete = True
        elif line.startswith("#,"):
            self.fuzzy = self.fuzzy or "fuzzy" in line[2:].replace(",", " ").split()
        elif line[1:2] in ("", " ", "\t") and line[1:].strip():
            self.notes.append(line[1:].strip())

    def _blame(self, number: int, problem: str) -> None:
        if not self.problem:
            self.problem, self.problem_line = problem, number


class _Reader:
    """The state of one file: what its header said, and the message before."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._tags = Tags(options)
        self._neighbours = Neighbours(options.neighbours)
        self._written = options.languages[1]
        self.started = False

    def entries(self, message: _Message) -> Iterator[Entry]:
        """The entries of a message that has ended."""
        if message.problem:
            self.started = True
            yield from self._neighbours.next("", [Reject(message.problem_line, message.problem)])
            return
        if message.obsolete or not message.texts:
            return
        source = message.text("msgid").strip()
        first, self.started = not self.started, True
        if first and not source and "msgctxt" not in message.texts:
            self._read_header(message.text("msgstr"))
            return
        if not source:
            yield from self._neighbours.next("", [Reject(message.line, "has no msgid, or an empty one")])
            return
        if not message.translations():
            yield from self._neighbours.next(source, [Reject(message.line, "has no msgstr")])
            return
        yield from self._neighbours.next(source, list(self._units(message, source)))

    def end(self) -> Iterator[Entry]:
        """What the last message left."""
        yield from self._neighbours.end()

    def _read_header(self, text: str) -> None:
        fields = dict(line.partition(":")[::2] for line in text.splitlines())
        self._written = fields.get("Language", "").strip() or fields.get("X-Poedit-Language", "").strip() or self._written

    def _units(self, message: _Message, source: str) -> Iterator[Entry]:
        translations = [text.strip() for text in message.translations()]
        if not any(translations):
            self._options.untranslated += 1
            return
        pairs = {source: translations[0]}
        plural = message.text("msgid_plural").strip()
        if plural:
            pairs.setdefault(plural, translations[-1])
        context = message.text("msgctxt")
        properties = [("context", context)] if context else []
        values = {"state": "fuzzy" if message.fuzzy else "", "note": "\n".join(message.notes)}
        fields = fields_of(values, properties, self._options)
        for english, translation in pairs.items():
            target = self._tags.of(self._written) if self._written else _guessed(translation)
            # The format has no place for the language of the messages; by custom it is English.
            into_english = target is not None and language(target) == "en"
            chinese_source = is_chinese(english) and (into_english or has_han(translation))
            sides = [
                Side(guessed_tag(english) if chinese_source else "en", english),
                Side(target, translation, self._written),
            ]
            yield from paired(sides, english_first=not chinese_source, line=message.line, fields=fields)


def _guessed(translation: str) -> str | None:
    return guessed_tag(translation) if has_han(translation) else None


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    octal, hexadecimal, letter = escape.groups()
    if letter is not None:
        return _PLAIN_ESCAPES.get(letter, letter)
    return chr(int(octal, 8) if octal else int(hexadecimal, 16))


def _charset(path: Path) -> str | None:
    """The encoding the header names, unless the bytes themselves show another one or Python does not know it."""
    with opened(path) as file:
        head = file.read(20_000)
    found = detect_in(head)
    if found.startswith(("utf-16", "utf-32")) or found == "utf-8-sig":
        return None
    match = _CHARSET.search(head)
    if match is None:
        return None
    name = match[1].decode()
    try:
        "".encode(name)
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if codec.startswith(("utf-16", "utf-32")) else {"gb2312": "gb18030", "gbk": "gb18030"}.get(codec, name)
