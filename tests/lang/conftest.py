"""What the tests of lang share: the real texts beside the checkout."""

import json
import lzma
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def _folder(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the real texts are not beside the checkout: ../shared/data/{name}")
    return folder


@pytest.fixture
def report() -> Callable[[str], None]:
    """Prints a figure that was measured; `pytest -rP` or `-s` shows it."""
    return print


@pytest.fixture(scope="session")
def laws() -> list[str]:
    """3,000 lines of Chinese laws, simplified."""
    with lzma.open(_folder("laws") / "laws.txt.xz", "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in islice(lines, 3_000)]


@pytest.fixture(scope="session")
def news_folder() -> Path:
    return _folder("ntrex")


@pytest.fixture(scope="session")
def news_cn(news_folder: Path) -> list[str]:
    """News translated for the mainland."""
    return (news_folder / "newstest2019-ref.zho-CN.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def news_tw(news_folder: Path) -> list[str]:
    """The same news translated for Taiwan."""
    return (news_folder / "newstest2019-ref.zho-TW.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def news_en(news_folder: Path) -> list[str]:
    """The English they were translated from."""
    return (news_folder / "newstest2019-src.eng.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="session")
def reports() -> list[tuple[str, str]]:
    """Sections of the annual reports of the Hong Kong Monetary Authority: (Chinese, English)."""
    documents = []
    for path in sorted(_folder("hkma").glob("20*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            documents += [(document["zh"], document["en"]) for document in map(json.loads, lines)]
    return documents


@pytest.fixture(scope="session")
def speeches() -> list[str]:
    """Government work reports, simplified."""
    return [path.read_text(encoding="utf-8") for path in sorted(_folder("speeches").glob("*.txt"))]


@pytest.fixture(scope="session")
def term_lists() -> list[Path]:
    """Term lists as CSV that spell language codes in every way."""
    return sorted((_folder("tico19") / "terms").glob("*.csv"))


@pytest.fixture(scope="session")
def other_news() -> list[str]:
    """News in simplified Chinese that nothing in lang was fitted to."""
    folder = _folder("wmt22-enzh")
    return [line for name in "AB" for line in (folder / f"generaltest2022.en-zh.ref.{name}.zh").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def headwords() -> set[tuple[str, str]]:
    """A dictionary's headwords, (traditional, simplified), paired by people."""
    with lzma.open(_folder("cedict") / "cedict_ts.u8.xz", "rt", encoding="utf-8") as lines:
        return {(line.split(" ")[0], line.split(" ")[1]) for line in lines if not line.startswith("#")}
