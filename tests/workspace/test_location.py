"""Which database is meant, and who is recorded."""

import getpass
from pathlib import Path

import pytest

from lang.errors import UnsupportedError
from workspace.location import database_path, user_name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("terms.db", "terms.db"),
        ("folder/terms.db", "folder/terms.db"),
        ("/data/terms.db", "/data/terms.db"),
        ("/data/術語 庫.db", "/data/術語 庫.db"),
        ("sqlite:///terms.db", "terms.db"),
        ("sqlite:///folder/terms.db", "folder/terms.db"),
        ("sqlite:////data/terms.db", "/data/terms.db"),
        ("sqlite:////data/my%20terms.db", "/data/my terms.db"),
        ("sqlite:////data/術語.db", "/data/術語.db"),
        ("SQLITE:////data/terms.db", "/data/terms.db"),
        ("file:///data/terms.db", "/data/terms.db"),
    ],
)
def test_paths_and_urls_name_a_file(given: str, expected: str) -> None:
    assert database_path(given) == Path(expected)


def test_the_home_folder_may_be_abbreviated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    assert database_path("~/terms.db") == Path("/home/someone/terms.db")


@pytest.mark.parametrize("url", ["postgresql://host/db", "mysql://host/db", "http://host/terms.db", "sqlite://host/terms.db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(UnsupportedError, match="only SQLite"):
        database_path(url)


def test_the_environment_names_the_database_unless_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQIAO_DB", "sqlite:////data/environment.db")
    assert database_path(None) == Path("/data/environment.db")
    assert database_path("given.db") == Path("given.db")


def test_the_users_folder_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    default = database_path(None)
    assert default.name == "yuqiao.db"
    assert default.is_absolute()
    monkeypatch.setenv("YUQIAO_DB", "")
    assert database_path("") == default


def test_the_user_is_named_by_the_environment_or_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert user_name() == "login"
    monkeypatch.setenv("YUQIAO_USER", "張三")
    assert user_name() == "張三"


def test_a_user_without_a_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert user_name() == "unknown"
