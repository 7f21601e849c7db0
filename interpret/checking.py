"""An engine's answer checked against what its segment calls for: terms and numbers that it lacks, asked for once more, patched.

The parts that score translations judge here too: scoring.terms finds renderings in any inflection and scoring.numbers
compares values across 萬, 億, percent and times, so what is shown as missed is what a report counts as missed.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

from interpret.engine import Engine, Output, OutputKind, Request
from interpret.errors import EngineError
from interpret.patching import patched_number, patched_terms
from interpret.reasoning import without_thinking
from lang.script import is_chinese
from scoring.expected_terms import ExpectedConcept, ExpectedTerm, Rendering
from scoring.numbers import NumberVerdict, judge_numbers
from scoring.terms import TermVerdict, judge_segment

_NEW_LINE: Final = re.compile(r"\s*\n\s*")
_PATCHED_KINDS: Final[frozenset[OutputKind]] = frozenset({"engine"})
"""What a person wrote, as the memory has it, is never changed; what it lacks is shown."""


@dataclass(frozen=True, slots=True)
class Misses:
    """What a translation lacks: terms without an accepted rendering, numbers off, wrong or missing, and those it invented.

    `untranslated` says that the text is in the language of the source.
    """

    terms: tuple[TermVerdict, ...] = ()
    numbers: tuple[NumberVerdict, ...] = ()
    invented: tuple[NumberVerdict, ...] = ()
    untranslated: bool = False

    def __len__(self) -> int:
        return len(self.terms) + len(self.numbers) + len(self.invented) + 100 * self.untranslated

    @property
    def named(self) -> tuple[str, ...]:
        """Each miss as an engine that is asked once more is told it."""
        language = ("the answer must be in the other language",) if self.untranslated else ()
        terms = (f"{verdict.source_text} = {verdict.renderings[0]}" for verdict in self.terms)
        numbers = (verdict.message for verdict in (*self.numbers, *self.invented))
        return tuple(dict.fromkeys((*language, *terms, *numbers)))

    @property
    def missed_terms(self) -> tuple[str, ...]:
        """The source's terms that are not rendered, each once."""
        return tuple(dict.fromkeys(verdict.source_text for verdict in self.terms))

    @property
    def missed_numbers(self) -> tuple[str, ...]:
        """The source's numbers that are not said, or said wrongly."""
        return tuple(verdict.source.text for verdict in self.numbers if verdict.source is not None)

    @property
    def reason(self) -> str:
        """What is wrong beside missed terms and numbers, in words; empty where nothing is."""
        return "; ".join(verdict.message for verdict in self.invented)


def misses(request: Request, text: str) -> Misses:
    """What a translation of the request lacks.

    A term that is rendered once is not missed where the translation says "it" the second time; a deprecated rendering is a
    miss wherever it stands. Numbers that languages often leave unsaid (one year, two) are never missed.
    """
    if request.source == "zh" and is_chinese(text):
        return Misses(untranslated=True)
    verdicts = term_verdicts(request, text)
    rendered = {verdict.concept for verdict in verdicts if verdict.outcome not in ("missed", "deprecated")}
    terms = [v for v in verdicts if v.outcome == "deprecated" or (v.outcome == "missed" and v.concept not in rendered)]
    numbers = judge_numbers(request.text, text, request.source)
    return Misses(
        tuple(terms),
        tuple(verdict for verdict in numbers if verdict.outcome in ("scaled", "wrong", "missing") and _counts(verdict)),
        tuple(verdict for verdict in numbers if verdict.outcome == "invented"),
    )


def term_verdicts(request: Request, text: str) -> tuple[TermVerdict, ...]:
    """What became of each term of the request, in order."""
    return judge_segment(_expected(request), request.text, text).verdicts


def _counts(verdict: NumberVerdict) -> bool:
    return verdict.source is not None and not verdict.source.optional and verdict.source.kind != "ambiguous"


def _expected(request: Request) -> list[ExpectedTerm]:
    spellings: dict[int, dict[str, None]] = {}
    for term in request.terms:
        spellings.setdefault(term.concept, {})[term.text] = None
    concepts: dict[int, ExpectedConcept] = {}
    for term in request.terms:
        if term.concept not in concepts and term.renderings:
            first, *others = term.renderings
            renderings = (
                Rendering(first, "preferred"),
                *(Rendering(text, "admitted") for text in others),
                *(Rendering(text, "deprecated") for text in term.deprecated),
            )
            concepts[term.concept] = ExpectedConcept(str(term.concept), "", tuple(spellings[term.concept]), renderings)
    return [
        ExpectedTerm(term.start, term.end, term.text, concepts[term.concept])
        for term in sorted(request.terms, key=lambda term: term.start)
        if term.concept in concepts
    ]


def answered(
    engine: Engine, request: Request, cancelled: Event, *, enforce: bool, on_piece: Callable[[str], None] | None = None
) -> Output:
    """Ask an engine for a segment and check what it says; what goes wrong is the output's `reason`, never an exception.

    `on_piece` is given the pieces of the first answer as they come. Where that breaks off half-way, or `enforce` is set and
    it lacks something, the engine is asked once more with the misses named, and the better of the two answers stands; only
    the output has it, no pieces. What is missed then is patched where that is safe (see interpret.patching), else left to
    be shown.
    """
    first = _ask(engine, request, cancelled, on_piece)
    best = _checked(request, first)
    broken = first.error is not None and first.error.retry and bool(first.text)
    lacking = enforce and bool(best.misses) and first.kind in _PATCHED_KINDS and bool(first.text)
    asked_again = (broken or lacking) and not cancelled.is_set()
    if asked_again:
        again = _checked(request, _ask(engine, replace(request, missed=best.misses.named), cancelled, None))
        if again.rank < best.rank:
            best = again
    text, found = best.answer.text, best.misses
    if enforce and best.answer.kind in _PATCHED_KINDS and text and not found.untranslated:
        text, found = _patched(request, text, found)
    error = best.answer.error
    reasons = (str(error) if error else "", "the answer was not translated" if found.untranslated else "", found.reason)
    shown = "" if found.untranslated else text
    return Output(
        segment=request.segment,
        text=shown,
        engine=engine.name,
        kind=best.answer.kind if shown else "none",
        asked_ns=first.asked_ns,
        first_ns=first.first_ns,
        last_ns=best.answer.last_ns,
        reason="; ".join(filter(None, reasons)),
        missed_terms=found.missed_terms,
        missed_numbers=found.missed_numbers,
        patched=text != best.answer.text,
        asked_again=asked_again,
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """All pieces of an answer, and what ended it before its end, if anything did."""

    text: str
    kind: OutputKind
    asked_ns: int
    first_ns: int
    last_ns: int
    error: EngineError | None = None


@dataclass(frozen=True, slots=True)
class _Checked:
    answer: _Answer
    misses: Misses

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """The lower the better: something rather than nothing, whole rather than broken off, fewer misses."""
        return not self.answer.text, self.answer.error is not None, len(self.misses)


def _ask(engine: Engine, request: Request, cancelled: Event, on_piece: Callable[[str], None] | None) -> _Answer:
    asked = time.monotonic_ns()
    first = 0
    pieces: list[str] = []
    error: EngineError | None = None
    try:
        for piece in engine.translate(request, cancelled):
            first = first or time.monotonic_ns()
            pieces.append(piece)
            if on_piece is not None:
                on_piece(piece)
    except EngineError as raised:
        error = raised
    except Exception as raised:  # noqa: BLE001 (an engine is anybody's code, and the speech goes on)
        error = EngineError(f"The engine {engine.name} failed: {type(raised).__name__}: {raised}")
    last = time.monotonic_ns()
    answer = without_thinking("".join(pieces)).strip()
    text = _NEW_LINE.sub(" " if request.source == "zh" else "", answer)
    if not error and cancelled.is_set():
        error = EngineError("The translation was cancelled.")
    elif not error and not text and engine.kind(request) != "none":
        error = EngineError(f"The engine {engine.name} gave no translation.")
    return _Answer(text, engine.kind(request) if text else "none", asked, first or last, last, error)


def _checked(request: Request, answer: _Answer) -> _Checked:
    if not answer.text:
        expected = _expected(request)
        return _Checked(answer, misses(request, "") if expected or request.numbers else Misses())
    return _Checked(answer, misses(request, answer.text))


def _patched(request: Request, text: str, found: Misses) -> tuple[str, Misses]:
    """The text with what could be put right, and what it lacks now; no change stands that brings a miss with it."""
    terms = patched_terms(text, term_verdicts(request, text))
    both = patched_number(terms, found.numbers, found.invented) if terms == text else _number_put_right(request, terms)
    for candidate in (both, terms, patched_number(text, found.numbers, found.invented)):
        if candidate != text:
            now = misses(request, candidate)
            if set(now.named) <= set(found.named):
                return candidate, now
    return text, found


def _number_put_right(request: Request, text: str) -> str:
    now = misses(request, text)
    return patched_number(text, now.numbers, now.invented)
