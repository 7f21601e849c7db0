"""The dialog that asks for a file: a field to type or paste a path, and the tree of the folder that is typed."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Input, Static

from tui.path_typing import TypedPath


class VisibleTree(DirectoryTree):
    """Folders and files, without hidden ones; in the topmost folder those that go on from what is typed.

    Signs of one cell stand for the usual pictures, which terminals disagree on.
    """

    typed = TypedPath("", "")

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "  "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Those that are shown."""
        return [path for path in paths if self._is_shown(path)]

    def _is_shown(self, path: Path) -> bool:
        # What was typed names a file in the topmost folder; those below are looked at as they are.
        typed = self.typed if path.parent == Path(self.path) else TypedPath("", "")
        return path.name != "__pycache__" and typed.begins(path.name)

    def follow(self, typed: TypedPath) -> None:
        """Show the folder that is typed, where it is there, and in it what goes on from the rest."""
        if typed == self.typed or not typed.place.is_dir():
            return
        self.typed = typed
        if Path(self.path) == typed.place:
            self.reload()
        else:
            self.path = typed.place


class PathPicker(ModalScreen[str | None]):
    """Answers with the path, or None where the user leaves; `must_exist` is off for a file that is to be written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("alt+up", "folder_up", "Folder above", show=False),
        Binding("tab", "complete", "Complete", show=False, priority=True),
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
        self._start = start
        # A name that is proposed is typed over; a folder is gone on from.
        self._proposed = bool(TypedPath.of(start).name)
        self._touched = False
        self._known = ""

    def compose(self) -> ComposeResult:
        """Field, what is wrong with it, tree."""
        with Vertical() as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content("Enter takes  Tab completes  Down list  Alt+Up folder above  Esc leaves")
            field = Input(self._start, placeholder="Path of the file", id="path", select_on_focus=self._proposed)
            field.cursor_blink = False
            yield field
            yield Static("", id="refused", markup=False)
            place = TypedPath.of(self._start).place
            yield VisibleTree(place if place.is_dir() else Path.cwd())

    def on_mount(self) -> None:
        """Type at once; all of the folder is shown until something is typed."""
        self.field.focus()

    @on(Input.Changed, "#path")
    def _typed(self, message: Input.Changed) -> None:
        if message.value == self._start and not self._touched:
            return
        self._touched = True
        self._refuse("")
        self.folders.follow(TypedPath.of(message.value))

    @on(DirectoryTree.FileSelected)
    def _file_selected(self, message: DirectoryTree.FileSelected) -> None:
        message.stop()
        self._take(str(message.path))

    @on(Input.Submitted, "#path")
    def _submitted(self) -> None:
        typed = self.field.value.strip()
        path = Path(typed).expanduser()
        if typed and path.is_dir():
            self._type(typed.rstrip("/") + "/")
            self.folders.focus()
        elif typed:
            self._take(str(path))

    def _take(self, path: str) -> None:
        # FILE.tsv#COLUMN names a part of a file.
        known = Path(path).is_file() or Path(path.rpartition("#")[0] or path).is_file()
        if self._must_exist and not known:
            self._refuse(f"There is no file {path}")
        elif not self._must_exist and known and path != self._known:
            self._known = path
            self._refuse(f"{path} is there already; Enter again writes over it")
        else:
            self.dismiss(path)

    def _refuse(self, said: str) -> None:
        self.query_one("#refused", Static).update(Content(said))

    def _type(self, text: str) -> None:
        self.field.value = text
        self.field.cursor_position = len(text)

    def action_complete(self) -> None:
        """Complete what is typed as far as is certain; where nothing is, go to the tree, and from there back."""
        if self.focused is not self.field:
            self.field.focus()
            return
        completed = TypedPath.of(self.field.value).completed()
        if completed == self.field.value:
            self.folders.focus()
        else:
            self._type(completed)

    def on_key(self, event: events.Key) -> None:
        """Down goes from the field into the tree."""
        if event.key == "down" and self.focused is self.field:
            event.stop()
            self.folders.focus()

    def action_folder_up(self) -> None:
        """Go to the folder above."""
        above = str(Path(self.folders.path).absolute().parent)
        self._type(above.rstrip("/") + "/")

    def action_leave(self) -> None:
        """Leave without a file."""
        self.dismiss(None)
