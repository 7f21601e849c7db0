"""From a file of terms to the edits it asks for: what is new, what adds to a known concept, what is known already."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from glossary.concept import Concept, Term
from glossary.formats.entries import Breach, ReadOptions, Reject
from glossary.formats.registry import format_named, format_of_file
from glossary.store import Edit, Filter, TermStore
from lang.fold import term_key


@dataclass(slots=True)
class ImportReport:
    """What an import did. `tags` maps language codes as written to the tags they were taken for (None: to none).

    `tag_counts` says how often each code was met; `unpaired` how many of the entries taken have no Chinese or no English
    term; `rejects` are the entries left out; `breaches` what is against the format's rules in those taken.
    """

    file: str
    format: str
    read: int = 0
    added: int = 0
    updated: int = 0
    skipped: int = 0
    unpaired: int = 0
    rejects: list[Reject] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    tags: dict[str, str | None] = field(default_factory=dict)
    tag_counts: Counter[str] = field(default_factory=Counter)
    change_id: int | None = None

    @property
    def rejected(self) -> int:
        """How many entries could not be taken."""
        return len(self.rejects)


@dataclass(slots=True)
class PlannedImport:
    """The edits of an import, not yet written, and a report for each file."""

    edits: list[Edit]
    reports: list[ImportReport]


def plan_import(
    store: TermStore,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    encoding: str | None = None,
    columns: Sequence[str] = (),
    domain: str = "",
) -> PlannedImport:
    """Read files and compare them with the store, which stays as it is.

    An entry whose id the store knows updates that concept; one whose Chinese and English are a pair the store (or an
    entry before it) already has adds to that concept what it lacks, or is skipped when it adds nothing; any other is
    new. BadFileError, NotFoundError and UnsupportedError for a file that cannot be read as a whole.
    """
    # A hundred thousand concepts are built and kept: looking for garbage among them takes as long as reading them.
    with _garbage_left():
        return _plan(store, paths, format_name, ReadOptions(encoding, tuple(columns), domain))


@contextmanager
def _garbage_left() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _plan(store: TermStore, paths: Sequence[Path], format_name: str | None, options: ReadOptions) -> PlannedImport:
    merger = _Merger(store)
    reports: list[ImportReport] = []
    for path in paths:
        term_format = format_named(format_name) if format_name else format_of_file(path)
        options = ReadOptions(options.encoding, options.columns, options.domain)
        report = ImportReport(
            str(path), term_format.name, tags=options.tags, tag_counts=options.tag_counts, breaches=options.breaches
        )
        new, updates = len(merger.new), merger.updates
        for entry in term_format.read(path, options):
            report.read += 1
            if isinstance(entry, Reject):
                report.rejects.append(entry)
            else:
                report.unpaired += not _pairs(entry)
                merger.take(entry)
        report.breaches.sort(key=lambda breach: breach.line)
        report.added = len(merger.new) - new
        report.updated = merger.updates - updates
        report.skipped = report.read - report.rejected - report.added - report.updated
        reports.append(report)
    edits = [Edit("edit", concept) for concept in merger.changed.values()]
    edits.extend(Edit("add", concept) for concept in merger.new)
    return PlannedImport(edits, reports)


class _Merger:
    """Sorts entries into new concepts and additions to known ones."""

    def __init__(self, store: TermStore) -> None:
        self.new: list[Concept] = []
        self.changed: dict[int, Concept] = {}
        self.updates = 0
        self._keys: dict[str, int] = {}
        # A place is a concept's id, or -1 - its index in `new`.
        self._pairs: dict[tuple[str, str], int] = {}
        # Further places of the few pairs that several concepts have: 後 and 后 fold alike.
        self._shared: dict[tuple[str, str], dict[int, None]] = {}
        self._store = store
        for concept in store.listing(Filter()):
            if concept.key:
                self._keys[concept.key] = concept.id
            self._remember(_pairs(concept) or _alone(concept), concept.id)

    def take(self, entry: Concept) -> None:
        by_key = self._keys.get(entry.key) if entry.key else None
        if by_key is None and entry.key.isdigit():
            # Exported concepts without an identifier of their own carry the store's number: not one across databases.
            entry = replace(entry, key="")
        place = by_key
        pairs = _pairs(entry) or _alone(entry)
        if place is None:
            place = self._place_of(entry, pairs)
        if place is None:
            if entry.key:
                self._keys[entry.key] = -1 - len(self.new)
            self._remember(pairs, -1 - len(self.new))
            self.new.append(entry)
            return
        known = self._at(place)
        merged = _replaced(known, entry) if by_key is not None else _merged(known, entry)
        if merged == known:
            return
        self._remember(_pairs(merged) or _alone(merged), place)
        self.updates += 1
        if place < 0:
            self.new[-1 - place] = merged
        else:
            self.changed[place] = merged

    def _place_of(self, entry: Concept, pairs: list[tuple[str, str]]) -> int | None:
        """The concept an entry belongs to: one that lacks nothing of it, so that a second import adds nothing, or the oldest."""
        places = {
            place: None for pair in pairs if pair in self._pairs for place in (self._pairs[pair], *self._shared.get(pair, {}))
        }
        agreeing = [place for place in places if _same_forms(self._at(place), entry)]
        if len(agreeing) > 1:
            for place in agreeing:
                known = self._at(place)
                if _merged(known, entry) == known:
                    return place
        return agreeing[0] if agreeing else None

    def _at(self, place: int) -> Concept:
        if place < 0:
            return self.new[-1 - place]
        return self.changed.get(place) or self._store.concepts([place])[place]

    def _remember(self, pairs: list[tuple[str, str]], place: int) -> None:
        for pair in pairs:
            if self._pairs.setdefault(pair, place) != place:
                self._shared.setdefault(pair, {})[place] = None


def _pairs(concept: Concept) -> list[tuple[str, str]]:
    """Each Chinese spelling, folded, with each English one: 離境 and 离境 in two entries are two forms to join."""
    english = dict.fromkeys(term.text.casefold() for term in concept.terms if term.language == "en")
    chinese = dict.fromkeys(term_key(term.text) for term in concept.terms if term.language == "zh")
    return [(zh, en) for zh in chinese for en in english]


def _alone(concept: Concept) -> list[tuple[str, str]]:
    """What a concept without Chinese or without English is known again by: all of its terms, and no fewer."""
    return [("", "\n".join(sorted(f"{term.lang} {term.text}" for term in concept.terms)))]


def _same_forms(known: Concept, entry: Concept) -> bool:
    """Whether two concepts that share a pair agree on the preferred Chinese of every tag both have."""
    written = {term.lang: term.text for term in known.terms if term.language == "zh" and term.status == "preferred"}
    return all(
        written.get(term.lang, term.text) == term.text
        for term in entry.terms
        if term.language == "zh" and term.status == "preferred"
    )


def _replaced(known: Concept, entry: Concept) -> Concept:
    """The known concept as the entry has it.

    What the entry says nothing of stays: a table with the columns id, zh and en must not empty definitions or drop
    Taiwan's terms. Pinyin, which files seldom carry, stays with the terms that stay.
    """
    entry = _in_known_order(known, entry)
    tags = {term.lang for term in entry.terms}
    pinyin = {(term.text, term.lang): term.pinyin for term in known.terms}
    terms = [replace(term, pinyin=term.pinyin or pinyin.get((term.text, term.lang), "")) for term in entry.terms]
    terms.extend(term for term in known.terms if term.lang not in tags)
    return replace(
        entry,
        id=known.id,
        key=known.key,
        terms=tuple(terms),
        domain=entry.domain or known.domain,
        definition=entry.definition or known.definition,
        note=entry.note or known.note,
        source=entry.source or known.source,
        properties=entry.properties or known.properties,
    )


def _in_known_order(known: Concept, entry: Concept) -> Concept:
    """The entry with its terms and properties in the order of the known concept, where they are the same: formats group them."""
    places = {(term.text, term.lang): index for index, term in enumerate(known.terms)}
    if {(term.text, term.lang) for term in entry.terms} == places.keys():
        entry = replace(entry, terms=tuple(sorted(entry.terms, key=lambda term: places[term.text, term.lang])))
    if Counter(entry.properties) == Counter(known.properties):
        entry = replace(entry, properties=known.properties)
    return entry


def _merged(known: Concept, entry: Concept) -> Concept:
    """The known concept with the entry's further terms, as admitted ones, and its fields where the known has none."""
    present = {(term.text, term.lang) for term in known.terms}
    tags_preferred = {term.lang for term in known.terms if term.status == "preferred"}
    further: list[Term] = []
    for term in entry.terms:
        if (term.text, term.lang) in present:
            continue
        admitted = term.status == "preferred" and term.lang in tags_preferred
        further.append(replace(term, status="admitted") if admitted else term)
    return replace(
        known,
        terms=(*known.terms, *further),
        domain=known.domain or entry.domain,
        definition=known.definition or entry.definition,
        note=known.note or entry.note,
        source=known.source or entry.source,
        properties=known.properties or entry.properties,
    )
