"""A scrolling view of lines made for its width: the base of the results, the concept and the help."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual


class LineView(ScrollView, can_focus=True):
    """Subclasses make the lines in `build`; each is one row, at most as wide as it was told."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "muted",
        "soft",
        "accent",
        "heading",
        "title",
        "hit",
        "preferred",
        "admitted",
        "deprecated",
        "approved",
        "proposed",
        "rejected",
    }
    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $border-blurred;
        scrollbar-color-hover: $secondary;
        scrollbar-color-active: $accent;
        & > .muted { color: $foreground 62%; }
        & > .soft { color: $foreground 80%; }
        & > .accent { color: $accent; }
        & > .heading { color: $accent; text-style: bold; }
        & > .title { text-style: bold; }
        & > .hit { color: $accent; text-style: bold underline; }
        & > .preferred { color: $success; }
        & > .admitted { color: $foreground 75%; }
        & > .deprecated { color: $error; }
        & > .approved { color: $success; }
        & > .proposed { color: $warning; }
        & > .rejected { color: $error; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()

    def build(self, cells: int) -> Sequence[Content]:
        """The lines for a width in cells."""
        raise NotImplementedError

    def rebuild(self) -> None:
        """Make the lines anew and show them."""
        width = self.scrollable_content_region.width
        self._lines = self.build(width) if width > 0 else ()
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def on_resize(self) -> None:
        """Lines depend on the width."""
        self.rebuild()

    @property
    def plain_lines(self) -> list[str]:
        """What is shown, as plain text."""
        return [line.plain for line in self._lines]

    def line_style(self, index: int) -> Style:  # noqa: ARG002 (for those whose lines differ)
        """The style under a line."""
        return self.visual_style

    def render_line(self, y: int) -> Strip:
        """One row of the visible part."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        style = self.line_style(index) if index < len(self._lines) else self.visual_style
        if index >= len(self._lines):
            return Strip.blank(width, style.rich_style)
        line = self._lines[index]
        selection = self.text_selection
        span = selection.get_span(index) if selection is not None else None
        if span is not None:
            start, end = span
            selected = Style.from_styles(self.screen.get_component_styles("screen--selection"))
            line = line.stylize(selected, start, len(line) if end == -1 else end)
        strips = Visual.to_strips(self, line, width, 1, style, apply_selection=False)
        strip = strips[0] if strips else Strip.blank(width, style.rich_style)
        return strip.adjust_cell_length(width, style.rich_style).apply_offsets(0, index)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected with the mouse."""
        return selection.extract("\n".join(self.plain_lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 (Textual's method)
        """Show another selection."""
        self.refresh()
