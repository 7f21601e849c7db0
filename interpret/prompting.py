"""Prompts for what is being said: recognised terms, numbers as the other language writes them, the best match."""

import time
from collections.abc import Callable, Iterable
from typing import Final, Literal

from glossary.recognition import Recognised, Recogniser
from interpret.engine import Request
from interpret.hypothesis import Hypothesis
from interpret.number_prompts import number_prompts
from interpret.prompt import MatchPrompt, Prompts, TermPrompt
from lang.script import has_han, is_chinese
from workspace.workspace import Workspace

Side = Literal["zh", "en"]

QUIET_MINUTES: Final = 10.0
"""A term is shown loud again when it has not been heard for so long."""

_LOWEST: Final = 0.7
_SHOWN: Final = 4

CONTEXT: Final = 3
"""So many of the last segments an engine is shown with what it made of them."""


class Prompter:
    """Makes prompts for the hypotheses of one speech, in order. Not for several threads at once.

    All terms are read when it is made, so that every text after it is prompted in the shortest time. With `text_by_text` those
    that may stand in a text are read for each: a few milliseconds more every time, but terms added since are known too, and
    where there are a hundred thousand concepts nobody on another thread is kept waiting for seconds at the beginning.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        source: Side | None = None,
        approved: bool = False,
        text_by_text: bool = False,
        quiet_minutes: float = QUIET_MINUTES,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self._workspace = workspace
        self._approved = approved
        self._source: Side | None = source
        self._quiet_ns = int(quiet_minutes * 60e9)
        self._clock = clock
        self._recogniser = None if text_by_text else Recogniser(workspace.term_store, approved=approved)
        # Concept -> the segment it was shown loud in, and when it was last heard.
        self._loud: dict[int, tuple[int, int]] = {}
        self._warm_up()

    def _warm_up(self) -> None:
        """Load and build what the first segments would otherwise wait for."""
        from lang.quantities import find_quantities

        for side, text in (("zh", "2,236.6億元"), ("en", "RMB 223.66 billion")):
            if self._source in (None, side):
                self._recognise(text)
                find_quantities(text, self.side_of(text))
        self._workspace.memory.index()
        self._match("2,236.6億元", "zh")

    def _recognise(self, text: str) -> list[Recognised]:
        recogniser = self._recogniser or Recogniser(self._workspace.term_store, approved=self._approved, text=text)
        return recogniser.recognise(text)

    def heard_before(self, concepts: Iterable[int], segment: int) -> None:
        """These concepts were shown in an earlier part of the session."""
        now = self._clock()
        self._loud.update((concept, (segment, now)) for concept in concepts)

    def side_of(self, text: str) -> Side:
        """The language of a text, unless the session has one for all."""
        return self._source or ("zh" if is_chinese(text) else "en")

    def prompts(self, hypothesis: Hypothesis) -> Prompts:
        """The prompts for a hypothesis.

        At the end of one that is not final, terms and numbers are left out that the next words may make longer
        (低空 before 低空經濟), so that nothing is shown and taken back. A match is looked for when the segment is final.
        """
        text, final = hypothesis.text, hypothesis.final
        firm = len(text) if final else len(text.rstrip()) - 1
        terms = [found for found in self._recognise(text) if found.end <= firm or found.end <= hypothesis.stable - 1]
        side = self.side_of(text)
        return Prompts(
            hypothesis.segment,
            hypothesis.revision,
            text,
            final,
            tuple(self._term(found, hypothesis.segment) for found in terms if found.translations),
            tuple(number_prompts(text, side, [(found.start, found.end) for found in terms], firm)),
            self._match(text, side) if final else None,
            self._clock(),
        )

    def request(self, prompts: Prompts, context: Iterable[tuple[str, str]]) -> Request:
        """What an engine is asked for a finished segment; `context` are the last ones with what was made of them."""
        return Request(
            prompts.segment,
            prompts.text,
            self.side_of(prompts.text),
            prompts.terms,
            prompts.numbers,
            (prompts.match,) if prompts.match else (),
            tuple(context),
        )

    def _term(self, found: Recognised, segment: int) -> TermPrompt:
        now = self._clock()
        concept = found.concept.id
        shown_in, heard = self._loud.get(concept, (segment, now))
        first = shown_in == segment or now - heard > self._quiet_ns
        self._loud[concept] = (segment if first else shown_in, now)
        renderings = tuple(found.translations[:_SHOWN])
        deprecated = tuple(found.concept.deprecated_texts("zh" if has_han(renderings[0]) else "en"))
        return TermPrompt(concept, found.start, found.end, found.text, renderings, first, deprecated)

    def _match(self, text: str, side: Side) -> MatchPrompt | None:
        found = self._workspace.memory.match(text, language=side, lowest=_LOWEST, limit=1)
        if not found:
            return None
        match = found[0]
        return MatchPrompt(
            match.unit.id,
            match.kind,
            match.score,
            match.source,
            match.substituted or match.target,
            match.unit.origin,
            repaired=bool(match.substituted),
            numbers_differ=match.numbers_differ and not match.substituted,
        )
