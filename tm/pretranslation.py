"""Pre-translation: the segments of a document filled from the memory, exact matches and fuzzy ones above a threshold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lang.conversion import convert
from lang.tags import language as language_of_tag
from tm.matching import Match
from tm.memory import Memory
from tm.score import Language


@dataclass(frozen=True, slots=True)
class Filled:
    """A segment that was filled: its number in the document, the text put in, the match it is from.

    `review` says that a person must look at it: it is not a whole match in the memory.
    """

    index: int
    text: str
    match: Match
    review: bool


def pretranslate(
    memory: Memory,
    segments: Sequence[tuple[int, str]],
    *,
    lowest: float = 0.75,
    language: Language | None = None,
    target_tag: str = "",
    progress: Callable[[int], None] | None = None,
) -> list[Filled]:
    """What the memory has for these segments, (number, text) in document order, best match of each.

    A match that differs in its numbers only is put in with the segment's numbers where that is safe. Chinese targets are
    written in the script of `target_tag` (zh-Hans, zh-Hant-HK, zh-Hant-TW), where it is given.
    """
    filled: list[Filled] = []
    texts = [text for _, text in segments]
    for done, ((index, text), before, after) in enumerate(zip(segments, ["", *texts[:-1]], [*texts[1:], ""], strict=True)):
        found = memory.match(text, language=language, lowest=lowest, limit=1, before=before, after=after)
        if found:
            match = found[0]
            target = match.substituted or match.target
            if target_tag and language_of_tag(target_tag) == "zh":
                target = convert(target, target_tag)
            whole = match.kind != "fuzzy" or (match.other_script and match.score >= 0.99)
            filled.append(Filled(index, target, match, review=not whole))
        if progress and done % 50 == 0:
            progress(done)
    return filled
