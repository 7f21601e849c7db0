"""yuqiao interpret prepare, as a user runs it."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Run

DRAFT = Path(__file__).parents[1] / "data" / "interpret" / "draft.zh.txt"


def test_prepare_lists_what_to_know_and_writes_glossary_and_hot_words(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    glossary, words = tmp_path / "glossary.html", tmp_path / "words.txt"
    run = yuqiao(
        "interpret",
        "prepare",
        DRAFT,
        "-o",
        glossary,
        "--hotwords",
        words,
        "--recogniser",
        "funasr",
        "--title",
        "Opening",
        "--json",
    )
    assert run.status == 0
    entry = next(one for one in run.json["entries"] if one["text"] == "離境退稅")
    assert (entry["kind"], entry["known"], entry["renderings"][0]) == ("term", True, "departure tax refund")
    assert run.json["hotwords"]["words"] == len(words.read_text(encoding="utf-8").splitlines())
    assert "<h1>Opening</h1>" in glossary.read_text(encoding="utf-8")


def test_prepare_prints_a_table(yuqiao: Callable[..., Run]) -> None:
    run = yuqiao("interpret", "prepare", DRAFT)
    assert "number\t2,236.6億元\tRMB 223.66 billion\t1\tdraft.zh.txt, sentence 3" in run.out.splitlines()
    assert "6 sentences" in run.err


def test_prepare_refuses_what_it_cannot_do(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    assert yuqiao("interpret", "prepare", DRAFT, "--hotwords", tmp_path / "words").status == 2
    assert yuqiao("interpret", "prepare", DRAFT, "-o", DRAFT).status == 2
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    assert yuqiao("interpret", "prepare", empty).status == 1
