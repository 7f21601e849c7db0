"""The main screen: a search field, the concepts it finds, and everything about the current one."""

from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input

from tui.actions import bindings
from tui.concept_actions import ConceptActions
from tui.concept_detail import ConceptDetail
from tui.messages import ConceptsChanged, CountsRead, LookupAnswered, SentenceRead, SheetRead
from tui.notice import Notice
from tui.results_list import ResultsList
from tui.search_field import SearchField
from tui.sentence_view import SentenceView
from tui.session import Session
from tui.status_line import StatusLine

if TYPE_CHECKING:
    from textual.timer import Timer

    from glossary.concept import Concept
    from tui.reading import Counts, Results
    from tui.sentence_reading import SentenceFound

_LONG_SECONDS: Final = 0.5
"""After this long it is told that the database is still being prepared."""

_NO_CONCEPT_NEEDED: Final = frozenset({"add_concept", "propose_concept"})


class SearchInput(SearchField):
    """The search field, which takes a pasted paragraph as one text."""

    def _on_paste(self, event: events.Paste) -> None:
        from tui.sentence_reading import one_paragraph

        # Textual's field takes the first of several lines; here a pasted paragraph is looked up as a whole.
        event.prevent_default()
        event.stop()
        self.replace(one_paragraph(event.text), *self.selection)


class LookupScreen(ConceptActions):
    """Look up as you type."""

    AREA = "lookup"
    CSS_PATH = "lookup_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lookup")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (120, "-wide")]  # noqa: RUF012 (Textual declares it so)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = "#query"

    query_input = getters.query_one("#query", SearchInput)
    results = getters.query_one("#results", ResultsList)
    detail = getters.query_one("#detail", ConceptDetail)
    notice = getters.query_one("#notice", Notice)
    sentence = getters.query_one("#sentence", SentenceView)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        # From the beginning, or all would be styled a second time before the first frame.
        self.add_class("-notice")
        self._debounce = session.debounce
        self._timer: Timer | None = None
        self._waiting = False
        self._counts: Counts | None = None
        self._answered: Results | None = None
        self._wanted_concept = 0
        self._read_when_answered = False

    def compose_area(self) -> ComposeResult:
        """Search field, panes, status line."""
        query = SearchInput(placeholder="Chinese, pinyin, English, or a whole sentence", id="query", select_on_focus=False)
        # A steady cursor: nothing is redrawn while nobody types.
        query.cursor_blink = False
        query.border_title = Content("語橋 yuqiao")
        yield query
        yield SentenceView(id="sentence")
        with self.split_panes("panes"):
            yield ResultsList(id="results")
            yield ConceptDetail(id="detail")
        yield Notice(id="notice")
        yield StatusLine()

    def on_mount(self) -> None:
        """Show the welcome and count what there is."""
        self.sentence.border_title = Content("Sentence")
        self.results.border_title = Content("Concepts")
        self.detail.border_title = Content("Concept")
        self._show_answer(None)
        self._count()
        if not self.session.prepared:
            self.set_timer(_LONG_SECONDS, self._tell_of_preparing)

    def _tell_of_preparing(self) -> None:
        if not self.session.prepared and self._answered is None:
            self.notice.welcome(None, preparing=True)

    def on_unmount(self) -> None:
        """Stop what is being read, so that quitting never waits for it."""
        self.session.results_reader.supersede()
        self.session.detail_reader.supersede()

    # Looking up

    @on(Input.Changed, "#query")
    def _query_changed(self) -> None:
        # A keystroke after a pause is answered at once; of those that follow it closely, the last.
        if self._timer is not None and self.query_input.value.strip():
            self._waiting = True
            return
        self.look_up()
        if self._debounce:
            self._timer = self.set_timer(self._debounce, self._pause_ended)

    def _pause_ended(self) -> None:
        self._timer = None
        if self._waiting:
            self._query_changed()

    def look_up(self, concept_id: int = 0) -> None:
        """Ask for what is in the field; this concept is the current one when the answer comes, if it is in it."""
        self._stop_timer()
        self._wanted_concept = concept_id
        query, script, reader = self.query_input.value.strip(), self.script, self.session.results_reader
        ticket = reader.supersede()
        if not query:
            self._show_answer(None)
            return

        def look() -> None:
            from tui.sentence_reading import SentenceFound, may_be_sentence

            if not may_be_sentence(query):
                self.send(LookupAnswered(reader.look_up(ticket, query, script)))
                return
            for part in reader.sentence(ticket, query, script):
                self.send(SentenceRead(part) if isinstance(part, SentenceFound) else LookupAnswered(part))

        self.app.run_job(look, group="lookup", exclusive=True)

    def _stop_timer(self) -> None:
        self._waiting = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @on(LookupAnswered)
    def _answer_came(self, message: LookupAnswered) -> None:
        results = message.results
        if results.query != self.query_input.value.strip() or results.script != self.script:
            return
        self._show_answer(results)
        if self._read_when_answered:
            self.open_detail()

    @on(SentenceRead)
    def _sentence_came(self, message: SentenceRead) -> None:
        found = message.found
        if found.results.query != self.query_input.value.strip() or found.results.script != self.script:
            return
        if found.matches is None:
            self._show_answer(found.results, found)
            if self._read_when_answered:
                self.open_detail()
        else:
            self.sentence.show(found)

    def _show_answer(self, results: "Results | None", sentence: "SentenceFound | None" = None) -> None:
        self._answered = results
        self.set_class(sentence is not None, "-sentence")
        self.sentence.show(sentence)
        rows = results.rows if results else ()
        if bool(rows) == self.has_class("-notice"):
            # Actions on a concept come and go with the results, and the footer with them.
            self.call_after_refresh(self.refresh_bindings)
        self.set_class(not rows, "-notice")
        if results is None:
            self.notice.welcome(self._counts)
        elif not rows:
            self.notice.nothing_found(results.query)
        if not rows and self.focused is not self.query_input:
            self.query_input.focus()
        self.results.show(rows, self._wanted_concept)
        self._show_status()

    @on(ResultsList.Highlighted)
    def _row_highlighted(self, message: ResultsList.Highlighted) -> None:
        row = message.row
        self._show_status()
        reader = self.session.detail_reader
        ticket = reader.supersede()
        if row is None:
            self.detail.show(None)
            return
        concept_id, script = row.concept.id, self.script

        def read() -> None:
            for sheet in reader.sheet(ticket, concept_id, script):
                self.send(SheetRead(sheet))

        # After the results are on the screen: the two would share one processor, and results come first.
        self.call_after_refresh(self.app.run_job, read, group="detail", exclusive=True)

    @on(SheetRead)
    def _sheet_came(self, message: SheetRead) -> None:
        row = self.results.current_row
        if row is not None and row.concept.id == message.sheet.concept.id and message.sheet.script == self.script:
            self.detail.show(message.sheet)

    def _count(self) -> None:
        reader = self.session.detail_reader
        self.app.run_job(lambda: self.send(CountsRead(reader.counts())), group="counts")

    @on(CountsRead)
    def _counted(self, message: CountsRead) -> None:
        self._counts = message.counts
        if self._answered is None:
            self.notice.welcome(self._counts)

    @on(ConceptsChanged)
    def _concepts_changed(self, message: ConceptsChanged) -> None:
        self.app.notify(message.done.message, markup=False, timeout=5)
        current = self.results.current_row
        self.look_up(message.done.concept_id or (current.concept.id if current else 0))
        self._count()

    # Status line

    def _show_status(self) -> None:
        self.query_one(StatusLine).show(self._answered, self.results.current_row, self.script, self.session.path.name)

    # Moving about

    @property
    def concept(self) -> "Concept | None":
        """The current concept."""
        row = self.results.current_row
        return row.concept if row else None

    @property
    def shown_chinese(self) -> str:
        """The Chinese of the current concept as shown."""
        row = self.results.current_row
        return row.chinese if row else ""

    def is_new(self, text: str) -> bool:
        """Whether nothing was found, or Chinese was typed and is only part of or like what was found."""
        from lang.script import has_han

        row = self.results.current_row
        return row is None or (has_han(text) and row.kind in ("prefix", "contains", "fuzzy"))

    @property
    def typed(self) -> str:
        """What stands in the search field."""
        return self.query_input.value.strip()

    @on(Input.Submitted, "#query")
    def _query_submitted(self) -> None:
        if self._is_stale():
            self._read_when_answered = True
            self.look_up()
        else:
            self.open_detail()

    def _is_stale(self) -> bool:
        answered = self._answered.query if self._answered else ""
        return answered != self.query_input.value.strip()

    @on(ResultsList.Chosen)
    def open_detail(self) -> None:
        """Go to the concept."""
        self._read_when_answered = False
        if self.results.rows:
            # Where there is room for one pane only, the concept takes the place of the results.
            self.add_class("-reading")
            self.detail.focus()

    @on(ConceptDetail.Left)
    def _detail_left(self) -> None:
        self.action_back()

    def on_descendant_focus(self) -> None:
        """Reading ends when the focus leaves the concept."""
        self.set_class(self.focused is self.detail, "-reading")
        self.results.refresh()

    def action_move_result(self, rows: int) -> None:
        """Move through the results."""
        self.results.move(rows)

    def action_move_page(self, pages: int) -> None:
        """Move through the results by pages."""
        self.results.action_move_page(pages)

    def action_focus_search(self) -> None:
        """Go to the search field and select what is in it."""
        self.query_input.focus()
        self.query_input.action_select_all()

    def action_back(self) -> None:
        """One step back; never out of the program."""
        if self.focused is self.detail:
            self.remove_class("-reading")
            self.results.focus()
        elif self.focused is not self.query_input:
            self.query_input.focus()
        else:
            self.query_input.clear()

    def search(self, text: str) -> None:
        """Put a text into the search field and look it up."""
        self.query_input.value = text
        self.query_input.focus()

    def script_changed(self) -> None:
        """Look up again, so that all is shown in the script."""
        concept = self.concept
        self.look_up(concept.id if concept else 0)
        self._show_status()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 (Textual's method)
        """What works on a concept is off while there is none."""
        needs_concept = action.endswith(("_concept", "_form")) or action.startswith("copy_")
        return not needs_concept or action in _NO_CONCEPT_NEEDED or self.concept is not None
