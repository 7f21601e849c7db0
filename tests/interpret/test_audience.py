"""The audience's page over HTTP: what screens are sent, also when they come late or come back, and who is let in."""

import http.client
import json
import socket
from contextlib import contextmanager

import pytest

from interpret.audience import Audience
from interpret.event_stream import EventReader
from lang.errors import SettingsError


@pytest.fixture
def audience():
    made = Audience()
    yield made
    made.close()


class Screen:
    """A reader of the stream; `last` is the id of the last event."""

    def __init__(self, audience: Audience, last: str = "", path: str = "/events") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", audience.port, timeout=10)
        self.connection.request("GET", path, headers={"Last-Event-ID": last} if last else {})
        self.response = self.connection.getresponse()
        self.last = last
        self._text = ""

    def captions(self, count: int) -> list[dict]:
        """The next captions, so many of them; heartbeats and the like are passed over."""
        found: list[dict] = []
        while len(found) < count:
            event: dict[str, str] = {}
            while line := self.response.readline().decode().rstrip("\n"):
                name, _, value = line.partition(": ")
                event[name] = value
            self.last = event.get("id", self.last)
            if "data" in event and "event" not in event:
                found.append(json.loads(event["data"]))
        return found

    def close(self) -> None:
        self.response.close()
        self.connection.close()


@contextmanager
def screen(audience: Audience, last: str = "", path: str = "/events"):
    made = Screen(audience, last, path)
    try:
        yield made
    finally:
        made.close()


def caption(segment: int, english: str, chinese: str = "", *, final: bool = True) -> dict:
    return {"segment": segment, "english": english, "chinese": chinese, "final": final}


def get(audience: Audience, path: str, host: str = "", method: str = "GET") -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", audience.port, timeout=10)
    connection.request(method, path, headers={"Host": host} if host else {})
    response = connection.getresponse()
    answer = response.status, response.read().decode(), response.headers
    connection.close()
    return answer


def test_all_screens_get_each_change_in_order(audience):
    with screen(audience) as first, screen(audience) as second:
        expected = []
        for number in range(50):
            expected.append(caption(number // 5, f"Word {number} “語橋” 🌉\nline", "中文", final=number % 5 == 4))
            audience.show(number // 5, expected[-1]["english"], "中文", final=number % 5 == 4)
            assert first.captions(1) == second.captions(1) == expected[-1:]


def test_late_screen_gets_the_last_lines_as_they_stand(audience):
    for number in range(40):
        audience.show(number, f"Not yet {number}", final=False)
        audience.show(number, f"Line {number}")
    with screen(audience) as late:
        found = late.captions(12)
    assert found == [caption(number, f"Line {number}") for number in range(28, 40)]


def test_screen_that_comes_back_gets_what_changed_meanwhile_and_nothing_else(audience):
    audience.show(0, "Before")
    audience.show(1, "Half", final=False)
    with screen(audience) as first:
        first.captions(2)
        last = first.last
    audience.show(1, "Half and whole")
    audience.show(2, "New")
    with screen(audience, last) as again:
        assert again.captions(2) == [caption(1, "Half and whole"), caption(2, "New")]
    with screen(audience, path=f"/events?last={last}") as again:
        assert again.captions(1) == [caption(1, "Half and whole")]


def test_screen_from_an_earlier_run_starts_anew(audience):
    other = Audience()
    for number in range(5):
        other.show(number, "Old")
    with screen(other) as before:
        before.captions(5)
        last = before.last
    other.close()
    audience.show(0, "New")
    with screen(audience, last) as back:
        assert back.captions(1) == [caption(0, "New")]


def test_caption_without_text_takes_it_back(audience):
    with screen(audience) as one:
        audience.show(0, "Said too early", final=False)
        audience.show(0, "")
        found = one.captions(1)
        assert found in ([caption(0, "Said too early", final=False)], [caption(0, "")])
        if found[0]["english"]:
            assert one.captions(1) == [caption(0, "")]


def test_screen_that_does_not_read_hinders_nobody_and_skips_what_is_out_of_date(audience):
    slow = socket.create_connection(("127.0.0.1", audience.port))
    slow.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    sent = 500
    with screen(audience) as quick:
        for number in range(sent):
            audience.show(0, f"{number} " + "x" * 20000, final=False)
            assert quick.captions(1)[0]["english"].startswith(f"{number} ")
    audience.show(1, "the end")
    reader = EventReader()
    events: list[str] = []
    slow.settimeout(10)
    while not any("the end" in event for event in events):
        events += reader.feed(slow.recv(1 << 16))
    slow.close()
    numbers = [int(json.loads(event)["english"].split()[0]) for event in events if '"segment": 0' in event]
    assert len(numbers) < sent
    assert numbers == sorted(numbers)
    assert numbers[-1] == sent - 1


def test_page_is_whole_in_itself_and_runs_its_own_script_only(audience):
    status, text, headers = get(audience, "/?zh=1")
    assert status == 200
    assert "http:" not in text
    assert "https:" not in text
    assert "<script src" not in text
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert get(audience, "/", method="HEAD")[:2] == (200, "")


def test_other_addresses_and_methods_are_refused_in_words(audience):
    assert get(audience, "/../etc/passwd")[0] == 404
    assert get(audience, "/", method="POST")[0] == 405
    status, text, _ = get(audience, "/events", host="evil.example")
    assert status == 403
    assert "this machine only" in text


def test_token_is_asked_for_where_one_is_set():
    audience = Audience(token="sésame")
    try:
        assert get(audience, "/")[0] == 403
        assert get(audience, "/events?token=wrong")[0] == 403
        assert get(audience, "/?token=s%C3%A9same")[0] == 200
    finally:
        audience.close()


def test_all_addresses_get_a_token_unasked():
    audience = Audience("0.0.0.0")
    try:
        assert len(audience.token) >= 12
        assert audience.url.endswith(f":{audience.port}/?token={audience.token}")
        assert get(audience, "/", host="booth.example:80")[0] == 403
        assert get(audience, f"/?token={audience.token}", host="booth.example:80")[0] == 200
    finally:
        audience.close()


def test_port_that_is_taken_is_named(audience):
    with pytest.raises(SettingsError, match=rf"127\.0\.0\.1:{audience.port}.*choose another"):
        Audience(port=audience.port)


def test_requests_that_are_none_do_no_harm(audience):
    for rubbish in (b"\r\n\r\n", b"GET\r\n\r\n", b"GET http://[ HTTP/1.1\r\nHost: localhost\r\n\r\n", b"x" * 20_000):
        with socket.create_connection(("127.0.0.1", audience.port), timeout=10) as one:
            one.sendall(rubbish)
            assert one.recv(100).startswith(b"HTTP/1.1 4")
    assert get(audience, "/")[0] == 200


def test_closing_lets_screens_go_with_all_they_were_to_get():
    audience = Audience()
    with screen(audience) as one:
        audience.show(0, "The last word")
        audience.close()
        assert one.captions(1) == [caption(0, "The last word")]
        assert b"data: {" not in one.response.read()
    audience.show(1, "Nobody hears this")
