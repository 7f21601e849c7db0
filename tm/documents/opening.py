"""A document opened: its format told from its name, or from its content where the name says nothing."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Final, cast

from lang.encoding import decode
from lang.errors import BadFileError, NotFoundError, UnsupportedError
from lang.tags import normalise_tag
from tm.documents.document import By, Document

_READERS: Final = {
    "txt": "tm.documents.plain:open_plain",
    "md": "tm.documents.markdown:open_markdown",
    "html": "tm.documents.web_page:open_web_page",
    "docx": "tm.documents.word:open_word",
    "xlsx": "tm.documents.workbook:open_workbook",
    "xliff": "tm.documents.xliff:open_xliff",
    "srt": "tm.documents.subtitles:open_srt",
    "vtt": "tm.documents.subtitles:open_vtt",
}
FORMAT_NAMES: Final = tuple(_READERS)
_SUFFIXES: Final = {
    **dict.fromkeys((".txt", ".text"), "txt"),
    **dict.fromkeys((".md", ".markdown", ".mkd"), "md"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), "xlsx"),
    **dict.fromkeys((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), "xliff"),
    ".srt": "srt",
    ".vtt": "vtt",
}
_NAMED: Final = "Documents can be: txt, md, html, docx, xlsx, xliff (1.2 and 2.x), srt, vtt."
_ADVICE: Final = {
    **dict.fromkeys((".doc", ".rtf", ".odt", ".wps", ".pages"), "Save it as .docx."),
    **dict.fromkeys((".xls", ".ods", ".et", ".numbers"), "Save it as .xlsx."),
    **dict.fromkeys((".pdf", ".ppt", ".pptx", ".odp"), "Export its text."),
}
_HEAD: Final = 20_000
_SRT: Final = re.compile(r"\s*\d+\s*\r?\n\s*\d+:\d\d:\d\d[,.]\d{1,3}\s*-->")


def open_document(path: Path | str, *, by: By = "sentence", encoding: str | None = None, format_name: str = "") -> Document:
    """Read a document. `by` says how text is cut into segments, `encoding` how text files are encoded (else found out).

    NotFoundError for a file that cannot be opened, UnsupportedError (naming the formats there are) for one in no format
    known, BadFileError, with the place where there is one, for one that is broken, protected, or too large.
    """
    path = Path(path)
    name = format_name or _SUFFIXES.get(path.suffix.lower()) or _format_of_content(path)
    if name not in _READERS:
        raise UnsupportedError(f"No document format is called {name!r}.", f"Choose one of {', '.join(_READERS)}.")
    module, _, function = _READERS[name].partition(":")
    opened = cast(Callable[[Path, By, str | None], Document], getattr(import_module(module), function))
    return opened(path, by, encoding)


def _format_of_content(path: Path) -> str:
    """The format a file's beginning shows."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise NotFoundError(f"{path}: {getattr(error, 'strerror', None) or error}.", "Check the name.") from error
    name = _shown_by(head, path)
    if not name:
        advice = _ADVICE.get(path.suffix.lower(), "")
        raise UnsupportedError(f"{path}: in no document format known.", f"{advice} {_NAMED}".strip())
    return name


def _shown_by(head: bytes, path: Path) -> str:
    if head.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in head else "xlsx" if b"xl/" in head else ""
    if path.suffix.lower() in _ADVICE:
        return ""
    try:
        # A head may end within a character, a line does not.
        whole = head if len(head) < _HEAD else head[: head.rfind(b"\n") + 1]
        text = decode(whole, str(path)).lstrip()
    except (BadFileError, UnsupportedError):
        return ""
    start = text[:2_000].lower()
    if re.search(r"<(?:\w+:)?xliff[\s>]", start):
        return "xliff"
    if start.startswith("webvtt"):
        return "vtt"
    if _SRT.match(text):
        return "srt"
    if re.match(r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype html|html|body)\b", start, re.DOTALL):
        return "html"
    # Corpora name the language where others name the format: speech.zh, speech.en.
    named = not path.suffix or normalise_tag(path.suffix[1:]) is not None
    return "txt" if named and text else ""
