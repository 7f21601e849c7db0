"""Signs and words for statuses and review states. Every sign takes one cell in every terminal, and none relies on colour."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from glossary.concept import ReviewState, Status

STATUS_SIGNS: Final[dict[str, str]] = {"preferred": "✓", "admitted": "~", "deprecated": "✗"}
STATE_SIGNS: Final[dict[str, str]] = {"approved": " ", "proposed": "?", "rejected": "!"}

STATUS_WORDS: Final[dict[str, str]] = {"preferred": "preferred", "admitted": "admitted", "deprecated": "do not use"}

LEGEND: Final = (
    ("✓", "preferred", "the rendering to use"),
    ("~", "admitted", "may be used"),
    ("✗", "deprecated", "do not use"),
    ("?", "proposed", "not reviewed yet"),
    ("!", "rejected", "refused by the reviewer, left out of look-ups"),
)


def status_style(status: "Status | str") -> str:
    """The name of the style a status is shown in."""
    return f".{status}"


def state_style(state: "ReviewState | str") -> str:
    """The name of the style a review state is shown in."""
    return f".{state}"
