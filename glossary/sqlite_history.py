"""The term base's history in SQLite: every change, what it found, what was merged into what, findings marked as explained."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from glossary.concept import Change, Concept, ConceptChange
from glossary.store import REDO, REFRESH, SEED, UNDO, Edit, Ruling
from lang.errors import ConflictError

_CHANGE: Final = "id, kind, at, by, summary, concepts, undoes, undone_by, reason"
_CONCEPT_CHANGE: Final = "c.id, x.action, c.kind, c.at, c.by, c.summary, x.before, c.reason"
_SLICE: Final = 500


def snapshot(concept: Concept | None) -> str | None:
    """A concept as the history keeps it."""
    return json.dumps(concept.to_dict(), ensure_ascii=False) if concept else None


def _from_snapshot(text: str | None) -> Concept | None:
    return Concept.from_dict(json.loads(text)) if text else None


class TermHistory:
    """The part of a term store that remembers; the store itself says what concepts are now."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def concepts(self, ids: Sequence[int]) -> dict[int, Concept]:
        """The concepts of these ids, those that exist."""
        raise NotImplementedError

    # Changes

    def history(self, concept_id: int) -> list[ConceptChange]:
        """What happened to a concept, oldest first: what each change left is what the next one found."""
        rows = self._connection.execute(
            f"""SELECT {_CONCEPT_CHANGE} FROM change_concept x
            JOIN change c ON c.id = x.change_id WHERE x.concept_id = ? ORDER BY c.id""",
            [concept_id],
        ).fetchall()
        found = [_from_snapshot(row[6]) for row in rows]
        left = [*found[1:], self.concepts([concept_id]).get(concept_id)] if rows else []
        return [
            ConceptChange(change_id, action, kind, at, by, summary, before, after, reason)
            for (change_id, action, kind, at, by, summary, _, reason), before, after in zip(rows, found, left, strict=True)
        ]

    def proposals(self, ids: Sequence[int]) -> dict[int, Change]:
        """For each of these concepts the change that proposed it: the one that added it, or made it a proposal again."""
        found: dict[int, Change] = {}
        columns = ", ".join(f"c.{name}" for name in _CHANGE.split(", "))
        for start in range(0, len(ids), _SLICE):
            part = list(ids[start : start + _SLICE])
            rows = self._connection.execute(
                f"""SELECT x.concept_id, {columns} FROM change_concept x JOIN change c ON c.id = x.change_id
                WHERE x.concept_id IN ({",".join("?" * len(part))}) AND c.kind NOT IN ('{UNDO}', '{REDO}')
                AND (x.action = 'add' OR c.kind = 'propose') ORDER BY c.id""",
                part,
            )
            found.update((row[0], Change(*row[1:])) for row in rows)
        return found

    def changes(self, limit: int) -> list[Change]:
        """The latest changes, newest first."""
        rows = self._connection.execute(f"SELECT {_CHANGE} FROM change ORDER BY id DESC LIMIT ?", [limit])
        return [Change(*row) for row in rows]

    def change(self, change_id: int) -> Change | None:
        """One change."""
        row = self._connection.execute(f"SELECT {_CHANGE} FROM change WHERE id = ?", [change_id]).fetchone()
        return Change(*row) if row else None

    def of_users(self) -> tuple[set[int], set[str]]:
        """The ids of concepts, there or gone, that changes in force have touched, but for the curated data's own.

        And the identifiers they had before these changes.
        """
        # A change is in force where nothing undid it, or what undid it is not in force.
        rows = self._connection.execute(
            """WITH RECURSIVE standing (id, kind, undoes, stands) AS (
                SELECT id, kind, undoes, 1 FROM change WHERE undone_by IS NULL
                UNION ALL SELECT c.id, c.kind, c.undoes, 1 - s.stands FROM standing s JOIN change c ON c.id = s.undoes)
            SELECT DISTINCT x.concept_id, json_extract(x.before, '$.key') FROM standing s
            JOIN change_concept x ON x.change_id = s.id WHERE s.stands AND s.kind NOT IN (?, ?, ?, ?)""",
            [SEED, REFRESH, UNDO, REDO],
        ).fetchall()
        return {concept_id for concept_id, _ in rows}, {key for _, key in rows if key}

    def undo_edits(self, change_id: int) -> list[Edit]:
        """The edits that would restore what a change found; ConflictError where a later change touched the same."""
        self._check_last(change_id)
        rows = self._connection.execute(
            """SELECT x.concept_id, x.action, x.before, m.merged_into FROM change_concept x JOIN change c ON c.id = x.change_id
            LEFT JOIN change_concept m ON m.change_id = c.undoes AND m.concept_id = x.concept_id
            WHERE x.change_id = ? ORDER BY x.concept_id""",
            [change_id],
        ).fetchall()
        edits: list[Edit] = []
        for concept_id, action, before, merged_into in rows:
            restored = _from_snapshot(before)
            if action == "add" or restored is None:
                # A merge done again leads the same ids to the same concept.
                edits.append(Edit("delete", Concept((), id=concept_id), merged_into or 0))
            else:
                edits.append(Edit("add" if action == "delete" else "edit", restored))
        return edits

    def _check_last(self, change_id: int) -> None:
        later = self._connection.execute(
            """SELECT c.id, c.undoes, min(b.concept_id) FROM change_concept a
            JOIN change_concept b ON b.concept_id = a.concept_id AND b.change_id > a.change_id
            JOIN change c ON c.id = b.change_id WHERE a.change_id = ? GROUP BY c.id ORDER BY c.id""",
            [change_id],
        )
        # A later change and its undoing cancel each other; so do an undoing and its redoing.
        standing: dict[int, int] = {}
        for later_id, undoes, concept_id in later:
            if standing.pop(undoes, None) is None:
                standing[later_id] = concept_id
        if standing:
            last = max(standing)
            raise ConflictError(
                f"Change {change_id} cannot be undone: change {last} came after it and touched concept {standing[last]}.",
                f"Undo change {last} first.",
            )

    # Merged concepts

    def merged_into(self, concept_id: int) -> int | None:
        """The concept into which this one was merged, over several merges where there were; None where it was not."""
        into = self._merges().get(concept_id)
        return into[0] if into else None

    def merged_keys(self) -> dict[str, int]:
        """Identifier of a concept that was merged -> the concept it is part of now."""
        return {key: concept_id for concept_id, key in self._merges().values() if key}

    def _merges(self) -> dict[int, tuple[int, str]]:
        """Merged concept -> (where it is now, its identifier); merges are few, and an index holds no other rows."""
        rows = self._connection.execute(
            """SELECT x.concept_id, x.merged_into, ifnull(json_extract(x.before, '$.key'), '') FROM change_concept x
            WHERE x.merged_into IS NOT NULL AND NOT EXISTS (SELECT 1 FROM concept WHERE id = x.concept_id)
            AND x.change_id = (SELECT max(change_id) FROM change_concept y WHERE y.concept_id = x.concept_id)"""
        ).fetchall()
        direct = {concept_id: into for concept_id, into, _ in rows}
        made: dict[int, tuple[int, str]] = {}
        for concept_id, into, key in rows:
            target = into
            while target in direct:
                target = direct[target]
            made[concept_id] = (target, key)
        return made

    # Findings marked as explained

    def explained(self) -> dict[str, Ruling]:
        """Findings marked as explained, by their text, in the order they were marked."""
        rows = self._connection.execute("SELECT finding, reason, explained FROM finding_ruling ORDER BY change_id")
        last = {row[0]: Ruling(row[0], row[1], explained=bool(row[2])) for row in rows}
        return {finding: ruling for finding, ruling in last.items() if ruling.explained}

    def undo_rulings(self, change_id: int) -> list[Ruling]:
        """The rulings that were in force before a change's own."""
        rows = self._connection.execute(
            """SELECT r.finding, b.reason, b.explained FROM finding_ruling r LEFT JOIN finding_ruling b
            ON b.finding = r.finding AND b.change_id =
            (SELECT max(change_id) FROM finding_ruling WHERE finding = r.finding AND change_id < r.change_id)
            WHERE r.change_id = ? ORDER BY r.finding""",
            [change_id],
        )
        return [Ruling(finding, reason or "", explained=bool(explained)) for finding, reason, explained in rows]

    def _rule(self, change_id: int, rulings: Sequence[Ruling]) -> None:
        self._connection.executemany(
            "INSERT OR REPLACE INTO finding_ruling (change_id, finding, reason, explained) VALUES (?, ?, ?, ?)",
            [(change_id, ruling.finding, ruling.reason, int(ruling.explained)) for ruling in rulings],
        )
