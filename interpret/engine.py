"""The engine protocol: anything that turns a final segment with its prompts into the other language.

Engines are found by the entry point group `yuqiao.engines`; each entry is a factory that takes the settings given with
`--engine-option name=value` and, for those that need it, the open workspace.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Literal, Protocol

from interpret.prompt import MatchPrompt, NumberPrompt, TermPrompt
from workspace.workspace import Workspace

ENTRY_POINTS = "yuqiao.engines"

OutputKind = Literal["exact", "repaired", "gloss", "engine", "none"]
"""From the memory as it stands, from the memory with numbers put in, term by term, by an engine, or nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """A segment to be translated. `context` has the last segments and what was made of them, oldest first.

    `missed` names what an earlier answer to the same segment lacked, when the engine is asked once more.
    """

    segment: int
    text: str
    source: Literal["zh", "en"]
    terms: tuple[TermPrompt, ...]
    numbers: tuple[NumberPrompt, ...]
    matches: tuple[MatchPrompt, ...] = ()
    context: tuple[tuple[str, str], ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What became of a segment. `reason` says in words why there is nothing, or less than hoped for.

    `missed_terms` and `missed_numbers` are the source's terms and numbers that the text does not render; `patched` says
    that the text was changed after the engine to have them. Times are monotonic: request, first piece, last piece.
    """

    segment: int
    text: str
    engine: str
    kind: OutputKind
    asked_ns: int
    first_ns: int
    last_ns: int
    reason: str = ""
    missed_terms: tuple[str, ...] = ()
    missed_numbers: tuple[str, ...] = ()
    patched: bool = False
    asked_again: bool = False


class Engine(Protocol):
    """Translates one segment at a time; called from one thread."""

    name: str

    def translate(self, request: Request, cancelled: Event) -> Iterator[str]:
        """The translation in pieces as they come. Stops soon after `cancelled` is set.

        EngineError (interpret.errors) in words for the user where there is no translation.
        """
        ...

    def kind(self, request: Request) -> OutputKind:
        """What the answer to the last request was."""
        ...

    def close(self) -> None:
        """Let go of connections and models."""
        ...


EngineFactory = Callable[[Mapping[str, str], Workspace], Engine]
