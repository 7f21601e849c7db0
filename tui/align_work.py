"""Two documents being aligned: opened, kept beside the Chinese one, brought into the memory or a file."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from lang.errors import YuqiaoError
from tm.alignment_draft import AlignmentDraft, draft_path
from tm.alignment_editing import Row, Rows, rows_of
from tm.alignment_units import units_of
from tm.unit import Unit, pair_key
from tui.cancellation import Cancellation
from workspace.document_alignment import DocumentPair, align_pair, concepts_of, read_pair
from workspace.workspace import Workspace

Told = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: not known)."""

_LANGUAGE_MARKS: Final = (
    ("zh", "en"),
    ("chi", "eng"),
    ("chinese", "english"),
    ("tc", "en"),
    ("sc", "en"),
    ("cn", "en"),
    ("c", "e"),
)


class AlignWork:
    """Two documents with their draft; `resumed` where an earlier session left it."""

    def __init__(self, pair: DocumentPair, draft: AlignmentDraft, *, resumed: bool) -> None:
        self.pair = pair
        self.draft = draft
        self.resumed = resumed

    @property
    def rows(self) -> Rows:
        """The rows as they are now."""
        return self.draft.alignment.rows

    def texts(self, row: Row) -> tuple[str, str]:
        """The Chinese and the English of a row."""
        alignment = self.draft.alignment
        return alignment.source.text(row.source), alignment.target.text(row.target)

    def units(self) -> list[Unit]:
        """The pairs as the memory takes them."""
        alignment = self.draft.alignment
        return units_of(alignment.rows, alignment.source, alignment.target, self.pair.chinese.path.stem)

    @property
    def output(self) -> Path:
        """Where the pairs would go: report.zh.txt becomes report.zh.tmx."""
        return self.pair.chinese.path.with_suffix(".tmx")


def open_work(
    open_workspace: Callable[[], Workspace], first: Path, second: Path, told: Told, cancellation: Cancellation
) -> AlignWork:
    """Read two documents and align them, or go on with what an earlier session kept.

    YuqiaoError where they cannot be read or nothing can be kept beside them, SupersededError where the user stopped it.
    """
    told("Reading the documents", 0, 0)
    pair = read_pair(first, second)
    documents = pair.chinese.sentences, pair.english.sentences
    path = draft_path(pair.chinese.path, pair.english.path)
    kept = AlignmentDraft.kept(path, documents)
    if kept is not None:
        return AlignWork(pair, kept, resumed=True)
    if not os.access(path.absolute().parent, os.W_OK):
        # Better to hear of it before the work than after it.
        raise YuqiaoError(f"{path.parent}: the alignment cannot be kept there.", "Copy the documents to a folder of yours.")
    cancellation.check()
    with open_workspace() as workspace:
        finding = cancellation.reporting(lambda done: told("Finding terms", done, pair.size))
        concepts = concepts_of(pair, workspace, finding, text_by_text=True)
    sizes = len(documents[0]), len(documents[1])
    links = align_pair(pair, concepts, cancellation.reporting(lambda done: told("Aligning", done, sizes[0])))
    return AlignWork(pair, AlignmentDraft.begin(path, documents, rows_of(links, *sizes)), resumed=False)


def save_to_memory(workspace: Workspace, work: AlignWork, told: Told, cancellation: Cancellation) -> str:
    """Bring the pairs into the memory, all or none, in the place of those saved before; what that did, in words."""
    units = work.units()
    names = f"{work.pair.chinese.path.name}, {work.pair.english.path.name}"
    progress = cancellation.reporting(lambda done: told("Saving", done, len(units)))
    brought = workspace.memory.bring(units, former=work.draft.saved, summary=names, progress=progress)
    work.draft.remember_saved(map(pair_key, units))
    work.draft.write()
    doubtful = sum(row.doubtful and row.paired for row in work.rows)
    parts = [f"{_pairs(brought.added)} added to the memory"]
    parts += [f"{count:,} {what}" for count, what in ((brought.removed, "removed"), (brought.known, "were there")) if count]
    said = ", ".join(parts) + (f"; doubtful: {doubtful:,}" if doubtful else "")
    return said + (". Ctrl+Z in Memory takes them back." if brought.added else "")


def save_to_file(work: AlignWork, path: Path) -> str:
    """Write the pairs into a file, whose ending says the format; what that did, in words."""
    from tm.formats.saving import format_for, write_units

    written_as = format_for(path.absolute(), (work.pair.chinese.path, work.pair.english.path))
    units = work.units()
    write_units(units, path, written_as)
    return f"{path}: {_pairs(len(units))}"


def _pairs(count: int) -> str:
    return f"{count:,} pair{'' if count == 1 else 's'}"


def partner_of(path: Path) -> Path | None:
    """The document beside this one that has its name but for the mark of its language, if there is one: a.zh.txt, a.en.txt."""
    return next((other for other in _renamed(path) if other.is_file()), None)


def _renamed(path: Path) -> Iterator[Path]:
    for pair in _LANGUAGE_MARKS:
        for mark, other in (pair, pair[::-1]):
            for found in re.finditer(rf"(?<![a-z]){mark}(?![a-z])", path.name, re.IGNORECASE):
                written = other.upper() if found[0].isupper() else other
                yield path.with_name(path.name[: found.start()] + written + path.name[found.end() :])
