"""The translate area: a document segment by segment, with terms, matches and number warnings, safe on every confirmation."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui.actions import bindings
from tui.area_screen import AreaScreen
from tui.path_picker import PathPicker
from tui.session import Session
from tui.translate_messages import DocumentOpened, DocumentSaved, HelpCame, NumbersJudged, SegmentKept, SegmentsChecked
from tui.translate_views import HelpView, SegmentList, SourceView, TargetEditor
from tui.translate_work import Assistance, Help, TranslationWork, warnings_of
from tui.wrapping import one_line

if TYPE_CHECKING:
    from textual.timer import Timer

_EMPTY = (
    "No document is open.\n\n"
    "F2 opens one: txt, md, docx, html, xlsx, XLIFF, SRT or VTT. What you confirm is kept beside it\n"
    "at once, so a translation goes on where it was left."
)

_PAUSES: Final = 12
"""So many times the wait before a query is answered is a pause in writing: a second and a half."""

_FOR_A_DOCUMENT: Final = frozenset(
    {"confirm_segment", "insert_match", "insert_term", "save_document", "copy_target", "copy_source", "next_warning"}
)


class TranslateScreen(AreaScreen):
    """Translate a document."""

    AREA = "translate"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("translate")]
    CSS_PATH = "translate_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = ""

    segments = getters.query_one(SegmentList)
    source = getters.query_one(SourceView)
    editor = getters.query_one(TargetEditor)
    helping = getters.query_one(HelpView)
    status = getters.query_one("#translate-status", Static)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.work: TranslationWork | None = None
        self._assistance = Assistance(session.open)
        self._help: Help | None = None
        self._at = 0
        self._loaded = ""
        self._next_match = 0
        self._next_term = 0
        self._timer: Timer | None = None
        self._pause: Timer | None = None

    def compose_area(self) -> ComposeResult:
        """What to do where no document is open; else segments, source, editor, help."""
        yield Static(Content(_EMPTY), id="translate-empty", markup=False)
        with self.split_panes("translate-panes"):
            with Vertical(id="translate-left"):
                yield SegmentList(id="translate-segments")
                yield SourceView(id="translate-source")
                editor = TargetEditor(id="target", compact=True, show_line_numbers=False, highlight_cursor_line=False)
                editor.cursor_blink = False
                yield editor
            yield HelpView(id="helping")
        yield Static("", id="translate-status", markup=False)

    def on_mount(self) -> None:
        """Name the panes."""
        self.source.border_title = Content("Source")
        self.editor.border_title = Content("Target")
        self.helping.script = self.script
        self.helping.border_title = Content("Matches and terms")
        if last := self._last_document():
            said = f"{_EMPTY}\n\nF2 and Enter go on with {one_line(Path(last).name)}."
            self.query_one("#translate-empty", Static).update(Content(said))

    def on_unmount(self) -> None:
        """Close the connection."""
        self._assistance.close()

    def script_changed(self) -> None:
        """Matches and terms in the script; what is translated and what was written stay as they are."""
        self.helping.script = self.script
        self.helping.rebuild()

    # Documents

    def action_open_document(self) -> None:
        """Ask for a document and open it."""

        def picked(path: str | None) -> None:
            if path is not None:
                self.app.run_job(lambda: self.send(DocumentOpened(TranslationWork.open(Path(path)))), group="document")

        self._keep_begun()
        start = f"{self.work.document.path.parent}/" if self.work else self._last_document()
        self.app.push_screen(PathPicker("Open a document", start), picked)

    def _last_document(self) -> str:
        """The document of an earlier session, where it is still there."""
        last = self.session.document
        return last if last and Path(last).is_file() else ""

    @on(DocumentOpened)
    def _opened(self, message: DocumentOpened) -> None:
        self.work = message.work
        self.session.document = str(self.work.document.path.absolute())
        self.app.keep_settings()
        self.add_class("-open")
        self.segments.border_title = Content(one_line(self.work.document.path.name))
        self.refresh_bindings()
        self.segments.show(self.work, self.work.first_open())
        self.editor.focus()
        self._check(self.work, self.work.confirmed_targets())

    def _check(self, work: TranslationWork, targets: Mapping[int, str]) -> None:
        """Check what an earlier session confirmed."""
        if targets:
            self.app.run_job(lambda: self.send(SegmentsChecked(work, self._assistance.check(work, targets))), group="check")

    @on(SegmentsChecked)
    def _checked(self, message: SegmentsChecked) -> None:
        work, at = message.work, message.at
        if work is not self.work:
            return
        work.checked(message.faults)
        self.segments.refresh()
        self._show_status()
        if at is None:
            return
        said = work.faults.get(at, ())
        if said:
            more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
            text = f"Segment {at + 1}: {said[0]}{more} Alt+N goes back to it."
            self.app.notify(text, severity="warning", markup=False, timeout=6)

    def action_save_document(self) -> None:
        """Ask for a place and write the translation there."""
        work = self.work
        if work is None:
            return
        self._keep_begun()

        def picked(path: str | None) -> None:
            if path is not None:
                self.app.run_job(lambda: self._write(work, Path(path)), group="keep")

        self.app.push_screen(PathPicker("Save the translation as", str(work.output.absolute()), must_exist=False), picked)

    def _write(self, work: TranslationWork, path: Path) -> None:
        written = work.write(path)
        self.send(DocumentSaved(path, len(written.simplified)))

    @on(DocumentSaved)
    def _saved(self, message: DocumentSaved) -> None:
        lost = f"; {message.simplified} segments lost inline formatting" if message.simplified else ""
        self.app.notify(f"Written: {message.path}{lost}", markup=False, timeout=6)

    # Segments

    @on(SegmentList.Highlighted)
    def _moved(self) -> None:
        """Another segment is the current one: its texts at once, help when it comes."""
        work = self.work
        if work is None:
            return
        if self.segments.current != self._at:
            self._keep_begun()
        at = self._at = self.segments.current
        segment = work.segments[at]
        self._help, self._next_match, self._next_term = None, 0, 0
        self.source.show(segment.text)
        self.helping.show(None)
        self._load(work.draft.rendered(segment.index).target)
        self._show_status()
        assistance = self._assistance
        self.app.run_job(lambda: self.send(HelpCame(work, assistance.help(work, at))), group="help", exclusive=True)

    def _load(self, text: str) -> None:
        self._loaded = text
        self.editor.load_text(text)
        self.editor.move_cursor(self.editor.document.end)
        self._judge()

    @on(HelpCame)
    def _help_came(self, message: HelpCame) -> None:
        if message.work is not self.work or message.help.index != self._at:
            return
        self._help = message.help
        text = self.work.segments[self._at].text
        self.source.show(text, [(term.start, term.end) for term in message.help.terms])
        self.helping.show(message.help)
        best = next(iter(message.help.matches), None)
        if best is not None and best.score >= 1 and not self.editor.text:
            # A whole match is what the translator would put in; it is confirmed as any other.
            self.action_insert_match()
        self._judge()

    @on(SegmentList.Chosen)
    def _chosen(self) -> None:
        self.editor.focus()

    def _show_status(self) -> None:
        if self.work is None:
            return
        total, confirmed = len(self.work.segments), self.work.draft.confirmed
        place = one_line(self.work.segments[self._at].place)
        said = f"segment {self._at + 1:,} of {total:,}   {confirmed:,} confirmed ({confirmed / total:.0%})"
        if self.work.faults:
            said += f"   {len(self.work.faults):,} with warnings, Alt+N"
        self.status.update(Content(said + (f"   {place}" if place else "")))

    # Writing

    @on(TextArea.Changed, "#target")
    def _edited(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(3 * self.session.debounce, self._judge) if self.session.debounce else None
        if self._timer is None:
            self._judge()
        if self._pause is not None:
            self._pause.stop()
        # In the middle of a sentence too: a terminal may end at any moment.
        self._pause = self.set_timer(_PAUSES * self.session.debounce, self._keep_begun) if self.session.debounce else None

    def _judge(self) -> None:
        """Look at the numbers of what is written."""
        work, at, target = self.work, self._at, self.editor.text
        if work is None:
            return
        source, language = work.segments[at].text, work.language
        told = work.faults.get(at, ()) if target == work.draft.rendered(work.segments[at].index).target else ()

        def job() -> None:
            self.send(NumbersJudged(at, target, list(told) or warnings_of(source, target, language)))

        self.app.run_job(job, group="judge", exclusive=True)

    @on(NumbersJudged)
    def _judged(self, message: NumbersJudged) -> None:
        if message.at == self._at and message.target == self.editor.text:
            self.helping.judge(message.target, message.warnings)

    def action_insert_match(self) -> None:
        """Put the next match in."""
        if self._help is None:
            return
        matches = self._help.matches
        if not matches:
            self.app.notify("The memory has nothing like this segment", markup=False, timeout=3)
        else:
            match = matches[self._next_match % len(matches)]
            self._next_match += 1
            target = self.script.show(match.substituted or match.target)
            self.editor.replace(target, self.editor.document.start, self.editor.document.end)

    def action_insert_term(self) -> None:
        """Put the preferred rendering of the next term in at the cursor."""
        if self._help is None:
            return
        terms = [term for term in self._help.terms if term.translations]
        if not terms:
            self.app.notify("The term base has no term of this segment", markup=False, timeout=3)
        else:
            term = terms[self._next_term % len(terms)]
            self._next_term += 1
            self.editor.insert(self.script.show(term.translations[0]))

    def action_copy_target(self) -> None:
        """Copy what the editor has."""
        self.copy_text(self.editor.text, "Nothing is written yet")

    def action_copy_source(self) -> None:
        """Copy the segment to be translated."""
        if self.work is not None:
            self.copy_text(self.work.segments[self._at].text, "The segment has no text")

    def _keep_begun(self) -> None:
        """What was typed and not confirmed is kept too."""
        work, at, target = self.work, self._at, self.editor.text.strip()
        if work is not None and target != self._loaded.strip():
            self._loaded = target
            self.app.run_job(lambda: self._keep(work, at, target, confirmed=False), group="keep")

    def _keep(self, work: TranslationWork, at: int, target: str, *, confirmed: bool) -> None:
        work.keep(at, target, confirmed=confirmed)
        added = confirmed and self._assistance.add(work.unit(at, target, self._target_tag(work)))
        self.send(SegmentKept(at, confirmed=confirmed, added=added))
        if confirmed:
            self.send(SegmentsChecked(work, self._assistance.check(work, {at: target}), at))

    def _target_tag(self, work: TranslationWork) -> str:
        return self.script.tag if work.language == "en" else ""

    @on(TargetEditor.Confirmed)
    def action_confirm_segment(self) -> None:
        """Keep the translation, add the pair to the memory, go to the next open segment."""
        work, at, target = self.work, self._at, self.editor.text.strip()
        if work is None:
            return
        if not target:
            self.app.notify("There is nothing to confirm yet", severity="warning", markup=False, timeout=3)
            return
        self._loaded = target
        self.app.run_job(lambda: self._keep(work, at, target, confirmed=True), group="keep")
        # At once: what is typed while it is written is for the next segment.
        self.segments.current = work.first_open(at)

    @on(SegmentKept)
    def _kept(self, message: SegmentKept) -> None:
        if self.work is not None and not message.confirmed:
            self.work.checked({message.at: ()})
        self.segments.refresh()
        self._show_status()
        if message.confirmed and self.work is not None and self.work.draft.confirmed == len(self.work.segments):
            self.app.notify("All segments are confirmed. Ctrl+S writes the document.", markup=False, timeout=5)

    # Moving about

    def action_next_segment(self) -> None:
        """Go to the next segment."""
        self.segments.action_move(1)

    def action_next_warning(self) -> None:
        """Go to the next segment that the check warns of."""
        at = self.work.next_fault(self._at) if self.work else None
        if at is None:
            self.app.notify("The check warns of no confirmed segment", markup=False, timeout=3)
        else:
            self.segments.current = at
            self.editor.focus()

    def action_previous_segment(self) -> None:
        """Go to the segment before."""
        self.segments.action_move(-1)

    def action_step_back(self) -> None:
        """From the editor to the segments and back."""
        if self.work is not None:
            (self.segments if self.focused is self.editor else self.editor).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a document is off while there is none."""
        if self.work is None and action in _FOR_A_DOCUMENT:
            return False
        return super().check_action(action, parameters)
