"""yuqiao interpret as a user runs it."""

import json
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from websockets.sync.client import connect

SAMPLES = Path(__file__).parents[1] / "data" / "transcripts"
SPEECH = "深圳將培育低空經濟。\n去年進出口總額為2,236.6億元。\n"


def test_terms_and_numbers_of_each_line(yuqiao):
    run = yuqiao("interpret", "-", stdin=SPEECH)
    assert run.status == 0
    assert "低空經濟 = low-altitude economy" in run.out
    assert "2,236.6億元 = RMB 223.66 billion" in run.out
    assert "1 > [Shenzhen · low-altitude economy]" in run.out


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_recogniser_gives_the_same_prompts(yuqiao, sample):
    records = yuqiao("interpret", SAMPLES / sample, "--json").json_lines
    last = {record["segment"]: record for record in records if record["type"] == "prompts" and record["final"]}
    said = [record for record in last.values() if record["text"]]
    assert next([term["text"] for term in record["terms"]] for record in said) == ["深圳", "低空經濟"]
    assert [number["rendering"] for number in said[1]["numbers"]] == ["RMB 223.66 billion"]
    outputs = [record for record in records if record["type"] == "output"]
    assert outputs[0]["text"] == "[Shenzhen · low-altitude economy]"
    assert outputs[0]["kind"] == "gloss"


def test_log_and_subtitles_are_written(yuqiao, tmp_path):
    run = yuqiao("interpret", "-", "--log", "a.jsonl", "--srt", "a.srt", "--vtt", "a.vtt", stdin=SPEECH)
    assert run.status == 0
    kinds = [json.loads(line)["type"] for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert kinds.count("output") == 2
    assert (tmp_path / "a.srt").read_text(encoding="utf-8").count(" --> ") == 2
    assert (tmp_path / "a.vtt").read_text(encoding="utf-8").startswith("WEBVTT")
    again = yuqiao("interpret", "-", "--log", "a.jsonl", stdin=SPEECH)
    assert again.status == 2
    assert "exists" in again.err


def test_nothing_said_is_status_1_and_bad_use_is_status_2(yuqiao):
    assert yuqiao("interpret", "-", stdin="\n\n").status == 1
    for arguments, message in [
        (["interpret", "absent.txt"], "no file"),
        (["interpret", "-", "--engine", "oracle"], "no engine"),
        (["interpret", "-", "--recogniser", "radio"], "no recogniser"),
        (["interpret", "-", "--engine-option", "url"], "no value"),
        (["interpret", "-", "--resume"], "--log"),
        (["interpret", "--listen", "radio"], "no port"),
        (["interpret", "--listen", "70000"], "no port"),
        (["interpret", "a.txt", "--listen", "9000"], "one of them"),
        (["interpret", "ws://127.0.0.1:1/"], "no connection"),
    ]:
        run = yuqiao(*arguments, stdin=SPEECH)
        assert run.status == 2, arguments
        assert message in run.err
        assert "Traceback" not in run.err


def test_prompts_come_while_the_speech_goes_on(database):
    command = [Path(sys.executable).with_name("yuqiao"), "--db", database, "interpret", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        process.stdin.write("深圳將培育低空經濟。\n")
        process.stdin.flush()
        records = [json.loads(process.stdout.readline()) for _ in range(5)][1:]
        assert process.poll() is None
        assert [record["type"] for record in records] == ["hypothesis", "prompts", "piece", "output"]
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_a_growing_file_is_followed(database, tmp_path):
    path = tmp_path / "live.txt"
    path.write_text("深圳將培育低空經濟。\n", encoding="utf-8")
    command = [
        Path(sys.executable).with_name("yuqiao"),
        "--db",
        database,
        "interpret",
        path,
        "--follow",
        "--json",
        "--engine",
        "none",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        first = [json.loads(process.stdout.readline()) for _ in range(3)][1:]
        with path.open("a", encoding="utf-8") as file:
            file.write("粵港澳大灣區。\n")
        second = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.terminate()
    assert first[1]["terms"][1]["text"] == "低空經濟"
    assert second[1]["terms"][0]["text"] == "粵港澳大灣區"


def test_pace_replays_at_a_multiple_of_speaking_speed(yuqiao):
    began = time.monotonic()
    # 22 characters at 4.2 a second, a hundred times faster: at least 0.05 s, and far less than 5.
    records = yuqiao("interpret", "-", "--speed", "100", "--json", stdin=SPEECH).json_lines
    assert time.monotonic() - began > 0.05
    times = [record["at_ms"] for record in records if record["type"] == "hypothesis"]
    assert times[1] - times[0] > 20


@pytest.mark.slow
def test_a_session_killed_half_way_is_gone_on_with(database, tmp_path):
    log = tmp_path / "speech.jsonl"
    command = [Path(sys.executable).with_name("yuqiao"), "--db", database, "interpret", "-", "--json", "--log", log]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write("深圳將培育低空經濟。\n")
        process.stdin.flush()
        while json.loads(process.stdout.readline())["type"] != "output":
            pass
        process.kill()
    heard = {"type": "hypothesis", "at_ms": 9000.0, "segment": 1, "revision": 0, "text": "粵港澳大灣區。", "final": True}
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(heard, ensure_ascii=False) + '\n{"type": "outp')
    run = subprocess.run([*command, "--resume"], input="低空經濟和離境退稅。\n", capture_output=True, text=True, check=True)
    records = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    outputs = [(record["segment"], record["text"]) for record in records if record["type"] == "output"]
    assert [segment for segment, _ in outputs] == [0, 1, 2]
    assert "Greater Bay Area" in outputs[1][1]
    assert [record["type"] for record in records].count("session") == 2
    assert all(record["at_ms"] >= 9000 for record in records[records.index(heard) + 1 :])
    last = [record for record in records if record["type"] == "prompts"][-1]
    assert [(term["text"], term["first"]) for term in last["terms"]] == [("低空經濟", False), ("離境退稅", True)]
    assert "2 segments were heard before" in run.stderr


def heed_interrupts():
    """Started in the background of a shell, tests ignore Ctrl-C, and so would what they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def live(database, *arguments, **more):
    command = [Path(sys.executable).with_name("yuqiao"), "--db", database, "interpret", *arguments, "--json"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, **pipes, **more, preexec_fn=heed_interrupts)


def read_until(stream, kind):
    """The records up to the first of a kind."""
    records = []
    while not records or records[-1]["type"] != kind:
        records.append(json.loads(stream.readline()))
    return records


def test_recognisers_that_connect_are_heard_until_ctrl_c(database, tmp_path):
    log = tmp_path / "speech.jsonl"
    with live(database, "--listen", "0", "--log", log) as process:
        address = process.stderr.readline().split()[3].rstrip(";")
        with connect(address, proxy=None) as recogniser:
            recogniser.send(SPEECH.splitlines()[0])
            assert "low-altitude economy" in read_until(process.stdout, "output")[-1]["text"]
            recogniser.send('{"text": "粵港澳大灣區。"}')
            read_until(process.stdout, "output")
            process.send_signal(signal.SIGINT)
            rest = process.stdout.read()
        assert process.wait(timeout=20) == 0
        assert "Traceback" not in process.stderr.read()
    assert json.loads(rest.splitlines()[-1])["type"] == "end"
    kinds = [json.loads(line)["type"] for line in log.read_text(encoding="utf-8").splitlines()]
    assert (kinds.count("output"), kinds[-1]) == (2, "end")


def test_ctrl_c_ends_the_speech_and_finishes_what_was_being_said(database, tmp_path):
    path = tmp_path / "live.jsonl"
    path.write_text('{"text": "深圳將培育低空經濟", "segment": 0}\n', encoding="utf-8")
    with live(database, path, "--follow") as process:
        read_until(process.stdout, "prompts")
        process.send_signal(signal.SIGINT)
        rest = [json.loads(line) for line in process.stdout]
        assert process.wait(timeout=20) == 0
    assert [record["type"] for record in rest] == ["hypothesis", "prompts", "piece", "output", "end"]
    assert rest[0]["final"]


def test_a_reader_of_the_output_that_goes_ends_the_session_quietly(database):
    with live(database, "-", stdin=subprocess.PIPE) as process:
        process.stdin.write(SPEECH)
        process.stdin.flush()
        read_until(process.stdout, "output")
        process.stdout.close()
        process.stdin.write(SPEECH)
        process.stdin.close()
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def test_captions_are_served_to_the_audience(database):
    command = [Path(sys.executable).with_name("yuqiao"), "--db", database, "interpret", "-", "--audience", "0"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        url = process.stderr.readline().split()[-1]
        assert url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(url) as page:
            assert b"<html" in page.read().lower()
        process.stdin.write("深圳將培育低空經濟。\n")
        process.stdin.flush()
        with urllib.request.urlopen(url + "events") as stream:
            lines = (line.decode() for line in stream)
            caption = next(json.loads(line.removeprefix("data: ")) for line in lines if "低空經濟" in line)
        process.stdin.close()
        assert process.wait(timeout=20) == 0
    assert caption["chinese"] == "深圳將培育低空經濟。"
    assert "[" not in caption["english"], "a gloss is for the booth"


@pytest.mark.parametrize("place", ["x", "70000", "127.0.0.1:", "127.0.0.1:port"])
def test_a_page_without_a_port_is_refused(yuqiao, place):
    run = yuqiao("interpret", "-", "--audience", place, stdin=SPEECH)
    assert run.status == 2
    assert "names no port" in run.err
