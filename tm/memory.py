"""The translation memory as the rest of the program uses it: match, search, change, exchange."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from lang.errors import ConflictError, LockedError, NotFoundError
from lang.fold import term_key
from lang.script import is_chinese
from tm.formats.entries import ReadOptions, UnitFormat
from tm.fragments import Fragment, find_fragments
from tm.importing import UnitFile, UnitImportReport
from tm.index import IndexEntry, MatchIndex
from tm.matching import SMALL, Match, Query, find_matches
from tm.score import Language, segment_key
from tm.store import AddReport, Change, Progress, UnitStore
from tm.unit import Unit, context_key

SEED = "seed"
_WAIT_FOR_UPDATE = 0.5
_WAIT_FOR_BUILD = 300.0


class Memory:
    """One memory over a store of units; `index_folder` is where its match index lives, `user` who is recorded."""

    def __init__(self, store: UnitStore, index_folder: Path, user: str) -> None:
        self.store = store
        self.user = user
        self._index = MatchIndex(index_folder)
        self._current = -1

    # Reading

    def match(
        self,
        text: str,
        *,
        language: Language | None = None,
        lowest: float = 0.7,
        limit: int = 5,
        before: str = "",
        after: str = "",
    ) -> list[Match]:
        """Units whose segment in the query's language is like it, best first; see tm.matching.find_matches.

        `before` and `after` are the segments next to it in its document, where it has one.
        """
        query = Query(text, language or self.language_of(text), context_key(before), context_key(after))
        return find_matches(self.store, self.index(), query, lowest=lowest, limit=limit)

    def fragments(self, text: str, *, language: Language | None = None, limit: int = 5) -> list[Fragment]:
        """Stored pieces that cover parts of a text which nothing matches as a whole; see tm.fragments.find_fragments."""
        return find_fragments(self.store, self.index(), text, language or self.language_of(text), limit=limit)

    def language_of(self, text: str) -> Language:
        """The language a text is taken to be in where none is named."""
        return "zh" if is_chinese(text) else "en"

    def containing(self, phrase: str, limit: int = 20) -> list[Unit]:
        """Units whose source or target holds a phrase, whatever its script, width or letter case; shortest first."""
        folded = term_key(phrase)
        if not folded:
            return []
        index = self.index()
        if index is None or len(folded) == 1:
            ids = self.store.scan(folded, limit * 20)
        else:
            ids = index.containing(folded, self.language_of(phrase), limit=limit * 20)
        units = self.store.units(ids).values()
        held = [unit for unit in units if folded in term_key(unit.source) or folded in term_key(unit.target)]
        return sorted(held, key=lambda unit: (len(unit.source), unit.id))[:limit]

    def pairs_with(self, phrases: Sequence[str], limit: int = 10) -> list[Unit]:
        """Units that use any of these phrases in source or target, each once."""
        found: dict[int, Unit] = {}
        for phrase in phrases:
            for unit in self.containing(phrase, limit):
                found.setdefault(unit.id, unit)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def count(self) -> int:
        """How many units there are."""
        return self.store.count()

    # Changing

    def add(self, units: Iterable[Unit], *, kind: str = "add", summary: str = "", progress: Progress | None = None) -> AddReport:
        """Store units as one change, all or none, and let the index know."""
        report = self.store.add(units, kind=kind, by=self.user, summary=summary, progress=progress)
        self.index()
        return report

    def import_files(
        self,
        paths: Sequence[Path],
        options: ReadOptions,
        *,
        format_name: str | None = None,
        progress: Progress | None = None,
    ) -> list[UnitImportReport]:
        """Import files of units, each as one change: all of them or, on an error or interruption, nothing.

        A pair that is stored already adds its origin to the stored one (updated) or nothing (skipped).
        """
        files = [UnitFile(path, options, format_name) for path in paths]
        done = 0
        with self.store.transaction():
            for file in files:
                before = done
                report = file.report
                added = self.store.add(
                    file.units(),
                    kind="import",
                    by=self.user,
                    summary=Path(report.file).name,
                    progress=(lambda read, before=before: progress(before + read)) if progress else None,  # type: ignore[misc]
                )
                report.added, report.updated = added.added, added.merged
                report.skipped = added.read - added.added - added.merged
                report.change_id = added.change_id or None
                done += added.read
        self.index()
        return [file.report for file in files]

    def export(self, units: Iterable[Unit], unit_format: UnitFormat, file: BinaryIO) -> int:
        """Write units in a format; how many."""
        return unit_format.write(units, file)

    def undo(self, change_id: int | None = None) -> Change:
        """Revert a change, by default the latest not yet undone; what was undone."""
        changes = self.store.changes(1_000) if change_id is None else self.store.changes(1, at=change_id)
        open_changes = [c for c in changes if c.undone_by is None and (change_id or c.kind not in ("undo", SEED))]
        if not open_changes:
            if changes and change_id is not None:
                raise ConflictError(f"Change {change_id} was undone already.")
            raise NotFoundError("There is nothing to undo in the memory.")
        self.store.undo(open_changes[0].id, by=self.user)
        return open_changes[0]

    def seed(self, units: Sequence[Unit]) -> None:
        """Fill a new memory with the curated pairs."""
        self.store.add(units, kind=SEED, by="yuqiao", summary=f"{len(units)} curated pairs")

    # The index

    def index(self) -> MatchIndex | None:
        """The match index, brought up to date; None while the memory is so small that it is read whole.

        The database is the truth: an index that is missing, damaged or of another version is made anew, one that is
        behind gets what it lacks. Where another process is writing to it, it is used as it is.
        """
        last = self.store.last_change()
        if last == self._current:
            return self._index
        known = self._index.last_change()
        if known == last:
            self._current = last
            return self._index
        if known < 0 and self.store.count() <= SMALL:
            return None
        try:
            # An index that is only behind is of use already; one that is being made has to be waited for.
            with self._index.locked(_WAIT_FOR_UPDATE if known >= 0 else _WAIT_FOR_BUILD):
                # The other process may have written more, and brought the index up to it.
                last, known = self.store.last_change(), self._index.last_change()
                if known != last:
                    self._catch_up(known, last)
        except LockedError:
            if known < 0:
                raise
            return self._index
        self._current = last
        return self._index

    def _catch_up(self, known: int, last: int) -> None:
        if known < 0 or known > last:
            self._index.build((IndexEntry(*_folded(side)) for side in self.store.sides()), last)
            return
        touched = self.store.touched(after_change=known)
        new = [IndexEntry(*_folded(side)) for side in self.store.sides(after_change=known)]
        if not touched:
            self._index.append(new, last)
            return
        present = {entry.unit_id for entry in new}
        back = self.store.units([unit_id for unit_id in touched if unit_id not in present])
        new.extend(IndexEntry(*_folded(_sides(unit))) for unit in back.values())
        self._index.update(new, touched, last)


def _sides(unit: Unit) -> tuple[int, str, str]:
    if unit.source_lang.startswith("en"):
        return unit.id, unit.target, unit.source
    return unit.id, unit.source, unit.target


def _folded(side: tuple[int, str, str]) -> tuple[int, str, str]:
    unit_id, chinese, english = side
    return unit_id, segment_key(chinese), segment_key(english)
