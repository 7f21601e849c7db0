"""Numbers segments and their revisions, and turns text that grows into sentences, each its own segment."""

from typing import Final

from interpret.hypothesis import Hypothesis
from lang.sentences import split_sentences

_KEPT: Final = 3
_ENDS: Final = "。！？!?…"
_CLOSERS: Final = "」』”’\"')）】》"


class Segments:
    """Gives each segment its number and each change of it the next revision."""

    def __init__(self) -> None:
        self._next = 0
        self._open: dict[object, tuple[int, int, str, bool]] = {}

    def say(
        self,
        key: object,
        text: str,
        received_ns: int,
        *,
        stable: int = 0,
        final: bool = False,
        spoken_ms: tuple[float, float] | None = None,
        emitted_ms: float | None = None,
    ) -> list[Hypothesis]:
        """The hypothesis that a segment now has this text, unless it is known; none for an empty one never heard of."""
        number, revision, before, was_final = self._open.get(key, (-1, -1, "", False))
        if (number < 0 and not text) or (text == before and (was_final or not final) and number >= 0):
            return []
        if number < 0:
            number, self._next = self._next, self._next + 1
        self._open[key] = (number, revision + 1, text, final)
        stable = len(text) if final else min(stable, len(text))
        return [Hypothesis(number, revision + 1, text, stable, final, received_ns, spoken_ms, emitted_ms)]

    def forget(self, key: object) -> None:
        """The segment will not change any more."""
        self._open.pop(key, None)

    def close_all(self, received_ns: int) -> list[Hypothesis]:
        """What is not final yet is so now: the stream has ended."""
        ended: list[Hypothesis] = []
        for key, (_, _, text, final) in list(self._open.items()):
            if not final:
                ended.extend(self.say(key, text, received_ns, final=True))
        return ended


def ends_sentence(text: str) -> bool:
    """Whether a sentence is over at the end of a text, as far as can be told without what follows."""
    bare = text.rstrip().rstrip(_CLOSERS)
    if not bare:
        return False
    return bare[-1] in _ENDS or (bare[-1] == "." and len(split_sentences(bare + " Then")) > len(split_sentences(bare)))


class GrowingText:
    """Text that grows by increments, whose end may be taken back; each of its sentences becomes a segment.

    A sentence is final once it is over. The last few stay in reach, so that a recogniser that takes back what it said
    changes or withdraws them.
    """

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._text = ""
        self._first = 0
        self._count = 0
        # Up to which character of the text each increment reaches, and when it was spoken.
        self._spans: list[tuple[int, tuple[float, float]]] = []

    def change(
        self,
        new: str,
        received_ns: int,
        *,
        deleted: int = 0,
        loose: str = "",
        over: bool = False,
        spoken_ms: tuple[float, float] | None = None,
        emitted_ms: float | None = None,
    ) -> list[Hypothesis]:
        """Take `deleted` characters off the end and add `new`; `loose` follows for now. `over` ends the last sentence."""
        self._text = (self._text[: len(self._text) - deleted] if deleted else self._text) + new
        if spoken_ms is not None:
            self._spans.append((len(self._text), spoken_ms))
        whole = self._text + loose
        sentences = split_sentences(whole)
        heard: list[Hypothesis] = []
        confirmed = len(self._text.rstrip())
        at = 0
        for index, sentence in enumerate(sentences):
            at = whole.find(sentence, at)
            stop = at + len(sentence)
            last = index == len(sentences) - 1
            final = stop <= confirmed and (not last or over or ends_sentence(sentence))
            heard += self._segments.say(
                (self, self._first + index),
                sentence,
                received_ns,
                stable=max(0, confirmed - at),
                final=final,
                spoken_ms=self._spoken(at, stop),
                emitted_ms=emitted_ms,
            )
            at = stop
        for index in range(len(sentences), self._count):
            heard += self._segments.say((self, self._first + index), "", received_ns, final=True)
        self._count = len(sentences)
        if over:
            self._move_on(len(sentences), len(whole))
        elif len(sentences) > _KEPT:
            gone = len(sentences) - _KEPT
            self._move_on(gone, whole.find(sentences[gone], sum(map(len, sentences[:gone]))))
        return heard

    def replace_all(self, text: str, received_ns: int, *, spoken_ms: tuple[float, float] | None = None) -> list[Hypothesis]:
        """The whole of the text in reach is this, and it is over."""
        return self.change(text, received_ns, deleted=len(self._text), over=True, spoken_ms=spoken_ms)

    def _move_on(self, sentences: int, chars: int) -> None:
        for index in range(self._first, self._first + sentences):
            self._segments.forget((self, index))
        self._first += sentences
        self._count -= sentences
        self._text = self._text[chars:]
        self._spans = [(end - chars, span) for end, span in self._spans if end > chars]

    def _spoken(self, start: int, stop: int) -> tuple[float, float] | None:
        """When text[start:stop] was spoken: from the increment that has its first character to that which has its last."""
        within = [span for end, span in self._spans if end > start]
        if not within:
            return None
        last = next((span for end, span in self._spans if end >= stop), within[-1])
        return (within[0][0], last[1])
