"""Which database is meant: --db, YUQIAO_DB, or the platform's user data folder."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lang.errors import UnsupportedError


def database_path(given: str | None) -> Path:
    """The path of the database: as given (a path or a sqlite:///path URL), else YUQIAO_DB, else the user's data folder.

    UnsupportedError for a URL of another kind of database.
    """
    chosen = given or os.environ.get("YUQIAO_DB")
    if not chosen:
        from platformdirs import user_data_path

        return user_data_path("yuqiao", appauthor=False) / "yuqiao.db"
    if "://" in chosen:
        url = urlsplit(chosen)
        if url.scheme not in ("sqlite", "file") or url.netloc:
            raise UnsupportedError(f"{chosen}: only SQLite databases are supported.", "Give a path, or sqlite:///path.")
        # sqlite:///relative and sqlite:////absolute, as SQLAlchemy has made usual; file:///absolute.
        path = unquote(url.path)
        return Path(path[1:] if url.scheme == "sqlite" else path)
    return Path(chosen).expanduser()


def user_name() -> str:
    """Who is recorded with changes: YUQIAO_USER, else the login name."""
    import getpass

    named = os.environ.get("YUQIAO_USER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
