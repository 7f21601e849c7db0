"""Sessions measured by their logs: what was rendered, how late, how steadily."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interpret.measurement.claims import judge_claim, parse
from interpret.measurement.clocks import clocks_of, percentile
from interpret.measurement.erasure import erased_tokens, erasure_of
from interpret.measurement.figures import clock_rows, quality_rows, report_json
from interpret.measurement.measures import Measures, measure
from interpret.measurement.page import session_page
from interpret.measurement.recording import read_recording
from interpret.measurement.session import read_session
from interpret.measurement.simuleval import read_instances, write_instances
from lang.errors import BadFileError, NotFoundError, UnsupportedError, YuqiaoError
from scoring.evaluation import Resampling
from scoring.expected_terms import GlossaryTerms
from workspace.workspace import Workspace

DATA = Path(__file__).parents[1] / "data" / "interpret"
REFERENCE = (DATA / "reference.en.txt").read_text(encoding="utf-8").splitlines()

Measured = Callable[..., list[Measures]]


@pytest.fixture
def measured(seeded_workspace: Workspace) -> Measured:
    """Measures of named logs of our data against the curated term base."""
    glossary = seeded_workspace.glossary

    def run(*names: str, references: list[str] | None = None) -> list[Measures]:
        recordings = [read_recording(DATA / name, name, references or []) for name in names]
        return measure(recordings, lambda target: GlossaryTerms(glossary, target), resampling=Resampling(bootstrap_trials=100))

    return run


def test_terms_and_numbers_are_counted_against_what_was_said(measured: Measured) -> None:
    good, poor = report_json(measured("llm.jsonl", "memory.jsonl"))["systems"]
    assert (good["terms"]["hits"], good["terms"]["n"]) == (8, 8)
    assert (good["numbers"]["hits"], good["numbers"]["n"]) == (3, 3)
    # The memory's output says the refund of tax in other words and takes 億 for a billion.
    assert (poor["terms"]["hits"], poor["terms"]["n"]) == (6, 8)
    assert (poor["numbers"]["hits"], poor["numbers"]["scaled"]) == (2, 1)
    assert good["bleu"] == {"absent": "no reference was given"}
    assert any("3 of 6 outputs are glosses" in warning for warning in poor["warnings"])
    assert poor["outputs"] == {"gloss": 3, "repaired": 1, "exact": 1, "none": 1}


def test_a_reference_brings_bleu_and_chrf_and_sessions_of_one_source_are_compared(measured: Measured) -> None:
    report = report_json(measured("llm.jsonl", "memory.jsonl", references=REFERENCE))
    good, poor = report["systems"]
    assert good["bleu"]["score"] > poor["bleu"]["score"]
    assert good["lagging"]["target_length"] == "reference"
    assert {one["baseline"] for one in report["comparisons"]} == {"llm.jsonl"}


def test_a_reference_of_another_length_is_refused(measured: Measured) -> None:
    with pytest.raises(YuqiaoError, match=r"The reference has 5 lines, llm.jsonl has 6 finished segments"):
        measured("llm.jsonl", references=REFERENCE[:5])


def test_four_clocks_are_told_apart() -> None:
    clocks = clocks_of(read_session(DATA / "llm.jsonl"))
    # What was said ended 700 to 1,600 ms before its final text was given out.
    assert sorted(clocks["speech"].times_ms) == pytest.approx([700, 700, 700, 900, 1300, 1600])
    assert len(clocks["prompt"].times_ms) == 13  # partial hypotheses have prompts too
    assert clocks["first"].percentile_ms(50) == pytest.approx(226)
    assert clocks["final"].percentile_ms(99) == pytest.approx(385)


def test_a_clock_that_did_not_run_says_why(measured: Measured) -> None:
    (one,) = measured("untimed.jsonl")
    rows = dict(clock_rows([one]))
    assert rows["speech to transcript"] == ["absent: the recogniser gave no times"]
    assert rows["transcript to final text"] == ["absent: the log has no output"]
    assert all(cells == ["absent: the log has no output"] for _, cells in quality_rows([one])[:2])
    assert report_json([one])["systems"][0]["terms"] == {"absent": "the log has no output"}


def test_percentiles_are_times_that_were_seen() -> None:
    assert [percentile(range(1, 101), share) for share in (50, 95, 99)] == [50, 95, 99]
    assert percentile([3.0, 1.0, 2.0], 95) == 3.0
    assert percentile([], 50) is None


def test_erasure_counts_what_was_taken_back() -> None:
    assert erased_tokens([list("全市專精特薪"), list("全市專精特新企業")]) == 1
    assert erased_tokens([["a", "b"], ["a", "b", "c"]]) == 0
    found = erasure_of([["我 是", "我市"], ["好"]], "zh")
    assert (found.erased, found.final, found.segments, found.revised) == (1, 3, 2, 1)
    assert found.normalised == pytest.approx(1 / 3)


def test_erasure_of_a_session(measured: Measured) -> None:
    (one,) = measured("llm.jsonl")
    assert one.erasure is not None
    # 我是 for 我市, 薪 for 新.
    assert (one.erasure.erased, one.erasure.revised) == (2, 3)


def test_simuleval_log_is_measured_as_simuleval_does(measured: Measured) -> None:
    (one,) = measured("instances.log")
    assert one.lagging is not None
    assert one.lagging.sentences["al"] == pytest.approx((942.857, 1200), abs=0.001)
    assert one.lagging.sentences["atd"] == pytest.approx((1050, 750))
    assert one.lagging.aware["al"][1] == 1500
    report = report_json([one])["systems"][0]
    assert "absent" in report["terms"]  # the source is sound
    assert report["chrf"]["n"] == 2  # against the log's own references


def test_session_written_for_simuleval_reads_back_the_same(tmp_path: Path, measured: Measured) -> None:
    recording = read_recording(DATA / "llm.jsonl", "llm", REFERENCE)
    written = tmp_path / "instances.log"
    written.write_text(write_instances(recording.instances, "zh"), encoding="utf-8")
    first = json.loads(written.read_text(encoding="utf-8").splitlines()[0])
    assert first["prediction_length"] == len(first["delays"]) == len(first["prediction"].split())
    # Given out 5.1 s after the segment began; the first words 184 ms after that, the last ones 180 ms later.
    assert first["delays"][0] == 5100
    assert (first["elapsed"][0], first["elapsed"][-1]) == (5284, 5464)
    again = read_instances(written)
    assert [(one.delays, one.elapsed, one.reference) for one in again] == [
        (one.delays, one.elapsed, one.reference) for one in recording.instances
    ]


def test_session_without_times_is_written_as_text(tmp_path: Path) -> None:
    lines = (DATA / "llm.jsonl").read_text(encoding="utf-8").splitlines()
    records = [{**json.loads(line), "spoken_ms": None, "emitted_ms": None} for line in lines]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    recording = read_recording(log, "log")
    instance = recording.instances[5]
    assert (instance.speech, instance.source_length, instance.delays) == (False, 5, (5, 5))
    written = json.loads(write_instances(recording.instances, "zh").splitlines()[5])
    assert (written["source"], written["elapsed"]) == ("謝 謝 大 家 。", [0.0, 0.0])


def test_claims_are_judged_by_their_intervals(measured: Measured) -> None:
    sessions = measured("llm.jsonl", "memory.jsonl")

    def verdicts(claim: str) -> list[str]:
        return [one.verdict for one in judge_claim(parse(claim), sessions)]

    assert verdicts("terms>=98.6") == ["n too small", "n too small"]
    assert verdicts("final<=0.5s") == ["n too small", "n too small"]  # six outputs say little of the 95th of a hundred
    assert verdicts("final.p50<=500ms") == ["supported", "supported"]
    assert verdicts("final<=100ms") == ["not supported", "n too small"]
    assert verdicts("laal<=3s") == ["not supported", "not supported"]
    assert verdicts("bleu>=10") == ["not supported", "not supported"]  # no reference was given
    message = judge_claim(parse("final<=0.5s"), sessions)[0].message
    assert "transcript to final text" in message
    assert "n = 6" in message


@pytest.mark.parametrize("claim", ["final>=0.5s", "final.p42<=1s", "speed<=1s", "terms", "laal.p95<=1s"])
def test_claims_that_mean_nothing_are_refused(claim: str) -> None:
    with pytest.raises(UnsupportedError, match="clocks"):
        parse(claim)


def test_page_is_one_file_that_fetches_nothing(measured: Measured) -> None:
    sessions = measured("llm.jsonl", "memory.jsonl", references=REFERENCE)
    page = session_page(sessions, judge_claim(parse("final<=0.5s"), sessions), "<Event & Co>")
    assert "&lt;Event &amp; Co&gt;" in page
    assert "<script" not in page
    assert "default-src &#x27;none&#x27;" in page
    assert "2,236.6" in page  # the segment with the wrong number is listed
    assert "n too small" in page


def test_a_log_that_breaks_off_is_read_up_to_there(tmp_path: Path) -> None:
    text = (DATA / "llm.jsonl").read_text(encoding="utf-8")
    log = tmp_path / "log.jsonl"
    log.write_text(text[: len(text) // 2], encoding="utf-8")
    assert 0 < len(read_session(log).finished) < 6


def test_a_segment_heard_again_after_resumption_counts_once(tmp_path: Path) -> None:
    lines = (DATA / "llm.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    log = tmp_path / "log.jsonl"
    log.write_text("".join(lines[:9] + lines), encoding="utf-8")
    assert read_session(log).segments == read_session(DATA / "llm.jsonl").segments


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"type": "hypothesis", "at_ms": 1, "segment": 0, "revision": 0, "final": true}', "text is None"),
        ('{"type": "piece", "at_ms": "soon", "segment": 0, "text": "a"}', "at_ms is 'soon'"),
    ],
)
def test_records_out_of_order_are_named(tmp_path: Path, line: str, reason: str) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(BadFileError, match=reason):
        read_session(log)


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"type": "note", "text": "hello", "at_ms": 0}\n', encoding="utf-8")
    with pytest.raises(BadFileError, match="nothing was heard"):
        read_recording(other, "other")
    with pytest.raises(NotFoundError):
        read_recording(tmp_path / "missing", "missing")
    broken = tmp_path / "instances.log"
    broken.write_text('{"index": 0, "prediction": "a", "delays": [1]}\n', encoding="utf-8")
    with pytest.raises(BadFileError, match=r"instances.log:1.*source_length"):
        read_recording(broken, "broken")


def test_a_log_that_does_not_say_its_language_is_read_by_its_text(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    lines = (DATA / "llm.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[1:]), encoding="utf-8")
    assert read_session(log).source == "zh"
    log.write_text('{"type": "session", "at_ms": 0, "source": "fr"}\n' + lines[1], encoding="utf-8")
    with pytest.raises(BadFileError, match="the source is 'fr'"):
        read_session(log)


def test_a_transcript_that_came_at_once_is_warned_of(tmp_path: Path, measured: Measured) -> None:
    assert not any("--pace" in warning for warning in measured("llm.jsonl")[0].warnings)
    records = [json.loads(line) for line in (DATA / "llm.jsonl").read_text(encoding="utf-8").splitlines()]
    for record in records:
        if record["type"] == "hypothesis":
            record["at_ms"] = 5.0
    log = tmp_path / "hasty.jsonl"
    log.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (hasty,) = measured(str(log))
    assert any("6 segments in 0.0 s" in warning and "--pace" in warning for warning in hasty.warnings)


def test_sessions_of_different_speeches_stand_side_by_side_uncompared(measured: Measured) -> None:
    report = report_json(measured("llm.jsonl", "instances.log"))
    ours, theirs = report["systems"]
    assert (ours["segments"], theirs["segments"]) == (6, 2)
    assert "score" in theirs["chrf"]
    assert "absent" in ours["chrf"]
    assert report["comparisons"] == []


def test_a_speech_in_english_is_measured_in_chinese(tmp_path: Path, measured: Measured) -> None:
    records = [
        {"type": "session", "at_ms": 0, "source": "en", "engine": "openai"},
        {"type": "hypothesis", "at_ms": 10, "segment": 0, "revision": 0, "text": "The low-altitude economy: RMB 3.2 billion.",
         "stable": 42, "final": True, "spoken_ms": [0, 3000], "emitted_ms": 3500},
        {"type": "output", "at_ms": 400, "segment": 0, "text": "低空經濟達32億元。", "engine": "openai", "kind": "engine",
         "asked_ms": 12, "first_ms": 200, "last_ms": 400},
    ]  # fmt: skip
    log = tmp_path / "english.jsonl"
    log.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    (one,) = measured(str(log))
    system = report_json([one])["systems"][0]
    assert (system["terms"]["hits"], system["numbers"]["hits"]) == (1, 1)
    # Chinese is counted by characters: 10 of them, all after the whole sentence.
    assert len(one.recording.instances[0].delays) == 10
    assert system["lagging"]["al"] == 3500
