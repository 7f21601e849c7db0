"""The panes of the score screen: figures, segments, one segment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.line_view import LineView
from tui.score_lines import figure_lines, numbered_findings, segment_line, segment_lines
from tui.score_run import ScoreRun
from tui.virtual_list import VirtualList

if TYPE_CHECKING:
    from scoring.metric import Finding
    from scoring.worst import SegmentResult


class FiguresView(LineView):
    """The table of systems and metrics, with bars."""

    run: ScoreRun | None = None

    def show(self, run: ScoreRun | None) -> None:
        """Show these figures."""
        self.run = run
        self.rebuild()
        self.scroll_to(y=0, animate=False)

    def build(self, cells: int) -> Sequence[Content]:
        """Table and bars."""
        return figure_lines(self.run.evaluation, cells) if self.run else []


class SegmentList(VirtualList):
    """The segments, worst first; of all systems or of one."""

    run: ScoreRun | None = None
    results: "Sequence[SegmentResult]" = ()

    def show(self, run: ScoreRun | None, system: str = "") -> None:
        """Show the segments of a run, of one system where one is named."""
        self.run = run
        self.results = [one for one in run.worst if not system or one.system == system] if run else ()
        self.restart()

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self.results)

    @property
    def current_result(self) -> "SegmentResult | None":
        """The current segment."""
        return self.results[self.current] if self.results else None

    def row(self, index: int, cells: int) -> Content:
        """A segment in one line."""
        assert self.run is not None
        return segment_line(self.results[index], self.run.evaluation, cells)


class SegmentView(LineView):
    """Everything about one segment."""

    run: ScoreRun | None = None
    result: "SegmentResult | None" = None

    def show(self, run: ScoreRun | None, result: "SegmentResult | None") -> None:
        """Show a segment."""
        self.run, self.result = run, result
        self.rebuild()
        self.scroll_to(y=0, animate=False)

    def build(self, cells: int) -> Sequence[Content]:
        """Its lines."""
        if self.run is None or self.result is None:
            return []
        return segment_lines(self.result, self.run.evaluation, cells)

    def finding(self, number: int) -> "Finding | None":
        """The term finding with this number, from 1."""
        found = numbered_findings(self.result) if self.result else []
        return found[number - 1] if 0 < number <= len(found) else None
