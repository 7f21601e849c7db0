"""Settings are kept between runs, and no file of them stops the program."""

from pathlib import Path

import pytest

from workspace.settings import Settings


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    Settings(path).keep({"theme": "yuqiao-light"})
    Settings(path).keep({"script": "zh-Hans"})
    again = Settings(path)
    assert (again.get("theme", ""), again.get("script", ""), again.get("area", "lookup")) == ("yuqiao-light", "zh-Hans", "lookup")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b'{"theme": 3}'])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    assert Settings(path).get("theme", "dark") == "dark"


def test_settings_that_cannot_be_written_are_no_reason_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "file" / "settings.json"
    path.parent.write_text("not a folder", encoding="utf-8")
    settings = Settings(path)
    settings.keep({"theme": "x"})
    assert settings.get("theme", "") == "x"


def test_the_place_is_that_of_the_environment_or_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUQIAO_SETTINGS", str(tmp_path / "mine.json"))
    assert Settings.of_user().path == tmp_path / "mine.json"
    monkeypatch.delenv("YUQIAO_SETTINGS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = Settings.of_user().path
    assert path is not None
    assert path.name == "settings.json"
