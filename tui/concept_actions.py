"""The actions of the main screen that change or copy the current concept."""

from collections.abc import Callable

from textual import on

from glossary.concept import Concept, ReviewState
from lang.script import has_han
from tui.area_screen import AreaScreen
from tui.clipboard import copy_with, local_tool
from tui.concept_form import ConceptForm
from tui.entry import Entry, entry_of
from tui.messages import ConceptsChanged, TextCopied
from tui.writing import Done


class ConceptActions(AreaScreen):
    """A screen with a current concept. What it changes is undone with one key, so nothing asks "are you sure?"."""

    @property
    def concept(self) -> Concept | None:
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
        typed = self.typed if self.is_new(self.typed) else ""
        entry = Entry(chinese=typed) if has_han(typed) else Entry(english=typed)
        writer = self.session.writer
        self._open(ConceptForm("Add a concept", entry, writer.add))

    def action_edit_concept(self) -> None:
        """Open the form with the current concept."""
        concept = self.concept
        if concept is None:
            return
        writer = self.session.writer
        form = ConceptForm(
            f"Edit concept {concept.id}", entry_of(concept), lambda entry: writer.edit(concept, entry), with_avoided=True
        )
        self._open(form)

    def _open(self, form: ConceptForm) -> None:
        """Show a form; what saving it takes is loaded while it is filled in."""
        self.app.run_job(self.session.writer.prepare, group="prepare")
        self.app.push_screen(form, self._saved)

    def _saved(self, done: Done | None) -> None:
        if done is not None:
            self.post_message(ConceptsChanged(done))

    def action_approve_concept(self) -> None:
        """Approve the current concept."""
        self._set_state("approved")

    def action_reject_concept(self) -> None:
        """Reject the current concept."""
        self._set_state("rejected")

    def _set_state(self, state: ReviewState) -> None:
        concept = self.concept
        if concept is not None:
            self._write(lambda: self.session.writer.set_state(concept, state))

    def action_delete_concept(self) -> None:
        """Delete the current concept."""
        concept = self.concept
        if concept is not None:
            self._write(lambda: self.session.writer.delete(concept))

    def action_undo(self) -> None:
        """Undo the latest change."""
        self._write(self.session.writer.undo)

    def _write(self, change: Callable[[], Done]) -> None:
        self.app.run_job(lambda: self.send(ConceptsChanged(change())), group="write")

    def action_copy_english(self) -> None:
        """Copy the preferred English."""
        if self.concept is not None:
            self._copy(next(iter(self.concept.texts("en")), ""), "English")

    def action_copy_chinese(self) -> None:
        """Copy the Chinese as shown."""
        self._copy(self.shown_chinese, "Chinese")

    def _copy(self, text: str, language: str) -> None:
        if not text:
            self.app.notify(f"The concept has no {language} term to copy", severity="warning", markup=False)
            return
        self.app.copy_to_clipboard(text)

        def copy() -> None:
            command = local_tool()
            taken = bool(command) and copy_with(command, text)
            self.send(TextCopied(text, command[0] if taken else ""))

        self.app.run_job(copy, group="copy")

    @on(TextCopied)
    def _copied(self, message: TextCopied) -> None:
        how = f"Copied with {message.tool}" if message.tool else "Sent to the terminal's clipboard"
        self.app.notify(f"{how}: {message.text}", markup=False, timeout=3)
