"""The align area: two documents side by side, their pairs corrected and accepted, kept at every key, saved when right."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tm.alignment_cutting import cut_places, cut_row
from tm.alignment_editing import (
    Cut,
    Edit,
    Side,
    Verdict,
    judge_row,
    merge_rows,
    next_doubtful,
    shift_sentence,
    split_row,
)
from tui.actions import bindings
from tui.align_cutting import CutDialog
from tui.align_messages import AligningEnded, AligningGoesOn, DocumentsAligned, PairJudged, PairsSaved
from tui.align_views import SIDES, AlignmentList, PairView
from tui.align_work import AlignWork, Told, open_work, partner_of, save_to_file, save_to_memory
from tui.area_screen import AreaScreen
from tui.cancellation import Cancellation, ProgressLine
from tui.connection import Connection
from tui.jobs import LongJob
from tui.path_picker import PathPicker
from tui.session import Session
from tui.translate_work import warnings_of
from tui.wrapping import one_line

_EMPTY = (
    "No documents are open.\n\n"
    "F2 opens two that translate each other, Chinese and English in either order: txt, md, docx, html, xlsx, XLIFF, SRT or VTT. "
    "They are aligned sentence by sentence. What you correct is kept beside the Chinese one at once, so you can go on where "
    "you left."
)


class AlignScreen(AreaScreen):
    """Align two documents."""

    AREA = "align"
    DIALOGS = ("cut",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("align")]
    CSS_PATH = "align_screen.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = ""

    rows = getters.query_one(AlignmentList)
    pair = getters.query_one(PairView)
    progress_line = getters.query_one(ProgressLine)
    status = getters.query_one("#align-status", Static)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.work: AlignWork | None = None
        self._connection = Connection(session.open)
        self._under_way: Cancellation | None = None
        self._told: LongJob | None = None

    def compose_area(self) -> ComposeResult:
        """What to do where no documents are open; else rows, current row, progress, status."""
        yield Static(Content(_EMPTY), id="align-empty", markup=False)
        with self.split_panes("align-panes", stacked=True):
            yield AlignmentList(id="align-rows")
            yield PairView(id="align-pair")
        yield ProgressLine()
        yield Static("", id="align-status", markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        self.pair.border_title = Content("Pair")
        self.pair.border_subtitle = Content("c cuts a sentence")
        if last := self._last_documents():
            chinese, english = (one_line(Path(path).name) for path in last)
            said = f"{_EMPTY}\n\nF2 and Enter, and Enter again, go on with {chinese} and {english}."
            self.query_one("#align-empty", Static).update(Content(said))

    def on_unmount(self) -> None:
        """Quitting waits for what was edited to be on the disk, and for nothing else."""
        if self._under_way is not None:
            self._under_way.ask()
        if self.work is not None:
            self.work.draft.write()
        self._connection.close()

    def script_changed(self) -> None:
        """Show Chinese in another script."""
        self._show_current()

    # Documents

    def action_open_documents(self) -> None:
        """Ask for the two documents and align them."""
        if self._under_way is not None:
            return

        last = self._last_documents()

        def first_picked(first: str | None) -> None:
            if first is None:
                return
            start = last[1] if last and Path(first) == Path(last[0]) else str(partner_of(Path(first)) or f"{Path(first).parent}/")
            self.app.push_screen(PathPicker("Open its translation", start), lambda second: self._align(first, second))

        start = f"{self.work.pair.chinese.path.parent}/" if self.work else last[0] if last else ""
        self.app.push_screen(PathPicker("Open a document, Chinese or English", start), first_picked)

    def _last_documents(self) -> tuple[str, str] | None:
        """Those of an earlier session, Chinese and English, where both are still there."""
        last = self.session.aligned
        return last if all(path and Path(path).is_file() for path in last) else None

    def _align(self, first: str, second: str | None) -> None:
        if second is None:
            return

        def opened(told: Told, cancellation: Cancellation) -> None:
            work = open_work(self.session.open, Path(first), Path(second), told, cancellation)
            self.send(DocumentsAligned(work))

        self._run(f"Align {Path(first).name}", opened)

    @on(DocumentsAligned)
    def _aligned(self, message: DocumentsAligned) -> None:
        if self.work is not None:
            self.work.draft.write()
        work = self.work = message.work
        self.session.aligned = (str(work.pair.chinese.path.absolute()), str(work.pair.english.path.absolute()))
        self.app.keep_settings()
        self.add_class("-open")
        names = (one_line(text.path.name) for text in (work.pair.chinese, work.pair.english))
        self.rows.border_title = Content(" / ".join(names))
        self.rows.work, self.rows.side = work, "target"
        first = 0 if work.rows[0].doubtful else next_doubtful(work.rows, 0) or 0
        self.rows.restart(first)
        self.rows.focus()
        self.refresh_bindings()
        if work.resumed:
            self.app.notify("Going on where you left", markup=False, timeout=4)

    # The current row

    @on(AlignmentList.Highlighted)
    def _show_current(self) -> None:
        work = self.work
        if work is None:
            return
        at, side = self.rows.current, self.rows.side
        self.rows.script = self.script
        self.rows.refresh()
        self.pair.show(work, at, side, self.script)
        self._show_status()
        row = work.rows[at]
        if row.paired:
            texts = work.texts(row)
            self.app.run_job(lambda: self.send(PairJudged(texts, warnings_of(*texts, "zh"))), group="align-judge", exclusive=True)

    @on(PairJudged)
    def _judged(self, message: PairJudged) -> None:
        if self.work is not None and self.work.texts(self.work.rows[self.rows.current]) == message.texts:
            self.pair.warn(message.warnings)

    def _show_status(self) -> None:
        if self.work is None:
            return
        rows = self.work.rows
        accepted, doubtful = sum(row.verdict == "accepted" for row in rows), sum(row.doubtful for row in rows)
        said = f"{self.rows.current + 1:,} of {len(rows):,}   {accepted:,} accepted, {doubtful:,} doubtful"
        self.status.update(Content(f"{said}   F9 to memory, Ctrl+S to file"))

    # Judging

    @on(AlignmentList.Chosen)
    def action_accept_pair(self) -> None:
        """The row is right as it stands; go on to the next doubtful one."""
        self._judge("accepted")

    def action_leave_out(self) -> None:
        """The row is of no use to a memory, or is after all."""
        work = self.work
        if work is not None and work.rows[self.rows.current].verdict == "left out":
            self._edit(lambda rows, at: judge_row(rows, at, "open"))
        else:
            self._judge("left out")

    def _judge(self, verdict: Verdict) -> None:
        work = self.work
        if work is None:
            return
        edit = judge_row(work.rows, self.rows.current, verdict)
        if edit is not None:
            work.draft.do(edit)
            self._keep()
        following = next_doubtful(work.rows, self.rows.current)
        if following is None:
            self.app.notify("Nothing doubtful is left. F9 saves to the memory, Ctrl+S to a file.", markup=False, timeout=5)
        self._go(self.rows.current if following is None else following)

    def action_next_doubtful(self) -> None:
        """Go to the next doubtful row."""
        self._jump(back=False)

    def action_previous_doubtful(self) -> None:
        """Go to the doubtful row before."""
        self._jump(back=True)

    def _jump(self, *, back: bool) -> None:
        place = next_doubtful(self.work.rows, self.rows.current, back=back) if self.work else None
        if place is None:
            self.app.notify("No other pair is doubtful", markup=False, timeout=3)
        else:
            self._go(place)

    # Shaping

    def action_merge_pairs(self) -> None:
        """Make one row of the current one and the next."""
        self._edit(merge_rows)

    def action_split_pair(self) -> None:
        """Make two rows of the current one."""
        self._edit(split_row)

    def action_cut_sentence(self) -> None:
        """Ask where a sentence of the current row is to be cut, and cut it."""
        work, at = self.work, self.rows.current
        if work is None:
            return
        alignment = work.draft.alignment
        places = {side: found for side, _ in SIDES if (found := cut_places(alignment, at, side))}
        if not places:
            self._nothing_to_do()
            return

        def chosen(cut: Cut | None) -> None:
            if cut is not None:
                self._edit(lambda _, at: cut_row(alignment, at, cut))

        self.app.push_screen(CutDialog(alignment, at, places, self.rows.side, self.script), chosen)

    def action_shift_down(self) -> None:
        """Give the last sentence of the current side to the next row."""
        self._edit(lambda rows, at: shift_sentence(rows, at, self.rows.side, down=True))

    def action_shift_up(self) -> None:
        """Give the first sentence of the current side to the row before."""
        self._edit(lambda rows, at: shift_sentence(rows, at, self.rows.side, down=False), last=True)

    def _edit(self, shape: Callable[..., Edit | None], *, last: bool = False) -> None:
        """Make an edit of the current row; the first or the last of the rows it makes is the current one then."""
        work = self.work
        if work is None:
            return
        edit = shape(work.rows, self.rows.current)
        if edit is None:
            self._nothing_to_do()
            return
        work.draft.do(edit)
        self._keep()
        self._go(edit.at + (len(edit.after) - 1 if last else 0))

    def _nothing_to_do(self) -> None:
        self.app.notify("There is nothing to do that with here", severity="warning", markup=False, timeout=3)

    def action_undo_edit(self) -> None:
        """Undo the latest edit."""
        self._went_back(self.work.draft.undo() if self.work else None, "undo")

    def action_redo_edit(self) -> None:
        """Make the edit undone last again."""
        self._went_back(self.work.draft.redo() if self.work else None, "make again")

    def _went_back(self, edit: Edit | None, what: str) -> None:
        if edit is None:
            self.app.notify(f"There is nothing to {what}", markup=False, timeout=3)
            return
        self._keep()
        self._go(edit.at)

    def _keep(self) -> None:
        """Bring what was done to the disk."""
        work = self.work
        if work is not None:
            self.app.run_job(work.draft.write, group="align-keep")

    def _go(self, at: int) -> None:
        self.rows.restart(at)

    def action_chinese_side(self) -> None:
        """Shift sentences of the Chinese side from now on."""
        self._choose_side("source")

    def action_english_side(self) -> None:
        """Shift sentences of the English side from now on."""
        self._choose_side("target")

    def _choose_side(self, side: Side) -> None:
        self.rows.side = side
        self._show_current()

    # Saving

    def action_save_to_memory(self) -> None:
        """Bring the pairs into the memory."""
        work, connection = self.work, self._connection
        if work is None or self._under_way is not None:
            return

        def saved(told: Told, cancellation: Cancellation) -> None:
            with connection.use() as workspace:
                self.send(PairsSaved(save_to_memory(workspace, work, told, cancellation)))

        self._run(f"Save {work.pair.chinese.path.name} to the memory", saved)

    def action_save_to_file(self) -> None:
        """Ask for a place and write the pairs there."""
        work = self.work
        if work is None:
            return

        def picked(path: str | None) -> None:
            if path is not None:
                self.app.run_job(lambda: self.send(PairsSaved(save_to_file(work, Path(path)))), group="align-file")

        self.app.push_screen(PathPicker("Save the pairs as", str(work.output.absolute()), must_exist=False), picked)

    @on(PairsSaved)
    def _saved(self, message: PairsSaved) -> None:
        self.app.notify(message.said, markup=False, timeout=6)

    # What takes long

    def _run(self, title: str, job: Callable[[Told, Cancellation], None]) -> None:
        """Run a job that tells how far it is and that Esc stops."""
        cancellation = self._under_way = Cancellation()
        self._told = LongJob(title, self.AREA, cancellation.ask)

        def told(what: str, done: int, total: int) -> None:
            self.send(AligningGoesOn(what, done, total))

        def work() -> None:
            try:
                job(told, cancellation)
            finally:
                self.send(AligningEnded())

        self.app.run_long_job(work, self._told, group="align")

    @on(AligningGoesOn)
    def _goes_on(self, message: AligningGoesOn) -> None:
        if self._under_way is not None:
            self.progress_line.show(message.what, message.done, message.total)
            if self._told is not None:
                self._told.tell(message.what, message.done, message.total)

    @on(AligningEnded)
    def _ended(self) -> None:
        if self._under_way is not None and self._under_way.asked:
            self.app.notify("Stopped; nothing was changed", markup=False, timeout=4)
        self._under_way = None
        self.progress_line.clear()

    def action_step_back(self) -> None:
        """Stop what is running; else go back to the list."""
        if self._under_way is not None:
            self._under_way.ask()
        elif self.work is not None:
            self.rows.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs documents is off while there are none."""
        if self.work is None and action in _FOR_DOCUMENTS:
            return False
        return super().check_action(action, parameters)


_FOR_DOCUMENTS = frozenset(
    {
        "accept_pair",
        "leave_out",
        "next_doubtful",
        "previous_doubtful",
        "merge_pairs",
        "split_pair",
        "cut_sentence",
        "shift_down",
        "shift_up",
        "undo_edit",
        "redo_edit",
        "save_to_memory",
        "save_to_file",
    }
)
