"""The engine for OpenAI-compatible servers against a real server that answers well, slowly, wrongly, in pieces or not at all.

A model's own quality is not tested here: what it says is the server's script.
"""

import json
import socket
from threading import Event, Timer

import pytest

from interpret.checking import answered
from interpret.engine import Request
from interpret.errors import EngineError
from interpret.openai_engine import OpenAIEngine, OpenAISettings
from interpret.prompt import MatchPrompt, NumberPrompt, TermPrompt
from lang.errors import SettingsError
from tests.interpret.openai_server import Answer, Server, serving

TEXT = "離境退稅銷售額達2,236.6億元。"
REQUEST = Request(
    7,
    TEXT,
    "zh",
    (TermPrompt(1, 0, 4, "離境退稅", ("departure tax refund", "tax refund")),),
    (NumberPrompt(8, 17, "2,236.6億元", "RMB 223.66 billion"),),
    (
        MatchPrompt(5, "fuzzy", 0.9, "退稅達5億元。", "Refunds reached RMB 500 million."),
        MatchPrompt(6, "fuzzy", 0.8, "退稅很快。", "Refunds are fast."),
    ),
    (("大家好。", "Hello, everyone."),),
)
ENGLISH = ["Departure", " tax refund", " sales", " reached", " RMB 223.66", " billion", " – «très» 語橋 🌉", "."]


MADE: list[OpenAIEngine] = []


@pytest.fixture(autouse=True)
def own_keys(monkeypatch):
    monkeypatch.delenv("YUQIAO_OPENAI_KEY", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setattr("interpret.openai_engine._BACK_OFF_SECONDS", 0.01)
    yield
    while MADE:
        MADE.pop().close()


def engine(server: Server, **options: str) -> OpenAIEngine:
    """An engine for the server that is closed after the test."""
    made = OpenAIEngine(OpenAISettings.from_options({"url": server.url, "model": "a-model", **options}))
    MADE.append(made)
    return made


def translated(server: Server, request: Request = REQUEST, **options: str) -> list[str]:
    return list(engine(server, **options).translate(request, Event()))


@pytest.mark.parametrize("new_line", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [0, 1, 2, 3, 7])
def test_pieces_come_whole_and_in_order_however_they_are_cut(size, new_line):
    with serving(Answer(ENGLISH, bytes_at_once=size, new_line=new_line)) as server:
        assert translated(server) == ENGLISH


def test_prompt_has_the_fixed_part_first_and_what_changes_last():
    with serving(Answer(ENGLISH)) as server:
        translated(server, temperature="0.3", max_tokens="99", extra='{"top_k": 1}')
        translated(server, Request(8, "別的。", "zh", (), ()))
    first, second = server.requests
    assert first["messages"][0] == second["messages"][0]
    assert (first["model"], first["stream"], first["temperature"], first["max_tokens"], first["top_k"]) == (
        "a-model", True, 0.3, 99, 1,
    )  # fmt: skip
    asked = first["messages"][1]["content"]
    parts = [
        "大家好。 => Hello, everyone.",
        "退稅很快。 => Refunds are fast.",
        "退稅達5億元。 => Refunds reached RMB 500 million.",
        "2,236.6億元 = RMB 223.66 billion",
        "離境退稅 = departure tax refund / tax refund",
        f"Text:\n{TEXT}",
    ]
    places = [asked.index(part) for part in parts]
    assert places == sorted(places)


def test_what_the_model_thinks_is_left_out():
    thought = ["<th", "ink>Is it 2,236", " billion?</th", "ink>\n\n", "No: <", " 300", " billion."]
    with serving(Answer(thought, reasoning="Let me see.")) as server:
        assert "".join(translated(server)) == "No: < 300 billion."


def test_thinking_whose_opening_the_server_left_out_is_not_in_the_output():
    with serving(Answer(["Let me see.", "</think>", "Here it is."])) as server:
        output = answered(engine(server), Request(0, "在這裏。", "zh", (), ()), Event(), enforce=False)
    assert output.text == "Here it is."


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_servers_are_asked_again(status):
    busy = Answer(status=status, body=json.dumps({"error": {"message": "too much"}}), headers={"Retry-After": "0"})
    with serving(busy, busy, Answer(ENGLISH)) as server:
        assert translated(server) == ENGLISH
    assert len(server.requests) == 3


def test_connection_that_closes_without_an_answer_is_made_again():
    with serving(Answer(close_at=0), Answer(ENGLISH)) as server:
        assert translated(server) == ENGLISH


@pytest.mark.parametrize(
    ("answer", "words", "asked"),
    [
        (Answer(status=500, body='{"error": {"message": "out of memory"}}'), r"has failed \(500\): out of memory\.", 3),
        (Answer(status=429, body="{}", headers={"Retry-After": "3600"}), r"is busy \(429\).*asks to wait 3600 seconds", 1),
        (Answer(status=404, body='{"error": "model not found"}'), r"\(404\): model not found\..*model=", 1),
        (Answer(status=401, body='{"error": {"message": "no key"}}'), r"refuses the key \(401\).*YUQIAO_OPENAI_KEY", 1),
        (Answer(status=400, body='{"detail": "context too long"}'), r"refuses the request \(400\): context too long\.", 1),
        (Answer(status=502, body="<html>bad gateway</html>"), r"has failed \(502\)\.$", 3),
        (Answer(ENGLISH, close_at=0), "closed the connection without an answer", 3),
        (Answer(raw=[b"data: nonsense\n\n"]), "no event of a chat: 'nonsense'", 1),
        (Answer(raw=[b'data: {"choices": 5}\n\n']), "no event of a chat", 1),
        (Answer(raw=[b'data: {"error": {"message": "the slot is gone"}}\n\n']), "has failed: the slot is gone", 3),
        (Answer(raw=[b"<html>", b"hello"]), "broke off the answer", 3),
    ],
)
def test_what_goes_wrong_is_told_in_words(answer, words, asked):
    with (
        serving(answer) as server,
        pytest.raises(EngineError, match=words),
    ):
        translated(server)
    assert len(server.requests) == asked


def test_answer_that_breaks_off_keeps_its_pieces_and_says_so():
    with serving(Answer(ENGLISH, close_at=3)) as server:
        pieces: list[str] = []
        output = answered(engine(server), REQUEST, Event(), enforce=False, on_piece=pieces.append)
    assert pieces == ENGLISH[:3]
    assert output.text == "Departure tax refund sales"
    assert "broke off the answer" in output.reason
    assert (output.missed_numbers, output.asked_again) == (("2,236.6億元",), True)


def test_answer_that_breaks_off_once_is_whole_the_second_time():
    with serving(Answer(ENGLISH, close_at=3), Answer(ENGLISH)) as server:
        output = answered(engine(server), REQUEST, Event(), enforce=False)
    assert (output.text, output.reason) == ("".join(ENGLISH), "")


def test_end_without_a_mark_is_taken_for_broken_off_and_with_either_for_whole():
    with serving(Answer(ENGLISH, finish=None)) as server:
        assert translated(server) == ENGLISH
    with serving(Answer(ENGLISH, done=False)) as server:
        assert translated(server) == ENGLISH
    with serving(Answer(ENGLISH, finish=None, done=False)) as server:
        output = answered(engine(server), REQUEST, Event(), enforce=False)
        assert output.text == "".join(ENGLISH)
        assert "broke off" in output.reason


def test_answer_cut_at_max_tokens_says_so():
    with serving(Answer(ENGLISH[:3], finish="length")) as server:
        output = answered(engine(server), REQUEST, Event(), enforce=False)
    assert output.text == "Departure tax refund sales"
    assert "max_tokens" in output.reason


@pytest.mark.parametrize(("hang_at", "words"), [(-1, "gave no answer"), (0, "gave no answer"), (2, "said nothing more")])
@pytest.mark.parametrize("keeps_open", [False, True])
def test_silence_is_ended_also_where_the_server_keeps_the_line_open(hang_at, words, keeps_open):
    with serving(Answer(ENGLISH, hang_at=hang_at, keeps_open=keeps_open)) as server:
        output = answered(engine(server, timeout="0.2"), REQUEST, Event(), enforce=False)
    assert f"{words} for 0.2 seconds" in output.reason
    assert output.text == "".join(ENGLISH[: max(0, hang_at)])
    assert len(server.requests) == 1


def test_slow_server_is_waited_for():
    with serving(Answer(ENGLISH, between_seconds=0.03)) as server:
        assert translated(server, timeout="5") == ENGLISH


def test_cancelling_closes_the_connection():
    with serving(Answer(ENGLISH, hang_at=2, keeps_open=True)) as server:
        cancelled = Event()
        made = engine(server)
        pieces = []
        for piece in made.translate(REQUEST, cancelled):
            pieces.append(piece)
            if len(pieces) == 2:
                Timer(0.05, cancelled.set).start()
        assert pieces == ENGLISH[:2]
        assert server.closed_early.wait(5)


def test_cancelling_ends_the_wait_for_a_busy_server(monkeypatch):
    busy = Answer(status=503, body="{}", headers={"Retry-After": "9"})
    with serving(busy) as server:
        cancelled = Event()
        Timer(0.05, cancelled.set).start()
        assert list(engine(server).translate(REQUEST, cancelled)) == []
    assert len(server.requests) == 1


def test_connection_is_kept_from_one_segment_to_the_next():
    with serving(Answer(ENGLISH)) as server:
        made = engine(server)
        for _ in range(5):
            assert list(made.translate(REQUEST, Event())) == ENGLISH
        assert len(server.connections) == 1


def test_kept_connection_that_the_server_closed_is_made_anew():
    with serving(Answer(ENGLISH, headers={"Connection": "keep-alive"}), Answer(close_at=0), Answer(ENGLISH)) as server:
        made = engine(server, retries="0")
        assert list(made.translate(REQUEST, Event())) == ENGLISH
        assert list(made.translate(REQUEST, Event())) == ENGLISH


def test_first_model_of_the_server_is_taken_where_none_is_named():
    with serving(Answer(ENGLISH)) as server:
        assert translated(server, model="") == ENGLISH
    assert server.requests[0]["model"] == "first-model"


def test_server_that_does_not_stream_is_read_all_the_same():
    whole = {"choices": [{"message": {"role": "assistant", "content": "All at once."}, "finish_reason": "stop"}]}
    with serving(Answer(body=json.dumps(whole))) as server:
        assert translated(server) == ["All at once."]


def test_nobody_listening_is_told_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        made = OpenAIEngine(OpenAISettings.from_options({"url": url, "model": "m", "retries": "1"}))
        with pytest.raises(EngineError, match=r"Nothing answers at 127\.0\.0\.1:.*Is the server started"):
            list(made.translate(REQUEST, Event()))


def test_key_comes_from_the_environment_and_stands_in_no_message(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-general")
    monkeypatch.setenv("YUQIAO_OPENAI_KEY", "sk-own-key")
    refusal = Answer(status=401, body='{"error": {"message": "Incorrect API key provided: sk-own-key."}}')
    with serving(refusal) as server, pytest.raises(EngineError) as raised:
        translated(server)
    assert server.headers[0]["Authorization"] == "Bearer sk-own-key"
    assert "sk-own-key" not in str(raised.value)
    assert "(key)" in str(raised.value)


def test_key_for_openai_itself_does_not_go_over_a_network_in_the_clear(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-general")
    with serving(Answer(ENGLISH)) as server:
        translated(server)
        assert server.headers[0]["Authorization"] == "Bearer sk-general"
        # The same server by a name that is not the loopback's.
        monkeypatch.setattr("interpret.openai_engine.LOOPBACK", ())
        translated(server)
        assert "Authorization" not in server.headers[1]


def test_key_with_a_line_break_is_refused_without_being_shown(monkeypatch):
    monkeypatch.setenv("YUQIAO_OPENAI_KEY", "sk-own\nkey")
    with pytest.raises(SettingsError) as raised:
        OpenAIEngine(OpenAISettings())
    assert "sk-own" not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("http://localhost:8000", "http://localhost:8000/v1"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1"),
        ("https://host/api/v3/chat/completions", "https://host/api/v3"),
    ],
)
def test_addresses_may_be_given_in_any_usual_form(given, used):
    assert OpenAISettings.from_options({"url": given}).url == used


@pytest.mark.parametrize(
    "options", [{"url": "localhost:8000"}, {"timeout": "soon"}, {"tokens": "5"}, {"extra": "[1]"}, {"extra": "{"}]
)
def test_bad_options_are_named(options):
    with pytest.raises(SettingsError, match=next(iter(options))):
        OpenAISettings.from_options(options)
