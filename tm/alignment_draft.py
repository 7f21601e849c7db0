"""An alignment under way: what a person did to it, kept beside the Chinese document, so that nothing is lost with a terminal.

The file is JSON Lines (see tm.journal): first which documents it belongs to and how they were aligned, then a line
for each edit, undoing and redoing, and for each saving to the memory what was saved. Read again it gives the same rows,
with the same edits to undo. Rows are written as numbers of sentences; an edit that cuts one in two says where.
"""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast, get_args

from lang.errors import YuqiaoError
from tm.alignment_editing import Cut, Edit, EditedAlignment, Row, Rows, Side, Verdict
from tm.alignment_segments import Segments
from tm.journal import append_lines, read_lines

SUFFIX: Final = ".align.jsonl"
_VERSION: Final = 1


class AlignmentDraft:
    """The alignment of two documents, with the edits that are not on the disk yet.

    Edits are made at once and written by `write`, which any thread may call; they reach the disk in their order. `saved`
    are the pairs that were brought into the memory the last time, by their pair keys.
    """

    def __init__(self, path: Path, alignment: EditedAlignment) -> None:
        self.path = path
        self.alignment = alignment
        self.saved: tuple[int, ...] = ()
        self._waiting: list[dict[str, Any]] = []
        self._turn = threading.Lock()

    @classmethod
    def begin(cls, path: Path, documents: Sequence[Sequence[str]], rows: Rows) -> "AlignmentDraft":
        """A new draft of these sentences, Chinese and English, on the disk. YuqiaoError where that cannot be.

        What lies at its place belongs to documents that have changed since, and is moved aside, never written over.
        """
        if path.exists():
            _move_aside(path)
        draft = cls(path, _unedited(rows, documents))
        append_lines(path, [{"alignment": _VERSION, "documents": _digest(documents), "rows": [_written(row) for row in rows]}])
        return draft

    @classmethod
    def kept(cls, path: Path, documents: Sequence[Sequence[str]]) -> "AlignmentDraft | None":
        """What an earlier session kept for these sentences; None where there is nothing, or other sentences are meant."""
        lines = read_lines(path)
        try:
            _, first = next(lines)
            if first["alignment"] != _VERSION or first["documents"] != _digest(documents):
                return None
            rows = _rows(first["rows"], 0, 0)
            if (rows[-1].source.stop, rows[-1].target.stop) != tuple(map(len, documents)):
                return None
        except (StopIteration, KeyError, TypeError, ValueError, IndexError):
            return None
        draft = cls(path, _unedited(rows, documents))
        for _, line in lines:
            # A line that a crash cut off is passed over.
            with suppress(KeyError, TypeError, ValueError, IndexError):
                if "saved" in line:
                    draft.saved = tuple(map(int, line["saved"]))
                else:
                    draft.alignment = _with_line(draft.alignment, line)
        return draft

    def do(self, edit: Edit) -> None:
        """Make an edit."""
        self.alignment = self.alignment.do(edit)
        line: dict[str, Any] = {"at": edit.at, "replaced": len(edit.before), "rows": [_written(row) for row in edit.after]}
        if edit.cut is not None:
            line["cut"] = [edit.cut.side, edit.cut.place, edit.cut.offset]
        self._waiting.append(line)

    def undo(self) -> Edit | None:
        """Undo the latest edit; which it was."""
        if not self.alignment.made:
            return None
        self.alignment = self.alignment.undo()
        self._waiting.append({"undo": True})
        return self.alignment.undone[-1]

    def redo(self) -> Edit | None:
        """Make the edit undone last again; which it is."""
        if not self.alignment.undone:
            return None
        self.alignment = self.alignment.redo()
        self._waiting.append({"redo": True})
        return self.alignment.made[-1]

    def remember_saved(self, keys: Iterable[int]) -> None:
        """Keep which pairs are in the memory, by their pair keys, so that those that change can be taken out of it."""
        self.saved = tuple(keys)
        self._waiting.append({"saved": list(self.saved)})

    def write(self) -> None:
        """Bring to the disk what is not there yet. YuqiaoError where that cannot be; it is tried again the next time."""
        with self._turn:
            lines = self._waiting[:]
            if lines:
                append_lines(self.path, lines)
                del self._waiting[: len(lines)]


def draft_path(chinese: Path, english: Path) -> Path:
    """Where the alignment of two documents is kept: beside the Chinese one, whose name it has, and a mark of the other."""
    mark = hashlib.blake2b(english.name.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
    return chinese.with_name(f"{chinese.name}.{mark}{SUFFIX}")


def _move_aside(path: Path) -> None:
    free = next(name for number in range(1, 1_000) if not (name := path.with_name(f"{path.name}.old{number}")).exists())
    try:
        path.rename(free)
    except OSError as error:
        raise YuqiaoError(f"{path}: cannot be moved aside ({error.strerror}).", "Copy the documents elsewhere.") from error


def _digest(documents: Sequence[Sequence[str]]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for sentences in documents:
        for sentence in (*sentences, ""):
            digest.update(sentence.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()


def _unedited(rows: Rows, documents: Sequence[Sequence[str]]) -> EditedAlignment:
    chinese, english = documents
    return EditedAlignment(rows, Segments(chinese), Segments(english))


def _with_line(alignment: EditedAlignment, line: Any) -> EditedAlignment:
    if "undo" in line:
        return alignment.undo()
    if "redo" in line:
        return alignment.redo()
    at = int(line["at"])
    before = alignment.rows[at : at + int(line["replaced"])]
    after = _rows(line["rows"], before[0].source.start, before[0].target.start)
    return alignment.do(Edit(at, before, after, _cut(line["cut"]) if "cut" in line else None))


def _cut(written: Sequence[Any]) -> Cut:
    side, place, offset = written
    if side not in get_args(Side):
        raise ValueError(f"no side: {side}")
    return Cut(cast(Side, side), int(place), int(offset))


def _written(row: Row) -> list[Any]:
    """A row as the file has it: how many sentences of either side, confidence, verdict."""
    return [*row.sizes, row.confidence, row.verdict]


def _rows(written: Sequence[Sequence[Any]], source: int, target: int) -> Rows:
    """The rows that stand in the file, the first of which begins at these sentences; ValueError where they are none."""

    def read() -> Iterator[Row]:
        i, j = source, target
        for sources, targets, confidence, verdict in written:
            if verdict not in get_args(Verdict) or sources < 0 or targets < 0:
                raise ValueError(f"no row: {sources}, {targets}, {verdict}")
            sure = None if confidence is None else float(confidence)
            yield Row(range(i, i + sources), range(j, j + targets), sure, cast(Verdict, verdict))
            i, j = i + sources, j + targets

    return tuple(read())
