"""The package as pip builds and installs it."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
FIRST_COMMAND = """
import sys
from workspace import prepared, workspace
assert prepared.__file__.startswith(sys.path[0]), prepared.__file__
workspace.Workspace.seed_once = lambda self: sys.exit("was not copied") if not self._written() else False
with workspace.Workspace.open(sys.argv[1]) as opened:
    print(opened.glossary.lookup("離境退稅")[0].concept.key)
"""


@pytest.mark.slow
def test_a_new_database_is_a_copy_of_the_one_in_the_package(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path)]
    subprocess.run([*pip, str(ROOT)], check=True, capture_output=True, timeout=120)
    (wheel,) = tmp_path.glob("*.whl")
    # As pip does, and with other times than in the checkout.
    ZipFile(wheel).extractall(tmp_path / "installed")
    script = tmp_path / "installed" / "first.py"
    script.write_text(FIRST_COMMAND, encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path / "new.db")]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (run.returncode, run.stdout.strip()) == (0, "departure-tax-refund"), run.stderr
