"""Recognisers over WebSocket: theirs is gone to, ours is sent to; what breaks is made again, who may not is refused."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Origin

from interpret.errors import SourceError
from interpret.hypothesis import Hypothesis
from interpret.sources.messages import Message, hypotheses_of_messages
from interpret.sources.websocket import Listener, messages_from

SAMPLES = Path(__file__).parents[1] / "data" / "transcripts"
SENTENCES = ["深圳將培育低空經濟。", "去年進出口總額為2,236.6億元。"]
ALL = sorted(path.name for path in SAMPLES.iterdir())


def settled(hypotheses: list[Hypothesis]) -> list[str]:
    """What stands in the end, without what was taken back."""
    last = {one.segment: one for one in hypotheses}
    assert all(one.final for one in last.values())
    return [last[segment].text for segment in sorted(last) if last[segment].text]


def messages(*said: tuple[int, str | None]) -> Iterator[Message]:
    for at, (connection, text) in enumerate(said):
        yield Message(connection, None if text is None else text.encode(), at)


@pytest.mark.parametrize("name", ALL)
def test_a_line_a_message_is_read_as_the_lines_of_a_stream(name: str) -> None:
    lines = (SAMPLES / name).read_bytes().splitlines(keepends=True) if name.endswith("jsonl") else [(SAMPLES / name).read_bytes()]
    heard = hypotheses_of_messages(Message(0, line.rstrip(b"\n"), 7) for line in lines)
    assert settled(list(heard)) == SENTENCES


def test_json_laid_out_over_lines_is_one_message() -> None:
    laid_out = [json.dumps({"text": text, "segment": at, "is_final": True}, indent=2) for at, text in enumerate(SENTENCES)]
    assert settled(list(hypotheses_of_messages(messages((0, laid_out[0]), (0, laid_out[1]))))) == SENTENCES


def test_a_recogniser_that_counts_anew_after_a_break_says_new_segments() -> None:
    first, second = (json.dumps({"text": text, "segment": 0}, ensure_ascii=False) for text in SENTENCES)
    heard = list(hypotheses_of_messages(messages((0, first), (0, None), (1, second), (1, None))))
    assert settled(heard) == SENTENCES
    assert [one.received_ns for one in heard if one.final] == [1, 3]


def test_two_connections_at_once_do_not_mix() -> None:
    heard = list(hypotheses_of_messages(messages((0, "一。"), (1, '{"new": "二", "deleted": ""}'), (0, "三。"), (1, None))))
    assert [(one.segment, one.text, one.final) for one in heard] == [
        (0, "一。", True),
        (1, "二", False),
        (2, "三。", True),
        (1, "二", True),
    ]


@pytest.fixture
def told() -> list[str]:
    return []


def test_a_server_is_gone_to_again_until_it_closes_as_it_should(told: list[str]) -> None:
    parts = iter([SENTENCES[:1], SENTENCES[1:]])

    def speak(connection: ServerConnection) -> None:
        part = next(parts)
        for text in part:
            connection.send(text)
        connection.close(1011 if part == SENTENCES[:1] else 1000, "over")

    with serve(speak, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever).start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        heard = list(hypotheses_of_messages(messages_from(url, told.append, sleep=lambda _: None)))
    assert settled(heard) == SENTENCES
    assert len(told) == 2
    assert "broke" in told[0]
    assert "again" in told[1]


@pytest.mark.parametrize("url", ["ws://127.0.0.1:1/", "ws://", "ws://127.0.0.1:99999/"])
def test_a_server_that_is_not_there_is_told(url: str, told: list[str]) -> None:
    with pytest.raises(SourceError, match=url):
        list(messages_from(url, told.append))


def test_recognisers_send_and_come_again(told: list[str]) -> None:
    with Listener(told.append) as listener:
        stream = listener.messages()
        got = []
        for text in SENTENCES:
            with connect(listener.url, proxy=None) as recogniser:
                recogniser.send(text.encode() if text == SENTENCES[0] else text)
            got += [next(stream), next(stream)]
    assert [(one.connection, one.data and one.data.decode()) for one in got] == [
        (0, SENTENCES[0]),
        (0, None),
        (1, SENTENCES[1]),
        (1, None),
    ]
    assert list(stream) == []
    assert sum("has connected" in text for text in told) == 2


def test_who_sends_and_closes_at_once_is_heard_on_a_busy_machine(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    handshake = ServerConnection.handshake

    def slow(connection: ServerConnection, *arguments: Any) -> None:
        handshake(connection, *arguments)
        time.sleep(0.1)

    monkeypatch.setattr(ServerConnection, "handshake", slow)
    with Listener(told.append) as listener:
        with connect(listener.url, proxy=None) as recogniser:
            recogniser.send("一。")
        assert next(listener.messages()).data == "一。".encode()


def test_a_listener_closes_with_a_recogniser_connected_and_a_full_line(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interpret.sources.websocket._QUEUE", 1)
    listener = Listener(told.append)
    with connect(listener.url, proxy=None) as recogniser:
        for _ in range(5):
            recogniser.send("一。")
        assert next(listener.messages()).data == "一。".encode()
        listener.close()
    assert list(listener.messages()) == []


@pytest.mark.parametrize("path", ["", "?token=guess", "?token=%FF"])
def test_without_the_token_nobody_is_heard(path: str, told: list[str]) -> None:
    with Listener(told.append, token="secret") as listener:
        url = f"ws://127.0.0.1:{listener.port}/{path}"
        with pytest.raises(InvalidStatus, match="403"), connect(url, proxy=None):
            pass
        with connect(listener.url, proxy=None) as recogniser:
            recogniser.send("一。")
            assert next(listener.messages()).data == "一。".encode()


def test_beyond_this_machine_there_is_a_token(told: list[str]) -> None:
    with Listener(told.append, host="0.0.0.0") as listener:
        assert len(listener.token) >= 12
        assert listener.url.endswith(f"?token={listener.token}")


def test_pages_in_browsers_are_refused(told: list[str]) -> None:
    with Listener(told.append) as listener, pytest.raises(InvalidStatus, match="403"):
        connect(listener.url, origin=Origin("http://evil.example"), proxy=None).__enter__()


def test_an_address_that_is_taken_is_told(told: list[str]) -> None:
    with Listener(told.append) as listener, pytest.raises(SourceError, match=str(listener.port)):
        Listener(told.append, listener.port)
