"""The actions of the main screen that change or copy the current concept."""

from typing import TYPE_CHECKING

from tui.area_screen import AreaScreen
from tui.messages import ConceptsChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.concept import Concept, ReviewState
    from tui.entry import Entry
    from tui.writing import Done


class ConceptActions(AreaScreen):
    """A screen with a current concept. What it changes is undone with one key, so nothing asks "are you sure?"."""

    @property
    def concept(self) -> "Concept | None":
        """The current concept."""
        raise NotImplementedError

    @property
    def shown_chinese(self) -> str:
        """The Chinese of the current concept as shown."""
        raise NotImplementedError

    def is_new(self, text: str) -> bool:
        """Whether a text typed to look something up may be a term that is not there yet."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What the user looks for."""
        raise NotImplementedError

    def action_add_concept(self) -> None:
        """Open an empty form; a term looked for in vain is filled in."""
        self._open("Add a concept", self._new_entry(), self.session.writer.add)

    def action_propose_concept(self) -> None:
        """The same form; what it holds is left to review."""
        self._open("Propose a concept", self._new_entry(), self.session.writer.propose)

    def _new_entry(self) -> "Entry":
        from lang.script import has_han
        from tui.entry import Entry

        typed = self.typed if self.is_new(self.typed) else ""
        return Entry(chinese=typed) if has_han(typed) else Entry(english=typed)

    def action_edit_concept(self) -> None:
        """Open the form with the current concept."""
        from tui.entry import entry_of

        concept = self.concept
        if concept is None:
            return
        writer = self.session.writer
        self._open(f"Edit concept {concept.id}", entry_of(concept), lambda entry: writer.edit(concept, entry), with_avoided=True)

    def _open(self, title: str, entry: "Entry", save: "Callable[[Entry], Done]", *, with_avoided: bool = False) -> None:
        """Show a form; what saving it takes is loaded while it is filled in."""
        from tui.concept_form import ConceptForm

        self.app.run_job(self.session.writer.prepare, group="prepare")
        self.app.push_screen(ConceptForm(title, entry, save, self.session.writer.domains, with_avoided=with_avoided), self._saved)

    def _saved(self, done: "Done | None") -> None:
        if done is not None:
            self.post_message(ConceptsChanged(done))

    def action_approve_concept(self) -> None:
        """Approve the current concept."""
        self._set_state("approved")

    def action_reject_concept(self) -> None:
        """Reject the current concept."""
        self._set_state("rejected")

    def _set_state(self, state: "ReviewState") -> None:
        concept = self.concept
        if concept is not None:
            self._write(lambda: self.session.writer.set_state(concept, state))

    def action_deprecate_form(self) -> None:
        """Ask which English form is not to be used."""
        from tui.pick_dialog import PickDialog
        from tui.writing import name_of

        concept = self.concept
        if concept is None:
            return
        writer = self.session.writer
        forms = concept.texts("en")
        if not forms:
            self.app.notify("The concept has no English form in use", severity="warning", markup=False)
            return

        def chosen(at: int | None) -> None:
            if at is not None:
                self._write(lambda: writer.deprecate(concept, forms[at]))

        self.app.push_screen(PickDialog(f"Which is not to be used? {name_of(concept)}", forms), chosen)

    def action_delete_concept(self) -> None:
        """Delete the current concept."""
        concept = self.concept
        if concept is not None:
            self._write(lambda: self.session.writer.delete(concept))

    def action_undo(self) -> None:
        """Undo the latest change."""
        self._write(self.session.writer.undo)

    def _write(self, change: "Callable[[], Done]") -> None:
        self.app.run_job(lambda: self.send(ConceptsChanged(change())), group="write")

    def action_copy_english(self) -> None:
        """Copy the preferred English."""
        if self.concept is not None:
            self.copy_text(next(iter(self.concept.texts("en")), ""), "The concept has no English term to copy")

    def action_copy_chinese(self) -> None:
        """Copy the Chinese as shown."""
        self.copy_text(self.shown_chinese, "The concept has no Chinese term to copy")
