"""Changes to the term base on the one connection that writes; each says what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from glossary.concept import Concept, ReviewState
from glossary.editing import TermEdits
from glossary.findings import Finding
from glossary.keys import with_pinyin
from tui.connection import Connection
from tui.entry import Entry, check_entry, concept_of
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from glossary.extraction.extraction import Candidate

_DONE: Final = {
    "add": "the addition of",
    "edit": "the change of",
    "delete": "the deletion of",
    "approve": "the approval of",
    "reject": "the rejection of",
    "propose": "the proposal of",
    "import": "the import of",
    "merge": "the merging of",
    "accept": "the acceptance of",
    "refresh": "the refresh of curated concepts:",
}
_UNDO: Final = ". Ctrl+Z undoes it."
_STATES: Final[dict[ReviewState, str]] = {"approved": "Approved", "rejected": "Rejected", "proposed": "Proposed"}


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, and the concept to show now (0: none)."""

    message: str
    concept_id: int = 0


class Writer:
    """Writes one change at a time, on whichever thread asks for it."""

    def __init__(self, open_workspace: Callable[[], Workspace]) -> None:
        self._connection = Connection(open_workspace)

    def close(self) -> None:
        """Close the connection once the change that is being written is in."""
        self._connection.close()

    def prepare(self) -> None:
        """Load what the first change would otherwise wait for: the connection and the pinyin tables, about half a second."""
        with self._connection.use():
            with_pinyin("字")

    def domains(self) -> list[str]:
        """The domains there are, the largest first: what is typed of one may begin several."""
        with self._connection.use() as workspace:
            sizes = workspace.term_store.domains()
        return sorted(filter(None, sizes), key=lambda domain: -sizes[domain])

    def add(self, entry: Entry, state: ReviewState = "approved") -> Done:
        """Add the concept of a form, in use at once or left to review."""
        check_entry(entry)
        with self._connection.use() as workspace:
            concept = workspace.glossary.add(
                entry.chinese_texts(),
                entry.english_texts(),
                domain=entry.domain.strip(),
                status=entry.status,
                source=entry.source.strip(),
                note=entry.note.strip(),
                definition=entry.definition.strip(),
                state=state,
            )
        said = f"Proposed {name_of(concept)}; it waits in Review" if state == "proposed" else f"Added {name_of(concept)}"
        return Done(said + _UNDO, concept.id)

    def propose(self, entry: Entry) -> Done:
        """Leave the concept of a form to review."""
        return self.add(entry, "proposed")

    def edit(self, before: Concept, entry: Entry) -> Done:
        """Change a concept as the form says."""
        check_entry(entry)
        changed = concept_of(entry, before)
        if changed == before:
            return Done("Nothing was changed", before.id)
        with self._connection.use() as workspace:
            concept = workspace.glossary.edit(changed)
        return Done(f"Changed {name_of(concept)}{_UNDO}", concept.id)

    def deprecate(self, concept: Concept, text: str) -> Done:
        """Mark a form of a concept as one not to be used."""
        with self._connection.use() as workspace:
            workspace.glossary.edit(TermEdits(deprecate=[text]).applied_to(concept))
        return Done(f"Not to be used any more: {text}{_UNDO}", concept.id)

    def set_state(self, concept: Concept, state: ReviewState) -> Done:
        """Approve or reject a concept."""
        with self._connection.use() as workspace:
            changed = workspace.glossary.set_state([concept.id], state)
        if not changed:
            return Done(f"{name_of(concept)} is {state} already", concept.id)
        return Done(f"{_STATES[state]} {name_of(concept)}{_UNDO}", concept.id)

    def set_states(self, concepts: Sequence[Concept], state: ReviewState, reason: str = "") -> Done:
        """Approve or reject concepts as one change that says why."""
        with self._connection.use() as workspace:
            workspace.glossary.set_state([concept.id for concept in concepts], state, reason=reason)
        return Done(f"{_STATES[state]} {_names_of(concepts)}{_UNDO}")

    def merge(self, kept: Concept, others: Sequence[Concept]) -> Done:
        """Make one concept of several; what contradicts each other is told."""
        with self._connection.use() as workspace:
            merged = workspace.glossary.merge(kept.id, [concept.id for concept in others])
        return Done(". ".join([f"Merged into {name_of(kept)}", *merged.clashes]) + _UNDO, kept.id)

    def accept_findings(self, findings: Sequence[Finding], reason: str) -> Done:
        """Let conflicts be right as they stand."""
        with self._connection.use() as workspace:
            workspace.glossary.explain([finding.text for finding in findings], reason)
        count = len(findings)
        return Done(f"{count} conflict{'' if count == 1 else 's'} right as {'it stands' if count == 1 else 'they stand'}{_UNDO}")

    def propose_candidates(self, candidates: "Sequence[Candidate]") -> Done:
        """Make proposals of candidates, as one change."""
        from glossary.extraction.proposals import proposals

        with self._connection.use() as workspace:
            concepts = proposals(candidates)
            workspace.glossary.propose(concepts, summary=f"the memory: {len(concepts)} extracted")
        return Done(f"Proposed {_names_of(concepts)}{_UNDO}")

    def delete(self, concept: Concept) -> Done:
        """Delete a concept."""
        with self._connection.use() as workspace:
            workspace.glossary.delete([concept.id])
        return Done(f"Deleted {name_of(concept)}{_UNDO}")

    def undo(self) -> Done:
        """Revert the latest change not yet undone."""
        with self._connection.use() as workspace:
            change = workspace.glossary.undo()
        return Done(f"Undid {_DONE.get(change.kind, change.kind)} {change.summary}")


def name_of(concept: Concept) -> str:
    """A concept in one line: 離境退稅 = departure tax refund."""
    return " = ".join(texts[0] for texts in (concept.texts("zh"), concept.texts("en")) if texts)


def _names_of(concepts: Sequence[Concept]) -> str:
    return name_of(concepts[0]) if len(concepts) == 1 else f"{len(concepts)} concepts"
