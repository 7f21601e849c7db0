"""The term base in SQLite, through the standard module; sqlite-utils, slow to import, only makes the tables (schema.py)."""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final, TypeVar, cast

from glossary.concept import Concept, Term, property_from_dict, property_to_dict
from glossary.keys import KEYS_VERSION, KeyKind, keys_of_concept, with_pinyin
from glossary.sqlite_history import TermHistory, snapshot
from glossary.store import Edit, Filter, Progress, Ruling, TermRow
from lang.errors import ConflictError, LockedError
from lang.fold import term_key
from lang.inflection import loose_key, word_key
from lang.script import has_han

_CONCEPT: Final = "id, key, domain, definition, note, source, state, extra"
_TERM: Final = "concept_id, text, lang, status, part_of_speech, pinyin, note, extra"
_ROW: Final = "t.id, t.concept_id, t.text, t.lang, t.status, t.pinyin"
_IN_USE: Final = {False: "c.state != 'rejected'", True: "c.state = 'approved'"}
_BEGINNINGS: Final = {
    KeyKind.CHINESE: re.compile("(?<![0-9a-z])[0-9a-z]|[^0-9a-z]", re.DOTALL),
    KeyKind.ENGLISH: re.compile("(?<![0-9a-z])[0-9a-z]"),
}
"""Where in a folded text the terms it is searched for may begin: not inside a Latin word, an acronym with a Latin one."""

_SLICE: Final = 500
_BATCH: Final = 2_000
_Value = TypeVar("_Value")
# A very short prefix or a very common character has thousands of terms: this many are looked at.
_CANDIDATES: Final = 3_000


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: all of it or, on any error or interruption, nothing. Part of the outer one where there is one.

    The write lock is taken before anything is read, so two processes at once wait instead of failing. LockedError when
    that takes too long, ConflictError where two concepts would have one identifier.
    """
    inner = connection.in_transaction
    if inner:
        yield
        return
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise LockedError("Another process keeps the database locked.", "Nothing was written; try again later.") from error
        if isinstance(error, sqlite3.IntegrityError) and "concept.key" in str(error):
            raise ConflictError("Another concept has this identifier.", "Leave it out, or choose another.") from error
        raise


class SqliteTermStore(TermHistory):
    """A TermStore on an open connection whose tables exist (see glossary.schema) and that is in autocommit mode."""

    # Writing

    def write(
        self,
        edits: Iterable[Edit],
        *,
        kind: str,
        by: str,
        summary: str,
        reason: str = "",
        undoes: int | None = None,
        rulings: Sequence[Ruling] = (),
        progress: Progress | None = None,
        first: bool = False,
    ) -> tuple[int, list[int]]:
        """Apply edits as one change with its history; all or nothing. Returns the change's id and the concepts' ids.

        `first` is for concepts to begin an empty term base with: its indexes are made when all are in.
        """
        execute = self._connection.execute
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with transaction(self._connection), self._indexes_afterwards() if first else nullcontext():
            entry = (kind, now, by, summary, reason, undoes)
            added = execute("INSERT INTO change (kind, at, by, summary, reason, undoes) VALUES (?, ?, ?, ?, ?, ?)", entry)
            change_id = cast(int, added.lastrowid)
            ids: list[int] = []
            batch: list[Edit] = []
            for edit in edits:
                batch.append(edit)
                if len(batch) == _BATCH:
                    ids.extend(self._write_batch(change_id, batch))
                    batch.clear()
                    if progress:
                        progress(len(ids))
            ids.extend(self._write_batch(change_id, batch))
            self._rule(change_id, rulings)
            execute("UPDATE change SET concepts = ? WHERE id = ?", [len(ids), change_id])
            if undoes is not None:
                execute("UPDATE change SET undone_by = ? WHERE id = ?", [change_id, undoes])
        return change_id, ids

    @contextmanager
    def _indexes_afterwards(self) -> Iterator[None]:
        """Sorting all rows once takes a third of the time of keeping an index in order row by row."""
        execute = self._connection.execute
        indexes = execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('concept', 'term', 'change_concept')"
        ).fetchall()
        for name, _ in indexes:
            execute(f"DROP INDEX {name}")
        yield
        for _, sql in indexes:
            execute(sql)

    def _write_batch(self, change_id: int, edits: list[Edit]) -> list[int]:
        """Rows are made here and written by executemany: a hundred thousand concepts go through in seconds."""
        execute, executemany = self._connection.execute, self._connection.executemany
        before = self.concepts([edit.concept.id for edit in edits if edit.action != "add"])
        next_concept = (
            cast(int, execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'concept'").fetchone()[0]) + 1
        )
        next_term = cast(int, execute("SELECT ifnull(max(id), 0) FROM term").fetchone()[0]) + 1
        ids: list[int] = []
        concepts: list[tuple[object, ...]] = []
        terms: list[tuple[object, ...]] = []
        keys: list[tuple[int, str, int]] = []
        tokens: list[tuple[int, str, str]] = []
        for edit in edits:
            concept_id = edit.concept.id
            if edit.action == "add" and not concept_id:
                concept_id, next_concept = next_concept, next_concept + 1
            ids.append(concept_id)
            if edit.action == "delete":
                continue
            c = edit.concept
            concepts.append((concept_id, c.key or None, c.domain, c.definition, c.note, c.source, c.state, _extra(c)))
            c = _with_pinyin(c)
            for position, (term, made) in enumerate(zip(c.terms, keys_of_concept(c), strict=True)):
                row = (term.text, term.lang, term.status, term.part_of_speech, term.pinyin, term.note, _extra(term))
                terms.append((next_term, position, concept_id, *row))
                keys.extend([(int(kind), key, next_term) for kind, key in made.keys])
                if made.tokens:
                    tokens.append((next_term, made.tokens, made.forms))
                next_term += 1
        self._remove(list(before.values()))
        executemany(f"INSERT INTO concept ({_CONCEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", concepts)
        executemany(f"INSERT INTO term (id, position, {_TERM}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", terms)
        self._insert_keys(sorted(keys))
        self._insert_texts(tokens)
        executemany(
            "INSERT INTO change_concept (change_id, concept_id, action, before, merged_into) VALUES (?, ?, ?, ?, ?)",
            [
                (change_id, concept_id, edit.action, snapshot(before.get(concept_id)), edit.merged_into or None)
                for concept_id, edit in zip(ids, edits, strict=True)
            ],
        )
        return ids

    def _remove(self, concepts: list[Concept]) -> None:
        """Drop concepts as they are stored; their keys are computed again, which spares an index as large as the keys."""
        keys: list[tuple[int, str, int]] = []
        numbers: list[tuple[int]] = []
        for concept in concepts:
            rows = self._connection.execute("SELECT id FROM term WHERE concept_id = ? ORDER BY position", [concept.id])
            for (term_id,), made in zip(rows.fetchall(), keys_of_concept(concept), strict=True):
                keys.extend([(int(kind), key, term_id) for kind, key in made.keys])
                numbers.append((term_id,))
        executemany = self._connection.executemany
        executemany("DELETE FROM term_key WHERE kind = ? AND key = ? AND term_id = ?", keys)
        executemany("DELETE FROM term_text WHERE rowid = ?", numbers)
        ids = [(concept.id,) for concept in concepts]
        executemany("DELETE FROM term WHERE concept_id = ?", ids)
        executemany("DELETE FROM concept WHERE id = ?", ids)

    def keys_are_current(self) -> bool:
        """Whether the stored keys were computed as this version computes them."""
        row = self._connection.execute("SELECT value FROM glossary_setting WHERE name = 'keys_version'").fetchone()
        return row is not None and row[0] == KEYS_VERSION

    def rebuild_keys(self) -> None:
        """Compute every stored key anew, in one transaction."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM term_key")
            self._connection.execute("DELETE FROM term_text")
            for concept in list(self.listing(Filter())):
                rows = self._connection.execute("SELECT id FROM term WHERE concept_id = ? ORDER BY position", [concept.id])
                for (term_id,), made in zip(rows.fetchall(), keys_of_concept(concept), strict=True):
                    self._insert_keys([(int(kind), key, term_id) for kind, key in made.keys])
                    if made.tokens:
                        self._insert_texts([(term_id, made.tokens, made.forms)])
            self._connection.execute(
                "INSERT OR REPLACE INTO glossary_setting (name, value) VALUES ('keys_version', ?)", [KEYS_VERSION]
            )

    def _insert_keys(self, keys: list[tuple[int, str, int]]) -> None:
        self._connection.executemany("INSERT OR IGNORE INTO term_key (kind, key, term_id) VALUES (?, ?, ?)", keys)

    def _insert_texts(self, texts: list[tuple[int, str, str]]) -> None:
        self._connection.executemany("INSERT INTO term_text (rowid, tokens, forms) VALUES (?, ?, ?)", texts)

    # Reading concepts

    def concepts(self, ids: Sequence[int]) -> dict[int, Concept]:
        """The concepts of these ids, those that exist, in the order asked for."""
        found: dict[int, Concept] = {}
        for start in range(0, len(ids), _SLICE):
            part = ids[start : start + _SLICE]
            marks = ",".join("?" * len(part))
            found.update(
                (c.id, c) for c in self._assemble(f"WHERE id IN ({marks})", f"WHERE concept_id IN ({marks})", list(part))
            )
        return {concept_id: found[concept_id] for concept_id in ids if concept_id in found}

    def listing(self, only: Filter) -> Iterator[Concept]:
        """Concepts by id, read a slice at a time."""
        where, values = _where(only)
        last = 0
        while True:
            ids = [
                row[0]
                for row in self._connection.execute(
                    f"SELECT id FROM concept WHERE id > ?{where} ORDER BY id LIMIT {_SLICE}", [last, *values]
                )
            ]
            if not ids:
                return
            yield from self.concepts(ids).values()
            last = ids[-1]

    def count(self, only: Filter) -> int:
        """How many concepts `listing` would give."""
        where, values = _where(only)
        return cast(int, self._connection.execute(f"SELECT count(*) FROM concept WHERE id > 0{where}", values).fetchone()[0])

    def by_key(self, key: str) -> Concept | None:
        """The concept that carries this identifier across databases, or into which the one that did was merged."""
        row = self._connection.execute("SELECT id FROM concept WHERE key = ?", [key]).fetchone()
        concept_id = row[0] if row else self.merged_keys().get(key)
        return self.concepts([concept_id]).get(concept_id) if concept_id else None

    def _assemble(self, concept_where: str, term_where: str, values: list[int]) -> Iterator[Concept]:
        terms: dict[int, list[Term]] = {}
        for row in self._connection.execute(f"SELECT {_TERM} FROM term {term_where} ORDER BY concept_id, position", values):
            term = Term(*row[1:7], **_more(row[7])) if row[7] else Term(*row[1:7])
            terms.setdefault(row[0], []).append(term)
        for row in self._connection.execute(f"SELECT {_CONCEPT} FROM concept {concept_where}", values):
            concept_id, key, domain, definition, note, source, state, extra = row
            fields = (domain, definition, note, source, state, key or "", concept_id)
            yield Concept(tuple(terms.get(concept_id, ())), *fields, **(_more(extra) if extra else {}))

    # Reading terms

    def terms_with_key(self, kind: KeyKind, key: str) -> list[TermRow]:
        """Terms that have exactly this key."""
        sql = f"SELECT {_ROW} FROM term_key k JOIN term t ON t.id = k.term_id WHERE k.kind = ? AND k.key = ?"
        return [TermRow(*row) for row in self._connection.execute(sql, [int(kind), key])]

    def terms_with_prefix(self, kind: KeyKind, prefix: str, limit: int) -> list[TermRow]:
        """Terms whose key begins so but goes on, shortest first."""
        sql = f"""
            SELECT {_ROW} FROM (
                SELECT term_id, length(key) AS size FROM
                    (SELECT term_id, key FROM term_key WHERE kind = ? AND key > ? AND key < ? LIMIT {_CANDIDATES})
                ORDER BY size LIMIT ?
            ) k JOIN term t ON t.id = k.term_id ORDER BY k.size, t.id"""
        values = [int(kind), prefix, prefix + "\U0010ffff", limit]
        return [TermRow(*row) for row in self._connection.execute(sql, values)]

    def terms_containing(self, tokens: Sequence[str], *, last_is_prefix: bool, limit: int) -> list[TermRow]:
        """Terms in which these tokens follow each other, shortest first."""
        return self._search("tokens : " + _phrase(tokens) + ("*" if last_is_prefix else ""), limit)

    def terms_with_forms(self, forms: Sequence[str], *, missing: int, limit: int) -> list[TermRow]:
        """Terms that have all of these forms in any order, or all but one (`missing` 0 or 1), shortest first."""
        column = "tokens" if has_han("".join(forms)) else "forms"
        left_out = range(len(forms)) if missing else [len(forms)]
        alternatives = [
            " AND ".join(_phrase([form]) for form in (*forms[:skipped], *forms[skipped + 1 :])) for skipped in left_out
        ]
        query = " OR ".join(f"({alternative})" for alternative in alternatives if alternative)
        return self._search(f"{column} : ({query})", limit) if query else []

    def _search(self, query: str, limit: int) -> list[TermRow]:
        sql = f"""
            SELECT {_ROW} FROM (SELECT rowid FROM term_text WHERE term_text MATCH ? LIMIT {_CANDIDATES}) k
            JOIN term t ON t.id = k.rowid ORDER BY length(t.text), t.id LIMIT ?"""
        return [TermRow(*row) for row in self._connection.execute(sql, [query, limit])]

    def vocabulary(self, first: str, lengths: range) -> list[str]:
        """Tokens in use that begin with `first` and have one of these lengths."""
        sql = "SELECT term FROM term_word WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
        values = [first, first + "\U0010ffff", lengths.start, lengths.stop - 1]
        return [row[0] for row in self._connection.execute(sql, values)]

    def chinese_and_acronym_keys(self, *, approved: bool = False, inside: str | None = None) -> Iterator[tuple[str, int]]:
        """(folded key, concept id) of what Chinese text is searched for: not rejected, or approved only.

        Of the keys that stand in the folded text `inside`, where one is given.
        """
        joined = (
            f"FROM term_key k JOIN term t ON t.id = k.term_id JOIN concept c ON c.id = t.concept_id WHERE {_IN_USE[approved]}"
        )
        capitals = "t.text GLOB '[A-Z]*[A-Z0-9]*' AND t.text = upper(t.text) AND length(t.text) <= 12"
        acronym = f"t.lang LIKE 'en%' AND {capitals} AND instr(t.text, ' ') = 0"
        for kind, which in ((KeyKind.CHINESE, "t.lang LIKE 'zh%'"), (KeyKind.ENGLISH, acronym)):
            sql = f"SELECT k.key, t.concept_id {joined} AND k.kind = ? AND {which}"
            if inside is None:
                yield from self._connection.execute(sql, [int(kind)])
                continue
            starts = [match.start() for match in _BEGINNINGS[kind].finditer(inside)]
            for part in _slices(self._keys_in(kind, inside, starts)):
                yield from self._connection.execute(f"{sql} AND k.key IN ({_marks(part)})", [int(kind), *part])

    def english_forms(self, *, approved: bool = False, within: Sequence[str] | None = None) -> Iterator[tuple[str, str, int]]:
        """(text, its loose forms joined by blanks, concept id) of English terms: not rejected, or approved only.

        Of all concepts that have a term among the folded words `within`, where these are given, one behind the other.
        """
        sql = f"""SELECT t.text, x.forms, t.concept_id FROM term_text x JOIN term t ON t.id = x.rowid
            JOIN concept c ON c.id = t.concept_id WHERE x.forms != '' AND t.lang LIKE 'en%' AND {_IN_USE[approved]}"""
        if within is None:
            yield from self._connection.execute(sql)
            return
        loose = [loose_key(word) for word in within]
        keys = self._keys_in(KeyKind.INFLECTION, loose, range(len(loose)), " ") | set(map(word_key, within))
        ids: dict[int, None] = {}
        for names in _slices(keys):
            having = f"""SELECT t.concept_id FROM term_key k JOIN term t ON t.id = k.term_id
                WHERE k.kind = ? AND k.key IN ({_marks(names)})"""
            ids.update((row[0], None) for row in self._connection.execute(having, [int(KeyKind.INFLECTION), *names]))
        for numbers in _slices(ids):
            yield from self._connection.execute(f"{sql} AND t.concept_id IN ({_marks(numbers)})", numbers)

    def _keys_in(self, kind: KeyKind, pieces: Sequence[str], starts: Sequence[int], joint: str = "") -> set[str]:
        """The keys that neighbouring pieces of a text from one of the places on are, joined: characters, or the keys of words."""
        sql = "SELECT key FROM term_key WHERE kind = ? AND key >= ? ORDER BY key LIMIT 1"
        found: set[str] = set()
        # Whether any key goes on from a beginning; in a longer text most come more than once.
        goes_on: dict[str, bool] = {}
        for start in starts:
            for end in range(start + 1, len(pieces) + 1):
                begun = joint.join(pieces[start:end])
                if begun not in goes_on:
                    row = self._connection.execute(sql, [int(kind), begun]).fetchone()
                    # Keys that begin alike stand together, so the first behind a beginning tells.
                    goes_on[begun] = row is not None and f"{row[0]}{joint}".startswith(begun + joint)
                    if row is not None and row[0] == begun:
                        found.add(begun)
                if not goes_on[begun]:
                    break
        return found

    def domains(self) -> dict[str, int]:
        """Domain -> number of concepts."""
        return dict(self._connection.execute("SELECT domain, count(*) FROM concept GROUP BY domain ORDER BY domain"))

    def totals(self) -> dict[str, int]:
        """How many concepts, by review state too, and how many terms, by language and status too."""
        execute = self._connection.execute
        totals = {
            "concepts": 0,
            "proposed": 0,
            "rejected": 0,
            "terms": 0,
            "chinese terms": 0,
            "english terms": 0,
            "other terms": 0,
            "deprecated terms": 0,
        }
        for state, count in execute("SELECT state, count(*) FROM concept GROUP BY state"):
            totals["concepts"] += count
            if state in totals:
                totals[state] = count
        for language, status, count in execute("SELECT substr(lang, 1, 2), status, count(*) FROM term GROUP BY 1, 2"):
            totals["terms"] += count
            totals[{"zh": "chinese terms", "en": "english terms"}.get(language, "other terms")] += count
            totals["deprecated terms"] += count if status == "deprecated" else 0
        totals["changes"] = execute("SELECT count(*) FROM change").fetchone()[0]
        return totals

    def concepts_astray(self) -> int:
        """How many concepts no key leads to: 0 in a sound database."""
        sql = """SELECT count(*) FROM concept WHERE id NOT IN
            (SELECT t.concept_id FROM term_key k JOIN term t ON t.id = k.term_id)"""
        return cast(int, self._connection.execute(sql).fetchone()[0])


def _slices(values: Collection[_Value]) -> Iterator[list[_Value]]:
    listed = list(values)
    return (listed[start : start + _SLICE] for start in range(0, len(listed), _SLICE))


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))


def _where(only: Filter) -> tuple[str, list[object]]:
    clauses: list[str] = []
    values: list[object] = []
    for column, wanted in (("domain", only.domains), ("state", only.states), ("id", only.ids)):
        if wanted:
            clauses.append(f" AND {column} IN ({','.join('?' * len(wanted))})")
            values.extend(wanted)
    return "".join(clauses), values


def _phrase(tokens: Sequence[str]) -> str:
    return '"' + " ".join(tokens).replace('"', '""') + '"'


def _with_pinyin(concept: Concept) -> Concept:
    if all(term.pinyin or term.language != "zh" for term in concept.terms):
        return concept
    # The two scripts of a term are read alike, and reading takes longer than all else.
    readings: dict[str, str] = {}
    terms: list[Term] = []
    for term in concept.terms:
        if term.language == "zh" and not term.pinyin:
            key = term_key(term.text)
            if key not in readings:
                readings[key] = with_pinyin(term.text)
            term = replace(term, pinyin=readings[key])  # noqa: PLW2901
        terms.append(term)
    return replace(concept, terms=tuple(terms))


def _extra(value: Concept | Term) -> str:
    """What has no column, as JSON; empty where there is nothing, which is nearly always."""
    kept: dict[str, Any] = {}
    if value.properties:
        kept["properties"] = [property_to_dict(one) for one in value.properties]
    if isinstance(value, Term):
        kept |= {name: text for name, text in (("context", value.context), ("source", value.source)) if text}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _more(extra: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(extra)
    if "properties" in kept:
        kept["properties"] = tuple(property_from_dict(one) for one in kept["properties"])
    return kept
