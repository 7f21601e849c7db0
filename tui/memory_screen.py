"""The memory area: search and filter a million units, see and change one, import and export."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from lang.errors import YuqiaoError
from tm.unit_query import parse_unit_query
from tui import memory_writing
from tui.actions import bindings
from tui.area_screen import AreaScreen
from tui.cancellation import Cancellation, ProgressLine
from tui.jobs import LongJob
from tui.memory_detail import UnitDetail
from tui.memory_form import UnitForm
from tui.memory_list import UnitList
from tui.memory_messages import (
    MemoryChanged,
    MemoryGoesOn,
    PagesWanted,
    QueryRefused,
    TransferEnded,
    UnitsListed,
    UnitsRead,
)
from tui.memory_reading import MemoryReader
from tui.memory_writing import MemoryDone, MemoryWriter, Told
from tui.path_picker import PathPicker
from tui.search_field import SearchField
from tui.session import Session
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from textual.timer import Timer

_EMPTY = "The memory is empty.\n\nF5 imports pairs of sentences from TMX, XLIFF, PO, JSON Lines or a table (CSV, TSV, XLSX)."
_NONE = (
    "No pair is like this.\n\nTry fewer words, or fewer conditions. Esc clears the field.\n\n"
    "Conditions are origin: domain: state: author: since: until: below: and a value, as in origin:reports."
)
Transfer = Callable[[Workspace, Told, Cancellation], MemoryDone]


class MemoryScreen(AreaScreen):
    """Browse and change the memory."""

    AREA = "memory"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("memory")]
    CSS_PATH = "memory_screen.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = "#memory-query"

    query_input = getters.query_one("#memory-query", SearchField)
    units = getters.query_one(UnitList)
    detail = getters.query_one(UnitDetail)
    progress_line = getters.query_one(ProgressLine)
    status = getters.query_one("#memory-status", Static)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._lister = MemoryReader(session.open)
        self._pager = MemoryReader(session.open)
        self._writer = MemoryWriter(session.open)
        self._listing = Cancellation()
        self._transfer: Cancellation | None = None
        self._told: LongJob | None = None
        self._ticket = 0
        self._keep = 0
        self._timer: Timer | None = None

    def compose_area(self) -> ComposeResult:
        """Field, list and pair, or what to do where there is none; progress, status."""
        query = SearchField(placeholder="A phrase, origin:reports, state:draft, since:2026-03-01", id="memory-query")
        query.cursor_blink = False
        query.select_on_focus = False
        query.border_title = Content("Memory")
        yield query
        yield Static("", id="memory-notice", markup=False)
        with self.split_panes("memory-panes"):
            yield UnitList(id="units")
            yield UnitDetail(id="unit")
        yield ProgressLine()
        yield Static("", id="memory-status", markup=False)

    def on_mount(self) -> None:
        """List all there is."""
        self.units.border_title = Content("Pairs")
        self.detail.border_title = Content("Pair")
        self.units.script = self.script
        self.search()

    def on_unmount(self) -> None:
        """Quitting never waits for a listing or a transfer."""
        self._listing.ask()
        if self._transfer:
            self._transfer.ask()
        for connection in (self._lister, self._pager, self._writer):
            connection.close()

    def script_changed(self) -> None:
        """Show Chinese in another script."""
        self.units.script = self.script
        self.units.refresh()
        self._show_unit()

    # Searching

    @on(Input.Changed, "#memory-query")
    def _query_changed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.session.debounce and self.query_input.value.strip():
            self._timer = self.set_timer(self.session.debounce, self.search)
        else:
            self.search()

    def search(self, keep: int = 0) -> None:
        """List what the field chooses; this unit stays the current one where it is among them."""
        self._listing.ask()
        cancellation = self._listing = Cancellation()
        self._ticket += 1
        self._keep = keep
        ticket, query, reader = self._ticket, self.query_input.value, self._lister

        def work() -> None:
            try:
                for chosen in reader.choose(query, cancellation):
                    self.send(UnitsListed(ticket, chosen))
            except YuqiaoError as error:
                self.send(QueryRefused(ticket, str(error)))

        self.app.run_job(work, group="list", exclusive=True)

    @on(UnitsListed)
    def _listed(self, message: UnitsListed) -> None:
        chosen = message.chosen
        if message.ticket != self._ticket:
            return
        if chosen.first:
            phrase = parse_unit_query(chosen.query).phrase
            self.units.start(chosen.ids, chosen.spans, phrase, self._keep)
        else:
            self.units.extend(chosen.ids, self._keep)
        count = self.units.row_count
        self.query_one("#memory-notice", Static).update(Content(_NONE if chosen.query.strip() else _EMPTY))
        self.set_class(chosen.whole and not count, "-none")
        self.refresh_bindings()
        if chosen.total > count:
            said = f"the shortest {count:,} of {'' if chosen.exact else 'about '}{chosen.total:,} pairs"
        else:
            said = f"{count:,} pair{'' if count == 1 else 's'}" + ("" if chosen.whole else " and more")
        self.status.update(Content(said))

    @on(QueryRefused)
    def _refused(self, message: QueryRefused) -> None:
        if message.ticket == self._ticket:
            self.status.update(Content(f"✗ {message.text}"))

    @on(PagesWanted)
    def _pages_wanted(self, message: PagesWanted) -> None:
        ids, reader = list(message.ids), self._pager
        self.app.run_job(lambda: self.send(UnitsRead(reader.page(ids))), group="pages")

    @on(UnitsRead)
    def _read(self, message: UnitsRead) -> None:
        self.units.take(message.units)

    @on(UnitList.Highlighted)
    def _show_unit(self) -> None:
        unit = self.units.current_unit
        self.detail.show(unit, self.units.shown(unit) if unit else None)

    @on(UnitList.Chosen)
    @on(Input.Submitted, "#memory-query")
    def _chosen(self) -> None:
        if self.units.row_count:
            self.add_class("-reading")
            self.detail.focus()

    # Changing

    def _write(self, change: Callable[[Workspace], MemoryDone]) -> None:
        self.app.run_job(lambda: self.send(MemoryChanged(self._writer.do(change))), group="write")

    def action_edit_unit(self) -> None:
        """Open the form with the current unit."""
        unit = self.units.current_unit
        if unit is not None:
            writer = self._writer
            form = UnitForm(unit, lambda changed: writer.do(lambda workspace: memory_writing.edit(workspace, unit, changed)))
            self.app.push_screen(form, self._edited)

    def _edited(self, done: MemoryDone | None) -> None:
        if done is not None:
            self.post_message(MemoryChanged(done))

    def action_delete_unit(self) -> None:
        """Delete the current unit."""
        unit_id = self.units.current_id
        if unit_id:
            self.units.drop(unit_id)
            self._write(lambda workspace: memory_writing.delete(workspace, [unit_id]))

    def action_undo_memory(self) -> None:
        """Undo the latest change of the memory."""
        self._write(memory_writing.undo)

    @on(MemoryChanged)
    def _changed(self, message: MemoryChanged) -> None:
        done = message.done
        self.app.notify(done.message, markup=False, timeout=6)
        if done.changed:
            self.search(done.unit_id or self.units.current_id)

    # Files

    def action_import_units(self) -> None:
        """Ask for a file and import it."""

        def picked(path: str | None) -> None:
            if path is not None:
                self._start(f"Import {Path(path).name}", lambda w, told, c: memory_writing.import_files(w, [Path(path)], told, c))

        if self._transfer is None:
            self.app.push_screen(PathPicker("Import pairs of sentences"), picked)

    def action_export_units(self) -> None:
        """Ask for a place and write there what the conditions choose."""
        query = self.query_input.value

        def picked(path: str | None) -> None:
            if path is not None:
                self._start(
                    f"Export {Path(path).name}", lambda w, told, c: memory_writing.export_file(w, query, Path(path), told, c)
                )

        if self._transfer is None:
            self.app.push_screen(PathPicker("Export pairs as", "memory.tmx", must_exist=False), picked)

    def _start(self, title: str, transfer: Transfer) -> None:
        cancellation = self._transfer = Cancellation()
        self._told = LongJob(title, self.AREA, cancellation.ask)
        writer = self._writer

        def told(what: str, done: int) -> None:
            self.send(MemoryGoesOn(what, done))

        def work() -> None:
            try:
                self.send(MemoryChanged(writer.do(lambda workspace: transfer(workspace, told, cancellation))))
            finally:
                self.send(TransferEnded())

        self.progress_line.show("Reading the file")
        self.app.run_long_job(work, self._told, group="transfer")

    @on(MemoryGoesOn)
    def _goes_on(self, message: MemoryGoesOn) -> None:
        if self._transfer is not None:
            self.progress_line.show(message.what, message.done)
            if self._told is not None:
                self._told.tell(message.what, message.done)

    @on(TransferEnded)
    def _transfer_ended(self) -> None:
        if self._transfer is not None and self._transfer.asked:
            self.app.notify("Stopped; the memory is as it was", markup=False, timeout=4)
        self._transfer = None
        self.progress_line.clear()

    def action_copy_english(self) -> None:
        """Copy the English."""
        self._copy_side("en", "English")

    def action_copy_chinese(self) -> None:
        """Copy the Chinese as shown."""
        self._copy_side("zh", "Chinese")

    def _copy_side(self, language: str, name: str) -> None:
        unit = self.units.current_unit
        if unit is not None:
            source, target, _, _ = self.units.shown(unit)
            sides = ((unit.source_lang, source), (unit.target_lang, target))
            self.copy_text(next((text for tag, text in sides if tag.startswith(language)), ""), f"The pair has no {name}")

    # Moving about

    def action_move_result(self, rows: int) -> None:
        """Move through the list."""
        self.units.action_move(rows)

    def action_move_page(self, pages: int) -> None:
        """Move through the list by pages."""
        self.units.action_move_page(pages)

    def action_focus_query(self) -> None:
        """Go to the search field and select what is in it."""
        self.query_input.focus()
        self.query_input.action_select_all()

    def action_step_back(self) -> None:
        """Stop a transfer; else one step back."""
        if self._transfer is not None:
            self._transfer.ask()
        elif self.focused is self.detail:
            self.units.focus()
        elif self.focused is not self.query_input:
            self.query_input.focus()
        else:
            self.query_input.clear()

    def on_descendant_focus(self) -> None:
        """Where there is no room for two, the pair takes the place of the list."""
        self.set_class(self.focused is self.detail, "-reading")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What works on a pair is off while there is none."""
        if action in ("edit_unit", "delete_unit", "copy_english", "copy_chinese") and not self.units.row_count:
            return False
        return super().check_action(action, parameters)
