"""From a file of terms to the edits it asks for: what is new, what adds to a known concept, what is known already."""

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, get_args

from glossary.concept import Concept, Term
from glossary.formats.entries import Breach, ReadOptions, Reject, header_key
from glossary.formats.headers import column_of
from glossary.formats.registry import format_named, format_of_file
from glossary.store import Edit, Filter, TermStore
from lang.errors import UnsupportedError
from lang.fold import term_key

ImportMode = Literal["merge", "add", "update", "replace"]
IMPORT_MODES: Final[tuple[ImportMode, ...]] = get_args(ImportMode)


@dataclass(slots=True)
class ImportReport:
    """What an import did. `tags` maps language codes as written to the tags they were taken for (None: to none).

    `tag_counts` says how often each code was met; `unpaired` how many of the entries taken have no Chinese or no English
    term; `rejects` are the entries left out; `breaches` what is against the format's rules in those taken. `headers` are the
    columns as written and what they were taken for; `passed_over` what of the file was not read; `unmatched` how many of the
    skipped entries asked to update a concept that is not there.
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
    headers: dict[str, str | None] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    unmatched: int = 0
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
    mapping: Mapping[str, str] | None = None,
    mode: ImportMode = "merge",
    propose: bool = False,
) -> PlannedImport:
    """Read files and compare them with the store, which stays as it is.

    An entry belongs to the concept whose id it has, or whose Chinese and English are a pair the store (or an entry before
    it) already has. What becomes of it depends on `mode`:

    - merge: by id it updates the concept, by a pair it adds what the concept lacks; what belongs to none is new.
    - add: only what belongs to none is taken.
    - update: by id only, the store's own number too; all else is skipped.
    - replace: the concept becomes what the entry is, fields the entry lacks are emptied; what belongs to none is new.

    With `propose` new concepts wait as proposed, and what would change an approved concept becomes a proposal of its own
    beside it, to be merged into it or rejected. `mapping` says what headers and language codes stand for: a tag, a field,
    or `-` for what is to be left out.
    BadFileError, NotFoundError and UnsupportedError for a file that cannot be read as a whole.
    """
    options = ReadOptions(encoding, tuple(columns), domain, _checked(mapping or {}))
    # A hundred thousand concepts are built and kept: looking for garbage among them takes as long as reading them.
    with _garbage_left():
        return _plan(_Merger(store, mode, propose=propose), paths, format_name, options)


def preview(store: TermStore, planned: PlannedImport, limit: int) -> list[tuple[Concept | None, Concept]]:
    """The first concepts an import would write, each before (None: it is new) and after."""
    edits = planned.edits[:limit]
    before = store.concepts([edit.concept.id for edit in edits if edit.action == "edit"])
    return [(before.get(edit.concept.id) if edit.action == "edit" else None, edit.concept) for edit in edits]


def _checked(mapping: Mapping[str, str]) -> dict[str, str]:
    """The user's mapping as readers look things up in it; UnsupportedError for what is neither a tag nor a field."""
    made: dict[str, str] = {}
    for written, meant in mapping.items():
        left_out = meant.strip() in ("", "-")
        if not left_out and column_of(meant) is None:
            hint = "Give a language tag (zh-Hans, en), a field (domain, note, definition) or - to leave it out."
            raise UnsupportedError(f"{written!r} cannot be mapped to {meant!r}.", hint)
        made[header_key(written)] = "" if left_out else meant.strip()
    return made


@contextmanager
def _garbage_left() -> Iterator[None]:
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _plan(merger: "_Merger", paths: Sequence[Path], format_name: str | None, options: ReadOptions) -> PlannedImport:
    reports: list[ImportReport] = []
    for path in paths:
        term_format = format_named(format_name) if format_name else format_of_file(path, tables_only=bool(options.columns))
        options = ReadOptions(options.encoding, options.columns, options.domain, options.mapping)
        report = ImportReport(
            str(path),
            term_format.name,
            tags=options.tags,
            tag_counts=options.tag_counts,
            breaches=options.breaches,
            headers=options.headers,
            passed_over=options.passed_over,
        )
        new, updates, unmatched = len(merger.new), merger.updates, merger.unmatched
        for entry in term_format.read(path, options):
            report.read += 1
            if isinstance(entry, Reject):
                report.rejects.append(entry)
            else:
                report.unpaired += not translation_pairs(entry)
                merger.take(entry)
        report.breaches.sort(key=lambda breach: breach.line)
        report.added = len(merger.new) - new
        report.updated = merger.updates - updates
        report.unmatched = merger.unmatched - unmatched
        met = {header_key(written) for written in (*options.tags, *options.headers)}
        report.passed_over.extend(f"nothing is called {written!r} (--map)" for written in options.mapping if written not in met)
        report.skipped = report.read - report.rejected - report.added - report.updated
        reports.append(report)
    edits = [Edit("edit", concept) for concept in merger.changed.values()]
    edits.extend(Edit("add", concept) for concept in merger.new)
    return PlannedImport(edits, reports)


class _Merger:
    """Sorts entries into new concepts and additions to known ones; with `propose`, approved ones stay as they are."""

    def __init__(self, store: TermStore, mode: ImportMode, *, propose: bool) -> None:
        self.unmatched = 0
        self._mode = mode
        self._propose = propose
        self._merged_keys = store.merged_keys()
        self._ids: set[int] = set()
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
            self._ids.add(concept.id)
            self._remember(translation_pairs(concept) or _alone(concept), concept.id)

    def take(self, entry: Concept) -> None:
        if self._propose and entry.state == "approved":
            entry = replace(entry, state="proposed")
        by_key = self._keys.get(entry.key) if entry.key else None
        number = entry.id
        if by_key is None and entry.key.isascii() and entry.key.isdigit() and len(entry.key) < 18:
            # Exported concepts without an identifier of their own carry the store's number: not one across databases.
            number = int(entry.key)
            entry = replace(entry, key="")
        entry = replace(entry, id=0) if entry.id else entry
        if self._mode == "update" and by_key is None and not entry.key and number in self._ids:
            by_key = number
        # What was merged into another concept adds to that one, and replaces nothing of it.
        place = by_key if by_key is not None else self._merged_keys.get(entry.key)
        pairs = translation_pairs(entry) or _alone(entry)
        if place is None and self._mode != "update":
            place = self._place_of(entry, pairs)
        if place is None:
            if self._mode == "update":
                self.unmatched += 1
            else:
                self._add(entry, pairs)
        elif self._mode != "add":
            self._update(place, entry, pairs, whole=by_key is not None)

    def _add(self, entry: Concept, pairs: list[tuple[str, str]]) -> None:
        if entry.key:
            self._keys[entry.key] = -1 - len(self.new)
        self._remember(pairs, -1 - len(self.new))
        self.new.append(entry)

    def _update(self, place: int, entry: Concept, pairs: list[tuple[str, str]], *, whole: bool) -> None:
        """Bring a known concept to what an entry says; `whole` where it was found by its identifier."""
        known = self._at(place)
        if self._mode == "replace" and entry.key not in self._merged_keys:
            merged = _exactly(known, entry)
        else:
            merged = _replaced(known, entry) if whole else _merged(known, entry)
        if self._propose:
            merged = replace(merged, state=known.state)
        if merged == known:
            return
        if self._propose and known.state == "approved":
            # What waits or was rejected before is not proposed again.
            if not any(_says_all(concept, entry) for concept in map(self._at, self._places(pairs))):
                self._add(replace(entry, key=""), pairs)
            return
        if merged.key:
            self._keys.setdefault(merged.key, place)
        self._remember(translation_pairs(merged) or _alone(merged), place)
        self.updates += 1
        if place < 0:
            self.new[-1 - place] = merged
        else:
            self.changed[place] = merged

    def _places(self, pairs: list[tuple[str, str]]) -> dict[int, None]:
        """The concepts that have any of these pairs, the oldest first."""
        return {
            place: None for pair in pairs if pair in self._pairs for place in (self._pairs[pair], *self._shared.get(pair, {}))
        }

    def _place_of(self, entry: Concept, pairs: list[tuple[str, str]]) -> int | None:
        """The concept an entry belongs to: one that lacks nothing of it, so that a second import adds nothing, or the oldest."""
        agreeing = [place for place in self._places(pairs) if _same_forms(self._at(place), entry)]
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


def translation_pairs(concept: Concept) -> list[tuple[str, str]]:
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


def _says_all(proposal: Concept, entry: Concept) -> bool:
    """Whether a concept that is not approved has all that an entry says."""
    fields = ((entry.definition, proposal.definition), (entry.note, proposal.note), (entry.source, proposal.source))
    texts_agree = all(said in {"", known} for said, known in fields)
    return proposal.state != "approved" and texts_agree and _merged(proposal, entry) == proposal


def _replaced(known: Concept, entry: Concept) -> Concept:
    """The known concept as the entry has it.

    What the entry says nothing of stays: a table with the columns id, zh and en must not empty definitions or drop
    Taiwan's terms. Pinyin, which files seldom carry, stays with the terms that stay.
    """
    entry = _in_known_order(known, entry)
    tags = {term.lang for term in entry.terms}
    terms = with_pinyin_of(known, entry)
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


def _exactly(known: Concept, entry: Concept) -> Concept:
    """The entry in the place of the known concept."""
    entry = _in_known_order(known, entry)
    return replace(entry, id=known.id, key=entry.key or known.key, terms=tuple(with_pinyin_of(known, entry)))


def with_pinyin_of(known: Concept, entry: Concept) -> list[Term]:
    """The entry's terms, those without pinyin with that of the same terms of the known concept."""
    pinyin = {(term.text, term.lang): term.pinyin for term in known.terms}
    return [replace(term, pinyin=term.pinyin or pinyin.get((term.text, term.lang), "")) for term in entry.terms]


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
