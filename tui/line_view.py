"""A scrolling view of lines made for its width: the base of the results, the concept and the help."""

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

STYLES: Final[dict[str, str]] = {
    ".muted": "$foreground 62%",
    ".soft": "$foreground 80%",
    ".accent": "$accent",
    ".heading": "bold $accent",
    ".title": "bold",
    ".hit": "bold underline $accent",
    ".avoided": "strike $error",
    ".ours": "bold $success",
    ".theirs": "$error",
    ".preferred": "$success",
    ".admitted": "$foreground 75%",
    ".deprecated": "$error",
    ".approved": "$success",
    ".proposed": "$warning",
    ".rejected": "$error",
}
"""What lines are styled with, by name. Not component classes of Textual's: these are worked out anew for every view, and all
of them again whenever a class of the screen changes, which took half of the time of the first paint.
"""


class LineView(ScrollView, can_focus=True):
    """Subclasses make the lines in `build`; each is one row, at most as wide as it was told."""

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
        self.resized()

    def resized(self) -> None:
        """Called once the lines for another size are there."""

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
        # A line fits, so nothing of Textual's wrapping and aligning is needed, which takes longer than all else here.
        # Where a line is shown in reverse, colours of their own would be the ground of its pieces.
        pieces = [(text, own.without_color if style.reverse else own) for text, own in line.render(style, "", _style_of)]
        segments = [Segment(text, (style + own).rich_style) for text, own in pieces]
        strip = Strip(segments, line.cell_length).adjust_cell_length(width, style.rich_style)
        return strip.apply_offsets(0, index)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected with the mouse."""
        return selection.extract("\n".join(self.plain_lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 (Textual's method)
        """Show another selection."""
        self.refresh()


def _style_of(style: str | Style) -> Style:
    return Style.parse(STYLES.get(style, style)) if isinstance(style, str) else style
