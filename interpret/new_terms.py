"""Terms that the term base lacks in the texts of an event, drafts before it or what was heard in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from glossary.extraction.extraction import Candidate, Passage, Stages, extract_terms
from glossary.extraction.known import Known
from lang.script import is_chinese

Place = tuple[int, int, int]
"""(text, start, end), counted from 0: texts[text][start:end]."""
Spans = Sequence[tuple[int, int]]


def new_terms(
    texts: Sequence[str],
    recognised: Sequence[Spans],
    known: Known,
    *,
    least: int,
    limit: int,
    document: str = "",
    stages: Stages | None = None,
) -> Iterator[tuple[Candidate, list[Place]]]:
    """The likeliest candidates of either language, at most `limit` each, with their places in order.

    `recognised` are the spans of known terms in each text: what stands within one is no occurrence of its own, so that a
    part of a phrase is not new where the whole phrase is known. A candidate has `least` such places.
    """
    passages: dict[Literal["zh", "en"], list[Passage]] = {"zh": [], "en": []}
    for at, text in enumerate(texts):
        passages["zh" if is_chinese(text) else "en"].append(Passage(text, document, at + 1))
    for language, own in passages.items():
        if not own:
            continue
        for candidate in extract_terms(own, language, least=least, limit=limit, known=known, stages=stages):
            places = [place for place in _places(candidate.text, texts) if not within(place[1], place[2], recognised[place[0]])]
            if len(places) >= least:
                yield candidate, places


def within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether one of the spans holds this one."""
    return any(low <= start and end <= high for low, high in spans)


def _places(wanted: str, texts: Sequence[str]) -> Iterator[Place]:
    for at, text in enumerate(texts):
        start = text.find(wanted)
        while start >= 0:
            yield at, start, start + len(wanted)
            start = text.find(wanted, start + len(wanted))
