"""A database seeded beforehand, of which a new one is a copy.

To fill a database takes two seconds and more, nearly all of it working out by what its terms are found. `make`, and the building
of a package (scripts/build_hook.py), do that once and leave the file in workspace/prepared; a new database is a copy of it while
code and data are those it was made of, and is filled as ever where there is no such file.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

PREPARED = Path(__file__).parent / "prepared"
_MADE_OF: Final = ("glossary", "lang", "tm", "workspace")
_TIMES: Final = (("change", "at"), ("change_of_memory", "at"), ("unit", "created"))


def copy_prepared(path: Path) -> bool:
    """Make a new database at a path of the prepared one, whole or not at all; False where nothing was made.

    That is where there is none of this code and data, or where something stands at the path or is left of a database there.
    """
    prepared = PREPARED / _name()
    if not prepared.exists() or any(os.path.lexists(f"{path}{end}") for end in ("", "-wal", "-shm", "-journal")):
        return False
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(prepared, partial)
        _date(partial)
        # Unlike a renamed file, a link does not take the place of what another process has made meanwhile.
        os.link(partial, path)
    except (OSError, sqlite3.Error):
        return False
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return True


def prepare() -> Path:
    """Make the database to copy, unless it is there, and remove those of other code and data; its path."""
    from workspace.workspace import Workspace

    prepared = PREPARED / _name()
    if not prepared.exists():
        for old in PREPARED.glob("*.db"):
            old.unlink(missing_ok=True)
        with TemporaryDirectory() as scratch, Workspace.open(str(Path(scratch) / "seeded.db")) as workspace:
            workspace.backup(prepared)
    return prepared


def _date(path: Path) -> None:
    """Say of what came with yuqiao that it came now, as it would have."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with closing(sqlite3.connect(path)) as connection:
        # Nothing is lost with a copy that is not finished; that which is goes to the disk as a whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        for table, column in _TIMES:
            connection.execute(f"UPDATE {table} SET {column} = ?", [now])
        connection.commit()
    with path.open("rb+") as file:
        os.fsync(file)


def _name() -> str:
    """A name that tells which code and data a prepared database is made of, the same wherever these are installed."""
    digest = sha256()
    for name, path in sorted(_files()):
        content = path.read_bytes()
        digest.update(f"{name}\t{len(content)}\n".encode() + content)
    return f"{digest.hexdigest()[:16]}.db"


def _files() -> Iterator[tuple[str, Path]]:
    root = Path(__file__).parents[1]
    for package in _MADE_OF:
        for folder, _, names in os.walk(root / package):
            for name in names:
                if name.endswith((".py", ".toml", ".tsv", ".txt")):
                    path = Path(folder, name)
                    yield path.relative_to(root).as_posix(), path


if __name__ == "__main__":
    prepare()
