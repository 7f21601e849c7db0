"""Two documents that translate each other, read and aligned with what the term base recognises in them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lang.errors import YuqiaoError
from lang.script import is_chinese
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from tm.alignment import Link
    from tm.documents.document import Segment

Progress = Callable[[int], None]
"""Called now and then with the number of sentences done."""

_TOLD_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as alignment sees it: its sentences, and the number of the paragraph each stands in."""

    path: Path
    sentences: tuple[str, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """A Chinese document and its English translation; `swapped` where they were named the other way round."""

    chinese: DocumentText
    english: DocumentText
    swapped: bool = False

    @property
    def size(self) -> int:
        """How many sentences the two have together."""
        return len(self.chinese.sentences) + len(self.english.sentences)


def read_pair(first: Path, second: Path, encoding: str | None = None) -> DocumentPair:
    """Read two documents, in whichever order; text files in `encoding`, where it is given.

    YuqiaoError where one cannot be read or has no text, or where both are in one language.
    """
    texts = [_read(path, encoding) for path in (first, second)]
    chinese = [_reads_chinese(text.sentences) for text in texts]
    if chinese[0] == chinese[1]:
        name = "Chinese" if chinese[0] else "English"
        raise YuqiaoError(f"{first} and {second} both read as {name}.", "Name a Chinese document and its English translation.")
    return DocumentPair(texts[1], texts[0], swapped=True) if chinese[1] else DocumentPair(texts[0], texts[1])


def _read(path: Path, encoding: str | None) -> DocumentText:
    from tm.documents.opening import open_document

    segments: list[Segment] = open_document(path, encoding=encoding).segments()
    if not any(char.isalnum() for segment in segments for char in segment.text):
        raise YuqiaoError(f"{path} has no text.", "There is nothing to align.")
    return DocumentText(path, tuple(one.text for one in segments), tuple(one.paragraph for one in segments))


def _reads_chinese(sentences: Sequence[str]) -> bool:
    # Code and names make a Chinese text look English as a whole, tables and addresses sentence by sentence.
    return is_chinese("".join(sentences)) or 2 * sum(map(is_chinese, sentences)) > len(sentences)


def concepts_of(
    pair: DocumentPair, workspace: Workspace, progress: Progress, *, text_by_text: bool = False
) -> list[frozenset[int]]:
    """For each sentence, the Chinese ones first, the ids of the concepts that the term base recognises in it.

    `text_by_text` as glossary.recognition.recognisers has it: nobody on another thread is kept waiting.
    """
    from glossary.recognition import recognisers

    found: list[frozenset[int]] = []
    texts = pair.chinese.sentences + pair.english.sentences
    for recogniser, batch in recognisers(workspace.term_store, texts, text_by_text=text_by_text):
        for text in batch:
            if len(found) % _TOLD_EVERY == 0:
                progress(len(found))
            found.append(frozenset(concept for hit in recogniser.find(text) for concept in recogniser.concepts_of(hit[0])))
    return found


def align_pair(pair: DocumentPair, concepts: Sequence[frozenset[int]], progress: Progress) -> "list[Link]":
    """The links between the sentences of the two (see tm.alignment); `progress` hears of Chinese sentences."""
    from tm.alignment import align

    count = len(pair.chinese.sentences)
    return align(
        pair.chinese.sentences,
        pair.english.sentences,
        source_concepts=concepts[:count],
        target_concepts=concepts[count:],
        source_paragraphs=pair.chinese.paragraphs,
        target_paragraphs=pair.english.paragraphs,
        progress=progress,
    )
