"""The score screen: which files, how good, how sure, and what is wrong segment by segment."""

from pathlib import Path
from typing import ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from lang.errors import YuqiaoError
from tui.actions import bindings
from tui.area_screen import AreaScreen
from tui.cancellation import Cancellation, ProgressLine
from tui.connection import SupersededError
from tui.jobs import LongJob
from tui.path_picker import PathPicker
from tui.score_lines import shown_names
from tui.score_messages import ReportSaved, ScoringEnded, ScoringGoesOn
from tui.score_run import ScoreRun, request_of, save_report, score
from tui.score_views import FiguresView, SegmentList, SegmentView
from tui.session import Session

_FIELDS: Final = (
    ("source", "Source", "terms and numbers are judged against it"),
    ("reference", "Reference", "several are parted by ;"),
    ("candidates", "Candidates", "the translations to score, parted by ; the first is compared with"),
)
_EMPTY: Final = (
    "Name the files and press Enter: BLEU, chrF and TER need a reference, terms and numbers the source.\n"
    "F2 picks a file from the folders. One segment a line; also FILE.tsv#COLUMN, FILE.jsonl#FIELD, TMX, XLIFF."
)


class ScoreScreen(AreaScreen):
    """Score translations."""

    AREA = "score"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("score"),
        *(Binding(str(digit), f"look_up_finding({digit})", show=False) for digit in range(2, 10)),
    ]
    CSS_PATH = "score_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = "#source"

    figures = getters.query_one(FiguresView)
    segments = getters.query_one(SegmentList)
    segment = getters.query_one(SegmentView)
    progress_line = getters.query_one(ProgressLine)
    status = getters.query_one("#score-status", Static)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.run: ScoreRun | None = None
        self._job: Cancellation | None = None
        self._told: LongJob | None = None
        self._system = ""

    def compose_area(self) -> ComposeResult:
        """Fields, panes, progress, status."""
        with Vertical(id="files"):
            for name, label, hint in _FIELDS:
                with Horizontal(classes="field"):
                    yield Static(label, markup=False)
                    field = Input(placeholder=hint, id=name, select_on_focus=False)
                    field.cursor_blink = False
                    yield field
        yield Static(Content(_EMPTY), id="empty", markup=False)
        with self.split_panes("score-panes"):
            with Vertical(id="score-left"):
                yield FiguresView(id="figures")
                yield SegmentList(id="segments")
            yield SegmentView(id="segment")
        yield ProgressLine()
        yield Static("", id="score-status", markup=False)

    def on_mount(self) -> None:
        """Name the panes."""
        self.query_one("#files").border_title = Content("Score")
        self.figures.border_title = Content("Figures")
        self.segments.border_title = Content("Segments, worst first")
        self.segment.border_title = Content("Segment")

    def on_unmount(self) -> None:
        """Quitting never waits for a scoring."""
        if self._job:
            self._job.ask()

    # Files

    def action_focus_files(self) -> None:
        """Go to the fields."""
        self.query_one("#source", Input).focus()

    def action_pick_file(self) -> None:
        """Pick a file for the field that has the focus, else one more candidate."""
        focused = self.focused if isinstance(self.focused, Input) else self.query_one("#candidates", Input)
        label = next((label for name, label, _ in _FIELDS if name == focused.id), "File")
        earlier = focused.value.replace("；", ";").split(";")[-1].strip()

        def picked(path: str | None) -> None:
            if path is None:
                return
            keep = focused.value.strip().rstrip(";；")
            # The source is one file; of the others another one is added.
            focused.value = path if focused.id == "source" or not keep else f"{keep}; {path}"
            focused.cursor_position = len(focused.value)
            self._go_on_from(focused)

        self.app.push_screen(PathPicker(label, str(Path(earlier).parent / "") if earlier else ""), picked)

    def on_key(self, event: events.Key) -> None:
        """Down and Up go from field to field."""
        names = [name for name, _, _ in _FIELDS]
        at = names.index(self.focused.id) if isinstance(self.focused, Input) and self.focused.id in names else -1
        to = at + {"down": 1, "up": -1}.get(event.key, 0)
        if at >= 0 and to != at and 0 <= to < len(names):
            event.stop()
            self.query_one(f"#{names[to]}", Input).focus()

    # Scoring

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        """Score; where there is no candidate yet, go to the next field that is empty."""
        if not self._go_on_from(message.input):
            self.action_run_scoring()

    def _go_on_from(self, field: Input) -> bool:
        """Go to the next field that is empty while there is no candidate; whether there is one to go to."""
        fields = [self.query_one(f"#{name}", Input) for name, _, _ in _FIELDS]
        empty = [field for field in fields[fields.index(field) + 1 :] if not field.value.strip()]
        if not empty or fields[-1].value.strip():
            return False
        empty[0].focus()
        return True

    def action_run_scoring(self) -> None:
        """Score what the fields name."""
        if self._job:
            return
        source, reference, candidates = (self.query_one(f"#{name}", Input).value for name, _, _ in _FIELDS)
        try:
            request = request_of(source, reference, candidates)
        except YuqiaoError as error:
            self.app.show_error(error)
            return
        cancellation = self._job = Cancellation()
        database = self.session.path

        def told(label: str, done: int, total: int) -> None:
            self.post_message(ScoringGoesOn(label, done, total))

        def work() -> None:
            run = None
            try:
                run = score(request, database, told, cancellation)
            except SupersededError:
                pass
            finally:
                self.post_message(ScoringEnded(run))

        self.progress_line.show("Reading files")
        self._told = LongJob("Score " + ", ".join(Path(name).name for name in request.hypotheses), self.AREA, cancellation.ask)
        self.app.run_long_job(work, self._told, group="score")

    @on(ScoringGoesOn)
    def _goes_on(self, message: ScoringGoesOn) -> None:
        if self._job and not self._job.asked:
            self.progress_line.show(message.label, message.done, message.total)
            if self._told is not None:
                self._told.tell(message.label, message.done, message.total)

    @on(ScoringEnded)
    def _ended(self, message: ScoringEnded) -> None:
        stopped = self._job is not None and self._job.asked
        self._job = None
        self.progress_line.clear()
        if message.run is None:
            if stopped:
                self.app.notify("The scoring was stopped", markup=False, timeout=3)
            return
        self.run = message.run
        self._system = ""
        self.add_class("-scored")
        self.figures.show(self.run)
        self.segments.show(self.run)
        self.segments.focus()
        self._show_status()

    def _show_status(self) -> None:
        if self.run is None:
            return
        grave = sum(result.grave > 0 for result in self.segments.results)
        which = f" of {shown_names(self.run.evaluation)[self._system]}" if self._system else ""
        counted = f"{self.segments.row_count:,} segments{which}, {grave:,} with wrong numbers or forbidden terms"
        self.status.update(Content(counted))

    # Segments

    @on(SegmentList.Highlighted)
    def _highlighted(self) -> None:
        self.segment.show(self.run, self.segments.current_result)

    @on(SegmentList.Chosen)
    def _chosen(self) -> None:
        self.segment.focus()

    def action_next_system(self) -> None:
        """Show the segments of the next system, after the last one those of all."""
        if self.run is None:
            return
        names = ["", *self.run.evaluation.material.systems]
        self._system = names[(names.index(self._system) + 1) % len(names)]
        self.segments.show(self.run, self._system)
        self._show_status()

    def action_look_up_finding(self, number: int = 1) -> None:
        """Look the term of a finding up."""
        finding, result = self.segment.finding(number), self.segments.current_result
        source = self.run.evaluation.material.source if self.run else None
        if finding is None or result is None or source is None or finding.source is None:
            return
        start, end = finding.source
        self.app.look_up(source[result.index][start:end])

    def action_copy_translation(self) -> None:
        """Copy what the system has for the segment."""
        result = self.segments.current_result
        if result is not None:
            self.copy_text(result.text, "The system has nothing for this segment")

    def action_copy_source(self) -> None:
        """Copy the source of the segment."""
        result = self.segments.current_result
        source = self.run.evaluation.material.source if self.run else None
        if result is not None:
            self.copy_text(source[result.index] if source else "", "No source was named for these scores")

    # Report

    def action_save_report(self) -> None:
        """Ask for a place and write the report there."""
        run = self.run
        if run is None:
            return

        def write(path: str | None) -> None:
            if path is not None:
                place = Path(path)
                self.app.run_job(lambda: self._write(run, place), group="report")

        start = str(Path(run.request.hypotheses[0]).absolute().with_name("scores.html"))
        self.app.push_screen(PathPicker("Save the report as", start, must_exist=False), write)

    def _write(self, run: ScoreRun, place: Path) -> None:
        save_report(run, place)
        self.post_message(ReportSaved(place))

    @on(ReportSaved)
    def _saved(self, message: ReportSaved) -> None:
        self.app.notify(f"Written: {message.path}", markup=False, timeout=5)

    # Moving about

    def action_step_back(self) -> None:
        """Stop what runs; else from the segment to the list, from there to the fields."""
        if self._job:
            self._job.ask()
        elif self.focused is self.segment or (self.run is not None and isinstance(self.focused, Input)):
            self.segments.focus()
        else:
            self.action_focus_files()

    def on_descendant_focus(self) -> None:
        """Where there is no room for two, the segment takes the place of the list."""
        self.set_class(self.focused is self.segment, "-reading")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs figures is off while there are none."""
        if action in ("next_system", "save_report", "look_up_finding", "copy_translation", "copy_source") and self.run is None:
            return False
        # Digits and letters belong to the fields while one is being typed in.
        return super().check_action(action, parameters)
