"""The sentences of one document in an alignment, some of them cut in two or more where a person wanted it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tm.alignment import joined


class Piece(NamedTuple):
    """A segment as the part of a sentence it is: the sentence's place in the document, and the characters of it."""

    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segments:
    """What an alignment pairs: the sentences of a document in order, or the pieces of those that were cut.

    `cuts` are the places where a piece begins, in order: a sentence and a character of it. The sentences stay as they are, so
    that pieces put together again are the text of the document, blank for blank.
    """

    sentences: Sequence[str]
    cuts: tuple[tuple[int, int], ...] = ()

    def __len__(self) -> int:
        return len(self.sentences) + len(self.cuts)

    def piece(self, place: int) -> Piece:
        """Which part of which sentence the segment at a place is. IndexError where there is none."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        cuts = self.cuts
        # The piece that a cut begins comes behind the sentences before its own, that sentence's beginning, and earlier cuts.
        behind = bisect_right(range(len(cuts)), place, key=lambda at: cuts[at][0] + at + 1)
        sentence = place - behind
        start = cuts[behind - 1][1] if behind and cuts[behind - 1][0] == sentence else 0
        goes_on = behind < len(cuts) and cuts[behind][0] == sentence
        return Piece(sentence, start, cuts[behind][1] if goes_on else len(self.sentences[sentence]))

    def __getitem__(self, place: int) -> str:
        sentence, start, end = self.piece(place)
        return self.sentences[sentence][start:end]

    def is_cut(self, place: int) -> bool:
        """Whether the segment is less than a sentence."""
        sentence, start, end = self.piece(place)
        return end - start < len(self.sentences[sentence])

    def text(self, span: range) -> str:
        """The segments at these places as one text; pieces of a sentence are joined as they were."""
        if not span:
            return ""
        first, last = self.piece(span[0]), self.piece(span[-1])
        texts = list(self.sentences[first.sentence : last.sentence + 1])
        texts[-1] = texts[-1][: last.end]
        texts[0] = texts[0][first.start :]
        return joined(texts, range(len(texts)))

    def around(self, span: range) -> tuple[str, str]:
        """What stands before and behind these places: a whole sentence, or the next piece of one that is begun or goes on there.

        Empty at the beginning and the end of the document.
        """
        first, last = self.piece(span[0]), self.piece(span[-1])
        sentences, next_one = self.sentences, last.sentence + 1
        before = self[span[0] - 1] if first.start else sentences[first.sentence - 1] if first.sentence else ""
        if last.end < len(sentences[last.sentence]):
            return before, self[span[-1] + 1]
        return before, sentences[next_one] if next_one < len(sentences) else ""

    def cut(self, place: int, offset: int) -> "Segments":
        """With the segment at a place in two, the second of which begins at a character of it.

        ValueError where one of them would be blank or there is no such segment.
        """
        text = self[place] if 0 <= place < len(self) else ""
        if offset < 0 or not (text[:offset].strip() and text[offset:].strip()):
            raise ValueError(f"nothing to cut off segment {place} at {offset}")
        sentence, start, _ = self.piece(place)
        return Segments(self.sentences, tuple(sorted((*self.cuts, (sentence, start + offset)))))

    def mend(self, place: int) -> "Segments":
        """With the segment at a place and the next one as one again. ValueError where they are no pieces of one sentence."""
        following = self.piece(place + 1) if 0 <= place < len(self) - 1 else None
        if following is None or following.start == 0:
            raise ValueError(f"segment {place} goes on in no other")
        return Segments(self.sentences, tuple(cut for cut in self.cuts if cut != (following.sentence, following.start)))
