"""A database prepared for copying, made once."""

from pathlib import Path

import pytest

from workspace import prepared


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a prepared database of the code and data as they are."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prepared, "PREPARED", folder)
        prepared.prepare()
    return folder
