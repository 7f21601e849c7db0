"""Shapes: what is left of Chinese segments when each character becomes one byte and numerals are left out.

Two segments are at least as far apart as their shapes, so that most of what the index offers is ruled out without reading or
folding a text. Shapes lie in two files of the index folder: one behind the other, and for each unit where its own begins.
"""

import mmap
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

# Left out, since segments that differ in their numbers only are to be found; with them goes every character whose code ends
# in the same byte, which makes shapes a little less telling and no less true.
_NUMERALS: Final = "0123456789,.〇零一二三四五六七八九十百千万亿两".encode("utf-16-le")[::2]
_PLACE: Final = 8
# A place is a number: (start + 1) * 2^24 + length of the shape * 2^12 + length of the segment; 0 where nothing is known.
_LONGEST: Final = 4095
_AT_ONCE: Final = 1 << 20


def shape_of(folded: str) -> bytes:
    """The shape of a folded segment: the low byte of each character's code, which of Chinese ones is as good as any."""
    codes = folded.encode("utf-16-le", "surrogatepass")
    low = codes[::2] if len(codes) == 2 * len(folded) else bytes(ord(char) & 0xFF for char in folded)
    return low.translate(None, _NUMERALS)


class ShapeWriter:
    """Adds shapes to the files of a folder; `close` must be called. A unit's newer shape takes the place of the older."""

    def __init__(self, folder: Path) -> None:
        self._shapes = (folder / "shapes").open("ab")
        places = folder / "shapes.places"
        places.touch()
        self._places = places.open("r+b")
        self._end = self._shapes.tell()
        self._held: list[bytes] = []
        # Places of units that follow each other are written together.
        self._first = -1
        self._run = bytearray()

    def add(self, unit_id: int, folded: str) -> None:
        """Note a unit's Chinese side."""
        place = 0
        if folded and len(folded) <= _LONGEST:
            shape = shape_of(folded)
            place = (self._end + 1) << 24 | len(shape) << 12 | len(folded)
            self._shapes.write(shape)
            self._end += len(shape)
        if self._first < 0 or unit_id != self._first + len(self._run) // _PLACE or len(self._run) > _AT_ONCE:
            self._write_run()
            self._first = unit_id
        self._run += place.to_bytes(_PLACE, "little")

    def _write_run(self) -> None:
        if self._run:
            # A place must never be there before its shape.
            self._shapes.flush()
            self._places.seek(self._first * _PLACE)
            self._places.write(self._run)
            self._run.clear()

    def close(self) -> None:
        """Write what is held back."""
        self._write_run()
        self._shapes.close()
        self._places.close()


class ShapeReader:
    """The shapes of a folder as they are now. Missing or damaged files rule nothing out."""

    def __init__(self, folder: Path) -> None:
        self._shapes: mmap.mmap | bytes = b""
        self._places = memoryview(b"").cast("Q")
        with suppress(OSError, ValueError):
            shapes, places = (_mapped(folder / name) for name in ("shapes", "shapes.places"))
            self._shapes, self._places = shapes, memoryview(places)[: len(places) // _PLACE * _PLACE].cast("Q")

    def near(self, folded: str, ids: Sequence[int], lowest: float) -> Sequence[int]:
        """Those of the units whose Chinese side may reach a score of `lowest` with a folded segment, in their order.

        The score is 1 - distance / length of the longer, or better where only numbers differ.
        """
        from rapidfuzz.distance import Levenshtein

        ours, length, allowed = shape_of(folded), len(folded), 1 - lowest + 1e-9
        places, shapes, distance = self._places, self._shapes, Levenshtein.distance
        last, shortest = len(places), int(allowed * length)
        kept = []
        for unit_id in ids:
            place = places[unit_id] if unit_id < last else 0
            if place:
                start = (place >> 24) - 1
                theirs = shapes[start : start + (place >> 12 & 4095)]
                other = place & 4095
                most = shortest if other <= length else int(allowed * other)
                # Behind the end of the file as it was mapped nothing is known.
                if distance(ours, theirs, score_cutoff=most) > most and len(theirs) == place >> 12 & 4095:
                    continue
            kept.append(unit_id)
        return kept


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
