"""The form that adds or changes a concept."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from glossary.concept import STATUSES, Status
from tui.choice import Choice
from tui.entry import Entry
from tui.key_hints import KeyHints
from tui.marks import STATUS_SIGNS
from tui.messages import DomainsRead
from tui.saving_form import SavingForm, text_area
from tui.writing import Done

Save = Callable[[Entry], Done]
"""Saves what the form holds; YuqiaoError where it cannot be saved as it is. Called on a thread."""

Domains = Callable[[], Sequence[str]]
"""Reads the domains there are. Called on a thread."""


class ConceptForm(SavingForm[Entry, Done]):
    """Fields of one concept. It stays open, with what is wrong in words, until it is saved or left."""

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]  # noqa: RUF012 (Textual declares it so)

    def __init__(self, title: str, entry: Entry, save: Save, domains: Domains, *, with_avoided: bool = False) -> None:
        super().__init__(save)
        self._domains = domains
        self._title = title
        self._entry = entry
        self._with_avoided = with_avoided

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
            yield from _row("Definition", text_area("definition", entry.definition))
            yield from _row("Note", text_area("note", entry.note))
            yield from _row("Source", _line("source", entry.source, "where the rendering comes from"))
            yield Static(id="message", markup=False)
        yield KeyHints()

    def on_mount(self) -> None:
        """Begin with what is to be typed: a term looked for in vain stands there already."""
        self.query_one("#chinese" if self._entry.english or not self._entry.chinese else "#english").focus()
        self.app.run_job(self._read_domains, group="domains")

    def _read_domains(self) -> None:
        self.post_message(DomainsRead(self._domains()))

    @on(DomainsRead)
    def _suggest(self, message: DomainsRead) -> None:
        """The rest of a domain there is already is offered while its beginning is typed; Right takes it."""
        field = self.query_one("#domain", Input)
        field.suggester = SuggestFromList(message.domains, case_sensitive=False)

    def held(self) -> Entry:
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

    def started(self) -> None:
        """It may take a moment."""
        self.say("Saving ...")

    def say(self, text: str) -> None:
        """Show it under the fields, in another colour while it is being saved."""
        says = self.query_one("#message", Static)
        says.update(Content(text))
        says.set_class(self.saving, "-saving")
        says.scroll_visible(animate=False)


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
