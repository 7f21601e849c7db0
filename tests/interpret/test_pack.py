"""The pack of a session: files to keep after an event."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from interpret.aftermath.pack import Packed, write_pack
from interpret.measurement.measures import measure
from interpret.measurement.recording import read_recording
from lang.errors import ConflictError, UnsupportedError
from scoring.expected_terms import GlossaryTerms
from tm.formats.entries import ReadOptions
from tm.formats.tmx import Tmx
from tm.unit import Unit
from workspace.workspace import Workspace

DATA = Path(__file__).parents[1] / "data" / "interpret"


@pytest.fixture
def pack(seeded_workspace: Workspace, tmp_path: Path) -> Callable[[str], tuple[Packed, Path]]:
    """Pack a log of our data; the folder is told."""

    def run(name: str) -> tuple[Packed, Path]:
        recording = read_recording(DATA / name, name)
        terms = GlossaryTerms(seeded_workspace.glossary, recording.target)
        (measured,) = measure([recording], lambda _: terms, resampling=None)
        return write_pack(measured, seeded_workspace, tmp_path / "pack"), tmp_path / "pack"

    return run


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_pack_has_all_files_and_says_what_became_of_terms_and_numbers(pack: Callable[[str], tuple[Packed, Path]]) -> None:
    packed, folder = pack("memory.jsonl")
    assert {path.name for path in folder.iterdir()} == set(packed.files)
    assert (packed.segments, packed.terms, packed.numbers) == (6, (6, 8), (2, 3))
    missed = [row for row in table(folder / "terms.csv") if row["missed"] != "0"]
    assert [(row["term"], row["missed_in"]) for row in missed] == [("離境退稅", "1"), ("產值", "2")]
    wrong = [row for row in table(folder / "numbers.csv") if row["outcome"] != "right"]
    assert [(row["segment"], row["said"], row["outcome"]) for row in wrong] == [("2", "RMB 2,236.6 billion", "scaled")]


def test_transcripts_have_both_languages_segment_by_segment(pack: Callable[[str], tuple[Packed, Path]]) -> None:
    _, folder = pack("llm.jsonl")
    text = (folder / "transcript.txt").read_text(encoding="utf-8")
    assert "3  0:00:10\n我們將培育新質生產力，優化營商環境。\nWe will foster new quality" in text
    chinese = (folder / "segments.zh.txt").read_text(encoding="utf-8").splitlines()
    english = (folder / "segments.en.txt").read_text(encoding="utf-8").splitlines()
    assert (len(chinese), len(english), english[-1]) == (6, 6, "Thank you.")
    page = (folder / "transcript.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 6
    assert "Artificial intelligence will be used" in page


def test_memory_gets_whole_sentences_with_right_numbers_only(pack: Callable[[str], tuple[Packed, Path]]) -> None:
    packed, folder = pack("memory.jsonl")
    units = [entry for entry in Tmx().read(folder / "session.tmx", ReadOptions()) if isinstance(entry, Unit)]
    # Three glosses, one wrong number and one segment without output are left out.
    assert [(unit.source, unit.state) for unit in units] == [("我們將培育新質生產力，優化營商環境。", "draft")]
    assert packed.units == 1


def test_without_an_engine_nothing_counts_as_missed(pack: Callable[[str], tuple[Packed, Path]]) -> None:
    packed, folder = pack("untimed.jsonl")
    assert not packed.answered
    assert {row["missed"] for row in table(folder / "terms.csv")} == {""}
    assert "expected RMB 223.66 billion" in {row["message"] for row in table(folder / "numbers.csv")}


def test_a_folder_that_holds_something_is_left_alone(pack: Callable[[str], tuple[Packed, Path]], tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(ConflictError, match="not empty"):
        pack("llm.jsonl")
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["mine.txt"]


def test_simuleval_has_nothing_to_pack(pack: Callable[[str], tuple[Packed, Path]], tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="no log of yuqiao"):
        pack("instances.log")
    assert not (tmp_path / "pack").exists()
