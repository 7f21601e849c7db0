"""What the jobs of the score screen report."""

from pathlib import Path

from textual.message import Message

from tui.score_run import ScoreRun


class ScoringGoesOn(Message):
    """So much of something is done."""

    def __init__(self, label: str, done: int, total: int) -> None:
        super().__init__()
        self.label = label
        self.done = done
        self.total = total


class ScoringEnded(Message):
    """A scoring came to its end: with figures, or (None) because it failed or was stopped."""

    def __init__(self, run: ScoreRun | None) -> None:
        super().__init__()
        self.run = run


class ReportSaved(Message):
    """The report was written."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
