"""Office files: zip archives whose parts are read within limits and written again, the untouched ones byte for byte."""

import copy
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final
from urllib.parse import unquote

from lxml import etree

from lang.errors import BadFileError
from tm.documents.saving import read_bytes
from tm.documents.xml_parts import local_name, parse

LARGEST_PACKAGE: Final = 1_000_000_000
LARGEST_PART: Final = 150_000_000
_MOST_PARTS: Final = 50_000
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    KeyError,
    IndexError,
)
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(slots=True)
class Package:
    """An office file. `kind` is what it should be ("Word document"), for messages."""

    path: Path
    kind: str
    _data: bytes = b""
    _parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    @classmethod
    def open(cls, path: Path, kind: str) -> "Package":
        """Open and check a file: BadFileError when it is none, protected with a password, broken or unreasonably large."""
        data = read_bytes(path)
        if data.startswith(_COMPOUND):
            raise _compound(path, data, kind)
        package = cls(path, kind, data)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except _BROKEN as error:
            raise BadFileError(str(path), 0, f"is no {kind}, or a broken one ({error})") from error
        package._check(infos)
        return package

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if sum(info.file_size for info in infos) > LARGEST_PACKAGE or len(infos) > _MOST_PARTS:
            raise BadFileError(
                str(self.path),
                0,
                f"unpacks to more than {LARGEST_PACKAGE // 1_000_000} MB",
                "A file like this is made to do harm.",
            )
        for info in infos:
            if info.flag_bits & 1:
                raise BadFileError(str(self.path), 0, "is protected with a password", "Save it without one first.")
            if info.compress_type not in _METHODS:
                raise BadFileError(str(self.path), 0, f"{info.filename!r} is packed in an unusual way", "Save it anew.")
            if info.filename in self._parts:
                raise BadFileError(str(self.path), 0, f"holds {info.filename!r} twice", "Save it anew.")
            self._parts[info.filename] = info

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        """The parts' names, in the file's order."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """A part's content; BadFileError where it is missing, broken or larger than 150 MB."""
        info = self._parts.get(name)
        if info is None:
            raise BadFileError(str(self.path), 0, f"is no {self.kind}: {name} is missing")
        if info.file_size > LARGEST_PART:
            raise BadFileError(str(self.path), 0, f"{name} is larger than {LARGEST_PART // 1_000_000} MB", "Split the document.")
        return self._unpacked(info)

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(self._data)) as archive:
                return archive.read(info)
        except _BROKEN as error:
            raise BadFileError(str(self.path), 0, f"{info.filename} is broken ({error})") from error

    def tree(self, name: str) -> etree._ElementTree:
        """The tree of an XML part."""
        return parse(self.read(name), str(self.path), name)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to within the package: relation id -> kind of relation (its last word) and part name."""
        rels = join(dirname(name), "_rels", f"{name.rpartition('/')[2]}.rels")
        if rels not in self._parts:
            return {}
        found = {}
        for relation in self.tree(rels).getroot():
            if local_name(relation) == "Relationship" and relation.get("TargetMode") != "External":
                target = normpath(join("/", dirname(name), unquote(relation.get("Target", "")))).lstrip("/")
                found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found

    def main_part(self) -> str:
        """The name of the part the package is about."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument":
                return target
        raise self.no_document()

    def no_document(self) -> BadFileError:
        """The error for a package that is something else."""
        return BadFileError(str(self.path), 0, f"is no {self.kind}", "Check its suffix, or save it anew.")

    def bytes_with(self, changed: Mapping[str, bytes]) -> bytes:
        """The whole file, with these parts' content changed."""
        if not changed:
            return self._data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, info in self._parts.items():
                entry = copy.copy(info)
                entry.extra = b""
                data = changed[name] if name in changed else self._unpacked(info)
                archive.writestr(entry, data, compress_type=info.compress_type)
        return out.getvalue()


def _compound(path: Path, data: bytes, kind: str) -> BadFileError:
    if _ENCRYPTED in data:
        return BadFileError(str(path), 0, "is protected with a password", "Open it with the password and save it without one.")
    suffix = "xlsx" if "workbook" in kind else "docx"
    return BadFileError(str(path), 0, f"is in the format of Office before 2007, not a {kind}", f"Save it as .{suffix}.")
