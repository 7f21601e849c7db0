"""The dialog that asks for a file: a tree of folders to pick from, and a field to type or paste a path."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Input, Static


class VisibleTree(DirectoryTree):
    """Folders and files, without hidden ones. Signs of one cell stand for the usual pictures, which terminals disagree on."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """All that are not hidden."""
        return [path for path in paths if not path.name.startswith(".")]


class PathPicker(ModalScreen[str | None]):
    """Answers with the path, or None where the user leaves; `must_exist` is off for a file that is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+u", "folder_up", "Folder above", show=False),
    ]
    DEFAULT_CSS = """
    PathPicker {
        align: center middle;
        & > Vertical {
            width: 80%; max-width: 90; min-width: 36; height: 80%;
            border: round $accent; background: $surface; padding: 0 1;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
        }
        Input { border: none; height: 1; padding: 0; background: $panel; &:focus { border: none; } }
        DirectoryTree { height: 1fr; background: $surface; padding: 0; margin-top: 1; }
        #refused { height: auto; color: $error; }
    }
    """

    field = getters.query_one("#path", Input)
    folders = getters.query_one(VisibleTree)

    def __init__(self, title: str, start: str = "", *, must_exist: bool = True) -> None:
        super().__init__()
        self._heading = title
        self._must_exist = must_exist
        given = Path(start).expanduser()
        self._start = start
        self._folder = given.parent if start and given.parent.is_dir() else Path.cwd()

    def compose(self) -> ComposeResult:
        """Field, what is wrong with it, tree."""
        with Vertical() as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content("Enter takes  Tab tree  Ctrl+U folder above  Esc leaves")
            field = Input(self._start, placeholder="Path of the file", id="path", select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield Static("", id="refused", markup=False)
            yield VisibleTree(self._folder)

    def on_mount(self) -> None:
        """Type at once."""
        self.field.focus()

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, message: DirectoryTree.FileSelected) -> None:
        message.stop()
        self._take(str(message.path))

    @on(Input.Submitted, "#path")
    def _submitted(self) -> None:
        typed = self.field.value.strip()
        path = Path(typed).expanduser()
        if typed and path.is_dir():
            self.folders.path = path
            self.folders.focus()
        elif typed:
            self._take(str(path))

    def _take(self, path: str) -> None:
        # FILE.tsv#COLUMN names a part of a file.
        known = Path(path).is_file() or Path(path.rpartition("#")[0] or path).is_file()
        if self._must_exist and not known:
            self.query_one("#refused", Static).update(Content(f"There is no file {path}"))
            return
        self.dismiss(path)

    def action_folder_up(self) -> None:
        """Show the folder above."""
        self.folders.path = Path(self.folders.path).resolve().parent

    def action_leave(self) -> None:
        """Leave without a file."""
        self.dismiss(None)
