"""yuqiao stats, backup, doctor."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

YUQIAO = Path(sys.executable).with_name("yuqiao")


def test_stats_count_the_curated_data(yuqiao):
    found = yuqiao("stats", "--json").json
    assert found["concepts"] >= 2000
    assert found["pairs"] >= 200
    assert sum(found["domains"].values()) == found["concepts"]
    assert "concepts:" in yuqiao("stats").out


def test_backup_is_a_whole_database(yuqiao, tmp_path):
    copy = tmp_path / "copy.db"
    assert yuqiao("backup", copy).status == 0
    assert yuqiao("--db", copy, "lookup", "ljts", "--json").json["matches"][0]["en"][0] == "departure tax refund"
    run = yuqiao("backup", copy)
    assert run.status == 2
    assert "exists" in run.err
    assert yuqiao("backup", "--overwrite", copy, "--json").json["bytes"] == copy.stat().st_size


def test_doctor_finds_a_sound_installation(yuqiao):
    run = yuqiao("doctor", "--json")
    found = {check["name"]: check["ok"] for check in run.json["checks"]}
    assert found["integrity"]
    assert found["look-up keys"]
    assert found["opencc"]


def test_doctor_finds_and_repairs_lost_keys(yuqiao, database):
    import sqlite3

    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM term_key")
    connection.execute("DELETE FROM term_text")
    connection.commit()
    connection.close()
    run = yuqiao("doctor", "--json")
    assert run.status == 1
    assert not run.json["ok"]
    assert yuqiao("doctor", "--repair").status == 0
    assert yuqiao("lookup", "ljts").status == 0


@pytest.mark.slow
def test_doctor_detects_the_other_opencc(tmp_path):
    """A second distribution called OpenCC beside ours, as pip leaves it."""
    info = tmp_path / "OpenCC-1.4.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: OpenCC\nVersion: 1.4.2\n")
    # What is installed is read when Python starts.
    command = [YUQIAO, "--db", tmp_path / "new.db", "doctor", "--json"]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, check=False)
    check = next(check for check in json.loads(run.stdout)["checks"] if check["name"] == "opencc")
    assert run.returncode == 1
    assert "pip uninstall OpenCC" in check["detail"]


def test_doctor_names_a_damaged_database(yuqiao, database):
    data = bytearray(database.read_bytes())
    data[20_000:40_000] = b"\xa5" * 20_000
    database.write_bytes(data)
    run = yuqiao("doctor", "--json")
    assert run.status == 1
    assert not run.json["ok"]
