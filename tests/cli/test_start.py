"""What starting the command loads, and how help and errors look."""

import signal
import subprocess
import sys

import pytest

from cli.main import _MODULES

COMMANDS = list(_MODULES)


@pytest.mark.parametrize(
    "module", ["cli", "cli.main", "cli.lookup", "cli.terms", "cli.edit", "cli.history", "cli.exchange", "cli.interpret"]
)
def test_import_leaves_heavy_modules_out(module):
    code = f"import sys, {module}; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"textual", "websockets", "sacrebleu", "tantivy", "lxml", "opencc", "numpy", "sqlite_utils", "pypinyin", "rich"}
    assert heavy.isdisjoint(loaded)


def test_score_module_leaves_sacrebleu_out_until_needed():
    code = "import sys, cli.score; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "sacrebleu" not in loaded


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_two_examples(yuqiao, command):
    run = yuqiao(command, "--help")
    assert run.status == 0
    examples = run.out.split("Examples:\n")[1].split("\n\n")[0]
    assert sum("yuqiao" in line for line in examples.splitlines()) >= 2


def test_help_lists_every_command(yuqiao):
    out = yuqiao("--help").out
    assert all(f"  {command}" in out for command in COMMANDS)


def test_version(yuqiao):
    assert yuqiao("--version").out.startswith("yuqiao 0.")


def test_unknown_command_suggests_one(yuqiao):
    run = yuqiao("loookup", "x")
    assert run.status == 2
    assert run.out == ""
    assert "Did you mean 'lookup'?" in run.err


def test_missing_argument_is_bad_usage(yuqiao):
    run = yuqiao("lookup")
    assert run.status == 2
    assert "Traceback" not in run.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(yuqiao, shell):
    run = yuqiao("completion", shell)
    assert run.status == 0
    assert "_YUQIAO_COMPLETE" in run.out


def test_completion_completes_commands(yuqiao):
    run = yuqiao(env={"_YUQIAO_COMPLETE": "bash_complete", "COMP_WORDS": "yuqiao loo", "COMP_CWORD": "1"})
    assert "lookup" in run.out


def test_database_of_another_program_is_left_alone(yuqiao, tmp_path):
    import sqlite3

    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE recipe (name)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    run = yuqiao("--db", other, "lookup", "經濟")
    assert run.status == 2
    assert "another program" in run.err
    assert other.read_bytes() == before


def test_file_that_is_no_database_is_named(yuqiao, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("not a database, but long enough to look at\n" * 50)
    run = yuqiao("--db", text, "stats")
    assert run.status == 2
    assert str(text) in run.err
    assert "Traceback" not in run.err


def test_closed_pipe_ends_quietly(database):
    from tests.cli.conftest import YUQIAO

    shell = f"'{YUQIAO}' --db '{database}' export --format tsv - | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 128 + signal.SIGPIPE)
    assert done.stderr == ""
