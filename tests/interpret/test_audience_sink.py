"""What of a session reaches the hall."""

import time

from interpret.audience_sink import AudienceSink
from interpret.engine import Output, OutputKind
from interpret.hypothesis import Hypothesis


class Hall:
    """Keeps what is shown."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, str, str, bool]] = []

    def show(self, segment: int, english: str, chinese: str = "", final: bool = True) -> None:
        self.shown.append((segment, english, chinese, final))


def said(text: str, *, final: bool = True, revision: int = 0) -> Hypothesis:
    return Hypothesis(0, revision, text, 0, final, time.monotonic_ns())


def output(text: str, kind: OutputKind = "engine") -> Output:
    return Output(0, text, "x", kind, 0, 0, 0)


def test_captions_grow_and_settle() -> None:
    hall = Hall()
    sink = AudienceSink(hall)  # type: ignore[arg-type]
    sink.heard(said("低空", final=False))
    sink.heard(said("低空經濟。", revision=1))
    sink.piece(0, "The low-altitude ", 0)
    sink.piece(0, "economy.", 0)
    sink.answered(output("The low-altitude economy!"))
    assert hall.shown == [
        (0, "", "低空", False),
        (0, "", "低空經濟。", False),
        (0, "The low-altitude ", "低空經濟。", False),
        (0, "The low-altitude economy.", "低空經濟。", False),
        (0, "The low-altitude economy!", "低空經濟。", True),
    ]


def test_a_gloss_is_not_shown_and_what_is_taken_back_goes() -> None:
    hall = Hall()
    sink = AudienceSink(hall)  # type: ignore[arg-type]
    sink.heard(said("低空經濟。"))
    sink.piece(0, "[low-altitude economy]", 0)
    sink.answered(output("[low-altitude economy]", "gloss"))
    sink.heard(said("", revision=1))
    assert hall.shown == [(0, "", "低空經濟。", False), (0, "", "低空經濟。", True), (0, "", "", False)]


def test_english_speech_is_captioned_as_it_is_with_its_chinese() -> None:
    hall = Hall()
    sink = AudienceSink(hall)  # type: ignore[arg-type]
    sink.heard(said("Good morning."))
    sink.answered(output("早上好。"))
    assert hall.shown[-1] == (0, "Good morning.", "早上好。", True)
