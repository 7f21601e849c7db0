"""The help screen: the keys of an area and every sign."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from tui.action import Action, Place
from tui.actions import groups, key_name
from tui.line_view import STYLES, LineView
from tui.marks import AREA_LEGENDS, LEGEND, state_style
from tui.wrapping import wrap


class HelpLines(LineView):
    """The actions of some places by group with their keys, then the signs."""

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self._groups = groups(places)
        self._legend = next((AREA_LEGENDS[place] for place in places if place in AREA_LEGENDS), ())

    def build(self, cells: int) -> list[Content]:
        """Keys in a column where there is room for one, else above what they do."""
        column = max(cell_len(_keys(action)) for actions in self._groups.values() for action in actions) + 2
        lines: list[Content] = []
        for group, actions in self._groups.items():
            lines += [Content(group).stylize(".heading")]
            for action in actions:
                lines += _action_lines(action, column, cells)
            lines.append(Content(""))
        if self._legend:
            lines += [Content("Signs in this area").stylize(".heading"), *_sign_lines(self._legend, cells), Content("")]
        return [*lines, Content("Signs of terms").stylize(".heading"), *_sign_lines(LEGEND, cells)]


def _sign_lines(legend: Sequence[tuple[str, str, str]], cells: int) -> list[Content]:
    column = max(len(word) for _, word, _ in legend)
    return [
        Content.assemble(
            ("  " + sign, state_style(word) if state_style(word) in STYLES else ".accent"),
            f" {word:<{column}}  ",
            (meaning, ".muted"),
        ).truncate(cells)
        for sign, word, meaning in legend
    ]


def _keys(action: Action) -> str:
    return "  ".join(key_name(key) for key in action.keys)


def _action_lines(action: Action, column: int, cells: int) -> list[Content]:
    keys = _keys(action)
    if cells < column + 24:
        described = [Content("    " + line).stylize(".muted") for line in wrap(action.help, cells - 4)]
        return [Content("  " + keys).stylize(".accent"), *described]
    first, *rest = wrap(action.help, cells - column - 2)
    filled = "  " + keys + " " * (column - cell_len(keys))
    lines = [Content.assemble((filled, ".accent"), first)]
    return lines + [Content(" " * (column + 2) + line) for line in rest]


class HelpScreen(ModalScreen[None]):
    """Shows the help; Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,?,？,enter", "close", "Close")]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > HelpLines {
            width: 90%; max-width: 92; height: 90%; padding: 0 1;
            border: round $accent; background: $surface;
            border-title-color: $accent; border-title-style: bold; border-subtitle-color: $foreground 62%;
        }
    }
    """

    def __init__(self, title: Content, places: Sequence[Place]) -> None:
        super().__init__()
        self._title = title
        self._places = places

    def compose(self) -> ComposeResult:
        """The lines in a box."""
        lines = HelpLines(self._places)
        lines.border_title = self._title
        lines.border_subtitle = Content("Esc closes")
        yield lines

    def action_close(self) -> None:
        """Close the help."""
        self.dismiss(None)
