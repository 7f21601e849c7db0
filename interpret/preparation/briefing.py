"""A briefing: the terms, names and numbers of an event's documents in order of appearance, and what the term base lacks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from glossary.extraction.extraction import Stages
from glossary.extraction.known import Known, key_of
from glossary.recognition import Recogniser
from interpret.new_terms import Place, new_terms, within
from interpret.number_prompts import number_prompts
from interpret.preparation.names import names_in
from interpret.preparation.reading import Sentence
from lang.script import is_chinese
from workspace.workspace import Workspace

EntryKind = Literal["term", "candidate", "name", "number"]
"""A term of the term base, a candidate for one, a name the term base has not, or a number."""

_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to know before the event, at its first appearance. `renderings` are preferred first, empty where unknown.

    `concept` is its number in the term base, 0 where it is not in it; `count` is how often it occurs.
    """

    kind: EntryKind
    text: str
    renderings: tuple[str, ...]
    count: int
    document: str
    place: str
    context: str
    concept: int = 0


@dataclass(frozen=True, slots=True)
class Briefing:
    """All entries in order of appearance, the language of most sentences, and how many sentences were read."""

    entries: tuple[Entry, ...]
    language: Literal["zh", "en"]
    sentences: int

    def of_kind(self, *kinds: EntryKind) -> list[Entry]:
        """The entries of these kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    @property
    def missing(self) -> list[Entry]:
        """What the term base lacks: candidates and names."""
        return self.of_kind("candidate", "name")


def prepare(
    sentences: Sequence[Sentence],
    workspace: Workspace,
    *,
    least: int = 2,
    limit: int = 60,
    approved: bool = False,
    stages: Stages | None = None,
) -> Briefing:
    """The briefing of some documents. A candidate occurs `least` times; there are at most `limit`, the likeliest.

    Years and ordinals that both languages write alike are left out, as are quantities that are part of a term.
    """
    texts = [one.text for one in sentences]
    language: Literal["zh", "en"] = "zh" if sum(map(is_chinese, texts)) * 2 >= len(texts) else "en"
    found = _Found(sentences)
    recogniser = Recogniser(workspace.term_store, approved=approved)
    for at, terms in enumerate(recogniser.recognise_lines(texts)):
        for term in terms:
            if term.translations:
                renderings = tuple(term.translations[:_SHOWN])
                found.add("term", (at, term.start, term.end), renderings, key=f"{term.concept.id}", concept=term.concept.id)
    taken = [list(spans) for spans in found.spans]
    for at, text in enumerate(texts):
        for number in number_prompts(text, "zh" if is_chinese(text) else "en", taken[at]):
            found.add("number", (at, number.start, number.end), (number.rendering,))
    known = Known(workspace.glossary.concepts())
    for at, start, end in names_in(texts):
        text = texts[at][start:end]
        side: Literal["zh", "en"] = "zh" if is_chinese(text) else "en"
        if not within(start, end, taken[at]) and not known.has(key_of(text, side), side):
            found.add("name", (at, start, end), ())
    for _, places in new_terms(texts, taken, known, least=least, limit=limit, stages=stages):
        found.add("candidate", places[0], (), count=len(places))
    return Briefing(found.entries(), language, len(sentences))


class _Found:
    """Entries by what they are, first appearance and count."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._entries: dict[tuple[str, str], tuple[Place, Entry]] = {}
        self.spans: list[list[tuple[int, int]]] = [[] for _ in sentences]

    def add(
        self, kind: EntryKind, place: Place, renderings: tuple[str, ...], *, key: str = "", concept: int = 0, count: int = 1
    ) -> None:
        at, start, end = place
        sentence = self._sentences[at]
        text = sentence.text[start:end]
        self.spans[at].append((start, end))
        # A name that is a candidate too is a name.
        group = "missing" if kind in ("name", "candidate") else kind
        known = self._entries.get((group, key or text))
        if known is None:
            entry = Entry(kind, text, renderings, count, sentence.document, sentence.place, sentence.text, concept)
            self._entries[group, key or text] = place, entry
        elif kind == known[1].kind:
            self._entries[group, key or text] = known[0], replace(known[1], count=known[1].count + count)

    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for _, entry in sorted(self._entries.values(), key=lambda one: one[0]))
