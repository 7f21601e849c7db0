"""The engine that needs nothing: the memory's translation where it is safe, else the terms one by one, marked as such."""

from collections.abc import Iterator, Mapping
from threading import Event

from interpret.engine import OutputKind, Request
from workspace.workspace import Workspace

_SEPARATOR = " · "


class MemoryEngine:
    """Answers with an exact match, one whose numbers were put in, or a gloss of terms and numbers in brackets."""

    name = "memory"

    def translate(self, request: Request, cancelled: Event) -> Iterator[str]:  # noqa: ARG002 (the protocol's; nothing takes long)
        """The translation in one piece, or nothing where neither memory nor term base knows anything."""
        text = _translation(request) or _gloss(request)
        if text:
            yield text

    def kind(self, request: Request) -> OutputKind:
        """Where the answer came from."""
        if _translation(request):
            return "repaired" if request.matches[0].repaired else "exact"
        return "gloss" if _gloss(request) else "none"

    def close(self) -> None:
        """Nothing to let go of."""


def memory_engine(options: Mapping[str, str], workspace: Workspace) -> MemoryEngine:  # noqa: ARG001 (the factories' signature)
    """The factory."""
    return MemoryEngine()


def _translation(request: Request) -> str:
    """What the memory has for the very segment; one that differs in more than script, width or numbers is not read out."""
    best = request.matches[0] if request.matches else None
    if best is None or best.numbers_differ:
        return ""
    safe = best.repaired or best.kind in ("exact", "context") or best.score >= 0.99
    return best.target if safe else ""


def _gloss(request: Request) -> str:
    places = [(term.start, term.renderings[0]) for term in request.terms if term.renderings]
    places += [(number.start, number.rendering) for number in request.numbers]
    said = dict.fromkeys(rendering for _, rendering in sorted(places))
    return f"[{_SEPARATOR.join(said)}]" if said else ""
