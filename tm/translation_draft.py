"""A translation under way: what was confirmed or begun, kept beside the document, so that nothing is lost with a terminal.

The file is JSON Lines, a line for each confirmation, written through to the disk; a line that a crash cut off is passed
over. Lines name their source text: where the document has changed since, what is the same is found again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lang.errors import BadFileError
from tm.documents.document import Segment
from tm.journal import append_lines, read_lines

SUFFIX: Final = ".yuqiao.jsonl"


@dataclass(frozen=True, slots=True)
class Rendered:
    """The translation of a segment so far, and whether the translator confirmed it."""

    target: str
    confirmed: bool = False


class TranslationDraft:
    """The translations of one document's segments, by their index."""

    def __init__(self, path: Path, segments: Sequence[Segment]) -> None:
        self.path = path
        self._sources = {segment.index: segment.text for segment in segments}
        self._rendered = {segment.index: Rendered(segment.target) for segment in segments if segment.target}

    @classmethod
    def beside(cls, document: Path, segments: Sequence[Segment]) -> "TranslationDraft":
        """The draft of a document, with what an earlier session kept; BadFileError where the file is something else."""
        draft = cls(document.with_name(document.name + SUFFIX), segments)
        draft._read()
        return draft

    def rendered(self, index: int) -> Rendered:
        """The translation of a segment; an empty one where there is none yet."""
        return self._rendered.get(index, Rendered(""))

    @property
    def confirmed(self) -> int:
        """How many segments are confirmed."""
        return sum(one.confirmed for one in self._rendered.values())

    def translations(self) -> dict[int, str]:
        """All translations, for the document to be written."""
        return {index: one.target for index, one in self._rendered.items() if one.target}

    def unconfirmed(self) -> list[int]:
        """Those of them that a person has not confirmed."""
        return [index for index, one in self._rendered.items() if one.target and not one.confirmed]

    def keep(self, index: int, rendered: Rendered) -> None:
        """Keep a translation, on the disk when this returns; nothing is written where it is known.

        YuqiaoError where the folder cannot be written to.
        """
        if self.rendered(index) == rendered:
            return
        line = {"index": index, "source": self._sources[index], "target": rendered.target, "confirmed": rendered.confirmed}
        append_lines(self.path, [line])
        self._rendered[index] = rendered

    def _read(self) -> None:
        moved: dict[str, Rendered] = {}
        for number, one in read_lines(self.path):
            try:
                index, source = int(one["index"]), str(one["source"])
                rendered = Rendered(str(one["target"]), bool(one["confirmed"]))
            except (ValueError, KeyError, TypeError) as error:
                if number > 1:
                    continue
                raise BadFileError(str(self.path), number, "keeps no translation", "Move the file away.") from error
            if self._sources.get(index) == source:
                self._rendered[index] = rendered
            else:
                moved[source] = rendered
        for index, source in self._sources.items():
            if source in moved and not self._rendered.get(index, Rendered("")).target:
                self._rendered[index] = moved[source]
