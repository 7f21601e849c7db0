"""The pane that shows what speaks for and against the current item."""

from textual.content import Content

from tui.display import AS_STORED, DisplayScript
from tui.line_view import LineView
from tui.reading import Sheet
from tui.review_items import Item, key_of
from tui.review_lines import item_lines


class ReviewEvidence(LineView):
    """An item's evidence, scrolled with the arrow keys."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._item: Item | None = None
        self._chosen = 0
        self._sheet: Sheet | None = None
        self._script: DisplayScript = AS_STORED

    def show(self, item: Item | None, chosen: int, sheet: Sheet | None, script: DisplayScript) -> None:
        """Show an item with the concept of this id marked; another item begins at its top."""
        another = item is None or self._item is None or key_of(item) != key_of(self._item)
        self._item, self._chosen, self._sheet, self._script = item, chosen, sheet, script
        self.rebuild()
        if another:
            self.scroll_to(y=0, animate=False)

    def build(self, cells: int) -> list[Content]:
        """The lines of the item."""
        return item_lines(self._item, self._chosen, self._sheet, self._script, cells) if self._item else []
