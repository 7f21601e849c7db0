"""Names of systems, from the files they come in."""

from collections.abc import Sequence
from pathlib import Path


def system_names(paths: Sequence[str]) -> list[str]:
    """The shortest names that tell the files apart: the file's name, with its folder where names are the same."""
    names = [Path(path).name for path in paths]
    return [path if names.count(name) > 1 else name for path, name in zip(paths, names, strict=True)]
