"""What a check says: a pair of segments, and an issue found in it under the name of a rule."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

Language = Literal["zh", "en"]
Severity = Literal["error", "warning", "note"]
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
Side = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A source segment and its translation.

    `file` and `line` (from 1, 0 where lines mean nothing) say where the translation stands, `place` what a person looks for
    where lines mean nothing: a unit's name or number.
    """

    source: str
    target: str
    number: int
    file: str = ""
    line: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong, or likely to be, with a pair: text[start:end] of its `side`, or all of it where the span is None."""

    rule: str
    severity: Severity
    message: str
    pair: Pair
    side: Side = "target"
    span: tuple[int, int] | None = None
    suggestion: str = ""

    @property
    def fingerprint(self) -> str:
        """What the issue is known by in lists of accepted issues: the same while rule, texts and span are."""
        known = "\0".join([self.rule, self.pair.source, self.pair.target, self.side, str(self.span)])
        return hashlib.blake2b(known.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule for single pairs gives: the place in the translation, what to say, and what to write instead."""

    message: str
    span: tuple[int, int] | None = None
    suggestion: str = ""
    side: Side = "target"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for single pairs: its name, how grave a breach is, what it is about, and the function that finds breaches.

    `languages` are the target languages it is for.
    """

    name: str
    severity: Severity
    what: str
    find: Callable[[Pair], Iterable[Fault]]
    languages: tuple[Language, ...] = ("zh", "en")
