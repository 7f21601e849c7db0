"""The pane that shows a sentence with its terms, and the memory's sentences like it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from tui.concept_lines import paragraph
from tui.line_view import LineView
from tui.wrapping import one_line, wrap_spans

if TYPE_CHECKING:
    from tm.matching import Edit
    from tui.sentence_reading import MatchShown, SentenceFound


class SentenceView(LineView):
    """A sentence, matches with what differs, and pairs that use pieces of it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.found: SentenceFound | None = None

    def show(self, found: "SentenceFound | None") -> None:
        """Show what was found; another text begins at its top."""
        another = found is None or self.found is None or found.text != self.found.text
        self.found = found
        self.rebuild()
        if another:
            self.scroll_to(y=0, animate=False)

    def build(self, cells: int) -> list[Content]:
        """The lines."""
        return list(_lines(self.found, cells)) if self.found else []


def _lines(found: "SentenceFound", cells: int) -> Iterator[Content]:
    yield from paragraph(found.text, cells, spans=found.spans)
    if found.matches is None:
        yield Content("Searching the memory ...").stylize(".muted")
        return
    if found.matches:
        yield from [Content(""), Content("Translated before").stylize(".heading")]
    for match in found.matches:
        yield from _match(match, cells)
    if found.parts is None:
        yield Content("Searching for pieces of it ...").stylize(".muted")
        return
    if found.parts:
        yield from [Content(""), Content("Pieces of it").stylize(".heading")]
    for pair in found.parts:
        yield from paragraph(pair.source, cells, spans=pair.source_spans)
        yield from paragraph(pair.target, cells, spans=pair.target_spans, style=".soft")
    if not found.matches and not found.parts:
        yield Content("The memory has nothing like it").stylize(".muted")


def _match(match: "MatchShown", cells: int) -> Iterator[Content]:
    yield from paragraph(f"{match.score:.0%}  {match.label}", cells, style=".muted")
    yield from difference_lines(match.edits, cells)
    yield from paragraph(match.target, cells, style=".soft")
    if match.substituted:
        yield from paragraph(f"with your numbers: {match.substituted}", cells, style=".accent")


def difference_lines(edits: "tuple[Edit, ...]", cells: int) -> list[Content]:
    """A stored sentence against the query: {+only in the query+}, [-only in what is stored-], coloured as well."""
    text = ""
    styled: list[tuple[str, int, int]] = []
    for edit in edits:
        piece = one_line(edit.text)
        if edit.kind != "same":
            piece, style = (f"{{+{piece}+}}", ".ours") if edit.kind == "query" else (f"[-{piece}-]", ".theirs")
            styled.append((style, len(text), len(text) + len(piece)))
        text += piece
    content = Content(text, strip_control_codes=False)
    for style, start, end in styled:
        content = content.stylize(style, start, end)
    return [content[start:end].rstrip() for start, end in wrap_spans(text, max(2, cells))]
