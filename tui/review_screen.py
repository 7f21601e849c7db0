"""The review area: what waits, the evidence for it beside, and a key for each decision."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from glossary.concept import Concept, ReviewState
from glossary.extraction.extraction import Candidate
from glossary.findings import Finding
from glossary.review import Proposal
from tm.doubtful import DoubtfulPair
from tm.unit import Unit
from tui import memory_writing
from tui.actions import bindings
from tui.area_screen import AreaScreen
from tui.concept_form import ConceptForm
from tui.entry import entry_of
from tui.jobs import LongJob
from tui.memory_form import UnitForm
from tui.memory_writing import MemoryDone, MemoryWriter
from tui.messages import SheetRead
from tui.reading import Reader, Sheet
from tui.reason_dialog import ReasonDialog
from tui.review_bar import ReviewBar
from tui.review_evidence import ReviewEvidence
from tui.review_items import QUEUE_KINDS, Item, Queue, QueueKind, concepts_of, key_of, row_of
from tui.review_list import ReviewList
from tui.review_messages import ItemsSettled, QueueRead, ReadingTold, ReviewUndone
from tui.review_reading import ReviewReader
from tui.session import Session
from tui.writing import Done

_EMPTY: Final[dict[QueueKind, str]] = {
    "proposals": "Nothing waits for review.\n\nF2 goes on to conflicts.\n"
    "Importing and extracting with --propose leaves terms to review.",
    "conflicts": "Nothing contradicts itself.\n\nF2 goes on to candidates, F11 checks again.",
    "candidates": "F11 finds terms that the pairs of the memory have and the term base lacks.\n\n"
    "It takes a while in a large memory; go on meanwhile.",
    "alignments": "No pair of the memory is in doubt.\n\nWhat Align or yuqiao align were not sure of waits here, once it is in "
    "the memory.",
}
_WHERE: Final[dict[str, tuple[QueueKind, ...]]] = {
    "reject": ("proposals", "candidates", "alignments"),
    "reject_because": ("proposals",),
    "edit_concept": ("proposals", "conflicts", "alignments"),
    "merge": ("proposals", "conflicts"),
    "choose_other": ("proposals", "conflicts"),
}
_FOR_ITEMS: Final = frozenset(
    {*_WHERE, "accept", "postpone", "mark", "mark_all", "open_evidence", "copy_english", "copy_chinese"}
)


class ReviewScreen(AreaScreen):
    """Four queues, one shown. What is decided leaves the queue at once and is written behind; undo brings it back."""

    AREA = "review"
    CSS_PATH = "review_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("review")]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-normal"), (120, "-wide")]  # noqa: RUF012 (Textual declares it so)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 (Textual declares it so)
    AUTO_FOCUS = "#queue"

    queue_list = getters.query_one("#queue", ReviewList)
    evidence = getters.query_one("#evidence", ReviewEvidence)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kind: QueueKind = "proposals"
        self._queues: dict[QueueKind, Queue] = {}
        self._readers: dict[QueueKind, ReviewReader] = {kind: session.reader(ReviewReader) for kind in QUEUE_KINDS}
        self._tickets: dict[QueueKind, int] = {}
        self._sheet_reader = session.reader(Reader)
        self._memory_writer = MemoryWriter(session.open)
        self._sheet: Sheet | None = None
        self._gone: set[str] = set()
        self._later: list[str] = []
        self._settled: list[int] = []
        self._dropped: list[frozenset[str]] = []
        self._turned = 0
        self._told = ""
        self._reading: LongJob | None = None
        self._stale = False

    def compose_area(self) -> ComposeResult:
        """Queues and progress, list, evidence."""
        yield ReviewBar()
        with self.split_panes("panes"):
            yield ReviewList(id="queue")
            yield ReviewEvidence(id="evidence")

    def on_mount(self) -> None:
        """Read what waits, and check the term base meanwhile."""
        self.evidence.border_title = Content("Evidence")
        self._show()
        self._read("proposals")
        self._read("conflicts")
        self._read("alignments")

    def on_unmount(self) -> None:
        """Stop what is being read, so that quitting never waits for it."""
        for reader in (*self._readers.values(), self._sheet_reader):
            reader.supersede()
        self._memory_writer.close()

    def script_changed(self) -> None:
        """Show all in the script."""
        self._show()

    # Reading

    def _read(self, kind: QueueKind) -> None:
        reader = self._readers[kind]
        ticket = self._tickets[kind] = reader.supersede()

        def read() -> None:
            if kind == "proposals":
                queue = reader.proposals(ticket)
            elif kind == "conflicts":
                queue = reader.conflicts(ticket)
            elif kind == "alignments":
                queue = reader.alignments(ticket)
            else:
                queue = reader.candidates(ticket, lambda text: self.send(ReadingTold(ticket, text)))
            self.send(QueueRead(ticket, queue))

        if kind not in self._queues or kind == "candidates":
            self._told = {"candidates": "Reading the memory ...", "conflicts": "Checking ..."}.get(kind, "")
            self._show_progress()
        if kind == "candidates":
            told = self._reading = LongJob("Find terms in the memory", self.AREA, self._stop_finding)
            self.app.run_long_job(read, told, group="review-candidates")
        else:
            self.app.run_job(read, group=f"review-{kind}", exclusive=True)

    def _stop_finding(self) -> None:
        self._tickets["candidates"] = self._readers["candidates"].supersede()
        self._told = ""
        self._show_progress()

    @on(QueueRead)
    def _queue_came(self, message: QueueRead) -> None:
        kind = message.queue.kind
        if message.ticket != self._tickets.get(kind):
            return
        self._queues[kind] = message.queue
        if kind != "proposals":
            self._told = ""
        if kind == self._kind:
            self._show()
        else:
            self._show_progress()

    @on(ReadingTold)
    def _reading_told(self, message: ReadingTold) -> None:
        if message.ticket == self._tickets.get("candidates"):
            self._told = message.text
            if self._reading is not None:
                self._reading.tell(message.text)
            self._show_progress()

    def _left(self, kind: QueueKind) -> tuple[Item, ...]:
        """What is left of a queue, what is to come later at its end."""
        queue = self._queues.get(kind)
        items = [item for item in queue.items if key_of(item) not in self._gone] if queue else []
        return tuple(sorted(items, key=lambda item: self._later.index(key_of(item)) + 1 if key_of(item) in self._later else 0))

    def _show(self, wanted: str = "") -> None:
        current = self.queue_list.current_item
        wanted = wanted or (key_of(current) if current else "")
        empty = _EMPTY[self._kind] if self._kind in self._queues or self._kind == "candidates" else "Reading ..."
        self.queue_list.border_title = Content(self._kind.title())
        self.queue_list.show(self._left(self._kind), self.script, wanted=wanted, empty=empty)
        self._show_progress()

    def _show_progress(self) -> None:
        counts: dict[QueueKind, str] = {}
        left: dict[QueueKind, int] = {}
        for kind, queue in self._queues.items():
            left[kind] = queue.total - sum(key_of(item) in self._gone for item in queue.items)
            counts[kind] = f"{left[kind]:,}"
        marked = len(self.queue_list.marked)
        note = f"{marked:,} marked" if marked else self._told
        self.query_one(ReviewBar).show(self._kind, counts, sum(self._settled), left.get(self._kind, 0), note)
        self.call_after_refresh(self.refresh_bindings)

    # The current item

    @on(ReviewList.Highlighted)
    def _row_highlighted(self, message: ReviewList.Highlighted) -> None:
        self._turned = 0
        if message.item is None and self.focused is self.evidence:
            self.queue_list.focus()
        self._show_evidence()

    @property
    def concept(self) -> Concept | None:
        """The concept of the current item that is marked in the evidence."""
        item = self.queue_list.current_item
        concepts = concepts_of(item) if item else ()
        return concepts[self._turned % len(concepts)] if concepts else None

    def _show_evidence(self) -> None:
        item, concept, script = self.queue_list.current_item, self.concept, self.script
        reader = self._sheet_reader
        ticket = reader.supersede()
        if concept is None:
            self.evidence.show(item, 0, None, script)
            return
        known = self._sheet if self._sheet and self._sheet.concept == concept and self._sheet.script == script else None
        self.evidence.show(item, concept.id, known, script)

        def read() -> None:
            for sheet in reader.sheet(ticket, concept.id, script):
                self.send(SheetRead(sheet))

        if known is None or known.pairs is None:
            self.call_after_refresh(self.app.run_job, read, group="review-sheet", exclusive=True)

    @on(SheetRead)
    def _sheet_came(self, message: SheetRead) -> None:
        concept = self.concept
        if concept is not None and concept.id == message.sheet.concept.id and message.sheet.script == self.script:
            self._sheet = message.sheet
            self.evidence.show(self.queue_list.current_item, concept.id, message.sheet, self.script)

    # Decisions

    def action_accept(self) -> None:
        """Approve proposals and pairs, make proposals of candidates, let conflicts be right as they stand."""
        items = self.queue_list.chosen()
        writer = self.session.writer
        if self._kind == "proposals":
            self._set_states(items, "approved")
        elif self._kind == "candidates":
            candidates = [item for item in items if isinstance(item, Candidate)]
            self._settle(items, lambda: writer.propose_candidates(candidates))
        elif self._kind == "alignments":
            self._settle(items, lambda: self._memory_writer.do(lambda memory: memory_writing.review(memory, _unit_ids(items))))
        else:
            findings = [item for item in items if isinstance(item, Finding)]
            self._ask(
                "Why is it right as it stands?", lambda why: self._settle(items, lambda: writer.accept_findings(findings, why))
            )

    def action_reject(self) -> None:
        """Reject proposals; delete pairs; leave candidates out until they are found again."""
        items = self.queue_list.chosen()
        if self._kind == "proposals":
            self._set_states(items, "rejected")
        elif self._kind == "alignments":
            self._settle(items, lambda: self._memory_writer.do(lambda memory: memory_writing.delete(memory, _unit_ids(items))))
        else:
            self._drop(items)
            self._dropped.append(frozenset(map(key_of, items)))
            self._settled.append(len(items))
            self._show()

    def action_reject_because(self) -> None:
        """Reject and say why."""
        items = self.queue_list.chosen()
        self._ask("Why is it rejected?", lambda why: self._set_states(items, "rejected", why))

    def _set_states(self, items: Sequence[Item], state: ReviewState, reason: str = "") -> None:
        concepts = [item.concept for item in items if isinstance(item, Proposal)]
        self._settle(items, lambda: self.session.writer.set_states(concepts, state, reason))

    def action_merge(self) -> None:
        """Make one concept of those of the current item: what is approved, or else the marked one, takes in the others."""
        item, kept = self.queue_list.current_item, self.concept
        if item is None or kept is None:
            return
        concepts = concepts_of(item)
        if len(concepts) < 2:
            self.app.notify("There is nothing to merge with here", severity="warning", markup=False)
            return
        if isinstance(item, Proposal) and kept.id == item.concept.id:
            kept = concepts[1]
        # Of several that a proposal contradicts it joins one; they do not thereby become one.
        others = [item.concept] if isinstance(item, Proposal) else [concept for concept in concepts if concept.id != kept.id]
        self._settle((item,), lambda: self.session.writer.merge(kept, others))

    def action_edit_concept(self) -> None:
        """Open the form with the marked concept, or with the pair, which is reviewed when it is saved."""
        item = self.queue_list.current_item
        if isinstance(item, DoubtfulPair):
            self._edit_pair(item)
            return
        concept, writer, kind = self.concept, self.session.writer, self._kind
        if concept is None:
            return
        self.app.run_job(writer.prepare, group="prepare")
        form = ConceptForm(
            f"Edit concept {concept.id}",
            entry_of(concept),
            lambda entry: writer.edit(concept, entry),
            writer.domains,
            with_avoided=True,
        )

        def saved(done: Done | None) -> None:
            if done is not None:
                self.send(ItemsSettled(kind, (), done))

        self.app.push_screen(form, saved)

    def _edit_pair(self, item: DoubtfulPair) -> None:
        unit, writer = item.unit, self._memory_writer

        def save(changed: Unit) -> MemoryDone:
            return writer.do(lambda workspace: memory_writing.edit(workspace, unit, changed))

        def saved(done: MemoryDone | None) -> None:
            if done is not None:
                self.send(ItemsSettled("alignments", frozenset([key_of(item)]), done))

        self.app.push_screen(UnitForm(replace(unit, state="reviewed"), save), saved)

    def action_copy_english(self) -> None:
        """Copy the English of the current item."""
        item = self.queue_list.current_item
        if item is not None:
            self.copy_text(row_of(item, self.script).english, "There is no English to copy")

    def action_copy_chinese(self) -> None:
        """Copy the Chinese of the current item as shown."""
        item = self.queue_list.current_item
        if item is not None:
            self.copy_text(row_of(item, self.script).chinese, "There is no Chinese to copy")

    def action_undo(self) -> None:
        """Undo the latest change, of the memory where its pairs are shown; of candidates left out, bring those back first."""
        if self._kind == "candidates" and self._dropped:
            self._gone -= self._dropped.pop()
            self._settled.pop()
            self._show()
            return
        if self._kind == "alignments":
            self.app.run_job(lambda: self.send(ReviewUndone(self._memory_writer.do(memory_writing.undo))), group="write")
            return
        self.app.run_job(lambda: self.send(ReviewUndone(self.session.writer.undo())), group="write")

    def _ask(self, title: str, then: Callable[[str], None]) -> None:
        self.app.push_screen(ReasonDialog(title), lambda why: then(why) if why else None)

    def _drop(self, items: Sequence[Item]) -> None:
        keys = {key_of(item) for item in items}
        self._gone |= keys
        self.queue_list.marked -= keys

    def _settle(self, items: Sequence[Item], change: Callable[[], Done | MemoryDone]) -> None:
        """Take items out of the queue and write the change; if that fails they come back."""
        if not items:
            return
        kind, keys = self._kind, frozenset(map(key_of, items))
        self._drop(items)
        self._show()

        def write() -> None:
            try:
                done = change()
            except BaseException:
                self.send(ItemsSettled(kind, keys, None))
                raise
            self.send(ItemsSettled(kind, keys, done))

        self.app.run_job(write, group="write")

    @on(ItemsSettled)
    def _items_settled(self, message: ItemsSettled) -> None:
        if message.done is not None:
            if message.keys:
                self._settled.append(len(message.keys))
            self._take_out(message.kind, message.keys)
            self.app.notify(message.done.message, markup=False, timeout=4)
        self._gone -= set(message.keys)
        if message.kind != "alignments":
            self._read_stored()
            return
        queue = self._queues.get("alignments")
        if message.done is not None and queue is not None and queue.total and not self._left("alignments"):
            # A large memory is gone through for these: more are read when those that were read are settled.
            self._read("alignments")
        self._show()

    def _take_out(self, kind: QueueKind, keys: Collection[str]) -> None:
        """What is settled is not shown again while the queue is being read anew."""
        queue = self._queues.get(kind)
        if queue is not None:
            left = tuple(item for item in queue.items if key_of(item) not in keys)
            self._queues[kind] = Queue(kind, left, queue.total - len(queue.items) + len(left))

    @on(ReviewUndone)
    def _undone(self, message: ReviewUndone) -> None:
        if self._settled:
            self._settled.pop()
        self.app.notify(message.done.message, markup=False, timeout=4)
        if isinstance(message.done, MemoryDone):
            self._read("alignments")
        else:
            self._read_stored()

    def _read_stored(self) -> None:
        """Read again what a change may have changed; the check of the whole term base only where it is in sight."""
        self._read("proposals")
        if self._kind == "conflicts":
            self._read("conflicts")
        else:
            self._stale = True
        self._show()

    # Moving about

    def action_postpone(self) -> None:
        """Put items at the end of the queue."""
        for item in self.queue_list.chosen():
            if key_of(item) in self._later:
                self._later.remove(key_of(item))
            self._later.append(key_of(item))
        self.queue_list.marked.clear()
        items, at = self._left(self._kind), self.queue_list.current
        self._show(key_of(items[min(at, len(items) - 1)]) if items else "")

    def action_mark(self) -> None:
        """Mark the current item and go to the next."""
        self.queue_list.toggle_mark()
        self._show_progress()

    def action_mark_all(self) -> None:
        """Mark all, or none where all are marked."""
        keys = {key_of(item) for item in self.queue_list.items}
        self.queue_list.mark(set() if keys == self.queue_list.marked else keys)
        self._show_progress()

    def action_choose_other(self) -> None:
        """Mark the next of the concepts of the current item."""
        self._turned += 1
        self._show_evidence()

    def action_next_queue(self) -> None:
        """Show the next queue."""
        self._show_queue(QUEUE_KINDS[(QUEUE_KINDS.index(self._kind) + 1) % len(QUEUE_KINDS)])

    @on(ReviewBar.Chosen)
    def _queue_chosen(self, message: ReviewBar.Chosen) -> None:
        self._show_queue(message.kind)

    def _show_queue(self, kind: QueueKind) -> None:
        self._kind = kind
        self.queue_list.marked.clear()
        self.queue_list.focus()
        self._show()
        if kind == "conflicts" and self._stale:
            self._stale = False
            self._read("conflicts")

    def action_read_again(self) -> None:
        """Read the queue shown again."""
        if self._kind == "candidates":
            self._gone -= frozenset().union(*self._dropped)
            self._dropped.clear()
        self._read(self._kind)

    def action_open_evidence(self) -> None:
        """Go to the evidence."""
        self.add_class("-reading")
        self.evidence.focus()

    def action_back(self) -> None:
        """One step back; never out of the program."""
        if self.focused is self.evidence:
            self.remove_class("-reading")
            self.queue_list.focus()
        elif self.queue_list.marked:
            self.queue_list.mark(())
            self._show_progress()

    def on_descendant_focus(self) -> None:
        """Reading ends when the focus leaves the evidence."""
        self.set_class(self.focused is self.evidence, "-reading")
        self.queue_list.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 (Textual's method)
        """What needs an item is off while there is none, and what a queue does not know is off there."""
        if action in _WHERE and self._kind not in _WHERE[action]:
            return False
        return action not in _FOR_ITEMS or bool(self._left(self._kind))


def _unit_ids(items: Sequence[Item]) -> list[int]:
    return [item.unit.id for item in items if isinstance(item, DoubtfulPair)]
