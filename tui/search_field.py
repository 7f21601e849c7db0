"""The search field above a list."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class SearchField(Input):
    """The arrow keys move through the screen's list without leaving the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move_result(1)", "Next", show=False),
        Binding("up", "screen.move_result(-1)", "Previous", show=False),
        Binding("pagedown", "screen.move_page(1)", "Next page", show=False),
        Binding("pageup", "screen.move_page(-1)", "Previous page", show=False),
    ]
