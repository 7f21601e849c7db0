"""yuqiao interpret pack, as a user runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.slow
def test_pack_proposes_new_terms_as_one_change(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    speech = "離岸數據驛站今年落成。\n我們建設離岸數據驛站。\n離岸數據驛站面向全球。\n"
    assert yuqiao("interpret", "-", "--log", tmp_path / "log.jsonl", stdin=speech).status == 0
    run = yuqiao("interpret", "pack", tmp_path / "log.jsonl", "-o", tmp_path / "pack", "--propose", "1", "--json")
    assert run.status == 0
    assert (run.json["segments"], run.json["new_terms"][0], run.json["proposed"]) == (3, "離岸數據驛站", 1)
    assert "離岸數據驛站" in yuqiao("review").out
    yuqiao("undo")
    assert "離岸數據驛站" not in yuqiao("review").out


def test_pack_names_its_files_and_refuses_a_folder_in_use(yuqiao: Callable[..., Run], tmp_path: Path) -> None:
    log = Path(__file__).parents[1] / "data" / "interpret" / "llm.jsonl"
    first = yuqiao("interpret", "pack", log, "-o", tmp_path / "pack")
    assert str(tmp_path / "pack" / "terms.csv") in first.out.splitlines()
    assert "8 of 8 terms rendered, 3 of 3 numbers right" in first.err
    again = yuqiao("interpret", "pack", log, "-o", tmp_path / "pack")
    assert again.status == 2
    assert "not empty" in again.err
