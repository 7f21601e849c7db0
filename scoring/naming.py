"""Names of systems, from the files they come in."""

from collections.abc import Sequence
from pathlib import Path

from scoring.segment_files import split_place


def system_names(paths: Sequence[str]) -> list[str]:
    """The shortest names that tell the files apart: the file's name, with its column or field, or its folder, where names are
    the same.
    """
    parts = [split_place(path) for path in paths]
    names = [Path(path).name for path, _ in parts]
    named = [Path(path).name for path in paths]
    longer = [path if named.count(name) > 1 else name for path, name in zip(paths, named, strict=True)]
    return [long if names.count(name) > 1 else name for long, name in zip(longer, names, strict=True)]
