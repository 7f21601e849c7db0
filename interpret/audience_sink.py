"""A session's captions shown on the audience's page."""

from interpret.audience import Audience
from interpret.engine import Output
from interpret.hypothesis import Hypothesis
from interpret.sink import Sink
from lang.script import is_chinese


class AudienceSink(Sink):
    """Shows what is said as soon as it is heard, and its translation piece by piece; a gloss is for the booth, not for a hall."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        # What was said and what there is of its translation, for segments without an answer.
        self._open: dict[int, tuple[str, str]] = {}

    def heard(self, hypothesis: Hypothesis) -> None:
        """Show what was said; one that was taken back goes."""
        if hypothesis.text:
            self._open[hypothesis.segment] = (hypothesis.text, "")
        else:
            self._open.pop(hypothesis.segment, None)
        self._show(hypothesis.segment, hypothesis.text, "", final=False)

    def piece(self, segment: int, text: str, at_ns: int) -> None:  # noqa: ARG002 (a sink's)
        """Show the translation as far as it is."""
        said, before = self._open.get(segment, ("", ""))
        if said and not (before + text).startswith("["):
            self._open[segment] = (said, before + text)
            self._show(segment, said, before + text, final=False)

    def answered(self, output: Output) -> None:
        """Show the translation whole."""
        said, _ = self._open.pop(output.segment, ("", ""))
        self._show(output.segment, said, "" if output.kind == "gloss" else output.text, final=True)

    def _show(self, segment: int, said: str, translation: str, *, final: bool) -> None:
        english, chinese = (translation, said) if is_chinese(said) else (said, translation)
        self._audience.show(segment, english, chinese, final)
