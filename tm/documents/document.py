"""What a document is to the memory: numbered segments, and a way to write it again with some of them replaced."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Kind = Literal["paragraph", "heading", "list item", "quote", "cell", "note", "header", "footer", "cue", "unit"]

By = Literal["sentence", "paragraph"]
"""How text is cut into segments. Bilingual formats are cut already, and stay so under either."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence (or paragraph) of a document, without inline markup and the blanks around it.

    `index` counts from 0 and names the segment when the document is written; `paragraph` counts from 1 those paragraphs,
    cells and cues that hold text. `target` is the translation a bilingual format has, empty where it has none, `state`
    what it says of that translation. `place` is what a person would look for: Sheet1!B3, a cue's time, a unit's id.
    """

    index: int
    text: str
    paragraph: int
    kind: Kind = "paragraph"
    target: str = ""
    state: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What writing did: how many segments were replaced, and which of those lost inline markup or had it moved."""

    replaced: int
    simplified: tuple[int, ...] = ()


class Document(Protocol):
    """A file that was read. It holds the file's content: what happens to the file afterwards does not matter to it."""

    @property
    def path(self) -> Path:
        """The file it was read from."""
        ...

    @property
    def format(self) -> str:
        """The name of its format, as in `opening.FORMAT_NAMES`."""
        ...

    def segments(self) -> list[Segment]:
        """Its segments in reading order."""
        ...

    def write(
        self, path: Path | str, translations: Mapping[int, str], *, review: Collection[int] = (), target_lang: str = ""
    ) -> WriteReport:
        """Write it to `path` with these segments (by index) replaced and all others as they are.

        The file is written beside `path` and moved into place; it is the input that is replaced only when `path` is the
        input's. An empty translation, or one equal to the segment, changes nothing. `review` are the segments whose
        translation a person must look at, and `target_lang` is the tag of the translations: formats that have a place
        for such facts record them. NotFoundError for an index the document does not have.
        """
        ...
