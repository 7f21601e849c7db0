"""Cutting a sentence of an alignment in two: where it can be done, where it is likely wanted, and what becomes of the row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from lang.clauses import clause_ends, word_ends
from tm.alignment_editing import Cut, Edit, EditedAlignment, Row, Side

_COMMAS: Final = "，,"
_COMMA_COSTS: Final = 0.05
"""By how much of the whole text nearer to where it is looked for a comma has to be than a semicolon or full stop."""


@dataclass(frozen=True, slots=True)
class CutPlaces:
    """Where one side of a row can be cut, in the order of its text; `clauses` are the indices of those behind a clause.

    `likely` is the index of the one that the other side speaks for.
    """

    cuts: tuple[Cut, ...]
    clauses: tuple[int, ...]
    likely: int


def side_to_cut(row: Row, preferred: Side) -> Side:
    """The side of a row that more likely is to be cut: the one of fewer sentences, if it has any, else the preferred one."""
    sources, targets = row.sizes
    if sources == targets:
        return preferred
    fewer: Side = "source" if sources < targets else "target"
    other: Side = "target" if fewer == "source" else "source"
    return fewer if row.side(fewer) else other


def cut_places(alignment: EditedAlignment, at: int, side: Side) -> CutPlaces | None:
    """The places where a side of the row can be cut; None where there are none."""
    span = alignment.rows[at].side(side)
    texts = _texts(alignment, at, side)
    cuts: list[Cut] = []
    clauses: list[int] = []
    for place, text in zip(span, texts, strict=True):
        ends = set(clause_ends(text))
        for offset in word_ends(text):
            if offset in ends:
                clauses.append(len(cuts))
            cuts.append(Cut(side, place, offset))
    if not cuts:
        return None
    other: Side = "target" if side == "source" else "source"
    return CutPlaces(tuple(cuts), tuple(clauses), _likely(cuts, clauses or range(len(cuts)), texts, _texts(alignment, at, other)))


def _texts(alignment: EditedAlignment, at: int, side: Side) -> list[str]:
    segments = alignment.side(side)
    return [segments[place] for place in alignment.rows[at].side(side)]


def _likely(cuts: Sequence[Cut], candidates: Iterable[int], texts: Sequence[str], others: Sequence[str]) -> int:
    """The candidate that brings the bounds between these texts nearest to those between the other side's.

    Where the other side has none to go by, the longest text is cut about its middle. A comma is the weaker bound.
    """
    first = cuts[0].place
    shares = {}
    weakness = {}
    for index in candidates:
        cut = cuts[index]
        before = texts[cut.place - first][: cut.offset]
        shares[index] = _share([*texts[: cut.place - first], before], texts)
        weakness[index] = _COMMA_COSTS if before.rstrip()[-1:] in _COMMAS else 0.0
    own = [_share(texts[:end], texts) for end in range(1, len(texts))]
    wanted = [_share(others[:end], others) for end in range(1, len(others))]
    best = min(shares, key=lambda index: _distance(wanted, [*own, shares[index]]) + weakness[index])
    if _distance(wanted, [*own, shares[best]]) < _distance(wanted, own):
        return best
    longest = max(range(len(texts)), key=lambda at: _amount(texts[at : at + 1]))
    middle = (_share(texts[:longest], texts) + _share(texts[: longest + 1], texts)) / 2
    return min(shares, key=lambda index: abs(shares[index] - middle) + weakness[index])


def _share(part: Sequence[str], texts: Sequence[str]) -> float:
    return _amount(part) / max(1, _amount(texts))


def _amount(texts: Sequence[str]) -> int:
    """How much the texts say. In bytes, since a Chinese character says about as much as three letters or digits."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


def _distance(wanted: Sequence[float], bounds: Sequence[float]) -> float:
    """How far the bounds that are wanted are from the nearest that there are."""
    return sum(min((abs(one - bound) for bound in bounds), default=1.0) for one in wanted)


def cut_row(alignment: EditedAlignment, at: int, cut: Cut) -> Edit:
    """A sentence of the row is cut in two.

    The pieces stay in the row; but where it has as many sentences on either side then, it comes apart into pairs of one each.
    ValueError where the cut goes through another row.
    """
    row = alignment.rows[at]
    span = row.side(cut.side)
    longer = range(span.start, span.stop + 1)
    source, target = (longer, row.target) if cut.side == "source" else (row.source, longer)
    if len(source) == len(target):
        after = tuple(Row(range(i, i + 1), range(j, j + 1)) for i, j in zip(source, target, strict=True))
    else:
        after = (Row(source, target),)
    return Edit(at, (row,), after, cut)
