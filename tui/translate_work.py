"""A document being translated: its segments, what helps with one, and what is kept of it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lang.errors import ConflictError, YuqiaoError
from lang.script import is_chinese
from lang.tags import tag_of_text
from tm.documents.document import Document, Segment, WriteReport
from tm.documents.opening import open_document
from tm.score import Language
from tm.translation_draft import Rendered, TranslationDraft
from tm.unit import Unit
from tui.connection import Connection
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary.recognition import Recognised
    from tm.matching import Edit, Match

Faults = dict[int, tuple[str, ...]]

_MATCHES: Final = 5
_LOWEST: Final = 0.6


@dataclass(frozen=True, slots=True)
class Help:
    """What the term base and the memory have for a segment."""

    index: int
    terms: "tuple[Recognised, ...]"
    matches: "tuple[Match, ...]"
    edits: "tuple[tuple[Edit, ...], ...]" = ()
    """For each match how its source differs from the segment; empty where it does not."""


class TranslationWork:
    """One document with its draft; `language` is the language translated from."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.segments: Sequence[Segment] = document.segments()
        if not self.segments:
            raise YuqiaoError(f"{document.path} has no text.", "There is nothing to translate.")
        sample = "".join(segment.text for segment in self.segments[:200])
        self.language: Language = "zh" if is_chinese(sample) else "en"
        self.draft = TranslationDraft.beside(document.path, self.segments)
        self.faults: Faults = {}
        """What the check says of confirmed segments, by their places, where it says anything. For the UI thread only."""
        self._turn = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> "TranslationWork":
        """Read a document and what an earlier session kept of its translation."""
        return cls(open_document(path))

    def first_open(self, after: int = -1) -> int:
        """The place of the first segment behind a place that is not confirmed, from the beginning where there is none."""
        places = [*range(after + 1, len(self.segments)), *range(after + 1)]
        return next((at for at in places if not self.draft.rendered(self.segments[at].index).confirmed), max(0, after))

    def keep(self, at: int, target: str, *, confirmed: bool) -> None:
        """Keep the translation of the segment at a place; the same text confirmed meanwhile stays confirmed."""
        index = self.segments[at].index
        with self._turn:
            if self.draft.rendered(index) != Rendered(target, confirmed=True):
                self.draft.keep(index, Rendered(target, confirmed))

    def confirmed_targets(self) -> dict[int, str]:
        """The confirmed translations by their places."""
        rendered = {at: self.draft.rendered(segment.index) for at, segment in enumerate(self.segments)}
        return {at: one.target for at, one in rendered.items() if one.confirmed}

    def checked(self, faults: Faults) -> None:
        """Take what was found; nothing found takes away what was found before."""
        self.faults = {at: said for at, said in (self.faults | faults).items() if said}

    def next_fault(self, after: int) -> int | None:
        """The place of the next segment the check has something to say of, from the beginning behind the last one."""
        return min(self.faults, key=lambda at: (at <= after, at), default=None)

    def unit(self, at: int, target: str, script_tag: str = "") -> Unit:
        """The confirmed segment as the memory takes it, with its neighbours."""
        source = self.segments[at].text
        before = self.segments[at - 1].text if at else ""
        after = self.segments[at + 1].text if at + 1 < len(self.segments) else ""
        source_tag, target_tag = ("zh", "en") if self.language == "zh" else ("en", "zh")
        source_tag, target_tag = tag_of_text(source_tag, source), script_tag or tag_of_text(target_tag, target)
        return Unit(source, target, source_tag, target_tag, origin=self.document.path.stem, before=before, after=after)

    def write(self, path: Path) -> WriteReport:
        """Write the document with all translations there are; unconfirmed ones are marked where the format can."""
        if path.resolve() == self.document.path.resolve():
            raise YuqiaoError(f"{path} is the document itself.", "Choose another name for the translation.")
        with self._turn:
            return self.document.write(path, self.draft.translations(), review=self.draft.unconfirmed())

    @property
    def output(self) -> Path:
        """Where the translation would go: speech.docx becomes speech.en.docx."""
        path = self.document.path
        target = "en" if self.language == "zh" else "zh"
        return path.with_name(f"{path.stem}.{target}{path.suffix}")


class Assistance:
    """One connection that looks segments up and takes confirmed ones into the memory."""

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._connection = Connection(open_workspace)

    def help(self, work: TranslationWork, at: int) -> Help:
        """What there is for the segment at a place."""
        from glossary.recognition import Recogniser
        from tm.matching import difference

        segment = work.segments[at]
        with self._connection.use() as workspace:
            recogniser = Recogniser(workspace.term_store, text=segment.text)
            terms = {term.text: term for term in recogniser.recognise(segment.text)}
            matches = workspace.memory.match(
                segment.text,
                language=work.language,
                lowest=_LOWEST,
                limit=_MATCHES,
                before=work.segments[at - 1].text if at else "",
                after=work.segments[at + 1].text if at + 1 < len(work.segments) else "",
            )
        edits = (
            tuple(difference(segment.text, match.source, work.language)) if match.source != segment.text else ()
            for match in matches
        )
        return Help(at, tuple(terms.values()), tuple(matches), tuple(edits))

    def check(self, work: TranslationWork, targets: Mapping[int, str]) -> Faults:
        """What there is to say of translations, by their places: numbers, renderings not to be used, brackets and the like.

        Terms rendered otherwise are left out: the help shows which are in, and translators vary them on purpose.
        """
        from scoring.checks.checker import Selection, check
        from scoring.checks.issue import Pair
        from scoring.expected_terms import GlossaryTerms

        language: Language = "en" if work.language == "zh" else "zh"
        pairs = [Pair(work.segments[at].text, target, at) for at, target in targets.items()]
        selection = Selection(ignored=frozenset({"term-missed", "inconsistent", "same-translation"}), lowest="warning")
        with self._connection.use() as workspace:
            issues = check(pairs, language, terms=GlossaryTerms(workspace.glossary, language), selection=selection)
        said: dict[int, dict[str, None]] = {at: {} for at in targets}
        for issue in issues:
            said[issue.pair.number][issue.message] = None
        return {at: tuple(messages) for at, messages in said.items()}

    def add(self, unit: Unit) -> bool:
        """Add a pair to the memory; whether it was new."""
        with self._connection.use() as workspace:
            try:
                workspace.memory.add_one(unit)
            except ConflictError:
                return False
        return True

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def warnings_of(source: str, target: str, language: Language) -> list[str]:
    """What is wrong with the numbers of a translation, a sentence for each."""
    if not target.strip():
        return []
    from scoring.numbers import judge_numbers

    return [verdict.message for verdict in judge_numbers(source, target, language) if verdict.outcome != "right"]
