"""What the jobs of the align area report."""

from textual.message import Message

from tui.align_work import AlignWork


class DocumentsAligned(Message):
    """Two documents were read and aligned, or found as an earlier session left them."""

    def __init__(self, work: AlignWork) -> None:
        super().__init__()
        self.work = work


class AligningGoesOn(Message):
    """So much of what is running is done; `total` 0 where it is not known."""

    def __init__(self, what: str, done: int, total: int) -> None:
        super().__init__()
        self.what = what
        self.done = done
        self.total = total


class AligningEnded(Message):
    """What was running came to its end, however it did."""


class PairsSaved(Message):
    """The pairs are in the memory or in a file; `said` tells it."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class PairJudged(Message):
    """What is wrong with the numbers of the pair whose texts these are."""

    def __init__(self, texts: tuple[str, str], warnings: list[str]) -> None:
        super().__init__()
        self.texts = texts
        self.warnings = warnings
