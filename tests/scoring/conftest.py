"""Small materials to be scored, and the documents of the WMT25 terminology task with what systems made of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.material import Material

REFERENCE = [
    "Grain output reached 650 million metric tons last year.",
    "We will promote the low-altitude economy.",
    "The rate of urbanization rose to 66 percent.",
    "New quality productive forces grew.",
]
Documents = list[dict[str, Any]]


@pytest.fixture
def material() -> Material:
    """Two systems against one reference; the second is the better one."""
    poor = ["Grain output got to 65 million tons.", "We will promote the low economy.", "Urbanization: 66 percent.", "It grew."]
    good = [*REFERENCE[:3], "New productive forces grew."]
    return Material({"poor": poor, "good": good}, [REFERENCE], None, "en")


@pytest.fixture(scope="session")
def hkma(shared_data: Callable[[str], Path]) -> Callable[..., Documents]:
    """The documents of some years, en, zh and terms, or a system's zh of them; skipped where the data is absent."""
    folder = shared_data("hkma")

    def read(*years: int, system: str = "") -> Documents:
        found: Documents = []
        for year in years:
            path = folder / "systems" / f"{system}.proper.{year}.jsonl" if system else folder / f"{year}.jsonl"
            found.extend(map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n"))))
        return found

    return read
