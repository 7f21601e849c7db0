"""Where a session's results go."""

from interpret.engine import Output
from interpret.hypothesis import Hypothesis
from interpret.prompt import Prompts


class Sink:
    """Takes no notice of anything; a subclass overrides what it is there for. Calls come one at a time, from two threads."""

    def began(self, about: dict[str, object], at_ns: int) -> None:
        """The session began; `about` is what the log's first record says."""

    def ended(self, segments: int, at_ns: int) -> None:
        """The session ended as it should, with so many segments."""

    def heard(self, hypothesis: Hypothesis) -> None:
        """A hypothesis came."""

    def prompted(self, prompts: Prompts) -> None:
        """Prompts for it were made."""

    def piece(self, segment: int, text: str, at_ns: int) -> None:
        """The engine gave a piece of its answer."""

    def answered(self, output: Output) -> None:
        """A segment's answer is complete."""

    def told(self, text: str, at_ns: int) -> None:
        """Something the user should know."""
