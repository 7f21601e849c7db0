"""Names of systems, from the files they come in."""

import re
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Final

from scoring.segment_files import split_place

_JOINTS: Final = "._/#- "
_JOINT: Final = re.compile("([._/# ])")
"""Where the words of a name end; a hyphen is within one, as in Online-A."""


def system_names(paths: Sequence[str]) -> list[str]:
    """The shortest names that tell the files apart: the file's name, with its column or field, or its folder, where names are
    the same.
    """
    parts = [split_place(path) for path in paths]
    names = [Path(path).name for path, _ in parts]
    named = [Path(path).name for path in paths]
    longer = [path if named.count(name) > 1 else name for path, name in zip(paths, named, strict=True)]
    return [long if names.count(name) > 1 else name for long, name in zip(longer, names, strict=True)]


def distinct_parts(names: Sequence[str]) -> list[str]:
    """What tells names apart: without the beginning and the end that all of them share, as far as words end there.

    news.hyp.Online-A.zh and news.hyp.Lan-Bridge.zh are Online-A and Lan-Bridge. Where nothing would be left of one, all stay.
    """
    if len(set(names)) < 2:
        return list(names)
    start = _shared([_JOINT.split(name) for name in names])
    end = _shared([_JOINT.split(name)[::-1] for name in names])
    parts = ["".join(pieces[start : len(pieces) - end]).strip(_JOINTS) for pieces in map(_JOINT.split, names)]
    return parts if all(parts) and len(set(parts)) == len(set(names)) else list(names)


def _shared(parted: Sequence[Sequence[str]]) -> int:
    """How many pieces all begin with."""
    return sum(1 for _ in takewhile(lambda pieces: len(set(pieces)) == 1, zip(*parted, strict=False)))
