"""Jumping: a letter on every piece of the screen that can have the focus, and the next key goes there."""

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widgets import Static

LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""Those under the fingers first."""


class JumpScreen(ModalScreen[int | None]):
    """Letters over the regions they stand for; the answer is the place of the one chosen, None for any other key."""

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 40%;
        & > Static {
            position: absolute; width: 3; height: 1;
            background: $warning; color: $background; text-style: bold;
        }
    }
    """

    def __init__(self, regions: Sequence[Region]) -> None:
        super().__init__()
        self._regions = regions[: len(LETTERS)]

    def compose(self) -> ComposeResult:
        """A letter at the corner of each region."""
        for letter, region in zip(LETTERS, self._regions, strict=False):
            label = Static(Content(f" {letter} "), markup=False)
            label.styles.offset = (region.x, region.y)
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go to what the letter stands for; whatever else is pressed stays where one was."""
        event.stop()
        event.prevent_default()
        at = LETTERS.find(event.character or "?")
        self.dismiss(at if 0 <= at < len(self._regions) else None)

    def on_click(self, event: events.Click) -> None:
        """A click on a letter or a region goes there too."""
        hit = [at for at, region in enumerate(self._regions) if region.contains(event.screen_x, event.screen_y)]
        self.dismiss(min(hit, key=lambda at: self._regions[at].area) if hit else None)
