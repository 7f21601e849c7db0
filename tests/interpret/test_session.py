"""A session: prompts at once and in order, an engine that is slow or fails, the log, subtitles."""

import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from interpret.engine import Output, OutputKind, Request
from interpret.errors import EngineError
from interpret.hypothesis import Hypothesis
from interpret.log import LogWriter, read_log
from interpret.memory_engine import MemoryEngine
from interpret.prompt import Prompts
from interpret.prompting import Prompter
from interpret.records import RecordSink, SubtitleSink
from interpret.session import Session
from interpret.sink import Sink
from lang.errors import BadFileError
from tm.unit import Unit
from workspace.workspace import Workspace

MINUTE = 60 * 10**9


def final(segment: int, text: str, **more: object) -> Hypothesis:
    return Hypothesis(segment, 0, text, len(text), True, time.monotonic_ns(), **more)  # type: ignore[arg-type]


def partial(segment: int, revision: int, text: str) -> Hypothesis:
    return Hypothesis(segment, revision, text, 0, False, time.monotonic_ns())


class Collected(Sink):
    """A sink that keeps everything."""

    def __init__(self) -> None:
        self.prompts: list[Prompts] = []
        self.outputs: list[Output] = []
        self.pieces: list[tuple[int, str]] = []
        self.notes: list[str] = []

    def prompted(self, prompts: Prompts) -> None:
        self.prompts.append(prompts)

    def piece(self, segment: int, text: str, at_ns: int) -> None:
        self.pieces.append((segment, text))

    def answered(self, output: Output) -> None:
        self.outputs.append(output)

    def told(self, text: str, at_ns: int) -> None:
        self.notes.append(text)


def english(text: str) -> str:
    """What Echo makes of a text: letters for its characters."""
    return "".join(chr(ord("a") + ord(char) % 26) for char in text)


class Echo:
    """An engine that gives letters for the source in two pieces, after a gate opens; 'fail' and 'crash' fail."""

    name = "echo"

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.requests: list[Request] = []

    def translate(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        self.requests.append(request)
        while self.gate is not None and not self.gate.wait(0.01):
            if cancelled.is_set():
                return
        if "fail" in request.text:
            raise EngineError("The server is busy.", "Wait.")
        yield english(request.text[:2])
        if "crash" in request.text:
            raise RuntimeError("boom")
        yield english(request.text[2:])

    def kind(self, request: Request) -> OutputKind:
        return "engine"

    def close(self) -> None:
        pass


@pytest.fixture
def prompter(seeded_workspace: Workspace) -> Prompter:
    return Prompter(seeded_workspace)


def test_terms_numbers_and_a_match_are_prompted(seeded_workspace: Workspace) -> None:
    seeded_workspace.memory.add_one(
        Unit("低空經濟去年增加2,236.6億元。", "The low-altitude economy grew by RMB 223.66 billion last year.")
    )
    found = Prompter(seeded_workspace).prompts(final(0, "低空經濟去年增加3,100億元。"))
    assert [(term.text, term.renderings[0], term.first) for term in found.terms] == [("低空經濟", "low-altitude economy", True)]
    assert [(number.text, number.rendering) for number in found.numbers] == [("3,100億元", "RMB 310 billion")]
    assert found.match is not None
    assert found.match.repaired
    assert found.match.target == "The low-altitude economy grew by RMB 310 billion last year."


def test_english_speech_is_prompted_in_chinese(prompter: Prompter) -> None:
    found = prompter.prompts(final(0, "The low-altitude economy grew to RMB 223.66 billion."))
    assert found.terms[0].renderings[0] in ("低空經濟", "低空经济")
    assert [number.rendering for number in found.numbers] == ["2,236.6億元"]


def test_a_term_is_loud_once_and_again_after_a_long_silence(seeded_workspace: Workspace) -> None:
    now = 0
    prompter = Prompter(seeded_workspace, quiet_minutes=5, clock=lambda: now)
    assert prompter.prompts(final(0, "低空經濟")).terms[0].first
    assert prompter.prompts(replace(final(0, "低空經濟。"), revision=1)).terms[0].first, "the same segment revised"
    now = 4 * MINUTE
    assert not prompter.prompts(final(1, "低空經濟")).terms[0].first
    now = 8 * MINUTE
    assert not prompter.prompts(final(2, "低空經濟")).terms[0].first, "heard four minutes ago"
    now = 14 * MINUTE
    assert prompter.prompts(final(3, "低空經濟")).terms[0].first


def test_what_the_next_words_may_change_is_not_prompted_yet(prompter: Prompter) -> None:
    text = "我們培育低空經濟，增加2,236.6億元。"
    shown: list[tuple[str, ...]] = []
    for end in range(1, len(text) + 1):
        found = prompter.prompts(partial(0, end, text[:end]))
        assert found.match is None
        shown.append(tuple(prompt.text for prompt in (*found.terms, *found.numbers)))
    for before, after in itertools.pairwise(shown):
        assert after[: len(before)] == before, "nothing is taken back"
    assert shown[-1] == ("低空經濟", "2,236.6億元")


def test_a_term_added_on_the_fly_works_from_the_next_line(seeded_workspace: Workspace) -> None:
    prompter = Prompter(seeded_workspace, text_by_text=True)
    assert not prompter.prompts(final(0, "夜市龍蝦節")).terms
    seeded_workspace.glossary.add(["夜市龍蝦節"], ["Night Market Lobster Festival"])
    assert [term.text for term in prompter.prompts(final(1, "夜市龍蝦節")).terms] == ["夜市龍蝦節"]


@pytest.mark.parametrize("text", ["深圳將培育低空經濟，擴大離境退稅。", "We will develop the low-altitude economy by 30%."])
def test_terms_read_text_by_text_prompt_the_same(seeded_workspace: Workspace, text: str) -> None:
    at_once, by_text = Prompter(seeded_workspace), Prompter(seeded_workspace, text_by_text=True)
    wanted = at_once.prompts(final(0, text))
    found = by_text.prompts(final(0, text))
    assert wanted.terms
    assert (found.terms, found.numbers) == (wanted.terms, wanted.numbers)


def test_prompts_never_wait_for_the_engine_and_answers_keep_their_order(prompter: Prompter) -> None:
    gate = threading.Event()
    sink = Collected()
    session = Session(prompter, Echo(gate), [sink])
    for number in range(20):
        session.hear(final(number, f"第{number}句。"))
    assert len(sink.prompts) == 20
    assert not sink.outputs
    gate.set()
    session.finish()
    assert [output.segment for output in sink.outputs] == list(range(20))
    assert [output.text for output in sink.outputs] == [english(f"第{number}句。") for number in range(20)]
    assert all(output.asked_ns <= output.first_ns <= output.last_ns for output in sink.outputs)


def test_a_failing_engine_gives_a_reason_and_the_next_segment_is_translated(prompter: Prompter) -> None:
    sink = Collected()
    Session(prompter, Echo(), [sink]).run([final(0, "fail"), final(1, "crash"), final(2, "好的。")])
    assert [output.text for output in sink.outputs] == ["", english("cr"), english("好的。")]
    assert "The server is busy." in sink.outputs[0].reason
    assert "boom" in sink.outputs[1].reason
    assert sink.outputs[0].kind == "none"


def test_the_engine_is_told_what_was_said_before(prompter: Prompter) -> None:
    engine = Echo()
    Session(prompter, engine, []).run([final(number, f"第{number}句。") for number in range(5)])
    assert engine.requests[4].context == tuple((f"第{n}句。", english(f"第{n}句。")) for n in (1, 2, 3))


def test_a_segment_revised_or_taken_back_while_it_waits_is_translated_as_it_is_now(prompter: Prompter) -> None:
    gate = threading.Event()
    engine, sink = Echo(gate), Collected()
    session = Session(prompter, engine, [sink])
    session.hear(final(0, "一。"))
    while not engine.requests:
        time.sleep(0.001)
    session.hear(final(1, "二。"))
    session.hear(final(2, "三。"))
    session.hear(replace(final(1, "二又。"), revision=1))
    session.hear(replace(final(2, ""), revision=1))
    gate.set()
    session.finish()
    assert [(output.segment, output.text) for output in sink.outputs] == [(0, english("一。")), (1, english("二又。"))]


def test_cancelling_ends_an_engine_that_hangs(prompter: Prompter) -> None:
    session = Session(prompter, Echo(threading.Event()), [])
    session.hear(final(0, "一。"))
    session.cancel()
    assert session.behind == 0


def test_the_memory_engine_reads_out_only_what_is_safe(seeded_workspace: Workspace) -> None:
    memory = seeded_workspace.memory
    memory.add_one(Unit("龍蝦節昨日在海邊開幕。", "The lobster festival opened by the sea yesterday."))
    sink = Collected()
    said = ["龍蝦節昨日在海邊開幕。", "龙虾节昨日在海边开幕。", "龍蝦節前日在海邊開幕。", "低空經濟增加3億元。", "好。"]
    Session(Prompter(seeded_workspace), MemoryEngine(), [sink]).run(final(at, text) for at, text in enumerate(said))
    english = "The lobster festival opened by the sea yesterday."
    assert [output.text for output in sink.outputs] == [english, english, "", "[low-altitude economy · RMB 300 million]", ""]
    assert [output.kind for output in sink.outputs] == ["exact", "exact", "none", "gloss", "none"]


def test_the_log_has_everything_and_is_read_without_its_torn_last_line(prompter: Prompter, tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with LogWriter(path) as log:
        Session(prompter, Echo(), [RecordSink(log.write, time.monotonic_ns())]).run(
            [partial(0, 0, "低空"), replace(final(0, "低空經濟。"), revision=1)]
        )
    kinds = [record["type"] for record in read_log(path)]
    assert sorted(kinds) == ["end", "hypothesis", "hypothesis", "output", "piece", "piece", "prompts", "prompts"]
    records = {record["type"]: record for record in read_log(path)}
    assert records["output"]["text"] == english("低空經濟。")
    assert 0 <= records["output"]["asked_ms"] <= records["output"]["first_ms"] <= records["output"]["last_ms"]
    with path.open("a", encoding="utf-8") as file:
        file.write('{"type": "no')
    assert [record["type"] for record in read_log(path)] == kinds
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(BadFileError, match=rf"log\.jsonl:{len(kinds) + 1}: not JSON"):
        list(read_log(path))


def test_subtitles_are_in_order_and_never_overlap(tmp_path: Path) -> None:
    paths = tmp_path / "a.srt", tmp_path / "a.vtt"
    sinks = [SubtitleSink(paths[0], "srt", 0), SubtitleSink(paths[1], "vtt", 0)]
    said = [final(0, "one <b>.", spoken_ms=(0.0, 2000.0)), final(1, "二。", spoken_ms=(1500.0, 3661001.0))]
    for sink in sinks:
        for hypothesis, text in zip(said, ("one <b>.", "two."), strict=True):
            sink.heard(hypothesis)
            sink.answered(Output(hypothesis.segment, text, "echo", "engine", 0, 0, 0))
        sink.close()
    assert paths[0].read_text(encoding="utf-8") == (
        "1\n00:00:00,000 --> 00:00:02,000\none <b>.\n\n2\n00:00:02,000 --> 01:01:01,001\ntwo.\n\n"
    )
    assert paths[1].read_text(encoding="utf-8").startswith("WEBVTT\n\n1\n00:00:00.000 --> 00:00:02.000\none &lt;b&gt;.\n")
    more = SubtitleSink(paths[0], "srt", 0, resume=True)
    more.heard(final(2, "三。", spoken_ms=(0.0, 1.0)))
    more.answered(Output(2, "three.", "echo", "engine", 0, 0, 0))
    more.close()
    assert paths[0].read_text(encoding="utf-8").endswith("\n\n3\n01:01:01,001 --> 01:01:02,501\nthree.\n\n")


class Full(Collected):
    """A sink whose disk is full from the second prompts on."""

    def prompted(self, prompts: Prompts) -> None:
        super().prompted(prompts)
        if len(self.prompts) > 1:
            raise OSError(28, "No space left on device", "speech.jsonl")


def test_a_full_disk_ends_the_log_and_not_the_session(prompter: Prompter) -> None:
    full, sink = Full(), Collected()
    Session(prompter, Echo(), [full, sink]).run(final(number, f"第{number}句。") for number in range(5))
    assert len(full.prompts) == 2
    assert len(sink.prompts) == len(sink.outputs) == 5
    assert sink.notes == ["speech.jsonl cannot be written any more (No space left on device)."]


def test_a_reader_that_is_gone_is_told_to_the_caller_whichever_thread_finds_out(prompter: Prompter) -> None:
    class Gone(Collected):
        def answered(self, output: Output) -> None:
            raise BrokenPipeError

    session = Session(prompter, Echo(), [Gone()])
    with pytest.raises(BrokenPipeError):
        session.run([final(0, "一。")])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_file_that_cannot_be_written_is_named() -> None:
    sink = SubtitleSink(Path("/dev/full"), "srt", 0)
    with pytest.raises(OSError, match="/dev/full"):
        sink.answered(Output(0, "one.", "echo", "engine", 0, 0, 0))
    sink.close()


@pytest.mark.parametrize(
    ("said", "text", "rendering"),
    [
        ("企業數量超過5200萬戶。", "5200萬戶", "over 52 million"),
        ("新增機場容量4億人次。", "4億人次", "400 million"),
        ("壓縮到4個工作日以內。", "4個工作日", "up to 4 working days"),
        ("縮短到120個工作日。", "120個工作日", "120 working days"),
        ("經費增長1倍。", "1倍", "up 100 percent (2 times as much)"),
        ("銷售額增長11.8倍。", "11.8倍", "up 1,180 percent (12.8 times as much)"),
        ("聯合國成立75周年。", "75周年", "75th anniversary"),
        ("按照十三屆全國人大的決定。", "十三", "13th"),
        ("人大五次會議批准。", "五", "5th"),
        ("連續舉辦八屆活動周。", "八", "8"),
        ("去年增長12.3%。", "12.3%", "12.3 percent"),
        ("新增1206萬人。", "1206萬人", "12.06 million people"),
    ],
)
def test_numbers_are_prompted_as_they_are_said(empty_workspace: Workspace, said: str, text: str, rendering: str) -> None:
    found = Prompter(empty_workspace).prompts(final(0, said))
    assert [(number.text, number.rendering) for number in found.numbers] == [(text, rendering)]
