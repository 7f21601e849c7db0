"""What else finds a sentence like another, on the same segments and queries: for bench_memory.py --peers.

Each answers a few queries after its store was filled; a peer that is not installed is named and left out. None is a
dependency of the project.
"""

import difflib
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence

Answer = Callable[[str], object]


def measured(segments: Sequence[str], queries: Sequence[str]) -> Iterator[tuple[str, float | str]]:
    """(peer, milliseconds a query, or the reason why it was left out)."""
    for name, make in (
        ("difflib, one by one", _difflib),
        ("SQLite FTS5, trigrams, best 50 by BM25", _full_text),
        ("Translate Toolkit, translate.search.match", _translate_toolkit),
    ):
        try:
            answer = make(segments)
        except (ImportError, sqlite3.OperationalError) as error:
            yield name, f"left out: {error}"
            continue
        start = time.perf_counter()
        for query in queries:
            answer(query)
        yield name, (time.perf_counter() - start) * 1000 / len(queries)


def _difflib(segments: Sequence[str]) -> Answer:
    return lambda query: difflib.get_close_matches(query, segments, n=5, cutoff=0.7)


def _full_text(segments: Sequence[str]) -> Answer:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE segment USING fts5(text, tokenize = 'trigram', detail = 'none')")
    connection.executemany("INSERT INTO segment (text) VALUES (?)", ((segment,) for segment in segments))

    def answer(query: str) -> object:
        trigrams = dict.fromkeys(query[index : index + 3] for index in range(len(query) - 2))
        wanted = " OR ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
        return connection.execute("SELECT text FROM segment WHERE segment MATCH ? ORDER BY rank LIMIT 50", [wanted]).fetchall()

    return answer


def _translate_toolkit(segments: Sequence[str]) -> Answer:
    from translate.search.match import matcher  # type: ignore[import-not-found,unused-ignore]
    from translate.storage.po import pofile  # type: ignore[import-not-found,unused-ignore]

    store = pofile()
    for segment in segments:
        store.addsourceunit(segment).target = "x"
    found: Answer = matcher(store, max_candidates=5, min_similarity=70, max_length=1000).matches
    return found
