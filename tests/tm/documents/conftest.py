"""The small documents of our own, and documents written on the spot."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tm.documents.document import By, Document
from tm.documents.opening import open_document

SAMPLES = Path(__file__).parents[2] / "data" / "documents"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the sample documents."""
    return SAMPLES


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Document]:
    """Writes a document of this name and content, and opens it."""

    def write_and_open(name: str, content: str | bytes, by: By = "sentence") -> Document:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return open_document(path, by=by)

    return write_and_open


@pytest.fixture
def rewritten(opened: Callable[..., Document], tmp_path: Path) -> Callable[..., str]:
    """Writes a document of this name and content again with translations (text -> translation), and gives its text."""

    def rewrite(name: str, content: str | bytes, translations: dict[str, str], by: By = "sentence") -> str:
        document = opened(name, content, by)
        numbers = {segment.text: segment.index for segment in document.segments()}
        out = tmp_path / f"out-{name}"
        document.write(out, {numbers[text]: translation for text, translation in translations.items()})
        return out.read_bytes().decode("utf-8")

    return rewrite
