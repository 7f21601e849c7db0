"""The panes of the translate area: segments, source, target editor, help."""

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from tui.concept_lines import paragraph
from tui.display import AS_STORED, DisplayScript
from tui.highlighting import term_spans
from tui.line_view import LineView
from tui.marks import STATUS_SIGNS
from tui.sentence_view import difference_lines
from tui.translate_work import Help, TranslationWork
from tui.virtual_list import VirtualList
from tui.wrapping import fit, one_line

_RENDERINGS: Final = 3
_PAIRED: Final = ("「」", "『』", "“”", "‘’", "《》", "（）", "()")


class SegmentList(VirtualList):
    """The segments of the document with their translations; a sign says how far each is."""

    work: TranslationWork | None = None

    def show(self, work: TranslationWork, at: int) -> None:
        """Show a document, a segment current."""
        self.work = work
        self.restart(at)

    @property
    def row_count(self) -> int:
        """How many segments there are."""
        return len(self.work.segments) if self.work else 0

    def row(self, index: int, cells: int) -> Content:
        """Number, sign, source, target."""
        assert self.work is not None
        segment = self.work.segments[index]
        rendered = self.work.draft.rendered(segment.index)
        sign, style = ("✓", ".approved") if rendered.confirmed else ("?", ".proposed") if rendered.target else (" ", "")
        if rendered.confirmed and index in self.work.faults:
            sign, style = "!", ".rejected"
        digits = len(str(self.row_count))
        head = Content.assemble((f"{index + 1:>{digits}}", ".muted"), " ", (sign, style), " ")
        room = max(0, cells - head.cell_length - 2)
        source_cells = room * 2 // 5 if self.work.language == "zh" else room // 2
        return head + Content(fit(segment.text, source_cells) + "  " + fit(rendered.target, room - source_cells))


class SourceView(LineView, can_focus=False):
    """The source of the current segment, its terms marked."""

    _text = ""
    _spans: Sequence[tuple[int, int]] = ()

    def show(self, text: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        """Show a text."""
        self._text, self._spans = text, spans
        self.rebuild()

    def build(self, cells: int) -> Sequence[Content]:
        """Its lines."""
        return paragraph(self._text, cells, spans=self._spans)


class TargetEditor(TextArea):
    """The translation of the current segment; Enter confirms it."""

    class Confirmed(Message):
        """The translation is right as it stands."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Confirmed())
            return
        await super()._on_key(event)


class HelpView(LineView):
    """Warnings, matches and terms of the current segment."""

    _help: Help | None = None
    _warnings: Sequence[str] = ()
    _target = ""
    script: DisplayScript = AS_STORED

    def show(self, help_: Help | None) -> None:
        """Show what there is for another segment; None while it is looked up."""
        self._help, self._warnings = help_, ()
        self.rebuild()
        self.scroll_to(y=0, animate=False)

    def judge(self, target: str, warnings: Sequence[str]) -> None:
        """Show what is wrong with a target, and which terms it has."""
        self._target, self._warnings = target, warnings
        self.rebuild()

    def build(self, cells: int) -> Sequence[Content]:
        """Warnings first: they are about what is being written."""
        lines: list[Content] = []
        for warning in self._warnings:
            lines += _marked("!", ".rejected", paragraph(warning, max(8, cells - 2)))
        if self._help is None:
            return lines
        for number, match in enumerate(self._help.matches, start=1):
            kind = f"{match.score:.0%} {match.kind}" + (", numbers put in" if match.substituted else "")
            head = Content.assemble(
                (str(number), ".accent"), " ", (kind, ".heading"), (f"  {one_line(match.unit.origin)}", ".muted")
            )
            lines.append(head.truncate(cells))
            edits = self._help.edits[number - 1]
            if edits:
                lines += [Content("  ") + line for line in difference_lines(edits, max(2, cells - 2))]
            else:
                lines += paragraph(self.script.show(match.source), cells, style=".soft", indent=2)
            lines += paragraph(self.script.show(match.substituted or match.target), cells, indent=2)
        if self._help.terms and lines:
            lines.append(Content(""))
        for term in self._help.terms:
            wanted = (*term.translations, *map(self.script.show, term.translations))
            used = bool(self._target) and bool(term_spans(self._target, wanted))
            sign, style = ("✓", ".approved") if used else ("x", ".proposed") if self._target.strip() else (" ", "")
            renderings = self.script.show("; ".join(term.translations[:_RENDERINGS]))
            text = f"{without_lone_marks(one_line(term.text))} = {renderings}"
            if term.status == "deprecated":
                text += f"  ({STATUS_SIGNS['deprecated']} in the source; {term.preferred})"
            lines += _marked(sign, style, paragraph(text, max(8, cells - 2)))
        if not lines:
            lines = paragraph("Nothing in the term base or the memory is like this.", cells, style=".muted")
        return lines


def without_lone_marks(text: str) -> str:
    """A term as found in a text, without a quotation mark whose other half stands behind it."""
    for opening, closing in _PAIRED:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def _marked(sign: str, style: str, lines: list[Content]) -> list[Content]:
    heads = [Content.assemble((sign, style), " "), *([Content("  ")] * (len(lines) - 1))]
    return [head + line for head, line in zip(heads, lines, strict=True)]
