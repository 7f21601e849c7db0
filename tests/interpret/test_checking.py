"""What is said of an engine's answer: missed terms and numbers, asking once more, and patches that are safe."""

from collections.abc import Iterator
from threading import Event

import pytest

from interpret.checking import answered, misses
from interpret.engine import Request
from interpret.errors import EngineError
from interpret.prompt import TermPrompt


class Scripted:
    """An engine that gives its answers in turn; an exception in one is raised there."""

    name = "scripted"

    def __init__(self, *answers: list[str | Exception], kind: str = "engine") -> None:
        self.answers = list(answers)
        self.requests: list[Request] = []
        self._kind = kind

    def translate(self, request: Request, cancelled: Event) -> Iterator[str]:
        self.requests.append(request)
        for piece in self.answers.pop(0):
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def kind(self, request: Request) -> str:
        return self._kind

    def close(self) -> None:
        pass


def term(text: str, within: str, *renderings: str, deprecated: tuple[str, ...] = (), concept: int = 1) -> TermPrompt:
    start = within.index(text)
    return TermPrompt(concept, start, start + len(text), text, renderings, deprecated=deprecated)


def request(text: str, *terms: TermPrompt, source: str = "zh") -> Request:
    return Request(0, text, source, terms, ())


REFUND = "離境退稅銷售額達2,236.6億元。"
PROMPT = term("離境退稅", REFUND, "departure tax refund", "tax refund upon departure", deprecated=("leaving tax return",))


def ask(engine: Scripted, wanted: Request, *, enforce: bool = False, pieces: list[str] | None = None):
    return answered(engine, wanted, Event(), enforce=enforce, on_piece=None if pieces is None else pieces.append)


def test_answer_with_its_terms_and_numbers_lacks_nothing():
    pieces: list[str] = []
    engine = Scripted(["Departure tax ", "refund sales reached ", "RMB 223.66 billion."])
    output = ask(engine, request(REFUND, PROMPT), enforce=True, pieces=pieces)
    assert "".join(pieces) == output.text == "Departure tax refund sales reached RMB 223.66 billion."
    assert (output.missed_terms, output.missed_numbers, output.patched, output.asked_again) == ((), (), False, False)
    assert (output.kind, output.reason) == ("engine", "")
    assert output.asked_ns <= output.first_ns <= output.last_ns


def test_misses_are_shown_and_nothing_is_changed_unless_enforced():
    engine = Scripted(["Sales of refunds reached RMB 2,236.6 billion."])
    output = ask(engine, request(REFUND, PROMPT))
    assert output.missed_terms == ("離境退稅",)
    assert output.missed_numbers == ("2,236.6億元",)
    assert output.text == "Sales of refunds reached RMB 2,236.6 billion."
    assert len(engine.requests) == 1


def test_enforced_asks_once_more_with_the_misses_named_and_keeps_the_better_answer():
    engine = Scripted(["Sales reached RMB 2,236.6 billion."], ["Departure tax refund sales reached RMB 223.66 billion."])
    pieces: list[str] = []
    output = ask(engine, request(REFUND, PROMPT), enforce=True, pieces=pieces)
    assert output.text == "Departure tax refund sales reached RMB 223.66 billion."
    assert output.asked_again
    assert not output.patched
    assert pieces == ["Sales reached RMB 2,236.6 billion."]
    named = engine.requests[1].missed
    assert "離境退稅 = departure tax refund" in named
    assert any("10 times too large" in miss and "RMB 223.66 billion" in miss for miss in named)


def test_enforced_keeps_the_first_answer_where_the_second_is_no_better():
    engine = Scripted(["Refund sales reached RMB 223.66 billion."], ["Sales reached 7 percent."])
    output = ask(engine, request(REFUND, PROMPT), enforce=True)
    assert output.text == "Refund sales reached RMB 223.66 billion."
    assert output.missed_terms == ("離境退稅",)


@pytest.mark.parametrize(
    ("answer", "patched"),
    [
        ("Leaving tax return sales reached RMB 223.66 billion.", "Departure tax refund sales reached RMB 223.66 billion."),
        ("Departure tax refund sales: RMB 2,236.6 billion.", "Departure tax refund sales: RMB 223.66 billion."),
        ("Departure tax refund sales: 2,236.6 billion yuan.", "Departure tax refund sales: 223.66 billion yuan."),
        ("The leaving tax return had sales of RMB 22 billion.", "The departure tax refund had sales of RMB 223.66 billion."),
        ("Sales by tax refund upon departure: RMB 223.66 billion.", "Sales by departure tax refund: RMB 223.66 billion."),
    ],
)
def test_patches_what_is_safe(answer, patched):
    engine = Scripted([answer], [answer])
    output = ask(engine, request(REFUND, PROMPT), enforce=True)
    assert output.text == patched
    assert output.patched
    assert (output.missed_terms, output.missed_numbers) == ((), ())


@pytest.mark.parametrize(
    "answer",
    [
        "Leaving tax returns reached RMB 223.66 billion.",  # another number of the noun
        "Departure tax refund sales: RMB 22 billion, up 5 percent.",  # which one is meant is not certain
        "Departure tax refund sales rose.",  # no place for it
    ],
)
def test_leaves_what_is_not_safe_and_shows_it(answer):
    output = ask(Scripted([answer], [answer]), request(REFUND, PROMPT), enforce=True)
    assert output.text == answer
    assert not output.patched
    assert output.missed_terms or output.missed_numbers


def test_article_that_would_not_fit_is_not_patched():
    text = "推出離境退稅。"
    prompt = term("離境退稅", text, "exit refund", deprecated=("leaving tax return",))
    output = ask(Scripted(*[["They offer a leaving tax return."]] * 2), request(text, prompt), enforce=True)
    assert output.text == "They offer a leaving tax return."
    assert output.missed_terms == ("離境退稅",)


def test_chinese_answer_is_patched_in_its_own_script():
    text = "The departure tax refund grew."
    prompt = term("departure tax refund", text, "離境退稅", deprecated=("出境退税",))
    output = ask(Scripted(*[["出境退税增长了。"]] * 2), request(text, prompt, source="en"), enforce=True)
    assert output.text == "离境退税增长了。"


def test_memory_is_neither_asked_again_nor_changed():
    engine = Scripted(["Leaving tax return sales reached RMB 223.66 billion."], kind="exact")
    output = ask(engine, request(REFUND, PROMPT), enforce=True)
    assert output.text == "Leaving tax return sales reached RMB 223.66 billion."
    assert output.missed_terms == ("離境退稅",)


def test_term_rendered_once_may_be_a_pronoun_the_second_time():
    text = "離境退稅很好，離境退稅很快。"
    first = term("離境退稅", text, "departure tax refund")
    second = TermPrompt(1, 7, 11, "離境退稅", ("departure tax refund",))
    assert not misses(request(text, first, second), "The departure tax refund is good, and it is fast.")


def test_invented_number_is_told_in_words():
    output = ask(Scripted(["The departure tax refund grew by 7 percent."]), request("離境退稅增長。"))
    assert output.reason == "7 percent is not in the source"


def test_untranslated_answer_is_not_shown():
    output = ask(Scripted(["離境退稅銷售額達2,236.6億元。"]), request(REFUND, PROMPT))
    assert (output.text, output.kind, output.reason) == ("", "none", "the answer was not translated")


def test_error_is_the_reason_and_what_came_before_it_stays():
    output = ask(Scripted(["Half of ", EngineError("The server is gone.", "Start it.")]), request("一半沒有了。"))
    assert (output.text, output.kind, output.reason) == ("Half of", "engine", "The server is gone. Start it.")
    nothing = ask(Scripted([EngineError("The server is gone.")]), request(REFUND, PROMPT))
    assert (nothing.text, nothing.kind, nothing.reason) == ("", "none", "The server is gone.")
    assert nothing.missed_terms == ("離境退稅",)


def test_engine_that_fails_in_a_way_of_its_own_is_told_by_name():
    output = ask(Scripted(["Half", KeyError("place")]), request("一半。"))
    assert (output.text, output.reason) == ("Half", "The engine scripted failed: KeyError: 'place'")


def test_answer_that_broke_off_is_asked_for_once_more():
    engine = Scripted(["Half of ", EngineError("It broke off.", retry=True)], ["All of it is here."])
    pieces: list[str] = []
    output = ask(engine, request("都在這裏。"), pieces=pieces)
    assert (output.text, output.reason, output.asked_again) == ("All of it is here.", "", True)
    assert pieces == ["Half of "]


def test_empty_answer_has_a_reason():
    output = ask(Scripted([" "]), request("空的。"))
    assert (output.kind, output.reason) == ("none", "The engine scripted gave no translation.")


def test_cancelled_engine_is_not_asked_again():
    engine = Scripted(["Sales."])
    cancelled = Event()
    cancelled.set()
    output = answered(engine, request(REFUND, PROMPT), cancelled, enforce=True)
    assert len(engine.requests) == 1
    assert "cancelled" in output.reason


def test_lines_of_an_answer_become_one():
    assert ask(Scripted(["One line\n", "and another.\n"]), request("兩行。")).text == "One line and another."
