"""The translation memory as the rest of the program uses it: match, search, change, exchange."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from lang.errors import ConflictError, LockedError, NotFoundError, YuqiaoError
from lang.script import is_chinese
from lang.tags import language
from tm.concordance import Concordance, Phrase, find_phrases
from tm.formats.entries import ReadOptions, UnitFormat
from tm.fragments import Fragment, find_fragments
from tm.importing import UnitImportReport, unit_files
from tm.index import IndexEntry, MatchIndex
from tm.matching import SMALL, Match, Query, find_matches
from tm.score import Language, segment_key
from tm.store import (
    REDO,
    REFRESH,
    SEED,
    UNDO,
    AddReport,
    Brought,
    Change,
    PairsRefreshed,
    Progress,
    UnitChange,
    UnitFilter,
    UnitStore,
)
from tm.unit import Unit, context_key, pair_key

_WAIT_FOR_UPDATE = 0.5
_WAIT_FOR_BUILD = 300.0
_REBUILD = 50_000
_TOLD_EVERY = 5_000

_Item = TypeVar("_Item")


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

    def concordance(
        self, phrases: Sequence[str], *, limit: int = 20, offset: int = 0, only: UnitFilter | None = None
    ) -> Concordance:
        """A page of the units one side of which uses all these phrases, the shortest first; see tm.concordance."""
        return find_phrases(
            self.store, self.index(), [Phrase.of(text) for text in phrases], limit=limit, offset=offset, only=only
        )

    def pairs_with(self, phrases: Sequence[str], limit: int = 10) -> list[Unit]:
        """Units that use any of these phrases in source or target, each once."""
        found: dict[int, Unit] = {}
        # 選舉委員會 and 选举委员会 are one phrase.
        for phrase in dict.fromkeys(map(Phrase.of, phrases)):
            for hit in find_phrases(self.store, self.index(), [phrase], limit=limit).hits:
                found.setdefault(hit.unit.id, hit.unit)
            if len(found) >= limit:
                break
        return list(found.values())[:limit]

    def unit(self, unit_id: int) -> Unit:
        """One unit; NotFoundError where there is none."""
        found = self.store.units([unit_id]).get(unit_id)
        if found is None:
            raise NotFoundError(f"The memory has no pair {unit_id}.", "match, concordance and tm list show their numbers.")
        return found

    def history(self, unit_id: int) -> list[UnitChange]:
        """What happened to a unit, oldest first; NotFoundError where it never existed."""
        found = self.store.history(unit_id)
        if not found:
            raise NotFoundError(f"The memory has no pair {unit_id}, and never had.", "See: yuqiao tm list")
        return found

    def count(self) -> int:
        """How many units there are."""
        return self.store.count()

    # Changing

    def add(self, units: Iterable[Unit], *, kind: str = "add", summary: str = "", progress: Progress | None = None) -> AddReport:
        """Store units as one change, all or none, and let the index know."""
        report = self.store.add(units, kind=kind, by=self.user, summary=summary, progress=progress)
        self.index()
        return report

    def bring(self, units: Sequence[Unit], *, former: Iterable[int], summary: str, progress: Progress | None = None) -> Brought:
        """Store the pairs of two documents as they are now, all or none.

        Of those that an earlier time stored (`former`: their pair keys, see tm.unit.pair_key) the ones that are no more are
        deleted, and those that a person has accepted since are reviewed; each kind is a change of its own in the history.
        Pairs that were edited in the memory, or came first from elsewhere, stay as they are.
        """
        now = {pair_key(unit): unit for unit in units}
        origins = {unit.origin for unit in units}
        with self.store.transaction():
            stored = self.store.ids_of_pairs(dict.fromkeys([*former, *now]))
            known = self.store.units(list(stored.values()))
            ours = {key: unit_id for key, unit_id in stored.items() if known[unit_id].origin in origins}
            gone = [unit_id for key, unit_id in ours.items() if key not in now]
            if gone:
                self.store.delete(gone, by=self.user, summary=summary)
            report = self.store.add(units, kind="import", by=self.user, summary=summary, progress=progress)
            settled = [
                unit_id
                for key, unit_id in ours.items()
                if key in now and now[key].state == "reviewed" and known[unit_id].state == "translated"
            ]
            if settled:
                self.store.set_state(settled, "reviewed", by=self.user, summary=summary)
        self.index()
        return Brought(report.added, len(gone), len(settled), report.read - report.added)

    def add_one(self, unit: Unit) -> Unit:
        """Store one unit, as it comes back; its author is the user where it names none.

        YuqiaoError where a side is empty or broken, ConflictError where the pair is stored already.
        """
        _check(unit)
        known = self.store.id_of(unit)
        if known is not None:
            raise ConflictError(f"The memory has this pair already, as {known}.", f"Change it with: yuqiao tm edit {known}")
        self.add([replace(unit, author=unit.author or self.user)], summary=unit.label)
        return self.unit(cast(int, self.store.id_of(unit)))

    def edit(self, changed: Unit) -> Unit:
        """Replace a unit by a changed version of itself, as it comes back; nothing is written when nothing changed."""
        before = self.unit(changed.id)
        if before == changed:
            return before
        _check(changed)
        self.store.edit(changed, by=self.user)
        self.index()
        return self.unit(changed.id)

    def review(self, ids: Sequence[int]) -> list[Unit]:
        """Mark units as reviewed, as one change that undo takes back; what they were. NotFoundError where one is not there."""
        units = [self.unit(unit_id) for unit_id in dict.fromkeys(ids)]
        if units:
            self.store.set_state([unit.id for unit in units], "reviewed", by=self.user, summary=f"reviewed: {_labels(units)}")
        return units

    def delete(self, ids: Sequence[int], *, kind: str = "delete", summary: str = "") -> list[Unit]:
        """Delete units as one change that undo brings back; what they were. NotFoundError where one is not there."""
        gone = [self.unit(unit_id) for unit_id in dict.fromkeys(ids)]
        if gone:
            self.store.delete([unit.id for unit in gone], by=self.user, kind=kind, summary=summary or _labels(gone))
            self.index()
        return gone

    def import_files(
        self,
        paths: Sequence[Path],
        options: ReadOptions,
        *,
        format_name: str | None = None,
        progress: Progress | None = None,
        indexing: Progress | None = None,
    ) -> list[UnitImportReport]:
        """Import files of units, each as one change: all of them or, on an error or interruption, nothing.

        A pair that is stored already adds its origin to the stored one (updated) or nothing (skipped). `progress` is told
        how many units were read, then `indexing` how many were put into the index.
        """
        files = unit_files(paths, options, format_name)
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
        self.index(indexing)
        return [file.report for file in files]

    def export(self, units: Iterable[Unit], unit_format: UnitFormat, file: BinaryIO, *, progress: Progress | None = None) -> int:
        """Write units in a format, streaming; how many."""
        return unit_format.write(_counted(units, progress), file)

    def undo(self, change_id: int | None = None, *, progress: Progress | None = None) -> Change:
        """Revert a change, by default the latest not yet undone, as a change of its own; what was undone.

        Undoing an undo does the change again, and it is then what the next undo reverts.
        """
        change = self._undoable(change_id)
        self.store.undo(change.id, by=self.user, progress=progress)
        self.index()
        return change

    def _undoable(self, change_id: int | None) -> Change:
        if change_id is None:
            for change in self.store.changes(1_000):
                if change.undone_by is None and change.kind not in (UNDO, REDO, SEED):
                    return change
            raise NotFoundError("There is nothing to undo in the memory.")
        named = self.store.changes(1, at=change_id)
        if not named:
            raise NotFoundError(f"The memory has no change {change_id}.", "See: yuqiao tm history")
        change = named[0]
        if change.kind == REDO:
            # It brought a change back into force, so it is that change that is reverted.
            return self._undoable(self.store.changes(1, at=change.undoes)[0].undoes)
        if change.undone_by is not None:
            raise ConflictError(f"Change {change_id} was undone already, by change {change.undone_by}.")
        return change

    def seed(self, units: Sequence[Unit]) -> None:
        """Fill a new memory with the curated pairs."""
        self.store.add(units, kind=SEED, by="yuqiao", summary=f"{len(units)} curated pairs")

    def refresh(self, units: Iterable[Unit], *, dry_run: bool = False) -> PairsRefreshed:
        """Bring the curated pairs as they are now into a memory that has older ones, as one change; what it did.

        Pairs that are curated no more go, unless a user has changed or imported them; those a user deleted do not come back.
        With `dry_run`, only what it would do. The index gets what is new when it is next asked for.
        """
        known = self.store.curated()
        wanted = {pair_key(unit): unit for unit in units}
        there = known.keys() | self.store.ids_of_pairs(wanted.keys() - known.keys()).keys()
        added = [unit for key, unit in wanted.items() if key not in there]
        ours = {unit_id: wanted.get(key) for key, unit_id in known.items() if unit_id is not None}
        removed = [unit_id for unit_id, now in ours.items() if now is None]
        stored = self.store.units(list(ours))
        moved = {unit_id: now for unit_id, now in ours.items() if now and now.domain != stored[unit_id].domain}
        if (added or removed or moved) and not dry_run:
            summary = f"{len(added)} added, {len(moved)} moved, {len(removed)} removed"
            new, old = [*added, *moved.values()], [*removed, *moved]
            self.store.add(new, kind=REFRESH, by=self.user, summary=summary, instead_of=old)
        return PairsRefreshed(len(added), len(moved), len(removed))

    # The index

    def index(self, progress: Progress | None = None) -> MatchIndex | None:
        """The match index, brought up to date; None while the memory is so small that it is read whole.

        The database is the truth: an index that is missing, damaged or of another version is made anew, one that is
        behind gets what it lacks. Where another process is writing to it, it is used as it is. `progress` is told how
        many units were put into it.
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
                    self._catch_up(known, last, progress)
        except LockedError:
            if known < 0:
                raise
            return self._index
        self._current = last
        return self._index

    def _catch_up(self, known: int, last: int, progress: Progress | None) -> None:
        if known < 0 or known > last:
            sides = _counted(self.store.sides(), progress)
            self._index.build((IndexEntry(*_folded(side)) for side in sides), last)
            return
        touched = self.store.touched(after_change=known)
        if len(touched) > _REBUILD:
            # After the undoing of an import: to make all anew is quicker than to look up each, and needs less memory.
            self._index.build((IndexEntry(*_folded(side)) for side in self.store.sides()), last)
            return
        new = _counted(self.store.sides(after_change=known), progress)
        if touched:
            self._index.update(self._entries(new, touched), touched, last)
        else:
            self._index.append((IndexEntry(*_folded(side)) for side in new), last)

    def _entries(self, new: Iterable[tuple[int, str, str]], touched: Sequence[int]) -> Iterator[IndexEntry]:
        """New units, then those of the touched that are there and are not among them."""
        missing = dict.fromkeys(touched)
        for side in new:
            missing.pop(side[0], None)
            yield IndexEntry(*_folded(side))
        ids = list(missing)
        for start in range(0, len(ids), _TOLD_EVERY):
            for unit in self.store.units(ids[start : start + _TOLD_EVERY]).values():
                yield IndexEntry(*_folded(_sides(unit)))


def _labels(units: Sequence[Unit]) -> str:
    return ", ".join(unit.label for unit in units[:3]) + (" ..." if len(units) > 3 else "")


def _check(unit: Unit) -> None:
    if not unit.source.strip() or not unit.target.strip():
        raise YuqiaoError("A pair needs a text on both sides.")
    if {language(unit.source_lang), language(unit.target_lang)} != {"zh", "en"}:
        raise YuqiaoError(
            f"A pair is Chinese and English, not {unit.source_lang} and {unit.target_lang}.", "Name --from and --to."
        )
    try:
        json.dumps(asdict(unit), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise YuqiaoError("The text holds half a character.", "Is the terminal set to UTF-8?") from error


def _counted(items: Iterable[_Item], progress: Progress | None) -> Iterator[_Item]:
    """The items as they are, telling how many there were now and then."""
    for number, item in enumerate(items, start=1):
        yield item
        if progress and number % _TOLD_EVERY == 0:
            progress(number)


def _sides(unit: Unit) -> tuple[int, str, str]:
    if unit.source_lang.startswith("en"):
        return unit.id, unit.target, unit.source
    return unit.id, unit.source, unit.target


def _folded(side: tuple[int, str, str]) -> tuple[int, str, str]:
    unit_id, chinese, english = side
    return unit_id, segment_key(chinese), segment_key(english)
