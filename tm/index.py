"""The match index: which stored units share rare pieces with a query. A cache beside the database, on tantivy.

Chinese is indexed by pairs of neighbouring characters, English by words, both folded. A query asks for its rarest pieces
only: what a search costs is the number of units these stand in, so a query may ask for many rare pieces or a few common
ones. The best units by BM25 whose shapes (see tm.shapes) allow it are then scored exactly by the caller. The folder carries
the number of the last change it knows; the database is the truth, and a folder that is missing, damaged or behind is brought
up to date from it.
"""

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from lang.errors import LockedError
from lang.inflection import word_texts
from tm.score import Language, has_number
from tm.shapes import ShapeReader, ShapeWriter

if TYPE_CHECKING:
    from tantivy import Index, IndexWriter, Query, Searcher

# The layout of the index; a folder made under another number is made anew.
FORMAT: Final = 4
# One thread with much memory makes few large segments, which queries are faster over than many small ones; filling it
# from Python takes as long as its work.
_HEAP_BULK: Final = 350_000_000
_HEAP_SMALL: Final = 30_000_000
_MANY: Final = 20_000
_BATCH: Final = 1_000
# What may stand inside a phrase without parting it, as lang.fold.squeeze has it.
_BETWEEN: Final = "\"'「」『』《》〈〉 "
_FIELDS: Final = {"zh": "pairs", "en": "words"}

# A query asks for all pieces that together stand in this many units. An edited place breaks the pieces around it, and what
# was edited in is often rarer than the rest, so some more are asked for: PIECES, of long segments three tenths of theirs.
# Where they are all common they stop at _UNITS_AT_MOST, but never before the fourth. Measured on a million law segments:
# of 680 queries with a match >= 0.7 this misses none or one; with 8 pieces six, with 5 twice as many.
PIECES: Final = 12
_OF_LONG_SEGMENTS: Final = 0.3
_UNITS: Final = 4_000
_UNITS_AT_MOST: Final = 100_000
_PIECES_AT_LEAST: Final = 4
_FREQUENCIES_KEPT: Final = 100_000


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A unit as the index knows it: its number and both sides folded, Chinese and English, empty where it has none."""

    unit_id: int
    chinese: str
    english: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a side of a unit has to have: all of these folded texts, or one form of each of these words.

    Either may be empty: then that language is not searched.
    """

    chinese: tuple[str, ...]
    english: tuple[tuple[str, ...], ...]


class MatchIndex:
    """One index folder. Reading needs no lock; one process writes at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: Index | None = None
        self._searcher: Searcher | None = None
        self._shapes: ShapeReader | None = None
        self._frequencies: dict[Language, dict[str, int]] = {"zh": {}, "en": {}}

    # State

    def last_change(self) -> int:
        """The number of the last change this index knows, as it lies on disk now; -1 where there is none to be used."""
        self._index = self._searcher = self._shapes = None
        try:
            layout, change = (self._folder / "state").read_text(encoding="ascii").split()
            if int(layout) != FORMAT:
                return -1
            self._open()
        except (OSError, ValueError):
            # tantivy's errors are ValueErrors: whatever is wrong with the folder, it is made anew.
            return -1
        return int(change)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self._folder.glob("*") if path.is_file())

    def drop(self) -> None:
        """Remove the folder."""
        self._index = self._searcher = self._shapes = None
        shutil.rmtree(self._folder, ignore_errors=True)

    # Writing

    @contextlib.contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Be the only process that writes, after waiting so long at most; LockedError when another still does.

        The lock is a file beside the folder, freed by the system when its process ends in whatever way.
        """
        from portalocker import Lock, LockFlags
        from portalocker.exceptions import LockException

        lock = Lock(
            self._folder.with_name(self._folder.name + ".lock"),
            mode="a",
            timeout=seconds,
            check_interval=0.05,
            flags=LockFlags.EXCLUSIVE | LockFlags.NON_BLOCKING,
        )
        try:
            lock.acquire()
        except LockException as error:
            raise LockedError("Another process is writing to the memory's index.", "Try again when it is done.") from error
        try:
            yield
        finally:
            lock.release()

    def build(self, entries: Iterable[IndexEntry], change: int) -> None:
        """Make the index anew from all units; an interruption leaves none, and the next use makes it again."""
        self.drop()
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._writing(_HEAP_BULK) as (writer, shapes):
            self._add(writer, shapes, entries)
        self._known(change)

    def update(self, entries: Iterable[IndexEntry], gone: Sequence[int], change: int) -> None:
        """Put in units new or changed, take out those gone; doing it twice is doing it once."""
        remaining = iter(entries)
        with self._writing(_HEAP_BULK if len(gone) > _MANY else _HEAP_SMALL) as (writer, shapes):
            for start in range(0, len(gone), _BATCH):
                self._take_out(writer, gone[start : start + _BATCH])
            while batch := list(islice(remaining, _BATCH)):
                # What was added before is taken out, not what comes after.
                self._take_out(writer, [entry.unit_id for entry in batch])
                self._add(writer, shapes, batch)
        self._known(change)

    def append(self, entries: Iterable[IndexEntry], change: int) -> None:
        """Put in units that the index has never known; quicker than update, since nothing is looked for to be replaced.

        A crash before its end leaves an index without state, which the next use makes anew: else it might hold them twice.
        """
        remaining = iter(entries)
        first = list(islice(remaining, _MANY))
        (self._folder / "state").unlink(missing_ok=True)
        with self._writing(_HEAP_BULK if len(first) == _MANY else _HEAP_SMALL) as (writer, shapes):
            self._add(writer, shapes, chain(first, remaining))
        self._known(change)

    def _take_out(self, writer: "IndexWriter", ids: Sequence[int]) -> None:
        from tantivy import Query

        # delete_documents_by_term finds no unsigned numbers.
        writer.delete_documents_by_query(Query.term_set_query(self._open().schema, "id", ids))

    def _add(self, writer: "IndexWriter", shapes: ShapeWriter, entries: Iterable[IndexEntry]) -> None:
        from tantivy import Document

        for unit_id, chinese, english in ((e.unit_id, e.chinese, e.english) for e in entries):
            shapes.add(unit_id, chinese)
            document = Document()
            document.add_unsigned("id", unit_id)
            if chinese:
                # A single character makes no pair but with a blank.
                document.add_text("pairs", chinese if len(chinese) > 1 else f"{chinese} ")
            if english:
                document.add_text("words", " ".join(word_texts(english)))
            writer.add_document(document)

    @contextlib.contextmanager
    def _writing(self, heap: int) -> Iterator["tuple[IndexWriter, ShapeWriter]"]:
        writer = self._open().writer(heap_size=heap, num_threads=1)
        try:
            with contextlib.closing(ShapeWriter(self._folder)) as shapes:
                yield writer, shapes
            writer.commit()
        except BaseException:
            with contextlib.suppress(ValueError):
                writer.rollback()
            raise
        finally:
            # Merging goes on in threads of its own; without this wait the lock would outlive the writer.
            writer.wait_merging_threads()
        self._open().reload()
        self._searcher = self._shapes = None

    def _known(self, change: int) -> None:
        partial = self._folder / "state.partial"
        partial.write_text(f"{FORMAT} {change}", encoding="ascii")
        partial.replace(self._folder / "state")

    # Reading

    def candidates(self, folded: str, language: Language, *, limit: int, pieces: int = PIECES, near: float = 0.0) -> list[int]:
        """Units that share rare pieces with a folded query, best by BM25 first; see PIECES for which are asked for.

        Units whose BM25 is less than this share (`near`, 0 to 1) of the first one's are left out.
        """
        from tantivy import Occur, Query

        searcher, schema, field = self._search(), self._open().schema, _FIELDS[language]
        rarest = self._rarest(pieces_of(folded, language), language, pieces)
        if not rarest:
            return []
        terms = [(Occur.Should, Query.term_query(schema, field, piece, index_option="basic")) for piece in rarest]
        return self._ids(searcher, Query.boolean_query(terms), limit, near)

    def near(self, folded: str, ids: Sequence[int], lowest: float) -> Sequence[int]:
        """Those of the units whose Chinese side may reach a score of `lowest` with a folded query; see tm.shapes."""
        if self._shapes is None:
            self._shapes = ShapeReader(self._folder)
        return self._shapes.near(folded, ids, lowest)

    def _rarest(self, pieces: Sequence[str], language: Language, wanted: int) -> list[str]:
        """The rarest pieces, as many as PIECES says. Those with a number come on top: another number may stand there."""
        kept = self._frequencies[language]
        if len(kept) > _FREQUENCIES_KEPT:
            kept.clear()
        for piece in pieces:
            if piece not in kept:
                # Asking tantivy for forty of them takes as long as reading as many units.
                kept[piece] = self._search().doc_freq(_FIELDS[language], piece)
        chosen: list[str] = []
        wanted = max(wanted, int(len(pieces) * _OF_LONG_SEGMENTS))
        units = counted = 0
        for frequency, piece in sorted((kept[piece], piece) for piece in pieces if kept[piece]):
            most = _UNITS_AT_MOST if counted < wanted else _UNITS
            if units + frequency > most and counted >= _PIECES_AT_LEAST:
                break
            chosen.append(piece)
            units += frequency
            counted += not has_number(piece)
        return chosen

    def holding(self, wanted: Wanted, *, limit: int, loose: bool = False) -> tuple[int, list[int]]:
        """How many units may have what is wanted on one side, and so many of them, the shortest first.

        The index knows no order: whoever asks looks closer at what it gives. `loose` lets quotation marks and blanks stand
        between any two characters of the Chinese.
        """
        from tantivy import Occur, Query

        sides: list[Query] = []
        if wanted.chinese:
            groups = [group for text in wanted.chinese for group in self._chinese_groups(text, loose=loose)]
            sides.append(Query.boolean_query([(Occur.Must, group) for group in groups]))
        if wanted.english and all(wanted.english):
            sides.append(Query.boolean_query([(Occur.Must, self._any_of("words", forms)) for forms in wanted.english]))
        query = Query.boolean_query([(Occur.Should, side) for side in sides])
        searcher = self._search()
        found = searcher.search(query, limit=limit)
        ids = cast(list[int], searcher.fast_field_values("id", [address for _, address in found.hits]))
        return cast(int, found.count), ids  # type: ignore[attr-defined]

    def words_with_prefix(self, prefix: str) -> list[str]:
        """The English words of the memory that begin so."""
        return [word for word, _ in self._search().terms_with_prefix("words", prefix)]

    def _chinese_groups(self, text: str, *, loose: bool) -> "list[Query]":
        """What a unit must have all of, for its Chinese side to have this text."""
        from tantivy import Occur, Query

        schema = self._open().schema
        if len(text) == 1:
            # In a pair with its right neighbour, or at the end of a text with its left one.
            sign = re.escape(text)
            ends = [Query.regex_query(schema, "pairs", pattern) for pattern in (f"{sign}.", f".{sign}")]
            return [Query.boolean_query([(Occur.Should, end) for end in ends])]
        groups: list[Query] = []
        for pair in pieces_of(text, "zh"):
            one = self._any_of("pairs", [pair])
            if loose:
                left, right = ([*(pair[0] + sign for sign in _BETWEEN)], [*(sign + pair[1] for sign in _BETWEEN)])
                parted = [(Occur.Must, self._any_of("pairs", left)), (Occur.Must, self._any_of("pairs", right))]
                one = Query.boolean_query([(Occur.Should, one), (Occur.Should, Query.boolean_query(parted))])
            groups.append(one)
        return groups

    def _any_of(self, field: str, pieces: Iterable[str]) -> "Query":
        from tantivy import Occur, Query

        schema = self._open().schema
        return Query.boolean_query(
            [(Occur.Should, Query.term_query(schema, field, piece, index_option="basic")) for piece in pieces]
        )

    def _ids(self, searcher: "Searcher", query: object, limit: int, near: float = 0.0) -> list[int]:
        hits = searcher.search(query, limit=limit, count=False).hits  # type: ignore[arg-type]
        lowest = near * hits[0][0] if hits else 0.0
        return cast(list[int], searcher.fast_field_values("id", [address for value, address in hits if value >= lowest]))

    def _search(self) -> "Searcher":
        if self._searcher is None:
            self._searcher = self._open().searcher()
            self._frequencies = {"zh": {}, "en": {}}
        return self._searcher

    def _open(self) -> "Index":
        if self._index is None:
            from tantivy import Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

            if (self._folder / "meta.json").exists():
                index = Index.open(str(self._folder))
            else:
                schema = SchemaBuilder()
                schema.add_unsigned_field("id", stored=False, indexed=True, fast=True)
                schema.add_text_field("pairs", stored=False, tokenizer_name="pairs", index_option="basic")
                schema.add_text_field("words", stored=False, tokenizer_name="words", index_option="basic")
                index = Index(schema.build(), path=str(self._folder))
            index.register_tokenizer("pairs", TextAnalyzerBuilder(Tokenizer.ngram(2, 2, prefix_only=False)).build())
            index.register_tokenizer("words", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
            self._index = index
        return self._index


def pieces_of(folded: str, language: Language) -> list[str]:
    """What a folded text is indexed by, each once: pairs of neighbouring characters, or words."""
    if language == "en":
        return list(dict.fromkeys(word_texts(folded)))
    return list(dict.fromkeys(folded[index : index + 2] for index in range(len(folded) - 1)))
