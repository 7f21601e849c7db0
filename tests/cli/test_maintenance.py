"""yuqiao stats, backup, refresh, doctor."""

import json
import os
import sqlite3
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


def test_refresh_mends_what_an_older_version_left(yuqiao, database):
    """A database as an older version would have filled it: a concept it did not have, a term it had otherwise."""
    connection = sqlite3.connect(database)
    (older,) = connection.execute("SELECT id FROM concept WHERE key = 'departure-tax-refund'").fetchone()
    connection.execute("UPDATE concept SET key = 'gone-since' WHERE key = 'low-altitude-economy'")
    connection.execute("UPDATE concept SET definition = 'as it was' WHERE id = ?", [older])
    connection.execute("DELETE FROM unit WHERE id = 1")
    connection.commit()
    connection.close()
    assert yuqiao("refresh", "--dry-run").out.splitlines() == [
        "concepts would be added: 1 (低空經濟)",
        "concepts would be updated: 1 (離境退稅)",
        "concepts would be removed: 1 (低空經濟)",
        "pairs would be added: 1; moved: 0; removed: 0",
    ]
    assert yuqiao("refresh", "--json").json == {
        "added": ["low-altitude-economy"],
        "updated": ["departure-tax-refund"],
        "removed": ["gone-since"],
        "kept": {"changed": [], "deleted": [], "own": []},
        "pairs": {"added": 1, "moved": 0, "removed": 0},
    }
    changes = yuqiao("history", older, "--json").json["changes"]
    assert [change["kind"] for change in changes] == ["seed", "refresh"]
    assert changes[1]["before"]["definition"] == "as it was"
    assert changes[1]["after"]["definition"] != "as it was"
    assert yuqiao("lookup", "低空經濟", "--json").json["matches"][0]["en"][0] == "low-altitude economy"


def test_refresh_names_what_stays_as_a_user_made_it(yuqiao):
    mine = yuqiao("lookup", "離境退稅", "--json").json["matches"][0]["id"]
    yuqiao("edit", mine, "--note", "ours")
    before = yuqiao("history", "--json").json
    assert yuqiao("refresh").out.splitlines() == [
        "concepts added: 0",
        "concepts updated: 0",
        "concepts removed: 0",
        "pairs added: 0; moved: 0; removed: 0",
        "left as it is, since you changed it or gave its identifier to another: 1 (離境退稅)",
    ]
    assert yuqiao("history", "--json").json == before


def test_doctor_does_not_wait_for_who_writes(yuqiao, database):
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("DELETE FROM unit WHERE id = 1")
    connection.execute("BEGIN IMMEDIATE")
    assert "differs from this version's in 0 concepts and 1 pairs, which yuqiao refresh brings" in yuqiao("doctor").out
    connection.close()


def test_doctor_finds_a_sound_installation(yuqiao):
    run = yuqiao("doctor", "--json")
    found = {check["name"]: check["ok"] for check in run.json["checks"]}
    assert found["integrity"]
    assert found["look-up keys"]
    assert found["opencc"]


@pytest.mark.slow
def test_doctor_finds_and_repairs_lost_keys(yuqiao, database):
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
