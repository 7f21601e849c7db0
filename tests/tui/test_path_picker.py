"""Picking a file: what is typed is completed, the tree follows, and nothing is written over unasked."""

import pytest
from textual.app import App

from tui.path_picker import PathPicker
from tui.path_typing import TypedPath


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a few names that begin alike, of which the current one is shown first."""
    for name in ("report.zh.md", "report.en.md", "README", "deep/note.txt", "other/a.tmx", ".hidden", "[b] [x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("rep", "report."),
        ("report.z", "report.zh.md"),
        ("REPORT.E", "report.en.md"),
        ("de", "deep/"),
        ("deep/", "deep/note.txt"),
        ("re", "re"),
        ("zzz", "zzz"),
        ("no/such", "no/such"),
        (".h", ".hidden"),
        ("~", "~/"),
    ],
)
def test_what_is_certain_is_completed(folder, monkeypatch, typed, completed):
    monkeypatch.setenv("HOME", str(folder / "other" / "empty"))
    assert TypedPath.of(typed).completed() == completed


def test_home_is_completed_as_it_is_typed(folder, monkeypatch):
    monkeypatch.setenv("HOME", str(folder))
    assert TypedPath.of("~/oth").completed() == "~/other/"
    assert TypedPath.of(f"{folder}/oth").completed() == f"{folder}/other/"


class PickingApp(App[None]):
    answers: list[str | None]

    def ask(self, *args: str, **kwargs: bool) -> PathPicker:
        self.answers = []
        picker = PathPicker(*args, **kwargs)
        self.push_screen(picker, self.answers.append)
        return picker


def names(picker):
    return [str(node.label) for node in picker.folders.root.children]


async def settled(pilot):
    """Until folders have been read: the tree's worker waits for more to read without end."""
    for _ in range(5):
        await pilot.pause(0.02)


async def test_tab_completes_and_the_tree_follows(folder):
    app = PickingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        picker = app.ask("Open")
        await settled(pilot)
        assert names(picker) == ["deep", "other", "[b] [x.txt", "README", "report.en.md", "report.zh.md"]
        await pilot.press("r", "e", "p", "tab")
        await settled(pilot)
        assert picker.field.value == "report."
        assert names(picker) == ["report.en.md", "report.zh.md"]
        await pilot.press("z", "tab", "enter")
        assert app.answers == ["report.zh.md"]


async def test_a_folder_is_gone_into_and_left(folder):
    app = PickingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        picker = app.ask("Open")
        await pilot.press("d", "tab")
        await settled(pilot)
        assert names(picker) == ["note.txt"]
        await pilot.press("alt+up")
        await settled(pilot)
        assert picker.field.value == f"{folder}/"
        assert "other" in names(picker)
        await pilot.press("down", "down", "down", "enter")
        await settled(pilot)
        assert picker.focused is picker.folders
        await pilot.press("tab")
        assert picker.focused is picker.field
        await pilot.press("ctrl+u", *"deep", "enter")
        assert picker.field.value == "deep/"
        assert picker.focused is picker.folders


async def test_a_name_that_is_proposed_is_typed_over_and_one_that_is_missing_is_told_once(folder):
    app = PickingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        picker = app.ask("Open its translation", "report.en.md")
        await pilot.press(*"nothing", "enter")
        assert picker.field.value == "nothing"
        refused = picker.query_one("#refused")
        assert "no file nothing" in str(refused.render())
        await pilot.press("x")
        assert str(refused.render()) == ""


async def test_a_file_that_is_there_is_written_over_at_the_second_enter_only(folder):
    app = PickingApp()
    async with app.run_test(size=(80, 24)) as pilot:
        app.ask("Save as", "report.en.md", must_exist=False)
        await pilot.press("enter")
        assert app.answers == []
        await pilot.press("enter")
        assert app.answers == ["report.en.md"]
        app.ask("Save as", "fresh.md", must_exist=False)
        await pilot.press("enter")
        assert app.answers == ["fresh.md"]
