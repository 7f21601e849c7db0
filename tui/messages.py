"""What jobs report to the screens."""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.reading import Counts, Results, Sheet
    from tui.sentence_reading import SentenceFound
    from tui.writing import Done


class LookupAnswered(Message):
    """A query was answered."""

    def __init__(self, results: "Results") -> None:
        super().__init__()
        self.results = results


class SentenceRead(Message):
    """A sentence's terms, and later what the memory has of it, were found."""

    def __init__(self, found: "SentenceFound") -> None:
        super().__init__()
        self.found = found


class SheetRead(Message):
    """A concept's sheet was read."""

    def __init__(self, sheet: "Sheet") -> None:
        super().__init__()
        self.sheet = sheet


class CountsRead(Message):
    """Concepts and pairs were counted."""

    def __init__(self, counts: "Counts") -> None:
        super().__init__()
        self.counts = counts


class DomainsRead(Message):
    """The domains of the term base were read."""

    def __init__(self, domains: "Sequence[str]") -> None:
        super().__init__()
        self.domains = domains


class ConceptsChanged(Message):
    """A change was written."""

    def __init__(self, done: "Done") -> None:
        super().__init__()
        self.done = done


class EntryRefused(Message):
    """What the form holds cannot be saved as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class EntrySaved(Message):
    """What the form holds was saved; `done` is what its writer says of that."""

    def __init__(self, done: object) -> None:
        super().__init__()
        self.done = done


class TextCopied(Message):
    """A text was copied; `tool` is the local command that took it, empty where only the terminal was asked."""

    def __init__(self, text: str, tool: str) -> None:
        super().__init__()
        self.text = text
        self.tool = tool
