"""Starting the terminal UI on a database."""

import gc

import pytest

from lang.errors import BadFileError
from tui import app as tui_app
from workspace.workspace import Workspace


def test_run_makes_and_seeds_a_new_database(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(tui_app.YuqiaoApp, "run", lambda self: opened.append(self._session))
    path = tmp_path / "new.db"
    assert tui_app.run(str(path)) == 0
    assert opened[0].path == path
    assert gc.isenabled()
    with Workspace.open(str(path), seed=False) as workspace:
        assert workspace.glossary.lookup("離境退稅")


def test_run_refuses_what_is_no_database(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("no database at all, but long enough to look like one\n" * 100, encoding="utf-8")
    with pytest.raises(BadFileError):
        tui_app.run(str(path))
