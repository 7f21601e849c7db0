"""An alignment as a person corrects it: rows that hold every sentence of both documents once and in order, and edits of them.

Rows and edits are values. An edit puts rows in the place of rows that hold the same sentences, so no sequence of edits
can lose a sentence, repeat one or change the order; undoing an edit puts back what was there. An edit may cut one of the
sentences in two: its pieces are sentences to all else (see tm.alignment_segments), and undoing it makes them one again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from tm.alignment import Link
from tm.alignment_segments import Segments

DOUBTFUL: Final = 0.8
"""Pairs of less confidence are to be looked at by a person."""

Side = Literal["source", "target"]
Verdict = Literal["open", "accepted", "left out"]
"""What a person said of a row: nothing yet, that it is right as it stands, that it is of no use to a memory."""


@dataclass(frozen=True, slots=True)
class Row:
    """Neighbouring sentences of either side, as ranges of places; at most one of the two is empty.

    `confidence`, in [0, 1], is what the alignment said of the pair; None where a person shaped the row, or where
    its sentences have no counterpart.
    """

    source: range
    target: range
    confidence: float | None = None
    verdict: Verdict = "open"

    @property
    def paired(self) -> bool:
        """Whether it has sentences on both sides."""
        return bool(self.source) and bool(self.target)

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it: open, and of little confidence, one-sided or shaped by hand."""
        return self.verdict == "open" and (self.confidence is None or self.confidence < DOUBTFUL)

    @property
    def sizes(self) -> tuple[int, int]:
        """How many sentences it has on either side."""
        return len(self.source), len(self.target)

    def side(self, side: Side) -> range:
        """The sentences of a side."""
        return self.source if side == "source" else self.target

    def moved(self, side: Side, step: int) -> "Row":
        """The row where there are so many sentences more before it on a side."""
        span = self.side(side)
        other = range(span.start + step, span.stop + step)
        source, target = (other, self.target) if side == "source" else (self.source, other)
        return Row(source, target, self.confidence, self.verdict)


Rows = tuple[Row, ...]


def rows_of(links: Iterable[Link], source_size: int, target_size: int) -> Rows:
    """The links of an alignment as rows; a sentence in no link is a row of its own, those of the source first."""
    rows: list[Row] = []
    i = j = 0
    for link in [*links, Link(range(source_size, source_size), range(target_size, target_size), 0.0)]:
        rows += [Row(range(at, at + 1), range(j, j)) for at in range(i, link.source.start)]
        i = link.source.start
        rows += [Row(range(i, i), range(at, at + 1)) for at in range(j, link.target.start)]
        if link.source:
            rows.append(Row(link.source, link.target, link.confidence))
        i, j = link.source.stop, link.target.stop
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment of a side comes in two; the second piece begins at a character of its text."""

    side: Side
    place: int
    offset: int


@dataclass(frozen=True, slots=True)
class Edit:
    """From the row at a place on, the rows `before` give way to the rows `after`, which hold the same sentences.

    With a `cut` they hold one more on its side: the one at its place is in two from then on.
    """

    at: int
    before: Rows
    after: Rows
    cut: Cut | None = None

    def __post_init__(self) -> None:
        """ValueError where the sentences are not the same, or the cut goes through none of them."""
        before, after, cut = _span(self.before), _span(self.after), self.cut
        if cut is not None:
            held = Row(*before).side(cut.side)
            if cut.place not in held:
                raise ValueError(f"a cut through other sentences: {cut} and {self.before}")
            longer = range(held.start, held.stop + 1)
            before = (longer, before[1]) if cut.side == "source" else (before[0], longer)
        if before != after:
            raise ValueError(f"rows of other sentences: {self.before} and {self.after}")

    def of(self, rows: Rows) -> Rows:
        """The rows with the edit made; ValueError where they are not those it was made for."""
        return self._put(rows, self.before, self.after, 1)

    def taken_from(self, rows: Rows) -> Rows:
        """The rows as they were before the edit; ValueError where they are not those it made."""
        return self._put(rows, self.after, self.before, -1)

    def _put(self, rows: Rows, there: Rows, instead: Rows, step: int) -> Rows:
        end = self.at + len(there)
        if rows[self.at : end] != there:
            raise ValueError(f"other rows at {self.at}")
        behind = rows[end:]
        if self.cut is not None:
            side = self.cut.side
            behind = tuple(row.moved(side, step) for row in behind)
        return (*rows[: self.at], *instead, *behind)


def _span(rows: Rows) -> tuple[range, range]:
    """The sentences that rows hold; ValueError where one does not go on where the one before it ends, or holds none."""
    if not rows:
        raise ValueError("no rows")
    for row, following in pairwise(rows):
        if (row.source.stop, row.target.stop) != (following.source.start, following.target.start):
            raise ValueError(f"not one after the other: {row} and {following}")
    if not all(row.source or row.target for row in rows):
        raise ValueError("a row without sentences")
    first, last = rows[0], rows[-1]
    return range(first.source.start, last.source.stop), range(first.target.start, last.target.stop)


def merge_rows(rows: Rows, at: int) -> Edit | None:
    """A row and the next become one; None for the last row."""
    if at + 1 >= len(rows):
        return None
    first, second = rows[at : at + 2]
    whole = Row(range(first.source.start, second.source.stop), range(first.target.start, second.target.stop))
    return Edit(at, (first, second), (whole,))


def split_row(rows: Rows, at: int) -> Edit | None:
    """The first sentence of each side becomes a row of its own, the others the next one.

    A pair of one sentence each comes apart into two one-sided rows. None where the row is a single sentence.
    """
    row = rows[at]
    sizes = row.sizes
    if sum(sizes) < 2:
        return None
    first = (1, 0) if sizes == (1, 1) else (min(1, sizes[0]), min(1, sizes[1]))
    i, j = row.source.start + first[0], row.target.start + first[1]
    head = Row(range(row.source.start, i), range(row.target.start, j))
    return Edit(at, (row,), (head, Row(range(i, row.source.stop), range(j, row.target.stop))))


def shift_sentence(rows: Rows, at: int, side: Side, *, down: bool) -> Edit | None:
    """The last sentence that a row has on a side goes down to the next row, or its first one up to the row before.

    At either end of the document the sentence becomes a row of its own. A row that is left without sentences goes. None
    where the row has no sentence on that side, or nothing would be another.
    """
    row = rows[at]
    span = row.side(side)
    if not span:
        return None
    neighbour = at + 1 if down else at - 1
    there = 0 <= neighbour < len(rows)
    if not there and sum(row.sizes) == 1:
        return None
    if down:
        other = (
            rows[neighbour] if there else Row(range(row.source.stop, row.source.stop), range(row.target.stop, row.target.stop))
        )
        moved = range(span.stop - 1, other.side(side).stop)
        before, after = (row, other), (_with_side(row, side, span[:-1]), _with_side(other, side, moved))
    else:
        other = rows[neighbour] if there else Row(range(0), range(0))
        moved = range(other.side(side).start, span.start + 1)
        before, after = (other, row), (_with_side(other, side, moved), _with_side(row, side, span[1:]))
    return Edit(min(at, neighbour) if there else at, _filled(before), _filled(after))


def _filled(rows: Iterable[Row]) -> Rows:
    """The rows that have sentences."""
    return tuple(row for row in rows if row.source or row.target)


def _with_side(row: Row, side: Side, span: range) -> Row:
    """The row with other sentences on one side, which nobody has judged yet."""
    return Row(span, row.target) if side == "source" else Row(row.source, span)


def judge_row(rows: Rows, at: int, verdict: Verdict) -> Edit | None:
    """A row with a verdict; None where it has that one."""
    row = rows[at]
    return None if row.verdict == verdict else Edit(at, (row,), (replace(row, verdict=verdict),))


def next_doubtful(rows: Sequence[Row], at: int, *, back: bool = False) -> int | None:
    """The place of the next doubtful row behind (or before) one, going round at the end; None where there is none but it.

    From a one-sided row, those that follow it without a pair between are passed over: a part that is missing on the other
    side is one doubt, however long it is.
    """
    step = -1 if back else 1
    places = [(at + step * far) % len(rows) for far in range(1, len(rows))]
    in_run = rows[at].doubtful and not rows[at].paired
    for place in places:
        row = rows[place]
        in_run = in_run and row.doubtful and not row.paired
        if row.doubtful and not in_run:
            return place
    return next((place for place in places if rows[place].doubtful), None)


@dataclass(frozen=True, slots=True)
class EditedAlignment:
    """Rows of the segments of two documents, with the edits that were made and those that were undone, the latest last."""

    rows: Rows
    source: Segments
    target: Segments
    made: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def side(self, side: Side) -> Segments:
        """The segments of a side."""
        return self.source if side == "source" else self.target

    def do(self, edit: Edit) -> "EditedAlignment":
        """With a further edit; what was undone before is given up.

        ValueError where it was made for other rows, or for other texts than those it would cut.
        """
        return self._after(edit, (*self.made, edit), ())

    def undo(self) -> "EditedAlignment":
        """Without the latest edit; itself where there is none."""
        if not self.made:
            return self
        latest = self.made[-1]
        source, target = self.source, self.target
        if latest.cut is not None:
            mended = self.side(latest.cut.side).mend(latest.cut.place)
            source, target = (mended, target) if latest.cut.side == "source" else (source, mended)
        return EditedAlignment(latest.taken_from(self.rows), source, target, self.made[:-1], (*self.undone, latest))

    def redo(self) -> "EditedAlignment":
        """With the edit undone last made again; itself where there is none."""
        if not self.undone:
            return self
        latest = self.undone[-1]
        return self._after(latest, (*self.made, latest), self.undone[:-1])

    def _after(self, edit: Edit, made: tuple[Edit, ...], undone: tuple[Edit, ...]) -> "EditedAlignment":
        source, target = self.source, self.target
        if edit.cut is not None:
            cut = self.side(edit.cut.side).cut(edit.cut.place, edit.cut.offset)
            source, target = (cut, target) if edit.cut.side == "source" else (source, cut)
        return EditedAlignment(edit.of(self.rows), source, target, made, undone)
