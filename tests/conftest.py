"""What the tests share: workspaces to work on, and the real data beside the project."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from glossary.keys import keys_of_concept
from glossary.store import Filter
from workspace.workspace import Workspace

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"

settings.register_profile("yuqiao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yuqiao")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test touches the user's own database."""
    monkeypatch.delenv("YUQIAO_DB", raising=False)
    monkeypatch.delenv("YUQIAO_USER", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data-home"))
    monkeypatch.setenv("YUQIAO_SETTINGS", str(tmp_path_factory.getbasetemp() / "settings.json"))


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """The path of a file or folder of the real data; the test is skipped where it is absent."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            pytest.skip(f"needs real data that is not beside the project: ../shared/data/{name}")
        return path

    return find


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded database, built once; not to be written to."""
    path = tmp_path_factory.mktemp("seeded") / "yuqiao.db"
    Workspace.open(str(path), user="seeder").close()
    return path


@pytest.fixture
def seeded_workspace(seeded_database: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace with the curated term base and pairs, the test's own."""
    path = tmp_path / "seeded.db"
    shutil.copy(seeded_database, path)
    with Workspace.open(str(path), user="tester") as workspace:
        yield workspace


@pytest.fixture
def empty_workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace without concepts and units, the test's own."""
    with Workspace.open(str(tmp_path / "empty.db"), seed=False, user="tester") as workspace:
        yield workspace


@pytest.fixture(scope="session")
def check_sound() -> Callable[[Workspace], None]:
    """Asserts that a database is whole and that its stored keys are those its terms should have."""

    def check(workspace: Workspace) -> None:
        connection = workspace.connection
        assert [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
        connection.execute("INSERT INTO term_text (term_text) VALUES ('integrity-check')")
        keys, texts, terms = set(), {}, 0
        for concept in workspace.term_store.listing(Filter()):
            rows = connection.execute("SELECT id FROM term WHERE concept_id = ? ORDER BY position", [concept.id])
            for (term_id,), made in zip(rows.fetchall(), keys_of_concept(concept), strict=True):
                terms += 1
                keys |= {(int(kind), key, term_id) for kind, key in made.keys}
                if made.tokens:
                    texts[term_id] = (made.tokens, made.forms)
        assert terms == connection.execute("SELECT count(*) FROM term").fetchone()[0], "terms without a concept"
        assert keys == set(connection.execute("SELECT kind, key, term_id FROM term_key"))
        stored = {row[0]: row[1:] for row in connection.execute("SELECT rowid, tokens, forms FROM term_text")}
        assert texts == stored

    return check
