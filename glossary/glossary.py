"""The term base as the rest of the program uses it: look up, recognise, change, exchange."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.concept import Change, Concept, ConceptChange, ReviewState, Status, Term
from glossary.lookup import LookupMatch, look_up
from glossary.merging import Merged, merge_concepts
from glossary.store import REDO, REFRESH, SEED, UNDO, Edit, Filter, Progress, Ruling, TermStore
from lang.errors import ConflictError, NotFoundError, YuqiaoError
from lang.script import has_han
from lang.tags import tag_of_text

if TYPE_CHECKING:
    from glossary.importing import ImportMode, ImportReport, PlannedImport
    from glossary.refreshing import ConceptsRefreshed


class Glossary:
    """One term base. `user` is recorded with every change."""

    def __init__(self, store: TermStore, user: str) -> None:
        self.store = store
        self.user = user

    # Reading

    def lookup(self, query: str, *, limit: int = 20, rejected: bool = False, approved: bool = False) -> list[LookupMatch]:
        """Concepts a query names, best first; see glossary.lookup.look_up."""
        return look_up(self.store, query, limit=limit, rejected=rejected, approved=approved)

    def is_term(self, text: str) -> bool:
        """Whether a term is spelt so, in whatever script, pinyin or inflection, or begins so."""
        return bool(look_up(self.store, text, limit=1, whole=True))

    def concept(self, concept_id: int) -> Concept:
        """One concept, or that into which it was merged; NotFoundError where there is none."""
        found = self.store.concepts([concept_id]).get(concept_id)
        if found is None and (into := self.store.merged_into(concept_id)):
            found = self.store.concepts([into]).get(into)
        if found is None:
            raise NotFoundError(f"There is no concept {concept_id}.", "Look it up to see its id.")
        return found

    def concept_named(self, name: str) -> Concept:
        """One concept by its id or its identifier across databases, also of one that was merged; NotFoundError for none."""
        found = self.store.by_key(name)
        if found is None and not name.isdecimal():
            raise NotFoundError(f"There is no concept {name!r}.", "Look it up to see its id.")
        return found or self.concept(int(name))

    def concepts(self, *, domains: Sequence[str] = (), states: Sequence[ReviewState] = ()) -> Iterator[Concept]:
        """All concepts, or those of some domains and review states, by id."""
        return self.store.listing(Filter(tuple(domains), tuple(states)))

    def history(self, concept_id: int) -> list[ConceptChange]:
        """What happened to a concept, oldest first; NotFoundError where it never existed."""
        found = self.store.history(concept_id)
        if not found:
            raise NotFoundError(f"There is no concept {concept_id}, and never was.", "Look it up to see its id.")
        return found

    # Changing

    def add(
        self,
        chinese: Sequence[str],
        english: Sequence[str],
        *,
        domain: str = "",
        status: Status = "preferred",
        source: str = "",
        note: str = "",
        definition: str = "",
        state: ReviewState = "approved",
    ) -> Concept:
        """Add a concept: the first English rendering has `status`, further spellings are admitted, the first Chinese preferred.

        YuqiaoError where a language has no text or the wrong one; ConflictError where a concept of this domain already
        pairs the two first spellings.
        """
        terms = _terms(chinese, "zh", "preferred") + _terms(english, "en", status)
        concept = Concept((), domain=domain, definition=definition, note=note, source=source, state=state).with_terms(terms)
        _check(concept)
        first_chinese, first_english = (next(term.text for term in terms if term.language == code) for code in ("zh", "en"))
        label = f"{first_chinese} = {first_english}"
        for match in self.lookup(first_chinese, limit=50):
            same = match.score == 1 and match.concept.domain == domain
            if same and first_english.casefold() in (text.casefold() for text in match.concept.texts("en")):
                raise ConflictError(f"Concept {match.concept.id} already has {label}.", "Edit that concept instead.")
        _, ids = self.store.write([Edit("add", concept)], kind="add", by=self.user, summary=label)
        return replace(concept, id=ids[0])

    def propose(self, concepts: Sequence[Concept], *, summary: str) -> int | None:
        """Add proposed concepts as one change, whose number is returned; None where there are none.

        They may have terms in one language only: what lacks, the reviewer adds.
        """
        if not concepts:
            return None
        edits = [Edit("add", replace(concept, state="proposed")) for concept in concepts]
        return self.store.write(edits, kind="propose", by=self.user, summary=summary)[0]

    def edit(self, changed: Concept, *, kind: str = "edit") -> Concept:
        """Replace a concept by a changed version of itself; nothing is written when nothing changed."""
        before = self.concept(changed.id)
        if before == changed:
            return before
        _check(changed, before)
        self.store.write([Edit("edit", changed)], kind=kind, by=self.user, summary=_label(changed))
        return self.concept(changed.id)

    def edit_all(self, changed: Sequence[Concept], *, kind: str = "edit", reason: str = "") -> list[Concept]:
        """Replace concepts by changed versions of themselves, as one change. Returns those that differ from what is stored."""
        before = self.store.concepts([concept.id for concept in changed])
        edited = [concept for concept in changed if concept != before.get(concept.id)]
        for concept in edited:
            _check(concept, before.get(concept.id))
        if edited:
            edits = [Edit("edit", concept) for concept in edited]
            self.store.write(edits, kind=kind, by=self.user, summary=_labels(edited), reason=reason)
        return edited

    def set_state(self, ids: Sequence[int], state: ReviewState, *, reason: str = "") -> list[Concept]:
        """Approve, reject or propose concepts, as one change that says why. Returns those that were in another state."""
        found = {concept.id: concept for concept in map(self.concept, ids)}
        changed = [replace(concept, state=state) for concept in found.values() if concept.state != state]
        if changed:
            kind = {"approved": "approve", "rejected": "reject", "proposed": "propose"}[state]
            edits = [Edit("edit", concept) for concept in changed]
            self.store.write(edits, kind=kind, by=self.user, summary=_labels(changed), reason=reason)
        return changed

    def delete(self, ids: Sequence[int], *, reason: str = "") -> list[Concept]:
        """Delete concepts, as one change that undo brings back."""
        gone = [self.concept(concept_id) for concept_id in dict.fromkeys(ids)]
        for concept_id, concept in zip(dict.fromkeys(ids), gone, strict=True):
            if concept.id != concept_id:
                raise NotFoundError(f"Concept {concept_id} was merged into {concept.id}.", "Delete that one if you mean it.")
        if gone:
            edits = [Edit("delete", concept) for concept in gone]
            self.store.write(edits, kind="delete", by=self.user, summary=_labels(gone), reason=reason)
        return gone

    def merge(self, kept: int, others: Sequence[int]) -> Merged:
        """Make one concept of several, as one change: the kept one's id stays, the other ids and identifiers lead to it.

        See glossary.merging for what becomes of each part. YuqiaoError where there is nothing to merge.
        """
        into = self.concept(kept)
        found = {concept.id: concept for concept in map(self.concept, others) if concept.id != into.id}
        if not found:
            raise YuqiaoError(f"There is nothing to merge into concept {into.id}.", "Name another concept.")
        merged = merge_concepts(into, list(found.values()))
        edits = [Edit("edit", merged.concept), *(Edit("delete", concept, into.id) for concept in found.values())]
        numbers = ", ".join(map(str, found))
        self.store.write(edits, kind="merge", by=self.user, summary=f"{numbers} into {into.id}: {_label(into)}")
        return Merged(self.concept(into.id), merged.clashes)

    def explain(self, findings: Sequence[str], reason: str) -> None:
        """Mark findings of glossary.conflicts, by their texts, as explained, so that they no longer show; one change."""
        self._rule([Ruling(finding, reason) for finding in findings], "accept", reason)

    def question(self, findings: Sequence[str]) -> None:
        """Let findings that were marked as explained show again; one change."""
        self._rule([Ruling(finding, "", explained=False) for finding in findings], "unaccept", "")

    def _rule(self, rulings: Sequence[Ruling], kind: str, reason: str) -> None:
        summary = ", ".join(ruling.finding for ruling in rulings[:3]) + (" ..." if len(rulings) > 3 else "")
        self.store.write([], kind=kind, by=self.user, summary=summary, reason=reason, rulings=rulings)

    def undo(self, change_id: int | None = None, *, progress: Progress | None = None) -> Change:
        """Revert a change, by default the latest not yet undone, as a change of its own. Returns what was undone.

        Undoing an undo does it again. NotFoundError where nothing is left to undo, ConflictError where later changes
        touched the same concepts.
        """
        change = self._undoable(change_id)
        edits, rulings = self.store.undo_edits(change.id), self.store.undo_rulings(change.id)
        # Undoing an undo brings a change back into force, so it is again what the next undo reverts.
        kind = REDO if change.kind == UNDO else UNDO
        summary = change.summary if change.kind in (UNDO, REDO) else f"{change.kind}: {change.summary}"
        self.store.write(edits, kind=kind, by=self.user, summary=summary, undoes=change.id, rulings=rulings, progress=progress)
        return change

    def _undoable(self, change_id: int | None) -> Change:
        if change_id is not None:
            change = self.store.change(change_id)
            if change is None:
                raise NotFoundError(f"There is no change {change_id}.", "See: yuqiao history")
            if change.undone_by is not None:
                raise ConflictError(f"Change {change_id} was undone already, by change {change.undone_by}.")
            return change
        for change in self.store.changes(1_000):
            if change.undone_by is None and change.kind not in (UNDO, SEED):
                return change
        raise NotFoundError("There is nothing to undo.")

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        format_name: str | None = None,
        encoding: str | None = None,
        columns: Sequence[str] = (),
        domain: str = "",
        mapping: Mapping[str, str] | None = None,
        mode: "ImportMode" = "merge",
        propose: bool = False,
        progress: Progress | None = None,
    ) -> "list[ImportReport]":
        """Import files of terms as one change: all of them or, on an error or interruption, nothing. A report for each.

        See glossary.importing.plan_import for the modes and the mapping, and for `propose`, by which all that is new waits.
        """
        from glossary.importing import plan_import

        planned = plan_import(
            self.store,
            paths,
            format_name=format_name,
            encoding=encoding,
            columns=columns,
            domain=domain,
            mapping=mapping,
            mode=mode,
            propose=propose,
        )
        return self.write_import(planned, paths, progress=progress)

    def write_import(
        self, planned: "PlannedImport", paths: Sequence[Path], *, progress: Progress | None = None
    ) -> "list[ImportReport]":
        """Write what was planned as one change, and nothing where there is nothing to write. A report for each file."""
        if planned.edits:
            reports = planned.reports
            added, updated = sum(report.added for report in reports), sum(report.updated for report in reports)
            summary = f"{', '.join(path.name for path in paths)}: {added} added, {updated} updated"
            change_id, _ = self.store.write(planned.edits, kind="import", by=self.user, summary=summary, progress=progress)
            for report in reports:
                report.change_id = change_id
        return planned.reports

    def import_file(self, path: Path, *, format_name: str | None = None, progress: Progress | None = None) -> "ImportReport":
        """Import one file; see import_files."""
        return self.import_files([path], format_name=format_name, progress=progress)[0]

    def seed(self, concepts: Sequence[Concept]) -> None:
        """Fill a new term base with the curated concepts."""
        self.store.write(
            [Edit("add", concept) for concept in concepts],
            kind=SEED,
            by="yuqiao",
            summary=f"{len(concepts)} curated concepts",
            first=True,
        )

    def refresh(
        self, concepts: Iterable[Concept], *, dry_run: bool = False, progress: Progress | None = None
    ) -> "ConceptsRefreshed":
        """Bring the curated concepts as they are now into a term base that has older ones, as one change; what it did.

        What users have changed or deleted stays so; see glossary.refreshing. With `dry_run`, only what it would do.
        """
        from glossary.refreshing import plan_refresh

        planned = plan_refresh(self.store, concepts)
        edits = planned.edits
        if edits and not dry_run:
            summary = f"{len(planned.added)} added, {len(planned.updated)} updated, {len(planned.removed)} removed"
            self.store.write(edits, kind=REFRESH, by=self.user, summary=summary, progress=progress)
        return planned


def _terms(texts: Sequence[str], language: str, status: Status) -> list[Term]:
    cleaned = [" ".join(text.split()) for text in texts if text.strip()]
    return [Term(text, tag_of_text(language, text), "admitted" if index else status) for index, text in enumerate(cleaned)]


def _label(concept: Concept) -> str:
    both = [texts[0] for texts in (concept.texts("zh"), concept.texts("en")) if texts]
    return " = ".join(both) or next((term.text for term in concept.terms), "")


def _labels(concepts: Sequence[Concept]) -> str:
    return ", ".join(_label(concept) for concept in concepts[:3]) + (" ..." if len(concepts) > 3 else "")


def _check(concept: Concept, before: Concept | None = None) -> None:
    """What a person writes must have both languages; what came from a file without one of them may stay without it."""
    try:
        json.dumps(concept.to_dict(), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise YuqiaoError("The text holds half a character.", "Is the terminal set to UTF-8?") from error
    chinese = [term for term in concept.terms if term.language == "zh"]
    english = [term for term in concept.terms if term.language == "en"]
    missing = [code for code, terms in (("zh", chinese), ("en", english)) if not terms]
    if not concept.terms or any(before is None or before.texts(code) for code in missing):
        raise YuqiaoError("A concept needs a Chinese and an English term.")
    for term in chinese:
        if not has_han(term.text):
            raise YuqiaoError(f"{term.text!r} has no Chinese character.", "Give Chinese first, then English.")
    for term in english:
        if has_han(term.text):
            raise YuqiaoError(f"{term.text!r} has Chinese characters.", "Give Chinese first, then English.")
