"""A path while it is typed: the folder it is in, what in there begins so, and how it goes on."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TypedPath:
    """A path as typed so far: `folder` with its separator as it was typed (empty: the current one), and the rest."""

    folder: str
    name: str

    @classmethod
    def of(cls, typed: str) -> "TypedPath":
        """Part what was typed behind its last separator."""
        head, slash, tail = typed.rpartition("/")
        return cls(head + slash, tail) if slash or typed != "~" else cls("~/", "")

    @property
    def place(self) -> Path:
        """The folder, whether it is there or not."""
        return Path(self.folder or ".").expanduser().absolute()

    def begins(self, name: str) -> bool:
        """Whether a name goes on from what was typed; hidden ones do where their dot was typed."""
        if name.startswith(".") and not self.name.startswith("."):
            return False
        return name.casefold().startswith(self.name.casefold())

    def completed(self) -> str:
        """What was typed with as much of the rest as is certain; a folder that nothing else begins like ends in a separator."""
        try:
            names = [entry.name for entry in os.scandir(self.place) if self.begins(entry.name)]
        except OSError:
            return self.folder + self.name
        if not names:
            return self.folder + self.name
        common = names[0] if len(names) == 1 else _common(names)
        certain = common if len(names) == 1 or len(common) > len(self.name) else self.name
        whole = len(names) == 1 and (self.place / certain).is_dir()
        return self.folder + certain + ("/" if whole else "")


def _common(names: Iterable[str]) -> str:
    """The beginning that all names have, in any case; as the first of them has it."""
    listed = sorted(names)
    columns = zip(*(name.casefold() for name in listed), strict=False)
    alike = takewhile(lambda chars: len(set(chars)) == 1, columns)
    return listed[0][: sum(1 for _ in alike)]
