"""What the booth shows: one segment at a glance, and those before it."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from interpret.engine import Output
from interpret.prompt import Prompts
from tui.display import AS_STORED, DisplayScript
from tui.line_view import LineView
from tui.wrapping import fit, one_line, wrap, wrap_spans

KEPT: Final = 2_000
"""Segments that can be jumped back to; a speech of hours must not fill the memory."""


@dataclass(frozen=True, slots=True)
class Said:
    """A segment: its latest prompts, and what the engine made of it when that is there."""

    prompts: Prompts
    output: Output | None = None

    @property
    def english(self) -> str:
        """The engine's text; empty while there is none, and for a mere gloss, which the prompts say better."""
        return self.output.text if self.output is not None and self.output.kind != "gloss" else ""


class Speech:
    """The segments said so far, in order."""

    def __init__(self) -> None:
        self._said: OrderedDict[int, Said] = OrderedDict()

    def __len__(self) -> int:
        return len(self._said)

    def take(self, prompts: Prompts) -> None:
        """A segment's latest prompts; one that was taken back goes."""
        if not prompts.text:
            self._said.pop(prompts.segment, None)
            return
        before = self._said.get(prompts.segment)
        self._said[prompts.segment] = Said(prompts, before.output if before and before.prompts.text == prompts.text else None)
        while len(self._said) > KEPT:
            self._said.popitem(last=False)

    def answer(self, output: Output) -> None:
        """What the engine made of a segment."""
        before = self._said.get(output.segment)
        if before is not None:
            self._said[output.segment] = replace(before, output=output)

    def segments(self) -> list[Said]:
        """All that are kept, newest last."""
        return list(self._said.values())


class NowView(LineView):
    """One segment: what was said with its terms marked, then a line for each term and number, then the English."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._said: Said | None = None
        self._script: DisplayScript = AS_STORED

    def show(self, said: Said | None, script: DisplayScript) -> None:
        """Show a segment."""
        self._said, self._script = said, script
        self.rebuild()
        self.scroll_home(animate=False)

    def build(self, cells: int) -> list[Content]:
        """The lines."""
        said = self._said
        if said is None:
            return []
        prompts = said.prompts
        lines = _marked(prompts, cells)
        if not prompts.final:
            lines[-1] = Content.assemble(lines[-1], (" ...", ".muted"))
        lines.append(Content(""))
        lines += self._prompts(prompts, cells)
        match = prompts.match
        if match is not None and not said.english:
            warning = ", other numbers" if match.numbers_differ else ""
            lines.append(Content(f"like {match.score:.2f} ({match.kind}{warning})").stylize(".muted"))
            lines += [Content("  " + self._shown(line)).stylize(".soft") for line in wrap(one_line(match.target), cells - 2)]
        if said.english:
            lines.append(Content(""))
            lines += [Content(self._shown(line)).stylize(".title") for line in wrap(one_line(said.english), cells)]
        if said.output is not None:
            for missed in (*said.output.missed_terms, *said.output.missed_numbers):
                if said.english:
                    lines.append(Content(f"! missing: {missed}").stylize(".deprecated"))
            if said.output.reason:
                lines += [Content(line).stylize(".deprecated") for line in wrap("! " + said.output.reason, cells)]
        return lines

    def _prompts(self, prompts: Prompts, cells: int) -> list[Content]:
        """Terms and numbers in the order in which they were said, each once; what was said before is quiet."""
        rows: dict[str, tuple[int, str, bool]] = {}
        for term in prompts.terms:
            rows.setdefault(one_line(term.text), (term.start, one_line(term.renderings[0]), term.first))
        for number in prompts.numbers:
            rows.setdefault(one_line(number.text), (number.start, one_line(number.rendering), True))
        ordered = sorted(rows.items(), key=lambda row: row[1][0])
        column = min(max((cell_len(text) for text, _ in ordered), default=0), max(8, cells // 3))
        lines: list[Content] = []
        for text, (_, rendering, loud) in ordered:
            sign = "> " if loud else "  "
            first, *more = wrap(self._shown(rendering), max(8, cells - column - 4))
            style = "bold $accent" if loud else "$foreground 62%"
            lines.append(
                Content.assemble((sign + fit(self._shown(text), column) + "  ", ".soft" if loud else ".muted"), (first, style))
            )
            lines += [Content(" " * (column + 4) + line).stylize(style) for line in more]
        return lines

    def _shown(self, text: str) -> str:
        return self._script.show(text)


def _marked(prompts: Prompts, cells: int) -> list[Content]:
    """What was said, with terms and numbers underlined where they stand."""
    text = one_line(prompts.text)
    spans = [(term.start, term.end) for term in prompts.terms] + [(number.start, number.end) for number in prompts.numbers]
    lines: list[Content] = []
    for start, end in wrap_spans(text, cells):
        line = Content(text[start:end].rstrip())
        for first, last in spans:
            if first < end and last > start:
                line = line.stylize("underline", max(first, start) - start, min(last, end) - start)
        lines.append(line)
    return lines or [Content("")]


class EarlierView(LineView):
    """The segments before the one shown, newest on top, a line each."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._said: list[Said] = []
        self._script: DisplayScript = AS_STORED

    def show(self, said: list[Said], script: DisplayScript) -> None:
        """Show segments, oldest first."""
        self._said, self._script = said, script
        self.rebuild()

    def build(self, cells: int) -> list[Content]:
        """What was said and what it is in English, or its terms."""
        lines: list[Content] = []
        half = max(10, cells * 2 // 5)
        for said in reversed(self._said):
            prompts = said.prompts
            told = [number.rendering for number in prompts.numbers]
            told += [term.renderings[0] for term in prompts.terms if term.first]
            told = told or [term.renderings[0] for term in prompts.terms]
            other = said.english or "; ".join(dict.fromkeys(told))
            lines.append(
                Content.assemble(
                    (fit(self._script.show(prompts.text), half) + "  ", ".soft"),
                    (fit(self._script.show(other), max(0, cells - half - 2)), ".muted"),
                )
            )
        return lines
