"""The pane that shows one concept."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from tui.concept_lines import sheet_lines
from tui.line_view import LineView

if TYPE_CHECKING:
    from tui.reading import Sheet


class ConceptDetail(LineView):
    """One concept's sheet, scrolled with the arrow keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("left", "leave", "Back to the results", show=False)]

    class Left(Message):
        """The user wants back to the results."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.sheet: Sheet | None = None

    def show(self, sheet: "Sheet | None") -> None:
        """Show a sheet; another concept's begins at its top."""
        before = self.sheet.concept.id if self.sheet else 0
        self.sheet = sheet
        self.rebuild()
        if sheet is None or sheet.concept.id != before:
            self.scroll_to(y=0, animate=False)

    def action_leave(self) -> None:
        """Go back to the results."""
        self.post_message(self.Left())

    def build(self, cells: int) -> list[Content]:
        """The sheet's lines."""
        return sheet_lines(self.sheet, cells) if self.sheet else []
