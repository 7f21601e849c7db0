"""Speech drafts and slides read as sentences: the formats of translate, pptx, and pdf where `yuqiao[pdf]` is installed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lang.errors import BadFileError, NotFoundError, UnsupportedError
from lang.sentences import split_sentences

_HAN_WRAP: Final = re.compile(
    r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])[ \t]*\n[ \t]*(?=[\u3000-\u303f\u3400-\u9fff\uff00-\uffef])"
)
_ENDS: Final = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document. `place` is what a person would look for: sentence 12, slide 3, page 4."""

    text: str
    document: str
    place: str


def read_sentences(path: Path, encoding: str | None = None) -> list[Sentence]:
    """The sentences of a document in reading order.

    NotFoundError where it cannot be opened, BadFileError where it is broken, UnsupportedError for a format that cannot be read
    or a pdf without text or without the extra that reads it.
    """
    suffix = path.suffix.lower()
    if suffix in (".pptx", ".pptm", ".ppsx"):
        from interpret.preparation.slides import slide_paragraphs

        return list(_cut(slide_paragraphs(path), path.name))
    if suffix == ".pdf":
        return list(_cut(_pages(path), path.name))
    from tm.documents.opening import open_document

    segments = open_document(path, encoding=encoding).segments()
    return [Sentence(one.text, path.name, one.place or f"sentence {one.index + 1}") for one in segments]


def _cut(paragraphs: Iterable[tuple[str, str]], document: str) -> Iterator[Sentence]:
    for place, text in paragraphs:
        yield from (Sentence(part.strip(), document, place) for part in split_sentences(text) if part.strip())


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    """(page, paragraph) of a pdf; lines that were wrapped are joined, in Chinese without a blank."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise UnsupportedError(
            f"{path}: reading pdf needs an extra.", "Install yuqiao[pdf], or export the text from your viewer."
        ) from error
    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except OSError as error:
        raise NotFoundError(f"{path}: {error.strerror or error}.", "Check the name.") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadFileError(str(path), 0, f"is no pdf, a protected or a broken one ({error}).", "Export its text.") from error
    if not any(page.strip() for page in pages):
        raise UnsupportedError(f"{path}: the pdf has no text, only images.", "Export its text, or have it recognised (OCR).")
    for number, page in enumerate(pages, start=1):
        for paragraph in _ENDS.split(_HAN_WRAP.sub("", page)):
            text = " ".join(paragraph.split())
            if text:
                yield f"page {number}", text
