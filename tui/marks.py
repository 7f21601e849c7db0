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

AREA_LEGENDS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "review": (
        ("✗", "error", "contradicts what is approved"),
        ("!", "warning", "perhaps contradicts it; of a pair: something is odd"),
        ("=", "alike", "an approved concept has this Chinese"),
        ("+", "candidate", "the memory has it, the term base does not"),
        ("▸", "marked", "the concept that is edited, and that others are merged into"),
    ),
    "translate": (
        ("✓", "confirmed", "in the memory; of a term: the translation has it"),
        ("!", "warned of", "confirmed, but the check finds something wrong"),
        ("?", "begun", "written, not confirmed"),
        ("x", "not there", "a term that the translation renders otherwise or not at all"),
    ),
}
"""What signs mean in the lists of an area, where they stand for something else."""


def status_style(status: "Status | str") -> str:
    """The name of the style a status is shown in."""
    return f".{status}"


def state_style(state: "ReviewState | str") -> str:
    """The name of the style a review state is shown in."""
    return f".{state}"
