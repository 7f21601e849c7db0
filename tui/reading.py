"""What the screens show, read off the UI thread on a connection of its own."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui.connection import Connection, SupersededError

if TYPE_CHECKING:
    from glossary.concept import Concept, ConceptChange
    from glossary.glossary import Glossary
    from glossary.lookup import MatchKind
    from tm.unit import Unit
    from tui.display import DisplayScript
    from tui.highlighting import Span
    from workspace.workspace import Workspace

RESULTS: Final = 50
"""Concepts shown for a query: more would cost time at every keystroke, and nobody reads that far."""

PAIRS: Final = 8
_CANDIDATE_PAIRS: Final = 40

Clock = Callable[[], float]
"""Seconds that only go forward."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One concept found, as the list shows it; `found` is the term that was found, `status` that term's."""

    concept: "Concept"
    chinese: str
    english: str
    kind: "MatchKind"
    status: str
    found: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query; `milliseconds` is what the look-up itself took."""

    query: str
    script: "DisplayScript"
    rows: tuple[ResultRow, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class PairShown:
    """A sentence pair with the places of the concept's terms in both languages; `avoided` are those not to be used."""

    source: str
    target: str
    source_spans: "tuple[Span, ...]"
    target_spans: "tuple[Span, ...]"
    origin: str
    domain: str
    avoided: "tuple[tuple[Span, ...], tuple[Span, ...]]" = ((), ())


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one concept. `pairs` is None while they are still being searched."""

    concept: "Concept"
    script: "DisplayScript"
    names: tuple[str, ...]
    definition: str
    note: str
    history: "tuple[ConceptChange, ...]"
    pairs: tuple[PairShown, ...] | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to look up, and in which domains."""

    concepts: int
    pairs: int
    domains: tuple[str, ...]


class Reader:
    """Reads for one pane, one thing at a time: a newer request stops the one that runs.

    Its connection is opened by the first read. `supersede` is called on the UI thread and never waits for a read.
    """

    def __init__(self, open_workspace: "Callable[[], Workspace]", clock: Clock = time.perf_counter) -> None:
        self._connection = Connection(open_workspace)
        self._clock = clock
        self._state = threading.Lock()
        self._newest = 0
        self._running = False

    def supersede(self) -> int:
        """Stop what runs and drop what waits; returns the ticket of the read that takes their place."""
        with self._state:
            self._newest += 1
            if self._running:
                self._connection.interrupt()
            return self._newest

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self.supersede()
        self._connection.close()

    def look_up(self, ticket: int, query: str, script: "DisplayScript") -> Results:
        """Concepts that a query names. SupersededError where a newer read was asked for."""
        with self._reading(ticket) as workspace:
            started = self._clock()
            matches = workspace.glossary.lookup(query, limit=RESULTS)
            milliseconds = (self._clock() - started) * 1000
            rows = [
                ResultRow(
                    match.concept,
                    next(iter(script.names(match.concept)), ""),
                    next(iter(match.concept.texts("en")), ""),
                    match.kind,
                    match.status,
                    script.show(match.term_text),
                )
                for match in matches
            ]
            return Results(query, script, tuple(rows), milliseconds)

    def sheet(self, ticket: int, concept_id: int, script: "DisplayScript") -> Iterator[Sheet]:
        """A concept's sheet, first without the sentence pairs, then with them."""
        with self._reading(ticket) as workspace:
            bare = _bare_sheet(workspace.glossary, concept_id, script)
        yield bare
        with self._reading(ticket) as workspace:
            terms = _terms_shown(bare)
            units = workspace.memory.pairs_with([term.text for term in bare.concept.terms], _CANDIDATE_PAIRS)
            shown = [_pair_shown(unit, terms, script) for unit in units]
        # A stored phrase may stand inside another word (AI in maintain): such a pair does not use the term.
        used = [pair for pair in shown if pair.source_spans or pair.target_spans]
        used.sort(key=lambda pair: not (pair.source_spans and pair.target_spans))
        yield _with_pairs(bare, tuple(used[:PAIRS]))

    def counts(self) -> Counts:
        """How many concepts, pairs and domains there are."""
        from glossary.store import Filter

        with self._reading(None) as workspace:
            store = workspace.term_store
            domains = tuple(domain for domain in store.domains() if domain)
            return Counts(store.count(Filter()), workspace.memory.count(), domains)

    @contextmanager
    def _reading(self, ticket: int | None) -> "Iterator[Workspace]":
        with self._connection.use() as workspace:
            with self._state:
                if ticket not in (None, self._newest):
                    raise SupersededError
                self._running = ticket is not None
            try:
                yield workspace
            except Exception as error:
                # An interrupted query raises an error of the database, which is none to show.
                if ticket not in (None, self._newest):
                    raise SupersededError from error
                raise
            finally:
                with self._state:
                    self._running = False


def _bare_sheet(glossary: "Glossary", concept_id: int, script: "DisplayScript") -> Sheet:
    concept = glossary.concept(concept_id)
    names = tuple(script.names(concept))
    definition, note = script.show(concept.definition), script.show(concept.note)
    return Sheet(concept, script, names, definition, note, tuple(glossary.history(concept_id)), None)


def _with_pairs(sheet: Sheet, pairs: tuple[PairShown, ...]) -> Sheet:
    return Sheet(sheet.concept, sheet.script, sheet.names, sheet.definition, sheet.note, sheet.history, pairs)


def _terms_shown(sheet: Sheet) -> dict[str, bool]:
    """The concept's terms as stored and as shown, and whether each may be used: Taiwan's form of a sentence may have other
    words than its terms.
    """
    shown = dict.fromkeys(sheet.names, True)
    for term in sheet.concept.terms:
        for text in (term.text, sheet.script.show(term.text) if term.language == "zh" else term.text):
            shown[text] = term.status != "deprecated" or shown.get(text, False)
    return shown


def _pair_shown(unit: "Unit", terms: dict[str, bool], script: "DisplayScript") -> PairShown:
    from tui.highlighting import term_spans

    def places(text: str) -> "tuple[tuple[Span, ...], tuple[Span, ...]]":
        """Those of terms to use and of terms to avoid."""
        usable = set(term_spans(text, (term for term in terms if terms[term])))
        found = term_spans(text, terms)
        return tuple(span for span in found if span in usable), tuple(span for span in found if span not in usable)

    source, target = script.show(unit.source), script.show(unit.target)
    in_source, in_target = places(source), places(target)
    return PairShown(source, target, in_source[0], in_target[0], unit.origin, unit.domain, (in_source[1], in_target[1]))
