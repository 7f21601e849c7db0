"""The areas of the terminal UI: each a screen that stays as it is while another is shown."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.screen import Screen

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.session import Session


@dataclass(frozen=True, slots=True)
class Area:
    """An area: `key` is the letter that goes to it, `open` makes its screen when it is first gone to."""

    id: str
    key: str
    label: str
    help: str
    open: "Callable[[Session], Screen[None]]"


def _lookup(session: "Session") -> Screen[None]:
    from tui.lookup_screen import LookupScreen

    return LookupScreen(session)


def _review(session: "Session") -> Screen[None]:
    from tui.review_screen import ReviewScreen

    return ReviewScreen(session)


def _memory(session: "Session") -> Screen[None]:
    from tui.memory_screen import MemoryScreen

    return MemoryScreen(session)


def _translate(session: "Session") -> Screen[None]:
    from tui.translate_screen import TranslateScreen

    return TranslateScreen(session)


def _align(session: "Session") -> Screen[None]:
    from tui.align_screen import AlignScreen

    return AlignScreen(session)


def _score(session: "Session") -> Screen[None]:
    from tui.score_screen import ScoreScreen

    return ScoreScreen(session)


def _booth(session: "Session") -> Screen[None]:
    from tui.booth_screen import BoothScreen

    return BoothScreen(session)


AREAS: Final[tuple[Area, ...]] = (
    Area("lookup", "l", "Look up", "Terms, and how sentences were translated before", _lookup),
    Area("review", "r", "Review", "Proposals, conflicts, candidates, doubtful pairs", _review),
    Area("memory", "m", "Memory", "Pairs of sentences: search, change, import, export", _memory),
    Area("translate", "t", "Translate", "A document, with terms, matches and checks", _translate),
    Area("align", "a", "Align", "Two documents into pairs, for the memory or a file", _align),
    Area("score", "s", "Score", "How good translations are, and where they go wrong", _score),
    Area("booth", "b", "Booth", "Terms, numbers and English while a speech is heard", _booth),
)
