"""What the jobs and the editor of the translate area report."""

from pathlib import Path

from textual.message import Message

from tui.translate_work import Faults, Help, TranslationWork


class DocumentOpened(Message):
    """A document was read, with what was kept of its translation."""

    def __init__(self, work: TranslationWork) -> None:
        super().__init__()
        self.work = work


class HelpCame(Message):
    """Terms and matches of a segment."""

    def __init__(self, work: TranslationWork, help_: Help) -> None:
        super().__init__()
        self.work = work
        self.help = help_


class NumbersJudged(Message):
    """What is wrong with the numbers of a target; `target` is the text that was judged."""

    def __init__(self, at: int, target: str, warnings: list[str]) -> None:
        super().__init__()
        self.at = at
        self.target = target
        self.warnings = warnings


class SegmentKept(Message):
    """A translation is on the disk; `added` says whether its pair is new in the memory."""

    def __init__(self, at: int, *, confirmed: bool, added: bool) -> None:
        super().__init__()
        self.at = at
        self.confirmed = confirmed
        self.added = added


class SegmentsChecked(Message):
    """Confirmed segments were checked; `at` is the one just confirmed, None where they were read with the document."""

    def __init__(self, work: TranslationWork, faults: Faults, at: int | None = None) -> None:
        super().__init__()
        self.work = work
        self.faults = faults
        self.at = at


class DocumentSaved(Message):
    """The translation was written; so many segments lost inline formatting."""

    def __init__(self, path: Path, simplified: int) -> None:
        super().__init__()
        self.path = path
        self.simplified = simplified
