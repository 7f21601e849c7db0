"""What a whole sentence or paragraph in the search field brings: its terms in place, and how the like of it was translated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tui.reading import RESULTS, PairShown, Reader, ResultRow, Results

if TYPE_CHECKING:
    from tm.matching import Edit, Match
    from tm.memory import Memory
    from tui.display import DisplayScript
    from tui.highlighting import Span

_HAN_CHARS: Final = 8
_WORDS: Final = 5
_ENDS: Final = re.compile(r"[。！？；，]|[.!?;]\s*$|[.!?;]\s")
_HAN: Final = re.compile(r"[㐀-鿿]")
_LONGEST_TERM: Final = 60
"""Characters; nothing longer is looked up as a term."""

_MATCHED: Final = 6
"""Sentences of a paragraph that are matched: more do not fit on a screen."""

_MATCHES: Final = 3


@dataclass(frozen=True, slots=True)
class MatchShown:
    """A stored sentence like the query: how like in [0, 1], in which pieces it differs, and its translation."""

    score: float
    label: str
    edits: "tuple[Edit, ...]"
    target: str
    substituted: str


@dataclass(frozen=True, slots=True)
class SentenceFound:
    """A text as shown and its terms' places there. `matches` and `parts` are None while the memory is being searched."""

    results: Results
    text: str
    spans: "tuple[Span, ...]"
    matches: tuple[MatchShown, ...] | None = None
    parts: tuple[PairShown, ...] | None = None


def may_be_sentence(text: str) -> bool:
    """Whether a text is long enough, or ends like one, to be taken for running text unless a term is spelt so."""
    return len(_HAN.findall(text)) >= _HAN_CHARS or len(text.split()) >= _WORDS or _ENDS.search(text) is not None


class SentenceReader(Reader):
    """Reads results, of terms and of running text."""

    def sentence(self, ticket: int, query: str, script: "DisplayScript") -> Iterator[SentenceFound | Results]:
        """The terms of a text, then the memory's sentences like it; only results where the query is a term."""
        from glossary.recognition import Recogniser
        from tui.highlighting import term_spans

        with self._reading(ticket) as workspace:
            is_term = len(query) <= _LONGEST_TERM and workspace.glossary.is_term(query)
        if is_term:
            yield self.look_up(ticket, query, script)
            return
        with self._reading(ticket) as workspace:
            started = self._clock()
            recognised = Recogniser(workspace.term_store, text=query).recognise(query)
            milliseconds = (self._clock() - started) * 1000
            rows: dict[int, ResultRow] = {}
            for term in recognised:
                chinese = next(iter(script.names(term.concept)), "")
                english = next(iter(term.concept.texts("en")), "")
                row = ResultRow(term.concept, chinese, english, "exact", term.status, script.show(term.text))
                rows.setdefault(term.concept.id, row)
        results = Results(query, script, tuple(rows.values())[:RESULTS], milliseconds)
        text = script.show(query)
        if text == query:
            spans = [(term.start, term.end) for term in recognised]
        else:
            spans = term_spans(text, [script.show(term.text) for term in recognised])
        found = SentenceFound(results, text, tuple(spans))
        yield found
        with self._reading(ticket) as workspace:
            shown, unmatched = _matches(workspace.memory, query, script)
        found = replace(found, matches=shown)
        yield found
        with self._reading(ticket) as workspace:
            parts = _parts(workspace.memory, unmatched, script)
        yield replace(found, parts=parts)


def _matches(memory: "Memory", query: str, script: "DisplayScript") -> tuple[tuple[MatchShown, ...], list[str]]:
    """Matches of each sentence, and the sentences without one."""
    from lang.sentences import split_sentences

    matches: list[MatchShown] = []
    unmatched: list[str] = []
    sentences = [sentence.strip() for sentence in split_sentences(query) if sentence.strip()]
    for sentence in sentences[:_MATCHED]:
        found = memory.match(sentence, limit=_MATCHES if len(sentences) == 1 else 1)
        matches += [_match_shown(match, sentence, script, memory) for match in found]
        if not found:
            unmatched.append(sentence)
    return tuple(matches), unmatched


def _parts(memory: "Memory", sentences: list[str], script: "DisplayScript") -> tuple[PairShown, ...]:
    """Pairs that use pieces of sentences, with the pieces' places."""
    from tm.concordance import Phrase, spans_of

    parts: list[PairShown] = []
    for sentence in sentences:
        for part in memory.fragments(sentence):
            source, target = script.show(part.unit.source), script.show(part.unit.target)
            phrases = [Phrase.of(part.text)]
            places = [tuple((s.start, s.end) for s in spans_of(phrases, text)) for text in (source, target)]
            parts.append(PairShown(source, target, places[0], places[1], part.unit.origin, part.unit.domain))
    return tuple(dict.fromkeys(parts))


def _match_shown(match: "Match", sentence: str, script: "DisplayScript", memory: "Memory") -> MatchShown:
    from tm.matching import difference

    edits = difference(script.show(sentence), script.show(match.source), memory.language_of(sentence))
    told = (match.kind, "other script" if match.other_script else "", "numbers differ" if match.numbers_differ else "")
    label = ", ".join(filter(None, (*told, match.unit.origin)))
    return MatchShown(match.score, label, tuple(edits), script.show(match.target), script.show(match.substituted))


def one_paragraph(pasted: str) -> str:
    """A pasted text of several lines in one: Chinese joined as it is, other text with blanks between the lines."""
    from lang.script import has_han

    lines = [line.strip() for line in pasted.splitlines() if line.strip()]
    joined = ""
    for line in lines:
        # Between Chinese and after its punctuation a line break is no blank.
        close = not joined or has_han(joined[-1] + line[0]) or joined[-1] in "。，、；：？！）》」”"
        joined += line if close else f" {line}"
    return joined
