"""The character tables inside opencc-python-reimplemented, read as data files.

Importing the package itself is left to lang.conversion: look-ups need the tables only, and start faster without it.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lang.errors import SettingsError


def dictionary_folder() -> Path:
    """The folder that holds OpenCC's dictionaries; SettingsError where the package is missing or overwritten."""
    spec = find_spec("opencc")
    folder = Path(spec.origin).parent / "dictionary" if spec and spec.origin else None
    if folder is None or not (folder / "TSCharacters.txt").is_file():
        raise SettingsError(
            "The opencc package in this environment is not opencc-python-reimplemented.",
            "Remove the package OpenCC, which installs over it, and reinstall opencc-python-reimplemented.",
        )
    return folder


@cache
def character_targets(name: str) -> dict[str, list[str]]:
    """Character -> its targets, most usual first, from one of OpenCC's tables (`TSCharacters`, `STCharacters`, ...)."""
    table: dict[str, list[str]] = {}
    with (dictionary_folder() / f"{name}.txt").open(encoding="utf-8") as lines:
        for line in lines:
            source, _, targets = line.rstrip("\n").partition("\t")
            table[source] = targets.split(" ")
    return table
