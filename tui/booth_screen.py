"""The booth: a speech followed live, with its terms, numbers and English at a glance."""

from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from lang.script import has_han
from tui.actions import bindings
from tui.area_screen import AreaScreen
from tui.booth_feed import Feed, OutputCame, PromptsCame, Source, SpeechEnded
from tui.booth_view import EarlierView, NowView, Said, Speech
from tui.concept_form import ConceptForm
from tui.entry import Entry
from tui.jobs import LongJob
from tui.path_picker import PathPicker
from tui.session import Session
from tui.writing import Done

_EMPTY = (
    "Name a transcript, or pick it with Ctrl+O, and press Enter: it is replayed at speaking speed. A number behind it is how "
    "many times faster: speech.txt 5\n\n"
    "With + before the name a file that grows is followed: +live.jsonl, which your recogniser writes to "
    "(whisper.cpp, whisper_streaming, SimulStreaming, simulstream, sherpa-onnx, FunASR, or plain lines).\n\n"
    "From a pipe: recogniser | yuqiao interpret -"
)


class BoothScreen(AreaScreen):
    """Follow a speech."""

    AREA = "booth"
    CSS_PATH = "booth_screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("booth")]
    AUTO_FOCUS = "#source"

    source_input = getters.query_one("#source", Input)
    now_view = getters.query_one("#now", NowView)
    earlier_view = getters.query_one("#earlier", EarlierView)
    status = getters.query_one("#booth-status", Static)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._speech = Speech()
        self._feed: Feed | None = None
        # The segment shown, None while the screen follows the speech; and what is shown while it is held still.
        self._at: int | None = None
        self._held: list[Said] | None = None

    def compose_area(self) -> ComposeResult:
        """Field, what is said now, what was said before, status."""
        field = Input(placeholder="speech.txt, or +live.jsonl to follow a file that grows", id="source", select_on_focus=False)
        field.cursor_blink = False
        field.border_title = Content("Booth")
        yield field
        yield Static(Content(_EMPTY), id="booth-empty")
        with self.split_panes("booth-panes", stacked=True):
            yield NowView(id="now")
            yield EarlierView(id="earlier")
        yield Static("", id="booth-status", markup=False)

    def on_mount(self) -> None:
        """Name the panes."""
        self.earlier_view.border_title = Content("Before")
        self._show()

    def on_unmount(self) -> None:
        """Quitting never waits for a speech."""
        if self._feed is not None:
            self._feed.stop()

    def script_changed(self) -> None:
        """Show all in the script."""
        self._show()

    # The speech

    @on(Input.Submitted, "#source")
    def _start(self) -> None:
        source = source_of(self.source_input.value)
        if source is None:
            return
        if self._feed is not None:
            self._feed.stop()
        self._speech, self._at, self._held = Speech(), None, None
        feed = self._feed = Feed(self.session.path, source, self.send)
        told = LongJob(f"Follow {Path(source.file).name}", self.AREA, feed.stop)
        self.app.run_long_job(feed.run, told, group="booth")
        self.now_view.focus()
        self._show()

    def action_pick_file(self) -> None:
        """Pick the transcript; Enter in the field then begins."""

        def picked(path: str | None) -> None:
            if path is not None:
                self.source_input.value = path
                self.source_input.cursor_position = len(path)
                self.source_input.focus()

        self.app.push_screen(PathPicker("Transcript"), picked)

    @on(PromptsCame)
    def _prompts_came(self, message: PromptsCame) -> None:
        self._speech.take(message.prompts)
        self._show()

    @on(OutputCame)
    def _output_came(self, message: OutputCame) -> None:
        self._speech.answer(message.output)
        self._show()

    @on(SpeechEnded)
    def _speech_ended(self) -> None:
        self._feed = None
        self._show()

    # Showing

    @property
    def _visible(self) -> list[Said]:
        return self._held if self._held is not None else self._speech.segments()

    def shown(self) -> Said | None:
        """The segment shown large."""
        said = self._visible
        if not said:
            return None
        return said[-1] if self._at is None else said[min(self._at, len(said) - 1)]

    def _show(self) -> None:
        said, current = self._visible, self.shown()
        self.set_class(bool(said) or self._feed is not None, "-speech")
        at = said.index(current) if current is not None else 0
        self.now_view.show(current, self.script)
        self.now_view.border_title = Content(f"{at + 1} of {len(said)}" if said else "Now")
        self.earlier_view.show(said[max(0, at - 100) : at], self.script)
        state = "listening" if self._feed is not None else ("ended" if said else "")
        if self._held is not None:
            state = f"held, {len(self._speech) - len(self._held)} new"
        elif self._at is not None:
            state = f"looking back ({state})"
        self.status.update(Content(state))

    def action_pause(self) -> None:
        """Hold the screen still, or go on."""
        self._held = None if self._held is not None else self._speech.segments()
        self._show()

    def action_earlier(self) -> None:
        """One segment back."""
        last = len(self._visible) - 1
        if last >= 0:
            self._at = max(0, (last if self._at is None else min(self._at, last)) - 1)
            self._show()

    def action_later(self) -> None:
        """One segment on; past the newest the screen follows again."""
        if self._at is not None:
            self._at = self._at + 1 if self._at + 1 < len(self._visible) - 1 else None
            self._show()

    def action_now(self) -> None:
        """Follow the speech."""
        self._at, self._held = None, None
        self._show()

    def action_stop(self) -> None:
        """End the session; else go to the field."""
        if self._feed is not None and self.focused is not self.source_input:
            self._feed.stop()
        else:
            self.source_input.focus()

    def action_focus_source(self) -> None:
        """Go to the field."""
        self.source_input.focus()
        self.source_input.action_select_all()

    def action_copy_english(self) -> None:
        """Copy the English of the segment shown: what was said, or what the engine made of it."""
        self.copy_text(next((text for text in self._texts() if not has_han(text)), ""), "There is no English to copy")

    def action_copy_chinese(self) -> None:
        """Copy the Chinese of the segment shown, in the script shown."""
        chinese = next((text for text in self._texts() if has_han(text)), "")
        self.copy_text(self.script.show(chinese), "There is no Chinese to copy")

    def _texts(self) -> list[str]:
        said = self.shown()
        return [text for text in (said.prompts.text, said.english) if text] if said is not None else []

    # Terms on the fly

    def action_add_term(self) -> None:
        """Open the form; the term is prompted from the next segment on."""
        writer = self.session.writer
        self.app.push_screen(ConceptForm("Add a term for this speech", Entry(), writer.add, writer.domains), self._term_added)

    def _term_added(self, done: Done | None) -> None:
        if done is None:
            return
        self.app.notify(done.message, markup=False, timeout=4)


def source_of(typed: str) -> Source | None:
    """What the field names: `speech.txt`, `speech.txt 5` (five times faster), `+live.jsonl` (followed); None for nothing."""
    text = typed.strip()
    if text.startswith(("+", "＋")):
        name = text[1:].strip()
        return Source(name, follow=True) if name else None
    name, blank, speed = text.rpartition(" ")
    try:
        factor = float(speed) if blank else 0.0
    except ValueError:
        factor = 0.0
    if factor > 0:
        return Source(name.strip(), follow=False, speed=factor)
    return Source(text, follow=False) if text else None
