"""The form that adds or changes a concept."""

from collections.abc import Callable
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Footer, Input, Static, TextArea

from glossary.concept import STATUSES, Status
from lang.errors import YuqiaoError
from tui.actions import bindings
from tui.choice import Choice
from tui.entry import Entry
from tui.jobs import JobApp
from tui.marks import STATUS_SIGNS
from tui.messages import EntryRefused, EntrySaved
from tui.writing import Done

Save = Callable[[Entry], Done]
"""Saves what the form holds; YuqiaoError where it cannot be saved as it is. Called on a thread."""


class ConceptForm(ModalScreen[Done | None]):
    """Fields of one concept. It stays open, with what is wrong in words, until it is saved or left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form")]
    AUTO_FOCUS = "Input"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012 (Textual declares it so)

    app = getters.app(JobApp)

    def __init__(self, title: str, entry: Entry, save: Save, *, with_avoided: bool = False) -> None:
        super().__init__()
        self._title = title
        self._entry = entry
        self._save = save
        self._with_avoided = with_avoided
        self._saving = False

    def compose(self) -> ComposeResult:
        """A row for each field, the message, the keys."""
        entry = self._entry
        with VerticalScroll(id="form", can_focus=False) as box:
            box.border_title = Content(self._title)
            yield from _row("Chinese", _line("chinese", entry.chinese, "低空經濟; 低空经济"))
            yield from _row("English", _line("english", entry.english, "preferred; another rendering"))
            if self._with_avoided:
                yield from _row("Do not use", _line("avoid", entry.avoid, "renderings to avoid; in English"))
            yield from _row("Domain", _line("domain", entry.domain, "economy, law-security, ..."))
            yield from _row("Status", _choice(entry.status))
            yield from _row("Definition", _area("definition", entry.definition))
            yield from _row("Note", _area("note", entry.note))
            yield from _row("Source", _line("source", entry.source, "where the rendering comes from"))
            yield Static(id="message", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    @property
    def entry(self) -> Entry:
        """What the form holds now."""
        return Entry(
            chinese=self._value("chinese"),
            english=self._value("english"),
            domain=self._value("domain"),
            status=STATUSES[self.query_one("#status", Choice).chosen],
            definition=self.query_one("#definition", TextArea).text,
            note=self.query_one("#note", TextArea).text,
            source=self._value("source"),
            avoid=self._value("avoid") if self._with_avoided else "",
        )

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Save, on a thread; the form closes when it is done."""
        if self._saving:
            return
        self._saving = True
        self._say("Saving ...")
        entry, save = self.entry, self._save

        def job() -> None:
            try:
                done = save(entry)
            except YuqiaoError as error:
                self.post_message(EntryRefused(str(error)))
            except BaseException:
                self._saving = False
                raise
            else:
                self.post_message(EntrySaved(done))

        self.app.run_job(job, group="write")

    @on(EntryRefused)
    def _refused(self, message: EntryRefused) -> None:
        self._saving = False
        self._say(f"✗ {message.text}")

    def _say(self, text: str) -> None:
        says = self.query_one("#message", Static)
        says.update(Content(text))
        says.set_class(self._saving, "-saving")
        says.scroll_visible(animate=False)

    @on(EntrySaved)
    def _saved(self, message: EntrySaved) -> None:
        self.dismiss(message.done)

    def action_cancel(self) -> None:
        """Leave without saving."""
        self.dismiss(None)


def _row(label: str, field: Widget) -> ComposeResult:
    with Horizontal(classes="row"):
        yield Static(Content(label), classes="label", markup=False)
        yield field


def _choice(status: Status) -> Choice:
    return Choice([f"{STATUS_SIGNS[name]} {name}" for name in STATUSES], STATUSES.index(status), id="status")


def _line(name: str, value: str, placeholder: str) -> Input:
    # A line break cannot be typed into one line, but an imported text may hold one.
    field = Input(value, placeholder=placeholder, id=name, compact=True, select_on_focus=False)
    field.cursor_blink = False
    return field


def _area(name: str, value: str) -> TextArea:
    area = TextArea(value, id=name, compact=True, show_line_numbers=False, highlight_cursor_line=False)
    area.cursor_blink = False
    return area
