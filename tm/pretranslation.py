"""Pre-translation: the segments of a document filled from the memory, exact matches and fuzzy ones above a threshold."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
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
    without: Collection[int] = (),
    lowest: float = 0.75,
    language: Language | None = None,
    target_tag: str = "",
    progress: Callable[[int], None] | None = None,
) -> list[Filled]:
    """What the memory has for the segments of a document, (number, text) in its order, best match of each.

    Those whose numbers are in `without` are only the context of the others, since they are translated already.
    A match that differs in its numbers only is put in with the segment's numbers where that is safe. Chinese targets are
    written in the script of `target_tag` (zh-Hans, zh-Hant-HK, zh-Hant-TW), where it is given.
    """
    filled: list[Filled] = []
    texts = [text for _, text in segments]
    for done, ((index, text), before, after) in enumerate(zip(segments, ["", *texts[:-1]], [*texts[1:], ""], strict=True)):
        if index in without:
            continue
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


@dataclass(frozen=True, slots=True)
class FillSummary:
    """How many segments were filled by kind of match, how many of them with numbers put in, and from which memories."""

    kinds: dict[str, int]
    numbers: int
    origins: dict[str, int]


def summary_of(filled: Sequence[Filled]) -> FillSummary:
    """What was filled from where; the memories that gave most come first."""
    kinds = Counter(one.match.kind for one in filled)
    origins = Counter(one.match.unit.origin for one in filled)
    return FillSummary(
        {kind: kinds[kind] for kind in ("context", "exact", "fuzzy") if kinds[kind]},
        sum(bool(one.match.substituted) for one in filled),
        dict(origins.most_common()),
    )
